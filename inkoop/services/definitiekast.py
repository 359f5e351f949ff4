"""The definitions of many procedures at once, for lists: each version of a record is read from the store once.

The text of a definition is large: loading it for every line takes longer than the rest of a list. What is kept belongs
to one store and one version of a record, so that nothing old is shown; only for sessions that read.

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache, cached_property
from threading import Lock
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services import procedures
from inkoop.storage.grondslag import kale_sleutel
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.vaste_vraag import ask

RUIMTE: Final = 512
"""How many definitions of one store are kept (project default): some hundreds of kilobytes each."""

Sleutel = UUID | str
"""The id of a procedure; the text of it where the database gives text (storage/grondslag.kale_sleutel)."""

_KASTEN: WeakKeyDictionary[Any, OrderedDict[tuple[Sleutel, int], Proceduredefinitie]] = WeakKeyDictionary()
_SLOT: Final = Lock()


class Definities:
    """The definitions of the procedures of a store, as they are in one session that reads."""

    def __init__(self, sessie: Session) -> None:
        self._sessie = sessie
        self._gelezen: dict[Sleutel, Proceduredefinitie] = {}
        self._hex = sessie.get_bind().dialect.name == "sqlite"
        with _SLOT:
            self._kast = _KASTEN.setdefault(sessie.get_bind(), OrderedDict())

    def read(self, procedure_id: Sleutel) -> Proceduredefinitie:
        """The definition of a procedure, by its id or what `kale_sleutel` makes of it; KeyError when there is none."""
        kaal = procedure_id.hex if self._hex and isinstance(procedure_id, UUID) else procedure_id
        definitie = self._gelezen.get(kaal)
        if definitie is None:
            definitie = self._gelezen[kaal] = self._find(kaal)
        return definitie

    @cached_property
    def _versies(self) -> dict[Sleutel, int]:
        return dict(ask(self._sessie, _vraag_versies()))

    def _find(self, kaal: Sleutel) -> Proceduredefinitie:
        sleutel = (kaal, self._versies[kaal])
        with _SLOT:
            if (gevonden := self._kast.get(sleutel)) is not None:
                self._kast.move_to_end(sleutel)
                return gevonden
        id_ = kaal if isinstance(kaal, UUID) else UUID(hex=kaal)
        inhoud = ask(self._sessie, _vraag_definitie(), id=id_)[0].definitie
        definitie = procedures.decode_tekst(inhoud)
        with _SLOT:
            self._kast[sleutel] = definitie
            while len(self._kast) > RUIMTE:
                self._kast.popitem(last=False)
        return definitie


@cache
def _vraag_versies() -> Any:
    return select(kale_sleutel(ProcedureRow.id), ProcedureRow.versie)


@cache
def _vraag_definitie() -> Any:
    return select(ProcedureRow.definitie).where(col(ProcedureRow.id) == sa.bindparam("id"))
