"""What was computed from the whole store, kept until something was done: for pages and feeds that are asked again.

Every act writes a row in the audit log in its own transaction, so what follows from the records alone holds as long as
the last row is the same. What also follows from the day is kept under that day. Only for sessions that read.

Bron: ontwerp 2.8 (one act, at least one row), 9 (figures of the web application).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlmodel import Session

from inkoop.storage.auditregel import read_kop

RUIMTE: Final = 64
"""How many results of one store are kept (project default)."""

T = TypeVar("T")
_KASTEN: WeakKeyDictionary[Any, OrderedDict[Hashable, tuple[str, Any]]] = WeakKeyDictionary()
_SLOT: Final = Lock()


def keep(sessie: Session, sleutel: Hashable, maak: Callable[[], T]) -> T:
    """What `maak` gives, computed once for a state of the store; `sleutel` names what is computed. Not to be changed.

    Two that ask at once may both compute it; neither waits for the other.
    """
    kop = str(read_kop(sessie.connection()))
    with _SLOT:
        kast = _KASTEN.setdefault(sessie.get_bind(), OrderedDict())
        bekend = kast.get(sleutel)
        if bekend is not None and bekend[0] == kop:
            kast.move_to_end(sleutel)
            return cast(T, bekend[1])
    waarde = maak()
    with _SLOT:
        kast[sleutel] = (kop, waarde)
        kast.move_to_end(sleutel)
        while len(kast) > RUIMTE:
            kast.popitem(last=False)
    return waarde
