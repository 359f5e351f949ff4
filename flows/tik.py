"""What the six flows share: one task per unit of work, one per document, and a report at the end.

Each run works alone on its subject and leaves its begin, its end and what it did in our own records
(services/aandrijving); Prefect's records are never asked what happened.

Bron: ontwerp 2.1; docs/adr/0001, 0017.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.aandrijven import start_tikken
from flows.beelden import Voortgangsbeeld, has_uitrol, name_apart, show_verslag
from inkoop import bootstrap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Fase
from inkoop.services import aandrijving, documenten, fasewerk
from inkoop.services.aandrijving import Tikloop
from inkoop.services.drukkerij import DRUKPOGINGEN, share_drukkerij
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.huis import Huis, Optreden


@dataclass(frozen=True, kw_only=True)
class Loop:
    """One run: the house, the system as actor, and what it is about. `tik` is None when nobody waits for its report."""

    huis: Huis
    door: Optreden
    fase: Fase
    onderwerp: str
    nu: datetime | None
    tik: Tikloop

    @property
    def winkel(self) -> str:
        """The folder of the store, as tasks take it."""
        return str(self.huis.winkel.map)


@contextmanager
def open_tik(winkel: str, nu: datetime | None) -> Iterator[tuple[Huis, Optreden]]:
    """The house of one run, and the system as actor at this instant."""
    huis = bootstrap.share_huis(Path(winkel))
    yield huis, bootstrap.act_as_systeem(huis, nu)


@asynccontextmanager
async def run_tik(
    fase: Fase, winkel: str, onderwerp: str, nu: datetime | None, sleutel: str | None
) -> AsyncIterator[Loop]:
    """A run that works alone on its subject. Raises WerkBezetError when another does.

    When the dispatcher asked for it (`sleutel`), what is due next is started at its end.
    """
    with open_tik(winkel, nu) as (huis, door):
        with aandrijving.run_tik(huis, fase, onderwerp, sleutel) as tik:
            yield Loop(huis=huis, door=door, fase=fase, onderwerp=onderwerp, nu=nu, tik=tik)
        if sleutel is not None and has_uitrol():
            await start_volgende(huis)


async def start_volgende(huis: Huis) -> None:
    """Start what this run made due. Where that fails the run itself stands, and verzoening starts it later."""
    try:
        await start_tikken(huis)
    except Exception as fout:  # noqa: BLE001 - Prefect's client raises many kinds, and none may undo a run that is done
        get_run_logger().warning("wat hierna aan de beurt is, is nog niet gestart: %s", fout)


UNITS_PER_TAAK = 25
"""One task for each unit would cost more than the work in it, and one for each document a tenth (docs/metingen)."""


@task(name="onderdelen", task_run_name="{naam}", cache_policy=NO_CACHE)
async def verwerk(
    winkel: str, fase: Fase, units: Sequence[str], naam: str, nu: datetime | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Do what is due for some units of a round (applications or contracts), each in transactions of its own.

    `naam` is what the run is called where people follow it. Gives back what was done, and which units were
    set apart with the reason.
    """
    get_run_logger().debug("%s: %d", naam, len(units))
    gedaan: list[str] = []
    apart: list[str] = []
    with open_tik(winkel, nu) as (huis, door):
        for unit in units:
            zinnen, reden = fasewerk.process_apart(huis, door, fase, unit)
            gedaan += zinnen
            apart += [reden] if reden else []
            await asyncio.sleep(0)  # lets Prefect give its own signs of life between units
    return tuple(gedaan), tuple(apart)


@task(name="documenten", task_run_name="{naam}", cache_policy=NO_CACHE)
async def druk(winkel: str, kenmerken: Sequence[str], naam: str, nu: datetime | None) -> dict[str, str]:
    """Make some documents, next to each other; by kenmerk what is wrong with each that could not be made.

    `naam` is what the run is called where people follow it.
    """
    get_run_logger().debug("%s: %d", naam, len(kenmerken))
    redenen = await asyncio.gather(*(_druk_een(winkel, kenmerk, nu) for kenmerk in kenmerken))
    return {kenmerk: reden for kenmerk, reden in zip(kenmerken, redenen, strict=True) if reden}


async def _druk_een(winkel: str, kenmerk: str, nu: datetime | None) -> str:
    """Make one document; what is wrong with it comes back as a sentence, so that the others go on.

    Making it again helps only when its worker died (out of memory, killed): then it is tried again, after a
    pause that doubles. One on which workers keep dying is as wrong as one whose data are.
    """
    with open_tik(winkel, nu) as (huis, door):
        opdracht = documenten.order(huis, kenmerk)
        try:
            gemaakt = await share_drukkerij().make(opdracht)
        except InkoopError as fout:
            return f"{kenmerk}: {fout}"
        except BrokenProcessPool:
            return f"{kenmerk}: het maken is {DRUKPOGINGEN} keer afgebroken, misschien door te weinig geheugen"
        documenten.store_gemaakt(huis, door, kenmerk, gemaakt)
    return ""


async def run_rondetik(fase: Fase, winkel: str, ronde: str, nu: datetime | None, sleutel: str | None) -> Tikverslag:
    """A tick of one of the four fasen of a round."""
    async with run_tik(fase, winkel, ronde, nu, sleutel) as loop:
        gedaan: list[str] = []
        apart: list[str] = []
        units = fasewerk.list_units(loop.huis, fase, ronde)
        beeld = Voortgangsbeeld(fase, ronde, "onderdelen", len(units))
        await beeld.add(0)
        for begin in range(0, len(units), UNITS_PER_TAAK):
            loop.tik.slot.check()
            deel = units[begin : begin + UNITS_PER_TAAK]
            zinnen, redenen = await verwerk(winkel, fase, deel, f"{deel[0]} t/m {deel[-1]}", nu)
            gedaan += zinnen
            apart += redenen
            await beeld.add(len(deel))
        # Before the fase can end: what goes out by itself belongs to it, also when the run is broken off here.
        stukken = await make_stukken(loop, Stukken())
        gedaan += fasewerk.finish(loop.huis, loop.door, fase, ronde)
        return await end_tik(loop, gedaan, apart, stukken)


@dataclass(frozen=True, kw_only=True)
class Stukken:
    """What became of the documents of a run: made, not made with the reason, and how many went out by themselves."""

    gemaakt: tuple[str, ...] = ()
    fouten: Mapping[str, str] = field(default_factory=dict)
    verzonden: int = 0


async def make_stukken(loop: Loop, voor: Stukken) -> Stukken:
    """Make the documents that were asked for and send what needs no check; what failed `voor` is not tried again."""
    te_maken = [kenmerk for kenmerk in documenten.list_te_maken(loop.huis) if kenmerk not in voor.fouten]
    fouten: dict[str, str] = {}
    if te_maken:
        async with share_drukkerij().step_aside():
            delen = [te_maken[begin : begin + UNITS_PER_TAAK] for begin in range(0, len(te_maken), UNITS_PER_TAAK)]
            beeld = Voortgangsbeeld(loop.fase, loop.onderwerp, "documenten", len(te_maken))
            await beeld.add(0)
            taken = [_druk_deel(loop, deel, beeld) for deel in delen]
            fouten = {kenmerk: reden for deel in await asyncio.gather(*taken) for kenmerk, reden in deel.items()}
    return Stukken(
        gemaakt=(*voor.gemaakt, *(kenmerk for kenmerk in te_maken if kenmerk not in fouten)),
        fouten={**voor.fouten, **fouten},
        verzonden=voor.verzonden + documenten.send_automatisch(loop.huis, loop.door),
    )


async def end_tik(
    loop: Loop, gedaan: Sequence[str], apart: Sequence[str] = (), voor: Stukken | None = None
) -> Tikverslag:
    """Make the documents that were asked for, and report."""
    stukken = await make_stukken(loop, voor or Stukken())
    apart = [*apart, *stukken.fouten.values()]
    zinnen = [*gedaan, *(f"{kenmerk}: gemaakt" for kenmerk in stukken.gemaakt)]
    if stukken.verzonden:
        zinnen.append(f"{stukken.verzonden} automatisch verzonden")
    verslag = fasewerk.report(loop.huis, loop.door, loop.fase, loop.onderwerp, zinnen)
    verslag = msgspec.structs.replace(verslag, apart=tuple(apart))
    loop.tik.gedaan, loop.tik.open_taken, loop.tik.apart_gezet = verslag.gedaan, len(verslag.taken), verslag.apart
    logger = get_run_logger()
    logger.info("%s %s: %d gedaan, %d open taken", loop.fase, loop.onderwerp, len(verslag.gedaan), len(verslag.taken))
    for reden in apart:
        # The reason can quote what an applicant wrote; it stands in our own records (inkoop flow tikken).
        logger.warning("apart gezet: %s", name_apart(reden))
    await show_verslag(loop.huis, verslag)
    return verslag


async def _druk_deel(loop: Loop, deel: Sequence[str], beeld: Voortgangsbeeld) -> dict[str, str]:
    fouten = await druk(loop.winkel, deel, f"{deel[0]} t/m {deel[-1]}", loop.nu)
    await beeld.add(len(deel))
    return fouten
