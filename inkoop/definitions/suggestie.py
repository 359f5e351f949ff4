"""Guess which known word was meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_DREMPEL = 60
_MAX_AFSTAND = 2
_ANDERE_WOORDEN = {
    "combinant": "lid",
    "combinanten": "lid",
    "deelnemer": "lid",
    "deelnemers": "lid",
    "leden": "lid",
}
"""What people say for a known word that is spelled quite differently."""


def suggest(woord: str, bekend: Iterable[str]) -> str:
    """' Bedoelt u "x"?' when a known word is near, else the list of known words; empty when nothing is known."""
    keuzes = [keuze for keuze in bekend if keuze]
    if not keuzes:
        return ""
    if beste := find_naaste(woord, keuzes):
        return f' Bedoelt u "{beste}"?'
    return f" Mogelijk: {', '.join(keuzes)}."


def find_naaste(woord: str, keuzes: Iterable[str]) -> str | None:
    """The known word that is nearest: fewest slips of the pen first, then most alike; None when none is near.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour; a short word may hold one.
    """

    def weigh(keuze: str) -> tuple[int, float]:
        return OSA.distance(woord.lower(), keuze.lower()), -fuzz.ratio(woord.lower(), keuze.lower())

    keuzes = list(keuzes)
    if (bedoeld := _ANDERE_WOORDEN.get(woord.lower())) in keuzes:
        return bedoeld
    beste = min(keuzes, key=weigh, default=None)
    if beste is None:
        return None
    afstand, gelijkenis = weigh(beste)
    verschrijving = afstand <= min(_MAX_AFSTAND, max(1, len(woord) // 3)) and afstand < max(len(woord), 2)
    if verschrijving or -gelijkenis >= _DREMPEL:
        return beste
    meest = max(keuzes, key=lambda keuze: fuzz.ratio(woord.lower(), keuze.lower()))
    return meest if fuzz.ratio(woord.lower(), meest.lower()) >= _DREMPEL else None
