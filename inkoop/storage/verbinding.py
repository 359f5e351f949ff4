"""How the program connects to its database: durable, strict, and never half-locked.

A store has one engine, so that a question is compiled once; who reads and who writes is said when a
transaction begins (`read_only`, `read_write`).

SQLite: WAL lets people read while somebody writes; synchronous FULL keeps a committed act through a
power cut. A writer takes the lock at BEGIN (IMMEDIATE), so two units of work follow each other instead
of failing halfway. A reader cannot write at all (query_only).

PostgreSQL: the same order of things. A writer first takes the lock of the store (an advisory lock that
ends with the transaction, also when the program or the machine dies), so that each unit of work sees
all that was written before it and the audit log keeps one order. A reader sees one moment (REPEATABLE
READ) and cannot write (READ ONLY). Questions are not compiled by the server (jit): it takes fifty times as long as
answering a page's question, and is chosen by an estimate.

Bron: metingen, SQLite; ontwerp 7.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

WACHT_MS = 30_000
"""How long a writer waits for another before giving up, in milliseconds (project default)."""

VERBIND_S = 10
"""How long to wait for a database server that does not answer, in seconds (project default)."""

GEHEUGEN_KB = 16_384
"""How much of an SQLite file a connection keeps at hand, in kilobytes: with the two megabytes that are its own default
a list over all rounds is read from the disk anew each time (project default)."""

SLOT = 0x696E6B6F6F70
"""The number of the writers' lock in a PostgreSQL database ("inkoop")."""

SCHRIJVEN = "inkoop_schrijven"


def open_engine(database: Path | sa.URL) -> sa.Engine:
    """An engine on this file or on this PostgreSQL database; read-only unless asked (`read_write`)."""
    return _open_sqlite(database) if isinstance(database, Path) else _open_postgres(database)


def read_write(engine: sa.Engine) -> sa.Engine:
    """The same engine, for transactions that write: each begins by taking the lock of the store."""
    return engine.execution_options(**{SCHRIJVEN: True})


def _is_schrijver(verbinding: sa.Connection) -> bool:
    return bool(verbinding.get_execution_options().get(SCHRIJVEN, False))


def _open_sqlite(database: Path) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(database)))

    def _configure(verbinding: sqlite3.Connection, _record: Any) -> None:
        verbinding.isolation_level = None  # the driver begins nothing by itself; _begin does
        for opdracht in (
            f"busy_timeout = {WACHT_MS}",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "synchronous = FULL",
            f"cache_size = -{GEHEUGEN_KB}",
        ):
            verbinding.execute(f"PRAGMA {opdracht}").close()

    def _begin(verbinding: sa.Connection) -> None:
        if not _is_schrijver(verbinding):
            # Straight to the driver: every page begins so, and by way of SQLAlchemy it takes ten times as long.
            lezer: Any = verbinding.connection.dbapi_connection
            lezer.execute("PRAGMA query_only = ON").close()
            lezer.execute("BEGIN").close()
            return
        verbinding.exec_driver_sql("PRAGMA query_only = OFF")
        if "wal" not in verbinding.info:
            # A file keeps it, but one that was put back from a backup need not have it.
            verbinding.info["wal"] = verbinding.exec_driver_sql("PRAGMA journal_mode = WAL").scalar()
        verbinding.exec_driver_sql("BEGIN IMMEDIATE")

    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _open_postgres(database: sa.URL) -> sa.Engine:
    keuzes = f"-c lock_timeout={WACHT_MS} -c timezone=UTC -c synchronous_commit=on -c jit=off"
    verbinding = {"options": keuzes, "connect_timeout": VERBIND_S, "application_name": "inkoop"}
    # A connection that the server dropped in the meantime (a restart) is noticed and made anew.
    engine = sa.create_engine(database, connect_args=verbinding, pool_pre_ping=True)

    def _begin(verbinding: sa.Connection) -> None:
        if _is_schrijver(verbinding):
            verbinding.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SLOT})")
        else:
            verbinding.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    sa.event.listen(engine, "begin", _begin)
    return engine


def count_wijzigingen(verbinding: sa.Connection) -> int:
    """A number that changes when this transaction changes a row, by whatever means."""
    if verbinding.dialect.name == "sqlite":
        aantal: int = verbinding.connection.dbapi_connection.total_changes  # type: ignore[union-attr]
        return aantal
    # A transaction gets its number with the first row that it writes.
    return int(verbinding.exec_driver_sql("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").scalar_one())
