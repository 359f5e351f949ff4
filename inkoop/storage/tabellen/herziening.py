"""What happens after sending: an aanmelding that is looked at again, proof of sending."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.herziening import Herzieningsaanleiding
from inkoop.domain.verzending import Verzendwijze
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom, index_open


class HeropeningRow(VersieTabel, table=True):
    """An aanmelding on which was decided is looked at again, with the reason; the last one counts.

    `afgedaan_op` is when the new toets was compared with what was decided.
    """

    __tablename__ = "heropening"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    volgnummer: int
    aanleiding: Herzieningsaanleiding = Field(sa_type=enumkolom(Herzieningsaanleiding))
    reden: str = Field(sa_type=sa.Text)
    door: str
    op: datetime = Field(sa_type=Tijdstip)
    afgedaan_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class VerzendingRow(VersieTabel, table=True):
    """A letter that went out: which file, how, when; and the proof of it, with its own hash when it is a file.

    `referentie` is what the platform or the carrier calls it; `bezorgd_op` when the proof says it arrived.
    """

    __tablename__ = "verzending"
    __table_args__ = (index_open("ix_verzending_open", "bewijs_door IS NULL", "aanmelding"),)

    id: UUID = Field(primary_key=True)
    document: str = Field(unique=True)
    aanmelding: str = Field(index=True)
    pdf_sha256: str
    wijze: Verzendwijze = Field(sa_type=enumkolom(Verzendwijze))
    verzonden_op: datetime = Field(sa_type=Tijdstip)
    verzonden_door: str
    referentie: str = ""
    bewijs_sha256: str | None = None
    bezorgd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    bewijs_door: str | None = None
