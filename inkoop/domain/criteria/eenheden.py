"""For what and for whom a criterion is decided: the units of an offer and the members.

Only the offer decides whether a criterion applies (`alleen`), never the evidence.

Bron: ontwerp 4; F.0 `besluiteenheid`; B.4 (toepassing); BP-01 (ervaring_bereik).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from inkoop.domain.criteria.criterium import (
    AlleVan,
    Criterium,
    EenToets,
    EenVan,
    Ervaringsbereik,
    Ervaringtoets,
    Per,
    Toepassing,
    Toepassingsbereik,
)
from inkoop.domain.criteria.dossier import AangebodenPerceel, Feit, Lid, Lidrol
from inkoop.domain.criteria.rechtsvormen import fold_rechtsvorm

AANMELDERS = (Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID)
_STEUNPARTIJEN = (Lidrol.ONDERAANNEMER, Lidrol.DERDE)
_VOLGORDE = {rol: plaats for plaats, rol in enumerate(Lidrol)}


class Eenheid(msgspec.Struct, frozen=True, kw_only=True):
    """A unit for which a criterion is decided: the aanmelding, a perceel, or a product of it.

    `sleutel` is its perceel and product: units of two criteria with the same key are the same unit.

    `percelen` and `producten` are the part of the offer that the criterion asks about in this unit;
    `aangeboden` are all products that are applied for in the percelen of this unit.
    `geldt` is False where `alleen` does not cover the unit.
    """

    perceel: str | None
    product: str | None
    sleutel: tuple[str | None, str | None]
    percelen: tuple[str, ...]
    producten: tuple[str, ...]
    aangeboden: tuple[str, ...]
    geldt: bool


class Partij(msgspec.Struct, frozen=True, kw_only=True):
    """Whose evidence counts together. `lid` is the member that is named in the finding.

    `leden` are the legal persons whose facts count; `ook_algemeen` says whether facts about the
    application as a whole count too (not for one member of a combination).
    """

    lid: Lid | None
    leden: tuple[Lid, ...]
    ook_algemeen: bool

    @property
    def wie(self) -> str:
        """The party as a letter names it: the member's name, or the applicant as a whole."""
        if self.lid is not None:
            return self.lid.naam
        if len(self.leden) == 1:
            return "de aanbieder"
        return "de combinatie" if sum(lid.rol not in _STEUNPARTIJEN for lid in self.leden) > 1 else "de aanbieder"

    def has_feit(self, feit: Feit) -> bool:
        """Whether a fact counts for this party."""
        if feit.lid is None:
            return self.ook_algemeen
        return any(feit.lid == lid.id for lid in self.leden)


def list_bladen(toets: EenToets) -> Iterator[EenToets]:
    """The leaves of a toets, in the order of the file."""
    if isinstance(toets, AlleVan | EenVan):
        for deel in toets.delen:
            yield from list_bladen(deel)
    else:
        yield toets


def effective_per(criterium: Criterium) -> Per:
    """For what a criterion is really decided: experience per category is decided per product (BP-01)."""
    for blad in list_bladen(criterium.toets):
        if isinstance(blad, Ervaringtoets) and blad.ervaring_bereik is Ervaringsbereik.PER_CATEGORIE:
            return Per.PRODUCT
    return criterium.per


def list_eenheden(criterium: Criterium, aanbod: Sequence[AangebodenPerceel]) -> tuple[Eenheid, ...]:
    """The units of an offer for which this criterion is decided, ordered by code."""
    percelen = sorted(aanbod, key=lambda perceel: perceel.code)
    match effective_per(criterium):
        case Per.AANMELDING:
            return (_bind(criterium.alleen, percelen, perceel=None, product=None),)
        case Per.PERCEEL:
            return tuple(_bind(criterium.alleen, [p], perceel=p.code, product=None) for p in percelen)
        case Per.PRODUCT:
            return tuple(
                _bind(criterium.alleen, [p], perceel=p.code, product=product.code)
                for p in percelen
                for product in sorted(p.producten, key=lambda product: product.code)
            )


def list_partijen(toepassing: Toepassing, beroep_op_derden: bool | None, alle: Sequence[Lid]) -> tuple[Partij, ...]:
    """The parties that must each satisfy a criterion, penvoerder first and then by id.

    Takes nothing of the criterion but what it names, so that criteria with the same demand share their parties.

    gezamenlijk counts all members together, including subcontractors and third parties that were
    declared in the application. A fact about the application as a whole counts for a single
    applicant, for the penvoerder and for all together, but not for one member of a combination.
    `beroep_op_derden` overrides whether the evidence of onderaannemers and third parties counts.
    Bron: B.4 (exclusion evidence per member, other documents may be joint; appeal to third parties declared).
    """
    leden = sorted(alle, key=lambda lid: (_VOLGORDE[lid.rol], lid.id))
    aanmelders = [lid for lid in leden if lid.rol in AANMELDERS]
    steun = tuple(lid for lid in leden if lid.rol in _STEUNPARTIJEN)
    zelf: list[Lid]
    match toepassing:
        case Toepassing.GEZAMENLIJK:
            mee = () if beroep_op_derden is False else steun
            return (Partij(lid=None, leden=(*aanmelders, *mee), ook_algemeen=True),)
        case Toepassing.PENVOERDER:
            zelf = aanmelders[:1]
        case Toepassing.ELK_LID:
            zelf = aanmelders
        case Toepassing.ELKE_UITVOERDER:
            zelf = [lid for lid in leden if lid.rol is not Lidrol.DERDE]
    enig = toepassing is Toepassing.PENVOERDER or len(aanmelders) == 1
    # Each executor satisfies it alone, so none of them can lean on another.
    leunt = beroep_op_derden and toepassing is not Toepassing.ELKE_UITVOERDER
    mee = steun if leunt else ()
    return tuple(
        Partij(
            lid=lid,
            leden=(lid, *(ander for ander in mee if ander is not lid)),
            ook_algemeen=enig and lid.rol in AANMELDERS,
        )
        for lid in zelf
    )


def covers_partij(alleen: Toepassingsbereik, partij: Partij, *, letterlijk: bool = False) -> bool:
    """Whether the role, legal form and size of (one of) those who must satisfy it are ones the criterion is about.

    A size that was not stated is covered. The legal form and the size of who only lends evidence do not matter,
    unless its role is named: then, of all together, somebody in that role brings the criterion about.
    `letterlijk`: a legal form is compared as it is spelled, apart from capitals, as older receipts were made.
    """
    if not alleen.rechtsvormen and not alleen.groottes and not alleen.rollen:
        return True
    fold = str.casefold if letterlijk else fold_rechtsvorm
    vormen = {fold(vorm) for vorm in alleen.rechtsvormen}
    rollen = alleen.rollen or (AANMELDERS if partij.lid is None else tuple(Lidrol))
    return any(
        lid.rol in rollen
        and (not vormen or fold(lid.rechtsvorm) in vormen)
        and (not alleen.groottes or lid.grootte is None or lid.grootte in alleen.groottes)
        for lid in (partij.leden if partij.lid is None else (partij.lid,))
    )


def _bind(
    alleen: Toepassingsbereik, percelen: Sequence[AangebodenPerceel], *, perceel: str | None, product: str | None
) -> Eenheid:
    """One unit with the part of its offer that `alleen` covers."""
    geraakt: list[str] = []
    producten: list[str] = []
    for aangeboden in percelen:
        gedekt = [p for p in _covered(alleen, aangeboden) if product is None or p == product]
        producten += gedekt
        if gedekt or _covers_bare(alleen, aangeboden):
            geraakt.append(aangeboden.code)
    return Eenheid(
        perceel=perceel,
        product=product,
        sleutel=(perceel, product),
        percelen=tuple(geraakt),
        producten=tuple(sorted(producten)),
        aangeboden=tuple(sorted(p.code for aangeboden in percelen for p in aangeboden.producten)),
        geldt=bool(geraakt),
    )


def _covered(alleen: Toepassingsbereik, perceel: AangebodenPerceel) -> list[str]:
    """The products of a perceel that `alleen` covers.

    The kenmerken of a perceel sum up those of its products, so a kenmerk says something of another product only
    where no product has it itself: then it is one of the perceel as a whole.
    """
    if alleen.percelen and perceel.code not in alleen.percelen:
        return []
    algemeen = perceel.kenmerken.difference(*(product.kenmerken for product in perceel.producten))
    return [
        product.code
        for product in perceel.producten
        if (not alleen.producten or product.code in alleen.producten)
        and (not alleen.kenmerken or not (product.kenmerken | algemeen).isdisjoint(alleen.kenmerken))
    ]


def share_kenmerken(percelen: Sequence[AangebodenPerceel]) -> tuple[AangebodenPerceel, ...]:
    """The offer as older engines saw it: a kenmerk of one product counted for every product of its perceel."""
    return tuple(
        msgspec.structs.replace(
            perceel,
            producten=tuple(
                msgspec.structs.replace(product, kenmerken=product.kenmerken | perceel.kenmerken)
                for product in perceel.producten
            ),
        )
        for perceel in percelen
    )


def _covers_bare(alleen: Toepassingsbereik, perceel: AangebodenPerceel) -> bool:
    """Whether a perceel that has no products of its own is covered as a whole."""
    return (
        not perceel.producten
        and (not alleen.percelen or perceel.code in alleen.percelen)
        and not alleen.producten
        and (not alleen.kenmerken or not perceel.kenmerken.isdisjoint(alleen.kenmerken))
    )


def list_aanbod(criterium: Criterium, percelen: Sequence[AangebodenPerceel]) -> dict[str, tuple[str, ...]]:
    """The percelen of an offer to which `alleen` applies, each with the products that it is about."""
    gebonden = {p.code: _bind(criterium.alleen, [p], perceel=p.code, product=None) for p in percelen}
    return {code: eenheid.producten for code, eenheid in gebonden.items() if eenheid.geldt}
