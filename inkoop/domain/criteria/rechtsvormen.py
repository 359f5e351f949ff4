"""Legal forms as people write them: "B.V.", "bv" and "besloten vennootschap" are one.

An applicant writes its own legal form, so a criterium for some legal forms may not be escaped by spelling.

Bron: Burgerlijk Wetboek boek 2 and 7A, Wetboek van Koophandel (the forms); how they are written is a project default.
"""

from __future__ import annotations

from functools import lru_cache

RECHTSVORMEN = (
    "bv",
    "nv",
    "stichting",
    "vereniging",
    "coöperatie",
    "vof",
    "maatschap",
    "cv",
    "eenmanszaak",
    "zzp",
    "publiekrechtelijke rechtspersoon",
)
"""The usual forms, as a file writes them."""

_VOLUIT = {
    "beslotenvennootschap": "bv",
    "naamlozevennootschap": "nv",
    "vennootschaponderfirma": "vof",
    "commanditairevennootschap": "cv",
    "cooperatie": "coöperatie",
    "zzper": "zzp",
}


@lru_cache(maxsize=1024)
def fold_rechtsvorm(tekst: str) -> str:
    """The form without capitals, full stops, spaces and hyphens; one that is written in full becomes its short name."""
    kaal = "".join(teken for teken in tekst.casefold() if teken.isalnum())
    return _VOLUIT.get(kaal, kaal)


def find_gewone(tekst: str) -> str | None:
    """The usual form that was meant by a slip of the pen; None for one that is usual or that nothing looks like."""
    kaal = fold_rechtsvorm(tekst)
    bekend = {fold_rechtsvorm(vorm): vorm for vorm in RECHTSVORMEN}
    if kaal in bekend:
        return None
    afstand, naaste = min((_count_slips(kaal, vorm), vorm) for vorm in bekend)
    return bekend[naaste] if afstand <= max(1, len(kaal) // 4) else None


def _count_slips(een: str, ander: str) -> int:
    """How many letters are too many, too few or wrong."""
    rij = list(range(len(ander) + 1))
    for i, letter in enumerate(een, start=1):
        vorige, rij[0] = rij[0], i
        for j, doel in enumerate(ander, start=1):
            vorige, rij[j] = rij[j], min(rij[j] + 1, rij[j - 1] + 1, vorige + (letter != doel))
    return rij[-1]
