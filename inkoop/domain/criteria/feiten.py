"""The facts of one party that count at one point, found by kind.

Every leaf asks for facts of one kind. They are sorted out once for a whole toets instead of at each
leaf; a narrower choice (what was handed in at submission, what was established) is made once too,
and is the same object where nothing falls out.

Bron: B.2.7; ontwerp 2.9, 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from inkoop.domain.criteria.dossier import Aanleiding, EenFeit, Feit, Herkomst

FeitT = TypeVar("FeitT", bound=Feit)

VASTE_HERKOMST = frozenset({Herkomst.VASTGESTELD, Herkomst.REGISTER})
"""Where a fact comes from that can carry a besluit."""


class Feiten:
    """Facts in a fixed order (that of their ids), by kind."""

    __slots__ = ("_alle", "_keuzes", "_per_soort", "aanleidingen", "vastgesteld")

    def __init__(self, alle: Iterable[EenFeit]) -> None:
        self._alle = tuple(alle)
        self._keuzes: dict[frozenset[Aanleiding] | None, Feiten] = {}
        per_soort: dict[type[Feit], list[Feit]] = {}
        for feit in self._alle:
            per_soort.setdefault(type(feit), []).append(feit)
        self._per_soort = {soort: tuple(feiten) for soort, feiten in per_soort.items()}
        self.aanleidingen = frozenset([feit.aanleiding for feit in self._alle])
        """The moments at which some of these facts were handed in."""
        self.vastgesteld = VASTE_HERKOMST.issuperset([feit.herkomst for feit in self._alle])
        """Whether each of these facts is established."""

    def select(self, soort: type[FeitT]) -> tuple[FeitT, ...]:
        """The facts of one kind."""
        return cast("tuple[FeitT, ...]", self._per_soort.get(soort, ()))

    def keep_aanleidingen(self, aanleidingen: frozenset[Aanleiding]) -> Feiten:
        """Only what was handed in at these moments."""
        if aanleidingen >= self.aanleidingen:
            return self
        return self._keep(aanleidingen, lambda feit: feit.aanleiding in aanleidingen)

    def keep_vastgesteld(self) -> Feiten:
        """Only what was established by a beoordelaar or read from a register."""
        return self if self.vastgesteld else self._keep(None, lambda feit: feit.herkomst in VASTE_HERKOMST)

    def _keep(self, keuze: frozenset[Aanleiding] | None, counts: Callable[[EenFeit], bool]) -> Feiten:
        """A narrower choice, made once."""
        if keuze not in self._keuzes:
            self._keuzes[keuze] = Feiten(feit for feit in self._alle if counts(feit))
        return self._keuzes[keuze]


GEEN_FEITEN = Feiten(())
"""No facts at all."""
