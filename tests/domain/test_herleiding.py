"""Terms by the Algemene termijnenwet and in plain days; each says why it ends where it ends (B.2.5, E.5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.herleiding import (
    Teleenheid,
    Telwijze,
    count_termijn,
    describe_herleiding,
    is_buiten_atw,
)
from inkoop.domain.kalender import is_werkdag
from inkoop.domain.termijnen import OngeldigeTermijnError

FEESTDAGEN = load_feestdagen(2017, 2031)


def tel(vanaf, aantal, telwijze=Telwijze.ATW, eenheid=Teleenheid.DAGEN):
    return count_termijn(vanaf, aantal, eenheid, telwijze, FEESTDAGEN, regel="het besluit", bron="test")


@pytest.mark.dekking("B.2.5")
@pytest.mark.parametrize(
    ("verzonden", "einde"),
    [
        (date(2020, 10, 12), date(2020, 11, 2)),
        (date(2018, 5, 15), date(2018, 6, 4)),
        (date(2021, 11, 15), date(2021, 12, 6)),
        (date(2019, 10, 14), date(2019, 11, 4)),
        (date(2021, 7, 16), date(2021, 8, 5)),
    ],
)
@pytest.mark.parametrize("telwijze", [Telwijze.ATW, Telwijze.DOORROLLEN])
def test_twenty_days_end_on_the_day_of_the_vectors(verzonden, einde, telwijze):
    assert tel(verzonden, 20, telwijze).dag == einde


@pytest.mark.dekking("B.2.5")
def test_three_weeks_from_28_october_2019_end_on_18_november():
    assert tel(date(2019, 10, 28), 3, eenheid=Teleenheid.WEKEN).dag == date(2019, 11, 18)


def test_plain_calendar_days_stay_on_a_sunday():
    assert tel(date(2020, 10, 12), 20, Telwijze.KALENDERDAGEN).dag == date(2020, 11, 1)


@pytest.mark.dekking("B.2.6")
@pytest.mark.parametrize(
    ("vrij", "waarom"),
    [
        (date(2019, 4, 19), "Goede vrijdag"),
        (date(2020, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "zaterdag|Koningsdag"),
        (date(2023, 5, 5), "Bevrijdingsdag"),
        (date(2019, 5, 31), "gelijkgesteld"),
    ],
)
def test_a_statutory_term_moves_off_a_free_day_and_says_which(vrij, waarom):
    herleiding = tel(vrij - timedelta(days=14), 14)
    assert herleiding.geteld == vrij
    assert herleiding.dag > vrij
    assert any(woord in herleiding.verschuiving for woord in waarom.split("|"))


@pytest.mark.parametrize(
    ("aantal", "eenheid", "buiten"),
    [
        (90, Teleenheid.DAGEN, False),
        (91, Teleenheid.DAGEN, True),
        (12, Teleenheid.WEKEN, False),
        (13, Teleenheid.WEKEN, True),
        (3, Teleenheid.MAANDEN, False),
        (4, Teleenheid.MAANDEN, True),
        (1, Teleenheid.JAREN, True),
        (-10, Teleenheid.DAGEN, True),
    ],
)
def test_long_terms_and_terms_counted_back_are_outside_the_law(aantal, eenheid, buiten):
    assert (is_buiten_atw(aantal, eenheid) is not None) == buiten


def test_ten_days_back_from_a_thursday_stay_on_a_sunday():
    assert tel(date(2021, 7, 1), -11).dag == date(2021, 6, 20)


def test_a_term_of_three_days_over_a_long_weekend_holds_two_working_days():
    """Art. 2: three days from Thursday 18 April 2019 end on Easter Sunday; Tuesday and Wednesday are the two."""
    herleiding = tel(date(2019, 4, 18), 3)
    assert herleiding.geteld == date(2019, 4, 21)
    assert herleiding.dag == date(2019, 4, 24)
    assert "twee werkdagen" in herleiding.verschuiving


def test_the_sentence_names_rule_start_count_calendar_and_shift():
    assert describe_herleiding(tel(date(2020, 10, 12), 20)) == (
        "20 kalenderdagen na het besluit (12 oktober 2020) is zondag 1 november 2020; dat is geen werkdag (zondag), "
        "dus maandag 2 november 2020."
    )


def test_a_term_of_nothing_is_refused():
    with pytest.raises(OngeldigeTermijnError):
        tel(date(2020, 1, 1), 0)


@given(
    vanaf=st.dates(date(2018, 1, 1), date(2029, 1, 1)),
    aantal=st.integers(-200, 200).filter(bool),
    telwijze=st.sampled_from(Telwijze),
)
def test_a_day_only_moves_to_a_working_day_and_never_over_one(vanaf, aantal, telwijze):
    herleiding = tel(vanaf, aantal, telwijze)
    if herleiding.dag == herleiding.geteld:
        assert herleiding.verschuiving is None
        return
    assert is_werkdag(herleiding.dag, FEESTDAGEN)
    assert herleiding.verschuiving
    if abs(aantal) > 3:
        lage, hoge = sorted((herleiding.dag, herleiding.geteld))
        tussen = [lage + timedelta(days=n) for n in range((hoge - lage).days + 1)]
        assert [dag for dag in tussen if is_werkdag(dag, FEESTDAGEN)] == [herleiding.dag]
