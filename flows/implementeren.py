"""Flow implementeren: a tick over one round."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows.tik import run_rondetik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag


@flow(
    name="implementeren",
    flow_run_name="implementeren {ronde}",
    persist_result=False,
    description="Laat overeenkomsten en addenda ingaan, vult de catalogus en stelt addenda op voor het volgende jaar.",
)
async def implementeren(winkel: str, ronde: str, nu: datetime | None = None) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    return await run_rondetik(Fase.IMPLEMENTEREN, winkel, ronde, nu)
