"""Guess which known word was meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_DREMPEL = 60


def suggest(woord: str, bekend: Iterable[str]) -> str:
    """' Bedoelt u "x"?' when a known word is near, else the list of known words; empty when nothing is known."""
    keuzes = [keuze for keuze in bekend if keuze]
    if not keuzes:
        return ""
    if beste := process.extractOne(woord.lower(), keuzes, scorer=fuzz.ratio, score_cutoff=_DREMPEL):
        return f' Bedoelt u "{beste[0]}"?'
    return f" Mogelijk: {', '.join(keuzes)}."
