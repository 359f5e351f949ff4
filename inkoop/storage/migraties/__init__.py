"""The versions of the database schema and how a store goes from one to the next.

`python -m inkoop.storage.migraties bijwerken MAP` brings an existing store up to date.
`python -m inkoop.storage.migraties.maak 0003_naam` writes a new migration from what the tables say now.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from alembic.config import Config  # imported where it is used: it costs every start of the program

SCHEMAVERSIE = "0010_storing"
"""The version that this program works with: the newest migration."""

MAP = Path(__file__).parent


def configure(verbinding: Connection | None = None) -> Config:
    """Alembic's settings for our migrations, on this connection."""
    from alembic.config import Config

    instellingen = Config()
    instellingen.set_main_option("script_location", str(MAP))
    instellingen.set_main_option("file_template", "%%(rev)s")
    instellingen.attributes["verbinding"] = verbinding
    return instellingen


def upgrade(verbinding: Connection) -> None:
    """Bring the schema to SCHEMAVERSIE, in the transaction of this connection."""
    from alembic import command

    command.upgrade(configure(verbinding), "head")


def read_schemaversie(verbinding: Connection) -> str | None:
    """The version of the schema in this database; None when there is no schema."""
    if not sa.inspect(verbinding).has_table("alembic_version"):
        return None
    versie: str | None = verbinding.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return versie
