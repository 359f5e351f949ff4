"""One flow of a round in a process of its own, with placeholders for documents: what Prefect adds, and nothing else.

    python -m benchmarks._rondeflow WINKEL FLOW NU [--zonder]

Prints the CPU seconds of this process and of the server that it starts: `starten` until both are ready, with
every module loaded, and `lopen` for the flow itself. What stopping costs is left out: nothing waits for it.
With `--zonder` the same tick without Prefect, also in a process that did nothing before.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from inkoop import bootstrap
from inkoop.cli.flow import run_flow
from inkoop.cli.stroom import Prefectserver, load_stroom
from inkoop.documents.maken import Gemaakt
from inkoop.domain.procedure import Fase
from inkoop.services import fasewerk
from inkoop.services.aandrijving import announce_run
from inkoop.services.drukkerij import Drukkerij, Drukopdracht
from inkoop.settings import CHECKOUT
from inkoop.storage.winkel import Winkel

sys.path.insert(0, str(CHECKOUT))

from tests.services.proefspel import RONDE
from tests.storingen.ronde import Ronde, make_plaatsvervangend_document, open_huis


async def make(_: Drukkerij, opdracht: Drukopdracht) -> Gemaakt:
    """What stands in for making the document."""
    return make_plaatsvervangend_document(opdracht)


class Meter:
    """CPU seconds of this process and of the server, from when both are ready to run the flow until it has run."""

    def __init__(self, flow: str) -> None:
        self.starten = self.lopen = 0.0
        self._flow = flow
        self._connect = Prefectserver.connect

    @asynccontextmanager
    async def connect(self, server: Prefectserver) -> AsyncIterator[None]:
        """Around the server of the command."""
        async with self._connect(server):
            load_stroom(self._flow)
            import_module("fastapi.encoders")  # Prefect reads it at the first flow of a process, 0.7 s
            begin = read_cpu(server)
            yield
            self.starten, self.lopen = begin, read_cpu(server) - begin


def read_cpu(server: Prefectserver) -> float:
    """CPU seconds of this process and of its server so far."""
    proces = server._proces  # noqa: SLF001 - the benchmark watches what the command keeps to itself
    assert proces is not None, "the server must be one of our own"
    tikken = Path(f"/proc/{proces.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, tikken)) / os.sysconf("SC_CLK_TCK")


def run_met(winkel: Path, flow: str, nu: datetime) -> dict[str, float]:
    """The flow through Prefect, as a command does it."""
    Drukkerij.make = make  # type: ignore[assignment,method-assign]
    meter = Meter(flow)
    Prefectserver.connect = lambda server: meter.connect(server)  # type: ignore[assignment,method-assign]  # noqa: PLW0108
    run_flow(winkel, flow, RONDE, nu, announce_run(flow, RONDE, "meting"))
    return {"starten": meter.starten, "lopen": meter.lopen}


def run_zonder(map_: Path, flow: str) -> dict[str, float]:
    """What the flow does, its report with it, without Prefect."""
    begin = time.process_time()
    with Winkel.open(map_) as winkel:
        ronde = Ronde(open_huis(winkel))
        ronde.tick(Fase(flow))
        fasewerk.report(ronde.huis, bootstrap.act_as_systeem(ronde.huis, ronde.read_nu()), Fase(flow), RONDE, ())
    return {"starten": begin, "lopen": time.process_time() - begin}


def main() -> None:
    """Run it."""
    winkel, flow, nu = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
    print(json.dumps(run_zonder(winkel, flow) if "--zonder" in sys.argv else run_met(winkel, flow, nu)))


if __name__ == "__main__":
    main()
