"""The dispatcher: starts what the records say is due, each under the key by which it is started once.

Bron: ontwerp 2.1; docs/adr/0017.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect.client.orchestration import get_client

from inkoop.domain.procedure import Fase
from inkoop.services.aandrijving import Tik, plan_tikken
from inkoop.services.huis import Huis
from inkoop.services.procedures import PROCEDUREFASEN

UITROL = "standaard"
"""The name of the deployment of each flow."""

OPNIEUW = timedelta(minutes=10)
"""A tick that was started and has not begun after this long is started again: its worker died too soon."""


def make_sleutel(tik: Tik, nu: datetime) -> str:
    """The key under which Prefect starts this attempt once, however often it is asked."""
    return f"{tik.sleutel}/{tik.poging}/{int((nu - tik.gevraagd_op) / OPNIEUW)}"


def make_parameters(huis: Huis, flow: str, onderwerp: str, sleutel: str | None) -> dict[str, Any]:
    """What a run of this flow is told; nothing secret, for Prefect keeps and shows it."""
    over = "procedure" if Fase(flow) in PROCEDUREFASEN else "ronde"
    return {"winkel": str(huis.winkel.map.resolve()), over: onderwerp, "tik": sleutel}


async def start_tikken(huis: Huis) -> tuple[str, ...]:
    """Start every tick that is due; gives back one line for each. Repeating it starts nothing twice."""
    nu = datetime.now(UTC)
    tikken = plan_tikken(huis, nu)
    if not tikken:
        return ()
    async with get_client() as client:
        for tik in tikken:
            uitrol = await client.read_deployment_by_name(f"{tik.flow}/{UITROL}")
            parameters: Mapping[str, Any] = make_parameters(huis, tik.flow, tik.onderwerp, tik.sleutel)
            await client.create_flow_run_from_deployment(
                uitrol.id, parameters=dict(parameters), idempotency_key=make_sleutel(tik, nu), tags=[tik.onderwerp]
            )
    return tuple(f"{tik.flow} {tik.onderwerp}" for tik in tikken)


async def list_gestart(huis: Huis) -> list[str]:
    """Start every tick that is due, and say so in sentences."""
    return [f"gestart: {regel}" for regel in await start_tikken(huis)]
