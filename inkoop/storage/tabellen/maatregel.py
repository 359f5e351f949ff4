"""Measures against a provider: the intention, its view, the decision."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom


class MaatregelRow(VersieTabel, table=True):
    """A step of the ladder on one agreement; `sprong` is why a step was skipped, empty when none was."""

    __tablename__ = "maatregel"

    id: UUID = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    overeenkomst_id: UUID = Field(foreign_key="overeenkomst.id", index=True)
    contractnummer: str = Field(index=True)
    stap: int
    naam: str
    stand: Maatregelstand = Field(sa_type=enumkolom(Maatregelstand))
    gevolg: Maatregelgevolg = Field(sa_type=enumkolom(Maatregelgevolg))
    afspraak: str = Field(sa_type=sa.Text)
    bevinding: str = Field(sa_type=sa.Text)
    bewijs: str = Field(sa_type=sa.Text)
    maatregel: str = Field(sa_type=sa.Text)
    evenredigheid: str = Field(sa_type=sa.Text)
    sprong: str = Field(default="", sa_type=sa.Text)
    ingang: date
    einde: date | None = None
    clienten: str = Field(default="", sa_type=sa.Text)
    overdracht_op: date | None = None
    opgesteld_door: str
    voorgenomen_op: datetime = Field(sa_type=Tijdstip)
    zienswijze_tot: date
    zienswijze_op: date | None = None
    zienswijze: str = Field(default="", sa_type=sa.Text)
    weging: str = Field(default="", sa_type=sa.Text)
    besloten_door: str | None = None
    besloten_op: datetime | None = Field(default=None, sa_type=Tijdstip)
