"""An aanmelding as it was received."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class AanmeldingRow(VersieTabel, table=True):
    """What was handed in (`opgave`, JSON of an Aanmeldingsopgave) and where it stands.

    `kvk` is the number of the single provider or the penvoerder: one legal person, one aanmelding
    a round; a later one before closing replaces the earlier (`vervangen_door_id`).
    """

    __tablename__ = "aanmelding"
    __table_args__ = (
        sa.Index("ix_aanmelding_ronde_kenmerk", "ronde_id", "kenmerk"),
        sa.Index("ix_aanmelding_ronde_status", "ronde_id", "status", "id"),
        sa.Index("ix_aanmelding_naam", "naam", "kvk", "ronde_id", "id"),
        # All that a search looks at, so that what was handed in is not read for it.
        sa.Index("ix_aanmelding_zoek", "kvk", "naam", "ronde_id", "kenmerk", "id"),
    )

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id")
    kenmerk: str = Field(unique=True)
    naam: str
    kvk: str
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    status: Aanmeldingsstatus = Field(sa_type=enumkolom(Aanmeldingsstatus))
    opgave: str = Field(sa_type=sa.Text)
    vervangen_door_id: UUID | None = Field(default=None, foreign_key="aanmelding.id")


class PlatformontvangstRow(Tabel, table=True):
    """An aanmelding that was taken in from a platform's export: the same one is never taken in twice.

    `inhoudhash` is the sha256 of all that was handed in, files and instant included.
    """

    __tablename__ = "platformontvangst"
    __table_args__ = (sa.UniqueConstraint("platform", "referentie", "inhoudhash"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", unique=True)
    platform: str
    referentie: str
    inhoudhash: str
    exporthash: str
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
