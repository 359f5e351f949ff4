"""What must be found, by the plain rule: each text looked through from end to end; and which ends must be kept."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session

from inkoop.storage.grondslag import METADATA

TEKSTEN = (
    ("n", "aanmelding", "naam", "naam"),
    ("a", "aanmelding", "kenmerk", "kenmerk"),
    ("o", "overeenkomst", "contractnummer", "contractnummer"),
    ("d", "document", "titel", "kenmerk"),
    ("d", "document", "kenmerk", "kenmerk"),
    ("c", "catalogus", "aanbieder", "aanbieder"),
)


def _list_bedoeld(sessie: Session) -> Iterator[tuple[str, str, str]]:
    for soort, tabel, kolom, sleutel in TEKSTEN:
        kolommen = METADATA.tables[tabel].c
        for tekst, naam in sessie.connection().execute(sa.select(kolommen[kolom], kolommen[sleutel])):
            klein = sessie.connection().execute(sa.select(sa.func.lower(sa.literal(tekst)))).scalar_one()
            yield from ((soort, klein[plek : plek + 100], naam) for plek in range(len(klein)))


def list_bedoeld(sessie: Session) -> set[tuple[str, str, str]]:
    """The ends (kind, end, key) that belong to what the records say now."""
    return set(_list_bedoeld(sessie))


def list_bewaard(sessie: Session) -> set[tuple[str, str, str]]:
    """The ends that are kept."""
    tabel = METADATA.tables["zoekdeel"].c
    return set(map(tuple, sessie.connection().execute(sa.select(tabel.soort, tabel.deel, tabel.sleutel))))  # type: ignore[arg-type]
