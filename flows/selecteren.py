"""Flow selecteren: a tick over one round."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Rondekenmerk, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import run_rondetik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag


@flow(
    name="selecteren",
    flow_run_name="selecteren {ronde}",
    persist_result=False,
    description="Toetst de aanmeldingen van een ronde en zet herstelverzoeken klaar; beslist niets.",
)
async def selecteren(winkel: Winkelmap, ronde: Rondekenmerk, nu: Tijdstip = None, tik: Tiksleutel = None) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    return await run_rondetik(Fase.SELECTEREN, winkel, ronde, nu, tik)
