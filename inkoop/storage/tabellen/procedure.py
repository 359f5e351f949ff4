"""A procedure, the governance steps that were recorded on it, the criteria editions it froze."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.procedure import Fase
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class ProcedureRow(VersieTabel, table=True):
    """A procedure with the definition it runs on; after publication the definition stays as it is."""

    __tablename__ = "procedure"

    id: UUID = Field(primary_key=True)
    naam: str = Field(unique=True)
    definitie: str = Field(sa_type=sa.Text)
    definitie_hash: str
    fase: Fase = Field(sa_type=enumkolom(Fase))
    aangemaakt_op: datetime = Field(sa_type=Tijdstip)
    gepubliceerd_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class StapRow(Tabel, table=True):
    """One body's outcome on one governance step; recorded once, never changed.

    `ronde` is the kenmerk of the round for a step of the last four fasen, empty for the first two.
    """

    __tablename__ = "stap"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "ronde", "stap", "orgaan", "op"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    ronde: str
    stap: str
    orgaan: str
    uitkomst: str
    op: date
    grond: str = Field(sa_type=sa.Text)
    persoon: str
    rol: str


class CriteriaeditieRow(Tabel, table=True):
    """An edition of a criteria set as it was frozen at publication (FE-6)."""

    __tablename__ = "criteriaeditie"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "criteriaset", "editie"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    criteriaset: str
    editie: str
    hash: str
    inhoud: str = Field(sa_type=sa.Text)
    vastgelegd_op: datetime = Field(sa_type=Tijdstip)
