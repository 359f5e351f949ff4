"""What the six flows share: one task per unit of work, one per document, and a report at the end.

Bron: ontwerp 2.1; docs/adr/0001.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from inkoop import bootstrap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Fase
from inkoop.services import documenten, fasewerk
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.huis import Huis, Optreden


class DocumentenMisluktError(InkoopError):
    """Some documents could not be made; the others were. Each with its reason."""

    def __init__(self, redenen: Sequence[str]) -> None:
        self.redenen = tuple(redenen)
        super().__init__("Deze documenten konden niet worden gemaakt:\n" + "\n".join(redenen))


@contextmanager
def open_tik(winkel: str, nu: datetime | None) -> Iterator[tuple[Huis, Optreden]]:
    """The house of one run, and the system as actor at this instant."""
    huis = bootstrap.share_huis(Path(winkel))
    yield huis, bootstrap.act_as_systeem(huis, nu)


UNITS_PER_TAAK = 25
"""One task for each unit would cost more than the work in it (docs/adr/0001)."""


@task(name="onderdelen", task_run_name="{naam}", cache_policy=NO_CACHE)
async def verwerk(winkel: str, fase: Fase, units: Sequence[str], naam: str, nu: datetime | None) -> tuple[str, ...]:
    """Do what is due for some units of a round (applications or contracts), each in transactions of its own.

    `naam` is what the run is called where people follow it.
    """
    get_run_logger().debug("%s: %d", naam, len(units))
    gedaan: list[str] = []
    with open_tik(winkel, nu) as (huis, door):
        for unit in units:
            gedaan += fasewerk.process_unit(huis, door, fase, unit)
    return tuple(gedaan)


@task(name="document", task_run_name="{kenmerk}", cache_policy=NO_CACHE)
async def druk(winkel: str, kenmerk: str, nu: datetime | None) -> str:
    """Make one document; what is wrong with it comes back as a sentence, so that the others go on."""
    with open_tik(winkel, nu) as (huis, door):
        opdracht = documenten.order(huis, kenmerk)
        try:
            gemaakt = await asyncio.wrap_future(share_drukkerij().submit(opdracht))
        except InkoopError as fout:
            return f"{kenmerk}: {fout}"
        except BrokenProcessPool:
            return f"{kenmerk}: het maken is afgebroken. Start de flow opnieuw; wat klaar is, blijft."
        documenten.store_gemaakt(huis, door, kenmerk, gemaakt)
    return ""


async def run_rondetik(fase: Fase, winkel: str, ronde: str, nu: datetime | None) -> Tikverslag:
    """A tick of one of the four fasen of a round."""
    with open_tik(winkel, nu) as (huis, door):
        gedaan: list[str] = []
        units = fasewerk.list_units(huis, fase, ronde)
        for begin in range(0, len(units), UNITS_PER_TAAK):
            deel = units[begin : begin + UNITS_PER_TAAK]
            gedaan += await verwerk(winkel, fase, deel, f"{deel[0]} t/m {deel[-1]}", nu)
        gedaan += fasewerk.finish(huis, door, fase, ronde)
        return await end_tik(huis, door, fase, ronde, gedaan, nu)


async def end_tik(
    huis: Huis, door: Optreden, fase: Fase, onderwerp: str, gedaan: Sequence[str], nu: datetime | None
) -> Tikverslag:
    """Make the documents that were asked for, send what needs no check, and report."""
    te_maken = documenten.list_te_maken(huis)
    winkel = str(huis.winkel.map)
    fouten: list[str] = []
    if te_maken:
        async with share_drukkerij().step_aside():
            fouten = [
                fout for fout in await asyncio.gather(*(druk(winkel, kenmerk, nu) for kenmerk in te_maken)) if fout
            ]
    zinnen = [*gedaan, *(f"{kenmerk}: gemaakt" for kenmerk in te_maken)]
    if verzonden := documenten.send_automatisch(huis, door):
        zinnen.append(f"{verzonden} automatisch verzonden")
    verslag = fasewerk.report(huis, door, fase, onderwerp, zinnen)
    logger = get_run_logger()
    logger.info("%s %s: %d gedaan, %d open taken", fase, onderwerp, len(verslag.gedaan), len(verslag.taken))
    if fouten:
        raise DocumentenMisluktError(fouten)
    return verslag
