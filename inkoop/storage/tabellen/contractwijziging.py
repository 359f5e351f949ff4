"""Changes for all running agreements of a procedure, and addenda that did not come in force."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.contractwijziging import Weigeringsoort, Wijzigingsoort, Wijzigingstand
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom


class ContractwijzigingRow(VersieTabel, table=True):
    """A change for all running agreements: its file (`inhoud`, JSON), when it comes in force, who adopted it.

    `bundel_sha256` is the template of a new standard version as it was when it was adopted.
    """

    __tablename__ = "contractwijziging"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    kenmerk: str = Field(unique=True)
    soort: Wijzigingsoort = Field(sa_type=enumkolom(Wijzigingsoort))
    stand: Wijzigingstand = Field(sa_type=enumkolom(Wijzigingstand))
    inhoud: str = Field(sa_type=sa.Text)
    ingang: date
    tekenen_uiterlijk: date
    voorgesteld_door: str
    voorgesteld_op: datetime = Field(sa_type=Tijdstip)
    grond: str = Field(default="", sa_type=sa.Text)
    vastgesteld_door: str | None = None
    vastgesteld_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    bundel_sha256: str | None = None


class WeigeringRow(Tabel, table=True):
    """Why an addendum did not come in force: who refused, on which day, with which reason, where that is on record."""

    __tablename__ = "weigering"

    id: UUID = Field(primary_key=True)
    addendum_id: UUID = Field(foreign_key="addendum.id", unique=True)
    soort: Weigeringsoort = Field(sa_type=enumkolom(Weigeringsoort))
    partij: str
    op: date
    reden: str = Field(sa_type=sa.Text)
    bewijs: str = Field(default="", sa_type=sa.Text)
    vastgelegd_door: str
    vastgelegd_op: datetime = Field(sa_type=Tijdstip)
