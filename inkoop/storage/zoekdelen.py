"""The ends of names, numbers and titles, kept beside the records: a word that stands anywhere is looked up in an index.

    "Zorg aan Huis" is kept as "zorg aan huis", "org aan huis", "rg aan huis" and so on

so that every text with "aan" in it has an end that begins with it. The ends of one text lead to one key: of a name,
which many applications have, the name itself. They are written in the transaction that writes the text, and go in the
one in which the last record with that text goes; nothing is known of them that no other record says, so no row of the
log holds their hash.

Letters are made small by the database, as a search without them would do it.

Bron: docs/adr/0030; B.7 (what is destroyed leaves no name behind).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from inkoop.storage.grondslag import METADATA, Tabel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.zoeken import ZoekdeelRow

AFGELEID: Final = frozenset({str(ZoekdeelRow.__tablename__)})
"""The tables that say nothing that other records do not say."""

LENGTE: Final = 100
"""How many characters of an end are kept; a longer word is not looked up here (project default)."""


class Zoekveld(NamedTuple):
    """A kind of text that is searched in: of which records, in which columns, and by which column they are found."""

    soort: str
    rij: type[Tabel]
    kolommen: tuple[str, ...]
    sleutel: str


NAAM: Final = Zoekveld("n", AanmeldingRow, ("naam",), "naam")
AANMELDING: Final = Zoekveld("a", AanmeldingRow, ("kenmerk",), "kenmerk")
CONTRACT: Final = Zoekveld("o", OvereenkomstRow, ("contractnummer",), "contractnummer")
DOCUMENT: Final = Zoekveld("d", DocumentRow, ("titel", "kenmerk"), "kenmerk")
AANBOD: Final = Zoekveld("c", CatalogusRow, ("aanbieder",), "aanbieder")

VELDEN: Final[Mapping[type[Tabel], tuple[Zoekveld, ...]]] = {
    AanmeldingRow: (NAAM, AANMELDING),
    OvereenkomstRow: (CONTRACT,),
    DocumentRow: (DOCUMENT,),
    CatalogusRow: (AANBOD,),
}
"""By record all that is kept of it."""

_ENDS: Final = """
    WITH RECURSIVE einde(rest) AS (
        SELECT lower(CAST(:tekst AS VARCHAR)) UNION ALL SELECT substr(rest, 2) FROM einde WHERE length(rest) > 1
    )
"""
_ADD: Final = sa.text(f"""
    INSERT INTO zoekdeel (soort, deel, sleutel) {_ENDS}
    SELECT CAST(:soort AS VARCHAR), substr(rest, 1, {LENGTE}), CAST(:sleutel AS VARCHAR) FROM einde WHERE rest <> ''
    ON CONFLICT DO NOTHING
""")  # noqa: S608 - our own text and number
_REMOVE: Final = sa.text(f"""
    DELETE FROM zoekdeel WHERE soort = :soort AND sleutel = :sleutel AND deel IN (
        {_ENDS} SELECT substr(rest, 1, {LENGTE}) FROM einde
    )
""")  # noqa: S608 - our own text and number


class _Tekst(NamedTuple):
    """A text of a kind, and the key of what has it."""

    veld: Zoekveld
    tekst: str
    sleutel: str

    def as_params(self) -> dict[str, str]:
        """What a statement asks for."""
        return {"soort": self.veld.soort, "tekst": self.tekst, "sleutel": self.sleutel}


def update(sessie: Session) -> None:
    """Bring the ends in line with what a flush of this session wrote; within its transaction, after the flush."""
    oud: dict[_Tekst, None] = {}
    nieuw: dict[_Tekst, None] = {}
    for rij in sessie.new:
        nieuw.update(dict.fromkeys(_list_teksten(rij)))
    for rij in sessie.dirty:
        if (voorheen := dict.fromkeys(_list_teksten(rij, voorheen=True))) != (nu := dict.fromkeys(_list_teksten(rij))):
            oud.update(voorheen)
            nieuw.update(nu)
    for rij in sessie.deleted:
        oud.update(dict.fromkeys(_list_teksten(rij, voorheen=True)))
    if weg := [een for een in oud if een not in nieuw]:
        _write(sessie, _REMOVE, weg)
        for veld, sleutel in dict.fromkeys((een.veld, een.sleutel) for een in weg):
            # Another record may have the same name, or another text of the same record the same end.
            nieuw.update(dict.fromkeys(_read_teksten(sessie, veld, sleutel)))
    if nieuw:
        _write(sessie, _ADD, nieuw)


def _list_teksten(rij: object, *, voorheen: bool = False) -> Iterator[_Tekst]:
    """The texts of a record that are searched in, as they are now or as they were before this flush."""
    for veld in VELDEN.get(type(rij), ()):  # type: ignore[arg-type]
        waarden = {kolom: _read_waarde(rij, kolom, voorheen=voorheen) for kolom in (*veld.kolommen, veld.sleutel)}
        for kolom in veld.kolommen:
            yield _Tekst(veld, waarden[kolom], waarden[veld.sleutel])


def _read_waarde(rij: object, kolom: str, *, voorheen: bool) -> str:
    if voorheen and (eerder := sa.inspect(rij).attrs[kolom].history.deleted):  # type: ignore[union-attr]
        return str(eerder[0])
    return str(getattr(rij, kolom))


def _read_teksten(sessie: Session, veld: Zoekveld, sleutel: str) -> Iterator[_Tekst]:
    """What the records with this key say now, each text once."""
    tabel = METADATA.tables[str(veld.rij.__tablename__)]
    vraag = sa.select(*(tabel.c[kolom] for kolom in veld.kolommen)).where(tabel.c[veld.sleutel] == sleutel).distinct()
    for teksten in sessie.connection().execute(vraag):
        for tekst in teksten:
            yield _Tekst(veld, tekst, sleutel)


def _write(sessie: Session, opdracht: sa.TextClause, teksten: Iterable[_Tekst]) -> None:
    sessie.connection().execute(opdracht, [een.as_params() for een in teksten])


def is_end(deel: Any, woord: Any) -> sa.ColumnElement[bool]:
    """That an end begins with a word; both as the database has them, so that its index is followed."""
    klein = sa.func.lower(woord)
    return sa.and_(deel >= klein, deel < klein.concat("\U0010ffff"))
