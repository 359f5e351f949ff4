"""One server at a time makes Prefect's database: two that begin on the same new file spoil it for each other.

`inkoop start` and a loose `inkoop flow start` keep their records in the same folder, and each has a server of its
own. Once a server of this version came up there, nobody waits any more.

Bron: project default; docs/adr/0001.
"""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Final

from inkoop.domain.fouten import InkoopError

DATABASE: Final = "prefect.db"
MAX_WACHTTIJD: Final = 300
"""Seconds that one waits for another to make the database (as long as for a server to come up)."""


class AanmaakBezetError(InkoopError):
    """Another process makes Prefect's database, and does not end."""


class Aanmaakslot:
    """Held from here until `release`; whoever dies lets go. Nothing is held where the database was made before."""

    def __init__(self, thuis: Path, wachttijd: float = MAX_WACHTTIJD) -> None:
        self._merk = thuis / f"gemaakt-{version('prefect')}"
        self._verbinding: sqlite3.Connection | None = None
        if self._merk.exists() and (thuis / DATABASE).exists():
            return
        thuis.mkdir(parents=True, exist_ok=True)
        # A lock of SQLite is the same on every system, and gone with the process that held it.
        verbinding = sqlite3.connect(thuis / "aanmaak.slot", timeout=wachttijd, isolation_level=None)
        try:
            verbinding.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fout:
            verbinding.close()
            raise AanmaakBezetError(
                f"Een ander programma maakt al een paar minuten de administratie van Prefect in {thuis}. Kijk of"
                " 'inkoop start' of 'inkoop flow start' daar nog loopt, wacht daarop, en probeer het opnieuw."
            ) from fout
        self._verbinding = verbinding

    def release(self, *, gereed: bool) -> None:
        """Let go; `gereed` when the server came up. Doing it again does nothing."""
        if self._verbinding is None:
            return
        if gereed:
            self._merk.touch()
        self._verbinding.close()
        self._verbinding = None
