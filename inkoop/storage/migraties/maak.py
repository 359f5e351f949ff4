"""Write a new migration from what the tables say now: `python -m inkoop.storage.migraties.maak 0002_naam`.

The migration holds the difference between the newest one and the tables. A change of a trigger is written by
hand. The same tables on the same migrations give the same file.
"""

from __future__ import annotations

import re
import subprocess
import sys

import sqlalchemy as sa
from alembic import command

from inkoop.storage.migraties import MAP, configure, upgrade

VERSIES = MAP / "versions"
_NAAM = re.compile(r"\d{4}_[a-z0-9_]+")


def maak(naam: str) -> str:
    """Write the migration with this name; returns the path of the file."""
    if not _NAAM.fullmatch(naam):
        raise SystemExit(f"'{naam}' is geen naam van een migratie. Schrijf bijvoorbeeld 0002_vragen_en_notas.")
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as verbinding:
        upgrade(verbinding)
        command.revision(configure(verbinding), message=naam[5:].replace("_", " "), autogenerate=True, rev_id=naam)
    pad = VERSIES / f"{naam}.py"
    regels = pad.read_text(encoding="utf-8").splitlines(keepends=True)
    # Alembic's own remarks ask for adjustments by hand; this file is only ever made anew.
    pad.write_text("".join(regel for regel in regels if not regel.lstrip().startswith("# ###")), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(pad)], check=True)  # noqa: S603 - our own file
    return str(pad)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Geef de naam van de migratie, bijvoorbeeld 0002_vragen_en_notas.")
    sys.stdout.write(maak(sys.argv[1]) + "\n")
