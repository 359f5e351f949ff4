"""Flow instroom: at each moment of the intake calendar of a procedure, what that moment makes due."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.aandrijven import list_gestart
from flows.parameters import Proceduresnaam, Winkelmap
from inkoop import bootstrap
from inkoop.services.klokwerk import BEGIN


@flow(
    name="instroom",
    flow_run_name="instroom {procedure}",
    persist_result=False,
    description="Loopt op elk moment uit de instroomkalender van een procedure: opening, sluiting en termijnen.",
)
async def instroom(winkel: Winkelmap, procedure: Proceduresnaam) -> list[str]:
    """Say where each round stands and start what is due; repeating it starts nothing twice."""
    huis = bootstrap.share_huis(Path(winkel))
    door = bootstrap.act_as_systeem(huis, None)
    return [*BEGIN["instroom"](huis, door, procedure, datetime.now(UTC)), *await list_gestart(huis)]
