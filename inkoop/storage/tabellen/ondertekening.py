"""Signed copies that came back, who may sign for an aanbieder, and the copies that went to gemeenten."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.ondertekening import Handtekeningbewijs
from inkoop.domain.verzending import Verzendwijze
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom, index_open
from inkoop.storage.tabellen.overeenkomst import Partijsoort


class Stukstand(StrEnum):
    """Where a signed copy stands: a second person looks at it where that is asked for."""

    TE_CONTROLEREN = "te_controleren"
    AANVAARD = "aanvaard"
    AFGEWEZEN = "afgewezen"


class GetekendstukRow(VersieTabel, table=True):
    """One signature on a copy that came back: the file, what was found in it, who looked.

    `zegel` is the JSON of the electronic signature (empty for paper), `zegel_kenmerk` its sha256: one signature
    counts once. `twijfel` is the JSON of what a second person is asked to look at. `ondertekening_id` is the
    signature that it became.
    """

    __tablename__ = "getekendstuk"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "zegel_kenmerk"),
        index_open("ix_getekendstuk_open", "stand IN ('te_controleren')", "document_id"),
    )

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    nummer: str
    soort: Handtekeningbewijs = Field(sa_type=enumkolom(Handtekeningbewijs))
    bestandsnaam: str
    sha256: str
    partij: Partijsoort = Field(sa_type=enumkolom(Partijsoort))
    namens: str
    naam: str
    functie: str
    getekend_op: date
    zegel: str = Field(default="", sa_type=sa.Text)
    zegel_kenmerk: str | None = None
    twijfel: str = Field(default="[]", sa_type=sa.Text)
    stand: Stukstand = Field(sa_type=enumkolom(Stukstand))
    geregistreerd_door: str
    geregistreerd_op: datetime = Field(sa_type=Tijdstip)
    gecontroleerd_door: str | None = None
    gecontroleerd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    reden: str = Field(default="", sa_type=sa.Text)
    ondertekening_id: UUID | None = Field(default=None, foreign_key="ondertekening.id")


class TekenbevoegdheidRow(VersieTabel, table=True):
    """Who was established to sign for a legal person of an aanmelding; `lid` is its short name there.

    `geldig_van` and `geldig_tot` None = no limit. `bewijs_sha256` is the register extract or power of attorney.
    """

    __tablename__ = "tekenbevoegdheid"
    __table_args__ = (sa.UniqueConstraint("aanmelding_id", "lid", "naam", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    aanmelding_id: UUID = Field(foreign_key="aanmelding.id", index=True)
    lid: str
    naam: str
    volgnummer: int
    functie: str
    wijze: Tekenwijze = Field(sa_type=enumkolom(Tekenwijze))
    grond: str
    bewijs_sha256: str
    geldig_van: date | None = None
    geldig_tot: date | None = None
    vastgesteld_door: str
    vastgesteld_op: datetime = Field(sa_type=Tijdstip)


class AfschriftRow(Tabel, table=True):
    """Proof that the signed copy went to a gemeente: which file, how, when, and what shows it."""

    __tablename__ = "afschrift"
    __table_args__ = (sa.UniqueConstraint("document_id", "gemeente"),)

    id: UUID = Field(primary_key=True)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    gemeente: str
    sha256: str
    wijze: Verzendwijze = Field(sa_type=enumkolom(Verzendwijze))
    verzonden_op: datetime = Field(sa_type=Tijdstip)
    referentie: str
    bewijs_sha256: str | None = None
    vastgelegd_door: str
    vastgelegd_op: datetime = Field(sa_type=Tijdstip)
