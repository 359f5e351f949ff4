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
from inkoop.domain.criteria.dossier import Aanleiding, EenFeit, Herkomst
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten import COMBINATIES, find_soort
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.zicht import Zicht

_VASTE_HERKOMST = frozenset({Herkomst.VASTGESTELD, Herkomst.REGISTER})
_VASTE_UITKOMST = frozenset({Uitkomst.VOLDOET_NIET, Uitkomst.VOLDOET})


def weigh_criterium(zicht: Zicht, *, herstelverloop: Herstelverloop, feitenbasis: Feitenbasis) -> Deeluitkomst:
    """The outcome of the criterion in view; `zicht.feiten` are all facts of the party."""
    toets = zicht.criterium.toets
    bladen = _weigh_bladen(zicht)
    if feitenbasis is Feitenbasis.VASTGESTELD and any(f.herkomst not in _VASTE_HERKOMST for f in zicht.feiten):
        vast = tuple(feit for feit in zicht.feiten if feit.herkomst in _VASTE_HERKOMST)
        vaste_bladen = _weigh_bladen(msgspec.structs.replace(zicht, feiten=vast))
        bladen = [_compare(vastgesteld, alles) for vastgesteld, alles in zip(vaste_bladen, bladen, strict=True)]
    if herstelverloop is Herstelverloop.GESLOTEN:
        bladen = [close(blad) for blad in bladen]
    return fold(toets, bladen)


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
    delen = tuple(close(deel) for deel in blad.delen)
    if blad.uitkomst is not Uitkomst.HERSTELBAAR:
        return msgspec.structs.replace(blad, delen=delen)
    return msgspec.structs.replace(blad, uitkomst=Uitkomst.VOLDOET_NIET, herstelpunten=(), delen=delen)


def _weigh_bladen(zicht: Zicht) -> list[Deeluitkomst]:
    """The leaves in file order, each judged in as many rounds as it needs."""
    toets, feiten = zicht.criterium.toets, zicht.feiten
    momenten = {feit.aanleiding for feit in feiten}
    ronde = _assess_bladen(zicht, lambda feit, _: feit.aanleiding is Aanleiding.INDIENING)
    if Aanleiding.HERSTEL in momenten:
        gevraagd = fold(toets, ronde).uitkomst is Uitkomst.HERSTELBAAR
        met_herstel = _assess_bladen(
            zicht,
            lambda feit, mag: (
                feit.aanleiding is Aanleiding.INDIENING or (mag and feit.aanleiding is Aanleiding.HERSTEL)
            ),
        )
        ronde = [_mend(eerst, dan, gevraagd=gevraagd) for eerst, dan in zip(ronde, met_herstel, strict=True)]
    if Aanleiding.VOORWAARDE in momenten:
        alles = _assess_bladen(zicht, lambda feit, mag: mag or feit.aanleiding is not Aanleiding.HERSTEL)
        ronde = [_meet(eerst, dan) for eerst, dan in zip(ronde, alles, strict=True)]
    return ronde


def _assess_bladen(zicht: Zicht, counts: Callable[[EenFeit, bool], bool]) -> list[Deeluitkomst]:
    """Judge every leaf on the facts that count; `counts` also hears whether repair can count for the leaf."""
    uitkomsten = []
    for blad in list_bladen(zicht.criterium.toets):
        soort = find_soort(blad)
        mag = soort.accepts_herstel(blad, zicht.criterium)
        telt = tuple(feit for feit in zicht.feiten if counts(feit, mag))
        uitkomsten.append(soort.assess(blad, msgspec.structs.replace(zicht, feiten=telt)))
    return uitkomsten


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
        toelichting="Een gegeven uit het bewijs is nog niet vastgesteld. De uitkomst hangt daarvan af.",
        peildatums=alles.peildatums,
        bewijs=tuple(sorted({*vastgesteld.bewijs, *alles.bewijs})),
        product=alles.product,
    )
