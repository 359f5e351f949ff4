"""The definitions of many procedures at once, for lists: each version of a record is read from the store once.

The text of a definition is large: loading it for every line takes longer than the rest of a list. What is kept belongs
to one store and one version of a record, so that nothing old is shown; only for sessions that read.

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlmodel import Session, col, select

from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services import procedures
from inkoop.storage.tabellen.procedure import ProcedureRow

RUIMTE: Final = 512
"""How many definitions of one store are kept (project default): some hundreds of kilobytes each."""

_KASTEN: WeakKeyDictionary[Any, OrderedDict[tuple[UUID, int], Proceduredefinitie]] = WeakKeyDictionary()
_SLOT: Final = Lock()


class Definities:
    """The definitions of the procedures of a store, as they are in one session that reads."""

    def __init__(self, sessie: Session) -> None:
        self._sessie = sessie
        vraag = select(ProcedureRow.id, ProcedureRow.versie)
        self._versies = dict(sessie.exec(vraag).all())
        with _SLOT:
            self._kast = _KASTEN.setdefault(sessie.get_bind(), OrderedDict())

    def read(self, procedure_id: UUID) -> Proceduredefinitie:
        """The definition of a procedure; KeyError when there is no such procedure."""
        sleutel = (procedure_id, self._versies[procedure_id])
        with _SLOT:
            if (gevonden := self._kast.get(sleutel)) is not None:
                self._kast.move_to_end(sleutel)
                return gevonden
        inhoud = self._sessie.exec(select(ProcedureRow.definitie).where(col(ProcedureRow.id) == procedure_id)).one()
        definitie = procedures.decode_tekst(inhoud)
        with _SLOT:
            self._kast[sleutel] = definitie
            while len(self._kast) > RUIMTE:
                self._kast.popitem(last=False)
        return definitie
