"""Framework agreements, their addenda, signatures, copies and catalogue entries."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verloop import Overeenkomststatus
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom, index_open


class Partijsoort(StrEnum):
    """On which side somebody signs."""

    GEMEENTEN = "gemeenten"
    AANBIEDER = "aanbieder"


CYCLUS = "cyclus"
"""The aanleiding of an addendum of the yearly cycle."""


class OvereenkomstRow(VersieTabel, table=True):
    """A framework agreement with one admitted provider or combination.

    `inhoud` is the JSON of what was agreed: percelen with products, tariff version, parties.
    """

    __tablename__ = "overeenkomst"
    __table_args__ = (index_open("ix_overeenkomst_open", "status IN ('ter_ondertekening')", "aanmelding_id"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", unique=True)
    contractnummer: str = Field(unique=True)
    status: Overeenkomststatus = Field(sa_type=enumkolom(Overeenkomststatus))
    inhoud: str = Field(sa_type=sa.Text)
    ingang: date
    einddatum: date
    opgesteld_door: str
    geactiveerd_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class AddendumRow(VersieTabel, table=True):
    """A change to an agreement, in force from `ingang`; `inhoud` is the JSON of was and wordt.

    `aanleiding` is `cyclus`, or the kenmerk of the aanmelding that is a mutatie. `tekenen_uiterlijk` None = the
    last day of the cycle.
    """

    __tablename__ = "addendum"
    __table_args__ = (sa.UniqueConstraint("overeenkomst_id", "ingang", "aanleiding"),)

    id: UUID = Field(primary_key=True)
    overeenkomst_id: UUID = Field(foreign_key="overeenkomst.id", index=True)
    nummer: str = Field(unique=True)
    status: Overeenkomststatus = Field(sa_type=enumkolom(Overeenkomststatus))
    inhoud: str = Field(sa_type=sa.Text)
    ingang: date
    aanleiding: str = CYCLUS
    tekenen_uiterlijk: date | None = None
    opgesteld_door: str


class OndertekeningRow(Tabel, table=True):
    """A signature of one party on one document, bound to the hash of what was signed."""

    __tablename__ = "ondertekening"
    __table_args__ = (sa.UniqueConstraint("document_id", "partij", "naam", "namens"),)

    id: UUID = Field(primary_key=True)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    partij: Partijsoort = Field(sa_type=enumkolom(Partijsoort))
    namens: str
    naam: str
    functie: str
    grondslag: str
    getekend_op: date
    document_sha256: str
    geregistreerd_door: str
    geregistreerd_op: datetime = Field(sa_type=Tijdstip)


class GemeentekopieRow(Tabel, table=True):
    """The copy of an agreement or addendum that is put ready for a gemeente; that it went out shows AfschriftRow."""

    __tablename__ = "gemeentekopie"
    __table_args__ = (sa.UniqueConstraint("document_id", "gemeente"),)

    id: UUID = Field(primary_key=True)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    gemeente: str
    sha256: str
    op: datetime = Field(sa_type=Tijdstip)


class CatalogusRow(Tabel, table=True):
    """A public entry: this provider gives this product from this day on."""

    __tablename__ = "catalogus"
    __table_args__ = (
        sa.UniqueConstraint("overeenkomst_id", "product", "van"),
        sa.Index("ix_catalogus_volgorde", "aanbieder", "perceel", "product", "id"),
        sa.Index("ix_catalogus_aanbod", "perceel", "product", "van", "tot", "overeenkomst_id"),
    )

    id: UUID = Field(primary_key=True)
    overeenkomst_id: UUID = Field(foreign_key="overeenkomst.id", index=True)
    aanbieder: str
    perceel: str
    product: str
    van: date
    tot: date
