"""Retention: lists for destruction and transfer, what was destroyed, holds, and what runs on after an agreement."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.archief import Dossiersoort, Lijstsoort, Lijststatus, Regelstand
from inkoop.domain.overgang import Overdrachtsreden
from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel, enumkolom


class ArchieflijstRow(VersieTabel, table=True):
    """A list of files to destroy or to transfer. `export_sha256` is the hash of the zip that was transferred."""

    __tablename__ = "archieflijst"

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    soort: Lijstsoort = Field(sa_type=enumkolom(Lijstsoort))
    status: Lijststatus = Field(sa_type=enumkolom(Lijststatus))
    peildatum: date
    toelichting: str = Field(sa_type=sa.Text)
    opgesteld_door: str
    opgesteld_op: datetime = Field(sa_type=Tijdstip)
    goedgekeurd_door: str | None = None
    goedgekeurd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    uitgevoerd_door: str | None = None
    uitgevoerd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    export_sha256: str | None = None


class ArchiefregelRow(VersieTabel, table=True):
    """One file on a list, with the term as it was when the list was drawn up (`grond`); `reden` why it was left out."""

    __tablename__ = "archiefregel"
    __table_args__ = (sa.UniqueConstraint("lijst_id", "dossier"),)

    id: UUID = Field(primary_key=True)
    lijst_id: UUID = Field(foreign_key="archieflijst.id", index=True)
    dossier: str = Field(index=True)
    soort: Dossiersoort = Field(sa_type=enumkolom(Dossiersoort))
    procedure: str
    vanaf: date
    bewaren_tot: date
    grond: str = Field(sa_type=sa.Text)
    stand: Regelstand = Field(sa_type=enumkolom(Regelstand))
    reden: str = Field(default="", sa_type=sa.Text)


class VernietigingRow(VersieTabel, table=True):
    """A file that was destroyed: by which list, when, how much. Nothing of what was in it.

    `bestanden` are [part, sha256] of the files that went with it; `bestanden_weg_op` is None until they are gone.
    """

    __tablename__ = "vernietiging"

    id: UUID = Field(primary_key=True)
    regel_id: UUID = Field(foreign_key="archiefregel.id", unique=True)
    dossier: str = Field(unique=True)
    soort: Dossiersoort = Field(sa_type=enumkolom(Dossiersoort))
    procedure: str = Field(index=True)
    ronde: str = Field(index=True)
    lijst: str
    aantal_rijen: int
    bestanden: list[Any] = Field(sa_type=JsonTekst)
    vernietigd_door: str
    vernietigd_op: datetime = Field(sa_type=Tijdstip)
    bestanden_weg_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class VernietigdeNaamRow(Tabel, table=True):
    """A kenmerk or number that went with a destroyed file, so that who asks for it hears what became of it."""

    __tablename__ = "vernietigde_naam"

    naam: str = Field(primary_key=True)
    vernietiging_id: UUID = Field(foreign_key="vernietiging.id", index=True)


class BewaarslotRow(VersieTabel, table=True):
    """A hold on a file, by a person: it is kept whatever its term, until somebody lets it go."""

    __tablename__ = "bewaarslot"

    id: UUID = Field(primary_key=True)
    dossier: str = Field(index=True)
    reden: str = Field(sa_type=sa.Text)
    door: str
    op: datetime = Field(sa_type=Tijdstip)
    vrijgegeven_door: str | None = None
    vrijgegeven_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    vrijgave: str = Field(default="", sa_type=sa.Text)


class DoorloopRow(Tabel, table=True):
    """How many clients of one gemeente still have support under an agreement on a day, and until when at the latest.

    Numbers, never people. The last one recorded for a gemeente counts; with no clients `laatste` is that day.
    """

    __tablename__ = "doorloop"
    __table_args__ = (sa.UniqueConstraint("contractnummer", "gemeente", "peildatum"),)

    id: UUID = Field(primary_key=True)
    contractnummer: str = Field(index=True)
    gemeente: str
    peildatum: date
    clienten: int
    laatste: date
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class OverdrachtRow(Tabel, table=True):
    """Clients that went from one agreement to another provider: how many, when, why. Never who they are."""

    __tablename__ = "overdracht"

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    contractnummer: str = Field(index=True)
    naar: str
    gemeente: str
    clienten: int
    reden: Overdrachtsreden = Field(sa_type=enumkolom(Overdrachtsreden))
    overgedragen_op: date
    bewijs: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)
