from datetime import date, datetime

import pytest

from inkoop.domain.criteria.criterium import Peilmoment
from inkoop.domain.kalender import TijdzoneOntbreektError
from inkoop.domain.peildatums import bind_peildatums, rebind_peildatums
from tests.domain.voorbeeldprocedure import make_procedure, make_ronde


def test_each_moment_is_bound_to_its_day():
    ingediend = datetime.fromisoformat("2020-03-12T10:41:00+01:00")
    assert bind_peildatums(make_procedure(), make_ronde(), ingediend) == {
        Peilmoment.INDIENING: date(2020, 3, 12),
        Peilmoment.SLUITING: date(2020, 3, 31),
        Peilmoment.BESLUIT: date(2020, 5, 15),
        Peilmoment.INGANG: date(2020, 7, 1),
        Peilmoment.LOOPTIJD: date(2021, 12, 31),
    }


def test_every_moment_that_exists_is_bound():
    ingediend = datetime.fromisoformat("2020-03-12T10:41:00+01:00")
    assert set(bind_peildatums(make_procedure(), make_ronde(), ingediend)) == set(Peilmoment)


def test_the_day_of_handing_in_is_a_dutch_day():
    ingediend = datetime.fromisoformat("2020-03-11T23:30:00+00:00")
    assert bind_peildatums(make_procedure(), make_ronde(), ingediend)[Peilmoment.INDIENING] == date(2020, 3, 12)


def test_handing_in_without_a_time_zone_is_refused():
    with pytest.raises(TijdzoneOntbreektError):
        bind_peildatums(make_procedure(), make_ronde(), datetime(2020, 3, 12, 10, 41))


@pytest.mark.parametrize(
    ("op", "looptijd"), [(date(2021, 12, 30), date(2021, 12, 31)), (date(2022, 1, 1), date(2022, 1, 1))]
)
def test_after_admission_everything_must_be_so_on_the_day_of_the_test(op, looptijd):
    ingediend = datetime.fromisoformat("2020-03-12T10:41:00+01:00")
    opnieuw = rebind_peildatums(bind_peildatums(make_procedure(), make_ronde(), ingediend), op)
    assert opnieuw == dict.fromkeys(Peilmoment, op) | {Peilmoment.LOOPTIJD: looptijd}
