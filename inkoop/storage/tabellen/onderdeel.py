"""What the parts of agreements say, as a jurist laid it down; a later row supersedes, none is edited."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.overeenkomstdelen import Onderdeelsoort
from inkoop.storage.grondslag import Tabel, Tijdstip, enumkolom


class OnderdeelinhoudRow(Tabel, table=True):
    """The content of one part (`inhoud`, JSON): for all agreements of a procedure, or for one (`contractnummer`)."""

    __tablename__ = "onderdeelinhoud"
    __table_args__ = (sa.UniqueConstraint("procedure_id", "contractnummer", "soort", "nummer"),)

    id: UUID = Field(primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", index=True)
    contractnummer: str = Field(default="", index=True)
    soort: Onderdeelsoort = Field(sa_type=enumkolom(Onderdeelsoort))
    nummer: int
    inhoud: str = Field(sa_type=sa.Text)
    vastgesteld_door: str
    vastgesteld_op: datetime = Field(sa_type=Tijdstip)
