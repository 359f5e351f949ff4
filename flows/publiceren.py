"""Flow publiceren: a tick over one procedure."""

from __future__ import annotations

from prefect import flow

from flows.parameters import Proceduresnaam, Tijdstip, Tiksleutel, Winkelmap
from flows.tik import end_tik, run_tik
from inkoop import bootstrap
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag, publish_procedure


@flow(
    name="publiceren",
    flow_run_name="publiceren {procedure}",
    persist_result=False,
    description="Legt de criteria vast, maakt de rondes en de publicatietekst zodra alle stappen klaar zijn.",
)
async def publiceren(
    winkel: Winkelmap, procedure: Proceduresnaam, nu: Tijdstip = None, tik: Tiksleutel = None
) -> Tikverslag:
    """Run the tick; repeating it changes nothing. `nu` only on a store for simulation."""
    async with run_tik(Fase.PUBLICEREN, winkel, procedure, nu, tik) as loop:
        edities = bootstrap.load_procedure_edities(loop.huis, procedure)
        gedaan = publish_procedure(loop.huis, loop.door, procedure, edities)
        return await end_tik(loop, gedaan)
