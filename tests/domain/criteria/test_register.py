"""Register: all or one, status, days."""

from datetime import date

import pytest

from inkoop.domain.criteria.dossier import Registerstatus
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import judge, make_criterium, registertoets, registratie

EEN = make_criterium(registertoets(alle=False))
ALLE = make_criterium(registertoets(alle=True))


def test_one_register_is_enough_where_one_is_asked():
    assert judge(EEN, registratie("AGB")).uitkomst is Uitkomst.VOLDOET


def test_every_register_is_needed_where_all_are_asked():
    assert judge(ALLE, registratie("AGB")).uitkomst is Uitkomst.HERSTELBAAR
    assert judge(ALLE, registratie("AGB"), registratie("VECOZO")).uitkomst is Uitkomst.VOLDOET


@pytest.mark.parametrize(
    ("status", "uitkomst"),
    [
        (Registerstatus.ONBEKEND, Uitkomst.HERSTELBAAR),
        (Registerstatus.GESCHORST, Uitkomst.VOLDOET_NIET),
        (Registerstatus.INGETROKKEN, Uitkomst.VOLDOET_NIET),
        (Registerstatus.VERLOPEN, Uitkomst.VOLDOET_NIET),
    ],
)
def test_only_an_active_registration_counts(status, uitkomst):
    criterium = make_criterium(registertoets(registers=("AGB",)))
    assert judge(criterium, registratie(status=status)).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("van", "tot", "uitkomst"),
    [
        (date(2020, 7, 1), None, Uitkomst.VOLDOET),
        (date(2020, 7, 2), None, Uitkomst.VOLDOET_NIET),
        (date(2015, 1, 1), date(2020, 7, 1), Uitkomst.VOLDOET),
        (date(2015, 1, 1), date(2020, 6, 30), Uitkomst.VOLDOET_NIET),
    ],
)
def test_a_registration_must_be_in_force_on_the_day(van, tot, uitkomst):
    criterium = make_criterium(registertoets(registers=("AGB",)))
    assert judge(criterium, registratie(van=van, tot=tot)).uitkomst is uitkomst


def test_what_was_seen_last_counts():
    criterium = make_criterium(registertoets(registers=("AGB",)))
    feiten = (
        registratie(gezien_op=date(2020, 4, 1)),
        registratie(gezien_op=date(2020, 4, 2), status=Registerstatus.GESCHORST),
    )
    bevinding = judge(criterium, *feiten)
    assert bevinding.uitkomst is Uitkomst.VOLDOET_NIET
    assert "op 2 april 2020 als geschorst" in bevinding.toelichting


def test_what_was_seen_last_counts_however_the_register_is_spelled():
    criterium = make_criterium(registertoets(registers=("LRZa register",)))
    feiten = (
        registratie(register="LRZa-register", gezien_op=date(2020, 4, 1)),
        registratie(register="lrza register", gezien_op=date(2020, 4, 2), status=Registerstatus.GESCHORST),
    )
    assert judge(criterium, *feiten).uitkomst is Uitkomst.VOLDOET_NIET


def test_another_active_number_in_the_same_register_counts():
    criterium = make_criterium(registertoets(registers=("AGB",)))
    feiten = (registratie(status=Registerstatus.VERLOPEN), registratie(nummer="98009999"))
    assert judge(criterium, *feiten).uitkomst is Uitkomst.VOLDOET
