"""An edition made ready for many dossiers: what does not depend on a dossier is worked out once.

A plan is a value: which criteria are tested at a moment, and their leaves with the kind that judges each. What
one offer means for it stands in `aanbodplan`.

Bron: ontwerp 4; docs/adr/0009 (a plan, and a view that notes what is read).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    EenToets,
    Moment,
    Regiotabel,
    Toepassingsbereik,
    Toets,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.soorten import COMBINATIES, Soort, find_soort
from inkoop.domain.criteria.toetsdossier import Partijsleutel


class Bladplan(msgspec.Struct, frozen=True, kw_only=True):
    """One leaf: its place in the file, the kind that judges it, and whether repair can count for it."""

    nummer: int
    toets: EenToets
    soort: Soort[Toets]
    accepts_herstel: bool


class Criteriumplan(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion: who must satisfy it, and its leaves in file order.

    `kiest_partijen`: whether it is about parties of some legal forms or sizes only; `enig` is its leaf
    where it is no combination.
    """

    criterium: Criterium
    partijsleutel: Partijsleutel
    kiest_partijen: bool
    bladen: tuple[Bladplan, ...]
    enig: Bladplan | None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The criteria of an edition that are tested at one moment."""

    editie: Criteriaset
    criteria: tuple[Criteriumplan, ...]
    regios: Mapping[str, Regiotabel]


class Zelfde:
    """A key that is equal only to the same object: an edition is too large to compare at each toets."""

    __slots__ = ("waarde",)

    def __init__(self, waarde: Criteriaset | Plan) -> None:
        self.waarde = waarde

    def __hash__(self) -> int:
        return id(self.waarde)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, Zelfde) and ander.waarde is self.waarde


def compile_plan(editie: Criteriaset, moment: Moment) -> Plan:
    """The plan of an edition for one moment; the same one as long as the edition is in use."""
    return _compile(Zelfde(editie), moment)


@lru_cache(maxsize=64)
def _compile(sleutel: Zelfde, moment: Moment) -> Plan:
    editie = sleutel.waarde
    assert isinstance(editie, Criteriaset)
    criteria = [criterium for criterium in editie.criteria if moment in criterium.momenten]
    return Plan(
        editie=editie,
        criteria=tuple(_compile_criterium(criterium) for criterium in criteria),
        regios={regio.naam: regio for regio in editie.regios},
    )


def _compile_criterium(criterium: Criterium) -> Criteriumplan:
    bladen = []
    for plaats, blad in enumerate(list_bladen(criterium.toets)):
        soort = find_soort(blad)
        bladen.append(
            Bladplan(nummer=plaats, toets=blad, soort=soort, accepts_herstel=soort.accepts_herstel(blad, criterium))
        )
    return Criteriumplan(
        criterium=criterium,
        partijsleutel=(criterium.toepassing, criterium.beroep_op_derden),
        # Whatever else `alleen` may ask than a part of the offer is asked of parties.
        kiest_partijen=msgspec.structs.replace(criterium.alleen, percelen=(), producten=(), kenmerken=())
        != Toepassingsbereik(),
        bladen=tuple(bladen),
        enig=None if type(criterium.toets) in COMBINATIES else bladen[0],
    )
