"""The order of the public catalogue: by name, from A or from the letter of the day; never by preference.

Bron: B.1.2; H19-24 (providers are not weighed against each other); H19-51.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import case

from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.samenwerking import find_beginletter


def find_letter(definities: Iterable[Proceduredefinitie], op: date) -> str:
    """The letter at which the catalogue of a day begins, empty = at A; the procedures are those that run then."""
    return find_beginletter([een.catalogus.volgorde for een in definities if een.catalogus is not None], op)


def list_volgorde(rij: Any, letter: Any = None) -> tuple[Any, ...]:
    """The columns by which entries are ordered, from the letter of the day on when there is one."""
    vast = (rij.aanbieder, rij.perceel, rij.product, rij.id)
    return vast if letter is None else (case((rij.aanbieder < letter, 1), else_=0), *vast)
