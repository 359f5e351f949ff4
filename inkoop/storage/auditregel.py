"""The audit log: append-only rows, each with the hash of the one before.

Every row holds who, in which role, what, on which object, from, to, why, when (the instant of the
act and the real instant), and the hashes of the records that the act left behind. The first row
follows on the hash of the store's own identity. A head record counts the rows, so that a cut tail
shows. Triggers (storage/triggers) refuse every other way of writing.

Bron: ontwerp 2.7, 2.8; FE-10.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip
from inkoop.storage.momentopname import hash_rij, store_waarde


class AuditRow(Tabel, table=True):
    """One act. `rijen` are [table, key, hash] of the records it wrote (hash null = removed)."""

    __tablename__ = "audit"
    __table_args__ = (
        # What begins with a kenmerk is asked for; PostgreSQL looks that up in an index of this kind alone.
        sa.Index(
            "ix_audit_onderwerp_volgnummer",
            "onderwerp",
            "volgnummer",
            postgresql_ops={"onderwerp": "text_pattern_ops"},
        ),
        sa.Index("ix_audit_persoon_volgnummer", "persoon", "volgnummer"),
        sa.Index("ix_audit_handeling_volgnummer", "handeling", "volgnummer"),
    )

    volgnummer: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    op: datetime = Field(sa_type=Tijdstip)
    werkelijk_op: datetime = Field(sa_type=Tijdstip)
    persoon: str
    rol: str
    handeling: str
    onderwerp: str
    van: str | None = None
    naar: str | None = None
    reden: str = Field(sa_type=sa.Text)
    gegevens: dict[str, Any] = Field(sa_type=JsonTekst)
    rijen: list[Any] = Field(sa_type=JsonTekst)
    vorige_hash: str
    hash: str = Field(unique=True)


class AuditkopRow(Tabel, table=True):
    """How many rows the log has and the hash of the last; there is one such record."""

    __tablename__ = "audit_kop"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    aantal: int
    hash: str


class Auditkop(NamedTuple):
    """The head of the log; printed on a decision it proves later what the log said then."""

    aantal: int
    hash: str


AUDIT: sa.Table = AuditRow.__table__  # type: ignore[attr-defined]
AUDITKOP: sa.Table = AuditkopRow.__table__  # type: ignore[attr-defined]


def hash_regel(rauw: Mapping[str, Any]) -> str:
    """The hash of an audit row as stored, over everything but the hash itself."""
    return hash_rij({naam: waarde for naam, waarde in rauw.items() if naam != "hash"})


def read_kop(verbinding: Connection) -> Auditkop | None:
    """The head of the log; None when the head record is gone."""
    rij = verbinding.execute(sa.select(AUDITKOP.c.aantal, AUDITKOP.c.hash)).first()
    return None if rij is None else Auditkop(rij.aantal, rij.hash)


def append_regels(verbinding: Connection, regels: Sequence[Mapping[str, Any]]) -> Auditkop:
    """Write rows at the end of the log and move the head; returns the new head.

    `regels` hold every column but volgnummer, vorige_hash and hash. The caller holds the write lock
    (storage/verbinding), so nobody else writes between reading the head and moving it.
    """
    kop = read_kop(verbinding)
    if kop is None:
        raise RuntimeError("the head record of the audit log is gone; run the check of the log")
    for regel in regels:
        waarden = {**regel, "volgnummer": kop.aantal + 1, "vorige_hash": kop.hash}
        rauw = {naam: store_waarde(AUDIT.c[naam], waarde) for naam, waarde in waarden.items()}
        kop = Auditkop(kop.aantal + 1, hash_regel(rauw))
        verbinding.execute(sa.insert(AUDIT).values(**waarden, hash=kop.hash))
        verbinding.execute(sa.update(AUDITKOP).values(aantal=kop.aantal, hash=kop.hash))
    return kop
