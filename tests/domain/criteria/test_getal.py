"""Getal: thresholds without rounding."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import Herstelbaarheid
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import COMBINATIE, getal, getaltoets, judge, make_criterium

CRITERIUM = make_criterium(getaltoets(), herstelbaar=Herstelbaarheid.NEE)


@pytest.mark.parametrize(
    ("waarde", "uitkomst"),
    [("15", Uitkomst.VOLDOET), ("14.99", Uitkomst.VOLDOET_NIET), ("14", Uitkomst.VOLDOET_NIET)],
)
def test_nothing_is_rounded(waarde, uitkomst):
    assert judge(CRITERIUM, getal(waarde)).uitkomst is uitkomst


@pytest.mark.parametrize(("waarde", "uitkomst"), [("20", Uitkomst.VOLDOET), ("20.01", Uitkomst.VOLDOET_NIET)])
def test_the_maximum_itself_is_allowed(waarde, uitkomst):
    bevinding = judge(make_criterium(getaltoets(minimum=None, maximum=20)), getal(waarde))
    assert bevinding.uitkomst is uitkomst


def test_a_quantity_that_is_not_stated_can_be_stated_unless_repair_is_excluded():
    assert judge(make_criterium(getaltoets())).uitkomst is Uitkomst.HERSTELBAAR
    assert judge(CRITERIUM).uitkomst is Uitkomst.VOLDOET_NIET


def test_evidence_of_after_closing_does_not_count_where_repair_is_excluded():
    assert judge(CRITERIUM, getal("15", aanleiding=Aanleiding.HERSTEL)).uitkomst is Uitkomst.VOLDOET_NIET


@pytest.mark.parametrize(
    ("van", "uitkomst"), [(date(2020, 3, 31), Uitkomst.VOLDOET), (date(2020, 4, 1), Uitkomst.VOLDOET_NIET)]
)
def test_a_place_more_counts_from_its_first_day(van, uitkomst):
    assert judge(CRITERIUM, getal("14"), getal("15", van=van)).uitkomst is uitkomst


def test_a_quantity_of_another_day_falls_short():
    assert judge(CRITERIUM, getal("15", tot=date(2020, 3, 30))).grond == "niet-op-peildatum"


def test_a_later_lower_statement_replaces_an_earlier_one():
    assert judge(CRITERIUM, getal("20"), getal("14", van=date(2020, 2, 1))).uitkomst is Uitkomst.VOLDOET_NIET


def test_members_are_added_up_unless_the_application_states_it_as_a_whole():
    leden = [getal("10", lid="wilgenpad"), getal("5", lid="noor")]
    assert judge(CRITERIUM, *leden, leden=COMBINATIE).uitkomst is Uitkomst.VOLDOET
    assert judge(CRITERIUM, *leden, getal("14"), leden=COMBINATIE).uitkomst is Uitkomst.VOLDOET_NIET


def test_a_shortage_is_told_as_the_dutch_write_it():
    assert "'plaatsen' 14,5. Gevraagd is minimaal 15." in judge(CRITERIUM, getal("14.5")).toelichting


def test_a_quantity_keeps_until_its_statement_ends():
    assert judge(CRITERIUM, getal("15", tot=date(2020, 9, 1))).houdbaar_tot == date(2020, 9, 1)
