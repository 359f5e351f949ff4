"""Bring the database of an existing store up to date: `python -m inkoop.storage.migraties bijwerken MAP`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inkoop.storage.migraties import SCHEMAVERSIE, read_schemaversie, upgrade
from inkoop.storage.plaats import WinkelOngeschiktError, find_database
from inkoop.storage.verbinding import open_engine, read_write


def main(argumenten: Sequence[str]) -> int:
    """Returns 0 when the store has the newest schema afterwards, 1 with a Dutch message otherwise."""
    if len(argumenten) != 2 or argumenten[0] != "bijwerken":
        sys.stderr.write("Gebruik: python -m inkoop.storage.migraties bijwerken MAP\n")
        return 1
    try:
        database = find_database(Path(argumenten[1]), os.environ.get("INKOOP_DATABASE_URL"))
    except WinkelOngeschiktError as fout:
        sys.stderr.write(f"{fout}\n")
        return 1
    engine = open_engine(database)
    try:
        with read_write(engine).begin() as verbinding:
            oud = read_schemaversie(verbinding)
            upgrade(verbinding)
    finally:
        engine.dispose()
    sys.stdout.write(f"De winkel in {argumenten[1]} is bijgewerkt van {oud} naar {SCHEMAVERSIE}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
