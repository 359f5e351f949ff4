"""One process that plays a round on and may be killed, run out of room, or see its clock jump.

Instants are counted in statements and files, not in seconds: the n-th statement to the database, or the
n-th file that is put in place, is where a process dies. So a seed gives the same instants on any machine.
Ends with 0 when nothing is left to do, with 3 and a message when the work cannot go on.

Every process is forked from one that has read the modules and the definitions already: that costs more
than playing a small round.
"""

from __future__ import annotations

import argparse
import errno
import multiprocessing
import multiprocessing.forkserver
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from inkoop.documents.maken import Gemaakt
from inkoop.domain.fouten import InkoopError
from inkoop.services.aandrijving import announce_run
from inkoop.services.werkslot import WerkBezetError
from inkoop.storage import bestandenmap, verbinding
from inkoop.storage.winkel import Winkel, read_klok
from tests.services.proefspel import RONDE
from tests.storingen import voorbereiding
from tests.storingen import wedloop as wedlopen
from tests.storingen.ronde import Ronde, make_plaatsvervangend_document, open_huis
from tests.storingen.wedloop import Wedloop

GEDOOD, MISLUKT = -signal.SIGKILL, 3

_VORK = multiprocessing.get_context("forkserver")
_VORK.set_forkserver_preload(["tests.storingen.warm"])


@dataclass(frozen=True)
class Afloop:
    """How a process ended and what it said."""

    code: int
    tekst: str


class Loper:
    """A process that plays a round on."""

    def __init__(self, uitvoer: Path, keuzes: Sequence[str]) -> None:
        self._uitvoer = uitvoer
        self._proces = _VORK.Process(target=_run, args=(uitvoer, list(keuzes)))
        self._proces.start()

    @property
    def pid(self) -> int:
        return self._proces.pid or 0

    def wait(self, seconden: float = 3600) -> Afloop:
        """Wait until it ends."""
        self._proces.join(seconden)
        if self._proces.exitcode is None:
            self._proces.kill()
            self._proces.join()
        tekst = self._uitvoer.read_text(encoding="utf-8") if self._uitvoer.exists() else ""
        return Afloop(self._proces.exitcode or 0, tekst)


def _run(uitvoer: Path, keuzes: list[str]) -> None:
    with uitvoer.open("w", encoding="utf-8") as bestand:
        os.dup2(bestand.fileno(), 1)
        os.dup2(bestand.fileno(), 2)
    # Who started the suite may have Ctrl-C ignored (a job in the background), and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.exit(main(keuzes))


class Sterfuur:
    """Counts instants and dies at one of them (0 = never), before or after what happens there."""

    def __init__(self, sterf_op: int, signaal: int = signal.SIGKILL) -> None:
        self.sterf_op = sterf_op
        self.signaal = signaal
        self.geteld = 0
        self.slachtoffer: Callable[[], int] = os.getpid

    def pass_by(self, *_: Any, **__: Any) -> None:
        self.geteld += 1
        if self.geteld == self.sterf_op:
            os.kill(self.slachtoffer(), self.signaal)

    def install(self) -> None:
        for wat in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(sa.Engine, wat, self.pass_by)
        echt = bestandenmap.Path.replace

        def replace(pad: Path, doel: Path) -> Path:
            self.pass_by()
            uit = echt(pad, doel)
            self.pass_by()
            return uit

        bestandenmap.Path.replace = replace  # type: ignore[method-assign]


class Springklok:
    """A clock that is set forward and back by so many hours at every twentieth look (0 = a good clock)."""

    def __init__(self, uren: int, *, springt: bool) -> None:
        self._vooruit = timedelta(hours=uren)
        self._springt = springt
        self._gekeken = 0

    def __call__(self) -> datetime:
        self._gekeken += 1
        if not self._springt:
            return read_klok() + self._vooruit
        return read_klok() + (self._vooruit, timedelta(0), -self._vooruit)[self._gekeken // 20 % 3]


def fill_database(winkel: Winkel, ruimte: int) -> None:
    """Leave room for so many pages in the database file, as a disk that is nearly full does."""

    def limit(verbinding_: Any, _record: Any) -> None:
        groot = verbinding_.execute("PRAGMA page_count").fetchone()[0]
        verbinding_.execute(f"PRAGMA max_page_count = {groot + ruimte}").close()

    sa.event.listen(winkel._lezer, "connect", limit)
    winkel._lezer.dispose()


def fill_bestanden(ruimte: int) -> None:
    """Let bringing a file to disk fail after so many, as a full disk does: half of it may stand there."""
    echt: Callable[[int], None] = os.fsync
    gebracht = 0

    def fsync(beschrijver: int) -> None:
        nonlocal gebracht
        gebracht += 1
        if gebracht > ruimte:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        echt(beschrijver)

    os.fsync = fsync


def run_prefect(keuzes: argparse.Namespace, uur: Sterfuur) -> int:
    """One flow through Prefect, as `inkoop flow start` does it, with placeholders for documents.

    Imported here: the process that others are forked from does without Prefect.
    """
    from inkoop.cli import stroom
    from inkoop.cli.flow import run_flow
    from inkoop.services.drukkerij import Drukkerij, Drukopdracht

    async def make(_: Drukkerij, opdracht: Drukopdracht) -> Gemaakt:
        return make_plaatsvervangend_document(opdracht)

    Drukkerij.make = make  # type: ignore[method-assign]
    start, gestart = stroom._start_server, []

    def start_server(poort: int) -> Any:
        gestart.append(start(poort))
        sys.stdout.write(f"server {gestart[0].pid}\n")
        return gestart[0]

    stroom._start_server = start_server
    if keuzes.server:
        uur.slachtoffer = lambda: int(gestart[0].pid)
    if keuzes.database != "-":
        os.environ["INKOOP_DATABASE_URL"] = keuzes.database
    sterf_op, uur.sterf_op = uur.sterf_op, 0  # reading the clock of the round is not yet the command
    with Winkel.open(keuzes.map, database=None if keuzes.database == "-" else keuzes.database) as winkel:
        nu = Ronde(open_huis(winkel)).read_nu()
    uur.geteld, uur.sterf_op = 0, sterf_op
    try:
        verslag = run_flow(keuzes.map, keuzes.flow, RONDE, nu, announce_run(keuzes.flow, RONDE, "i.dekker"))
    except InkoopError as fout:
        sys.stdout.write(f"{fout}\n")
        return MISLUKT
    sys.stdout.write(f"{uur.geteld} {len(verslag.apart)}\n")
    return 0


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("map", type=Path)
    lezer.add_argument("database")
    lezer.add_argument("--sterf", type=int, default=0)
    lezer.add_argument("--alleen-tikken", action="store_true")
    lezer.add_argument("--flow", help="run this flow through Prefect instead of playing on")
    lezer.add_argument("--signaal", type=int, default=signal.SIGKILL, help="what to die of, at --sterf")
    lezer.add_argument("--server", action="store_true", help="at --sterf Prefect's server dies instead")
    lezer.add_argument("--alleen-mensen", action="store_true")
    lezer.add_argument("--wedloop", action="store_true")
    lezer.add_argument("--voorbereiding", action="store_true", help="prepare and publish a procedure instead")
    lezer.add_argument("--ruimte", type=int, default=0)
    lezer.add_argument("--ruimte-bestanden", type=int, default=-1)
    lezer.add_argument("--klok-uren", type=int, default=0)
    lezer.add_argument("--klok-springt", action="store_true")
    lezer.add_argument("--wacht-ms", type=int, default=verbinding.WACHT_MS)
    keuzes = lezer.parse_args(argumenten)
    verbinding.WACHT_MS = keuzes.wacht_ms
    uur = Sterfuur(keuzes.sterf, keuzes.signaal)
    uur.install()
    if keuzes.flow:
        return run_prefect(keuzes, uur)
    try:
        winkels = [
            Winkel.open(
                keuzes.map,
                database=None if keuzes.database == "-" else keuzes.database,
                klok=Springklok(keuzes.klok_uren, springt=keuzes.klok_springt),
            )
            for _ in range(2 if keuzes.wedloop else 1)
        ]
        if keuzes.ruimte:
            fill_database(winkels[0], keuzes.ruimte)
        if keuzes.ruimte_bestanden >= 0:
            fill_bestanden(keuzes.ruimte_bestanden)
        huizen = [open_huis(winkel) for winkel in winkels]
        wedloop = Wedloop((huizen[0], huizen[1])) if keuzes.wedloop else None
        if keuzes.voorbereiding:
            wedlopen.SAMEN = 0.1  # the two are often at different acts
            sys.stdout.write(f"{voorbereiding.play(huizen[0], wedloop)}\n")
            return 0
        ronde = Ronde(huizen[0], wedloop)
        while True:
            try:
                if keuzes.alleen_mensen:
                    ronde.perform_taken()
                else:
                    ronde.play(alleen_tikken=keuzes.alleen_tikken)
            except WerkBezetError:
                time.sleep(0.2)
                continue
            break
    except InkoopError as fout:
        sys.stdout.write(f"{fout}\n")
        return MISLUKT
    if wedloop is not None:
        regels = [f"{wedloop.geteld} {wedloop.geweigerd}", *sorted(wedloop.meldingen)]
        sys.stdout.writelines(f"{regel}\n" for regel in regels)
        return 0
    sys.stdout.write(f"{uur.geteld}\n")
    return 0


def read_cpu() -> float:
    """CPU seconds of this process and all that it started so far, killed ones too."""
    klok = os.sysconf("SC_CLK_TCK")
    gebruik = [resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    eigen = sum(een.ru_utime + een.ru_stime for een in gebruik)
    vork = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    stand = Path(f"/proc/{vork}/stat")
    if vork is None or not stand.exists():
        return eigen
    return eigen + sum(int(veld) for veld in stand.read_text().rpartition(")")[2].split()[11:15]) / klok
