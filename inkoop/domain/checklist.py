"""The points of a step's checklist, each answered by somebody, before the step can end well.

Bron: M20-43, M20-46 (GO/NO-GO with checklist); H19-23; C.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Stap


class Puntuitkomst(StrEnum):
    """How a point of a checklist stands; `nvt` needs the same ground as the others."""

    JA = "ja"
    NEE = "nee"
    NVT = "nvt"


def check_checklist(stap: Stap, uitkomst: str, punten: Mapping[str, Puntuitkomst]) -> list[Beletsel]:
    """Every point that keeps a step from ending well; a step that is refused (NO-GO) needs no points.

    `punten` are the last answers by the text of the point.

    Bron: M20-43 (a GO rests on the checklist).
    """
    if uitkomst != STAPUITKOMSTEN[stap.soort].door:
        return []
    beletselen = []
    for nummer, punt in enumerate(stap.checklist, start=1):
        stand = punten.get(punt)
        if stand is None:
            tekst = f"Punt {nummer} van de checklist is nog niet nagelopen: {punt}."
            beletselen.append(Beletsel("checklist-open", tekst))
        elif stand is Puntuitkomst.NEE:
            tekst = f"Punt {nummer} van de checklist staat op nee: {punt}. Los het op en leg het punt opnieuw vast."
            beletselen.append(Beletsel("checklist-nee", tekst))
    return beletselen


def check_punt(stap: Stap, nummer: int, grond: str) -> list[Beletsel]:
    """Every reason why a point cannot be answered: there is no such point, or nothing it rests on."""
    beletselen = []
    if not stap.checklist:
        beletselen.append(Beletsel("checklist-leeg", f"Stap '{stap.naam}' heeft geen checklist."))
    elif not 1 <= nummer <= len(stap.checklist):
        tekst = f"Punt {nummer} bestaat niet; de checklist van '{stap.naam}' heeft {len(stap.checklist)} punten."
        beletselen.append(Beletsel("checklist-nummer", tekst))
    if not grond.strip():
        beletselen.append(Beletsel("grond", "Noem waar het antwoord op rust."))
    return beletselen
