"""Every page that links lead to, per role, in normal state and after a form that was sent empty.

No page shows a link that its reader may not follow; in a real Chromium no page is wider than 320 pixels or holds what
axe refuses. The pages are asked for once by a client in this process (tests/web/wandeling) and Chromium gets them from
memory, so that no server runs and of each template only the pages that show something new are drawn.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Page, Route, sync_playwright

from inkoop.web.bladzijde import STATISCH
from tests.services.proefspel import Proefspel
from tests.web.conftest import open_browser
from tests.web.rondgang import walk_alles
from tests.web.samen import ROUTES, Bescherming
from tests.web.scherm import CHROMIUM
from tests.web.wandeling import HOST, Wandeling, list_paginaroutes

pytestmark = pytest.mark.slow
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TOON = """html => {
  const nieuw = new DOMParser().parseFromString(html, 'text/html');
  document.title = nieuw.title;
  document.body.replaceWith(document.adoptNode(nieuw.body));
  scrollTo(0, 0);
}"""
"""Put another page in the place of this one: css and axe are read once for all of them."""
SNOEI = """() => {
  const soort = e => e.outerHTML.replace(/>[^<]+</g, '><').replace(/ (?!class|type|role)[a-z-]+="[^"]*"/g, '');
  for (const lijst of document.querySelectorAll('tbody, ul, ol, select, dl')) {
    const gezien = new Set();
    for (const e of [...lijst.children]) {
      if (e.tagName === 'DT' || e.tagName === 'DD') continue;
      const dit = soort(e);
      if (gezien.has(dit)) e.remove(); else gezien.add(dit);
    }
  }
}"""
"""Take away the rows of a table or list that are built as one before them: axe would say the same of each."""
VRAAG = """async () => {
  const regels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const r = await axe.run({runOnly: regels, resultTypes: ['violations', 'incomplete'], iframes: false, preload: false});
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
    element.scrollIntoView({block: 'center'});
    const vak = element.getBoundingClientRect(), midden = [vak.x + vak.width / 2, vak.y + vak.height / 2];
    const vlak = document.elementsFromPoint(...midden).find(e => ['rect', 'path', 'circle'].includes(e.tagName));
    const onder = vlak ? getComputedStyle(vlak).fill : grond(element.ownerSVGElement);
    const [a, b] = [licht(getComputedStyle(element).fill), licht(onder)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) fouten.push(['contrast in picture', n.html.slice(0, 160), `${a} ${b}`]);
  }
  return fouten;
}"""
"""What axe is asked: every rule of WCAG 2.2 A and AA and its own good practice.

Contrast that it cannot tell is a fault as well; of words in a picture, of which it never can, it is computed here.
"""
BREED = 2400
"""Pixels at which no table has to be scrolled: axe cannot tell the contrast of a cell that is out of sight."""
ZONDER_BLAD = {
    # They send the browser on, answer a part of a page, or are no page for people.
    "/inloggen/bij/{bron}",
    "/inloggen/terug/{bron}",
    "/rondes/{kenmerk}/voortgang",
    "/agenda/{sleutel}.ics",
    "/gezond",
    "/contracten/{nummer}/tekst.{soort}",
    "/werk/{sleutel}",
}
"""A page that is new must be reached by a link, or stand here: then axe does not look at it."""


NIET_GEZIEN = {
    "/documenten/{kenmerk}/terugkomst/{volg}",
    "/procedures/{naam}/verlenging/{nummer}/brieven",
    "/rondes/{kenmerk}/besluiten/controleren",
    "/rondes/{kenmerk}/besluiten/verzenden",
    "/vragen/{kenmerk}/terzijde",
}
"""Forms that compare what was seen and that this walk does not come across."""


@pytest.fixture(scope="module")
def wandeling(gespeeld: Proefspel, tmp_path_factory: pytest.TempPathFactory) -> Wandeling:
    """Every page of every role."""
    return walk_alles(Wandeling(), gespeeld, tmp_path_factory.mktemp("wandeling"))


def answer_statisch(html: str) -> Callable[[Route], None]:
    """What a browser gets that asks for a page: this one, and the css and fonts that belong to it."""

    def answer(route: Route) -> None:
        pad = urlsplit(route.request.url).path
        if pad == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif pad.startswith("/statisch/") and not pad.endswith(".js"):
            route.fulfill(path=STATISCH / pad.removeprefix("/statisch/"))
        else:
            route.fulfill(status=204)

    return answer


@pytest.fixture(scope="module")
def pagina(wandeling: Wandeling) -> Iterator[Page]:
    """A page of ours with its css and axe in it; nothing comes from anywhere but this process."""
    assert CHROMIUM is not None, "geen Chromium op deze computer (apt install chromium)"
    with sync_playwright() as spel:
        chromium = spel.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 320, "height": 700})
        context.route("**/*", answer_statisch(wandeling.bladen[0].html))
        pagina = context.new_page()
        pagina.goto(f"{HOST}/", wait_until="load")
        pagina.evaluate(AXE)
        yield pagina
        chromium.close()


def test_every_page_is_found_by_following_links(wandeling: Wandeling, gespeeld: Proefspel) -> None:
    gevonden = {blad.route for blad in wandeling.bladen} | wandeling.geen_blad
    assert set(list_paginaroutes(open_browser(gespeeld.huis))) - gevonden - ZONDER_BLAD == set()


def test_no_page_shows_a_link_that_its_reader_may_not_follow(wandeling: Wandeling) -> None:
    assert not wandeling.dood, "\n".join(wandeling.dood.values())


def test_a_form_that_is_refused_gives_back_what_was_typed(wandeling: Wandeling) -> None:
    assert not wandeling.kwijt, "\n".join(sorted(wandeling.kwijt))


def test_every_form_carries_what_it_needs_when_two_people_are_at_its_page(wandeling: Wandeling) -> None:
    naam = {Bescherming.GEZIEN: "gezien", Bescherming.HASH: "hash", Bescherming.VERSIE: "versie"}
    draagt = {doel: merken for doel, merken in wandeling.merken.items() if doel in ROUTES}
    assert draagt == {doel: {naam.get(ROUTES[doel], "")} for doel in draagt}
    assert {doel for doel, hoe in ROUTES.items() if hoe is Bescherming.GEZIEN} - set(draagt) == NIET_GEZIEN


def test_ids_and_labels_are_whole_and_nothing_typed_becomes_part_of_a_page(wandeling: Wandeling) -> None:
    assert not wandeling.fouten, "\n".join(sorted(wandeling.fouten))


@pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="geen Chromium op deze computer (apt install chromium)"
)
def test_no_page_is_wider_than_320_pixels_or_holds_what_axe_refuses(wandeling: Wandeling, pagina: Page) -> None:
    fouten = []
    bladen = wandeling.choose()
    assert {blad.status == 200 for blad in bladen} == {True, False}
    for blad in bladen:
        pagina.set_viewport_size({"width": 320, "height": 700})
        pagina.evaluate(TOON, blad.html)
        if (breed := pagina.evaluate("document.documentElement.scrollWidth")) > 320:
            fouten.append(f"{blad}: {breed} pixels wide")
        pagina.set_viewport_size({"width": BREED, "height": 1000})
        pagina.evaluate(SNOEI)
        gevonden = pagina.evaluate(VRAAG)
        fouten += [f"{blad}: {' '.join(' '.join(deel).split())}" for deel in gevonden]
    assert not fouten, "\n" + "\n".join(fouten)
