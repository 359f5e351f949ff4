"""Names of files that strangers hand in: kept for people, never used as a path.

Bron: ontwerp 8.
"""

from __future__ import annotations

import unicodedata

MAX_LENGTE = 200
_VERBODEN = frozenset('/\\:*?"<>|')
_WINDOWS = frozenset({"con", "prn", "aux", "nul", *(f"{poort}{n}" for poort in ("com", "lpt") for n in range(1, 10))})


def check_bestandsnaam(naam: str) -> list[str]:
    """Every reason why this name is refused, in Dutch; empty = fine."""
    redenen = []
    if not naam.strip():
        redenen.append("het bestand heeft geen naam")
    if len(naam) > MAX_LENGTE:
        redenen.append(f"de bestandsnaam is langer dan {MAX_LENGTE} tekens")
    if verboden := sorted(_VERBODEN & set(naam)):
        redenen.append(f"in de bestandsnaam mag geen {' of '.join(verboden)} staan (geef de naam zonder map)")
    # Cc control, Cf invisible (also right-to-left override), Cs half characters, Zl/Zp line ends.
    if any(unicodedata.category(teken) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for teken in naam):
        redenen.append("in de bestandsnaam staan onzichtbare tekens; geef het bestand een andere naam")
    if naam.strip() and (naam.startswith((".", " ")) or naam.endswith((".", " "))):
        redenen.append("de bestandsnaam mag niet met een punt of spatie beginnen of eindigen")
    if naam.split(".", maxsplit=1)[0].strip().lower() in _WINDOWS:
        redenen.append(
            "deze bestandsnaam kan op sommige computers niet worden geopend; geef het bestand een andere naam"
        )
    return redenen


def read_extensie(naam: str) -> str:
    """The extension in lower case without its dot; empty when there is none."""
    _, punt, extensie = naam.rpartition(".")
    return extensie.lower() if punt else ""
