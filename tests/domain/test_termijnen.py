from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.kalender import TIJDZONE, is_werkdag
from inkoop.domain.termijnen import (
    OngeldigeTermijnError,
    end_of_day,
    end_of_herstel,
    end_of_term,
    end_of_vervaltermijn,
)
from tests.domain.voorbeeldprocedure import FEESTDAGEN, TERMIJNEN

# E.1, E.4 and E.5: sent on the left, last day on the right.
VERVALTERMIJNEN = [
    (date(2020, 10, 12), date(2020, 11, 2)),
    (date(2018, 5, 15), date(2018, 6, 4)),
    (date(2021, 11, 15), date(2021, 12, 6)),
    (date(2019, 10, 14), date(2019, 11, 4)),
    (date(2019, 10, 28), date(2019, 11, 18)),
    (date(2021, 7, 16), date(2021, 8, 5)),
    (date(2019, 11, 15), date(2019, 12, 5)),
    (date(2020, 5, 15), date(2020, 6, 4)),
    (date(2020, 11, 13), date(2020, 12, 3)),
    (date(2021, 5, 14), date(2021, 6, 3)),
]


@pytest.mark.parametrize(("verzonden", "einde"), VERVALTERMIJNEN)
def test_the_term_for_legal_remedy_ends_on_the_day_of_the_test_vectors(verzonden, einde):
    assert end_of_vervaltermijn(TERMIJNEN, verzonden, FEESTDAGEN) == einde


@pytest.mark.parametrize(
    ("verzonden", "einde"),
    [
        (date(2019, 10, 7), date(2019, 10, 21)),
        (date(2020, 4, 7), date(2020, 4, 21)),
        (date(2020, 4, 13), date(2020, 4, 28)),
        (date(2020, 5, 7), date(2020, 5, 22)),
    ],
)
def test_the_term_for_repair_rolls_over_holidays(verzonden, einde):
    assert end_of_herstel(TERMIJNEN, verzonden, FEESTDAGEN) == einde


def test_without_rolling_a_term_may_end_on_a_sunday():
    assert end_of_term(date(2020, 10, 12), 20, doorrollen=False, feestdagen=FEESTDAGEN) == date(2020, 11, 1)


@pytest.mark.parametrize("dagen", [0, -1])
def test_a_term_of_no_days_is_refused(dagen):
    with pytest.raises(OngeldigeTermijnError, match="ten minste 1 dag"):
        end_of_term(date(2020, 10, 12), dagen, doorrollen=True, feestdagen=FEESTDAGEN)


def test_ultimately_on_a_day_includes_its_last_second_in_summer_time():
    assert end_of_day(date(2020, 4, 21)) == datetime(2020, 4, 21, 23, 59, 59, tzinfo=TIJDZONE)
    assert end_of_day(date(2020, 4, 21)).isoformat() == "2020-04-21T23:59:59+02:00"


@given(st.dates(date(2018, 1, 1), date(2021, 12, 31)), st.integers(1, 90))
def test_a_rolled_term_never_ends_early_nor_on_a_free_day(start, dagen):
    einde = end_of_term(start, dagen, doorrollen=True, feestdagen=FEESTDAGEN)
    assert einde >= start + timedelta(days=dagen)
    assert is_werkdag(einde, FEESTDAGEN)


@given(st.dates(date(2018, 1, 1), date(2021, 12, 31)), st.integers(1, 89))
def test_a_longer_term_never_ends_before_a_shorter_one(start, dagen):
    kort, lang = (end_of_term(start, n, doorrollen=True, feestdagen=FEESTDAGEN) for n in (dagen, dagen + 1))
    assert kort <= lang
