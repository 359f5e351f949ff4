from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from inkoop.storage.audit import AuditRow
from inkoop.storage.eenheid import (
    Actor,
    AuditOntbreektError,
    GelijktijdigeWijzigingError,
    StrijdigeGegevensError,
)
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from tests.storage.conftest import ACTOR, NU, OP, add_persoon

ID = UUID("00000000-0000-4000-8000-000000000001")


def _list_personen(winkel) -> list[str]:
    with winkel.lezen() as sessie:
        return sorted(rij.id for rij in sessie.exec(select(PersoonRow)).all())


def _list_regels(winkel) -> list[AuditRow]:
    with winkel.lezen() as sessie:
        return list(sessie.exec(select(AuditRow).order_by(AuditRow.volgnummer)).all())


def _add_procedure(winkel) -> None:
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(
            ProcedureRow(id=ID, naam="p", definitie="{}", definitie_hash="0", fase="voorbereiden", aangemaakt_op=OP)
        )
        eenheid.audit("procedure_aanmaken", "p")


def test_an_act_records_who_when_what_from_to_and_why(winkel):
    add_persoon(
        winkel,
        "a",
        van="concept",
        naar="actief",
        reden="nieuwe medewerker",
        gegevens={"ingang": OP.date(), "id": ID},
    )
    (regel,) = _list_regels(winkel)
    assert (regel.volgnummer, regel.persoon, regel.rol) == (1, "j.jansen", "beheerder")
    assert (regel.handeling, regel.onderwerp, regel.van, regel.naar) == ("persoon_toevoegen", "a", "concept", "actief")
    assert (regel.reden, regel.gegevens) == ("nieuwe medewerker", {"id": str(ID), "ingang": "2020-03-31"})
    assert (regel.op, regel.werkelijk_op) == (OP, NU)
    assert [rij[:2] for rij in regel.rijen] == [["persoon", "a"]]


def test_a_change_without_an_audit_row_is_not_stored(winkel):
    with pytest.raises(AuditOntbreektError), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(PersoonRow(id="a", naam="A", functie="f", rollen=[]))
    assert _list_personen(winkel) == []


def test_a_change_past_the_session_needs_an_audit_row_too(winkel):
    add_persoon(winkel, "a")
    with pytest.raises(AuditOntbreektError), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.connection().exec_driver_sql("UPDATE persoon SET naam = 'B'")
    with winkel.lezen() as sessie:
        assert sessie.get(PersoonRow, "a").naam == "A"


@pytest.mark.parametrize(
    "opdracht",
    [
        sa.update(PersoonRow).values(naam="B"),
        sa.delete(PersoonRow),
        sa.insert(PersoonRow).values(id="b", naam="B", functie="f", rollen=[], actief=True),
        sa.text("UPDATE persoon SET naam = 'B'"),
    ],
)
def test_a_statement_that_would_leave_no_trace_is_refused(winkel, opdracht):
    add_persoon(winkel, "a")
    with pytest.raises(AuditOntbreektError, match="objects of the session"), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.execute(opdracht)
    assert _list_personen(winkel) == ["a"]


def test_an_act_that_changes_no_record_may_be_recorded(winkel):
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("aanmelding_lezen", "M-2020-2-001")
    assert [(regel.handeling, regel.rijen) for regel in _list_regels(winkel)] == [("aanmelding_lezen", [])]


def test_a_unit_in_which_nothing_happens_leaves_nothing(winkel):
    with winkel.eenheid(ACTOR, OP) as eenheid:
        assert eenheid.sessie.get(PersoonRow, "niemand") is None
    assert _list_regels(winkel) == []


def test_an_error_undoes_records_and_log_together(winkel):
    with pytest.raises(ZeroDivisionError), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(PersoonRow(id="a", naam="A", functie="f", rollen=[]))
        eenheid.audit("persoon_toevoegen", "a")
        eenheid.sessie.flush()
        1 / 0  # noqa: B018
    assert (_list_personen(winkel), _list_regels(winkel)) == ([], [])


@pytest.mark.parametrize(("handeling", "onderwerp"), [("", "a"), ("persoon_toevoegen", "")])
def test_an_audit_row_without_act_or_object_is_refused(winkel, handeling, onderwerp):
    with pytest.raises(ValueError, match="needs an act and an object"), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit(handeling, onderwerp)


def test_what_json_cannot_hold_is_refused_where_it_is_said(winkel):
    with pytest.raises(TypeError), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("persoon_toevoegen", "a", gegevens={"wat": object()})


def test_what_was_said_does_not_change_with_the_value_it_was_said_of(winkel):
    lijst = ["a"]
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("flow_starten", "x", gegevens={"lijst": lijst})
        lijst.append("b")
    assert _list_regels(winkel)[0].gegevens == {"lijst": ["a"]}


def test_loaded_records_can_be_read_after_the_unit(winkel):
    add_persoon(winkel, "a")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        rij = eenheid.sessie.get(PersoonRow, "a")
        rij.naam = "Anders"
        eenheid.audit("persoon_toevoegen", "a")
    assert rij.naam == "Anders"


def test_a_write_on_what_somebody_else_changed_is_refused(winkel):
    _add_procedure(winkel)
    with winkel.lezen() as sessie:
        oud = sessie.get(ProcedureRow, ID)
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.get(ProcedureRow, ID).definitie = '{"a":1}'
        eenheid.audit("procedure_aanmaken", "p")
    oud.definitie = '{"b":2}'
    with (
        pytest.raises(GelijktijdigeWijzigingError, match="Iemand anders heeft dit intussen gewijzigd"),
        winkel.eenheid(Actor("b", "inkoper"), OP) as eenheid,
    ):
        eenheid.sessie.add(oud)
        eenheid.audit("procedure_aanmaken", "p")
    with winkel.lezen() as sessie:
        assert sessie.get(ProcedureRow, ID).definitie == '{"a":1}'


def test_a_double_record_becomes_a_dutch_message(winkel):
    add_persoon(winkel, "a")
    with pytest.raises(StrijdigeGegevensError, match="past niet bij wat er al is vastgelegd") as fout:
        add_persoon(winkel, "a")
    assert "persoon.id" in fout.value.beperking or "pk_persoon" in fout.value.beperking
    assert len(_list_regels(winkel)) == 1


def test_a_service_that_expects_a_double_can_catch_it_at_its_own_flush(winkel):
    add_persoon(winkel, "a")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        punt = eenheid.sessie.begin_nested()
        eenheid.sessie.add(PersoonRow(id="a", naam="A", functie="f", rollen=[]))
        with pytest.raises(IntegrityError):
            eenheid.sessie.flush()
        punt.rollback()
        eenheid.audit("persoon_toevoegen", "a", reden="bestond al")
    assert [regel.reden for regel in _list_regels(winkel)] == ["", "bestond al"]


def test_a_reference_to_nothing_is_refused(winkel):
    from inkoop.storage.tabellen.procedure import CriteriaeditieRow

    with pytest.raises(StrijdigeGegevensError, match=r"(?i)foreign key"), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(
            CriteriaeditieRow(
                id=ID, procedure_id=ID, criteriaset="c", editie="1", hash="0", inhoud="{}", vastgelegd_op=OP
            )
        )
        eenheid.audit("publiceren", "p")
