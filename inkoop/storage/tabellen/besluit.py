"""Decisions on an aanmelding, and the collective decision of a round."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.verloop import Besluitstatus
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom, index_open


class VerzamelbesluitRow(VersieTabel, table=True):
    """The decision of a mandated person on all applications of a round at once (C.15)."""

    __tablename__ = "verzamelbesluit"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", unique=True)
    kenmerk: str = Field(unique=True)
    status: Besluitstatus = Field(sa_type=enumkolom(Besluitstatus))
    opgesteld_door: str
    gecontroleerd_door: str | None = None
    genomen_door: str | None = None
    genomen_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    mandaat: str | None = None


class BesluitRow(VersieTabel, table=True):
    """A decision on one perceel (None = on the aanmelding as a whole); only ever superseded.

    `voorstel` is the JSON of the Besluitvoorstel that it rests on; `vervaldatum` the day on which
    the term for legal remedy ends; `kenmerk` that of the decision in which it was taken;
    `voorwaarde_tot` the last day to show that a condition is met.
    """

    __tablename__ = "besluit"
    __table_args__ = (
        sa.UniqueConstraint("aanmelding_id", "eenheid", "volgnummer"),
        index_open("ix_besluit_open", "status IN ('concept', 'gecontroleerd', 'genomen')", "status", "aanmelding_id"),
    )

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    eenheid: str
    volgnummer: int
    perceel: str | None
    soort: Besluitsoort = Field(sa_type=enumkolom(Besluitsoort))
    status: Besluitstatus = Field(sa_type=enumkolom(Besluitstatus))
    voorstel: str = Field(sa_type=sa.Text)
    toets_id: UUID | None = Field(default=None, foreign_key="toets.id")
    verzamelbesluit_id: UUID | None = Field(default=None, foreign_key="verzamelbesluit.id")
    vervangt_id: UUID | None = Field(default=None, foreign_key="besluit.id")
    kenmerk: str | None = Field(default=None, index=True)
    opgesteld_door: str
    gecontroleerd_door: str | None = None
    genomen_door: str | None = None
    genomen_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    mandaat: str | None = None
    verzonden_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    vervaldatum: date | None = None
    voorwaarde_tot: date | None = None
