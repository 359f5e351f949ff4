"""What drives the flows: which ticks were asked for and what became of them, and who works on what now.

These are records of the machinery, not of the procedure: they prove nothing about a decision, change
without an act of a person, and stand outside the hashes of the audit log (storage/machinekamer).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, enumkolom


class Tikstand(StrEnum):
    """Where a tick stands."""

    GEVRAAGD = "gevraagd"
    BEZIG = "bezig"
    KLAAR = "klaar"
    MISLUKT = "mislukt"
    GEWEIGERD = "geweigerd"


class TikRow(Tabel, table=True):
    """One tick of one flow on one subject. `sleutel` says why it is due, so that it is asked for once.

    `poging` counts how often it was begun; `gedaan` are the sentences of its report.
    """

    __tablename__ = "tik"

    id: UUID = Field(primary_key=True)
    sleutel: str = Field(unique=True)
    flow: str
    onderwerp: str = Field(index=True)
    gevraagd_door: str
    gevraagd_op: datetime = Field(sa_type=Tijdstip)
    stand: Tikstand = Field(sa_type=enumkolom(Tikstand), index=True)
    poging: int = 0
    begonnen_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    geeindigd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    gedaan: list[Any] = Field(default=[], sa_type=JsonTekst)
    open_taken: int = 0
    melding: str = Field(default="", sa_type=sa.Text)


class WerkslotRow(Tabel, table=True):
    """Who works on a subject, until when without a sign of life. `proces` names the machine and process."""

    __tablename__ = "werkslot"

    onderwerp: str = Field(primary_key=True)
    houder: str
    proces: str
    flow: str
    sinds: datetime = Field(sa_type=Tijdstip)
    tot: datetime = Field(sa_type=Tijdstip)


class AandrijfstandRow(Tabel, table=True):
    """How far the audit log was read for acts that make a tick due."""

    __tablename__ = "aandrijfstand"

    naam: str = Field(primary_key=True)
    volgnummer: int
