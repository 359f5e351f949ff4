"""Signing in through a source outside: who is tied to it, and who is on the way.

A tie is a record like any other. An attempt is a working record of ten minutes (storage/machinekamer).
"""

from datetime import datetime

from sqlmodel import Field

from inkoop.storage.grondslag import Tabel, Tijdstip


class InlogkoppelingRow(Tabel, table=True):
    """A person, and the mark under which a source knows that person (domain/inlog): a hash, no name."""

    __tablename__ = "inlogkoppeling"

    merk: str = Field(primary_key=True)
    persoon: str = Field(foreign_key="persoon.id", index=True)
    bron: str
    gekoppeld_door: str
    gekoppeld_op: datetime = Field(sa_type=Tijdstip)


class InlogpogingRow(Tabel, table=True):
    """Somebody who left for a source. `id` is the sha256 of the token in the cookie; it is used once."""

    __tablename__ = "inlogpoging"

    id: str = Field(primary_key=True)
    bron: str
    state: str
    nonce: str
    verifier: str
    terug: str
    begonnen_op: datetime = Field(sa_type=Tijdstip, index=True)
