"""What a contractmanager, the provider and the local toegang do on the pages while agreements run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inkoop.domain.persoon import Rol
from inkoop.services import contractblad
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, Start, open_browser


@pytest.fixture
def lopend(bezoek: Start) -> tuple[Bezoeker, Proef]:
    """Agreements that run, on the first of January 2021, and a contractmanager who is signed in."""
    browser, proef = bezoek("einde")
    return browser.log_in("c.jansen"), proef


def list_nummers(browser: Bezoeker) -> list[str]:
    """The contract numbers in the list."""
    return re.findall(r'href="/contracten/([^"/?.]+)"', browser.get("/contracten").text)


def test_the_list_of_contracts_is_filtered_by_its_address_and_taken_along(lopend):
    browser, _ = lopend
    nummers = list_nummers(browser)
    assert len(nummers) >= 3
    blad = browser.get(f"/contracten?q={nummers[0]}").text
    assert "1 contract." in blad
    assert "Geen contract past" in browser.get("/contracten?stand=concept").text
    assert browser.get("/contracten.xlsx?sortering=einddatum").content.startswith(b"PK")


def test_a_contract_shows_its_parties_prices_terms_and_papers(lopend):
    browser, proef = lopend
    nummer = list_nummers(browser)[0]
    blad = browser.get(f"/contracten/{nummer}").text
    gelezen = contractblad.read_blad(proef.huis, proef.act_as("c.jansen"), nummer)
    assert gelezen.partijen[0].naam in blad
    assert "€ " in blad
    assert "kwartaalgesprek" in blad
    assert all(f"/documenten/{document.kenmerk}" in blad for document in gelezen.documenten)
    # A contractmanager may not read the application itself, so nothing leads there.
    assert "/aanmeldingen/" not in blad
    assert "/logboek" not in blad


def test_a_certificate_that_was_seen_takes_the_place_of_what_was_guarded(lopend):
    browser, _ = lopend
    nummer = list_nummers(browser)[0]
    assert browser.get(f"/contracten/{nummer}").status_code == 200
    fout = browser.post(f"/contracten/{nummer}/stuk", data={"naam": "polis", "geldig_tot": "31-2-2021", "bewijs": "x"})
    assert fout.status_code == 422
    assert 'href="#v-stuk-geldig_tot"' in fout.text
    assert 'value="31-2-2021"' in fout.text
    oud = browser.post(
        f"/contracten/{nummer}/stuk", data={"naam": "polis", "geldig_tot": "1-1-2019", "bewijs": "zaak 7"}
    )
    assert 'id="f-stuk-geldig_tot">Dit stuk is verlopen' in oud.text
    goed = {"naam": "polis", "geldig_tot": "1-6-2021", "bewijs": "zaak 7"}
    assert browser.post(f"/contracten/{nummer}/stuk", data=goed).status_code == 303
    assert "nieuw bewijs vragen voor polis" in browser.get("/bewaking").text


def test_the_agenda_shows_terms_as_picture_table_calendar_and_spreadsheet(lopend):
    browser, _ = lopend
    nummer = list_nummers(browser)[0]
    blad = browser.get(f"/bewaking?over={nummer}&soort=kwartaal").text
    assert "<svg" in blad
    assert "kwartaalgesprek" in blad
    agenda = browser.get(f"/bewaking.ics?over={nummer}").text
    assert agenda.startswith("BEGIN:VCALENDAR")
    assert nummer in agenda
    assert browser.get("/bewaking.xlsx").content.startswith(b"PK")


def test_a_quarter_is_recorded_on_the_subjects_of_the_procedure_and_once(lopend):
    browser, _ = lopend
    pad = f"/contracten/{list_nummers(browser)[0]}/kwartaal"
    blad = browser.get(pad).text
    assert "kwartaal 3 van 2020" in blad
    assert "Het aantal klachten per gemeente" in blad
    velden = dict.fromkeys(re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"', blad), "geen bijzonderheden")
    velden["kwartaal"] = re.findall(r'name="kwartaal" value="([^"]+)"', blad)[0]
    leeg = browser.post(pad, data={**velden, "stand0": ""})
    assert leeg.status_code == 422
    assert 'id="f-kwartaal-stand0">Vul dit in.' in leeg.text
    assert "geen bijzonderheden</textarea>" in leeg.text
    assert browser.post(pad, data=velden).status_code == 303
    assert "al gerapporteerd" in browser.post(pad, data=velden).text


def test_a_provider_reports_on_its_own_agreement_and_on_no_other(lopend):
    browser, proef = lopend
    eigen, ander = list_nummers(browser)[:2]
    kvk = contractblad.read_blad(proef.huis, proef.act_as("c.jansen"), eigen).kvk
    browser.log_in(proef.add_persoon("zelf", "bestuurder", Rol.AANBIEDER, kvk=kvk))
    assert f"/contracten/{eigen}/kwartaal" in browser.get("/aanmelden").text
    assert browser.get(f"/contracten/{eigen}/kwartaal").status_code == 200
    assert browser.get(f"/contracten/{ander}/kwartaal").status_code == 404
    assert browser.get(f"/contracten/{eigen}").status_code == 403


def test_the_local_toegang_finds_an_agreement_and_records_what_it_saw(lopend):
    browser, proef = lopend
    nummer = list_nummers(browser)[0]
    browser.log_in(proef.add_persoon("t.oever", "consulent", Rol.TOEGANG))
    assert f"/terugkoppeling/{nummer}" in browser.get(f"/terugkoppeling?q={nummer}").text
    blad = browser.get(f"/terugkoppeling/{nummer}").text
    velden = dict(re.findall(r'name="(antwoord\d+)" id="[^"]*" value="([^"]*)"', blad))
    velden |= dict.fromkeys(re.findall(r'<textarea[^>]* name="([^"]+)"', blad), "Gezien.")
    velden |= {"gemeente": "Vught", "product": "IB-basis", "aanleiding": "evaluatie"}
    assert "is vastgelegd als" in browser.post(f"/terugkoppeling/{nummer}", data=velden).text
    fout = browser.post(f"/terugkoppeling/{nummer}", data={**velden, "product": "bestaat niet"})
    assert 'id="f-terugkoppeling-product">Maak een keuze.' in fout.text


def test_everything_about_one_legal_person_stands_on_one_page_and_no_more_than_one_may_see(lopend):
    browser, proef = lopend
    nummer = list_nummers(browser)[0]
    kvk = contractblad.read_blad(proef.huis, proef.act_as("c.jansen"), nummer).kvk
    blad = browser.get(f"/aanbieders/{kvk}").text
    assert nummer in blad
    assert "/documenten/M-2020-2-D" in blad
    assert "Aanmeldingen</h2>" not in blad
    afgewezen = re.findall(r'/aanbieders/(\d+)"', browser.log_in("i.dekker").get("/aanbieders").text)
    assert len(afgewezen) > len(re.findall(r'/aanbieders/(\d+)"', browser.log_in("c.jansen").get("/aanbieders").text))
    assert "Aanmeldingen</h2>" in browser.log_in("i.dekker").get(f"/aanbieders/{kvk}").text


def test_the_text_of_a_contract_on_a_day_is_made_as_a_pdf(lopend):
    browser, _ = lopend
    nummer = list_nummers(browser)[0]
    assert "is geen bestaande dag" in browser.get(f"/contracten/{nummer}/tekst.pdf?op=gisteren").text
    assert browser.get(f"/contracten/{nummer}/tekst.exe").status_code == 404


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[tuple[Bezoeker, Proef]]:
    """Two agreements under a procedure with a ladder of measures."""
    proef = begin_procedure(tmp_path / "hvb", "hvb-wmo-2019")
    add_contracten(proef, 2, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2019, 6, 3)))
    proef.add_persoon("iemand", "proef", Rol.TOEGANG)  # the clock of the pages begins at the last act
    yield open_browser(proef.huis).log_in("c.jansen"), proef
    proef.huis.winkel.close()


VOORNEMEN = {
    "stap": "1",
    "afspraak": "Elk kwartaal een rapportage",
    "bevinding": "Er kwam geen rapportage",
    "bewijs": "zaak 2019-77",
    "maatregel": "Een gesprek",
    "evenredigheid": "Het is de lichtste stap",
    "gevolg": "geen",
    "ingang": "1-8-2019",
}


def test_a_measure_is_intended_heard_and_decided_by_another_with_every_fault_beside_its_field(ladder):
    browser, proef = ladder
    pad = "/contracten/HVB-2019-0001/maatregel"
    assert "De ladder uit de procedure" in browser.get(pad).text
    fout = browser.post(pad, data={**VOORNEMEN, "stap": "3", "gevolg": "clientenstop", "ingang": "1-6-2019"})
    assert fout.status_code == 422
    assert 'id="f-voornemen-sprong">Stap 1' in fout.text
    assert "Er kwam geen rapportage</textarea>" in fout.text
    waar = browser.post(pad, data={**VOORNEMEN, "stap": "2"} | {"sprong": "ernst"}).headers["location"]
    blad = browser.get(waar).text
    assert "Zienswijze vastleggen" in blad
    assert browser.post(f"{waar}/zienswijze", data={"op": "3-6-2019", "tekst": "Wij doen het."}).status_code == 303
    assert "Wij doen het." in browser.get(waar).text
    zelf = browser.post(f"{waar}/besluit", data={"weging": "Te laat."})
    assert zelf.status_code == 422
    assert "u hebt deze maatregel zelf voorgenomen" in zelf.text
    assert browser.post(f"{waar}/intrekken", data={"reden": "hersteld"}).status_code == 303
    assert "ingetrokken" in browser.get("/maatregelen?stand=ingetrokken").text
    assert proef.count_audit()


def test_a_provider_sees_a_measure_only_after_its_letter_was_sent(ladder):
    browser, proef = ladder
    waar = browser.post("/contracten/HVB-2019-0001/maatregel", data={**VOORNEMEN, "stap": "2", "sprong": "ernst"})
    kvk = contractblad.read_blad(proef.huis, proef.act_as("c.jansen"), "HVB-2019-0001").kvk
    browser.log_in(proef.add_persoon("zelf", "bestuurder", Rol.AANBIEDER, kvk=kvk))
    assert browser.get(waar.headers["location"]).status_code == 404
    post = browser.post(f"{waar.headers['location']}/zienswijze", data={"op": "3-6-2019", "tekst": "Wij doen het."})
    assert post.status_code == 404
