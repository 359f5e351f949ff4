"""Running flows from a command: the tick of a fase, or one that runs by the clock.

The server of `inkoop start` is used when it runs; else a server of this process alone.

Bron: ontwerp 2.1, 9; docs/adr/0017.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inkoop import bootstrap
from inkoop.cli.afloop import OnderbrokenError
from inkoop.cli.machinepark import find_server
from inkoop.cli.stroom import PREFECT, Prefectserver, ServerWegError, load_stroom, prepare_prefect
from inkoop.domain.fouten import InkoopError
from inkoop.services import aandrijving
from inkoop.services.dagpost import deliver_post
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.flowstart import KLOKFLOWS, name_onderwerp
from inkoop.services.huis import Huis, Optreden
from inkoop.services.klokwerk import BEGIN

MAX_TIKKEN = 100
"""How many ticks one command does at most; what is left the next one does."""


def run_flow(winkel: Path, flow: str, onderwerp: str, nu: datetime | None, tik: str) -> Tikverslag:
    """Run one tick to its end; its errors come out as they are."""
    verslag: Tikverslag = _run_alleen(winkel, lambda: _start(winkel, flow, onderwerp, nu=nu, tik=tik))
    return verslag


def run_klokflow(huis: Huis, door: Optreden, flow: str, onderwerp: str, nu: datetime | None) -> list[str]:
    """Run a flow that runs by the clock; what was done, in sentences. Kept with who asked, also when it fails.

    With `inkoop start` it hands out the work, as the clock would. Without, or at a simulated instant, everything
    that is due is done here, one tick after the other.
    """
    begonnen = huis.winkel.read_klok()
    over = f"{flow} {onderwerp}".strip()
    winkel = huis.winkel.map
    try:
        if nu is None and find_server(winkel / PREFECT):
            gedaan = list(_run_alleen(winkel, lambda: _start(winkel, flow, onderwerp)))
        else:
            gedaan = _do_hier(huis, door, flow, onderwerp, nu)
    except InkoopError as fout:
        aandrijving.record_gang(huis, flow, over, door.wie, begonnen, (), str(fout))
        raise
    aandrijving.record_gang(huis, flow, over, door.wie, begonnen, tuple(gedaan))
    return gedaan


def _simulated(huis: Huis, nu: datetime) -> datetime | None:
    """The instant for an act: given on a store for simulation only."""
    from inkoop.storage.winkelrij import Winkelsoort

    return nu if huis.winkel.soort is Winkelsoort.SIMULATIE else None


def _do_hier(huis: Huis, door: Optreden, flow: str, onderwerp: str, nu: datetime | None) -> list[str]:
    """Do what is due in this process; a tick that fails is kept and said, and the others go on."""
    systeem = bootstrap.act_as_systeem(huis, _simulated(huis, door.nu))
    gedaan = BEGIN[flow](huis, systeem, onderwerp, door.nu)
    if tikken := aandrijving.plan_tikken(huis, door.nu):
        gedaan += _run_alleen(huis.winkel.map, lambda: _run_tikken(huis, door.nu, nu, tikken))
    post = deliver_post(huis, datetime.now(UTC) if nu is None else nu)
    return [*gedaan, *([f"post: {post.verzonden} verzonden"] if post.verzonden else [])]


async def _run_tikken(huis: Huis, op: datetime, nu: datetime | None, tikken: tuple[aandrijving.Tik, ...]) -> list[str]:
    regels: list[str] = []
    gehad: set[str] = set()
    while tikken and len(gehad) < MAX_TIKKEN:
        for tik in tikken:
            gehad.add(tik.sleutel)
            try:
                verslag: Tikverslag = await _start(huis.winkel.map, tik.flow, tik.onderwerp, nu=nu, tik=tik.sleutel)
            except InkoopError as fout:
                regels.append(f"{tik.flow} {tik.onderwerp}: mislukt. {fout}")
                continue
            regels += [f"{tik.flow} {tik.onderwerp}: {zin}" for zin in (*verslag.gedaan, *verslag.apart)]
        tikken = tuple(tik for tik in aandrijving.plan_tikken(huis, op) if tik.sleutel not in gehad)
    return regels


async def _start(winkel: Path, flow: str, onderwerp: str, **rest: Any) -> Any:
    """Call the flow with the parameters that it has."""
    over = {name_onderwerp(flow): onderwerp} if name_onderwerp(flow) else {}
    stroom: Any = load_stroom(flow)
    return await stroom(winkel=str(winkel), **over, **rest)


class FlowAfgebrokenError(OnderbrokenError):
    """Somebody stopped the command while a flow ran."""

    def __init__(self) -> None:
        super().__init__(
            "De flow is gestopt. Wat klaar was, is bewaard en wordt niet nog een keer gedaan."
            " Geef de opdracht opnieuw om verder te gaan."
        )


def _run_alleen(winkel: Path, werk: Callable[[], Any]) -> Any:
    """Do some work with a server around it, and clear up after it.

    Raises FlowAfgebrokenError when it is stopped (Ctrl-C, or SIGTERM), ServerWegError when the server is gone.
    """
    if url := find_server(winkel / PREFECT):
        os.environ.setdefault("PREFECT_API_URL", url)
    prepare_prefect(winkel / PREFECT)
    server = Prefectserver()

    async def run() -> Any:
        async with server.connect():
            try:
                return await werk()
            except Exception as fout:
                # Prefect's client raises many kinds. What is our own says itself what is wrong.
                if isinstance(fout, InkoopError) or not server.is_weg():
                    raise
                raise ServerWegError from fout

    try:
        with _stop_as_ctrl_c():
            return asyncio.run(run())
    except KeyboardInterrupt:
        raise FlowAfgebrokenError from None
    finally:
        server.stop()
        share_drukkerij().close()
        bootstrap.close_huizen()


@contextmanager
def _stop_as_ctrl_c() -> Iterator[None]:
    """Take a request to stop (SIGTERM) as Ctrl-C: the run ends with its records and its server in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    voorheen = signal.signal(signal.SIGTERM, lambda _soort, _plek: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, voorheen)


__all__ = ["KLOKFLOWS", "run_flow", "run_klokflow"]
