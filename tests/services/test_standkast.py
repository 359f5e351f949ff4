"""What is kept of terms and files says after each act what computing all of it anew says, whoever acted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, JURIST
from inkoop.services import archieflijsten, archiefoverzicht, bewaking, bewaring, geraakt, standkast
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.auditregel import Auditkop, read_kop
from inkoop.storage.eenheid import Actor
from inkoop.storage.momentopname import list_tabellen
from inkoop.storage.tabellen.bewaking import BewaaktstukRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
OP, TOT = date(2019, 4, 1), date(2020, 4, 1)
CONTRACT = "HVB-2019-0001"


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(HVB)
    add_contracten(proef, 3, date(2019, 1, 2))
    proef.klok.set(proef.at(OP, 9))
    return proef


def read_termen(huis: Huis, op: date = OP) -> list[str]:
    """What is kept, after comparing it with everything computed anew."""
    with huis.winkel.lezen() as sessie:
        bewaard = bewaking.order_agenda(bewaking.keep_agenda(sessie, op, TOT).per)
        assert bewaard == bewaking.read_agenda(sessie, op, TOT)
        regels = archiefoverzicht.search(sessie, op)
        assert {een.dossier.naam: een.dossier for een in regels} == {
            een.naam: een for een in bewaring.list_dossiers(sessie)
        }
    return [f"{een.onderwerp}: {een.wat}" for een in bewaard]


def read_log(huis: Huis) -> Auditkop:
    with huis.winkel.lezen() as sessie:
        kop = read_kop(sessie.connection())
    assert kop is not None
    return kop


def find_geraakte(huis: Huis, sinds: Auditkop) -> frozenset[UUID] | None:
    with huis.winkel.lezen() as sessie:
        return geraakt.find_geraakte(sessie, sinds)


def find_procedure(huis: Huis) -> UUID:
    with huis.winkel.lezen() as sessie:
        return sessie.exec(select(ProcedureRow.id)).one()


def record_stuk(proef: Proef, naam: str, tot: date = date(2019, 6, 30), huis: Huis | None = None) -> None:
    bewaking.record_stuk(huis or proef.huis, proef.act_as(CONTRACTMANAGER), CONTRACT, naam, tot, "gezien")


def test_after_each_act_what_is_kept_is_what_all_of_it_computed_anew_says(proef: Proef):
    assert not any("polis" in een for een in read_termen(proef.huis))
    record_stuk(proef, "polis")
    assert any(een.startswith(CONTRACT) and "polis" in een for een in read_termen(proef.huis))
    record_stuk(proef, "polis", date(2040, 1, 1))
    assert not any("polis" in een for een in read_termen(proef.huis))
    archieflijsten.hold_dossier(proef.huis, proef.act_as(JURIST), CONTRACT, "claim")
    read_termen(proef.huis)
    with proef.huis.winkel.lezen() as sessie:
        (regel,) = archiefoverzicht.search(sessie, OP, stand="vast", q=CONTRACT)
    assert "claim" in regel.dossier.vast[0]
    archieflijsten.release_dossier(proef.huis, proef.act_as(JURIST), CONTRACT, "claim ingetrokken")
    read_termen(proef.huis)
    with proef.huis.winkel.lezen() as sessie:
        assert not archiefoverzicht.search(sessie, OP, stand="vast", q=CONTRACT)


def test_an_act_of_another_process_shows_in_the_next_view(proef: Proef):
    assert not any("polis" in een for een in read_termen(proef.huis))
    ander = bootstrap.open_huis(proef.huis.winkel.map, read_instellingen({}, CHECKOUT))
    try:
        record_stuk(proef, "polis", huis=ander)
    finally:
        ander.winkel.close()
    assert any("polis" in een for een in read_termen(proef.huis))


def test_a_new_day_asks_for_what_that_day_asks_without_any_act(proef: Proef):
    record_stuk(proef, "polis")
    eerst = read_termen(proef.huis, date(2019, 4, 1))
    kop = read_log(proef.huis)
    # On 1 April of 2019 the quarter before it is open, in 2020 that is too long ago.
    assert eerst != read_termen(proef.huis, date(2020, 3, 31))
    assert eerst == read_termen(proef.huis, date(2019, 4, 1))
    assert kop == read_log(proef.huis)


def test_who_began_to_read_before_an_act_sees_what_was_there_then(proef: Proef):
    read_termen(proef.huis)
    with proef.huis.winkel.lezen() as sessie:
        eerder = bewaking.read_agenda(sessie, OP, TOT)
        record_stuk(proef, "polis")
        assert any("polis" in een for een in read_termen(proef.huis))
        bewaard = bewaking.keep_agenda(sessie, OP, TOT).per
        assert bewaking.order_agenda(bewaard) == eerder
    assert any("polis" in een for een in read_termen(proef.huis))


def test_an_act_touches_the_procedure_of_what_it_wrote_and_reporting_touches_none(proef: Proef):
    kop, procedure = read_log(proef.huis), find_procedure(proef.huis)
    assert find_geraakte(proef.huis, kop) == frozenset()
    assert bewaking.watch(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    assert find_geraakte(proef.huis, kop) == frozenset()
    record_stuk(proef, "polis")
    assert find_geraakte(proef.huis, kop) == {procedure}


def test_what_no_act_touched_is_made_once_and_what_was_touched_again(proef: Proef):
    procedure, gevraagd = find_procedure(proef.huis), []

    def maak(ids: frozenset[UUID] | None) -> dict[UUID, int]:
        gevraagd.append(ids)
        return {procedure: len(gevraagd)}

    def keep() -> int:
        with proef.huis.winkel.lezen() as sessie:
            return standkast.keep_delen(sessie, "proef", maak).per[procedure]

    assert (keep(), keep()) == (1, 1)
    bewaking.watch(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    assert keep() == 1
    record_stuk(proef, "polis")
    assert (keep(), keep()) == (2, 2)
    assert gevraagd == [None, frozenset({procedure})]


def test_a_record_that_is_gone_another_log_and_a_long_log_may_touch_anything(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
):
    record_stuk(proef, "polis")
    kop = read_log(proef.huis)
    with proef.huis.winkel.eenheid(Actor(persoon=CONTRACTMANAGER, rol="contractmanager"), proef.klok.tick()) as eenheid:
        eenheid.sessie.delete(eenheid.sessie.exec(select(BewaaktstukRow)).one())
        eenheid.audit("proef", "proef")
    assert find_geraakte(proef.huis, kop) is None
    kop = read_log(proef.huis)
    assert find_geraakte(proef.huis, Auditkop(kop.aantal, "een andere regel")) is None
    assert find_geraakte(proef.huis, Auditkop(kop.aantal + 1, kop.hash)) is None
    monkeypatch.setattr(geraakt, "MEEST", 2)
    for nummer in range(3):
        assert find_geraakte(proef.huis, kop) is not None
        record_stuk(proef, f"stuk {nummer}")
    assert find_geraakte(proef.huis, kop) is None


def test_a_paper_touches_the_procedure_it_is_about_and_one_about_nothing_known_may_touch_anything(proef: Proef):
    procedure = find_procedure(proef.huis)
    with proef.huis.winkel.lezen() as sessie:
        ronde = proef.definitie.instroom.rondes[0].kenmerk
        assert geraakt._follow_namen(sessie, {CONTRACT, ronde, f"{ronde}-A001", HVB}) == {procedure}
        assert geraakt._follow_namen(sessie, {CONTRACT, "niemand"}) is None
        assert geraakt._find_van_tabel(sessie, "document", [uuid4().hex]) is None
        assert geraakt._find_van_tabel(sessie, "toets", [uuid4().hex]) is None


def test_of_every_table_it_is_known_to_which_procedure_a_row_belongs_or_that_no_term_and_file_follow_from_it():
    op_eigen_wijze = {"document", "afschrift"}
    onbekend = {
        tabel.name
        for tabel in list_tabellen()
        if tabel.name not in geraakt.ZONDER | op_eigen_wijze
        and geraakt._build_keten(tabel.name) is None
        and geraakt._build_op_naam(tabel.name) is None
    }
    assert onbekend == set()
    assert {tabel.name for tabel in list_tabellen()} >= geraakt.ZONDER


@contextmanager
def list_gelezen() -> Iterator[set[str]]:
    gelezen: set[str] = set()

    def luister(_verbinding: object, _cursor: object, opdracht: str, *_rest: object) -> None:
        gelezen.update(re.findall(r'(?:FROM|JOIN)\s+"?(\w+)"?', opdracht))

    sa.event.listen(sa.Engine, "before_cursor_execute", luister)
    try:
        yield gelezen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", luister)


def read_beide(sessie: Session) -> None:
    bewaking.read_agenda(sessie, OP, date(2045, 1, 1))
    archiefoverzicht.keep_dossiers(sessie)


def test_no_term_and_no_file_of_a_procedure_is_read_from_a_table_that_is_left_out(proef: Proef):
    record_stuk(proef, "polis")
    with list_gelezen() as gelezen, proef.huis.winkel.lezen() as sessie:
        read_beide(sessie)
    assert {"overeenkomst", "aanmelding", "bewaakt_stuk", "besluit"} <= gelezen
    # Which list a file went with is read with the line of that list, which is written when it goes.
    assert gelezen & geraakt.ZONDER <= {"archieflijst"}
