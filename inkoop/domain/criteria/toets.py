"""The toets: one dossier against one edition of a criteria set, with a finding for everything.

Pure: the same input gives the same bytes. It decides nothing; it is the evidence on which people decide.

Bron: ontwerp 2.3, 4; F.0; F.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

import msgspec

from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelverloop,
    Toetsresultaat,
)
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Groep, Moment, Peilmoment, Toepassing
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier, Oordeel
from inkoop.domain.criteria.eenheden import Eenheid, Partij, covers_partij, list_partijen
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.invoer import check_dossier, refuse
from inkoop.domain.criteria.plan import compile_aanbod, compile_plan
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.vingerafdruk import hash_dossier, order_feiten
from inkoop.domain.criteria.weging import weigh_criterium
from inkoop.domain.criteria.zicht import Zicht

MOTOR = "inkoop-criteria/2"
"""The version of these rules; it changes when the same input may give another outcome."""


class Gewogen(msgspec.Struct, frozen=True, gc=False):
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
        bevindingen=tuple([_to_bevinding(g, g.uitkomst, g.eenheid.product) for g in gewogen]),
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
    plan = compile_plan(editie, moment)
    aanbod = compile_aanbod(plan, dossier.percelen, peildatums)
    refuse((*check_dossier(dossier), *aanbod.beletselen))
    partijen = Partijen(dossier)
    oordelen = _sort_oordelen(dossier.oordelen)
    for deel in plan.criteria:
        criterium = deel.criterium
        partijfeiten = partijen.find(criterium)
        # An outcome for which nothing of the unit was read is that of every unit.
        overal: dict[int, Deeluitkomst] = {}
        gedekt = [covers_partij(criterium.alleen, partij) for partij, _ in partijfeiten]
        gegeven = oordelen.get(criterium.id, {})
        for eenheid in aanbod.eenheden[deel.nummer]:
            for nummer, (partij, feiten) in enumerate(partijfeiten):
                if not eenheid.geldt or not gedekt[nummer]:
                    uitkomst = _write_nvt(eenheid.perceel, eenheid.product)
                elif nummer in overal:
                    uitkomst = overal[nummer]
                else:
                    zicht = Zicht(criterium, eenheid, partij, gegeven, peildatums, plan.regios)
                    uitkomst = weigh_criterium(
                        deel, zicht, feiten, herstelverloop=herstelverloop, feitenbasis=feitenbasis
                    )
                    if not zicht.leest_eenheid:
                        overal[nummer] = uitkomst
                yield Gewogen(criterium, eenheid, partij, uitkomst)


class Partijen:
    """The parties of one dossier with the facts that count for each, sorted out once."""

    __slots__ = ("_alle", "_feiten", "_leden", "_per_toepassing")

    def __init__(self, dossier: Dossier) -> None:
        self._leden = dossier.leden
        self._feiten = order_feiten(dossier.feiten)
        self._alle = Feiten(self._feiten)
        self._per_toepassing: dict[tuple[Toepassing, bool | None], tuple[tuple[Partij, Feiten], ...]] = {}

    def find(self, criterium: Criterium) -> tuple[tuple[Partij, Feiten], ...]:
        """The parties that must each satisfy a criterion, with their facts."""
        sleutel = criterium.toepassing, criterium.beroep_op_derden
        if sleutel not in self._per_toepassing:
            self._per_toepassing[sleutel] = tuple(
                (partij, self._select(partij)) for partij in list_partijen(*sleutel, self._leden)
            )
        return self._per_toepassing[sleutel]

    def _select(self, partij: Partij) -> Feiten:
        if partij.ook_algemeen and len(partij.leden) == len(self._leden):
            return self._alle
        return Feiten(feit for feit in self._feiten if partij.has_feit(feit))


def _sort_oordelen(oordelen: Iterable[Oordeel]) -> dict[str, dict[frozenset[str], list[Oordeel]]]:
    """The judgements per criterion and per set of evidence; in what order they came does not matter."""
    per_criterium: dict[str, dict[frozenset[str], list[Oordeel]]] = {}
    for oordeel in oordelen:
        van_criterium = per_criterium.setdefault(oordeel.criterium, {})
        van_criterium.setdefault(frozenset(oordeel.bewijs), []).append(oordeel)
    return per_criterium


@lru_cache(maxsize=1024)
def _write_nvt(perceel: str | None, product: str | None) -> Deeluitkomst:
    """The criterion does not apply to this part of the offer."""
    waarvoor = "deze aanmelding"
    if product is not None:
        waarvoor = f"het product {product}"
    elif perceel is not None:
        waarvoor = f"perceel {perceel}"
    return Deeluitkomst(
        uitkomst=Uitkomst.NVT,
        grond=Grond.NIET_VAN_TOEPASSING,
        toelichting=f"Deze eis geldt niet voor {waarvoor}.",
        peildatums={},
    )


def _to_bevinding(gewogen: Gewogen, deel: Deeluitkomst, product: str | None) -> Bevinding:
    """A finding with its explanation tree; only a part of a finding can be about one product of its perceel."""
    criterium, lid = gewogen.criterium, gewogen.partij.lid
    return Bevinding(
        criterium=criterium.id,
        perceel=gewogen.eenheid.perceel,
        product=product,
        lid=None if lid is None else lid.id,
        uitkomst=deel.uitkomst,
        grond=deel.grond.value,
        toelichting=deel.toelichting,
        peildatums=deel.peildatums,
        bewijs=deel.bewijs,
        bron=criterium.bron,
        houdbaar_tot=deel.houdbaar_tot,
        herstelpunten=deel.herstelpunten,
        voorwaarden=deel.voorwaarden,
        delen=tuple([_to_bevinding(gewogen, onderdeel, product or onderdeel.product) for onderdeel in deel.delen])
        if deel.delen
        else (),
    )


def _combine_eenheden(dossier: Dossier, gewogen: tuple[Gewogen, ...]) -> Iterator[Eenheiduitkomst]:
    """The units of decision: each perceel, followed by its products where one of them is decided apart.

    Lowest over every criterion that counts, of the aanmelding, the perceel and the product, and over
    all members; a perceel with products is as good as its best product. `informatief` never counts.
    Bron: F.0 `besluiteenheid`.
    """
    # What applies to the aanmelding stands under (None, None), to a perceel under (code, None).
    per_eenheid: dict[tuple[str | None, str | None], set[Uitkomst]] = {}
    for g in gewogen:
        if g.criterium.groep is not Groep.INFORMATIEF:
            per_eenheid.setdefault((g.eenheid.perceel, g.eenheid.product), set()).add(g.uitkomst.uitkomst)
    algemeen = per_eenheid.get((None, None), set())
    for perceel in sorted(dossier.percelen, key=lambda p: p.code):
        samen = algemeen | per_eenheid.get((perceel.code, None), set())
        producten = _combine_producten(perceel, per_eenheid, samen)
        uitkomst = hoogste(p.uitkomst for p in producten) if producten else laagste(samen)
        yield Eenheiduitkomst(perceel=perceel.code, product=None, uitkomst=uitkomst)
        yield from producten


def _combine_producten(
    perceel: AangebodenPerceel,
    per_eenheid: Mapping[tuple[str | None, str | None], set[Uitkomst]],
    samen: set[Uitkomst],
) -> list[Eenheiduitkomst]:
    """The products of a perceel, where a criterion that applies decides per product."""
    per_product = {product.code: per_eenheid.get((perceel.code, product.code), set()) for product in perceel.producten}
    if all(uitkomsten <= {Uitkomst.NVT} for uitkomsten in per_product.values()):
        return []
    return [
        Eenheiduitkomst(perceel=perceel.code, product=code, uitkomst=laagste(samen | per_product[code]))
        for code in sorted(per_product)
    ]
