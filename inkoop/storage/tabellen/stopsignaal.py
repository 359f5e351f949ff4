"""Signals that support does not help: numbers of allocations, what was decided, and that finance worked it in."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.stopsignaal import Stopuitkomst
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom


class StopsignaalRow(VersieTabel, table=True):
    """A signal about allocations of one product in one gemeente under one agreement."""

    __tablename__ = "stopsignaal"

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    contractnummer: str = Field(index=True)
    gemeente: str
    product: str
    toewijzingen: int
    gesignaleerd_op: date
    bevinding: str = Field(sa_type=sa.Text)
    vastgelegd_door: str
    vastgelegd_op: datetime = Field(sa_type=Tijdstip)
    uitkomst: Stopuitkomst | None = Field(default=None, sa_type=enumkolom(Stopuitkomst))
    besproken_op: date | None = None
    stopt_op: date | None = None
    toelichting: str = Field(default="", sa_type=sa.Text)
    afgerond_door: str | None = None
    verwerkt_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    verwerkt_door: str | None = None
    verwerkt_bewijs: str = Field(default="", sa_type=sa.Text)
