"""What was computed from the whole store, kept until something was done: for pages and feeds that are asked again.

Every act writes a row in the audit log in its own transaction, so what follows from the records alone holds as long as
the last row is the same (`keep`). What is made per procedure holds for each procedure that no act touched since
(`keep_delen`): after an act only the others are made again. What also follows from the day is kept under that day.
Only for sessions that read.

Bron: ontwerp 2.8 (one act, at least one row), 9 (figures of the web application).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar, cast
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlmodel import Session

from inkoop.services.geraakt import find_geraakte
from inkoop.storage.auditregel import Auditkop, read_kop

RUIMTE: Final = 64
"""How many results of one store are kept (project default)."""

LADEN: Final = 8
"""How many things are kept per procedure: the terms for each period that is asked for, and the archive."""

STANDEN: Final = 3
"""Of how many states of the store what is made per procedure is kept, for who began to read just before an act."""

T = TypeVar("T")
W = TypeVar("W")
_KASTEN: WeakKeyDictionary[Any, OrderedDict[Hashable, tuple[str, Any]]] = WeakKeyDictionary()
_DELEN: WeakKeyDictionary[Any, OrderedDict[Hashable, _Lade]] = WeakKeyDictionary()
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


class Delen(Generic[T]):
    """What was made per procedure, by its id, and what was derived from all of it together. Not to be changed."""

    def __init__(self, per: Mapping[UUID, T]) -> None:
        self.per = per
        self._afgeleid: OrderedDict[Hashable, Any] = OrderedDict()

    def derive(self, sleutel: Hashable, maak: Callable[[Mapping[UUID, T]], W]) -> W:
        """What `maak` gives of the parts, once: it holds as long as no procedure was touched."""
        with _SLOT:
            if sleutel in self._afgeleid:
                self._afgeleid.move_to_end(sleutel)
                return cast(W, self._afgeleid[sleutel])
        waarde = maak(self.per)
        with _SLOT:
            self._afgeleid[sleutel] = waarde
            while len(self._afgeleid) > RUIMTE:
                self._afgeleid.popitem(last=False)
        return waarde


class _Lade:
    """The last states of one thing that is made per procedure; who makes it keeps the others waiting."""

    def __init__(self) -> None:
        self.slot = Lock()
        self.standen: list[tuple[Auditkop, Delen[Any]]] = []

    def find(self, kop: Auditkop) -> Delen[Any] | None:
        return next((delen for van, delen in self.standen if van == kop), None)

    def find_eerder(self, kop: Auditkop) -> tuple[Auditkop, Delen[Any]] | None:
        """The last state before this one."""
        eerder = [stand for stand in self.standen if stand[0].aantal < kop.aantal]
        return max(eerder, key=lambda stand: stand[0].aantal, default=None)

    def add(self, kop: Auditkop, delen: Delen[Any]) -> None:
        self.standen = sorted([*self.standen, (kop, delen)], key=lambda stand: stand[0].aantal)[-STANDEN:]


def keep_delen(
    sessie: Session, sleutel: Hashable, maak: Callable[[frozenset[UUID] | None], Mapping[UUID, T]]
) -> Delen[T]:
    """What `maak` gives per procedure, kept for those that no act touched since; `sleutel` names what is made.

    `maak` gets the ids of the procedures to make it of, None for all of them, and leaves out which are not there. What
    it makes of a procedure follows from the records that geraakt.find_geraakte brings back to that procedure, and from
    nothing else. Who asks while another is making the same waits for that.
    """
    kop = read_kop(sessie.connection())
    if kop is None:
        return Delen(maak(None))
    with _SLOT:
        kast = _DELEN.setdefault(sessie.get_bind(), OrderedDict())
        lade = kast.setdefault(sleutel, _Lade())
        kast.move_to_end(sleutel)
        while len(kast) > LADEN:
            kast.popitem(last=False)
    with lade.slot:
        if (bekend := lade.find(kop)) is not None:
            return bekend
        delen = _make(sessie, lade.find_eerder(kop), maak)
        lade.add(kop, delen)
    return delen


def _make(
    sessie: Session,
    eerder: tuple[Auditkop, Delen[T]] | None,
    maak: Callable[[frozenset[UUID] | None], Mapping[UUID, T]],
) -> Delen[T]:
    geraakt = None if eerder is None else find_geraakte(sessie, eerder[0])
    if eerder is None or geraakt is None:
        return Delen(maak(None))
    if not geraakt:
        return eerder[1]
    blijft = {id_: deel for id_, deel in eerder[1].per.items() if id_ not in geraakt}
    return Delen({**blijft, **maak(geraakt)})
