"""How many values one question names: a database takes only so many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

PER_VRAAG: Final = 500
"""Values in one question; SQLite takes 32,766, PostgreSQL twice as many."""


def split_vraag(waarden: Sequence[T]) -> Iterator[Sequence[T]]:
    """These values in parts that one question may name, in their order."""
    for begin in range(0, len(waarden), PER_VRAAG):
        yield waarden[begin : begin + PER_VRAAG]
