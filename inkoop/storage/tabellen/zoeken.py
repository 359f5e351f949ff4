"""What is searched in: the ends of names, numbers and titles."""

import sqlalchemy as sa
from sqlmodel import Field

from inkoop.storage.grondslag import Tabel

_BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")
"""Text in the order of its bytes, so that what begins with a word stands together in both databases."""


class ZoekdeelRow(Tabel, table=True):
    """What a text is from one of its characters on (`deel`, in small letters), and which key finds what has that text.

    Made from other records and from nothing else (storage/zoekdelen, which knows what each `soort` is).
    """

    __tablename__ = "zoekdeel"
    __table_args__ = ({"sqlite_with_rowid": False},)

    soort: str = Field(primary_key=True)
    deel: str = Field(primary_key=True, sa_type=_BYTES)
    sleutel: str = Field(primary_key=True)
