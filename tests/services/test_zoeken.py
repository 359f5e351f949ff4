"""A word finds what has it, whether it is looked up by its ends or met on the way through a list, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from benchmarks._weblast import KVK, fill
from inkoop import bootstrap
from inkoop.domain.persoon import Rol
from inkoop.services import aanbiederlijst, contractlijst, openbaar, personen, zoeken, zoekwoord
from inkoop.services.contractlijst import SORTERINGEN, Contractvraag
from inkoop.services.huis import Huis, Optreden
from inkoop.services.openbaar import Catalogusvraag
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.winkel import Winkelsoort
from tests.zoekreferentie import list_bedoeld, list_bewaard

NU = datetime(2020, 4, 2, 10, tzinfo=UTC)
WOORDEN = ["aanbieder 1", "BIEDER", "der 3", "zorg%", "g_", "_", "huis", str(KVK + 3), "a0000", "P00001-1-A000049"]
WOORDEN += ["-o0", "besluit over p00003", "D-P", "niets van dit al", "wmo", "/", "x" * 120]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def huis(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Huis]:
    """A store with applications in opened and closed rounds, of which some changed their names."""
    map_: Path = tmp_path_factory.mktemp("zoeken") / "winkel"
    database = None
    if request.param == "postgresql":
        from tests.proefcluster import share_cluster

        cluster = share_cluster()
        database = cluster.url(cluster.create_database())
    huis = bootstrap.create_huis(map_, Winkelsoort.SIMULATIE, read_instellingen({}, CHECKOUT), database=database)
    fill(huis, 4, 120, 20, 10)
    with huis.winkel.eenheid(Actor("systeem", "systeem"), NU) as eenheid:
        rijen = eenheid.sessie.exec(select(AanmeldingRow).order_by(AanmeldingRow.kenmerk)).all()
        for nummer, rij in enumerate(rijen):
            if nummer % 7 == 0:
                rij.naam = ("Zorg%huis", "zorg_Huis", "Thuis/zorg", "Ánders")[nummer // 7 % 4]
        eenheid.audit("last", "meting")
    yield huis
    huis.winkel.close()


@pytest.fixture(params=["zeldzaam", "gewoon", "veel"])
def weg(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word looked up by its ends (but what is longer), met on the way, or that and counted on the way too."""
    hoogstens = {"zeldzaam": 10_000, "gewoon": zoekwoord.VEEL, "veel": -1}[request.param]
    gewogen = zoekwoord.is_zeldzaam

    def weigh(sessie: Session, woord: str, *velden: Any, **keuze: int) -> bool:
        return gewogen(sessie, woord, *velden, hoogstens=hoogstens if keuze or hoogstens > zoekwoord.VEEL else -1)

    monkeypatch.setattr(zoekwoord, "is_zeldzaam", weigh)


def act(huis: Huis, wie: str, rol: Rol) -> Optreden:
    with huis.winkel.lezen() as sessie:
        return Optreden(persoon=personen.find_persoon(sessie, wie), rol=rol, nu=NU)


def make_toets(huis: Huis, woord: str) -> Callable[[str], bool]:
    """Whether a text holds the word; SQLite looks past the capitals of plain letters alone."""

    def fold(tekst: str) -> str:
        if huis.winkel._lezer.dialect.name == "sqlite":
            return "".join(teken.lower() if teken.isascii() else teken for teken in tekst)
        return tekst.lower()

    return lambda tekst: fold(woord) in fold(tekst)


def read_rijen(huis: Huis) -> tuple[list[AanmeldingRow], set[Any], dict[Any, OvereenkomstRow]]:
    """The applications by kenmerk, the rounds that may be read, and the agreements by application."""
    with huis.winkel.lezen() as sessie:
        alle = list(sessie.exec(select(AanmeldingRow).order_by(AanmeldingRow.kenmerk)))
        leesbaar = set(
            sessie.exec(select(RondeRow.id).where(col(RondeRow.geopend_op).is_not(None), RondeRow.sluiting < NU))
        )
        return alle, leesbaar, {een.aanmelding_id: een for een in sessie.exec(select(OvereenkomstRow))}


def test_the_ends_that_are_kept_are_those_of_what_the_records_say(huis: Huis) -> None:
    with huis.winkel.lezen() as sessie:
        assert list_bewaard(sessie) == list_bedoeld(sessie)


@pytest.mark.parametrize(("wie", "rol"), [("meter", Rol.INKOPER), ("meter-c", Rol.CONTRACTMANAGER)])
@pytest.mark.usefixtures("weg")
def test_aanbieders_are_those_of_which_a_name_holds_the_word(huis: Huis, wie: str, rol: Rol) -> None:
    door = act(huis, wie, rol)
    alle, leesbaar, contracten = read_rijen(huis)
    if rol is Rol.CONTRACTMANAGER:
        leesbaar = set()
    gevonden = 0
    for woord in ("", *WOORDEN):
        past = make_toets(huis, woord)
        namen: dict[str, str] = {}
        for rij in alle:
            if (rij.ronde_id in leesbaar or rij.id in contracten) and (past(rij.naam) or rij.kvk == woord):
                namen[rij.kvk] = max(namen.get(rij.kvk, ""), rij.naam)
        regels, totaal = aanbiederlijst.list_aanbieders(huis, door, woord, 0, 100)
        assert {een.kvk: een.naam for een in regels} == namen, woord
        assert totaal == len(namen) == len(regels)
        deel, totaal = aanbiederlijst.list_aanbieders(huis, door, woord, 1, 2)
        assert ([een.kvk for een in deel], int(totaal)) == ([een.kvk for een in regels[1:3]], len(namen)), woord
        for een in regels:
            aantal = sum(rij.kvk == een.kvk and rij.id in contracten for rij in alle)
            assert een.contracten == aantal
        gevonden += len(regels)
    assert gevonden > 15


@pytest.mark.parametrize("weg", ["zeldzaam", "gewoon"], indirect=True)
@pytest.mark.usefixtures("weg")
def test_agreements_are_those_of_which_the_name_or_number_holds_the_word(huis: Huis) -> None:
    door = act(huis, "meter", Rol.INKOPER)
    alle, _, contracten = read_rijen(huis)
    gevonden = 0
    for woord in ("", *WOORDEN):
        past = make_toets(huis, woord)
        bedoeld = sorted(
            contracten[rij.id].contractnummer
            for rij in alle
            if rij.id in contracten and (past(rij.naam) or rij.kvk == woord or past(contracten[rij.id].contractnummer))
        )
        for sortering in SORTERINGEN:
            vraag = Contractvraag(zoek=woord, sortering=sortering, status="actief", procedure="")
            regels, totaal = contractlijst.list_contracten(huis, door, vraag)
            assert sorted(een.contractnummer for een in regels) == bedoeld, woord
            assert totaal == len(bedoeld)
            deel, totaal = contractlijst.list_contracten(huis, door, vraag, 1, 2)
            assert (deel, int(totaal)) == (regels[1:3], len(bedoeld))
        procedure = Contractvraag(zoek=woord, procedure="proef-00001")
        regels, _ = contractlijst.list_contracten(huis, door, procedure)
        assert [een.contractnummer for een in regels] == [
            nummer for nummer in bedoeld if any(e.contractnummer == nummer for e in regels)
        ]
        assert {een.procedure for een in regels} <= {"proef-00001"}
        gevonden += len(bedoeld)
    assert gevonden > 15


@pytest.mark.parametrize("weg", ["zeldzaam", "gewoon"], indirect=True)
@pytest.mark.usefixtures("weg")
def test_the_page_of_searching_shows_the_first_of_each_kind(huis: Huis) -> None:
    door = act(huis, "meter", Rol.INKOPER)
    alle, leesbaar, contracten = read_rijen(huis)
    dicht = {rij.kenmerk for rij in alle if rij.ronde_id not in leesbaar}
    with huis.winkel.lezen() as sessie:
        stukken = list(sessie.exec(select(DocumentRow).order_by(DocumentRow.kenmerk)))
    for woord in WOORDEN:
        past = make_toets(huis, woord)
        uitkomst = {
            soort: [een.kenmerk for een in regels] for soort, regels in zoeken.search(huis, door, woord).items()
        }
        if len(woord) < zoeken.MINSTENS:
            assert uitkomst == {}
            continue
        aanmeldingen = [
            rij.kenmerk
            for rij in alle
            if rij.kenmerk not in dicht and (past(rij.naam) or past(rij.kenmerk) or rij.kvk == woord)
        ]
        assert uitkomst.get("aanmelding", []) == aanmeldingen[:10], woord
        documenten = [
            rij.kenmerk
            for rij in stukken
            if rij.onderwerp not in dicht and (past(rij.titel) or past(rij.kenmerk) or rij.onderwerp == woord)
        ]
        assert uitkomst.get("document", []) == documenten[:10], woord
        nummers = sorted(
            contracten[rij.id].contractnummer
            for rij in alle
            if rij.id in contracten and (past(rij.naam) or rij.kvk == woord or past(contracten[rij.id].contractnummer))
        )
        assert uitkomst.get("contract", []) == nummers[:10], woord
        regels, _ = aanbiederlijst.list_aanbieders(huis, door, woord, 0, 10)
        assert uitkomst.get("aanbieder", []) == [een.kvk for een in regels]


@pytest.mark.parametrize("weg", ["zeldzaam", "gewoon"], indirect=True)
@pytest.mark.usefixtures("weg")
def test_the_catalogue_gives_the_entries_of_which_aanbieder_product_or_perceel_holds_the_word(huis: Huis) -> None:
    with huis.winkel.lezen() as sessie:
        alle = list(sessie.exec(select(CatalogusRow)))
    gevonden = 0
    for woord in ("", *WOORDEN, alle[0].product[1:], alle[0].perceel.upper()):
        past = make_toets(huis, woord)
        bedoeld = sum(past(een.aanbieder) or past(een.product) or past(een.perceel) for een in alle)
        uitkomst = openbaar.search_catalogus(huis, Catalogusvraag(zoek=woord), NU, None)
        assert uitkomst.totaal == len(uitkomst.regels) == bedoeld, woord
        deel = openbaar.search_catalogus(huis, Catalogusvraag(zoek=woord, vanaf=1), NU, 2)
        assert (deel.regels, int(deel.totaal)) == (uitkomst.regels[1:3], bedoeld)
        gevonden += bedoeld
    assert gevonden > 15
