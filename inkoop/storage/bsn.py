"""Whether a text seems to hold a BSN: a suspicion that sets a file apart, never a refusal.

A BSN has nine digits and passes the elfproef, but so does one in eleven of all nine-digit numbers,
and an RSIN has the same form. Beside a label such as "BSN" a number counts in any spelling; without
a label only nine digits in a row count.

Bron: ontwerp 8; B.7 (no BSN in any dossier).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LABEL = re.compile(r"\b(?:bsn|burger[\s-]?service[\s-]?(?:nummer|nr)|sofi[\s-]?(?:nummer|nr))\b", re.IGNORECASE)
_NA_LABEL = 60
"""How many characters after a label a number still belongs to it."""
_GESPELD = re.compile(r"(?<![\w])\d(?:[ .\-]?\d){7,8}(?![\w])")
_KAAL = re.compile(r"(?<![\w.,])\d{9}(?![\w]|[.,]\d)")


def passes_elfproef(cijfers: str) -> bool:
    """Whether these eight or nine digits could be a BSN (eight = the leading zero left out)."""
    negen = cijfers.zfill(9)
    if len(negen) != 9 or not negen.isascii() or not negen.isdigit() or int(negen) == 0:
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(gewicht * int(cijfer) for gewicht, cijfer in zip(gewichten, negen, strict=True)) % 11 == 0


def suspects_bsn(tekst: str) -> bool:
    """Whether a BSN may stand in this text."""
    if any(passes_elfproef(gevonden.group()) for gevonden in _KAAL.finditer(tekst)):
        return True
    for label in _LABEL.finditer(tekst):
        for gevonden in _GESPELD.finditer(tekst[label.end() : label.end() + _NA_LABEL]):
            if passes_elfproef(re.sub(r"\D", "", gevonden.group())):
                return True
    return False


_VENSTER = 500_000
"""How many characters are looked at together; a line that is longer is kept whole."""
_OVERLAP = 500
"""More than a label and the number after it take."""


def suspects_bsn_in(delen: Iterable[str]) -> bool:
    """Whether a BSN may stand in a text that comes in pieces: the same answer as for all of it at once.

    A number does not go over the end of a line, so the text may be cut there; a label may stand on a line before it.
    """
    bewaard: list[str] = []
    lengte = 0
    for deel in delen:
        bewaard.append(deel)
        lengte += len(deel)
        if lengte < _VENSTER or "\n" not in deel:
            continue
        tekst = "".join(bewaard)
        einde = tekst.rfind("\n")
        if suspects_bsn(tekst[:einde]):
            return True
        rest = tekst[max(0, tekst.rfind("\n", 0, max(0, einde - _OVERLAP))) :]
        bewaard, lengte = [rest], len(rest)
    return suspects_bsn("".join(bewaard))
