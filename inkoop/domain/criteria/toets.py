"""The toets: one dossier against one edition of a criteria set, with a finding for everything.

Pure: the same input gives the same bytes. It decides nothing; it is the evidence on which people decide.

Bron: ontwerp 2.3, 4; F.0; F.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelverloop,
    Toetsresultaat,
)
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Groep, Moment, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier
from inkoop.domain.criteria.eenheden import Eenheid, Partij, covers_rechtsvorm, list_eenheden, list_partijen
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.invoer import check_invoer
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.vingerafdruk import hash_dossier, order_dossier
from inkoop.domain.criteria.weging import weigh_criterium
from inkoop.domain.criteria.zicht import Zicht

MOTOR = "inkoop-criteria/1"
"""The version of these rules; it changes when the same input may give another outcome."""


class Gewogen(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion weighed for one unit and one party."""

    criterium: Criterium
    eenheid: Eenheid
    partij: Partij
    uitkomst: Deeluitkomst


def assess(
    editie: Criteriaset,
    dossier: Dossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Toetsresultaat:
    """Test a dossier against the criteria that are tested at this moment.

    One finding per criterion x unit (aanmelding, perceel or product) x party, in the order of the
    set; `nvt` where `alleen` does not cover the unit. Raises ToetsinvoerError, with every reason,
    when a peildatum or a region that a criterion needs is not there, or the dossier contradicts itself.
    """
    gewogen = tuple(
        weigh_criteria(
            editie, dossier, peildatums, herstelverloop=herstelverloop, feitenbasis=feitenbasis, moment=moment
        )
    )
    return Toetsresultaat(
        motor=MOTOR,
        criteriaset=editie.set,
        editie=editie.editie,
        editie_hash=editie.hash,
        dossier_hash=hash_dossier(dossier),
        moment=moment,
        herstelverloop=herstelverloop,
        feitenbasis=feitenbasis,
        peildatums={peilmoment: peildatums[peilmoment] for peilmoment in Peilmoment if peilmoment in peildatums},
        bevindingen=tuple(_to_bevinding(g, g.uitkomst, product=g.eenheid.product) for g in gewogen),
        eenheden=tuple(_combine_eenheden(dossier, gewogen)),
    )


def weigh_criteria(
    editie: Criteriaset,
    dossier: Dossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Iterator[Gewogen]:
    """Weigh every criterion of this moment, for every unit and party."""
    criteria = [criterium for criterium in editie.criteria if moment in criterium.momenten]
    check_invoer(editie, criteria, dossier, peildatums)
    geordend = order_dossier(dossier)
    regios = {regio.naam: regio for regio in editie.regios}
    for criterium in criteria:
        oordelen = tuple(oordeel for oordeel in geordend.oordelen if oordeel.criterium == criterium.id)
        for eenheid in list_eenheden(criterium, geordend):
            for partij in list_partijen(criterium, geordend):
                if eenheid.geldt and covers_rechtsvorm(criterium.alleen, partij):
                    zicht = Zicht(
                        criterium=criterium,
                        eenheid=eenheid,
                        partij=partij,
                        feiten=tuple(feit for feit in geordend.feiten if partij.has_feit(feit)),
                        oordelen=oordelen,
                        peildatums=peildatums,
                        regios=regios,
                    )
                    uitkomst = weigh_criterium(zicht, herstelverloop=herstelverloop, feitenbasis=feitenbasis)
                else:
                    uitkomst = _write_nvt(eenheid)
                yield Gewogen(criterium=criterium, eenheid=eenheid, partij=partij, uitkomst=uitkomst)


def _write_nvt(eenheid: Eenheid) -> Deeluitkomst:
    """The criterion does not apply to this part of the offer."""
    waarvoor = "deze aanmelding"
    if eenheid.product is not None:
        waarvoor = f"het product {eenheid.product}"
    elif eenheid.perceel is not None:
        waarvoor = f"perceel {eenheid.perceel}"
    return Deeluitkomst(
        uitkomst=Uitkomst.NVT,
        grond=Grond.NIET_VAN_TOEPASSING,
        toelichting=f"Deze eis geldt niet voor {waarvoor}.",
        peildatums={},
    )


def _to_bevinding(gewogen: Gewogen, deel: Deeluitkomst, *, product: str | None) -> Bevinding:
    """A finding with its explanation tree; only a part of a finding can be about one product of its perceel."""
    return Bevinding(
        criterium=gewogen.criterium.id,
        perceel=gewogen.eenheid.perceel,
        product=product,
        lid=gewogen.partij.lid.id if gewogen.partij.lid is not None else None,
        uitkomst=deel.uitkomst,
        grond=deel.grond.value,
        toelichting=deel.toelichting,
        peildatums=deel.peildatums,
        bewijs=deel.bewijs,
        bron=gewogen.criterium.bron,
        houdbaar_tot=deel.houdbaar_tot,
        herstelpunten=deel.herstelpunten,
        voorwaarden=deel.voorwaarden,
        delen=tuple(
            _to_bevinding(gewogen, onderdeel, product=product or onderdeel.product) for onderdeel in deel.delen
        ),
    )


def _combine_eenheden(dossier: Dossier, gewogen: tuple[Gewogen, ...]) -> Iterator[Eenheiduitkomst]:
    """The units of decision: each perceel, followed by its products where one of them is decided apart.

    Lowest over every criterion that counts, of the aanmelding, the perceel and the product, and over
    all members; a perceel with products is as good as its best product. `informatief` never counts.
    Bron: F.0 `besluiteenheid`.
    """
    tellend = [g for g in gewogen if g.criterium.groep is not Groep.INFORMATIEF]
    algemeen = [g.uitkomst.uitkomst for g in tellend if g.eenheid.perceel is None]
    for perceel in sorted(dossier.percelen, key=lambda p: p.code):
        van_perceel = [g for g in tellend if g.eenheid.perceel == perceel.code]
        samen = [*algemeen, *(g.uitkomst.uitkomst for g in van_perceel if g.eenheid.product is None)]
        producten = _combine_producten(perceel, van_perceel, samen)
        uitkomst = hoogste(p.uitkomst for p in producten) if producten else laagste(samen)
        yield Eenheiduitkomst(perceel=perceel.code, product=None, uitkomst=uitkomst)
        yield from producten


def _combine_producten(
    perceel: AangebodenPerceel, van_perceel: list[Gewogen], samen: list[Uitkomst]
) -> list[Eenheiduitkomst]:
    """The products of a perceel, where a criterion that applies decides per product."""
    per_product = [g for g in van_perceel if g.eenheid.product is not None]
    if all(g.uitkomst.uitkomst is Uitkomst.NVT for g in per_product):
        return []
    return [
        Eenheiduitkomst(
            perceel=perceel.code,
            product=code,
            uitkomst=laagste([*samen, *(g.uitkomst.uitkomst for g in per_product if g.eenheid.product == code)]),
        )
        for code in sorted(product.code for product in perceel.producten)
    ]
