"""How the judgements of people are weighed: two different beoordelaars, and a jurist who settles.

A judgement is bound to the evidence it was given on. While fewer than two people have judged,
nothing of a first judgement can be seen in an outcome, so the second person stays blind.

Bron: ontwerp 4; F.0 `beoordelaars`; FE-1 (project default for the jurist).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """What the judgements come to, with the reasons that carry it (each once, in a fixed order).

    `neen` are the ids of the published questions that were answered with no.
    """

    stand: Oordeelstand
    redenen: tuple[str, ...] = ()
    neen: tuple[str, ...] = ()
    door_jurist: bool = False


_WACHT = Weging(stand=Oordeelstand.WACHT)


def weigh_oordelen(oordelen: Sequence[Oordeel], bewijs: Iterable[str]) -> Weging:
    """Weigh the judgements that were given on exactly this evidence.

    Of one person counts the judgement that was given most specifically, and of those the last one.
    Two different beoordelaars must agree; where they differ, a jurist who is neither of them decides.
    """
    verzameling = frozenset(bewijs)
    passend = [oordeel for oordeel in oordelen if verzameling == frozenset(oordeel.bewijs)]
    if len(passend) < 2:
        return _WACHT
    beoordelaars = _last_per_persoon([o for o in passend if o.rol is Oordeelrol.BEOORDELAAR])
    if len(beoordelaars) < 2:
        return _WACHT
    if len({oordeel.ja for oordeel in beoordelaars}) == 1:
        return _settle(beoordelaars, door_jurist=False)
    personen = {oordeel.persoon for oordeel in beoordelaars}
    juristen = _last_per_persoon(o for o in passend if o.rol is Oordeelrol.JURIST and o.persoon not in personen)
    if not juristen:
        return Weging(stand=Oordeelstand.VERSCHIL)
    return _settle([max(juristen, key=_sterkte)], door_jurist=True)


def _settle(oordelen: Sequence[Oordeel], *, door_jurist: bool) -> Weging:
    """The result of judgements that all say the same."""
    neen = {antwoord.vraag for oordeel in oordelen for antwoord in oordeel.antwoorden if not antwoord.ja}
    redenen = {oordeel.reden.strip() for oordeel in oordelen} - {""}
    return Weging(
        stand=Oordeelstand.JA if oordelen[0].ja else Oordeelstand.NEE,
        redenen=tuple(sorted(redenen)),
        neen=tuple(sorted(neen)),
        door_jurist=door_jurist,
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
