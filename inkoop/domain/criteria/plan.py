"""An edition made ready for many dossiers: what does not depend on a dossier is worked out once.

A plan is a value: which criteria are tested at a moment, their leaves with the kind that judges each,
and, for one offer, the units of each criterion and what stands in the way of a toets.

Bron: ontwerp 4; docs/adr/0009 (a plan, and a view that notes what is read).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    EenToets,
    Moment,
    Peilmoment,
    Regiotabel,
    Toepassingsbereik,
    Toets,
)
from inkoop.domain.criteria.dossier import AangebodenPerceel
from inkoop.domain.criteria.eenheden import Eenheid, list_bladen, list_eenheden
from inkoop.domain.criteria.invoer import check_criteria
from inkoop.domain.criteria.soorten import COMBINATIES, Soort, find_soort
from inkoop.domain.criteria.toetsdossier import Partijsleutel
from inkoop.domain.criteria.zicht import Dagen
from inkoop.domain.fouten import Beletsel


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


class Aanbodplan(msgspec.Struct, frozen=True, kw_only=True):
    """What one offer and its days mean for a plan: the units of each criterion, and why a toets cannot be done."""

    eenheden: tuple[tuple[Eenheid, ...], ...]
    dagen: Dagen
    beletselen: tuple[Beletsel, ...]


class _Zelfde:
    """A key that is equal only to the same object: an edition is too large to compare at each toets."""

    __slots__ = ("waarde",)

    def __init__(self, waarde: Criteriaset | Plan) -> None:
        self.waarde = waarde

    def __hash__(self) -> int:
        return id(self.waarde)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, _Zelfde) and ander.waarde is self.waarde


def compile_plan(editie: Criteriaset, moment: Moment) -> Plan:
    """The plan of an edition for one moment; the same one as long as the edition is in use."""
    return _compile(_Zelfde(editie), moment)


def compile_aanbod(
    plan: Plan, percelen: tuple[AangebodenPerceel, ...], peildatums: Mapping[Peilmoment, date]
) -> Aanbodplan:
    """What an offer means for a plan; many applications in a round make the same offer."""
    return _compile_aanbod(_Zelfde(plan), percelen, tuple(peildatums.items()))


@lru_cache(maxsize=64)
def _compile(sleutel: _Zelfde, moment: Moment) -> Plan:
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


@lru_cache(maxsize=256)
def _compile_aanbod(
    sleutel: _Zelfde, percelen: tuple[AangebodenPerceel, ...], peildatums: tuple[tuple[Peilmoment, date], ...]
) -> Aanbodplan:
    plan = sleutel.waarde
    assert isinstance(plan, Plan)
    criteria = [deel.criterium for deel in plan.criteria]
    return Aanbodplan(
        eenheden=tuple(list_eenheden(criterium, percelen) for criterium in criteria),
        dagen=Dagen(dict(peildatums)),
        beletselen=tuple(check_criteria(plan.editie, criteria, percelen, dict(peildatums))),
    )
