"""How the judgements of people are weighed: two different beoordelaars, and a jurist who settles.

A judgement is bound to the evidence it was given on. While fewer than two people have judged,
nothing of a first judgement can be seen in an outcome, so the second person stays blind.

Bron: ontwerp 4; F.0 `beoordelaars`; FE-1 (project default for the jurist).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.dossier import Oordeel, Oordeelrol


class Oordeelstand(StrEnum):
    """How the judgements on one evidence set stand."""

    WACHT = "wacht"
    VERSCHIL = "verschil"
    JA = "ja"
    NEE = "nee"


class Weging(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the judgements come to; `oordelen` are those that carry it, none while it is not settled.

    `redenen` are their reasons and `neen` the ids of the published questions that they answered with no, each
    once and in a fixed order.
    """

    stand: Oordeelstand
    oordelen: tuple[Oordeel, ...] = ()
    door_jurist: bool = False
    redenen: tuple[str, ...] = ()
    neen: tuple[str, ...] = ()


WACHT = Weging(stand=Oordeelstand.WACHT)
"""Fewer than two people have judged."""
_VERSCHIL = Weging(stand=Oordeelstand.VERSCHIL)
_BEOORDELAAR = Oordeelrol.BEOORDELAAR


def weigh_oordelen(oordelen: Sequence[Oordeel]) -> Weging:
    """Weigh the judgements that were given on the same evidence.

    Of one person counts the judgement that was given most specifically, and of those the last one.
    Two different beoordelaars must agree; where they differ, a jurist who is neither of them decides.
    """
    if len(oordelen) < 2:
        return WACHT
    beoordelaars = [oordeel for oordeel in oordelen if oordeel.rol is _BEOORDELAAR]
    if len(beoordelaars) != 2 or beoordelaars[0].persoon == beoordelaars[1].persoon:
        beoordelaars = _last_per_persoon(beoordelaars)
        if len(beoordelaars) < 2:
            return WACHT
    ja = beoordelaars[0].ja
    if all(oordeel.ja is ja for oordeel in beoordelaars):
        return _settle(beoordelaars, door_jurist=False)
    personen = {oordeel.persoon for oordeel in beoordelaars}
    juristen = _last_per_persoon(o for o in oordelen if o.rol is Oordeelrol.JURIST and o.persoon not in personen)
    if not juristen:
        return _VERSCHIL
    return _settle([max(juristen, key=_sterkte)], door_jurist=True)


Wegingen = Mapping[tuple[str, tuple[str, ...]], Sequence["Groepsweging"]]
"""What judgements come to, by criterion and by the evidence they were given on (each id once, sorted)."""


class Groepsweging(msgspec.Struct, frozen=True, gc=False):
    """Judgements on the same evidence that were given for the same perceel, product and member (None = all)."""

    perceel: str | None
    product: str | None
    lid: str | None
    oordelen: tuple[Oordeel, ...]
    weging: Weging


def weigh_groepen(per_bewijs: Mapping[str, Mapping[tuple[str, ...], Sequence[Oordeel]]]) -> Wegingen:
    """Weigh judgements once, where they stand together: those of one criterion, evidence, unit and member."""
    wegingen: dict[tuple[str, tuple[str, ...]], list[Groepsweging]] = {}
    for criterium, bewijzen in per_bewijs.items():
        for bewijs, oordelen in bewijzen.items():
            groepen: dict[tuple[str | None, str | None, str | None], list[Oordeel]] = {}
            for oordeel in oordelen:
                groepen.setdefault((oordeel.perceel, oordeel.product, oordeel.lid), []).append(oordeel)
            wegingen[criterium, bewijs] = [
                Groepsweging(*waar, tuple(groep), weigh_oordelen(groep)) for waar, groep in groepen.items()
            ]
    return wegingen


def find_weging(
    groepen: Sequence[Groepsweging] | None, perceel: str | None, product: str | None, lid: str | None
) -> Weging:
    """What the judgements for one unit and member come to; those of several groups are weighed together."""
    passend = [
        groep
        for groep in groepen or ()
        if (groep.perceel is None or groep.perceel == perceel)
        and (groep.product is None or groep.product == product)
        and (groep.lid is None or groep.lid == lid)
    ]
    if len(passend) == 1:
        return passend[0].weging
    return weigh_oordelen([oordeel for groep in passend for oordeel in groep.oordelen])


def _settle(oordelen: Sequence[Oordeel], *, door_jurist: bool) -> Weging:
    """The result of judgements that all say the same."""
    redenen = {oordeel.reden.strip() for oordeel in oordelen} - {""}
    neen = {antwoord.vraag for oordeel in oordelen for antwoord in oordeel.antwoorden if not antwoord.ja}
    return Weging(
        stand=Oordeelstand.JA if oordelen[0].ja else Oordeelstand.NEE,
        oordelen=tuple(oordelen),
        door_jurist=door_jurist,
        redenen=tuple(sorted(redenen)),
        neen=tuple(sorted(neen)),
    )


def _last_per_persoon(oordelen: Iterable[Oordeel]) -> list[Oordeel]:
    """Per person the judgement that counts, ordered by person; of two that differ in nothing else, the text decides."""
    per_persoon: dict[str, Oordeel] = {}
    for oordeel in oordelen:
        eerder = per_persoon.get(oordeel.persoon)
        if eerder is None or (_sterkte(oordeel), msgspec.json.encode(eerder)) > (
            _sterkte(eerder),
            msgspec.json.encode(oordeel),
        ):
            per_persoon[oordeel.persoon] = oordeel
    return [per_persoon[persoon] for persoon in sorted(per_persoon)]


def _sterkte(oordeel: Oordeel) -> tuple[int, float, bool, str, str]:
    """Which of several judgements counts: the most specific, then the last; no before yes at one instant."""
    gericht = sum(deel is not None for deel in (oordeel.perceel, oordeel.product, oordeel.lid))
    return gericht, oordeel.op.timestamp(), not oordeel.ja, oordeel.persoon, oordeel.reden
