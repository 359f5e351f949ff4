"""The order of the public catalogue: by name, from A or from the letter of the day; never by preference.

Bron: B.1.2; H19-24 (providers are not weighed against each other); H19-51.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import case, col

from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.samenwerking import find_beginletter
from inkoop.storage.tabellen.overeenkomst import CatalogusRow


def list_volgorde(definities: Iterable[Proceduredefinitie], op: date) -> tuple[Any, ...]:
    """The columns by which the entries of a day are ordered; the procedures are those whose agreements run then."""
    letter = find_beginletter([een.catalogus.volgorde for een in definities if een.catalogus is not None], op)
    vast = (CatalogusRow.aanbieder, CatalogusRow.perceel, CatalogusRow.product, col(CatalogusRow.id))
    if not letter:
        return vast
    return (case((CatalogusRow.aanbieder < letter, 1), else_=0), *vast)
