"""Flow addendumcyclus: on the days of each year that a procedure names, what its yearly addenda ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.aandrijven import list_gestart
from flows.parameters import Proceduresnaam, Winkelmap
from inkoop import bootstrap
from inkoop.services.klokwerk import BEGIN


@flow(
    name="addendumcyclus",
    flow_run_name="addendumcyclus {procedure}",
    persist_result=False,
    description="Loopt op de dagen van de addendumcyclus van een procedure: concept, tekenen en ingang.",
)
async def addendumcyclus(winkel: Winkelmap, procedure: Proceduresnaam) -> list[str]:
    """Say where the cycle stands and start the ticks that make and follow addenda; repeating starts nothing twice."""
    huis = bootstrap.share_huis(Path(winkel))
    door = bootstrap.act_as_systeem(huis, None)
    return [*BEGIN["addendumcyclus"](huis, door, procedure, datetime.now(UTC)), *await list_gestart(huis)]
