"""The flows on a lasting server: schedules as the calendar says, made by the real scheduler; forms in Dutch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rooster import Rooster
from inkoop.domain.roosterrondes import compute_rondes
from inkoop.services.momenten import list_momenten
from inkoop.settings import CHECKOUT
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


UITROLPROGRAMMA = """
import asyncio, json, sys
from datetime import datetime, timedelta
from pathlib import Path
import inkoop
from flows.uitrol import list_geplande, uitrol
from prefect.client.orchestration import get_client

async def main():
    namen = await uitrol(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
    verwacht = int(sys.argv[3])
    runs, eerder = [], None
    for _ in range(120):
        runs, eerder = [run for run in await list_geplande(200) if run[1].startswith("instroom")], runs
        if len(runs) >= verwacht and runs == eerder:
            break
        await asyncio.sleep(1)
    async with get_client() as client:
        een = await client.read_deployment_by_name("selecteren/standaard")
        formulier, dicht = een.parameter_openapi_schema, een.enforce_parameter_schema
    print(json.dumps({"namen": namen, "formulier": formulier, "dicht": dicht,
                      "runs": [(tijd.isoformat(), naam) for tijd, naam in runs]}))

asyncio.run(main())
"""


@pytest.mark.slow
def test_the_real_scheduler_makes_the_runs_of_the_half_years_of_a_year_ahead(tmp_path: Path, meierij):
    from inkoop.cli.machinepark import Machinepark
    from inkoop.cli.stroom import _find_poort

    nu = datetime.now(UTC)
    definitie = make_halfjaarlijks(meierij, nu.year + 1)
    proef = begin_procedure(tmp_path / "winkel", "meierij-2020", definitie)
    proef.huis.winkel.close()
    grens = nu + timedelta(days=365)
    dagen = sorted({een.dag for een in list_momenten(definitie) if nu.date() < een.dag < grens.date()})
    assert len({een.ronde for een in list_momenten(definitie) if een.dag in dagen}) >= 2
    omgeving = dict(os.environ)
    park = Machinepark(thuis=tmp_path / "prefect", adres="127.0.0.1", poort=_find_poort())
    try:
        os.environ["PREFECT_HOME"] = str(tmp_path / "prefect")
        park.prepare()
        park.start_server()
        klaar = subprocess.run(
            [sys.executable, "-c", UITROLPROGRAMMA, str(tmp_path / "winkel"), nu.isoformat(), str(len(dagen))],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    finally:
        park.stop()
        os.environ.clear()
        os.environ.update(omgeving)
    assert klaar.returncode == 0, klaar.stderr
    uit = json.loads(klaar.stdout.splitlines()[-1])
    gepland = sorted(datetime.fromisoformat(tijd).astimezone(TIJDZONE) for tijd, _ in uit["runs"])
    binnen = [tijd for tijd in gepland if tijd < grens.astimezone(TIJDZONE).replace(hour=0)]
    assert [tijd.date() for tijd in binnen] == dagen
    assert {(tijd.hour, tijd.minute) for tijd in gepland} == {(6, 0)}
    assert {naam for _, naam in uit["runs"]} == {"instroom meierij-2020"}
    assert len(uit["namen"]) == 10
    assert uit["dicht"] is True
    assert uit["formulier"]["properties"]["ronde"]["title"] == "Ronde"
    assert "bijvoorbeeld M-2020-2" in uit["formulier"]["properties"]["ronde"]["description"]
