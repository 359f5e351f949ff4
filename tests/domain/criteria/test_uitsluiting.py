"""Uitsluiting: what applies, what was done about it."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import judge, make_criterium, oordelen, uitsluiting, uitsluitingtoets

CRITERIUM = make_criterium(uitsluitingtoets())


def test_a_ground_that_does_not_apply_is_no_obstacle():
    assert judge(CRITERIUM, uitsluiting(False)).uitkomst is Uitkomst.VOLDOET


def test_silence_about_a_ground_must_be_broken():
    assert judge(CRITERIUM).uitkomst is Uitkomst.HERSTELBAAR


def test_a_ground_that_applies_is_not_taken_away_by_a_denial():
    criterium = make_criterium(uitsluitingtoets(zelfreiniging=False))
    assert judge(criterium, uitsluiting(True), uitsluiting(False)).grond == "uitsluitingsgrond"


def test_self_cleaning_goes_to_people():
    feit = uitsluiting(True, zelfreiniging="Nieuw bestuur")
    bevinding = judge(CRITERIUM, feit)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "zelfreiniging")
    assert judge(CRITERIUM, feit, oordelen=oordelen(True, feit)).uitkomst is Uitkomst.VOLDOET
    assert judge(CRITERIUM, feit, oordelen=oordelen(False, feit)).uitkomst is Uitkomst.VOLDOET_NIET


def test_self_cleaning_that_is_not_possible_is_not_put_before_people():
    criterium = make_criterium(uitsluitingtoets(zelfreiniging=False))
    assert judge(criterium, uitsluiting(True, zelfreiniging="Nieuw bestuur")).uitkomst is Uitkomst.VOLDOET_NIET


def test_who_did_not_explain_gets_one_chance():
    feit = uitsluiting(True)
    bevinding = judge(CRITERIUM, feit)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "zelfreiniging-niet-toegelicht")
    assert judge(CRITERIUM, feit, herstelverloop=Herstelverloop.GESLOTEN).uitkomst is Uitkomst.VOLDOET_NIET
    uitleg = uitsluiting(True, date(2020, 4, 14), zelfreiniging="Nieuw bestuur", aanleiding=Aanleiding.HERSTEL)
    assert judge(CRITERIUM, feit, uitleg).grond == "zelfreiniging"


@pytest.mark.parametrize(
    ("datum", "uitkomst"), [(date(2020, 3, 12), Uitkomst.VOLDOET), (date(2020, 3, 13), Uitkomst.VOLDOET_NIET)]
)
def test_a_denial_must_be_there_on_the_day(datum, uitkomst):
    assert judge(CRITERIUM, uitsluiting(False, datum)).uitkomst is uitkomst
