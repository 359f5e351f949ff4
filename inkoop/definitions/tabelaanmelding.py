"""An aanmelding that was read from a table is checked as one from a file; a fault names the cell.

Bron: issue intake; ontwerp 4 (every fault by its place).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inkoop.definitions.aanmelding import build_aanmelding
from inkoop.definitions.bsn import find_bsn_in_sleutel, find_bsn_in_waarde
from inkoop.definitions.fout import Fout
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.yamlbron import Yamlbron
from inkoop.domain.aanmelding import Aanmeldingsopgave

Celplaats = tuple[str, int, int]
"""What people call the place (`blad 'Leden', cel G4`), its row and its column."""


class Tabelbron(Yamlbron):
    """Values read from a table; `plaatsen` says for each path where it stood."""

    def __init__(self, bestand: str, waarde: Mapping[str, Any], plaatsen: Mapping[Loc, Celplaats]) -> None:
        super().__init__(Path(bestand), waarde, {}, {}, (), "")
        self._cellen = plaatsen
        self.fouten = tuple(self.fout(loc, tekst) for loc, tekst in _list_bsn((), waarde))

    def fout(self, loc: Loc, tekst: str, *, sleutel: bool = False) -> Fout:
        """A fault at the cell of this path, or at that of the nearest path above or below it."""
        naam, rij, kolom = self._find(loc)
        if sleutel and loc and isinstance(loc[-1], str) and f"'{loc[-1]}'" not in tekst:
            tekst = f"{loc[-1]}: {tekst}"
        return Fout(naam, rij, kolom, tekst)

    def _find(self, loc: Loc) -> Celplaats:
        for lengte in range(len(loc), -1, -1):
            deel = loc[:lengte]
            if deel in self._cellen:
                return self._cellen[deel]
            onder = [pad for pad in self._cellen if pad[:lengte] == deel]
            if lengte and onder:
                return self._cellen[min(onder, key=len)]
        return (str(self.pad), 1, 1)


def build_uit_tabel(bestand: str, waarde: Mapping[str, Any], plaatsen: Mapping[Loc, Celplaats]) -> Aanmeldingsopgave:
    """Check plain values from a table and make the aanmelding. Raises DefinitieError with every fault, by cell."""
    return build_aanmelding(Tabelbron(bestand, waarde, plaatsen))


def _list_bsn(loc: Loc, waarde: Any) -> Iterator[tuple[Loc, str]]:
    """Every value that holds or asks for a BSN."""
    if isinstance(waarde, Mapping):
        for sleutel, deel in waarde.items():
            if fout := find_bsn_in_sleutel(sleutel) or find_bsn_in_waarde(sleutel, deel):
                yield (*loc, sleutel), fout
            yield from _list_bsn((*loc, sleutel), deel)
    elif isinstance(waarde, list):
        for i, deel in enumerate(waarde):
            naam = next((stap for stap in reversed(loc) if isinstance(stap, str)), "")
            if fout := find_bsn_in_waarde(naam, deel):
                yield (*loc, i), fout
            yield from _list_bsn((*loc, i), deel)
