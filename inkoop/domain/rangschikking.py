"""Ranking candidates by published criteria: exact, reproducible, and with its own explanation.

Only a procedure with selection ranks. Scores are given by people; everything after that is arithmetic:
a weighed total without rounding, the published order of criteria for equal totals, and a lot with a
recorded seed as the last resort.

Bron: ontwerp 2.5; B.1.1, B.1.6; F.0 `selectiecriteria_BG`, `gelijke_stand`; F.3 J2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import groupby

import msgspec

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.selectie import LOTING, Weegcriterium

HOOGSTE = Decimal(10)
"""Scores run from 0 to 10, with at most two decimals (project default)."""


class Stadium(StrEnum):
    """What is scored: who may go on, or whose final proposal is best."""

    SELECTIE = "selectie"
    GUNNING = "gunning"


class Plaatsing(StrEnum):
    """Where a ranking puts a candidate."""

    GEKOZEN = "gekozen"
    RESERVE = "reserve"
    NIET_GEKOZEN = "niet_gekozen"


class Scoreregel(msgspec.Struct, frozen=True, kw_only=True):
    """The score of one candidate on one criterion, and what it adds to the total."""

    criterium: str
    naam: str
    weging: Decimal
    score: Decimal
    punten: Decimal
    reden: str = ""


class Rangregel(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate in a ranking: place (1 = best), exact total, scores, and why this place, in sentences."""

    kandidaat: str
    plaats: int
    plaatsing: Plaatsing
    totaal: Decimal
    scores: tuple[Scoreregel, ...]
    uitleg: str
    aantal: int
    maximum: int | None


class Rangschikking(msgspec.Struct, frozen=True, kw_only=True):
    """The ranking of one perceel; `zaad` is the seed of the lot when one was needed."""

    perceel: str
    regels: tuple[Rangregel, ...]
    zaad: str | None


class Rangregels(msgspec.Struct, frozen=True, kw_only=True):
    """What was published about ranking; `maximum` None = everybody who is ranked goes on."""

    criteria: tuple[Weegcriterium, ...]
    gelijke_stand: tuple[str, ...]
    maximum: int | None
    reservelijst: bool


def check_score(score: Decimal) -> list[Beletsel]:
    """Why this is no score: outside 0..10, or with more than two decimals."""
    if not score.is_finite() or not 0 <= score <= HOOGSTE:
        return [Beletsel("score", f"Een score is een getal van 0 tot en met 10; er staat {score}.")]
    if score != score.quantize(Decimal("0.01")):
        return [Beletsel("score", f"Een score heeft ten hoogste twee cijfers achter de komma; er staat {score}.")]
    return []


def rank(
    perceel: str,
    scores: Mapping[str, Mapping[str, Decimal]],
    regels: Rangregels,
    *,
    zaad: str | None = None,
    redenen: Mapping[tuple[str, str], str] | None = None,
) -> Rangschikking:
    """Rank candidates (by kenmerk) on one perceel by their scores per criterion.

    Raises BeletselenError with everything that is missing: a score, or a lot where equal candidates
    stand on both sides of the published number. The order in which candidates are given does not matter.

    Bron: F.0 `gelijke_stand`; ontwerp 4 (order independence, replay).
    """
    beletselen = [
        Beletsel("score-ontbreekt", f"{kandidaat} heeft geen score op {criterium.id} voor perceel {perceel}.")
        for kandidaat in sorted(scores)
        for criterium in regels.criteria
        if criterium.id not in scores[kandidaat]
    ]
    if beletselen:
        raise BeletselenError(f"Perceel {perceel} kan nog niet worden gerangschikt.", beletselen)
    totalen = {kandidaat: compute_totaal(regels.criteria, scores[kandidaat]) for kandidaat in scores}
    vaste = [id for id in regels.gelijke_stand if id != LOTING]

    def key(kandidaat: str) -> tuple[Decimal, ...]:
        return (-totalen[kandidaat], *(-scores[kandidaat][id] for id in vaste))

    groepen = [sorted(groep) for _, groep in groupby(sorted(scores, key=key), key=key)]
    gebruikt = ""
    volgorde: list[str] = []
    uitleg: dict[str, str] = {}
    for groep in groepen:
        if len(groep) > 1 and _needs_lot(groep, len(volgorde), regels):
            gebruikt = _require_zaad(perceel, groep, regels, zaad)
            tekst = f"Gelijk met {_opsom(len(groep))}; de volgorde is bepaald door loting met zaad '{gebruikt}'."
            uitleg.update(dict.fromkeys(groep, tekst))
        volgorde += sorted(groep, key=partial(draw, gebruikt, perceel)) if groep[0] in uitleg else groep
    uitleg |= _explain_gelijk(volgorde, totalen, scores, vaste, uitleg)
    namen = redenen or {}
    return Rangschikking(
        perceel=perceel,
        zaad=gebruikt or None,
        regels=tuple(
            _regel(kandidaat, plaats, volgorde, totalen, scores[kandidaat], regels, uitleg.get(kandidaat, ""), namen)
            for plaats, kandidaat in enumerate(volgorde, start=1)
        ),
    )


def compute_totaal(criteria: Sequence[Weegcriterium], scores: Mapping[str, Decimal]) -> Decimal:
    """The weighed total on the scale of the scores; exact, never rounded."""
    return sum((criterium.weging * scores[criterium.id] for criterium in criteria), Decimal(0)) / Decimal(100)


def draw(zaad: str, perceel: str, kandidaat: str) -> str:
    """The lot of one candidate: lowest comes first. Anybody can compute it again from the recorded seed."""
    return hashlib.sha256(f"{zaad}|{perceel}|{kandidaat}".encode()).hexdigest()


def _needs_lot(groep: Sequence[str], voor: int, regels: Rangregels) -> bool:
    """Whether the order within a group of equals decides something: who is chosen, or who is next in reserve."""
    if regels.maximum is None or voor + len(groep) <= regels.maximum:
        return False
    return voor < regels.maximum or regels.reservelijst


def _require_zaad(perceel: str, groep: Sequence[str], regels: Rangregels, zaad: str | None) -> str:
    wie = ", ".join(groep)
    if LOTING not in regels.gelijke_stand:
        tekst = f"{wie} staan gelijk op perceel {perceel}, en de publicatie zegt niet wat dan beslist. Vraag de jurist."
        raise BeletselenError(f"Perceel {perceel} kan niet worden gerangschikt.", [Beletsel("gelijk", tekst)])
    if not zaad:
        tekst = f"{wie} staan gelijk op perceel {perceel}. Loot in het openbaar: inkoop selectie loting."
        raise BeletselenError(f"Perceel {perceel} kan nog niet worden gerangschikt.", [Beletsel("loting", tekst)])
    return zaad


def _opsom(aantal: int) -> str:
    return "een ander" if aantal == 2 else f"{aantal - 1} anderen"


def _explain_gelijk(
    volgorde: Sequence[str],
    totalen: Mapping[str, Decimal],
    scores: Mapping[str, Mapping[str, Decimal]],
    vaste: Sequence[str],
    eerder: Mapping[str, str],
) -> dict[str, str]:
    """Of equal totals: which criterion decided, for who has no other explanation."""
    zinnen: dict[str, str] = {}
    for kandidaat in volgorde:
        gelijk = [ander for ander in volgorde if ander != kandidaat and totalen[ander] == totalen[kandidaat]]
        if not gelijk or kandidaat in eerder:
            continue
        beslist = next((id for id in vaste if any(scores[a][id] != scores[kandidaat][id] for a in gelijk)), None)
        if beslist is None:
            zinnen[kandidaat] = "Gelijk met een ander; de volgorde maakt geen verschil voor de uitkomst."
        else:
            zinnen[kandidaat] = f"Gelijk totaal met een ander; de score op {beslist} gaf de doorslag."
    return zinnen


def _regel(
    kandidaat: str,
    plaats: int,
    volgorde: Sequence[str],
    totalen: Mapping[str, Decimal],
    scores: Mapping[str, Decimal],
    regels: Rangregels,
    gelijk: str,
    redenen: Mapping[tuple[str, str], str],
) -> Rangregel:
    maximum = regels.maximum
    gekozen = maximum is None or plaats <= maximum
    plaatsing = Plaatsing.GEKOZEN if gekozen else Plaatsing.RESERVE if regels.reservelijst else Plaatsing.NIET_GEKOZEN
    zinnen = [f"Plaats {plaats} van {len(volgorde)} met {format_punten(totalen[kandidaat])} punten."]
    if maximum is None:
        zinnen.append("Het aantal is niet begrensd.")
    else:
        zinnen.append(f"Er is plaats voor {maximum}.")
        if not gekozen:
            laatste = volgorde[maximum - 1]
            zinnen.append(f"De laatste die is gekozen, heeft {format_punten(totalen[laatste])} punten.")
    if gelijk:
        zinnen.append(gelijk)
    return Rangregel(
        kandidaat=kandidaat,
        plaats=plaats,
        plaatsing=plaatsing,
        totaal=totalen[kandidaat],
        scores=tuple(
            Scoreregel(
                criterium=criterium.id,
                naam=criterium.naam,
                weging=criterium.weging,
                score=scores[criterium.id],
                punten=criterium.weging * scores[criterium.id] / Decimal(100),
                reden=redenen.get((kandidaat, criterium.id), ""),
            )
            for criterium in regels.criteria
        ),
        uitleg=" ".join(zinnen),
        aantal=len(volgorde),
        maximum=maximum,
    )


def format_punten(punten: Decimal) -> str:
    """Points as people read them: with a comma, at least two decimals, never rounded."""
    exact = format(punten.normalize(), "f")
    heel, _, deel = exact.partition(".")
    return f"{heel},{deel.ljust(2, '0')}"


def place_allen(perceel: str, kandidaten: Sequence[str], maximum: int | None) -> Rangschikking:
    """Everybody goes on where there is room for all: nobody is compared, and nobody needs a score.

    Places are 0: there is no order.
    """
    ruimte = "Het aantal is niet begrensd." if maximum is None else f"Er is plaats voor {maximum}."
    tekst = f"{ruimte} Er {_lees_aantal(len(kandidaten))}; vergelijken is niet nodig."
    return Rangschikking(
        perceel=perceel,
        zaad=None,
        regels=tuple(
            Rangregel(
                kandidaat=kandidaat,
                plaats=0,
                plaatsing=Plaatsing.GEKOZEN,
                totaal=Decimal(0),
                scores=(),
                uitleg=tekst,
                aantal=len(kandidaten),
                maximum=maximum,
            )
            for kandidaat in sorted(kandidaten)
        ),
    )


def _lees_aantal(aantal: int) -> str:
    return (
        "is één kandidaat die aan de eisen voldoet"
        if aantal == 1
        else f"zijn {aantal} kandidaten die aan de eisen voldoen"
    )
