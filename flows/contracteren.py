"""Flow contracteren: a tick over one round."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Rondekenmerk, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import run_rondetik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag


@flow(
    name="contracteren",
    flow_run_name="contracteren {ronde}",
    persist_result=False,
    description="Stelt overeenkomsten op voor wie onvoorwaardelijk is toegelaten en biedt ze aan om te tekenen.",
)
async def contracteren(
    winkel: Winkelmap, ronde: Rondekenmerk, nu: Tijdstip = None, tik: Tiksleutel = None
) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    return await run_rondetik(Fase.CONTRACTEREN, winkel, ronde, nu, tik)
