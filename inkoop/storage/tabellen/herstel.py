"""The one herstelverzoek that an aanmelding may get (B.2.7)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from inkoop.domain.verloop import Herstelstatus
from inkoop.storage.grondslag import JsonTekst, Tijdstip, VersieTabel, enumkolom, index_open


class HerstelverzoekRow(VersieTabel, table=True):
    """All points at once, one term. `uiterlijk` is the last instant of the term."""

    __tablename__ = "herstelverzoek"
    __table_args__ = (
        index_open("ix_herstelverzoek_open", "status IN ('concept', 'gecontroleerd')", "status", "aanmelding_id"),
    )

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", unique=True)
    toets_id: UUID = Field(foreign_key="toets.id")
    status: Herstelstatus = Field(sa_type=enumkolom(Herstelstatus))
    punten: list[Any] = Field(sa_type=JsonTekst)
    uiterlijk: datetime = Field(sa_type=Tijdstip)
    opgesteld_door: str
    gecontroleerd_door: str | None = None
    verzonden_door: str | None = None
    verzonden_op: datetime | None = Field(default=None, sa_type=Tijdstip)
