"""What Alembic runs: our metadata, on the connection that was handed over, in its transaction."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from inkoop.storage import auditregel, tabellen, tellers, winkelrij  # noqa: F401 - registers the tables
from inkoop.storage.grondslag import METADATA


def render_item(soort: str, waarde: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write column types as what the database gets, so that a migration does not change with our code."""
    if soort != "type":
        return False
    kaal = waarde.impl if isinstance(waarde, sa.types.TypeDecorator) else waarde
    if isinstance(kaal, sa.DateTime):
        return f"sa.DateTime(timezone={kaal.timezone})"
    if isinstance(kaal, sa.String) and not isinstance(kaal, sa.Enum):
        return "sa.Text()" if isinstance(kaal, sa.Text) else "sa.String()"
    return False if kaal is waarde else f"sa.{kaal!r}"


def run_migrations() -> None:
    """Run the migrations; the caller owns connection and transaction, and SQLite makes DDL part of it."""
    context.configure(
        connection=context.config.attributes["verbinding"],
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        compare_server_default=True,
    )
    context.run_migrations()


run_migrations()
