"""Like cases alike: what was judged before about the same question on like evidence.

A judgement is one person's or two people's yes or no with answers to the published questions. Before a new
one is given, earlier final judgements on the same criterium with like evidence are shown; when the new one
would be the other way round, that is said, and the reason must deal with it.

Bron: B.3.8; equal treatment (B.1.2); FE-1 (only what both gave is shown); project default for likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

GELIJKEND = 0.5
"""From which share of equal marks evidence is called like (project default)."""


class Precedent(msgspec.Struct, frozen=True, kw_only=True):
    """A final judgement of before: on which aanmelding and criterium, yes or no, on what kind of evidence.

    `kenmerken` are what the evidence is, never who it is of: norms, kinds of document, scopes, parts.
    """

    aanmelding: str
    criterium: str
    ja: bool
    kenmerken: frozenset[str]
    antwoorden: Mapping[str, bool]
    redenen: tuple[str, ...]
    op: datetime


def find_precedenten(
    precedenten: Iterable[Precedent], *, aanmelding: str, criterium: str, kenmerken: frozenset[str]
) -> tuple[tuple[float, Precedent], ...]:
    """Earlier judgements on this criterium with like evidence, the most like first, then the latest first."""
    gevonden = [
        (compare_kenmerken(kenmerken, een.kenmerken), een)
        for een in precedenten
        if een.criterium == criterium and een.aanmelding != aanmelding
    ]
    dichtbij = [(mate, een) for mate, een in gevonden if mate >= GELIJKEND]
    return tuple(sorted(dichtbij, key=lambda paar: (-paar[0], -paar[1].op.timestamp(), paar[1].aanmelding)))


def compare_kenmerken(een: frozenset[str], ander: frozenset[str]) -> float:
    """The share of marks that both have, from 0 to 1; nothing at all on both sides is not like."""
    samen = een | ander
    return len(een & ander) / len(samen) if samen else 0.0


def list_afwijkend(precedenten: Sequence[tuple[float, Precedent]], *, ja: bool) -> tuple[Precedent, ...]:
    """The earlier judgements from which a new one of this kind would differ."""
    return tuple(een for _, een in precedenten if een.ja is not ja)
