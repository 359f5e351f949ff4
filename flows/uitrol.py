"""Bringing the flows to a lasting Prefect server: one deployment each, with its form and its schedule.

Schedules come from the procedures of the store: every moment of an intake calendar is a date of its own
(an RRULE with its DTSTART), at six in the morning in the Netherlands, never between two and three. The
scheduler makes runs for 400 days ahead, so that those of a half year and a year are there to see.

Bron: ontwerp 2.1; metingen, Prefect; docs/adr/0017.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, get_type_hints

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.schedules import CronSchedule, RRuleSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from pydantic.fields import FieldInfo

from flows.aandrijven import UITROL
from inkoop import bootstrap
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.services.aandrijving import DAGTIK
from inkoop.services.momenten import list_cyclusdagen, list_momenten, list_procedures

POOL = "inkoop"
"""The work pool from which workers take runs."""

VERZOENING = CronSchedule(cron="*/15 * * * *", timezone=str(TIJDZONE))
BEWAKING = CronSchedule(cron=f"{DAGTIK.minute} {DAGTIK.hour} * * *", timezone=str(TIJDZONE))

MODULE = "flows"
BRON = Path(__file__).resolve().parent.parent


def list_roosters(definitie: Proceduredefinitie, vanaf: datetime) -> list[RRuleSchedule]:
    """A schedule for every day of the intake calendar that is still to come, as dates of the procedure."""
    dagen = sorted({moment.dag for moment in list_momenten(definitie)})
    starts = [datetime.combine(dag, DAGTIK) for dag in dagen]
    return [
        RRuleSchedule(rrule=f"DTSTART:{start:%Y%m%dT%H%M%S}\nRRULE:FREQ=DAILY;COUNT=1", timezone=str(TIJDZONE))
        for start in starts
        if start.replace(tzinfo=TIJDZONE) > vanaf
    ]


def list_jaarroosters(definitie: Proceduredefinitie, vanaf: datetime) -> list[RRuleSchedule]:
    """A yearly schedule for each day of the addendum cycle, from the year of `vanaf` on."""
    return [
        RRuleSchedule(
            rrule=f"DTSTART:{vanaf.year}{dag.replace('-', '')}T{DAGTIK:%H%M%S}\nRRULE:FREQ=YEARLY",
            timezone=str(TIJDZONE),
        )
        for dag in sorted({dag for dag, _ in list_cyclusdagen(definitie)})
    ]


async def uitrol(winkel: Path, vanaf: datetime) -> tuple[str, ...]:
    """Make or renew every deployment for a store; returns their names. Repeating it changes nothing.

    `vanaf` is now: moments before it are not scheduled, since what they made due is caught up by verzoening.
    """
    huis = bootstrap.share_huis(winkel)
    pad = str(huis.winkel.map)
    async with get_client() as client:
        await _make_pool(client)
    namen = [await _deploy(str(fase), UITROL, {"winkel": pad}, [], ["fase"]) for fase in Fase]
    namen.append(await _deploy("verzoening", UITROL, {"winkel": pad}, [VERZOENING], ["machine"]))
    namen.append(await _deploy("bewaking", UITROL, {"winkel": pad}, [BEWAKING], ["machine"]))
    definities = list_procedures(huis)
    for definitie in definities:
        gegevens = {"winkel": pad, "procedure": definitie.naam}
        roosters = list_roosters(definitie, vanaf)
        namen.append(await _deploy("instroom", definitie.naam, gegevens, roosters, [definitie.naam]))
        cyclus = list_jaarroosters(definitie, vanaf)
        namen.append(await _deploy("addendumcyclus", definitie.naam, gegevens, cyclus, [definitie.naam]))
    return tuple(namen)


async def _make_pool(client: PrefectClient) -> None:
    try:
        await client.read_work_pool(POOL)
    except ObjectNotFound:
        try:
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process", description="Werkers van inkoop"))
        except ObjectAlreadyExists:
            return  # another machine was first


async def _deploy(
    naam: str,
    uitrolnaam: str,
    parameters: dict[str, Any],
    roosters: Sequence[CronSchedule | RRuleSchedule],
    labels: Sequence[str],
) -> str:
    """One deployment, with its form in Dutch and unknown parameters refused before a run begins."""
    ontleend = await Flow.afrom_source(source=str(BRON), entrypoint=f"{MODULE}/{naam}.py:{naam}")
    uitrol_: RunnerDeployment = await ontleend.ato_deployment(
        name=uitrolnaam,
        parameters=parameters,
        schedules=list(roosters),
        tags=["inkoop", *labels],
        description=ontleend.description,
        enforce_parameter_schema=True,
        work_pool_name=POOL,
    )
    _write_formulier(uitrol_, ontleend)
    await uitrol_.aapply(work_pool_name=POOL)
    return f"{naam}/{uitrolnaam}"


def _write_formulier(uitrol_: RunnerDeployment, stroom: Flow[..., Any]) -> None:
    """Put title and explanation of each parameter in the form; Prefect takes only the name of a parameter."""
    formulier = uitrol_._parameter_openapi_schema  # noqa: SLF001 - Prefect offers no other way to say it
    for naam, soort in get_type_hints(inspect.unwrap(stroom.fn), include_extras=True).items():
        velden = [een for een in getattr(soort, "__metadata__", ()) if isinstance(een, FieldInfo)]
        if naam in formulier.properties and velden:
            formulier.properties[naam] |= {"title": velden[0].title, "description": velden[0].description}


async def list_geplande(aantal: int = 10) -> list[tuple[datetime, str]]:
    """The next runs that the scheduler made: (instant, name of flow and what it is about)."""
    gepland = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_run_filter=gepland, sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=aantal
        )
        namen = {een.id: een.name for een in await client.read_flows()}
    return [
        (run.expected_start_time, " ".join(filter(None, [namen[run.flow_id], run.parameters.get("procedure")])))
        for run in runs
        if run.expected_start_time is not None
    ]
