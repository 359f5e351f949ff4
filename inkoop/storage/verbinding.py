"""How the program connects to SQLite: durable, strict, and never half-locked.

WAL lets people read while somebody writes; synchronous FULL keeps a committed act through a power
cut. A writer takes the lock at BEGIN (IMMEDIATE), so two units of work follow each other instead of
failing halfway. A reader cannot write at all (query_only).

Bron: metingen, SQLite.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

WACHT_MS = 30_000
"""How long a writer waits for another before giving up, in milliseconds (project default)."""


def open_engine(database: Path, *, schrijven: bool) -> sa.Engine:
    """An engine on this file; every connection of it either writes or only reads."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(database)))
    begin = "BEGIN IMMEDIATE" if schrijven else "BEGIN"

    def _configure(verbinding: sqlite3.Connection, _record: Any) -> None:
        verbinding.isolation_level = None  # the driver begins nothing by itself; _begin does
        for opdracht in (
            f"busy_timeout = {WACHT_MS}",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "synchronous = FULL",
            "journal_mode = WAL" if schrijven else "query_only = ON",
        ):
            verbinding.execute(f"PRAGMA {opdracht}").close()

    def _begin(verbinding: sa.Connection) -> None:
        verbinding.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine
