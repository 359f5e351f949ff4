"""Two people at the same page: who is second is told who was first and when, loses nothing, and may go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from markupsafe import escape

from inkoop.cli.demo.personen import BEHEERDER, CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.inlichtingen import end_of_vragen
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.services import besluiten, documenten, feiten, herzien, personen, rondeplichten, rondes
from inkoop.services.huis import handel
from inkoop.storage.tabellen.document import DocumentwijzigingRow
from inkoop.web.toegang import list_eisen
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef
from tests.storage.bestanden import make_pdf
from tests.web.conftest import Bezoeker, Openspel, Start, open_browser
from tests.web.samen import ROUTES, Bescherming
from tests.web.wandeling import find_app, make_vinder

HVB, NUMMER = "hvb-wmo-2019", "HVB-2019-0001"
RONDE = "/rondes/M-2020-2"
GEPROEFD: set[str] = set()
"""The routes that a race was held on in the test that runs."""
PROEVEN = {"/aanmelden/{kenmerk}/voorstel"}
"""The routes of every race; that of a proposal is held where there is one (tests/scenarios/test_selectie)."""


def proeft(*routes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test that holds a race on the forms of these routes."""
    PROEVEN.update(routes)

    def wikkel(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def loop(*delen: Any, **velden: Any) -> None:
            GEPROEFD.clear()
            test(*delen, **velden)
            assert set(routes) == GEPROEFD

        return loop

    return wikkel


@dataclass
class Wedloop:
    """Two browsers on one store, each with somebody at it."""

    een: Bezoeker
    twee: Bezoeker
    eerste: str = ""

    def run(
        self, blad: str, actie: str, van_een: dict[str, str], van_twee: dict[str, str], *, files: Any = None,
        nog_een_keer: bool = True,
    ) -> str:  # fmt: skip
        """Both open the page and both send its form; the page that the second one gets. Then he sends it again."""
        assert (self.een.get(blad).status_code, self.twee.get(blad).status_code) == (200, 200)
        gelukt = self.een.post(actie, data=van_een, files=files)
        assert gelukt.status_code in (200, 303), re.findall(r"error-message[^>]*>([^<]+)|<li[^>]*>([^<]+)", gelukt.text)
        tweede = self.twee.post(actie, data=van_twee, files=files)
        assert tweede.status_code in (409, 422), tweede.status_code
        assert f"{self.eerste} heeft dit gewijzigd op " in tweede.text
        assert "Druk dan nog een keer op de knop." in tweede.text
        for tekst in van_twee.values():
            assert str(escape(tekst)) in tweede.text, tekst
        if nog_een_keer:
            assert self.twee.post(actie, data=van_twee, files=files).status_code in (200, 303)
        GEPROEFD.add(str(make_vinder(self.een)("POST", urlsplit(actie).path)))
        return tweede.text


def begin_wedloop(proef: Proef, een: str, twee: str, rol: Rol | None = None) -> Wedloop:
    """These two sit down, at browsers of their own; an act first, since the clock of the pages begins there."""
    proef.add_persoon(f"klok-{proef.count_audit()}", "proef", Rol.TOEGANG)
    wedloop = Wedloop(open_browser(proef.huis).log_in(een, rol), open_browser(proef.huis).log_in(twee, rol))
    with proef.huis.winkel.lezen() as sessie:
        wedloop.eerste = personen.find_persoon(sessie, een).naam
    return wedloop


@pytest.fixture(scope="module")
def contracten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """A procedure with two agreements that run."""
    proef = begin_procedure(tmp_path_factory.mktemp("samen") / "winkel", HVB)
    add_contracten(proef, 2, date(2019, 1, 2), afgerond=False)
    proef.klok.set(proef.at(date(2019, 9, 2)))
    for rol, kort in ((Rol.CONTRACTMANAGER, "c"), (Rol.JURIST, "j"), (Rol.BEHEERDER, "b")):
        proef.add_persoon(f"tweede.{kort}", "collega", rol, naam=f"T. Weede {kort}")
    yield proef
    proef.huis.winkel.close()


@proeft("/onderdelen/{doel}/{soort}")
def test_a_part_of_an_agreement_is_not_laid_down_over_what_another_laid_down(contracten: Proef):
    wedloop = begin_wedloop(contracten, JURIST, "tweede.j")
    velden = {
        "doel": "Samen beter worden.", "ontwikkelagenda": "toegang | sneller starten", "kosten": "Ieder zelf.",
        "overleg": "kwartaaltafel | allen | elk kwartaal", "indicatoren": "uitval", "evaluatie": "Elk jaar in mei.",
    }  # fmt: skip
    blad = wedloop.run(
        f"/onderdelen/{HVB}", f"/onderdelen/{HVB}/samenwerking", velden, {**velden, "doel": "Samen goedkoper worden."}
    )
    assert '<dt>Wat is het doel</dt><dd class="ink-letterlijk">Samen beter worden.</dd>' in blad
    assert "Samen goedkoper worden." in wedloop.een.get(f"/onderdelen/{HVB}").text


@proeft(
    "/contracten/{nummer}/implementatie/{punt}",
    "/contracten/{nummer}/stuk",
    "/procedures/{naam}/wijzigingen",
    "/procedures/{naam}/wijzigingen/bestand",
)
def test_a_point_a_paper_and_a_change_are_not_written_over_each_other(contracten: Proef):
    wedloop = begin_wedloop(contracten, CONTRACTMANAGER, "tweede.c")
    blad = f"/contracten/{NUMMER}/implementatie"
    punt = re.findall(rf'action="({blad}/[^"]+)"', wedloop.een.get(blad).text)[0]
    tekst = wedloop.run(blad, punt, {"uitkomst": "ja", "bewijs": "zaak 1"}, {"uitkomst": "nvt", "bewijs": "niet hier"})
    assert '<dd class="ink-letterlijk">zaak 1</dd>' in tekst
    pad = f"/contracten/{NUMMER}"
    polis = {"naam": "polis", "geldig_tot": "1-6-2021", "bewijs": "zaak 7"}
    tekst = wedloop.run(pad, f"{pad}/stuk", polis, {**polis, "geldig_tot": "1-7-2021"})
    assert "tot en met 1 juni 2021, zaak 7" in tekst
    pad = f"/procedures/{HVB}/wijzigingen"
    voorstel = {
        "soort": "afspraak", "onderwerp": "sneller melden", "reden": "Het kan korter.", "bron": "verslag 3 mei",
        "artikel1": "artikel 6.4", "wordt1": "Melden binnen drie dagen.", "was1": "Melden binnen vijf dagen.",
    }  # fmt: skip
    assert "HVB-2019-W01" in wedloop.run(pad, pad, voorstel, {**voorstel, "onderwerp": "rapport in drie dagen"})
    yaml = b"soort: afspraak\nonderwerp: iets\nreden: ja\nbron: x\nartikelen:\n- artikel: artikel 6\n  wordt: nieuw\n"
    stuk = [("bestand", ("w.yaml", yaml, "text/yaml"))]
    wedloop.run(pad, f"{pad}/bestand", {}, {}, files=stuk)


@proeft("/accounts")
def test_who_gives_a_password_is_told_that_another_just_did(contracten: Proef):
    wedloop = begin_wedloop(contracten, BEHEERDER, "tweede.b")
    velden = {"wie": JURIST, "wachtwoord": "vier gewone lange woorden"}
    wedloop.een.get("/accounts"), wedloop.twee.get("/accounts")
    assert wedloop.een.post("/accounts", data=velden).status_code == 200
    tweede = wedloop.twee.post("/accounts", data=velden)
    assert (tweede.status_code, wedloop.eerste in tweede.text) == (422, True)
    assert f"Kreeg het laatst een wachtwoord: {JURIST}." in tweede.text
    assert "gewone lange" not in tweede.text
    assert wedloop.twee.post("/accounts", data=velden).status_code == 200
    GEPROEFD.add("/accounts")


@proeft("/procedures/{naam}/verlenging/{nummer}/brieven")
def test_letters_are_not_made_anew_for_another_day_than_a_colleague_just_set(contracten: Proef):
    wedloop = begin_wedloop(contracten, CONTRACTMANAGER, "tweede.c")
    pad = f"/procedures/{HVB}/verlenging"
    stop = {"keuze": "niet_verlengen", "grond": "besluit", "clienten": "Zij blijven.", "overdracht_op": "1-3-2020"}
    assert open_browser(contracten.huis).log_in(GEMANDATEERDE).post(f"{pad}/1", data=stop).status_code == 303
    tekst = wedloop.run(pad, f"{pad}/1/brieven", {"verzenden_op": "4-9-2019"}, {"verzenden_op": "5-9-2019"})
    assert '<dt>Dag op de brieven</dt><dd class="ink-letterlijk">4 september 2019</dd>' in tekst


@pytest.fixture
def open_ronde(gepubliceerd: Openspel, tmp_path: Path) -> Iterator[Proef]:
    """A round that is open, on its first morning, with two inkopers."""
    proef = Proef.open(tmp_path / "winkel", gepubliceerd.standen["gepubliceerd"])
    proef.klok.set(proef.at(proef.definitie.find_ronde(gepubliceerd.groep.ronde).opening, 9))
    proef.add_persoon("tweede", "inkoper", Rol.INKOPER, naam="T. Weede")
    yield proef
    proef.huis.winkel.close()


@proeft("/rondes/{kenmerk}/vragen", "/vragen/{kenmerk}/antwoord")
def test_a_question_is_taken_in_and_answered_by_one_and_the_other_is_told(open_ronde: Proef):
    wedloop = begin_wedloop(open_ronde, INKOPER, "tweede")
    lijst = f"{RONDE}/vragen"
    vraag = {"tekst": "Mag een kopie van het uittreksel?", "onderwerp": "Leidraad 2", "van": "Zorg BV"}
    tekst = wedloop.run(lijst, lijst, vraag, vraag, nog_een_keer=False)
    assert "M-2020-2-V001" in tekst
    pad = "/vragen/M-2020-2-V001"
    antwoord = {"tekst": "Mag een kopie?", "antwoord": "Ja, dat mag.", "wijziging": "nee"}
    tekst = wedloop.run(pad, f"{pad}/antwoord", antwoord, {**antwoord, "antwoord": "Nee, dat mag niet."})
    assert '<dt>Antwoord</dt><dd class="ink-letterlijk">Ja, dat mag.</dd>' in tekst
    assert "Nee, dat mag niet.</textarea>" in tekst


@proeft("/vragen/{kenmerk}/terzijde")
def test_a_late_question_that_a_colleague_answered_is_not_put_aside_unseen(open_ronde: Proef):
    ronde = open_ronde.definitie.find_ronde("M-2020-2")
    open_ronde.klok.set(end_of_vragen(ronde) + timedelta(hours=1))
    wedloop = begin_wedloop(open_ronde, INKOPER, "tweede")
    vraag = {"tekst": "Mag het later?", "onderwerp": "Leidraad 2", "van": "Zorg BV"}
    wedloop.een.get(f"{RONDE}/vragen")
    assert wedloop.een.post(f"{RONDE}/vragen", data=vraag).status_code == 303
    pad = "/vragen/M-2020-2-V001"
    wedloop.een.get(pad), wedloop.twee.get(pad)
    antwoord = {
        "tekst": "Mag het later?",
        "antwoord": "Nee.",
        "wijziging": "nee",
        "voor_allen": "Het raakt elke partij.",
    }
    assert wedloop.een.post(f"{pad}/antwoord", data=antwoord).status_code == 303
    tweede = wedloop.twee.post(f"{pad}/terzijde", data={"reden": "Alleen voor deze partij."})
    assert tweede.status_code == 422
    assert f"{wedloop.eerste} heeft dit gewijzigd op " in tweede.text
    assert '<dd class="ink-letterlijk">Nee.</dd>' in tweede.text
    assert 'value="Alleen voor deze partij."' in tweede.text
    GEPROEFD.add("/vragen/{kenmerk}/terzijde")


@proeft("/rondes/{kenmerk}/storingen")
def test_an_outage_is_not_recorded_twice_unseen(open_ronde: Proef):
    wedloop = begin_wedloop(open_ronde, INKOPER, "tweede")
    pad = f"{RONDE}/storingen"
    nu = open_ronde.klok.nu.astimezone(TIJDZONE)
    velden = {
        "van": f"{nu - timedelta(minutes=50):%Y-%m-%d %H:%M}", "tot": f"{nu - timedelta(minutes=9):%Y-%m-%d %H:%M}",
        "melding": "Uploaden lukte niet.", "bewijs": "Logboek 7.",
    }  # fmt: skip
    assert "M-2020-2-S01" in wedloop.run(pad, pad, velden, velden)


@proeft("/rondes/{kenmerk}/plichten/geschil", "/rondes/{kenmerk}/plichten/gestand", "/tekenen/{nummer}/bevoegd")
def test_a_complaint_an_extension_and_an_authority_are_not_recorded_twice_unseen(bezoek: Start):
    _, proef = bezoek("tekenen")
    for rol in (Rol.INKOPER, Rol.JURIST):
        proef.add_persoon(f"tweede.{rol}", "collega", rol, naam="T. Weede")
    pad, nu = f"{RONDE}/plichten", proef.klok.nu.astimezone(TIJDZONE)
    klacht = {
        "soort": "klacht", "van": "Zorg in de Wijk", "omschrijving": "Wij zijn niet gehoord.",
        "ontvangen_op": f"{nu - timedelta(days=1):%Y-%m-%d %H:%M}",
    }  # fmt: skip
    wedloop = begin_wedloop(proef, JURIST, "tweede.jurist")
    blad = wedloop.run(pad, f"{pad}/geschil", klacht, {**klacht, "omschrijving": "Niet gehoord, zegt men."})
    assert "klacht van Zorg in de Wijk: Wij zijn niet gehoord." in blad
    with proef.huis.winkel.lezen() as sessie:
        huidig = rondeplichten.find_gestand(sessie, rondes.find_ronde(sessie, "M-2020-2"))
        nummer = next(taak.onderwerp for taak in proef.list_taken() if str(taak.soort) == "tekenen")
    dagen = [(huidig + timedelta(days=meer)).isoformat() for meer in (30, 40)]
    wedloop = begin_wedloop(proef, INKOPER, "tweede.inkoper")
    wedloop.run(pad, f"{pad}/gestand", {"tot": dagen[0], "grond": "brieven"}, {"tot": dagen[1], "grond": "mails"})
    pad = f"/tekenen/{nummer}"
    (lid, *_) = re.findall(r'id="v-bevoegd-lid".*?<option value="([^"]+)">', wedloop.een.get(pad).text, re.DOTALL)
    bevoegd = {"lid": lid, "naam": "V. Oorbeeld", "functie": "bestuurder", "wijze": "alleen", "grond": "uittreksel"}
    stuk = [("bewijs", ("uittreksel.pdf", make_pdf("uittreksel"), "application/pdf"))]
    wedloop.run(pad, f"{pad}/bevoegd", bevoegd, {**bevoegd, "wijze": "gezamenlijk"}, files=stuk)


@proeft(
    "/rondes/{kenmerk}/besluiten/controleren",
    "/rondes/{kenmerk}/besluiten/nemen",
    "/rondes/{kenmerk}/besluiten/verzenden",
)
def test_one_act_for_all_besluiten_is_for_the_ones_that_the_page_showed(bezoek: Start):
    browser, proef = bezoek("besluiten_controleren")
    pad = f"{RONDE}/besluiten"
    oud = browser.log_in(JURIST).get(pad).text
    (merk,) = set(re.findall(r'name="gezien" value="([0-9a-f]+)"', oud))
    assert browser.post(f"{pad}/controleren", data={"gezien": merk}).status_code == 303
    for wie, deel in ((JURIST, "controleren"), (GEMANDATEERDE, "nemen"), (INKOPER, "verzenden")):
        tweede = browser.log_in(wie).post(f"{pad}/{deel}", data={"gezien": merk})
        assert tweede.status_code == 409
        assert "heeft dit gewijzigd op " in tweede.text
        GEPROEFD.add(f"/rondes/{{kenmerk}}/besluiten/{deel}")
    browser.log_in(GEMANDATEERDE)
    browser.get(pad)
    assert browser.post(f"{pad}/nemen").status_code == 303
    with proef.huis.winkel.lezen() as sessie:
        assert besluiten.find_verzamelbesluit(sessie, rondes.find_ronde(sessie, "M-2020-2")) is not None


@proeft("/documenten/{kenmerk}/terugkomst/{volg}")
def test_a_change_that_came_back_from_word_is_not_decided_over_a_colleague(bezoek: Start):
    _, proef = bezoek("document_goedkeuren")
    proef.add_persoon("tweede", "jurist", Rol.JURIST, naam="T. Weede")
    with handel(proef.huis, proef.act_as(INKOPER), Handeling.DOCUMENT_TERUGKOMST) as eenheid:
        rij = next(r for r in documenten.list_documenten(eenheid.sessie) if r.status in herzien.BEWERKBAAR)
        kenmerk = rij.kenmerk
        eenheid.sessie.add(
            DocumentwijzigingRow(
                id=proef.huis.nieuw_id(), document=kenmerk, volg=1, bestand_sha256="0" * 64, merk=0, na=1,
                genummerd=False, clausule="aanhef", soort="nieuw", oud="", nieuw="Erbij.", auteurs="", bijgehouden=True,
            )
        )  # fmt: skip
        eenheid.audit(Handeling.DOCUMENT_TERUGKOMST, kenmerk)
    pad = f"/documenten/{kenmerk}/terugkomst"
    wedloop = begin_wedloop(proef, JURIST, "tweede")
    weg, over = {"oordeel": "geweigerd", "reden": "Staat al in 3."}, {"oordeel": "overgenomen", "reden": "Duidelijker."}
    blad = wedloop.run(pad, f"{pad}/1", weg, over)
    assert '<dd class="ink-letterlijk">Staat al in 3.</dd>' in blad
    with proef.huis.winkel.lezen() as sessie:
        assert herzien.list_wijzigingen(sessie, kenmerk)[0].reden == "Duidelijker."


def test_who_is_second_with_a_fact_sees_who_was_first_and_keeps_what_was_typed(bezoek: Start):
    _, proef = bezoek("feiten_vaststellen")
    pad = f"/aanmeldingen/{proef.find('M1')}/feiten"
    wedloop = begin_wedloop(proef, "b.vanloon", "b.yilmaz")
    blad = wedloop.twee.get(pad).text
    (bestand,) = re.findall(r'name="bestand" value="([0-9a-f]{64})"', blad)
    feit = re.findall(r'name="reden:([^"]*)"', blad)[0]
    velden = {"bestand": bestand, f"wijze:{feit}": "bevestigd", f"reden:{feit}": "op bladzijde 1"}
    assert wedloop.een.post(pad, data=velden).status_code == 303
    tweede = wedloop.twee.post(pad, data={**velden, f"reden:{feit}": "het stempel op bladzijde 9"})
    assert tweede.status_code == 422
    assert f"is al vastgesteld door {wedloop.eerste} op " in tweede.text
    assert "bevestigd. het stempel op bladzijde 9" in tweede.text
    regels = feiten.read_feiten(proef.huis, proef.act_as("b.vanloon"), proef.find("M1"))
    assert [regel.reden for regel in regels if regel.id == feit] == ["op bladzijde 1"]


def test_a_fault_elsewhere_in_the_form_does_not_make_an_old_page_new(open_ronde: Proef):
    wedloop = begin_wedloop(open_ronde, INKOPER, "tweede")
    lijst = f"{RONDE}/vragen"
    vraag = {"tekst": "Mag een kopie?", "onderwerp": "Leidraad 2", "van": "Zorg BV"}
    wedloop.een.get(lijst), wedloop.twee.get(lijst)
    assert wedloop.een.post(lijst, data=vraag).status_code == 303
    leeg = wedloop.twee.post(lijst, data={**vraag, "van": ""})
    assert 'id="f-vraag-van">Vul dit in.' in leeg.text
    weer = wedloop.twee.post(lijst, data=vraag)
    assert f"{wedloop.eerste} heeft dit gewijzigd op " in weer.text
    verzonnen = wedloop.twee.post(lijst, data={**vraag, "gezien": "f" * 32})
    assert verzonnen.status_code == 422
    zonder = wedloop.twee.post(lijst, data={**vraag, "gezien": ""})
    assert zonder.status_code == 422


def test_every_form_of_the_application_says_how_it_holds_when_two_people_send_it(open_ronde: Proef):
    routes = {pad for methode, pad, _ in list_eisen(find_app(open_browser(open_ronde.huis))) if methode == "POST"}
    assert routes == set(ROUTES)
    assert {pad for pad, hoe in ROUTES.items() if hoe is Bescherming.GEZIEN} == PROEVEN
