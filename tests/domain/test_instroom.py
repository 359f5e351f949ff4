from datetime import date, datetime

import msgspec
import pytest

from inkoop.domain.instroom import check_periodiciteit, check_ronde, is_open, next_ronde
from inkoop.domain.procedure import Instroom
from tests.domain.voorbeeldprocedure import FEESTDAGEN, TERMIJNEN, VOLGENDE_RONDE, make_procedure, make_ronde


def codes(ronde, termijnen=TERMIJNEN):
    return [beletsel.code for beletsel in check_ronde(ronde, termijnen, FEESTDAGEN)]


def test_after_the_round_of_spring_comes_that_of_autumn():
    assert next_ronde(make_procedure(), make_ronde()) == VOLGENDE_RONDE


def test_after_the_last_round_there_is_none():
    assert next_ronde(make_procedure(), VOLGENDE_RONDE) is None


def test_the_next_round_is_the_first_that_opens_whatever_the_order_in_the_file():
    later = msgspec.structs.replace(VOLGENDE_RONDE, kenmerk="M-2021-2", opening=date(2021, 2, 1))
    definitie = make_procedure(
        instroom=Instroom(periodiciteit="halfjaar", rondes=(later, VOLGENDE_RONDE, make_ronde()))
    )
    volgende = next_ronde(definitie, make_ronde())
    assert volgende is not None
    assert volgende.kenmerk == "M-2021-1"


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2020-02-02T23:59:59+01:00", False),
        ("2020-02-03T00:00:00+01:00", True),
        ("2020-03-31T23:59:59.900000+02:00", True),
        ("2020-04-01T00:00:00+02:00", False),
    ],
)
def test_a_round_is_open_from_its_first_day_up_to_the_closing_second(moment, open_):
    assert is_open(make_ronde(), datetime.fromisoformat(moment)) is open_


@pytest.mark.parametrize("ronde", [make_ronde(), VOLGENDE_RONDE])
def test_the_rounds_of_the_calendar_can_stand(ronde):
    assert codes(ronde) == []


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"opening": date(2020, 3, 31)}, ["ronde-sluiting"]),
        ({"herstelverzoek": date(2020, 3, 31)}, ["ronde-herstelverzoek"]),
        ({"besluit": date(2020, 4, 21)}, ["ronde-besluit"]),
        ({"tekenen": date(2020, 6, 3)}, ["ronde-tekenen"]),
        ({"ingang": date(2020, 6, 18)}, ["ronde-ingang"]),
    ],
)
def test_days_out_of_order_are_refused_with_the_pair(velden, verwacht):
    assert codes(make_ronde(**velden)) == verwacht


def test_the_end_of_the_term_signing_and_start_may_be_one_day():
    dag = date(2020, 7, 1)
    assert codes(make_ronde(vervaltermijn=dag, tekenen=dag, ingang=dag)) == []


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"herstel_tot": date(2020, 4, 20)}, ["ronde-herstel_tot"]),
        ({"vervaltermijn": date(2020, 6, 3)}, ["ronde-vervaltermijn"]),
        ({"herstel_tot": date(2020, 4, 22)}, []),
        ({"vervaltermijn": date(2020, 6, 5)}, []),
    ],
)
def test_a_published_term_is_never_made_shorter_but_may_be_longer(velden, verwacht):
    assert codes(make_ronde(**velden)) == verwacht


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"vervaltermijn": date(2020, 6, 6)}, ["ronde-vervaltermijn"]),
        ({"herstel_tot": date(2020, 4, 27)}, ["ronde-herstel_tot"]),
        ({"sluiting": datetime.fromisoformat("2020-03-29T23:59:59+02:00")}, ["ronde-sluiting"]),
    ],
)
def test_where_terms_roll_no_end_falls_on_a_free_day(velden, verwacht):
    assert codes(make_ronde(**velden)) == verwacht


def test_where_terms_do_not_roll_an_end_may_fall_on_a_saturday():
    vast = msgspec.structs.replace(TERMIJNEN, doorrollen=False)
    assert codes(make_ronde(vervaltermijn=date(2020, 6, 6)), vast) == []


def test_a_closing_in_winter_time_while_it_is_summer_is_refused():
    sluiting = datetime.fromisoformat("2020-03-31T22:59:59+01:00")
    assert codes(make_ronde(sluiting=sluiting)) == ["ronde-sluiting"]


@pytest.mark.parametrize(
    ("periodiciteit", "ingangen", "aantal"),
    [
        ("halfjaar", [date(2020, 7, 1), date(2021, 1, 1)], 0),
        ("halfjaar", [date(2020, 7, 1), date(2021, 2, 1)], 1),
        ("halfjaar", [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)], 2),
        ("jaar", [date(2020, 1, 1), date(2021, 1, 1)], 0),
        ("jaar", [date(2020, 1, 1), date(2020, 7, 1)], 1),
        ("eenmalig", [date(2020, 1, 1)], 0),
        ("eenmalig", [date(2020, 1, 1), date(2021, 1, 1)], 1),
    ],
)
def test_rounds_come_as_often_as_is_published(periodiciteit, ingangen, aantal):
    rondes = tuple(make_ronde(kenmerk=f"R-{i}", ingang=ingang) for i, ingang in enumerate(ingangen))
    assert len(check_periodiciteit(Instroom(periodiciteit=periodiciteit, rondes=rondes))) == aantal
