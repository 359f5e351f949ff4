"""A whole round of the Meierij in a real Chromium, from a new procedure to a signed contract, with the keyboard alone.

Every role signs in and does its own work on the pages: inkoper, two beoordelaars, jurist, gemandateerde, those who
prepare, aanbieder, contractmanager, archivaris, and the public. What comes again in the same way (the tenth step, the
twelfth file) is done by the same services without a screen; what only flows do is done as a flow does it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import sync_playwright

from inkoop import bootstrap
from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import (
    BEOORDELAARS,
    CONTRACTMANAGER,
    GEMANDATEERDE,
    INKOPER,
    JURIST,
)
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import procedures
from inkoop.services.taaksoort import Taaksoort
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.web.app import create_app
from inkoop.web.bijwerken import Bijwerker
from inkoop.web.nieuweprocedure import OVERZICHT, assess, find_stap
from inkoop.web.tempo import Tempo
from tests.services.proefspel import (
    PROCEDURE,
    RONDE,
    Proef,
    create_spel,
    make_blanco,
    make_plaatsvervanger,
    render_plaatsvervangers,
)
from tests.web.conftest import EIGEN, Bezoeker, Webspel
from tests.web.scherm import CHROMIUM, Scherm, Zetklok, serve
from tests.web.schermspel import Schermspel
from tests.web.test_nieuw import GOED
from tests.web.test_opgave import BASIS, BEDRIJF, fill, upload

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="geen Chromium op deze computer (apt install chromium)"
    ),
]
AANBIEDER, ARCHIVARIS = "nieuw", "archief"
ZAKEN = ("M1", "M5", "M6")
"""Who apply beside the one at the screen: in order, not in order for either perceel, and too late (F.1)."""
BESLUITEN = {
    "Zorggroep Nieuw, perceel 1A": ("toegelaten", "IB-basis", set()),
    "Stichting De Lindehof Begeleiding, perceel 1A": ("toegelaten", "IB-waakvlam, IB-basis, IB-extra", set()),
    "Stichting De Lindehof Begeleiding, perceel 1B": ("toegelaten", "DB-basis, DB-extra", set()),
    "Logeerhuis Het Vennetje B.V., perceel 1A": ("afgewezen", "", {"M-01"}),
    "Logeerhuis Het Vennetje B.V., perceel 1C": ("afgewezen", "", {"M-02"}),
}
"""By who and perceel: the besluit, the products, and the criteria that it rests on. Bron: F.1 M1, M5, M6 (none)."""
CATALOGUS = {
    "Zorggroep Nieuw": {"IB-basis"},
    "Lindehof": {"IB-waakvlam", "IB-basis", "IB-extra", "DB-basis", "DB-extra"},
    "Vennetje": set(),
    "Ochtendgloren": set(),
}
"""What anybody finds under a name when the contracts have begun."""
OP_SCHERM = ("U-01", "M-03", "M-11")
"""The criteria of which the evidence is added at the screen: one block, a choice of a norm, and parts to tick."""
WIE = {"ondertekenaar": "N. Nieuw", "bevoegd": "ja"}
GETEKEND = {"datum": "20-1-2020", "ondertekend": "ja", **WIE, "voorbehoud": "nee"}
REGISTER = {"nummer": "98000101", "status": "actief", "van": "1-1-2015", "gezien_op": "20-1-2020"}
PERIODE = {"van": "1-5-2018", "tot": "30-4-2021"}
UITTREKSEL = {"datum": "20-1-2020", "op_naam_van": BEDRIJF["naam"]}
BEWIJS: dict[str, tuple[dict[str, str], ...]] = {
    "U-01": (GETEKEND,),
    "U-02": (UITTREKSEL,),
    "U-03": (UITTREKSEL,),
    "U-04": (UITTREKSEL,),
    "M-01": ({"clienten": "14", "van": "1-1-2018", "tot": "31-1-2020"},),
    "M-03": ({"norm": "HKZ", **PERIODE, "scope": "begeleiding", "registerstatus": "actief"},),
    "M-04": ({"datum": "27-1-2020"},),
    "M-05": ({"norm": "HKZ", **PERIODE, "scope": "begeleiding"},),
    "M-06": ({"datum": "14-5-2018"},),
    "M-07": (REGISTER, REGISTER, {**GETEKEND, "gegevens.0": "ZorgAdmin 4"}),
    "M-08": ({"kwalificatie": "hbo", "aantal": "4", "van": "1-1-2020"},),
    "M-09": ({"datum": "14-10-2019"},),
    "M-10": ({"datum": "20-1-2020"},),
    "M-11": ({"datum": "8-4-2019", "onderdelen": "*"},),
    "M-12": (GETEKEND,),
    "M-13": ({"datum": "1-2-2019", "onderdelen": "*"},),
}
"""What an aanbieder says about the file of each criterium; `*` ticks everything."""


@pytest.fixture
def spel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Schermspel]:
    """A store with people and nothing else, served to a real browser."""
    assert CHROMIUM is not None, "geen Chromium op deze computer (apt install chromium)"
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    zaken = tuple(zaak for zaak in groep.scenarios if zaak.zaak in ZAKEN)
    monkeypatch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
    leeg = create_spel(tmp_path, msgspec.structs.replace(groep, scenarios=zaken), Webspel)
    assert isinstance(leeg, Webspel)
    leeg._add_personen()
    proef = Proef(leeg.huis, leeg.spel.klok, PROCEDURE, RONDE, leeg.spel.zaken)
    proef.add_persoon(AANBIEDER, "bestuurder", Rol.AANBIEDER, kvk="91234567", naam="N. Nieuw")
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS, naam="A. Rief")
    monkeypatch.setattr(Bijwerker, "_maak_documenten", lambda zelf, door: render_plaatsvervangers(zelf._huis, door))
    klok = Zetklok(proef.huis)
    klok.set(proef.klok.nu)
    app = create_app(proef.huis, read_instellingen({}, CHECKOUT), klok=klok, tempo=Tempo(1000), direct=True)
    browser = Bezoeker(app, base_url="http://inkoop.test", follow_redirects=False, headers=EIGEN)
    browser.huis = proef.huis
    with serve(browser) as adres, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Schermspel(leeg, proef, klok, browser, Scherm.open_op(chromium, adres))
        chromium.close()
    proef.huis.winkel.close()


def test_every_role_does_its_part_of_a_round_with_the_keyboard_alone(spel: Schermspel, tmp_path: Path) -> None:
    _begin_procedure(spel)
    _publish(spel)
    kenmerk = _apply(spel, tmp_path)
    _open(spel)
    _assess(spel, kenmerk)
    _decide(spel)
    nummer = _sign(spel, kenmerk)
    _look_back(spel, nummer)
    assert spel.scherm.klachten == []


def _begin_procedure(spel: Schermspel) -> None:
    """The inkoper answers the questions and takes the file along; the Meierij begins with its own."""
    scherm = spel.als(INKOPER)
    scherm.go("/procedures")
    scherm.press('a[href="/procedures/nieuw"]')
    for stap in range(OVERZICHT):
        scherm.fill({veld: waarde for veld, waarde in GOED.items() if find_stap(veld) == stap})
        scherm.press('button[value="volgende"]')
    assert "Kalender, teruggerekend vanaf de ingang" in scherm.tekst
    scherm.walk_naar('button[value="download"]')
    with scherm.pagina.expect_download() as opgehaald:
        scherm.pagina.keyboard.press("Enter")
    assert Path(opgehaald.value.path()).read_text("utf-8") == assess(GOED, ()).bestand
    huis = spel.proef.huis
    procedures.create_procedure(huis, spel.proef.act_as(INKOPER), bootstrap.load_definitie(huis, PROCEDURE))
    spel.set(spel.proef.klok.nu)


def _publish(spel: Schermspel) -> None:
    """Who prepares records each step; the jurist reads the texts; anybody reads what is published."""
    spel.record_stappen(Fase.VOORBEREIDEN)
    spel.tick(Fase.VOORBEREIDEN)
    spel.record_stappen(Fase.PUBLICEREN)
    spel.tick(Fase.PUBLICEREN)
    assert spel.approve_stukken(JURIST, 9) >= 1
    publiek = spel.als("")
    publiek.go("/")
    publiek.press(f'a[href="/openbaar/{PROCEDURE}"]')
    assert "31 maart 2020, 23.59 uur" in publiek.tekst


def _apply(spel: Schermspel, map_: Path) -> str:
    """The aanbieder writes an aanmelding, looks what is missing, and hands it in."""
    spel.set(spel.proef.at(spel.proef.definitie.find_ronde(RONDE).opening, 9))
    scherm = spel.als(AANBIEDER)
    scherm.go("/aanmelden")
    scherm.press(f'a[href="{BASIS}"]')
    scherm.press(f'a[href="{BASIS}/partij/aanbieder"]')
    scherm.fill({naam: "ja" if naam == "tekenbevoegde wijze" else waarde for naam, waarde in BEDRIJF.items()})
    scherm.press("main form button")
    scherm.press(f'a[href="{BASIS}/aanbod"]')
    scherm.walk_naar('[value="1A:IB-basis"]')
    scherm.pagina.keyboard.press("Space")
    scherm.press("main form button")
    for eis, blokken in BEWIJS.items():
        if eis in OP_SCHERM:
            _add_bewijs(scherm, eis, blokken, map_)
        else:
            _send_bewijs(spel.browser.log_in(AANBIEDER), eis, blokken)
    scherm.go(f"{BASIS}/vooraf")
    assert "Dit ontbreekt nog" not in scherm.tekst, scherm.tekst
    scherm.go(f"{BASIS}/indienen")
    scherm.fill({"bevoegd": "ja"})
    scherm.press("main form button")
    assert scherm.kop == "Uw ontvangstbewijs"
    kenmerk = scherm.pagina.url.split("/")[-2]
    spel.spel._submit()
    spel.set(spel.proef.klok.nu)
    return kenmerk


def _add_bewijs(scherm: Scherm, eis: str, blokken: tuple[dict[str, str], ...], map_: Path) -> None:
    """A file for a criterium, and what stands in it: the first with the keyboard, the others in the same fields."""
    bestand = map_ / f"{eis}.pdf"
    bestand.write_bytes(make_blanco() + f"\n% {eis}\n".encode())
    scherm.go(f"{BASIS}/eis/{eis}")
    scherm.pagina.set_input_files("[name=bestand]", bestand)
    scherm.press('form[enctype="multipart/form-data"] button')
    for nummer, velden in enumerate(blokken):
        for naam, waarde in velden.items():
            vak = scherm.pagina.locator(f'[name="b{nummer}.{naam}"]')
            soort = vak.first.evaluate("e => e.type")
            if soort == "checkbox":
                for een in vak.all():
                    if een.get_attribute("type") == "checkbox" and waarde in ("*", een.get_attribute("value")):
                        een.check()
            elif soort == "select-one":
                vak.select_option(waarde)
            else:
                vak.fill(waarde)
    scherm.press("main form button")
    assert scherm.pagina.url.endswith(f"{BASIS}/eis/{eis}"), (eis, scherm.tekst)


def _send_bewijs(browser: Bezoeker, eis: str, blokken: tuple[dict[str, str], ...]) -> None:
    """The same as the page does, without a screen."""
    stuk = upload(browser, eis, f"{eis}.pdf", make_blanco() + f"\n% {eis}\n".encode()).headers["location"]
    namen = re.findall(r'name="b0\.onderdelen" id="[^"]+" value="([^"]+)"', browser.get(stuk).text)
    velden: dict[str, object] = {"blok": [str(nummer) for nummer in range(len(blokken))]}
    for nummer, blok in enumerate(blokken):
        velden |= {f"b{nummer}.{naam}": namen if waarde == "*" else waarde for naam, waarde in blok.items()}
    antwoord = fill(browser, stuk, velden)
    assert antwoord.status_code == 303, (eis, antwoord.text)


def _open(spel: Schermspel) -> None:
    """After closing one asks and another opens; who judges says to have no interest."""
    spel.set(spel.proef.definitie.find_ronde(RONDE).sluiting + timedelta(hours=10))
    spel.tick(Fase.SELECTEREN)
    spel.take_taak(INKOPER, RONDE, "Opening vragen").press('form[action$="/opening"] button')
    spel.take_taak(JURIST, RONDE, "Ronde openen").press('form[action$="/openen"] button')
    for wie in (*BEOORDELAARS, JURIST):
        scherm = spel.take_taak(wie, RONDE, "Verklaring afleggen")
        scherm.fill({"belang": "geen", "toelichting": "Ik ken geen van de aanbieders."})
        scherm.press("main form button")


def _assess(spel: Schermspel, kenmerk: str) -> None:
    """Facts beside their evidence; two blind judgements; the jurist settles where they differ."""
    spel.perform_zaken(Taaksoort.FEITEN_VASTSTELLEN)
    scherm = spel.take_taak(BEOORDELAARS[0], RONDE, "Feiten vaststellen")
    assert scherm.pagina.frame_locator("iframe.ink-bewijsraam").locator("body").count() == 1
    # The reader of PDF of Chromium costs seconds for each file; after the first the frames stay empty.
    scherm.pagina.route("**/bewijs/*", lambda route: route.fulfill(body="", content_type="text/plain"))
    while scherm.pagina.locator("iframe.ink-bewijsraam").count():
        vakken = scherm.pagina.locator('main input[name^="reden:"]')
        for naam in [vak.get_attribute("name") or "" for vak in vakken.all()]:
            scherm.fill({naam.replace("reden:", "wijze:"): "bevestigd", naam: "gelezen op bladzijde 1"})
        scherm.press("main form button")
    spel.tick(Fase.SELECTEREN)
    spel.perform_zaken(Taaksoort.BEOORDELEN)
    for wie, ja in zip(BEOORDELAARS, ("ja", "nee"), strict=True):
        _judge(spel.take_taak(wie, RONDE, "Beoordelen"), ja, blind=True)
    spel.set(spel.klok.read_nu())
    _judge(spel.take_taak(JURIST, RONDE, "Beoordelen"), "ja")
    spel.tick(Fase.SELECTEREN)


def _judge(scherm: Scherm, eerste: str, *, blind: bool = False) -> None:
    """Answer every point that waits for this person: the first with `eerste`, the others with yes."""
    antwoord = eerste
    while scherm.pagina.locator('[name="reden"]').count():
        assert ("Ja hoor" in scherm.tekst) is not blind
        vragen = scherm.pagina.locator('main input[name^="vraag:"][value="ja"]')
        for naam in [vak.get_attribute("name") or "" for vak in vragen.all()]:
            scherm.fill({naam: antwoord})
        scherm.fill({"ja": antwoord, "reden": "Ja hoor, het stuk zegt hoe dit gaat."})
        scherm.press("main form button")
        antwoord = "ja"


def _decide(spel: Schermspel) -> None:
    """The jurist checks, the gemandateerde decides, the letters are read and sent."""
    ronde = spel.proef.definitie.find_ronde(RONDE)
    spel.set(spel.proef.at(ronde.herstel_tot + timedelta(days=1)))
    spel.tick(Fase.SELECTEREN)
    spel.tick(Fase.CONCRETISEREN)
    spel.take_taak(JURIST, RONDE, "Controleren").press('form[action$="/controleren"] button')
    spel.set(spel.proef.at(ronde.besluit))
    scherm = spel.take_taak(GEMANDATEERDE, RONDE, "Besluiten nemen")
    assert _read_besluiten(scherm) == BESLUITEN
    scherm.press('form[action$="/nemen"] button')
    spel.tick(Fase.CONCRETISEREN)
    assert spel.approve_stukken(INKOPER, 1) + spel.approve_stukken(JURIST, 1) >= 1
    spel.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    spel.take_taak(INKOPER, RONDE, "Verzenden").press('form[action$="/verzenden"] button')
    spel.tick(Fase.CONCRETISEREN)


def _read_besluiten(scherm: Scherm) -> dict[str, tuple[str, str, set[str]]]:
    """What the page says of each aanmelding: the besluit, the products, the criteria of its reasons."""
    gelezen = {}
    for deel in scherm.pagina.locator("section.ink-bevinding").all():
        tekst = deel.inner_text()
        producten = re.search("^Toegelaten voor: (.+)$", tekst, re.MULTILINE)
        gronden = set(re.findall(r"^([A-Z]-\d\d): ", tekst, re.MULTILINE))
        soort = deel.locator(".ink-badge").first.inner_text()
        gelezen[deel.locator("h2").inner_text()] = (soort, producten[1] if producten else "", gronden)
    return gelezen


def _sign(spel: Schermspel, kenmerk: str) -> str:
    """The agreement is made, read and offered; the aanbieder signs on its page, and then the gemeenten."""
    ronde = spel.proef.definitie.find_ronde(RONDE)
    spel.set(spel.proef.at(ronde.besluit + timedelta(days=3)))
    for fase in (Fase.SELECTEREN, Fase.CONCRETISEREN):
        spel.record_stappen(fase, RONDE)
    spel.tick(Fase.CONTRACTEREN)
    assert spel.approve_stukken(JURIST, 1) == 1
    spel.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    spel.tick(Fase.CONTRACTEREN)
    assert BEDRIJF["naam"] in spel.take_taak(GEMANDATEERDE, RONDE, "Bekijken").tekst
    scherm = spel.als(AANBIEDER)
    scherm.go(f"/aanmelden/{kenmerk}")
    scherm.press('a[href*="/tekenen/"]')
    nummer = scherm.pagina.url.split("/")[-1]
    naam = scherm.pagina.locator('[name="naam"]').first.get_attribute("value") or ""
    dag = local_date(spel.klok.read_nu())
    scherm.fill({"naam": naam, "getekend_op": f"{dag:%d-%m-%Y}", "bevoegd": "ja", "tekst": "ja"})
    scherm.press("main form button")
    assert "U hebt getekend. De gemeenten tekenen nog." in scherm.tekst
    spel.set(spel.klok.read_nu())
    wachten = {taak.rol for taak in spel.proef.list_taken(Taaksoort.TEKENEN) if taak.onderwerp == nummer}
    assert wachten == {Rol.GEMANDATEERDE}
    spel.perform_alle(Taaksoort.TEKENEN)
    return nummer


def _look_back(spel: Schermspel, nummer: str) -> None:
    """When the contract begins the contractmanager, the public and the archivaris see what came of it."""
    spel.record_stappen(Fase.CONTRACTEREN, RONDE)
    spel.tick(Fase.CONTRACTEREN)
    spel.set(spel.proef.at(spel.proef.definitie.find_ronde(RONDE).ingang))
    spel.tick(Fase.IMPLEMENTEREN)
    scherm = spel.als(CONTRACTMANAGER)
    scherm.go("/contracten")
    scherm.press(f'a[href="/contracten/{nummer}"]')
    assert "Nog niemand heeft getekend" not in scherm.tekst
    assert "N. Nieuw, bestuurder, namens Zorggroep Nieuw" in scherm.tekst
    assert "Moet nog tekenen" not in scherm.tekst
    publiek = spel.als("")
    publiek.go("/catalogus")
    for naam, producten in CATALOGUS.items():
        publiek.fill({"q": naam})
        publiek.press("main form button")
        rijen = [rij.locator("td").all_inner_texts() for rij in publiek.pagina.locator("main tbody tr").all()]
        assert {rij[2] for rij in rijen} == producten, naam
    archief = spel.als(ARCHIVARIS)
    archief.go("/logboek/controle")
    archief.press("main form button")
    assert "het logboek is ongeschonden" in archief.tekst
