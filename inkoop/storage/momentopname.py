"""What a row says, as one hash: taken when it is written, compared when the log is checked.

The hash is made of the values as they are stored, so that any edit in the database shows, also one
that leaves a value unreadable. PostgreSQL hands out some values in another form than SQLite (ids,
instants, days, yes and no); those are brought to SQLite's form first, so that a log stays whole when a
store moves from one to the other. Empty columns are left out: a column that is added later (and is
empty) changes no hash that was taken before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.engine import Connection

from inkoop.storage.grondslag import METADATA, format_json
from inkoop.storage.machinekamer import TECHNISCH
from inkoop.storage.vraagdelen import split_vraag
from inkoop.storage.zoekdelen import AFGELEID

BUITEN_OPNAME = frozenset({"audit", "audit_kop", "winkel"}) | TECHNISCH | AFGELEID
"""Tables that the chain itself covers, those of the machinery, which prove nothing, and what follows from others."""


def hash_rij(waarden: Mapping[str, Any]) -> str:
    """The sha256 (hex) of one row, as stored: column name -> raw value."""
    gevuld = {naam: waarde.hex() if isinstance(waarde, bytes) else waarde for naam, waarde in waarden.items()}
    tekst = format_json({naam: waarde for naam, waarde in gevuld.items() if waarde is not None})
    return hashlib.sha256(tekst.encode()).hexdigest()


def format_sleutel(waarden: Sequence[Any]) -> str:
    """The primary key of a row as text."""
    return "|".join(str(waarde) for waarde in waarden)


_SQLITE = sqlite_dialect()


def store_waarde(kolom: sa.Column[Any], waarde: Any) -> Any:
    """A value as SQLite would hold it: the form in which values are hashed."""
    zet_om = kolom.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)
    return waarde if zet_om is None else zet_om(waarde)


def _normalise(waarde: Any) -> Any:
    """A raw value of either database in SQLite's form."""
    if isinstance(waarde, UUID):
        return waarde.hex
    if isinstance(waarde, datetime):
        return f"{waarde.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(waarde, date):
        return waarde.isoformat()
    return int(waarde) if isinstance(waarde, bool) else waarde


def read_rijen(
    verbinding: Connection, tabel: sa.Table, *, sleutel: Sequence[Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a table as stored: (key as text, column name -> raw value), in order of their key.

    `sleutel` asks for one row: the values of its primary key, as code holds them.
    """
    namen = [kolom.name for kolom in tabel.primary_key.columns]
    waarden = {} if sleutel is None else dict(zip(namen, sleutel, strict=True))
    for rauw in verbinding.execute(_build_vraag(tabel, een_rij=sleutel is not None), waarden).mappings():
        rij = {naam: _normalise(waarde) for naam, waarde in rauw.items()}
        yield format_sleutel([rij[naam] for naam in namen]), rij


@cache
def _build_vraag(tabel: sa.Table, *, een_rij: bool) -> sa.Select[Any]:
    """The question for all rows of a table or for one by its key; building it costs more than asking it."""
    kaal = sa.select(*(sa.type_coerce(kolom, sa.types.NullType()).label(kolom.name) for kolom in tabel.c))
    sleutel = tabel.primary_key.columns
    vraag = kaal.order_by(*sleutel)
    return (
        vraag.where(*(kolom == sa.bindparam(kolom.name, type_=kolom.type) for kolom in sleutel)) if een_rij else vraag
    )


def take_opname(verbinding: Connection, tabel: sa.Table, sleutel: Sequence[Any]) -> tuple[str, str, str | None]:
    """(table, key, hash) of one row as it stands now; hash None = the row is gone."""
    paren = zip(tabel.primary_key.columns, sleutel, strict=True)
    naam = format_sleutel([store_waarde(kolom, waarde) for kolom, waarde in paren])
    for _, rij in read_rijen(verbinding, tabel, sleutel=sleutel):
        return str(tabel.name), naam, hash_rij(rij)
    return str(tabel.name), naam, None


def take_opnamen(
    verbinding: Connection, rijen: Iterable[tuple[sa.Table, tuple[Any, ...]]]
) -> list[tuple[str, str, str | None]]:
    """What `take_opname` says of each of these rows, in any order; rows of one table are asked for together."""
    per_tabel: dict[sa.Table, list[tuple[Any, ...]]] = {}
    for tabel, sleutel in rijen:
        per_tabel.setdefault(tabel, []).append(sleutel)
    opnamen: list[tuple[str, str, str | None]] = []
    for tabel, sleutels in per_tabel.items():
        if len(sleutels) == 1 or len(tabel.primary_key.columns) > 1:
            opnamen += [take_opname(verbinding, tabel, sleutel) for sleutel in sleutels]
            continue
        (kolom,) = tabel.primary_key.columns
        gevonden: dict[str, str | None] = {
            format_sleutel([store_waarde(kolom, sleutel[0])]): None for sleutel in sleutels
        }
        for deel in split_vraag([sleutel[0] for sleutel in sleutels]):
            for rauw in verbinding.execute(_build_vraag_naar(tabel), {"sleutels": deel}).mappings():
                rij = {naam: _normalise(waarde) for naam, waarde in rauw.items()}
                gevonden[format_sleutel([rij[kolom.name]])] = hash_rij(rij)
        opnamen += [(str(tabel.name), naam, hash_) for naam, hash_ in gevonden.items()]
    return opnamen


@cache
def _build_vraag_naar(tabel: sa.Table) -> sa.Select[Any]:
    """The question for the rows with some keys, of a table with a key of one column."""
    (kolom,) = tabel.primary_key.columns
    kaal = sa.select(*(sa.type_coerce(een, sa.types.NullType()).label(een.name) for een in tabel.c))
    return kaal.where(kolom.in_(sa.bindparam("sleutels", type_=kolom.type, expanding=True)))


def list_tabellen() -> list[sa.Table]:
    """Every table of which rows are recorded, in order of name."""
    return [tabel for naam, tabel in sorted(METADATA.tables.items()) if naam not in BUITEN_OPNAME]
