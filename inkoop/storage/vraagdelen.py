"""How many values one question names: a database takes only so many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

T = TypeVar("T")

PER_VRAAG: Final = 500
"""Values in one question; SQLite takes 32,766, PostgreSQL twice as many."""


def split_vraag(waarden: Sequence[T]) -> Iterator[Sequence[T]]:
    """These values in parts that one question may name, in their order."""
    for begin in range(0, len(waarden), PER_VRAAG):
        yield waarden[begin : begin + PER_VRAAG]


def name_waarden(kolom: Any) -> Any:
    """That a column is one of the values that `ask_delen` gives with the question."""
    return col(kolom).in_(sa.bindparam("waarden", expanding=True))


def ask_delen(sessie: Session, vraag: Any, waarden: Sequence[object]) -> Iterator[Any]:
    """The answer of a question (built once, with `name_waarden`) for these values, in as many parts as it takes."""
    for deel in split_vraag(waarden):
        yield from sessie.exec(vraag, params={"waarden": list(deel)})
