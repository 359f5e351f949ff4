"""An intake round of a published procedure."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.procedure import Fase
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel, enumkolom


class RondeRow(VersieTabel, table=True):
    """A round with its two openers (FE-8) and the criteria edition that it tests against."""

    __tablename__ = "ronde"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    criteriaeditie_id: UUID = Field(foreign_key="criteriaeditie.id")
    kenmerk: str = Field(unique=True)
    fase: Fase = Field(sa_type=enumkolom(Fase))
    opening: date
    sluiting: datetime = Field(sa_type=Tijdstip)
    openingsverzoek_door: str | None = None
    geopend_door: str | None = None
    geopend_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class BelangenverklaringRow(Tabel, table=True):
    """A beoordelaar's statement about interests in a round (FE-7); with an interest nobody judges."""

    __tablename__ = "belangenverklaring"
    __table_args__ = (sa.UniqueConstraint("ronde_id", "persoon"),)

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    persoon: str
    geen_belang: bool
    toelichting: str = Field(sa_type=sa.Text)
    op: datetime = Field(sa_type=Tijdstip)


class GestandverlengingRow(Tabel, table=True):
    """Applicants keep their aanmelding open until a later day than the leidraad asks (B.2.12); the last counts."""

    __tablename__ = "gestandverlenging"
    __table_args__ = (sa.UniqueConstraint("ronde_id", "tot"),)

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    tot: date
    grond: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class StoringRow(VersieTabel, table=True):
    """An outage of the receiving system that was reported, and what a second person decided about it.

    `erkend` is None until then. `gelijk_tot` is the instant until which every late aanmelding of the
    round counts as received in time (only when recognised): the same for all.
    """

    __tablename__ = "storing"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    kenmerk: str = Field(unique=True)
    van: datetime = Field(sa_type=Tijdstip)
    tot: datetime = Field(sa_type=Tijdstip)
    melding: str = Field(sa_type=sa.Text)
    bewijs: str = Field(sa_type=sa.Text)
    geregistreerd_door: str
    geregistreerd_op: datetime = Field(sa_type=Tijdstip)
    erkend: bool | None = None
    bevinding: str = Field(default="", sa_type=sa.Text)
    gelijk_tot: datetime | None = Field(default=None, sa_type=Tijdstip)
    besloten_door: str | None = None
    besloten_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class SamenloopRow(VersieTabel, table=True):
    """A legal person that takes part in too many aanmeldingen for one perceel (B.4), and which of them count.

    `aanmeldingen` are all kenmerken it takes part in; `geldt` those that count, None until a person decided.
    """

    __tablename__ = "samenloop"
    __table_args__ = (sa.UniqueConstraint("ronde_id", "kvk", "perceel"),)

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    kvk: str
    naam: str
    perceel: str
    aanmeldingen: list[Any] = Field(sa_type=JsonTekst)
    geldt: list[Any] | None = Field(default=None, sa_type=JsonTekst)
    reden: str = Field(default="", sa_type=sa.Text)
    besloten_door: str | None = None
    besloten_op: datetime | None = Field(default=None, sa_type=Tijdstip)
