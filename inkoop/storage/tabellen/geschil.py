"""Complaints, kort geding, and what was said outside the letters."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.correspondentie import Berichtrichting, Contactwijze
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel, enumkolom


class GeschilRow(VersieTabel, table=True):
    """A complaint or a summons. `percelen` empty = the whole round; `aanmelding_id` None = somebody else.

    `tijdig` False: a summons after the term of its besluit. `uiterlijk` is the last day to decide on a complaint.
    """

    __tablename__ = "geschil"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    aanmelding_id: UUID | None = Field(default=None, foreign_key="aanmelding.id", index=True)
    kenmerk: str = Field(unique=True)
    soort: Geschilsoort = Field(sa_type=enumkolom(Geschilsoort))
    van: str
    percelen: list[Any] = Field(sa_type=JsonTekst)
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    tijdig: bool = True
    omschrijving: str = Field(sa_type=sa.Text)
    uiterlijk: date | None = None
    zitting_op: date | None = None
    zaaknummer: str = ""
    uitkomst: Geschiluitkomst | None = Field(default=None, sa_type=enumkolom(Geschiluitkomst))
    uitkomst_op: date | None = None
    toelichting: str = Field(default="", sa_type=sa.Text)
    hervat_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    geregistreerd_door: str


class ContactmomentRow(Tabel, table=True):
    """Contact with an applicant outside the letters of the system: a call, a talk, a message."""

    __tablename__ = "contactmoment"

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    op: datetime = Field(sa_type=Tijdstip)
    richting: Berichtrichting = Field(sa_type=enumkolom(Berichtrichting))
    wijze: Contactwijze = Field(sa_type=enumkolom(Contactwijze))
    met: str
    onderwerp: str
    inhoud: str = Field(sa_type=sa.Text)
    geregistreerd_door: str
    geregistreerd_op: datetime = Field(sa_type=Tijdstip)
