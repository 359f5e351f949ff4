"""Selection and award: scores, lots, dialogue, final proposals, awards that became final."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.criteria.dossier import Oordeelrol
from inkoop.domain.rangschikking import Stadium
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel, enumkolom


class ScoreRow(Tabel, table=True):
    """One person's score of one candidate on one criterion, in hundredths; `rol` jurist settles a difference."""

    __tablename__ = "score"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "perceel", "stadium", "criterium", "persoon"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    perceel: str
    stadium: Stadium = Field(sa_type=enumkolom(Stadium))
    criterium: str
    persoon: str
    rol: Oordeelrol = Field(sa_type=enumkolom(Oordeelrol))
    score: int
    reden: str = Field(sa_type=sa.Text)
    op: datetime = Field(sa_type=Tijdstip)


class LotingRow(Tabel, table=True):
    """The seed of a lot that was drawn in public, with who saw it."""

    __tablename__ = "loting"
    __table_args__ = (sa.UniqueConstraint("ronde_id", "perceel", "stadium"),)

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    perceel: str
    stadium: Stadium = Field(sa_type=enumkolom(Stadium))
    zaad: str
    getuige: str
    getrokken_op: datetime = Field(sa_type=Tijdstip)
    door: str


class DialoogRow(VersieTabel, table=True):
    """One talk with one candidate. `vertrouwelijk` are points that stay between the candidate and the buyers."""

    __tablename__ = "dialoogronde"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "perceel", "nummer"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    perceel: str
    nummer: int
    gepland_op: datetime = Field(sa_type=Tijdstip)
    agenda: list[Any] = Field(sa_type=JsonTekst)
    deelnemers: list[Any] = Field(sa_type=JsonTekst)
    verslag: str = Field(default="", sa_type=sa.Text)
    vertrouwelijk: list[Any] = Field(default_factory=list, sa_type=JsonTekst)
    vastgesteld_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    opgesteld_door: str


class VoorstelRow(Tabel, table=True):
    """A final proposal; the last one in time counts. `bestanden` are [name, sha256, media type]."""

    __tablename__ = "voorstel"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    volgnummer: int
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    tijdig: bool
    bestanden: list[Any] = Field(sa_type=JsonTekst)
    toelichting: str = Field(sa_type=sa.Text)


class GunningRow(Tabel, table=True):
    """An award intention that became final: after its term, with nothing in the way.

    Of one that lapsed because the winner withdrew: that nobody follows, so that the perceel is not awarded.
    """

    __tablename__ = "gunning"

    id: UUID = Field(primary_key=True)
    besluit_id: UUID = Field(foreign_key="besluit.id", unique=True)
    definitief_op: datetime = Field(sa_type=Tijdstip)
    door: str
    mandaat: str
