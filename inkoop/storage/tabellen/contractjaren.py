"""What is decided for all agreements of a procedure at once: extensions and indexation."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class VerlengingsbesluitRow(Tabel, table=True):
    """The decision on one extension of a procedure; `tot` is the end date that follows from it."""

    __tablename__ = "verlengingsbesluit"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "nummer"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    nummer: int
    keuze: Verlengingskeuze = Field(sa_type=enumkolom(Verlengingskeuze))
    tot: date
    grond: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class IndexeringRow(VersieTabel, table=True):
    """The index for the tariffs of one year: figures, outcome, proposal (`inhoud`, JSON), and its adoption."""

    __tablename__ = "indexering"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "jaar"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    jaar: int
    inhoud: str = Field(sa_type=sa.Text)
    berekend_door: str
    berekend_op: datetime = Field(sa_type=Tijdstip)
    grond: str = Field(default="", sa_type=sa.Text)
    vastgesteld_door: str | None = None
    vastgesteld_op: datetime | None = Field(default=None, sa_type=Tijdstip)
