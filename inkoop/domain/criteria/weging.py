"""How a criterion is weighed for one unit and one party: which evidence counts, and when.

Evidence that comes after submission counts only for what it was asked for. So every leaf is judged
in at most three rounds:

1. on what was handed in at submission;
2. where that left something herstelbaar (or waiting for people, or conditional): also on what was
   handed in at repair, if the criterion lets repair count. What was short or in order stays so;
3. where the outcome is voorwaardelijk: also on what was handed in to meet the condition.

On established facts: each leaf is judged twice, on the facts that a beoordelaar established (or that
were read from a register) and on all facts; where that differs, a fact must be established first.

Repair that is closed turns what is still herstelbaar into voldoet_niet, leaf by leaf.

Bron: B.2.7 (repair mends, it is no new application; equal treatment); E.5 (a condition met is no
repair); ontwerp 2.9, 4; F.0 herstelverloop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import EenToets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, Feit
from inkoop.domain.criteria.feiten import Feiten, Sleutel
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.plan import Bladplan, Criteriumplan
from inkoop.domain.criteria.soorten import COMBINATIES
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.zicht import Zicht

_VASTE_UITKOMST = frozenset({Uitkomst.VOLDOET_NIET, Uitkomst.VOLDOET})
_INDIENING = frozenset({Aanleiding.INDIENING})
_MET_HERSTEL = frozenset({Aanleiding.INDIENING, Aanleiding.HERSTEL})
_MET_VOORWAARDE = frozenset({Aanleiding.INDIENING, Aanleiding.VOORWAARDE})
_ALLES = frozenset(Aanleiding)

Keuze = Callable[[Feiten, bool], Feiten]
"""Which facts count for a leaf; also hears whether repair can count for it."""


class Weger:
    """Weighs one criterion in one view; a leaf that would read the same facts again is not judged again."""

    __slots__ = ("_geheugen", "_plan", "_zicht")

    def __init__(self, plan: Criteriumplan, zicht: Zicht) -> None:
        self._plan = plan
        self._zicht = zicht
        self._geheugen: dict[int, list[tuple[dict[Sleutel, tuple[Feit, ...]], Deeluitkomst]]] = {}

    def weigh(self, feiten: Feiten) -> list[Deeluitkomst]:
        """The leaves in file order on these facts, each judged in as many rounds as it needs."""
        ronde = self._assess(feiten, lambda alle, _: alle.keep_aanleidingen(_INDIENING))
        if Aanleiding.HERSTEL in feiten.aanleidingen:
            gevraagd = fold(self._plan.criterium.toets, ronde).uitkomst is Uitkomst.HERSTELBAAR
            met_herstel = self._assess(
                feiten, lambda alle, mag: alle.keep_aanleidingen(_MET_HERSTEL if mag else _INDIENING)
            )
            ronde = [_mend(eerst, dan, gevraagd=gevraagd) for eerst, dan in zip(ronde, met_herstel, strict=True)]
        if Aanleiding.VOORWAARDE in feiten.aanleidingen:
            alles = self._assess(feiten, lambda alle, mag: alle.keep_aanleidingen(_ALLES if mag else _MET_VOORWAARDE))
            ronde = [_meet(eerst, dan) for eerst, dan in zip(ronde, alles, strict=True)]
        return ronde

    def _assess(self, feiten: Feiten, keuze: Keuze) -> list[Deeluitkomst]:
        """Judge every leaf on the facts that count for it."""
        return [self._assess_blad(blad, keuze(feiten, blad.accepts_herstel)) for blad in self._plan.bladen]

    def _assess_blad(self, blad: Bladplan, feiten: Feiten) -> Deeluitkomst:
        """Judge one leaf, unless it was judged before on the very facts that it would read."""
        eerder = self._geheugen.setdefault(blad.nummer, [])
        for gelezen, uitkomst in eerder:
            if all(feiten.find(sleutel) == gezien for sleutel, gezien in gelezen.items()):
                return uitkomst
        uitkomst = assess_blad(blad, self._zicht, feiten)
        eerder.append((self._zicht.gelezen, uitkomst))
        return uitkomst


def assess_blad(blad: Bladplan, zicht: Zicht, feiten: Feiten) -> Deeluitkomst:
    """Judge one leaf on these facts."""
    zicht.look_at(feiten)
    return blad.soort.assess(blad.toets, zicht)


def weigh_criterium(
    plan: Criteriumplan, zicht: Zicht, feiten: Feiten, *, herstelverloop: Herstelverloop, feitenbasis: Feitenbasis
) -> Deeluitkomst:
    """The outcome of the criterion in view; `feiten` are all facts of the party."""
    alles_vast = feiten.vastgesteld or feitenbasis is not Feitenbasis.VASTGESTELD
    # Most toetsen are the first one, on established facts: one round is all there is.
    if alles_vast and feiten.is_eerste:
        if plan.enig is not None:
            blad = assess_blad(plan.enig, zicht, feiten)
            zicht.close()
            return blad if herstelverloop is Herstelverloop.OPEN else close(blad)
        bladen = [assess_blad(blad, zicht, feiten) for blad in plan.bladen]
    else:
        weger = Weger(plan, zicht)
        bladen = weger.weigh(feiten)
        if not alles_vast:
            vast = weger.weigh(feiten.keep_vastgesteld())
            bladen = [_compare(vastgesteld, alles) for vastgesteld, alles in zip(vast, bladen, strict=True)]
    zicht.close()
    if herstelverloop is Herstelverloop.GESLOTEN:
        bladen = [close(blad) for blad in bladen]
    return fold(plan.criterium.toets, bladen) if plan.enig is None else bladen[0]


def fold(toets: EenToets, bladen: Sequence[Deeluitkomst]) -> Deeluitkomst:
    """Combine the outcomes of the leaves, given in the order of the file, into that of the whole."""

    def build(deel: EenToets, rest: Iterator[Deeluitkomst]) -> Deeluitkomst:
        combinatie = COMBINATIES.get(type(deel))
        if combinatie is None:
            return next(rest)
        # Only combinators have parts; the register of combinators is the check.
        return combinatie.combine([build(onderdeel, rest) for onderdeel in getattr(deel, "delen")])  # noqa: B009

    return build(toets, iter(bladen))


def close(blad: Deeluitkomst) -> Deeluitkomst:
    """Repair is closed: what is still herstelbaar falls short, in every part."""
    if blad.uitkomst is not Uitkomst.HERSTELBAAR and not blad.delen:
        return blad
    delen = tuple(close(deel) for deel in blad.delen)
    if blad.uitkomst is not Uitkomst.HERSTELBAAR:
        return msgspec.structs.replace(blad, delen=delen)
    return msgspec.structs.replace(blad, uitkomst=Uitkomst.VOLDOET_NIET, herstelpunten=(), delen=delen)


def _mend(eerst: Deeluitkomst, dan: Deeluitkomst, *, gevraagd: bool) -> Deeluitkomst:
    """What repair makes of a leaf. `gevraagd`: repair was asked for this criterion.

    What was short stays short: a final no of people on what was submitted closes the leaf. What
    waits for people is judged on the mended evidence only where that evidence was asked for.
    """
    if eerst.uitkomst in _VASTE_UITKOMST:
        return eerst
    if eerst.uitkomst is Uitkomst.HERSTELBAAR or (gevraagd and eerst.uitkomst is Uitkomst.TE_BEOORDELEN):
        return dan
    return dan if dan.uitkomst.rang > eerst.uitkomst.rang else eerst


def _meet(eerst: Deeluitkomst, dan: Deeluitkomst) -> Deeluitkomst:
    """What evidence for a condition makes of a leaf: only a condition can be met, and people may have to say so."""
    if eerst.uitkomst is not Uitkomst.VOORWAARDELIJK:
        return eerst
    return dan if dan.uitkomst in (Uitkomst.VOLDOET, Uitkomst.TE_BEOORDELEN) else eerst


def _compare(vastgesteld: Deeluitkomst, alles: Deeluitkomst) -> Deeluitkomst:
    """The established outcome, or that a fact must be established first because it makes a difference."""
    if vastgesteld is alles:
        return vastgesteld
    if vastgesteld.uitkomst is alles.uitkomst is Uitkomst.VOLDOET:
        # A stated fact may end what the established ones carry, so the first end counts.
        einden = [deel.houdbaar_tot for deel in (vastgesteld, alles) if deel.houdbaar_tot is not None]
        return msgspec.structs.replace(vastgesteld, houdbaar_tot=min(einden, default=None))
    if (vastgesteld.uitkomst, vastgesteld.grond, vastgesteld.toelichting) == (
        alles.uitkomst,
        alles.grond,
        alles.toelichting,
    ):
        return vastgesteld
    return Deeluitkomst(
        uitkomst=Uitkomst.TE_BEOORDELEN,
        grond=Grond.FEIT_NOG_VAST_TE_STELLEN,
        uitleg="Een gegeven uit het bewijs is nog niet vastgesteld. De uitkomst hangt daarvan af.",
        peildatums=alles.peildatums,
        bewijs=tuple(sorted({*vastgesteld.bewijs, *alles.bewijs})),
        product=alles.product,
    )
