"""What is guarded while agreements run: pieces that expire, measured duties, and reports that were made once."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.bewaking import Termsoort
from inkoop.domain.persoon import Rol
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom, index_open


class BewaaktstukRow(Tabel, table=True):
    """A certificate or document of a provider that was seen, with its last day; a later one takes its place."""

    __tablename__ = "bewaakt_stuk"
    __table_args__ = (sa.UniqueConstraint("contractnummer", "naam", "geldig_tot"),)

    id: UUID = Field(primary_key=True)
    contractnummer: str = Field(index=True)
    naam: str
    geldig_tot: date
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class PlichtmetingRow(Tabel, table=True):
    """What was measured of a duty up to a day, with where that can be seen; `waarde` is a number as text."""

    __tablename__ = "plichtmeting"
    __table_args__ = (sa.UniqueConstraint("contractnummer", "plicht", "peildatum"),)

    id: UUID = Field(primary_key=True)
    contractnummer: str = Field(index=True)
    plicht: str
    peildatum: date
    waarde: str
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)

    @property
    def getal(self) -> Decimal:
        """The number."""
        return Decimal(self.waarde)


class MeldingRow(VersieTabel, table=True):
    """A report about a term; `sleutel` makes that it is made once. Open until somebody deals with it."""

    __tablename__ = "melding"
    __table_args__ = (index_open("ix_melding_open", "afgehandeld_op IS NULL", "procedure_id"),)

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    sleutel: str = Field(unique=True)
    term: str = Field(index=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    onderwerp: str = Field(index=True)
    soort: Termsoort = Field(sa_type=enumkolom(Termsoort))
    wat: str = Field(sa_type=sa.Text)
    waarom: str = Field(sa_type=sa.Text)
    bron: str = Field(sa_type=sa.Text)
    rol: Rol = Field(sa_type=enumkolom(Rol))
    dag: date
    uiterlijk: date
    gemeld_op: datetime = Field(sa_type=Tijdstip)
    afgehandeld_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    afgehandeld_door: str | None = None
    afhandeling: str = Field(default="", sa_type=sa.Text)
