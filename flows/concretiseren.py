"""Flow concretiseren: a tick over one round."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Rondekenmerk, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import run_rondetik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag


@flow(
    name="concretiseren",
    flow_run_name="concretiseren {ronde}",
    persist_result=False,
    description="Zet besluiten klaar, volgt voorwaarden op en maakt de brieven; mensen controleren en besluiten.",
)
async def concretiseren(
    winkel: Winkelmap, ronde: Rondekenmerk, nu: Tijdstip = None, tik: Tiksleutel = None
) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    return await run_rondetik(Fase.CONCRETISEREN, winkel, ronde, nu, tik)
