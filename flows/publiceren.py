"""Flow publiceren: a tick over one procedure."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows.tik import end_tik, open_tik
from inkoop import bootstrap
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag, publish_procedure


@flow(
    name="publiceren",
    flow_run_name="publiceren {procedure}",
    persist_result=False,
    description="Legt de criteria vast, maakt de rondes en de publicatietekst zodra alle stappen klaar zijn.",
)
async def publiceren(winkel: str, procedure: str, nu: datetime | None = None) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    with open_tik(winkel, nu) as (huis, door):
        edities = bootstrap.load_procedure_edities(huis, procedure)
        gedaan = publish_procedure(huis, door, procedure, edities)
        return await end_tik(huis, door, Fase.PUBLICEREN, procedure, gedaan, nu)
