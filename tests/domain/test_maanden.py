"""Calendar months at the end of a month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.maanden import add_maanden, last_day_within


@pytest.mark.parametrize(
    ("dag", "n", "verwacht"),
    [
        (date(2020, 8, 31), -6, date(2020, 2, 29)),
        (date(2019, 8, 31), -6, date(2019, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 3, 12), -6, date(2019, 9, 12)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 12, 31), 0, date(2020, 12, 31)),
        (date(2020, 3, 31), -36, date(2017, 3, 31)),
        (date(2020, 1, 15), -1, date(2019, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_day_of_a_shorter_month(dag, n, verwacht):
    assert add_maanden(dag, n) == verwacht


def test_what_lies_outside_the_calendar_is_refused():
    with pytest.raises(OverflowError):
        add_maanden(date(9999, 12, 31), 1)


def test_something_of_the_last_of_february_is_within_six_months_to_the_end_of_august():
    assert last_day_within(date(2020, 2, 29), 6) == date(2020, 8, 31)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_the_last_day_within_is_exactly_the_last(dag, n):
    laatste = last_day_within(dag, n)
    assert add_maanden(laatste, -n) <= dag < add_maanden(laatste + timedelta(days=1), -n)
