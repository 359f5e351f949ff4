"""Write the first migration anew from the tables: `python -m inkoop.storage.migraties.maak`.

Allowed as long as no version was released; afterwards a change of the tables is a new migration
(`alembic.command.revision(configure(verbinding), autogenerate=True, ...)`, triggers by hand).
The same tables give the same file.
"""

from __future__ import annotations

import subprocess
import sys

import sqlalchemy as sa
from alembic import command
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from inkoop.storage.migraties import MAP, SCHEMAVERSIE, configure
from inkoop.storage.triggers import TRIGGERS

VERSIES = MAP / "versions"


def _add_triggers(_context: MigrationContext, _revisie: object, opdrachten: list[ops.MigrationScript]) -> None:
    (script,) = opdrachten
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    script.upgrade_ops.ops.extend(ops.ExecuteSQLOp(opdracht) for opdracht in TRIGGERS.values())
    # The triggers refuse to let the log go, so they go first.
    script.downgrade_ops.ops[:0] = [ops.ExecuteSQLOp(f"DROP TRIGGER {naam}") for naam in TRIGGERS]


def maak() -> str:
    """Replace the first migration by what the tables say now; returns the path of the file."""
    for oud in VERSIES.glob("*.py"):
        oud.unlink()
    engine = sa.create_engine("sqlite://")
    with engine.begin() as verbinding:
        command.revision(
            configure(verbinding),
            message="The first schema",
            autogenerate=True,
            rev_id=SCHEMAVERSIE,
            process_revision_directives=_add_triggers,
        )
    pad = VERSIES / f"{SCHEMAVERSIE}.py"
    regels = pad.read_text(encoding="utf-8").splitlines(keepends=True)
    # Alembic's own remarks ask for adjustments by hand; this file is only ever made anew.
    pad.write_text("".join(regel for regel in regels if not regel.lstrip().startswith("# ###")), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(pad)], check=True)  # noqa: S603 - our own file
    return str(pad)


if __name__ == "__main__":
    sys.stdout.write(maak() + "\n")
