"""Evidence: the files, the facts stated on them, and what people established (ontwerp 2.9)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.storage.grondslag import Tabel, Tijdstip, enumkolom


class Vaststellingswijze(StrEnum):
    """What a beoordelaar found when comparing a stated fact with its evidence."""

    BEVESTIGD = "bevestigd"
    GECORRIGEERD = "gecorrigeerd"
    VERWORPEN = "verworpen"


class Nadervaststelling(StrEnum):
    """What a beoordelaar found beside, or after, the one time that a fact is established."""

    BEVESTIGD = "bevestigd"
    GECORRIGEERD = "gecorrigeerd"
    VERWORPEN = "verworpen"
    ONDUIDELIJK = "onduidelijk"


class AanvullingRow(Tabel, table=True):
    """Evidence handed in after submission: in answer to a herstelverzoek, or to meet a condition."""

    __tablename__ = "aanvulling"

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    aanleiding: Aanleiding = Field(sa_type=enumkolom(Aanleiding))
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    tijdig: bool
    toelichting: str = Field(sa_type=sa.Text)


class BewijsstukRow(Tabel, table=True):
    """One evidence file, kept under its hash in the evidence store.

    `apart_gezet`: a BSN is suspected in it; a person looks first (ontwerp 8).
    """

    __tablename__ = "bewijsstuk"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "bestand", "sha256"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    aanvulling_id: UUID | None = Field(default=None, foreign_key="aanvulling.id")
    bestand: str
    omschrijving: str
    sha256: str
    mediatype: str
    grootte: int
    lid: str | None
    aanleiding: Aanleiding = Field(sa_type=enumkolom(Aanleiding))
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    apart_gezet: bool


class HergebruikRow(Tabel, table=True):
    """A file that was not sent but used again: `eerder` is the aanmelding of an earlier round that it was sent with."""

    __tablename__ = "hergebruik"

    bewijsstuk_id: UUID = Field(primary_key=True, foreign_key="bewijsstuk.id")
    eerder: str


class FeitRow(Tabel, table=True):
    """A fact as it was stated (`inhoud`, JSON of an EenFeit with the evidence hash in it)."""

    __tablename__ = "feit"
    __table_args__ = (sa.UniqueConstraint("bewijsstuk_id", "feit"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    bewijsstuk_id: UUID = Field(foreign_key="bewijsstuk.id", index=True)
    feit: str
    inhoud: str = Field(sa_type=sa.Text)


class VaststellingRow(Tabel, table=True):
    """What a beoordelaar established about one fact; once a fact is established it stays so."""

    __tablename__ = "vaststelling"

    id: UUID = Field(primary_key=True)
    feit_id: UUID = Field(foreign_key="feit.id", unique=True)
    wijze: Vaststellingswijze = Field(sa_type=enumkolom(Vaststellingswijze))
    inhoud: str | None = Field(default=None, sa_type=sa.Text)
    reden: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class NadereVaststellingRow(Tabel, table=True):
    """A fact that is not clear, or one that is established again after its aanmelding was reopened.

    The last one (`volgnummer`) counts before what was established first, except that what is unclear stops
    counting once the fact is established.
    """

    __tablename__ = "nadere_vaststelling"
    __table_args__ = (sa.UniqueConstraint("feit_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    feit_id: UUID = Field(foreign_key="feit.id", index=True)
    volgnummer: int
    wijze: Nadervaststelling = Field(sa_type=enumkolom(Nadervaststelling))
    inhoud: str | None = Field(default=None, sa_type=sa.Text)
    reden: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)
