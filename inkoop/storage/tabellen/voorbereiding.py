"""What the preparation of a procedure leaves behind: checklists, contributions, substantiation, participants."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.deelnemers import Deelnamestand
from inkoop.domain.inbreng import Gevolg, Inbrengsoort
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class ChecklistpuntRow(Tabel, table=True):
    """An answer to one point of a step's checklist; a later answer to the same point counts instead.

    `ronde` is the kenmerk of the round for a step of the last four fasen, empty for the first two.
    """

    __tablename__ = "checklistpunt"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    ronde: str
    stap: str
    punt: str
    uitkomst: Puntuitkomst = Field(sa_type=enumkolom(Puntuitkomst))
    grond: str = Field(sa_type=sa.Text)
    persoon: str
    rol: str
    op: datetime = Field(sa_type=Tijdstip)


class InbrengRow(VersieTabel, table=True):
    """A contribution to a consultation, with its answer once that is given; `tekst` names no persons."""

    __tablename__ = "inbreng"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    kenmerk: str = Field(unique=True)
    stap: str
    orgaan: str
    soort: Inbrengsoort = Field(sa_type=enumkolom(Inbrengsoort))
    thema: str
    tekst: str = Field(sa_type=sa.Text)
    ontvangen_op: date
    vastgelegd_door: str
    antwoord: str | None = Field(default=None, sa_type=sa.Text)
    gevolg: Gevolg | None = Field(default=None, sa_type=enumkolom(Gevolg))
    document: str | None = None
    artikel: str | None = None
    beantwoord_door: str | None = None
    beantwoord_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class TariefonderbouwingRow(Tabel, table=True):
    """The substantiation of one perceel in one version of the tariffs; `inhoud` is its JSON."""

    __tablename__ = "tariefonderbouwing"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "tariefversie", "perceel", "nummer"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    tariefversie: str
    perceel: str
    nummer: int
    inhoud: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class DeelnameRow(Tabel, table=True):
    """How a gemeente takes part from a day on; the last row of a gemeente counts (H19-02)."""

    __tablename__ = "deelname"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    gemeente: str
    stand: Deelnamestand = Field(sa_type=enumkolom(Deelnamestand))
    grond: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class MandaatRow(Tabel, table=True):
    """A mandate that was given after the procedure began, a successor for instance (BP-13)."""

    __tablename__ = "mandaat"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "mandaat"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    mandaat: str
    inhoud: str = Field(sa_type=sa.Text)
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)


class AankondigingRow(Tabel, table=True):
    """A notice that was placed, by its number; `ronde` is empty for the procedure as a whole (B.1.6)."""

    __tablename__ = "aankondiging"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "plaats", "nummer"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    ronde: str
    soort: Aankondigingsoort = Field(sa_type=enumkolom(Aankondigingsoort))
    plaats: str
    nummer: str
    geplaatst_op: date
    persoon: str
    op: datetime = Field(sa_type=Tijdstip)
