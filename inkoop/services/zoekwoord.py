"""Looking up a word that may stand anywhere in a name, number or title, without reading all of them.

A rare word leads by its ends (storage/zoekdelen) to the few keys that have it. A word that much has is found on the
way: who walks through a list in the order of the page soon meets as many as the page shows. So a question stands in
two forms, and `is_zeldzaam` says which of the two is asked.

Bron: ontwerp 9 (figures of the web application); docs/adr/0030.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, col

from inkoop.services.bladeren import make_patroon
from inkoop.storage.tabellen.zoeken import ZoekdeelRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.zoekdelen import LENGTE, Zoekveld, is_end

VEEL: Final = 500
"""With more ends than this a word is met soon enough on the way through a list (project default)."""

VEEL_TE_TELLEN: Final = 3000
"""With more than this it is quicker to count on the way to a thousand that have it (project default)."""

WOORD: Final = sa.bindparam("woord", type_=sa.String())
"""The word that is searched for, in a question that is built once."""
PATROON: Final = sa.bindparam("patroon", type_=sa.String())
"""The same as bladeren.matches has it."""


def make_waarden(woord: str) -> dict[str, str]:
    """What WOORD and PATROON stand for; nothing without a word."""
    return {"woord": woord, "patroon": make_patroon(woord)} if woord else {}


def is_zeldzaam(sessie: Session, woord: str, *velden: Zoekveld, hoogstens: int = VEEL) -> bool:
    """Whether a word (not empty) begins few enough ends of each of these kinds to be looked up."""
    if len(woord) > LENGTE:
        return False
    (aantallen,) = ask(sessie, _vraag_aantallen(velden), woord=woord, grens=hoogstens + 1)
    return all(aantal <= hoogstens for aantal in aantallen)


@cache
def _vraag_aantallen(velden: tuple[Zoekveld, ...]) -> Any:
    """How many ends of each kind begin with a word, counted to `grens`."""
    return sa.select(
        *(
            sa.select(sa.func.count())
            .select_from(
                sa.select(sa.literal(1)).where(*_list_voorwaarden(veld)).limit(sa.bindparam("grens")).subquery()
            )
            .scalar_subquery()
            for veld in velden
        )
    )


def select_sleutels(veld: Zoekveld) -> Any:
    """The keys of the texts of a kind that hold a word (the parameter `woord`); one can be there more than once."""
    return sa.select(col(ZoekdeelRow.sleutel)).where(*_list_voorwaarden(veld))


def _list_voorwaarden(veld: Zoekveld) -> tuple[Any, ...]:
    return (
        col(ZoekdeelRow.soort) == sa.literal(veld.soort, literal_execute=True),
        is_end(col(ZoekdeelRow.deel), WOORD),
    )
