"""Documents: asked for in the transition that needs them, made afterwards from the record."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verloop import Documentstatus
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom


class DocumentRow(VersieTabel, table=True):
    """A document. `sleutel` makes it unique for what it says about whom; a new version gets a new one.

    `gegevens` is the JSON of the struct that the template is filled with, so the document can be
    made again to the same bytes. `onderwerp` is the kenmerk of what it belongs to.
    """

    __tablename__ = "document"

    id: UUID = Field(primary_key=True)
    sleutel: str = Field(unique=True)
    soort: str
    onderwerp: str = Field(index=True)
    ronde: str | None = Field(default=None, index=True)
    kenmerk: str = Field(unique=True)
    titel: str
    status: Documentstatus = Field(sa_type=enumkolom(Documentstatus))
    gegevens: str = Field(sa_type=sa.Text)
    opgesteld_door: str
    gevraagd_op: datetime = Field(sa_type=Tijdstip)
    sjabloon_hash: str | None = None
    gegevens_hash: str | None = None
    docx_sha256: str | None = None
    pdf_sha256: str | None = None
    goedgekeurd_door: str | None = None
    goedgekeurd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    verzonden_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    opmerking: str = Field(default="", sa_type=sa.Text)
