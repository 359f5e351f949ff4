"""Questions about a round and the notas van inlichtingen that answer them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.inlichtingen import Notastatus, Vraagstatus
from inkoop.storage.grondslag import Tijdstip, VersieTabel, enumkolom


class NotaRow(VersieTabel, table=True):
    """A nota van inlichtingen; `nummer` counts within its round, `wijzigingen` is JSON.

    `editie` and `sluiting` are what the nota changes, empty when it does not.
    """

    __tablename__ = "nota"
    __table_args__ = (sa.UniqueConstraint("ronde_id", "nummer"),)

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    kenmerk: str = Field(unique=True)
    nummer: int
    status: Notastatus = Field(sa_type=enumkolom(Notastatus))
    editie: str | None = None
    sluiting: datetime | None = Field(default=None, sa_type=Tijdstip)
    wijzigingen: str = Field(sa_type=sa.Text)
    opgesteld_door: str
    goedgekeurd_door: str | None = None
    goedgekeurd_op: datetime | None = Field(default=None, sa_type=Tijdstip)
    gepubliceerd_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class VraagRow(VersieTabel, table=True):
    """A question. `van` and `oorspronkelijk` stay inside; `tekst` is what is published.

    `nota_id` is the nota that takes the answer along; it is published when that is.
    """

    __tablename__ = "vraag"

    id: UUID = Field(primary_key=True)
    ronde_id: UUID = Field(foreign_key="ronde.id", index=True)
    nota_id: UUID | None = Field(default=None, foreign_key="nota.id", index=True)
    kenmerk: str = Field(unique=True)
    van: str
    oorspronkelijk: str = Field(sa_type=sa.Text)
    tekst: str = Field(sa_type=sa.Text)
    onderwerp: str
    ontvangen_op: datetime = Field(sa_type=Tijdstip)
    binnen_termijn: bool
    status: Vraagstatus = Field(sa_type=enumkolom(Vraagstatus))
    antwoord: str = Field(default="", sa_type=sa.Text)
    wijziging: bool = False
    voor_allen: str = Field(default="", sa_type=sa.Text)
    beantwoord_door: str | None = None
