from datetime import date

import pytest

from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.geografie import check_gebied, describe_gebied, diff_gebied, gebied_op
from tests.domain.voorbeeldprocedure import make_procedure

GEOGRAFIE = make_procedure().geografie


def namen(gebieden):
    return [describe_gebied(gebied) for gebied in gebieden]


@pytest.mark.dekking("M20-02")
@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(date(2020, 12, 31), ["Vught"]), (date(2021, 1, 1), ["Vught", "Helvoirt (gemeente Vught)"])],
)
def test_helvoirt_belongs_to_the_area_from_the_first_of_january_2021(dag, verwacht):
    assert namen(gebied_op(GEOGRAFIE, dag)) == verwacht


def test_an_addendum_says_what_joins_the_area():
    wijziging = diff_gebied(GEOGRAFIE, date(2020, 7, 1), date(2021, 1, 1))
    assert (namen(wijziging.erbij), namen(wijziging.eraf)) == (["Helvoirt (gemeente Vught)"], [])


def test_going_back_in_time_it_leaves_again():
    wijziging = diff_gebied(GEOGRAFIE, date(2021, 1, 1), date(2020, 12, 31))
    assert (namen(wijziging.erbij), namen(wijziging.eraf)) == ([], ["Helvoirt (gemeente Vught)"])


def test_the_last_day_of_an_area_still_counts():
    geografie = make_procedure().geografie.__class__(
        regio="r", gebieden=(Gebied(gemeente="Haaren", tot=date(2020, 12, 31)),)
    )
    assert namen(gebied_op(geografie, date(2020, 12, 31))) == ["Haaren"]
    assert namen(gebied_op(geografie, date(2021, 1, 1))) == []


@pytest.mark.parametrize(
    ("gebied", "code"),
    [
        (Gebied(van=date(2020, 1, 1)), "gebied-naam"),
        (Gebied(gemeente="Haaren", van=date(2021, 1, 1), tot=date(2020, 12, 31)), "gebied-periode"),
    ],
)
def test_an_area_without_a_name_or_that_ends_before_it_begins_is_refused(gebied, code):
    assert [beletsel.code for beletsel in check_gebied(gebied)] == [code]
