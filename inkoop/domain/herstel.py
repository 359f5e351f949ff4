"""Repair: what is worth asking, and what came of each point.

Nobody is asked to mend what cannot save any perceel: where something else fails for good, an answer would
cost work and change nothing. The letter says for which percelen nothing is asked. The file and the rules
decide this, not a person, so who is in the same position gets the same chance.

Bron: domein B.2.7, C.13; F.0 `herstelverloop`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.bevinding import Bevinding, Eenheiduitkomst, Toetsresultaat
from inkoop.domain.criteria.uitkomst import Uitkomst, laagste


class Puntstand(StrEnum):
    """What came of one point of a herstelverzoek."""

    OPEN = "open"
    HERSTELD = "hersteld"
    TE_BEOORDELEN = "te_beoordelen"
    NIET_HERSTELD = "niet_hersteld"
    GEEN_ANTWOORD = "geen_antwoord"
    TE_LAAT = "te_laat"


def list_verloren(eenheden: Iterable[Eenheiduitkomst]) -> frozenset[str]:
    """The percelen that nothing can save any more: every unit of decision of them fails for good."""
    per_perceel: dict[str, list[Eenheiduitkomst]] = {}
    for eenheid in eenheden:
        per_perceel.setdefault(eenheid.perceel, []).append(eenheid)
    return frozenset(
        perceel
        for perceel, hier in per_perceel.items()
        if all(eenheid.uitkomst is Uitkomst.VOLDOET_NIET for eenheid in _units(hier))
    )


def find_reddend(bevinding: Bevinding, eenheden: Iterable[Eenheiduitkomst]) -> tuple[str, ...]:
    """The percelen that mending this finding could still save, in their order; empty = asking is of no use."""
    per_perceel: dict[str, list[Eenheiduitkomst]] = {}
    for eenheid in eenheden:
        if bevinding.perceel in (None, eenheid.perceel):
            per_perceel.setdefault(eenheid.perceel, []).append(eenheid)
    return tuple(
        perceel
        for perceel, hier in per_perceel.items()
        if any(
            eenheid.uitkomst is not Uitkomst.VOLDOET_NIET
            for eenheid in _units(hier)
            if bevinding.product is None or eenheid.product in (None, bevinding.product)
        )
    )


def _units(hier: list[Eenheiduitkomst]) -> list[Eenheiduitkomst]:
    """The units on which is decided: products where there are any, else the perceel (which then only sums up)."""
    return [eenheid for eenheid in hier if eenheid.product is not None] or hier


class Antwoordstand(msgspec.Struct, frozen=True, kw_only=True):
    """What was received in answer: hashes of evidence that came in time, and of what came too late."""

    tijdig: frozenset[str]
    te_laat: frozenset[str]
    gesloten: bool


def assess_punt(
    resultaat: Toetsresultaat | None,
    criterium: str,
    lid: str | None,
    percelen: Collection[str],
    antwoord: Antwoordstand,
) -> Puntstand:
    """What came of one point: each point by itself, whatever happened to the others (B.2.7)."""
    bevindingen = [
        b
        for b in (resultaat.bevindingen if resultaat is not None else ())
        if b.criterium == criterium and b.lid == lid and b.perceel in (None, *percelen)
    ]
    uitkomst = laagste(b.uitkomst for b in bevindingen)
    if uitkomst in (Uitkomst.VOLDOET, Uitkomst.VOORWAARDELIJK, Uitkomst.NVT):
        return Puntstand.HERSTELD if antwoord.tijdig else Puntstand.OPEN
    if uitkomst is Uitkomst.TE_BEOORDELEN and antwoord.tijdig:
        return Puntstand.TE_BEOORDELEN
    if not antwoord.gesloten:
        return Puntstand.OPEN
    if antwoord.tijdig:
        return Puntstand.NIET_HERSTELD
    return Puntstand.TE_LAAT if antwoord.te_laat else Puntstand.GEEN_ANTWOORD
