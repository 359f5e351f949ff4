"""What every kind of toets must be able to do, and the register in which kinds are found.

A new kind is: a struct in `criterium`, a module here with a class that is registered on it, and a
line in the manual. Nothing else in the engine knows kinds.

Bron: ontwerp 4; conventies (kinds live in a registry).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Toets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.zicht import Zicht

ToetsT = TypeVar("ToetsT", bound=Toets)


class Soort(ABC, Generic[ToetsT]):
    """How one kind of leaf is judged."""

    @abstractmethod
    def assess(self, toets: ToetsT, zicht: Zicht) -> Deeluitkomst:
        """Judge the facts in view, with repair still open and every fact believed."""

    @abstractmethod
    def list_peilmomenten(self, toets: ToetsT) -> tuple[Peilmoment, ...]:
        """The reference moments this toets needs, so that a missing date is found before anything is judged."""

    def accepts_herstel(self, toets: ToetsT, criterium: Criterium) -> bool:
        """Whether evidence that was handed in at repair can count for this leaf."""
        return criterium.herstelbaar is not Herstelbaarheid.NEE


_SOORTEN: dict[type[Toets], Soort[Toets]] = {}


def register(struct: type[ToetsT]) -> Callable[[type[Soort[ToetsT]]], type[Soort[ToetsT]]]:
    """Register a kind on the struct it judges (class decorator)."""

    def add(klasse: type[Soort[ToetsT]]) -> type[Soort[ToetsT]]:
        # The register pairs each struct with its own kind, which the type system cannot express.
        _SOORTEN[struct] = cast("Soort[Toets]", klasse())
        return klasse

    return add


def find_soort(toets: Toets) -> Soort[Toets]:
    """The kind that judges this leaf; KeyError for a struct without one."""
    return _SOORTEN[type(toets)]


def list_structs() -> frozenset[type[Toets]]:
    """Every struct that has a kind."""
    return frozenset(_SOORTEN)
