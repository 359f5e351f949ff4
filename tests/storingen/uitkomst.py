"""What a round came to, in a form that two rounds can be compared by, whatever ids they happened to give out.

An id is replaced by what stands in the record it names; records are compared as a whole, each as often as
it is there. Left out are the order of the log and its real instants, what a besluit prints of those, and
the records of the machinery.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any

from sqlmodel import select

from inkoop.storage.auditregel import AuditRow
from inkoop.storage.momentopname import list_tabellen, read_rijen
from inkoop.storage.winkel import Winkel

_ID = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_ANKER = re.compile(r'(\\*"audit\\*":)\{[^{}]*\}')
"""What a besluit prints of the log: the number and hash of a row, which holds real instants."""
Uitkomst = dict[str, Counter[str]]


def read_uitkomst(winkel: Winkel) -> Uitkomst:
    """Every record by table, as text without ids, and how often it is there; and every act in the log."""
    with winkel.lezen() as sessie:
        verbinding = sessie.connection()
        rijen = {tabel.name: [rij for _, rij in read_rijen(verbinding, tabel)] for tabel in list_tabellen()}
        handelingen = sessie.exec(
            select(
                AuditRow.persoon, AuditRow.handeling, AuditRow.onderwerp, AuditRow.van, AuditRow.naar, AuditRow.reden
            )
        ).all()
    namen = _Namen({str(rij["id"]): (tabel, rij) for tabel, lijst in rijen.items() for rij in lijst if "id" in rij})
    uitkomst = {tabel: Counter(namen.format(rij) for rij in lijst) for tabel, lijst in rijen.items()}
    uitkomst["audit"] = Counter(namen.replace(repr(tuple(een))) for een in handelingen)
    return uitkomst


def list_verschillen(een: Uitkomst, ander: Uitkomst) -> list[str]:
    """One line for each record that only one of two outcomes has."""
    return [
        f"{tabel}: {soort} {tekst[:300]}"
        for tabel in sorted({*een, *ander})
        for soort, over in (
            ("verloren", een.get(tabel, Counter()) - ander.get(tabel, Counter())),
            ("extra", ander.get(tabel, Counter()) - een.get(tabel, Counter())),
        )
        for tekst in sorted(over)
    ]


def drop_anker(tekst: str) -> str:
    """Data of a document without the row of the log that it refers to."""
    return _ANKER.sub(r"\1null", tekst)


class _Namen:
    """For each id a name made of what its record says."""

    def __init__(self, rijen: dict[str, tuple[str, dict[str, Any]]]) -> None:
        self._rijen = rijen
        self._namen: dict[str, str] = {}

    def format(self, rij: dict[str, Any]) -> str:
        zonder = {naam: waarde for naam, waarde in rij.items() if naam != "id"}
        return self.replace(json.dumps(zonder, sort_keys=True, ensure_ascii=False, default=str))

    def replace(self, tekst: str) -> str:
        return _ID.sub(lambda gevonden: self._name(gevonden.group()), drop_anker(tekst))

    def _name(self, id_: str) -> str:
        kaal = id_.replace("-", "")
        if kaal not in self._rijen:
            return id_
        if kaal not in self._namen:
            self._namen[kaal] = "?"  # records that name each other
            tabel, rij = self._rijen[kaal]
            self._namen[kaal] = f"{tabel}:{hashlib.sha256(self.format(rij).encode()).hexdigest()[:24]}"
        return self._namen[kaal]
