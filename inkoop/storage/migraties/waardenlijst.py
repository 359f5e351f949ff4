"""Change the values that a column may hold: the check that goes with an enum.

SQLite cannot alter a check. Making the table again would break the rows that refer to it while foreign keys
are guarded, so its text is changed in the schema itself, which is what the SQLite manual prescribes for this.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def change_waarden(tabel: str, kolom: str, naam: str, oud: Sequence[str], nieuw: Sequence[str]) -> None:
    """Let the check `naam` on a column take other values; fails when the check is not there as it was."""
    verbinding = op.get_bind()
    if verbinding.dialect.name != "sqlite":
        op.drop_constraint(naam, tabel, type_="check")
        op.create_check_constraint(naam, tabel, f"{kolom} IN ({_list(nieuw)})")
        return
    vraag = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :tabel")
    schema = verbinding.execute(vraag, {"tabel": tabel}).scalar_one()
    if f"({_list(oud)})" not in schema:
        raise RuntimeError(f"the check on {tabel}.{kolom} is not what the migration before this one made")
    versie = verbinding.execute(sa.text("PRAGMA schema_version")).scalar_one()
    verbinding.execute(sa.text("PRAGMA writable_schema = ON"))
    verbinding.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :tabel"),
        {"sql": schema.replace(f"({_list(oud)})", f"({_list(nieuw)})"), "tabel": tabel},
    )
    verbinding.execute(sa.text(f"PRAGMA schema_version = {versie + 1}"))
    verbinding.execute(sa.text("PRAGMA writable_schema = OFF"))


def _list(waarden: Sequence[str]) -> str:
    return ", ".join(f"'{waarde}'" for waarde in waarden)
