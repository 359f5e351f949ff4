"""What people do on the pages, as the manual tells it."""

from __future__ import annotations

import re

import pytest

from inkoop.domain.verloop import Besluitstatus
from inkoop.services import besluiten, oordelen, procedures, rondes
from tests.web.conftest import Start

RONDE = "/rondes/M-2020-2"


def test_a_round_is_opened_by_two_people_and_not_by_one(bezoek: Start):
    browser, _ = bezoek("opening_verzoeken")
    assert "Opening vragen" in browser.log_in("i.dekker").get("/taken").text
    assert browser.post(f"{RONDE}/opening").status_code == 303
    zelf = browser.post(f"{RONDE}/openen")
    assert zelf.status_code == 409
    assert "u hebt zelf om de opening gevraagd" in zelf.text
    assert "Ronde openen" in browser.log_in("j.hendriks").get("/taken").text
    assert browser.post(f"{RONDE}/openen").status_code == 303
    assert "Geopend op" in browser.get(RONDE).text


def test_what_was_typed_stays_when_a_form_is_refused(bezoek: Start):
    browser, _ = bezoek("opening_verzoeken")
    browser.log_in("i.dekker").post(f"{RONDE}/opening")
    browser.log_in("j.hendriks").post(f"{RONDE}/openen")
    browser.log_in("b.vanloon")
    antwoord = browser.post(f"{RONDE}/belangen", data={"toelichting": "Ik ken niemand."})
    assert antwoord.status_code == 422
    assert "Kies of u een belang hebt" in antwoord.text
    assert "Ik ken niemand.</textarea>" in antwoord.text


def test_facts_are_established_file_by_file_and_the_next_file_follows(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    browser.log_in("b.vanloon")
    eerste = browser.get(f"{RONDE}/werk?soort=feiten").headers["location"]
    pagina = browser.get(eerste).text
    assert "<iframe" in pagina
    (bestand,) = re.findall(r'name="bestand" value="([0-9a-f]{64})"', pagina)
    feiten = re.findall(r'name="reden:([^"]*)"', pagina)
    leeg = browser.post(eerste, data={"bestand": bestand})
    assert "Kies bij ten minste één feit" in leeg.text
    zonder_reden = browser.post(eerste, data={"bestand": bestand, f"wijze:{feiten[0]}": "bevestigd"})
    assert zonder_reden.status_code == 422
    velden = {f"wijze:{feit}": "bevestigd" for feit in feiten} | {f"reden:{feit}": "op bladzijde 1" for feit in feiten}
    antwoord = browser.post(eerste, data={"bestand": bestand, **velden})
    assert antwoord.headers["location"].startswith(f"{RONDE}/werk?soort=feiten&na=")
    volgende = browser.get(browser.get(antwoord.headers["location"]).headers["location"]).text
    assert bestand not in re.findall(r'name="bestand" value="([0-9a-f]{64})"', volgende)


def test_a_fact_is_corrected_and_a_wrong_day_is_told_beside_what_was_typed(bezoek: Start):
    browser, proef = bezoek("feiten_vaststellen")
    browser.log_in("b.vanloon")
    pagina = browser.get(f"/aanmeldingen/{proef.find('M1')}/feiten").text
    (bestand,) = re.findall(r'name="bestand" value="([0-9a-f]{64})"', pagina)
    feit = re.findall(r'name="reden:([^"]*)"', pagina)[0]
    datumveld = next(naam for naam in re.findall(r'name="(veld:[^"]*)"', pagina) if naam.endswith((":datum", ":van")))
    velden = {"bestand": bestand, f"wijze:{feit}": "gecorrigeerd", f"reden:{feit}": "op bladzijde 1"}
    fout = browser.post(f"/aanmeldingen/{proef.find('M1')}/feiten", data={**velden, datumveld: "31 maart"})
    assert fout.status_code == 422
    assert "Schrijf een dag als 2020-03-31" in fout.text
    assert 'value="31 maart"' in fout.text
    goed = browser.post(f"/aanmeldingen/{proef.find('M1')}/feiten", data={**velden, datumveld: "2020-03-01"})
    assert goed.status_code == 303
    assert "1 maart 2020" in browser.get(f"/aanmeldingen/{proef.find('M1')}").text


def test_the_second_beoordelaar_does_not_see_the_first_judgement_before_giving_one(bezoek: Start):
    browser, proef = bezoek("beoordelen")
    pad = browser.log_in("b.vanloon").get(f"{RONDE}/werk?soort=oordelen").headers["location"]
    _, _, kenmerk, _, punt = pad.split("/")
    with proef.huis.winkel.lezen():
        regels = oordelen.read_punten(proef.huis, proef.act_as("b.vanloon"), kenmerk)
    (vragen,) = [regel.punt.vragen for regel in regels if regel.id == punt]
    antwoorden = {f"vraag:{vraag.id}": "ja" for vraag in vragen}
    geheim = "Dit staat op bladzijde vier van het plan."
    assert browser.post(pad, data={**antwoorden, "ja": "ja", "reden": geheim}).status_code == 303
    blind = browser.log_in("b.yilmaz").get(pad).text
    assert "te lezen als u ook hebt geoordeeld" in blind
    assert geheim not in blind
    tweede = {**antwoorden, "ja": "ja", "reden": "Het plan noemt elk onderdeel."}
    assert browser.post(pad, data=tweede).status_code == 303
    assert geheim in browser.get(pad).text
    # What was decided on like evidence shows beside the same point of another aanmelding.
    (criterium,) = [regel.punt.criterium for regel in regels if regel.id == punt]
    anderen = [proef.find(zaak) for zaak in ("M1", "M2") if proef.find(zaak) != kenmerk]
    ander = oordelen.read_punten(proef.huis, proef.act_as("b.yilmaz"), anderen[0])
    gelijk = next(regel.id for regel in ander if regel.punt.criterium == criterium)
    blad = browser.get(f"/aanmeldingen/{anderen[0]}/oordelen/{gelijk}").text
    assert "Eerdere oordelen over gelijkend bewijs" in blad
    assert geheim in blad


def test_besluiten_are_checked_taken_and_sent_by_three_people(bezoek: Start):
    browser, proef = bezoek("besluiten_controleren")
    pad = f"{RONDE}/besluiten"
    assert "Akkoord met alle besluiten" not in browser.log_in("i.dekker").get(pad).text
    assert "Akkoord met alle besluiten" in browser.log_in("j.hendriks").get(pad).text
    assert browser.post(f"{pad}/controleren").status_code == 303
    with proef.huis.winkel.lezen() as sessie:
        rijen = besluiten.list_ronde(sessie, rondes.find_ronde(sessie, "M-2020-2"))
    assert {rij.status for rij in rijen} == {Besluitstatus.GECONTROLEERD}
    assert "Neem alle besluiten" in browser.log_in("wethouder").get(pad).text


def test_the_list_of_procedures_is_filtered_by_its_address(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    browser.log_in("i.dekker")
    assert "1 procedure." in browser.get("/procedures?q=meierij").text
    assert "Geen procedure past" in browser.get("/procedures?q=meierij&wet=jeugdwet").text
    blad = browser.get("/procedures.xlsx?q=meierij")
    assert blad.content.startswith(b"PK")


def test_a_step_is_recorded_and_what_was_typed_stays_when_it_is_refused(bezoek: Start):
    browser, proef = bezoek("stap_vastleggen")
    with proef.huis.winkel.lezen() as sessie:
        fase = rondes.find_ronde(sessie, "M-2020-2").fase
        (openstap, *_) = procedures.list_openstaand(sessie, proef.procedure, fase, "M-2020-2")
    wie = {"jurist": "j.hendriks", "inkoper": "i.dekker", "gemandateerde": "wethouder"}[openstap.stap.rol]
    pad = f"/stappen/M-2020-2/{openstap.stap.id}"
    browser.log_in(wie)
    pagina = browser.get(pad).text
    orgaan = openstap.organen[0]
    uitkomst = re.findall(r'name="uitkomst" id="[^"]*" value="([^"]*)"', pagina)[0]
    fout = browser.post(pad, data={"orgaan": orgaan, "uitkomst": uitkomst, "grond": " "})
    assert fout.status_code == 422
    assert "Noem waar deze stap op rust" in fout.text
    assert f'value="{orgaan}" checked' in fout.text
    goed = browser.post(pad, data={"orgaan": orgaan, "uitkomst": uitkomst, "grond": "verslag van 1 april 2020"})
    assert goed.headers["location"] == RONDE


def test_everybody_sees_the_open_procedure_and_nobody_sees_one_that_is_not_published(bezoek: Start):
    browser, _ = bezoek("gepubliceerd")
    assert "Specialistische ondersteuning Wmo" in browser.get("/").text
    assert browser.get("/openbaar/meierij-2020").status_code == 200
    agenda = browser.get("/openbaar/meierij-2020/agenda.ics")
    assert agenda.text.startswith("BEGIN:VCALENDAR")
    ervoor, _ = bezoek("voorbereid")
    assert ervoor.get("/openbaar/meierij-2020").status_code == 404
    assert "Specialistische" not in ervoor.get("/").text


def test_the_catalogue_names_who_has_an_agreement_and_can_be_taken_along(bezoek: Start):
    browser, _ = bezoek("einde")
    regels = browser.get("/catalogus.json").json()
    assert regels
    een = regels[0]["aanbieder"]
    assert een in browser.get("/catalogus", params={"q": een[:8].lower()}).text
    assert browser.get("/catalogus.csv").text.splitlines()[0].endswith("van;tot;gemeenten;specialisme;werkgebied")
    assert browser.get("/catalogus.json?q=bestaat-niet").json() == []


def test_the_log_of_a_round_is_shown_and_taken_along_by_the_beheerder(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    browser.log_in("s.kuijpers")
    assert "ronde openen" in browser.get("/logboek?onderwerp=M-2020-2").text
    regels = browser.get("/logboek.csv?onderwerp=M-2020-2").text.splitlines()
    assert regels[0].endswith("vorige_hash;hash")
    assert all(";M-2020-2" in regel for regel in regels[1:])


KWAAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("stand", ["opening_verzoeken"])
def test_what_somebody_typed_never_becomes_part_of_a_page(bezoek: Start, stand):
    browser, proef = bezoek(stand)
    wie = proef.add_persoon("kwaad", KWAAD, *proef.act_as("i.dekker").persoon.rollen, naam=KWAAD)
    browser.log_in(wie)
    assert browser.post(f"{RONDE}/opening").status_code == 303
    for pad in (
        "/taken",
        RONDE,
        f"{RONDE}?q={KWAAD}",
        f"/procedures?q={KWAAD}&fase={KWAAD}",
        f"/documenten?onderwerp={KWAAD}",
    ):
        tekst = browser.get(pad).text
        assert "<script>alert" not in tekst, pad
        assert "<img src=x" not in tekst, pad
    browser.log_in("s.kuijpers")
    assert "<script>alert" not in browser.get("/accounts").text
    assert "<script>alert" not in browser.get(f"/logboek?onderwerp={KWAAD}&persoon={KWAAD}").text


def test_the_round_says_nothing_of_its_figures_by_colour_alone(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    pagina = browser.log_in("i.dekker").get(RONDE).text
    assert re.search(r'<desc id="g\d+d">ontvangen: \d+', pagina)
    assert "Deze cijfers als tabel" in pagina


def test_an_aanbieder_sees_its_own_aanmelding_with_its_letters_and_nobody_elses(bezoek: Start):
    browser, proef = bezoek("einde")
    eigen, ander = proef.find("M1"), proef.find("M4")
    browser.log_in(f"aanbieder-{proef.zaken[eigen].aanmelding.penvoerder.kvk}")
    assert eigen in browser.get("/aanmelden").text
    assert ander not in browser.get("/aanmelden").text
    pagina = browser.get(f"/aanmelden/{eigen}").text
    (brief, *_) = re.findall(rf"/aanmelden/{eigen}/document/([^\"]+)\"", pagina)
    assert browser.get(f"/aanmelden/{eigen}/document/{brief}").status_code == 200
    assert browser.get(f"/aanmelden/{ander}").status_code == 404
    assert browser.get(f"/aanmelden/{ander}/document/{brief}").status_code == 404
    assert browser.post(f"/aanmelden/{ander}/intrekken", data={"reden": "nee", "zeker": "ja"}).status_code == 404


def test_an_aanbieder_takes_its_sealed_aanmelding_back_after_saying_why_and_being_sure(bezoek: Start):
    browser, proef = bezoek("aangemeld")
    eigen = proef.find("M1")
    browser.log_in(f"aanbieder-{proef.zaken[eigen].aanmelding.penvoerder.kvk}")
    assert "is verzegeld" in browser.get(f"/aanmelden/{eigen}").text
    onzeker = browser.post(f"/aanmelden/{eigen}/intrekken", data={"reden": "wij stoppen"})
    assert onzeker.status_code == 422
    assert "wij stoppen</textarea>" in onzeker.text
    assert (
        browser.post(f"/aanmelden/{eigen}/intrekken", data={"reden": "wij stoppen", "zeker": "ja"}).status_code == 303
    )
    assert "ingetrokken" in browser.get(f"/aanmelden/{eigen}").text
