"""Taking the records and files of one file out of a store, so that nothing of it is left but its name.

Which rows go along follows from the foreign keys, so that a table that is added later is taken along by itself; what
refers by a name (a kenmerk, a contract number) instead of a key stands in NAAMKOLOMMEN, and which columns hold the
hash of a file that is kept in BESTANDSKOLOMMEN. A test holds both against the tables.

The rows are removed through the session, so that the log records that they are gone (storage/eenheid). A file is
removed afterwards, and only when no other record has the same one.

Bron: B.7 (Archiefwet: destroy only with a list and a verklaring); FE-10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from inkoop.storage.grondslag import METADATA, Tabel
from inkoop.storage.winkel import Winkel

BEWIJS, DOCUMENTEN = "bewijs", "documenten"

NAAMKOLOMMEN: Mapping[str, str] = {
    "bewaakt_stuk": "contractnummer",
    "document": "onderwerp",
    "document_opmerking": "document",
    "document_wijziging": "document",
    "doorloop": "contractnummer",
    "melding": "onderwerp",
    "onderdeelinhoud": "contractnummer",
    "overdracht": "contractnummer",
    "plichtmeting": "contractnummer",
    "stopsignaal": "contractnummer",
    "verzending": "document",
}
"""Table -> the column with the name of what a row belongs to."""

EIGEN_NAMEN: Mapping[str, str] = {
    "aanmelding": "kenmerk",
    "overeenkomst": "contractnummer",
    "addendum": "nummer",
    "maatregel": "kenmerk",
    "stopsignaal": "kenmerk",
    "document": "kenmerk",
    "geschil": "kenmerk",
    "overdracht": "kenmerk",
    "ronde": "kenmerk",
    "nota": "kenmerk",
    "storing": "kenmerk",
    "verzamelbesluit": "kenmerk",
    "vraag": "kenmerk",
    "inbreng": "kenmerk",
    "persoon": "id",
    "procedure": "naam",
}
"""Table -> the column with the name by which people know a row; what has it as its onderwerp goes along."""

BLIJFT: frozenset[str] = frozenset({"procedure", "contractnummer", "archieflijst", "archiefregel", "vernietiging"})
"""Tables of which no row is ever removed: a number is never given out twice, a list shows what was destroyed."""

BESTANDSKOLOMMEN: Mapping[tuple[str, str], str] = {
    ("bewijsstuk", "sha256"): BEWIJS,
    ("verzegeling", "enveloppen"): BEWIJS,
    ("verzegeling", "intrekking"): BEWIJS,
    ("voorstel", "bestanden"): BEWIJS,
    ("verzending", "bewijs_sha256"): BEWIJS,
    ("getekendstuk", "sha256"): BEWIJS,
    ("tekenbevoegdheid", "bewijs_sha256"): BEWIJS,
    ("afschrift", "bewijs_sha256"): BEWIJS,
    ("document_wijziging", "bestand_sha256"): DOCUMENTEN,
    ("contractwijziging", "bundel_sha256"): DOCUMENTEN,
    ("document", "docx_sha256"): DOCUMENTEN,
    ("document", "pdf_sha256"): DOCUMENTEN,
    ("document", "bundel_sha256"): DOCUMENTEN,
}
"""(table, column) -> the part of the store that keeps the file of which the column holds the hash."""

Bestand = tuple[str, str]
"""Part of the store and sha256."""


class Weggenomen(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out: how many rows, by which names they were known, and which files they had."""

    aantal: int
    namen: tuple[str, ...]
    bestanden: tuple[Bestand, ...]


def remove_rijen(sessie: Session, wortel: Tabel, *, behoud: frozenset[str] = frozenset()) -> Weggenomen:
    """Remove a row and everything that belongs to it, within the running transaction.

    Rows of the tables in `behoud` are refused: something still stands that needs this one (LookupError).
    """
    rijen = collect_rijen(sessie, wortel)
    for tabel in rijen:
        if tabel.name in behoud and rijen[tabel]:
            raise LookupError(f"a row of '{tabel.name}' still belongs to this")
    bestanden = tuple(dict.fromkeys(een for lijst in rijen.values() for rij in lijst for een in list_bestanden(rij)))
    namen = tuple(sorted({naam for lijst in rijen.values() for rij in lijst if (naam := _name(rij)) is not None}))
    _loosen(sessie, rijen)
    for tabel in reversed(METADATA.sorted_tables):
        for rij in rijen.get(tabel, ()):
            sessie.delete(rij)
        sessie.flush()
    return Weggenomen(aantal=sum(map(len, rijen.values())), namen=namen, bestanden=bestanden)


def collect_rijen(sessie: Session, wortel: Tabel) -> dict[sa.Table, list[Tabel]]:
    """A row with every row that refers to it or to one of those, by key or by name; per table."""
    gevonden: dict[tuple[sa.Table, tuple[Any, ...]], Tabel] = {}
    wacht = [wortel]
    if _table(wortel).name in BLIJFT:
        wacht = [*_list_kinderen(sessie, wortel), *_list_op_naam(sessie, wortel)]
    while wacht:
        rij = wacht.pop()
        sleutel = (_table(rij), tuple(getattr(rij, kolom.name) for kolom in _table(rij).primary_key.columns))
        if sleutel in gevonden or _table(rij).name in BLIJFT:
            continue
        gevonden[sleutel] = rij
        wacht += [*_list_kinderen(sessie, rij), *_list_op_naam(sessie, rij)]
    per_tabel: dict[sa.Table, list[Tabel]] = {}
    for (tabel, _), rij in gevonden.items():
        per_tabel.setdefault(tabel, []).append(rij)
    return per_tabel


def list_bestanden(rij: Tabel) -> Iterator[Bestand]:
    """The files that a row has."""
    naam = _table(rij).name
    for (tabel, kolom), onderdeel in BESTANDSKOLOMMEN.items():
        if tabel == naam:
            for sha256 in _list_hashes(getattr(rij, kolom)):
                yield onderdeel, sha256


def name_tabel(rij: Tabel) -> str:
    """The name of the table of a row, as plain text (the one that SQLAlchemy has, no encoder takes)."""
    return f"{_table(rij).name}"


def remove_bestanden(winkel: Winkel, bestanden: Iterable[Bestand]) -> None:
    """Take away the files that no record has any more. Repeating it does nothing."""
    mappen = {BEWIJS: winkel.bewijs, DOCUMENTEN: winkel.documenten}
    for onderdeel, sha256 in bestanden:
        with winkel.lezen() as sessie:
            nodig = is_in_gebruik(sessie, onderdeel, sha256)
        if not nodig:
            mappen[onderdeel].remove(sha256)


def is_in_gebruik(sessie: Session, onderdeel: str, sha256: str) -> bool:
    """Whether a record still has this file: the same bytes can belong to more than one."""
    for (tabel, kolom), waar in BESTANDSKOLOMMEN.items():
        if waar == onderdeel:
            tekst = sa.type_coerce(METADATA.tables[tabel].c[kolom], sa.Text)
            vraag = sa.select(sa.literal(1)).where(tekst.contains(sha256)).limit(1)
            if sessie.connection().execute(vraag).first() is not None:
                return True
    return False


def _list_hashes(waarde: Any) -> Iterator[str]:
    """The hashes in a column: one, a list of them, or a list of [name, hash, media type]."""
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, list):
        for een in waarde:
            yield een[1] if isinstance(een, list) else een


def _list_kinderen(sessie: Session, rij: Tabel) -> Iterator[Tabel]:
    """The rows that refer to this one by its key, those of its own table excepted."""
    for tabel in METADATA.tables.values():
        for sleutel in tabel.foreign_keys:
            if sleutel.column.table is _table(rij) and tabel is not _table(rij):
                soort = _CLASSES[tabel.name]
                kolom = getattr(soort, sleutel.parent.name)
                yield from sessie.scalars(sa.select(soort).where(kolom == getattr(rij, sleutel.column.name)))


def _list_op_naam(sessie: Session, rij: Tabel) -> Iterator[Tabel]:
    naam = _name(rij)
    if naam is None:
        return
    for tabel, kolom in NAAMKOLOMMEN.items():
        soort = _CLASSES[tabel]
        yield from sessie.scalars(sa.select(soort).where(getattr(soort, kolom) == naam))


def _loosen(sessie: Session, rijen: Mapping[sa.Table, list[Tabel]]) -> None:
    """Empty what refers to a row that goes from its own table: who was replaced by it, what it replaced."""
    for tabel, lijst in rijen.items():
        for sleutel in tabel.foreign_keys:
            if sleutel.column.table is tabel:
                soort = _CLASSES[tabel.name]
                kolom = getattr(soort, sleutel.parent.name)
                weg = [getattr(rij, sleutel.column.name) for rij in lijst]
                for ander in sessie.scalars(sa.select(soort).where(kolom.in_(weg))):
                    setattr(ander, sleutel.parent.name, None)
                    sessie.add(ander)
    sessie.flush()


def _name(rij: Tabel) -> str | None:
    kolom = EIGEN_NAMEN.get(_table(rij).name)
    return None if kolom is None else str(getattr(rij, kolom))


def _table(rij: Tabel) -> sa.Table:
    tabel: sa.Table = rij.__table__  # type: ignore[attr-defined]
    return tabel


_CLASSES: Mapping[str, type[Tabel]] = {
    str(mapper.local_table): mapper.class_
    for mapper in Tabel._sa_registry.mappers  # noqa: SLF001 - the registry of our base
}
