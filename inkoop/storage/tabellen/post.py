"""Mail: who wants it where, and the outbox of what has to go out.

An address is a record like any other. A row of the outbox is written in the transaction of the act it is
about, and then changes as the mail is tried: a record of the machinery (storage/machinekamer).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.post import Postkeuze, Postsoort, Poststand
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel, enumkolom


class PostadresRow(VersieTabel, table=True):
    """Where somebody gets mail, and how often."""

    __tablename__ = "postadres"

    persoon: str = Field(primary_key=True, foreign_key="persoon.id")
    adres: str
    keuze: Postkeuze = Field(sa_type=enumkolom(Postkeuze))
    gewijzigd_op: datetime = Field(sa_type=Tijdstip)


class PostRow(Tabel, table=True):
    """One mail to one person. `sleutel` says why it is due, so that it is written once.

    The address is read when it goes out. `bezig_tot` is how long whoever sends it has, before another may try.
    """

    __tablename__ = "post"

    id: UUID = Field(primary_key=True)
    sleutel: str = Field(unique=True)
    soort: Postsoort = Field(sa_type=enumkolom(Postsoort))
    persoon: str = Field(index=True)
    kop: str
    regels: list[Any] = Field(sa_type=JsonTekst)
    pad: str
    gemaakt_op: datetime = Field(sa_type=Tijdstip)
    stand: Poststand = Field(sa_type=enumkolom(Poststand), index=True)
    poging: int = 0
    niet_voor: datetime = Field(sa_type=Tijdstip)
    bezig_tot: datetime | None = Field(default=None, sa_type=Tijdstip)
    verzonden_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    reden: str = Field(default="", sa_type=sa.Text)
