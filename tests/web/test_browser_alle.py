"""Every page, in its normal state and after a form that was sent empty, looked at by axe in a real Chromium.

The pages are asked for once by a client in this process (tests/web/wandeling); Chromium gets them from memory, so that
no server runs and each page is drawn once, at 320 pixels and then wide.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Page, Route, sync_playwright

from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.persoon import Rol
from tests.services.proefspel import Proef, Proefspel
from tests.web.conftest import Bezoeker, open_browser
from tests.web.test_opgave import BASIS, complete, submit, upload
from tests.web.wandeling import HOST, Blad, Wandeling, list_paginaroutes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="geen Chromium op deze computer (apt install chromium)"
    ),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
VRAAG = """async () => {
  const regels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const r = await axe.run({runOnly: regels, resultTypes: ['violations', 'incomplete'], iframes: false});
  const onzeker = r.incomplete.filter(i => i.id === 'color-contrast').flatMap(i => i.nodes);
  const fouten = r.violations.flatMap(v => v.nodes.map(n => [v.id, n.html.slice(0, 160), n.failureSummary || '']));
  const getallen = kleur => (kleur.match(/[\\d.]+/g) || []).map(Number);
  const licht = kleur => getallen(kleur).slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((som, c, n) => som + c * [0.2126, 0.7152, 0.0722][n], 0);
  const grond = element => {
    for (let e = element; e; e = e.parentElement) {
      const kleur = getComputedStyle(e).backgroundColor;
      if (getallen(kleur)[3] !== 0) return kleur;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const n of onzeker) {
    const element = document.querySelector(n.target[0]);
    if (element.tagName !== 'text') {
      fouten.push(['contrast unknown', n.html.slice(0, 160), n.failureSummary || '']);
      continue;
    }
    const [a, b] = [licht(getComputedStyle(element).fill), licht(grond(element.ownerSVGElement))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) fouten.push(['contrast in picture', n.html.slice(0, 160), `${a} ${b}`]);
  }
  return fouten;
}"""
"""What axe is asked: every rule of WCAG 2.2 A and AA and its own good practice.

Contrast that it cannot tell is a fault as well; of words in a picture, of which it never can, it is computed here.
"""
GEMEENTE = ("i.dekker", "j.hendriks", "b.vanloon", "wethouder", "c.jansen", "a.bos", "s.kuijpers", "archief")
ZONDER_BLAD = {
    # They send the browser on, or answer a part of a page.
    "/inloggen/bij/{bron}",
    "/inloggen/terug/{bron}",
    "/rondes/{kenmerk}/voortgang",
}
STANDEN = {
    "opening_verzoeken": ("i.dekker", "aanbieder"),
    "feiten_vaststellen": ("pas.begonnen", "b.vanloon", "j.hendriks"),
    "beoordelen": ("b.vanloon",),
    "stap_vastleggen": ("i.dekker",),
    "herstel_controleren": ("j.hendriks",),
    "herstel_beantwoorden": ("i.dekker", "aanbieder"),
    "besluiten_nemen": ("wethouder", "i.dekker"),
    "tekenen": ("aanbieder", "c.jansen"),
    "einde": (*GEMEENTE, "aanbieder"),
}


@pytest.fixture(scope="module")
def wandeling(gespeeld: Proefspel, tmp_path_factory: pytest.TempPathFactory) -> Wandeling:
    """Every page of every role, in stores halfway and at the end of a round."""
    wandeling = Wandeling()
    map_ = tmp_path_factory.mktemp("wandeling")
    proef = Proef.open(map_ / "open", gespeeld.standen["gepubliceerd"])
    _walk_open(wandeling, gespeeld, proef)
    for stand, wie in STANDEN.items():
        proef = Proef.open(map_ / stand, gespeeld.standen[stand])
        proef.add_persoon("archief", "archivaris", Rol.ARCHIVARIS, naam="A. Rief")
        proef.add_persoon("pas.begonnen", "beoordelaar", Rol.BEOORDELAAR, naam="P. Begonnen")
        browser = open_browser(proef.huis)
        for een in wie:
            _walk_as(wandeling, browser, proef, een)
        _close(proef)
    return wandeling


def _walk_open(wandeling: Wandeling, gespeeld: Proefspel, proef: Proef) -> None:
    proef.klok.set(proef.at(proef.definitie.find_ronde(gespeeld.groep.ronde).opening, 9))
    proef.add_persoon("nieuw", "bestuurder", Rol.AANBIEDER, kvk="91234567", naam="N. Nieuw")
    browser = open_browser(proef.huis)
    wandeling.walk(browser, "niemand", ["/", "/catalogus", "/toegankelijkheid", "/inloggen", "/uitgelogd"])
    browser.log_in("nieuw")
    wandeling.walk(browser, "nieuw", ["/aanmelden"])
    complete(browser)
    stuk = upload(browser, "U-02").headers["location"]
    kenmerk = submit(browser)
    wandeling.walk(browser, "nieuw", [f"/aanmelden/{kenmerk}", stuk, f"{BASIS}/indienen", BASIS, "/taken"])
    _close(proef)


def _walk_as(wandeling: Wandeling, browser: Bezoeker, proef: Proef, wie: str) -> None:
    if wie != "aanbieder":
        browser.log_in(wie)
        taken = browser.get("/rondes/M-2020-2/werk?soort=feiten"), browser.get("/rondes/M-2020-2/werk?soort=oordelen")
        werk = [antwoord.headers["location"] for antwoord in taken if antwoord.is_redirect]
        wandeling.walk(browser, wie, ["/taken", *werk])
        return
    for zaak in ("M1", "M2", "M4"):
        kenmerk = proef.find(zaak)
        browser.log_in(aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk))
        wandeling.walk(browser, "aanbieder", ["/aanmelden", f"/aanmelden/{kenmerk}"])


def _close(proef: Proef) -> None:
    proef.huis.winkel.close()
    shutil.rmtree(proef.huis.winkel.map)


@pytest.fixture(scope="module")
def pagina(gespeeld: Proefspel) -> Iterator[Page]:
    """A screen that gets our own css and script from the application, and nothing from anywhere else."""
    assert CHROMIUM is not None, "geen Chromium op deze computer (apt install chromium)"
    browser = open_browser(gespeeld.huis)

    def answer(route: Route) -> None:
        pad = urlsplit(route.request.url).path
        if not (route.request.url.startswith(HOST) and pad.startswith("/statisch/")):
            route.fulfill(status=204)
            return
        antwoord = browser.get(pad)
        route.fulfill(status=antwoord.status_code, body=antwoord.content, content_type=antwoord.headers["content-type"])

    with sync_playwright() as spel:
        chromium = spel.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context()
        context.route("**/*", answer)
        yield context.new_page()
        chromium.close()


def _open(pagina: Page, blad: Blad) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=blad.status, body=blad.html, content_type="text/html; charset=utf-8")

    adres = f"{HOST}/blad"
    pagina.route(adres, answer)
    pagina.goto(adres, wait_until="load")
    pagina.unroute(adres)


def test_every_page_is_found_by_following_links(wandeling: Wandeling, gespeeld: Proefspel):
    gevonden = {blad.route for blad in wandeling.bladen} | wandeling.geen_blad
    assert set(list_paginaroutes(open_browser(gespeeld.huis))) - gevonden - ZONDER_BLAD == set()


def test_no_page_is_wider_than_320_pixels_or_holds_what_axe_refuses(wandeling: Wandeling, pagina: Page):
    fouten = []
    for blad in wandeling.bladen:
        pagina.set_viewport_size({"width": 320, "height": 700})
        _open(pagina, blad)
        if (breed := pagina.evaluate("document.documentElement.scrollWidth")) > 320:
            fouten.append(f"{blad}: {breed} pixels wide")
        pagina.set_viewport_size({"width": 1200, "height": 900})
        pagina.evaluate(AXE)
        gevonden = pagina.evaluate(VRAAG)
        fouten += [f"{blad}: {' '.join(' '.join(deel).split())}" for deel in gevonden]
    assert not fouten, "\n" + "\n".join(fouten)
