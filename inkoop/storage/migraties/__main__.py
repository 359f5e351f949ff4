"""Bring the database of an existing store up to date: `python -m inkoop.storage.migraties bijwerken MAP`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from inkoop.domain.fouten import InkoopError
from inkoop.storage.databasefout import translate_databasefouten
from inkoop.storage.migraties import SCHEMAVERSIE, list_versies, read_schemaversie, upgrade
from inkoop.storage.plaats import WinkelOngeschiktError, check_gevuld, check_kaartje, find_database
from inkoop.storage.verbinding import open_engine, read_write
from inkoop.storage.winkelrij import WINKEL


def main(argumenten: Sequence[str]) -> int:
    """Returns 0 when the store has the newest schema afterwards, 1 with a Dutch message otherwise."""
    if len(argumenten) != 2 or argumenten[0] != "bijwerken":
        sys.stderr.write("Gebruik: python -m inkoop.storage.migraties bijwerken MAP\n")
        return 1
    try:
        oud = _upgrade(Path(argumenten[1]), os.environ.get("INKOOP_DATABASE_URL"))
    except InkoopError as fout:
        sys.stderr.write(f"{fout}\n")
        return 1
    except DatabaseError as fout:
        sys.stderr.write(f"De winkel is niet bijgewerkt, en staat er nog zoals zij stond ({fout.orig}).\n")
        return 1
    if oud == SCHEMAVERSIE:
        sys.stdout.write(f"De winkel in {argumenten[1]} is al bijgewerkt: zij heeft schema {SCHEMAVERSIE}.\n")
    else:
        sys.stdout.write(f"De winkel in {argumenten[1]} is bijgewerkt van {oud} naar {SCHEMAVERSIE}.\n")
    return 0


def _upgrade(map: Path, url: str | None) -> str | None:  # noqa: A002 - a folder is a map
    """The version that the store had. Raises an InkoopError, and has changed nothing then."""
    database = find_database(map, url)
    engine = open_engine(database)
    try:
        with translate_databasefouten(), read_write(engine).begin() as verbinding:
            oud = read_schemaversie(verbinding)
            check_gevuld(map, oud)
            if oud not in list_versies():
                raise WinkelOngeschiktError(
                    f"De winkel in {map} heeft schema {oud}, en dat kent dit programma niet: de winkel is bijgewerkt"
                    " door een nieuwere versie. Haal die versie op."
                )
            if not isinstance(database, Path):
                check_kaartje(map, verbinding.execute(sa.select(WINKEL.c.id)).scalar_one())
            upgrade(verbinding)
    finally:
        engine.dispose()
    return oud


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
