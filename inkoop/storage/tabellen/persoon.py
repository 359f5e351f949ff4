"""The people who act: who they are, in which function, in which roles."""

from typing import Any

from sqlmodel import Field

from inkoop.storage.grondslag import JsonTekst, Tabel


class PersoonRow(Tabel, table=True):
    """A person; `id` is the short name that stands in the audit log and after `--als`.

    `kvk` is the legal person on whose behalf somebody with the role aanbieder acts.
    """

    __tablename__ = "persoon"

    id: str = Field(primary_key=True)
    naam: str
    functie: str
    rollen: list[Any] = Field(sa_type=JsonTekst)
    kvk: str | None = None
    actief: bool = True
