"""Flow voorbereiden: a tick over one procedure."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows.tik import end_tik, open_tik
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag, advance_voorbereiden


@flow(
    name="voorbereiden",
    flow_run_name="voorbereiden {procedure}",
    persist_result=False,
    description="Brengt een procedure naar publiceren zodra alle stappen van de voorbereiding klaar zijn.",
)
async def voorbereiden(winkel: str, procedure: str, nu: datetime | None = None) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    with open_tik(winkel, nu) as (huis, door):
        gedaan = advance_voorbereiden(huis, door, procedure)
        return await end_tik(huis, door, Fase.VOORBEREIDEN, procedure, gedaan, nu)
