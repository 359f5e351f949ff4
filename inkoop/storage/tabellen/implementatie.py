"""What was recorded about the points of putting an agreement to work; the last record of a point counts."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.checklist import Puntuitkomst
from inkoop.storage.grondslag import Tabel, Tijdstip, enumkolom


class ImplementatiepuntRow(Tabel, table=True):
    """A point that somebody ticked, set aside or opened again, with the evidence; `volgnummer` counts per agreement."""

    __tablename__ = "implementatiepunt"
    __table_args__ = (sa.UniqueConstraint("overeenkomst_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    overeenkomst_id: UUID = Field(foreign_key="overeenkomst.id", index=True)
    volgnummer: int
    punt: str
    uitkomst: Puntuitkomst = Field(sa_type=enumkolom(Puntuitkomst))
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class ImplementatieafrondingRow(Tabel, table=True):
    """A round of which every agreement was put to work, and when that was found."""

    __tablename__ = "implementatieafronding"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", unique=True)
    op: datetime = Field(sa_type=Tijdstip)
