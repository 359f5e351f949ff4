"""Documents: asked for in the transition that needs them, made afterwards from the record."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.domain.verloop import Documentstatus, Wijzigingsoordeel
from inkoop.storage.grondslag import Tabel, Tijdstip, VersieTabel, enumkolom, index_open


class DocumentRow(VersieTabel, table=True):
    """A document. `sleutel` makes it unique for what it says about whom; a new version gets a new one.

    `gegevens` is the JSON of the struct that the template is filled with, so the document can be
    made again to the same bytes. `onderwerp` is the kenmerk of what it belongs to.

    `afwijkingen` are the changes of its text that people took over, as JSON: one list for each time the
    file came back. `vorige` is the kenmerk of the version before this one. `bundel_sha256` is the file that
    holds the template and house style it was made from, `motor` what set it. `goedgekeurd_sha256` is one
    hash over both files as they were approved; what goes out must be that.
    """

    __tablename__ = "document"
    __table_args__ = (
        index_open(
            "ix_document_open",
            "status IN ('te_maken', 'concept', 'in_review', 'akkoord', 'retour')",
            "status",
            "kenmerk",
        ),
        index_open("ix_document_soort", "kenmerk > ''", "soort", "kenmerk"),
        # What begins with a kenmerk is asked for; PostgreSQL looks that up in an index of this kind alone.
        sa.Index("ix_document_over", "onderwerp", postgresql_ops={"onderwerp": "text_pattern_ops"}),
        sa.Index("ix_document_ronde_status", "ronde", "status", "kenmerk"),
        # All that a search looks at, so that what a document is made of is not read for it.
        sa.Index("ix_document_zoek", "kenmerk", "titel", "onderwerp"),
    )

    id: UUID = Field(primary_key=True)
    sleutel: str = Field(unique=True)
    soort: str
    onderwerp: str
    ronde: str | None = None
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
    vorige: str | None = None
    afwijkingen: str = Field(default="[]", sa_type=sa.Text)
    bundel_sha256: str | None = None
    motor: str | None = None
    goedgekeurd_sha256: str | None = None


class DocumentopmerkingRow(Tabel, table=True):
    """A remark on a clause of a document; `merk` is the number of the clause (0: the whole document).

    `auteur` is who made it, as the file says; `door` is the person who recorded it.
    """

    __tablename__ = "document_opmerking"

    id: UUID = Field(primary_key=True)
    document: str = Field(index=True)
    volg: int
    merk: int
    clausule: str
    tekst: str = Field(sa_type=sa.Text)
    auteur: str
    door: str
    op: datetime = Field(sa_type=Tijdstip)

    __table_args__ = (sa.UniqueConstraint("document", "volg"),)


class DocumentwijzigingRow(VersieTabel, table=True):
    """A change in a file that came back, and what a person decided about it, with a reason."""

    __tablename__ = "document_wijziging"

    id: UUID = Field(primary_key=True)
    document: str = Field(index=True)
    volg: int
    bestand_sha256: str
    merk: int
    na: int
    genummerd: bool
    clausule: str
    soort: str
    oud: str = Field(sa_type=sa.Text)
    nieuw: str = Field(sa_type=sa.Text)
    auteurs: str
    bijgehouden: bool
    oordeel: Wijzigingsoordeel = Field(default=Wijzigingsoordeel.OPEN, sa_type=enumkolom(Wijzigingsoordeel))
    reden: str = Field(default="", sa_type=sa.Text)
    door: str | None = None
    op: datetime | None = Field(default=None, sa_type=Tijdstip)

    __table_args__ = (sa.UniqueConstraint("document", "volg"),)
