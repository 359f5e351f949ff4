"""An aanmelding as it was received."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom


class AanmeldingRow(VersieTabel, table=True):
    """What was handed in (`opgave`, JSON of an Aanmeldingsopgave) and where it stands.

    `kvk` is the number of the single provider or the penvoerder: one legal person, one aanmelding
    a round; a later one before closing replaces the earlier (`vervangen_door_id`).
    """

    __tablename__ = "aanmelding"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    kenmerk: str = Field(unique=True)
    naam: str
    kvk: str = Field(index=True)
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    status: Aanmeldingsstatus = Field(sa_type=enumkolom(Aanmeldingsstatus))
    opgave: str = Field(sa_type=sa.Text)
    vervangen_door_id: UUID | None = Field(default=None, foreign_key="aanmelding.id")
