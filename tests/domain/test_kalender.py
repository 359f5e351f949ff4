from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.kalender import (
    TIJDZONE,
    BuitenKalenderError,
    TijdzoneOntbreektError,
    explain_vrije_dag,
    format_dag,
    format_weekdag,
    is_tijdig,
    is_werkdag,
    local_date,
    roll_back,
    roll_forward,
)
from tests.domain.voorbeeldprocedure import FEESTDAGEN

DAGEN = st.dates(date(2018, 2, 1), date(2022, 11, 30))
SLUITING = datetime.fromisoformat("2020-03-31T23:59:59+02:00")


@pytest.mark.parametrize(
    ("instant", "dag"),
    [
        ("2020-03-31T21:59:59+00:00", date(2020, 3, 31)),
        ("2020-03-31T22:00:00+00:00", date(2020, 4, 1)),
        ("2020-12-31T22:59:59+00:00", date(2020, 12, 31)),
        ("2020-12-31T23:00:00+00:00", date(2021, 1, 1)),
    ],
)
def test_a_day_is_a_day_in_the_netherlands_in_summer_and_in_winter(instant, dag):
    assert local_date(datetime.fromisoformat(instant)) == dag


def test_an_instant_without_a_time_zone_has_no_day():
    with pytest.raises(TijdzoneOntbreektError, match="geen tijdzone"):
        local_date(datetime(2020, 3, 31, 12))


@pytest.mark.parametrize(
    ("ontvangen", "tijdig"),
    [
        ("2020-03-31T23:59:59+02:00", True),
        ("2020-03-31T23:59:59.999999+02:00", True),
        ("2020-04-01T00:00:00+02:00", False),
        ("2020-03-31T21:59:59+00:00", True),
        ("2020-03-31T22:00:30+00:00", False),
    ],
)
def test_on_time_counts_whole_seconds_of_the_instant_itself(ontvangen, tijdig):
    assert is_tijdig(datetime.fromisoformat(ontvangen), SLUITING) is tijdig


def test_on_time_at_noon_rounds_a_fraction_down():
    sluiting = datetime.fromisoformat("2019-06-17T12:00:00+02:00")
    assert is_tijdig(datetime.fromisoformat("2019-06-17T12:00:00.700000+02:00"), sluiting)
    assert not is_tijdig(datetime.fromisoformat("2019-06-17T12:00:01+02:00"), sluiting)


def test_on_time_refuses_an_instant_without_a_time_zone():
    with pytest.raises(TijdzoneOntbreektError):
        is_tijdig(datetime(2020, 3, 31, 12), SLUITING)


@pytest.mark.parametrize(
    ("dag", "waarom"),
    [
        (date(2020, 4, 10), "Goede vrijdag"),
        (date(2020, 5, 5), "Bevrijdingsdag"),
        (date(2020, 10, 31), "zaterdag"),
        (date(2020, 11, 1), "zondag"),
        (date(2020, 11, 2), None),
    ],
)
def test_a_free_day_says_why_it_is_free(dag, waarom):
    assert explain_vrije_dag(dag, FEESTDAGEN) == waarom


def test_a_day_in_a_year_without_known_holidays_is_an_error_and_never_a_working_day():
    with pytest.raises(BuitenKalenderError, match="2018 tot en met 2022"):
        is_werkdag(date(2023, 1, 2), FEESTDAGEN)


def test_good_friday_rolls_over_easter_to_tuesday():
    assert roll_forward(date(2020, 4, 10), FEESTDAGEN) == date(2020, 4, 14)


def test_rolling_back_from_easter_monday_lands_on_thursday():
    assert roll_back(date(2020, 4, 13), FEESTDAGEN) == date(2020, 4, 9)


@given(DAGEN)
def test_rolling_forward_gives_the_first_working_day_from_a_day_on(dag):
    einde = roll_forward(dag, FEESTDAGEN)
    assert is_werkdag(einde, FEESTDAGEN)
    assert not any(is_werkdag(dag + timedelta(days=n), FEESTDAGEN) for n in range((einde - dag).days))


@given(DAGEN)
def test_rolling_back_gives_the_last_working_day_up_to_a_day(dag):
    begin = roll_back(dag, FEESTDAGEN)
    assert is_werkdag(begin, FEESTDAGEN)
    assert not any(is_werkdag(dag - timedelta(days=n), FEESTDAGEN) for n in range((dag - begin).days))


@given(st.datetimes(datetime(2019, 1, 1), datetime(2021, 12, 31), timezones=st.just(UTC)))
def test_nothing_is_on_time_after_closing_plus_a_second(ontvangen):
    assert is_tijdig(ontvangen, SLUITING) == (ontvangen < SLUITING + timedelta(seconds=1))


def test_days_are_written_in_dutch():
    assert format_dag(date(2020, 3, 31)) == "31 maart 2020"
    assert format_weekdag(date(2020, 11, 2)) == "maandag 2 november 2020"


def test_the_time_zone_is_the_dutch_one():
    assert str(TIJDZONE) == "Europe/Amsterdam"
