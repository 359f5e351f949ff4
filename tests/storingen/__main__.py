"""`./run faults [--kort]`: kill whatever can be killed at seeded instants of a round; nothing lost, nothing doubled.

A round is played undisturbed once. Then it is played again and again from the same beginning while
processes, the database server, Prefect's processes and the disk fail, the clock jumps, and everybody does
everything twice at once; each time it goes on where it was, and at its end it must have come to the same:
every record, every number, every document, each act in the log once, the log whole.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.proefcluster import Proefcluster, find_programma
from tests.storingen.loper import read_cpu
from tests.storingen.proef import KORT, SAMEN, STORINGEN, Proef, StoringError


def main(argumenten: Sequence[str]) -> int:
    """Returns 0 when every round came to the same, else 1 with what differs."""
    lezer = argparse.ArgumentParser(prog="./run faults", description=__doc__)
    lezer.add_argument("--kort", action="store_true", help="the form that runs on every change")
    lezer.add_argument("--samen", action="store_true", help="all but the races to one round, in turn; much faster")
    lezer.add_argument("--aantal", type=int, help="applications in the round")
    lezer.add_argument("--keren", type=int, help="how often each is done")
    lezer.add_argument("--alleen", action="append", choices=[*STORINGEN], help="only this; may be repeated")
    lezer.add_argument("--database", choices=["sqlite", "postgresql"], help="only on this one")
    lezer.add_argument("--zaad", type=int, default=2020)
    keuzes = lezer.parse_args(argumenten)
    aantal = keuzes.aantal or (2 if keuzes.kort else 200)
    begin, cpu = time.monotonic(), read_cpu()
    if find_programma("initdb") is None:
        sys.stdout.write("PostgreSQL ontbreekt; de storingen zijn alleen op SQLite geprobeerd.\n")
    clusters: list[Proefcluster | None] = [None] if keuzes.database != "postgresql" else []
    if keuzes.database != "sqlite" and find_programma("initdb") is not None:
        clusters.append(Proefcluster(bestendig=True, megabyte=256 + 4 * aantal))
    werkmap = Path(tempfile.mkdtemp(prefix="inkoop-storingen-"))
    momenten = 0
    try:
        for cluster in clusters:
            proef = Proef("postgresql" if cluster else "sqlite", werkmap, keuzes.zaad, cluster)
            proef.prepare(aantal)
            if keuzes.kort:
                proef.try_samen(KORT)
                proef.try_elk("wedloop", 1)
            elif keuzes.samen:
                proef.try_samen(SAMEN)
            else:
                for naam in keuzes.alleen or STORINGEN:
                    proef.try_elk(naam, keuzes.keren or STORINGEN[naam].keren)
            momenten += proef.momenten
    except StoringError as fout:
        sys.stdout.write(f"NIET IN ORDE: {fout}\n")
        return 1
    finally:
        for een in clusters:
            if een is not None:
                een.remove()
        shutil.rmtree(werkmap, ignore_errors=True)
    gebruikt = read_cpu() - cpu
    sys.stdout.write(
        f"{momenten} storingen in rondes van {aantal} aanmeldingen (zaad {keuzes.zaad}): niets verloren, niets dubbel,"
        f" elke ronde gelijk aan een ongestoorde. {time.monotonic() - begin:.0f} seconden,"
        f" waarvan {gebruikt:.0f} rekentijd.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
