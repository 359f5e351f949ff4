"""Gemeenten that ask to join: what they did, which providers were told, what was decided (H19-45)."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.gemeenteaanhaken import Aanhaakbesluit, Aanhaakhandeling
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class AanhaakverzoekRow(VersieTabel, table=True):
    """A gemeente that wants to join, once for each year in which it tries.

    `gemeente` is its code, `opgave` the JSON of the gemeente and of the optional products that it buys;
    `ingang` is the day from which it takes part, filled when it was decided that it joins.
    """

    __tablename__ = "aanhaakverzoek"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "gemeente", "jaar"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    gemeente: str
    jaar: int
    opgave: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)
    besluit: Aanhaakbesluit | None = Field(default=None, sa_type=enumkolom(Aanhaakbesluit))
    ingang: date | None = None
    grond: str = Field(default="", sa_type=sa.Text)
    besloten_door: str | None = None
    besloten_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class AanhaakhandelingRow(Tabel, table=True):
    """One of the acts of a gemeente, with the day and where the proof is found."""

    __tablename__ = "aanhaakhandeling"
    __table_args__ = (sa.UniqueConstraint("verzoek_id", "soort"),)

    id: UUID = Field(primary_key=True)
    verzoek_id: UUID = Field(foreign_key="aanhaakverzoek.id", index=True)
    soort: Aanhaakhandeling = Field(sa_type=enumkolom(Aanhaakhandeling))
    gedaan_op: date
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class AanhaakberichtRow(Tabel, table=True):
    """Proof that one provider was told about the intention of a gemeente, by its contract number."""

    __tablename__ = "aanhaakbericht"
    __table_args__ = (sa.UniqueConstraint("verzoek_id", "contractnummer"),)

    id: UUID = Field(primary_key=True)
    verzoek_id: UUID = Field(foreign_key="aanhaakverzoek.id", index=True)
    contractnummer: str
    verzonden_op: date
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)
