"""Judgements: one person's yes or no on one criterion and one set of evidence (FE-1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.criteria.dossier import Oordeelrol
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, enumkolom


class OordeelRow(Tabel, table=True):
    """A final judgement. `punt` is the hash of criterion, unit, member and evidence judged on."""

    __tablename__ = "oordeel"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "punt", "persoon"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    punt: str
    criterium: str
    perceel: str | None
    product: str | None
    lid: str | None
    bewijs: list[Any] = Field(sa_type=JsonTekst)
    persoon: str
    rol: Oordeelrol = Field(sa_type=enumkolom(Oordeelrol))
    ja: bool
    reden: str = Field(sa_type=sa.Text)
    antwoorden: list[Any] = Field(sa_type=JsonTekst)
    op: datetime = Field(sa_type=Tijdstip)
