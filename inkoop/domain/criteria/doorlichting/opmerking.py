"""What going over a criteria set brings up: a remark with its weight and its place in the set.

A fault stands in the way of publishing; a warning asks the author to look again and stands in the way of
nothing. A draft with either can still be read, played and compared.

Bron: domein A.6 (BP-01, BP-02, BP-04, BP-06); docs/adr (weight of remarks).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeAlias, get_type_hints

import msgspec

from inkoop.domain.criteria.criterium import EenToets, Vraag

Pad: TypeAlias = tuple[str | int, ...]
"""The way from the set to a value, by key and by number: ("criteria", 3, "toets", "norm")."""


class Ernst(StrEnum):
    """The weight of a remark."""

    FOUT = "fout"
    LET_OP = "let_op"


class Opmerking(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a set: a stable code, its weight, where it is about, and a Dutch sentence with a way out."""

    code: str
    ernst: Ernst
    pad: Pad
    tekst: str


def fout(code: str, pad: Pad, tekst: str) -> Opmerking:
    """A remark that stands in the way of publishing."""
    return Opmerking(code=code, ernst=Ernst.FOUT, pad=pad, tekst=tekst)


def let_op(code: str, pad: Pad, tekst: str) -> Opmerking:
    """A remark that asks to look again."""
    return Opmerking(code=code, ernst=Ernst.LET_OP, pad=pad, tekst=tekst)


def walk_toetsen(toets: EenToets, pad: Pad = ()) -> Iterator[tuple[Pad, EenToets]]:
    """Every toets of a criterium, combinators included, with its path from the criterium's toets."""
    yield pad, toets
    for i, deel in enumerate(getattr(toets, "delen", ())):
        yield from walk_toetsen(deel, (*pad, "delen", i))


def list_vraagvelden(toets: EenToets) -> tuple[str, ...]:
    """The keys of a toets that hold published questions for people, whatever its kind."""
    return tuple(naam for naam, soort in _hints(type(toets)).items() if soort == tuple[Vraag, ...])


def walk_vragen(toets: EenToets) -> Iterator[tuple[Pad, Vraag]]:
    """Every published question in a toets, with its path from the criterium's toets."""
    for pad, deel in walk_toetsen(toets):
        for naam in list_vraagvelden(deel):
            for i, vraag in enumerate(getattr(deel, naam)):
                yield (*pad, naam, i), vraag


def _hints(soort: type) -> dict[str, Any]:
    return get_type_hints(soort)
