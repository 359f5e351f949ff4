"""Flow verzoening: starts whatever the records say is due, also when a click or a schedule was missed."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.aandrijven import list_gestart
from flows.bezorgen import send_post
from flows.parameters import Winkelmap
from inkoop import bootstrap


@flow(
    name="verzoening",
    persist_result=False,
    description="Start wat volgens de gegevens te doen is, ook wat bleef liggen, en verstuurt post. Elk kwartier.",
)
async def verzoening(winkel: Winkelmap) -> list[str]:
    """Start what is due; repeating it starts nothing twice."""
    huis = bootstrap.share_huis(Path(winkel))
    return [*await list_gestart(huis), *await send_post(huis)]
