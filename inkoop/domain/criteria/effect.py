"""What another edition does to one aanmelding: its percelen under both editions, side by side.

Both editions are tested on the same facts and days, so that every difference comes from the edition.

Bron: ontwerp 9 (`criteria effect`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.aanbodplan import Toetscel
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.uitkomst import Uitkomst, laagste
from inkoop.domain.criteria.uitslag import Uitslag


class Effectsoort(StrEnum):
    """What an edition does to a perceel of an aanmelding."""

    VALT_UIT = "valt_uit"
    KAN_HERSTELLEN = "kan_herstellen"
    TE_BEOORDELEN = "te_beoordelen"
    VOORWAARDELIJK = "voorwaardelijk"
    BETER = "beter"
    ONGEWIJZIGD = "ongewijzigd"


class Effectreden(msgspec.Struct, frozen=True, kw_only=True):
    """One finding under the new edition that stands in the way, and what can still be handed in for it."""

    criterium: str
    product: str | None
    lid: str | None
    uitkomst: Uitkomst
    toelichting: str
    nog_mogelijk: tuple[str, ...]


class Perceeleffect(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel under the old and the new edition; `redenen` are what is new or worse."""

    perceel: str
    was: Uitkomst
    wordt: Uitkomst
    effect: Effectsoort
    producten_uit: tuple[str, ...]
    redenen: tuple[Effectreden, ...]


_SLECHTER = {
    Uitkomst.VOLDOET_NIET: Effectsoort.VALT_UIT,
    Uitkomst.HERSTELBAAR: Effectsoort.KAN_HERSTELLEN,
    Uitkomst.TE_BEOORDELEN: Effectsoort.TE_BEOORDELEN,
    Uitkomst.VOORWAARDELIJK: Effectsoort.VOORWAARDELIJK,
}


def compare_toetsen(
    oud: Sequence[Uitslag], nieuw: Sequence[Uitslag], percelen: Iterable[str]
) -> tuple[Perceeleffect, ...]:
    """The effect on each of these percelen; several toetsen (of several moments) count together, the lowest first."""
    return tuple(_compare(oud, nieuw, perceel) for perceel in percelen)


def _compare(oud: Sequence[Uitslag], nieuw: Sequence[Uitslag], perceel: str) -> Perceeleffect:
    was, wordt = _find_uitkomst(oud, perceel, None), _find_uitkomst(nieuw, perceel, None)
    producten = {e.product for t in nieuw for e in t.eenheden if e.perceel == perceel and e.product is not None}
    uit = tuple(
        product
        for product in sorted(producten)
        if _find_uitkomst(nieuw, perceel, product) is Uitkomst.VOLDOET_NIET
        and _find_uitkomst(oud, perceel, product) is not Uitkomst.VOLDOET_NIET
        and was is not Uitkomst.VOLDOET_NIET
    )
    return Perceeleffect(
        perceel=perceel,
        was=was,
        wordt=wordt,
        effect=classify(was, wordt),
        producten_uit=uit,
        redenen=tuple(_list_redenen(oud, nieuw, perceel)),
    )


def classify(was: Uitkomst, wordt: Uitkomst) -> Effectsoort:
    """What going from one outcome to another is; what falls under no criterium satisfies them all."""
    eerst, dan = (Uitkomst.VOLDOET if u is Uitkomst.NVT else u for u in (was, wordt))
    if dan is eerst:
        return Effectsoort.ONGEWIJZIGD
    return _SLECHTER[dan] if dan.rang < eerst.rang else Effectsoort.BETER


def _find_uitkomst(toetsen: Sequence[Uitslag], perceel: str, product: str | None) -> Uitkomst:
    return laagste(e.uitkomst for t in toetsen for e in t.eenheden if (e.perceel, e.product) == (perceel, product))


def _list_redenen(oud: Sequence[Uitslag], nieuw: Sequence[Uitslag], perceel: str) -> Iterator[Effectreden]:
    """Every finding on this perceel that is worse than under the old edition, each one once; only those are written."""
    eerder = {_name(cel, p): conclusie.uitkomst for uitslag in oud for cel, p, conclusie in uitslag}
    gezien = set()
    for toets, (cel, p, conclusie) in ((uitslag, deel) for uitslag in nieuw for deel in uitslag):
        naam, uitkomst = _name(cel, p), conclusie.uitkomst
        was = eerder.get(naam, Uitkomst.VOLDOET)
        was = Uitkomst.VOLDOET if was is Uitkomst.NVT else was
        if (
            cel.plek.perceel not in (None, perceel)
            or uitkomst in (Uitkomst.NVT, Uitkomst.VOLDOET)
            or uitkomst.rang >= was.rang
            or naam in gezien
        ):
            continue
        gezien.add(naam)
        bevinding = toets.write_bevinding(cel, p, conclusie)
        yield Effectreden(
            criterium=bevinding.criterium,
            product=bevinding.product,
            lid=bevinding.lid,
            uitkomst=uitkomst,
            toelichting=bevinding.toelichting,
            nog_mogelijk=tuple(punt.gevraagd for punt in bevinding.herstelpunten),
        )


def _name(cel: Toetscel, p: Partijdossier) -> tuple[str | None, ...]:
    return (cel.plek.criterium, cel.plek.perceel, cel.plek.product, p.lid)
