"""One process that plays a round on and may be killed: `python -m tests.storingen.loper MAP DATABASE [KEUZES]`.

Instants are counted in statements and files, not in seconds: the n-th statement to the database, or the
n-th file that is put in place, is where a process dies. So a seed gives the same instants on any machine.
Ends with 0 when nothing is left to do, with 3 and a message when the work cannot go on.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from inkoop.domain.fouten import InkoopError
from inkoop.services.werkslot import WerkBezetError
from inkoop.storage import bestandenmap, verbinding
from inkoop.storage.winkel import Winkel, read_klok
from tests.storingen.ronde import Ronde, open_huis


class Sterfuur:
    """Counts instants and dies at one of them (0 = never), before or after what happens there."""

    def __init__(self, sterf_op: int) -> None:
        self.sterf_op = sterf_op
        self.geteld = 0

    def pass_by(self, *_: Any, **__: Any) -> None:
        self.geteld += 1
        if self.geteld == self.sterf_op:
            os.kill(os.getpid(), signal.SIGKILL)

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


def fill_schijf(winkel: Winkel, ruimte: int) -> None:
    """Leave room for so many pages in the database file, as a disk that is nearly full does."""

    def limit(verbinding_: Any, _record: Any) -> None:
        groot = verbinding_.execute("PRAGMA page_count").fetchone()[0]
        verbinding_.execute(f"PRAGMA max_page_count = {groot + ruimte}").close()

    sa.event.listen(winkel._lezer, "connect", limit)
    winkel._lezer.dispose()


def main() -> int:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("map", type=Path)
    lezer.add_argument("database")
    lezer.add_argument("--sterf", type=int, default=0)
    lezer.add_argument("--alleen-tikken", action="store_true")
    lezer.add_argument("--ruimte", type=int, default=0)
    lezer.add_argument("--klok-uren", type=int, default=0)
    lezer.add_argument("--wacht-ms", type=int, default=verbinding.WACHT_MS)
    keuzes = lezer.parse_args()
    verbinding.WACHT_MS = keuzes.wacht_ms
    uur = Sterfuur(keuzes.sterf)
    uur.install()
    try:
        winkel = Winkel.open(
            keuzes.map,
            database=None if keuzes.database == "-" else keuzes.database,
            klok=lambda: read_klok() + timedelta(hours=keuzes.klok_uren),
        )
        if keuzes.ruimte:
            fill_schijf(winkel, keuzes.ruimte)
        ronde = Ronde(open_huis(winkel))
        while True:
            try:
                ronde.play(alleen_tikken=keuzes.alleen_tikken)
            except WerkBezetError:
                time.sleep(0.2)
                continue
            break
    except InkoopError as fout:
        sys.stdout.write(f"{fout}\n")
        return 3
    sys.stdout.write(f"{uur.geteld}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
