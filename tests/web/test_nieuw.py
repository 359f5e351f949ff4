"""Beginning a procedure on pages: the same questions and the same file as on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from ruamel.yaml import YAML

from inkoop.definitions.procedureopzet import write_opzet
from inkoop.definitions.procedurevragen import VRAGEN
from inkoop.domain.persoon import Rol
from inkoop.services import personen
from inkoop.services.huis import systeem
from inkoop.storage.winkel import Winkel, Winkelsoort
from inkoop.web.nieuweprocedure import OVERZICHT, STAPPEN, assess, find_stap, write_blad
from tests.services.proefspel import build_huis
from tests.web.conftest import Bezoeker, open_browser

NIEUW = "/procedures/nieuw"
GOED = {
    "naam": "regio-wmo-2027",
    "titel": 'Begeleiding "nieuwe stijl"',
    "omschrijving": "Begeleiding voor volwassenen",
    "bron": "Inkoopstrategie",
    "wet": "wmo",
    "regio": "De Streek",
    "samenwerkingsverband": "Samen De Streek",
    "gemeenten": "Adorp, Bedorp",
    "centrumgemeente": "Adorp",
    "iedereen_die_voldoet": "ja",
    "vergelijken": "nee",
    "begrensd": "nee",
    "keuze_door": "client",
    "toetreding": "vaste_momenten",
    "motivering": "Iedereen die voldoet mag meedoen.",
    "p1.code": "A",
    "p1.naam": "Begeleiding",
    "p1.bekostiging": "pxq",
    "p1.raming": "4.200.000",
    "p1.producten": "B1; Basis; 62,50; uur\nB2; Plus",
    "ingang": "1-1-2027",
    "duur_maanden": "24",
    "verlenging": "geen",
    "verlenging_maanden": "0",
    "verlengingen": "0",
    "opzegtermijn_maanden": "6",
    "functie": "wethouder",
    "mandaat_van": "2026-01-01",
    "mandaat_tot": "31-12-2030",
    "rechtbank": "Oost-Brabant",
    "systeem": "Inkoop zorg",
    "rechtstreeks": "ja",
    "criteriaset": "meierij-wmo",
    "criteria_editie": "2020-1",
}


@pytest.fixture(scope="module")
def inkoper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bezoeker]:
    huis = build_huis(Winkel.create(tmp_path_factory.mktemp("nieuw") / "winkel", Winkelsoort.SIMULATIE))
    nu = datetime(2026, 1, 5, 9, tzinfo=UTC)
    personen.add_persoon(huis, systeem(nu), id="i.dekker", naam="I. Dekker", functie="inkoper", rollen=[Rol.INKOPER])
    personen.add_persoon(huis, systeem(nu), id="j.hendriks", naam="J. H.", functie="jurist", rollen=[Rol.JURIST])
    yield open_browser(huis).log_in("i.dekker")
    huis.winkel.close()


def test_every_question_of_the_list_stands_on_one_page():
    op_bladen = [sleutel for stap in STAPPEN for sleutel in stap.sleutels]
    assert sorted(op_bladen) == sorted(["naam", *(vraag.sleutel for vraag in VRAGEN)])


def test_answers_become_the_file_of_the_command_line_with_days_and_why():
    uitkomst = assess(GOED, ())
    assert uitkomst.fouten == {}
    assert uitkomst.antwoorden is not None
    assert uitkomst.bestand == write_opzet(uitkomst.antwoorden)
    (perceel,) = uitkomst.antwoorden.percelen
    assert (perceel.raming, [(p.code, p.bedrag, p.eenheid) for p in perceel.producten]) == (
        4_200_000,
        [("B1", perceel.producten[0].bedrag, "uur"), ("B2", None, None)],
    )
    assert str(perceel.producten[0].bedrag) == "62.50"
    assert {dag.ingang.isoformat() for dag in uitkomst.plan} >= {"2027-01-01"}
    assert all(dag.waarom for dag in uitkomst.plan)
    assert uitkomst.open


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("naam", "Regio WMO", "kleine letters"),
        ("naam", "bestaat", "Er is al een procedure"),
        ("titel", "", "Beantwoord deze vraag"),
        ("ingang", "31-2-2027", ""),
        ("ingang", "[2027]", ""),
        ("duur_maanden", "veel", ""),
        ("wet", "anders", ""),
        ("centrumgemeente", "Zedorp", "staat niet onder 'gemeenten'"),
        ("p1.raming", "veel geld", ""),
        ("p1.producten", "", "Beantwoord deze vraag"),
        ("p1.producten", "B1; Basis; duur; uur", ""),
        ("mandaat_tot", "2025-01-01", "eindigt voordat het begint"),
    ],
)
def test_a_fault_stands_beside_the_field_that_it_is_about(veld, waarde, fout):
    uitkomst = assess(GOED | {veld: waarde}, {"bestaat"})
    assert fout in uitkomst.fouten[veld]
    assert uitkomst.fouten[veld]
    assert set(uitkomst.fouten) == {veld}
    assert uitkomst.bestand == ""


@pytest.mark.parametrize(
    "kwaad", ["x\nbron: anders", '"]}\nbron: anders', "!!python/object", "&a *a", "a: b", "# weg", "${x}", "{{ 7*7 }}"]
)
def test_what_was_typed_never_becomes_more_than_a_value(kwaad):
    for veld in ("titel", "ingang", "wet", "p1.code", "p1.raming", "p1.bekostiging"):
        gelezen = YAML(typ="safe").load(write_blad(GOED | {veld: kwaad}).tekst)
        assert gelezen["bron"] == "Inkoopstrategie"
        assert len(gelezen) == len(YAML(typ="safe").load(write_blad(GOED).tekst))


def test_a_whole_procedure_is_begun_page_by_page_and_nothing_is_lost(inkoper: Bezoeker):
    waarden: dict[str, str] = {}
    assert inkoper.get(NIEUW).status_code == 200
    for stap in range(OVERZICHT):
        eigen = {veld: waarde for veld, waarde in GOED.items() if find_stap(veld) == stap}
        leeg = inkoper.post(NIEUW, data={**waarden, "stap": str(stap), "naar": "volgende"})
        assert leeg.status_code == 422
        assert 'role="alert"' in leeg.text
        waarden |= eigen
        antwoord = inkoper.post(NIEUW, data={**waarden, "stap": str(stap), "naar": "volgende"})
        assert antwoord.status_code == 200, re.findall(r'error-message"[^>]*>([^<]*)', antwoord.text)
    assert "Kalender, teruggerekend vanaf de ingang" in antwoord.text
    assert "1 januari 2027" in antwoord.text
    bestand = inkoper.post(NIEUW, data={**waarden, "stap": str(OVERZICHT), "naar": "download"})
    assert bestand.headers["content-disposition"] == 'attachment; filename="regio-wmo-2027.yaml"'
    assert bestand.text == assess(GOED, ()).bestand
    terug = inkoper.post(NIEUW, data={**waarden, "stap": str(OVERZICHT), "naar": "stap-0"})
    assert 'value="Begeleiding &#34;nieuwe stijl&#34;"' in terug.text
    assert 'name="p1.producten" value="B1; Basis; 62,50; uur\nB2; Plus"' in terug.text


def test_percelen_come_and_go_with_what_was_typed_in_the_others(inkoper: Bezoeker):
    stap = {**GOED, "stap": "3"}
    twee = inkoper.post(NIEUW, data={**stap, "naar": "perceel"})
    assert 'name="p2.code"' in twee.text
    een = inkoper.post(NIEUW, data={**stap, "p2.code": "B", "naar": "perceel-weg-1"})
    assert 'name="p1.code"' not in een.text
    assert 'value="B"' in een.text


def test_only_who_may_make_a_procedure_begins_one(inkoper: Bezoeker):
    ander = open_browser(inkoper.huis).log_in("j.hendriks")
    assert ander.get(NIEUW).status_code == 403
    assert ander.post(NIEUW, data=GOED).status_code == 403
    assert NIEUW not in ander.get("/procedures").text
    assert NIEUW in inkoper.get("/procedures").text


def test_answers_that_were_sent_are_there_again_after_the_session_ended_and_for_nobody_else(inkoper: Bezoeker):
    inkoper.post(NIEUW, data={"naar": "opnieuw"})
    assert "U was al begonnen" not in inkoper.get(NIEUW).text
    antwoord = inkoper.post(NIEUW, data={"titel": "Hulp bij huis", "stap": "0", "naar": "volgende"})
    assert antwoord.status_code == 422  # refused, and kept all the same
    later = open_browser(inkoper.huis).log_in("i.dekker").get(NIEUW).text
    assert "U was al begonnen" in later
    assert 'value="Hulp bij huis"' in later
    kladden_ = [pad.read_bytes() for pad in inkoper.huis.winkel.map.rglob("*") if pad.is_file()]
    assert not [inhoud for inhoud in kladden_ if b"Hulp bij huis" in inhoud]
    assert "U was al begonnen" not in inkoper.post(NIEUW, data={"naar": "opnieuw"}).text
    assert 'value="Hulp bij huis"' not in inkoper.get(NIEUW).text
