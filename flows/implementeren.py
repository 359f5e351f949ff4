"""Flow implementeren: a tick over one round."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Rondekenmerk, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import run_rondetik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag


@flow(
    name="implementeren",
    flow_run_name="implementeren {ronde}",
    persist_result=False,
    description="Laat overeenkomsten en addenda ingaan, vult de catalogus en stelt addenda op voor het volgende jaar.",
)
async def implementeren(
    winkel: Winkelmap, ronde: Rondekenmerk, nu: Tijdstip = None, tik: Tiksleutel = None
) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    return await run_rondetik(Fase.IMPLEMENTEREN, winkel, ronde, nu, tik)
