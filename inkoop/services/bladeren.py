"""Paging through long lists: what a page costs follows from what it shows, not from how much there is.

Counting stops at a thousand and says so; the few different values of a column are stepped through by its index;
what begins with something is looked up in an index. Every list that can grow with the applications goes this way.

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlmodel import Session, select

TELGRENS: Final = 1000
"""How far is counted beyond the page that is shown (project default)."""

_VRIJ: Final = "/"
"""Before a sign that would mean something to LIKE."""

LAATSTE_TEKEN: Final = "\U0010ffff"
"""Nothing that begins with a text comes after that text with this behind it."""


class Telling(int):
    """How many there are; `meer` when counting stopped there: written as "meer dan 1000"."""

    meer: bool

    def __new__(cls, aantal: int, *, meer: bool = False) -> Self:
        """A count."""
        telling = super().__new__(cls, aantal)
        telling.meer = meer
        return telling

    def __str__(self) -> str:
        return f"meer dan {int(self)}" if self.meer else int.__repr__(self)


def count_tot(sessie: Session, vraag: Any, vanaf: int = 0) -> Telling:
    """How many rows a question gives, counted to TELGRENS beyond `vanaf`; the order does not matter."""
    return make_telling(sessie.exec(_count(vraag, vanaf + TELGRENS + 1)).one(), vanaf)


def count_takken(sessie: Session, takken: Sequence[Any], vanaf: int = 0) -> Telling:
    """The same for questions after one column that together give what is asked for, each row once."""
    grens = vanaf + TELGRENS + 1
    return make_telling(sessie.exec(_count(_join(takken, grens), grens)).one(), vanaf)


def make_telling(aantal: int, vanaf: int = 0) -> Telling:
    """A count of what was looked at, where more than TELGRENS beyond `vanaf` was not."""
    grens = vanaf + TELGRENS
    return Telling(min(aantal, grens), meer=aantal > grens)


def _count(vraag: Any, grens: Any) -> Any:
    return select(sa.func.count()).select_from(vraag.limit(grens).subquery())


def list_takken(sessie: Session, takken: Sequence[Any], vanaf: int, aantal: int) -> list[Any]:
    """A page, in order, of the values that questions after one column give together; each follows its own index."""
    geordend = [tak.order_by(*tak.selected_columns) for tak in takken]
    samen = _join(geordend, vanaf + aantal)
    return list(sessie.exec(samen.order_by(*samen.selected_columns).offset(vanaf).limit(aantal)).scalars())


def make_bladzijde(takken: Sequence[Any]) -> tuple[Any, Any]:
    """The questions of `list_takken` and `count_takken`, to be built once and asked often.

    The first is given `vanaf`, `aantal` and `samen` (the sum of these), the second `grens` (`vanaf` + TELGRENS + 1).
    """
    geordend = [tak.order_by(*tak.selected_columns) for tak in takken]
    vanaf, aantal, samen, grens = (
        sa.bindparam(naam, type_=sa.Integer) for naam in ("vanaf", "aantal", "samen", "grens")
    )
    pagina = _join(geordend, samen)
    return pagina.order_by(*pagina.selected_columns).offset(vanaf).limit(aantal), _count(_join(takken, grens), grens)


def _join(takken: Sequence[Any], grens: Any) -> Any:
    """The values of every question, no more than `grens` of each; one that two of them give counts once."""
    delen = [sa.select(tak.limit(grens).subquery()) for tak in takken]
    return sa.select(sa.union(*delen).subquery())


def list_verschillend(sessie: Session, kolom: Any, *voorwaarden: Any) -> list[Any]:
    """The different values of a column that begins an index, in order: a step in the index for each."""
    return list(sessie.exec(make_verschillend(kolom, *voorwaarden)).scalars())


def make_verschillend(kolom: Any, *voorwaarden: Any) -> Any:
    """The question of `list_verschillend`, to be built once and asked often."""
    eerste = sa.select(sa.func.min(kolom).label("waarde")).where(*voorwaarden).cte("waarden", recursive=True)
    volgende = sa.select(sa.func.min(kolom)).where(kolom > eerste.c.waarde, *voorwaarden).scalar_subquery()
    stap = eerste.union_all(sa.select(volgende).where(eerste.c.waarde.is_not(None)))
    return sa.select(stap.c.waarde).where(stap.c.waarde.is_not(None))


def begins_with(sessie: Session, kolom: Any, begin: str) -> Any:
    """That a text column begins with this, so that the database can follow an index of it."""
    if sessie.get_bind().dialect.name == "sqlite":
        # LIKE looks past capitals there, and an index does not.
        return sa.and_(kolom >= begin, kolom < begin + LAATSTE_TEKEN)
    return kolom.startswith(begin, autoescape=True)


def holds(sessie: Session, kolom: Any, woord: str) -> Any:
    """That a text column holds a word, whatever its capitals."""
    return matches(sessie.get_bind().dialect.name, kolom, make_patroon(woord))


def matches(dialect: str, kolom: Any, patroon: Any) -> Any:
    """That a text column fits what `make_patroon` gives, whatever its capitals."""
    if dialect == "sqlite":
        return kolom.like(patroon, escape=_VRIJ)  # LIKE looks past capitals there
    return sa.func.lower(kolom).like(sa.func.lower(patroon), escape=_VRIJ)


def make_patroon(woord: str) -> str:
    """What LIKE looks for, for a word that may stand anywhere; its signs mean themselves."""
    for teken in (_VRIJ, "%", "_"):
        woord = woord.replace(teken, _VRIJ + teken)
    return f"%{woord}%"


def weigh_apart(voorwaarde: Any) -> Any:
    """A condition that the database weighs for each row, and by which it does not choose its way through the rows.

    Both take it that nearly every row meets it, so that a page is read in its own order and no more than that page.
    """
    return sa.case((voorwaarde, 1), else_=0) != 0
