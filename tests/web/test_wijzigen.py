"""What changes for all agreements at once, and what is done for each: changes, cycle, extension, implementation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, JURIST
from inkoop.domain.persoon import Rol
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, open_browser

HVB = "hvb-wmo-2019"
PAD = f"/procedures/{HVB}/wijzigingen"


@pytest.fixture
def jaren(tmp_path: Path) -> Iterator[tuple[Bezoeker, Proef]]:
    """Three agreements in their first year, on the second of September 2019."""
    proef = begin_procedure(tmp_path / "hvb", HVB)
    add_contracten(proef, 3, date(2019, 1, 2), afgerond=False)
    proef.klok.set(proef.at(date(2019, 9, 2)))
    proef.add_persoon("iemand", "proef", Rol.TOEGANG)  # the clock of the pages begins at the last act
    yield open_browser(proef.huis), proef
    proef.huis.winkel.close()


def test_one_change_goes_from_proposal_to_an_addendum_for_each_agreement_with_its_progress(jaren):
    browser, _ = jaren
    browser.log_in(CONTRACTMANAGER)
    assert "Wijzigingen en addenda" in browser.get(f"/procedures/{HVB}").text
    assert "Er zijn nog geen wijzigingen" in browser.get(PAD).text
    velden = {"soort": "afspraak", "onderwerp": "sneller melden", "reden": "Het kan korter.", "bron": "verslag 3 mei"}
    zonder = browser.post(PAD, data={**velden, "wordt1": "Een tekst zonder artikel."})
    assert zonder.status_code == 422
    assert 'id="f-voorstel-artikel1">Noem bij elke tekst het artikel' in zonder.text
    assert "Een tekst zonder artikel.</textarea>" in zonder.text
    artikel = {"artikel1": "artikel 6.4", "wordt1": "Melden binnen drie dagen.", "was1": "Melden binnen vijf dagen."}
    buiten = browser.post(PAD, data={**velden, **artikel, "ingang": "1-9-2019", "percelen": "Z"})
    assert 'id="f-voorstel-soort">Wijzigingen gaan in op de dag van de cyclus' in buiten.text
    assert 'id="f-voorstel-percelen">Perceel' in buiten.text
    stuk = [("bestand", ("w.yaml", b"soort: onzin\nonderwerp: [", "text/yaml"))]
    assert 'id="f-bestand-bestand">Regel' in browser.post(f"{PAD}/bestand", files=stuk).text
    waar = browser.post(PAD, data={**velden, **artikel}).headers["location"]
    kenmerk = waar.rpartition("/")[2]
    assert kenmerk in browser.get(PAD).text
    assert "Melden binnen drie dagen." in browser.get(waar).text
    assert browser.post(f"{waar}/vaststellen", data={"grond": "akkoord"}).status_code == 403

    browser.log_in(JURIST)
    leeg = browser.post(f"{waar}/vaststellen", data={"grond": ""})
    assert 'id="f-vaststellen-grond">Vul dit in.' in leeg.text
    assert browser.post(f"{waar}/vaststellen", data={"grond": "akkoord van 2 juni"}).status_code == 303
    assert "3 nog niet opgesteld" in browser.get(waar).text
    assert browser.post(f"{waar}/opstellen").status_code == 403

    browser.log_in(CONTRACTMANAGER)
    assert browser.post(f"{waar}/opstellen").status_code == 303
    klaar = browser.get(waar).text
    assert "Addenda opstellen: klaar. 3 gedaan" in klaar
    assert "3 opgesteld" in klaar
    werk = re.search(r"addenda%3A[^\"]+|addenda:[^\"]+", klaar)
    assert werk is None  # a line that is done asks for nothing more
    ververs = browser.get(f"/werk/addenda:{kenmerk}")
    assert ververs.headers["hx-refresh"] == "true"
    assert browser.get("/werk/bestaat-niet").status_code == 404
    cyclus = browser.get(f"/procedures/{HVB}/addenda/2020").text
    assert "HVB-2019-0001-A01" in cyclus
    assert "Geen overeenkomst past hierbij" in browser.get(f"/procedures/{HVB}/addenda/2020?stand=getekend").text
    assert browser.get(f"/procedures/{HVB}/addenda/2020/stand.xlsx").content.startswith(b"PK")
    # The text of these agreements is not in the store, so there is nothing to lay beside it.
    assert browser.get("/addenda/HVB-2019-0001-A01/redline").status_code == 409
    assert browser.get("/addenda/HVB-2019-0001/redline").status_code == 409

    nummer = "/tekenen/HVB-2019-0001-A01"
    fout = browser.post(f"{nummer}/weigering", data={"op": "1-1-2030", "reden": "te duur", "partij": "aanbieder"})
    assert fout.status_code == 422
    assert "te duur</textarea>" in fout.text
    goed = {"op": "2-9-2019", "reden": "te duur", "bewijs": "brief D-7", "partij": "aanbieder"}
    assert browser.post(f"{nummer}/weigering", data=goed).status_code == 303
    assert "1 geweigerd" in browser.get(waar).text
    assert "te duur" in browser.get(f"{waar}?stand=geweigerd").text


def test_an_extension_is_decided_by_a_mandated_person_for_exactly_the_agreed_period(jaren):
    browser, proef = jaren
    pad = f"/procedures/{HVB}/verlenging"
    browser.log_in(CONTRACTMANAGER)
    assert "besluit een gemandateerde" in browser.get(pad).text
    assert browser.post(f"{pad}/1", data={}).status_code == 403
    browser.log_in(GEMANDATEERDE)
    blad = browser.get(pad).text
    assert "nog te besluiten" in blad
    kort = {"keuze": "verlengen", "tot": "1-1-2020", "grond": "collegebesluit van 1 juni 2019"}
    fout = browser.post(f"{pad}/1", data=kort)
    assert fout.status_code == 422
    assert 'id="f-besluit-tot">' in fout.text
    assert "collegebesluit van 1 juni 2019</textarea>" in fout.text
    stop = browser.post(f"{pad}/1", data={"keuze": "niet_verlengen", "grond": "besluit"})
    assert 'id="f-besluit-clienten">Zeg bij niet verlengen' in stop.text
    assert browser.post(f"{pad}/99", data=kort).status_code == 404
    # The mandate ends before the extension begins: that is checked for both days.
    zonder = browser.post(f"{pad}/1", data={"keuze": "verlengen", "grond": "collegebesluit van 1 juni 2019"})
    assert 'id="f-besluit-keuze">' in zonder.text
    assert "dus niet meer geldig op 1 januari 2021" in zonder.text
    goed = {
        "keuze": "niet_verlengen",
        "grond": "besluit",
        "clienten": "Zij houden hun zorg.",
        "overdracht_op": "1-3-2020",
    }
    assert browser.post(f"{pad}/1", data=goed).status_code == 303
    blad = browser.get(pad).text
    assert "Verlenging 1: niet verlengen." in blad
    assert 'id="besluit"' not in blad
    assert browser.post(f"{pad}/1/brieven", data={"verzenden_op": "1-1-2019"}).status_code == 403
    browser.log_in(CONTRACTMANAGER)
    assert "De brieven over het laatste besluit opnieuw maken" in browser.get(pad).text
    assert browser.post(f"{pad}/1/brieven", data={"verzenden_op": "1-1-2019"}).status_code == 422
    assert proef.count_audit()


def test_a_provider_confirms_its_own_text_in_the_catalogue_and_no_other(jaren):
    browser, proef = jaren
    browser.log_in(CONTRACTMANAGER)
    pad = "/contracten/HVB-2019-0001/catalogustekst"
    assert "Bevestig deze tekst" not in browser.get(pad).text
    kvk = re.findall(r"/aanbieders/(\d+)", browser.get("/contracten/HVB-2019-0001").text)[0]
    browser.log_in(proef.add_persoon("zelf", "bestuurder", Rol.AANBIEDER, kvk=kvk))
    assert pad in browser.get("/aanmelden").text
    oud = browser.post(pad, data={"hash": "anders"})
    assert "intussen gewijzigd" in oud.text
    (hash_,) = re.findall(r'name="hash" value="([0-9a-f]{64})"', browser.get(pad).text)
    assert browser.post(pad, data={"hash": hash_}).status_code == 303
    assert "bevestigd door" in browser.get(pad).text
    browser.log_in(proef.add_persoon("ander", "bestuurder", Rol.AANBIEDER, kvk="99999999"))
    assert browser.get(pad).status_code == 404


def test_a_point_of_the_checklist_is_ticked_with_where_that_shows_and_opened_again_with_why(jaren):
    browser, proef = jaren
    browser.log_in(CONTRACTMANAGER)
    pad = "/contracten/HVB-2019-0001/implementatie"
    blad = browser.get(pad).text
    (acties := re.findall(rf'action="({pad}/[^"]+)"', blad)).sort()
    assert f"{len(acties)} van {len(acties)} punten zijn nog open" in blad
    leeg = browser.post(acties[0], data={"uitkomst": "ja", "bewijs": ""})
    assert leeg.status_code == 422
    assert '-bewijs">Vul dit in.' in leeg.text
    assert browser.post(acties[0], data={"uitkomst": "ja", "bewijs": "zaak 77"}).status_code == 303
    daarna = browser.get(pad).text
    assert f"{len(acties) - 1} van {len(acties)} punten zijn nog open" in daarna
    assert 'zaak 77 <span class="ink-zacht">(Carla Jansen)</span>' in daarna
    assert browser.post(acties[0], data={"uitkomst": "nee", "bewijs": "het klopte niet"}).status_code == 303
    assert f"{len(acties)} van {len(acties)} punten zijn nog open" in browser.get(pad).text
    assert browser.log_in(proef.add_persoon("niemand", "proef", Rol.BEHEERDER)).get(pad).status_code == 403
