"""One flow of a round in a process of its own, with placeholders for documents: what Prefect adds, and nothing else.

    python -m benchmarks._rondeflow WINKEL FLOW NU

Prints the CPU seconds of this process and of the server that it starts, from when the modules are loaded.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path

from inkoop.cli.flow import run_flow
from inkoop.documents.maken import Gemaakt
from inkoop.services.aandrijving import make_sleutel
from inkoop.services.drukkerij import Drukkerij, Drukopdracht
from inkoop.settings import CHECKOUT

sys.path.insert(0, str(CHECKOUT))

from tests.services.proefspel import RONDE
from tests.storingen.ronde import make_plaatsvervangend_document


async def make(_: Drukkerij, opdracht: Drukopdracht) -> Gemaakt:
    """What stands in for making the document."""
    return make_plaatsvervangend_document(opdracht)


def read_cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    gebruik = [resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(een.ru_utime + een.ru_stime for een in gebruik)


def main() -> None:
    """Run it twice: with work, and when nothing is due, which is what starting and stopping cost."""
    winkel, flow, nu = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
    Drukkerij.make = make  # type: ignore[method-assign]
    begin = read_cpu()
    run_flow(winkel, flow, RONDE, nu, make_sleutel(flow, RONDE, "meting"))
    print(json.dumps({"cpu": read_cpu() - begin}))


if __name__ == "__main__":
    main()
