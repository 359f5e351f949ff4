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
    """What two outcomes do not have in common: how many records of each table, and what is other in some of them."""
    uit = []
    for tabel in sorted({*een, *ander}):
        verloren = een.get(tabel, Counter()) - ander.get(tabel, Counter())
        extra = ander.get(tabel, Counter()) - een.get(tabel, Counter())
        if not (verloren or extra):
            continue
        uit.append(f"{tabel}: {verloren.total()} verloren, {extra.total()} extra")
        uit += [f"{tabel}: {zin}" for zin in _compare(sorted(verloren), sorted(extra))[:MAX_VOORBEELDEN]]
    return uit


MAX_VOORBEELDEN = 5


def _compare(verloren: list[str], extra: list[str]) -> list[str]:
    """Of a record that both have under the same name only the fields that differ; of others the record."""
    over = {_name(tekst): tekst for tekst in extra}
    uit = []
    for tekst in verloren:
        ander = over.pop(_name(tekst), None)
        if ander is None:
            uit.append(f"verloren {tekst[:300]}")
            continue
        velden, andere = json.loads(tekst), json.loads(ander)
        uit.append(
            f"{_name(tekst)}: "
            + "; ".join(
                f"{veld} {str(waarde)[:120]} -> {str(andere.get(veld))[:120]}"
                for veld, waarde in velden.items()
                if andere.get(veld) != waarde
            )
        )
    return [*uit, *(f"extra {tekst[:300]}" for tekst in over.values())]


def _name(tekst: str) -> str:
    """How people call a record; the record itself where it has no such name."""
    try:
        rij = json.loads(tekst)
    except ValueError:
        return tekst
    return next((str(rij[veld]) for veld in ("kenmerk", "contractnummer", "sleutel", "naam") if rij.get(veld)), tekst)


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
