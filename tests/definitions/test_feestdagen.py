import csv
from datetime import date
from importlib.resources import files

import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.kalender import is_werkdag
from inkoop.domain.termijnen import end_of_term


@pytest.mark.parametrize(
    "dag",
    [
        date(2020, 1, 1),
        date(2020, 4, 10),
        date(2020, 4, 13),
        date(2020, 4, 27),
        date(2020, 5, 5),
        date(2020, 5, 21),
        date(2020, 6, 1),
        date(2020, 12, 25),
        date(2018, 12, 26),
        date(2019, 5, 31),
        date(2018, 12, 24),
    ],
)
def test_a_holiday_or_a_day_that_is_equated_with_one_is_no_working_day(dag):
    assert not is_werkdag(dag, load_feestdagen(2018, 2020))


@pytest.mark.parametrize("jaar", range(2014, 2031))
def test_liberation_day_is_free_every_year(jaar):
    assert "Bevrijdingsdag" in load_feestdagen(jaar, jaar).dagen[date(jaar, 5, 5)]


@pytest.mark.parametrize(
    ("jaar", "dag"), [(2014, date(2014, 4, 26)), (2020, date(2020, 4, 27)), (2025, date(2025, 4, 26))]
)
def test_the_kings_day_moves_to_saturday_when_the_27th_is_a_sunday(jaar, dag):
    feestdagen = load_feestdagen(jaar, jaar)
    assert feestdagen.dagen[dag] == "Koningsdag"
    assert sum(waarom == "Koningsdag" for waarom in feestdagen.dagen.values()) == 1


@pytest.mark.parametrize("dag", [date(2020, 12, 24), date(2020, 12, 31), date(2020, 5, 22), date(2020, 12, 5)])
def test_days_that_are_no_holiday_by_law_are_working_days_where_they_are_weekdays(dag):
    assert is_werkdag(dag, load_feestdagen(2020, 2020)) is (dag.weekday() < 5)


def test_every_free_day_says_why():
    assert all(waarom.strip() for waarom in load_feestdagen(2017, 2028).dagen.values())


def test_a_day_that_is_equated_names_its_source():
    assert "Stcrt. 2016-58653" in load_feestdagen(2019, 2019).dagen[date(2019, 5, 31)]


def test_only_days_of_the_years_that_were_asked_for_are_there():
    feestdagen = load_feestdagen(2019, 2020)
    assert {dag.year for dag in feestdagen.dagen} == {2019, 2020}


@pytest.mark.parametrize(
    ("verzonden", "einde"),
    [
        (date(2020, 10, 12), date(2020, 11, 2)),
        (date(2018, 5, 15), date(2018, 6, 4)),
        (date(2021, 11, 15), date(2021, 12, 6)),
        (date(2019, 10, 14), date(2019, 11, 4)),
        (date(2019, 10, 28), date(2019, 11, 18)),
        (date(2021, 7, 16), date(2021, 8, 5)),
    ],
)
def test_terms_with_the_real_holidays_end_on_the_days_of_the_test_vectors(verzonden, einde):
    feestdagen = load_feestdagen(2018, 2021)
    assert end_of_term(verzonden, 20, doorrollen=True, feestdagen=feestdagen) == einde


def test_a_term_rolls_over_a_day_that_is_equated_by_decree():
    # 31 May 2019 is the Friday after Ascension Day, equated by decree.
    einde = end_of_term(date(2019, 5, 17), 14, doorrollen=True, feestdagen=load_feestdagen(2019, 2019))
    assert einde == date(2019, 6, 3)


def test_the_data_file_is_in_order_without_doubles_and_each_day_is_a_weekday():
    tekst = files("inkoop.definitions").joinpath("gegevens/atw_gelijkgesteld.csv").read_text(encoding="utf-8")
    dagen = [date.fromisoformat(rij["datum"]) for rij in csv.DictReader(tekst.splitlines())]
    assert dagen == sorted(set(dagen))
    assert all(dag.weekday() < 5 for dag in dagen)


def test_the_days_equated_by_decree_are_those_of_the_reference_file(standaarden):
    with (standaarden / "atw_gelijkgesteld.csv").open(encoding="utf-8", newline="") as bestand:
        verwacht = {date.fromisoformat(rij["datum"]) for rij in csv.DictReader(bestand)}
    gelijkgesteld = {
        dag for dag, waarom in load_feestdagen(2017, 2028).dagen.items() if waarom.startswith("gelijkgesteld")
    }
    assert gelijkgesteld == verwacht
