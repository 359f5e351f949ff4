"""The versions of the database schema and how a store goes from one to the next.

`python -m inkoop.storage.migraties bijwerken MAP` brings an existing store up to date.
`python -m inkoop.storage.migraties.maak 0003_naam` writes a new migration from what the tables say now.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from alembic.config import Config  # imported where it is used: it costs every start of the program

SCHEMAVERSIE = "0028_zoekdelen"
"""The version that this program works with: the newest migration."""

MAP = Path(__file__).parent


def configure(verbinding: Connection | None = None) -> Config:
    """Alembic's settings for our migrations, on this connection."""
    from alembic.config import Config

    # Alembic would keep the output that stood when it was first imported, which may be closed by now.
    instellingen = Config(stdout=sys.stdout)
    instellingen.set_main_option("script_location", str(MAP))
    instellingen.set_main_option("file_template", "%%(rev)s")
    instellingen.attributes["verbinding"] = verbinding
    return instellingen


def list_versies() -> frozenset[str]:
    """Every version of the schema that this program knows the way from."""
    from alembic.script import ScriptDirectory

    return frozenset(stap.revision for stap in ScriptDirectory.from_config(configure()).walk_revisions())


def upgrade(verbinding: Connection) -> None:
    """Bring the schema to SCHEMAVERSIE, in the transaction of this connection."""
    from alembic import command

    command.upgrade(configure(verbinding), "head")


_GEMAAKT: list[str] = []
"""The statements that make the newest schema in SQLite, as the first store of this process came to have it."""

_READ_STATEMENTS = sa.text(
    r"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' "
    "ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END, rowid"
)


def create_schema(verbinding: Connection) -> None:
    """Make the schema of SCHEMAVERSIE in an empty database, in the transaction of this connection.

    The first store of a process walks all migrations; a later one in SQLite repeats the statements that SQLite
    itself keeps of the result, which is some twenty times quicker and gives the same schema.
    """
    if verbinding.dialect.name != "sqlite":
        upgrade(verbinding)
        return
    if not _GEMAAKT:
        upgrade(verbinding)
        _GEMAAKT[:] = list_statements(verbinding)
        return
    for opdracht in _GEMAAKT:
        verbinding.exec_driver_sql(opdracht)
    verbinding.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (SCHEMAVERSIE,))


def list_statements(verbinding: Connection) -> list[str]:
    """What SQLite keeps of its schema: tables first, then what is made on them."""
    return list(verbinding.execute(_READ_STATEMENTS).scalars())


def read_schemaversie(verbinding: Connection) -> str | None:
    """The version of the schema in this database; None when there is no schema."""
    if not sa.inspect(verbinding).has_table("alembic_version"):
        return None
    versie: str | None = verbinding.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return versie
