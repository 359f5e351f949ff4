"""The flows on a lasting server: schedules as the calendar says, made by the real scheduler; forms in Dutch."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rooster import Rooster
from inkoop.domain.roosterrondes import compute_rondes
from inkoop.services.momenten import list_momenten
from tests.services.proefprocedure import begin_procedure

NU = datetime(2020, 3, 1, 12, tzinfo=TIJDZONE)


@pytest.fixture(scope="module")
def meierij(tmp_path_factory: pytest.TempPathFactory) -> Proceduredefinitie:
    proef = begin_procedure(tmp_path_factory.mktemp("meierij") / "winkel", "meierij-2020")
    definitie = bootstrap.load_definitie(proef.huis, "meierij-2020")
    proef.huis.winkel.close()
    return definitie


def make_halfjaarlijks(definitie: Proceduredefinitie, eerste: int) -> Proceduredefinitie:
    """The procedure with a round for each half year of three years, computed as a rooster says."""
    rooster = Rooster(
        voorvoegsel="H",
        ingangsdagen=("01-01", "07-01"),
        eerste_ingang=date(eerste, 1, 1),
        laatste_ingang=date(eerste + 2, 7, 1),
        sluitingstijd="23:59:59",
        venster_dagen=42,
        vragen_dagen=14,
        nota_dagen_voor_sluiting=10,
        herstelverzoek_dagen=10,
        beoordeling_dagen=30,
        tekentermijn_dagen=30,
        criteria_editie=definitie.instroom.rondes[0].criteria_editie,
        bron="project default",
    )
    rondes = compute_rondes(rooster, definitie.termijnen, load_feestdagen(eerste - 2, eerste + 4))
    return msgspec.structs.replace(definitie, instroom=msgspec.structs.replace(definitie.instroom, rondes=rondes))


def test_the_moments_of_a_calendar_are_those_of_the_procedure(meierij):
    momenten = [(str(een.dag), een.wat) for een in list_momenten(meierij) if een.ronde == "M-2020-2"]
    assert ("2020-04-01", "de ronde is gesloten") in momenten
    assert ("2020-07-01", "de overeenkomsten gaan in") in momenten
    assert momenten == sorted(momenten)


def test_every_schedule_is_a_day_of_the_calendar_that_is_to_come_at_six_in_the_morning(meierij):
    from flows.uitrol import list_roosters

    roosters = list_roosters(meierij, NU)
    dagen = sorted({een.dag for een in list_momenten(meierij) if een.dag > NU.date()})
    assert [een.rrule.splitlines()[0] for een in roosters] == [f"DTSTART:{dag:%Y%m%d}T060000" for dag in dagen]
    assert {een.timezone for een in roosters} == {"Europe/Amsterdam"}


def test_the_days_of_the_addendum_cycle_come_back_each_year_as_the_procedure_says(meierij):
    from flows.uitrol import list_jaarroosters

    roosters = list_jaarroosters(meierij, NU)
    cyclus = meierij.contract.addendumcyclus
    dagen = sorted({cyclus.concept_uiterlijk, cyclus.tekenen_uiterlijk, cyclus.ingang})
    assert [een.rrule for een in roosters] == [
        f"DTSTART:2020{dag.replace('-', '')}T060000\nRRULE:FREQ=YEARLY" for dag in dagen
    ]
    assert {een.timezone for een in roosters} == {"Europe/Amsterdam"}
