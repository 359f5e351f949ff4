"""The toets: one dossier against one edition of a criteria set, with a finding for everything.

Pure: the same input gives the same bytes. It decides nothing; it is the evidence on which people decide.

Bron: ontwerp 2.3, 4; F.0; F.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from inkoop.domain.criteria.bevinding import Eenheiduitkomst, Feitenbasis, Herstelverloop, Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Groep, Moment, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier
from inkoop.domain.criteria.eenheden import covers_partij
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.invoer import refuse
from inkoop.domain.criteria.plan import compile_aanbod, compile_plan
from inkoop.domain.criteria.toetsdossier import GEEN_OORDELEN, Toetsdossier
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.uitslag import Gewogen, Uitslag
from inkoop.domain.criteria.weging import weigh_criterium
from inkoop.domain.criteria.zicht import Zicht

MOTOR = "inkoop-criteria/2"
"""The version of these rules; it changes when the same input may give another outcome."""


def assess(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Toetsresultaat:
    """Test a dossier against the criteria that are tested at this moment, and write the receipt.

    One finding per criterion x unit (aanmelding, perceel or product) x party, in the order of the
    set; `nvt` where `alleen` does not cover the unit. Raises ToetsinvoerError, with every reason,
    when a peildatum or a region that a criterion needs is not there, or the dossier contradicts itself.
    """
    return weigh(
        editie, dossier, peildatums, herstelverloop=herstelverloop, feitenbasis=feitenbasis, moment=moment
    ).write()


def weigh(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Uitslag:
    """The same toets as `assess`, of which the sentences are not written yet: for many dossiers at once.

    A dossier that is tested more than once is best made ready first (`prepare_dossier`).
    """
    gereed = dossier if isinstance(dossier, Toetsdossier) else Toetsdossier(dossier)
    gewogen = tuple(_weigh_all(editie, gereed, peildatums, herstelverloop, feitenbasis, moment))
    return Uitslag(
        motor=MOTOR,
        editie=editie,
        dossier_hash=gereed.hash,
        moment=moment,
        herstelverloop=herstelverloop,
        feitenbasis=feitenbasis,
        peildatums={peilmoment: peildatums[peilmoment] for peilmoment in Peilmoment if peilmoment in peildatums},
        gewogen=gewogen,
        eenheden=tuple(_combine_eenheden(gereed.dossier, gewogen)),
    )


def weigh_criteria(
    editie: Criteriaset,
    dossier: Dossier | Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    *,
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> Iterator[Gewogen]:
    """Weigh every criterion of this moment, for every unit and party; without the units of decision and the hash."""
    gereed = dossier if isinstance(dossier, Toetsdossier) else Toetsdossier(dossier)
    yield from _weigh_all(editie, gereed, peildatums, herstelverloop, feitenbasis, moment)


def _weigh_all(
    editie: Criteriaset,
    gereed: Toetsdossier,
    peildatums: Mapping[Peilmoment, date],
    herstelverloop: Herstelverloop,
    feitenbasis: Feitenbasis,
    moment: Moment,
) -> list[Gewogen]:
    """Every criterion in its units and for its parties, in the order of the set."""
    plan = compile_plan(editie, moment)
    aanbod = compile_aanbod(plan, gereed.dossier.percelen, peildatums)
    if gereed.beletselen or aanbod.beletselen:
        refuse((*gereed.beletselen, *aanbod.beletselen))
    alle: list[Gewogen] = []
    for deel, eenheden in zip(plan.criteria, aanbod.eenheden, strict=True):
        criterium = deel.criterium
        oordelen = gereed.oordelen.get(criterium.id, GEEN_OORDELEN)
        partijen = gereed.list_partijen(deel.partijsleutel)
        # An outcome for which nothing of the unit was read is that of every unit.
        overal: list[Deeluitkomst | None] = [None] * len(partijen)
        for eenheid in eenheden:
            for nummer, (partij, feiten) in enumerate(partijen):
                uitkomst = overal[nummer]
                if not eenheid.geldt or (deel.kiest_partijen and not covers_partij(criterium.alleen, partij)):
                    uitkomst = _write_nvt(eenheid.perceel, eenheid.product)
                elif uitkomst is None:
                    zicht = Zicht(criterium, eenheid, partij, oordelen, peildatums, aanbod.dagen, plan.regios)
                    uitkomst = weigh_criterium(
                        deel, zicht, feiten, herstelverloop=herstelverloop, feitenbasis=feitenbasis
                    )
                    if not zicht.leest_eenheid:
                        overal[nummer] = uitkomst
                alle.append(Gewogen(criterium, eenheid, partij, uitkomst))
    return alle


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
        uitleg=f"Deze eis geldt niet voor {waarvoor}.",
        peildatums={},
    )


def _combine_eenheden(dossier: Dossier, gewogen: tuple[Gewogen, ...]) -> Iterator[Eenheiduitkomst]:
    """The units of decision: each perceel, followed by its products where one of them is decided apart.

    Lowest over every criterion that counts, of the aanmelding, the perceel and the product, and over
    all members; a perceel with products is as good as its best product. `informatief` never counts.
    Bron: F.0 `besluiteenheid`.
    """
    # What applies to the aanmelding stands under (None, None), to a perceel under (code, None).
    per_eenheid: defaultdict[tuple[str | None, str | None], set[Uitkomst]] = defaultdict(set)
    for g in gewogen:
        if g.criterium.groep is not Groep.INFORMATIEF:
            per_eenheid[g.eenheid.sleutel].add(g.uitkomst.uitkomst)
    algemeen = per_eenheid.get((None, None), set())
    per_product = any(product is not None for _, product in per_eenheid)
    for perceel in sorted(dossier.percelen, key=lambda p: p.code):
        samen = algemeen | per_eenheid.get((perceel.code, None), set())
        producten = _combine_producten(perceel, per_eenheid, samen) if per_product else []
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
