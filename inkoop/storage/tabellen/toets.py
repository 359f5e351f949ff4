"""Receipts of toetsen."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.storage.grondslag import Tabel, Tijdstip, enumkolom


class ToetsRow(Tabel, table=True):
    """A toets: canonical receipt and its hash. The same receipt is never stored twice in a row.

    `volgnummer` counts within the aanmelding; the last one counts.
    """

    __tablename__ = "toets"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    volgnummer: int
    herstelverloop: Herstelverloop = Field(sa_type=enumkolom(Herstelverloop))
    resultaat: str = Field(sa_type=sa.Text)
    hash: str
    op: datetime = Field(sa_type=Tijdstip)
