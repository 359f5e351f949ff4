"""Flow voorbereiden: a tick over one procedure."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Proceduresnaam, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import end_tik, run_tik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag, advance_voorbereiden


@flow(
    name="voorbereiden",
    flow_run_name="voorbereiden {procedure}",
    persist_result=False,
    description="Brengt een procedure naar publiceren zodra alle stappen van de voorbereiding klaar zijn.",
)
async def voorbereiden(
    winkel: Winkelmap, procedure: Proceduresnaam, nu: Tijdstip = None, tik: Tiksleutel = None
) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    async with run_tik(Fase.VOORBEREIDEN, winkel, procedure, nu, tik) as loop:
        gedaan = advance_voorbereiden(loop.huis, loop.door, procedure)
        return await end_tik(loop, gedaan)
