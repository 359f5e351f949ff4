"""Contract numbers that were ever given out or taken in, and older agreements that are only guarded."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel


class ContractnummerRow(Tabel, table=True):
    """A contract number that is taken, for ever: also when the contract itself was destroyed.

    `inhoudhash` and `exporthash` (sha256 of what the contract said, and of the file) of one that was taken in.
    """

    __tablename__ = "contractnummer"

    nummer: str = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    op: datetime = Field(sa_type=Tijdstip)
    inhoudhash: str | None = None
    exporthash: str | None = None


class OuderContractRow(VersieTabel, table=True):
    """A running contract under an older agreement; `inhoud` is the JSON of a Bestaandcontract."""

    __tablename__ = "ouder_contract"

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    contractnummer: str = Field(unique=True)
    voorganger: str
    naam: str
    kvk: str = Field(index=True)
    ingang: date
    einddatum: date
    inhoud: str = Field(sa_type=sa.Text)
