"""Flow verzoening: starts whatever the records say is due, also when a click or a schedule was missed."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.aandrijven import start_tikken
from flows.parameters import Winkelmap
from inkoop import bootstrap


@flow(
    name="verzoening",
    persist_result=False,
    description="Kijkt in de gegevens wat er te doen is en start dat: ook wat is blijven liggen. Elk kwartier.",
)
async def verzoening(winkel: Winkelmap) -> list[str]:
    """Start what is due; repeating it starts nothing twice."""
    return list(await start_tikken(bootstrap.share_huis(Path(winkel))))
