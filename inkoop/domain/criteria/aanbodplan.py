"""What one offer and the days of a ronde mean for an edition: its cells, compiled, in the order of the set.

A cell is one criterion in one unit. What can be known before any dossier is worked out here: whether the
criterion applies, the limits by date, the lists to compare with, and every constant conclusion (`gangbaar`).

Bron: ontwerp 4; docs/adr/0018.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby

import msgspec

from inkoop.domain.criteria.conclusie import Bevindingplek, Conclusie, Uitgewerkt
from inkoop.domain.criteria.criterium import (
    Criterium,
    Documenttoets,
    EenToets,
    Groep,
    Peilmoment,
)
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import AangebodenPerceel
from inkoop.domain.criteria.eenheden import Eenheid, list_eenheden
from inkoop.domain.criteria.gangbaar import GANGBAAR, Kader, Kiezer
from inkoop.domain.criteria.gangbaar.document import Documentconclusies, compile_datums, is_plat, make_tafel
from inkoop.domain.criteria.gangbaar.samen import compile_combinatie
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.invoer import check_criteria
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.plan import Criteriumplan, Plan, Zelfde
from inkoop.domain.criteria.soorten import COMBINATIES
from inkoop.domain.criteria.toetsdossier import Aanbod, Partijsleutel
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.zicht import Dagen
from inkoop.domain.fouten import Beletsel


class Toetscel(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One criterion in one unit of an offer: how its ordinary cases are picked, and where its finding stands.

    `kies` picks a conclusion, or None where the kinds must judge. `vak` is the number of the unit of decision
    under which its outcome counts (`Aanbodplan.vakken`), None where it does not count.
    """

    kies: Kiezer
    deel: Criteriumplan
    eenheid: Eenheid
    plek: Bevindingplek
    vak: int | None


class Blok(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Cells behind each other that the same parties must satisfy; `paren` are its cells behind how each is picked.

    `tafel` picks them all at once for a party that stated nothing twice, where each rests on one date.
    """

    partijsleutel: Partijsleutel
    cellen: tuple[Toetscel, ...]
    paren: tuple[tuple[Kiezer, Toetscel], ...]
    tafel: Callable[[Partijdossier], list[Conclusie]] | None


Besliseenheid = tuple[str, int | None, tuple[tuple[str, int], ...]]
"""A perceel, its unit of decision, and those of its products."""


class Aanbodplan(msgspec.Struct, frozen=True, kw_only=True):
    """What one offer and its days mean for a plan: every cell in the order of the set, and why a toets cannot be done.

    `vakken` is how many units of decision there are; what applies to the whole aanmelding is the first.
    `besliseenheden` are the percelen by code, each with its unit and those of its products (None where no
    criterion is decided for it).
    """

    plan: Plan
    blokken: tuple[Blok, ...]
    vakken: int
    besliseenheden: tuple[Besliseenheid, ...]
    dagen: Dagen
    beletselen: tuple[Beletsel, ...]


def compile_aanbod(plan: Plan, aanbod: Aanbod, peildatums: Mapping[Peilmoment, date]) -> Aanbodplan:
    """What an offer means for a plan; many applications in a round make the same offer."""
    return _compile_aanbod(Zelfde(plan), aanbod, tuple(peildatums.items()))


def make_leeg(plan: Plan, peildatums: Mapping[Peilmoment, date]) -> Aanbodplan:
    """The plan of who offers nothing that could be tested: no cells, nothing to decide."""
    return Aanbodplan(plan=plan, blokken=(), vakken=1, besliseenheden=(), dagen=Dagen(peildatums), beletselen=())


@lru_cache(maxsize=256)
def _compile_aanbod(sleutel: Zelfde, aanbod: Aanbod, peildatums: tuple[tuple[Peilmoment, date], ...]) -> Aanbodplan:
    plan = sleutel.waarde
    assert isinstance(plan, Plan)
    criteria = [deel.criterium for deel in plan.criteria]
    beletselen = tuple(check_criteria(plan.editie, criteria, aanbod.percelen, dict(peildatums)))
    kast = _open_kast(sleutel, peildatums)
    bouw = _Bouw(plan, aanbod.percelen, kast)
    return Aanbodplan(
        plan=plan,
        # What cannot be tested is not compiled: a day or a region may be missing.
        blokken=() if beletselen else tuple(bouw.list_blokken()),
        vakken=len(bouw.vakken),
        besliseenheden=tuple(bouw.list_besliseenheden()),
        dagen=kast.dagen,
        beletselen=beletselen,
    )


class Kiezerkast:
    """What was compiled of an edition on its days: per criterion, and per unit where anything of the unit was read.

    Most applicants in a round make different offers from the same percelen, so little is compiled for a new one.
    """

    def __init__(self, plan: Plan, peildatums: Mapping[Peilmoment, date]) -> None:
        self._plan, self._peildatums = plan, peildatums
        self.dagen = Dagen(peildatums)
        self._overal: dict[str, Gekozen] = {}
        self._per_eenheid: dict[tuple[str, Eenheid], Gekozen] = {}

    def find(self, criterium: Criterium, eenheid: Eenheid) -> Gekozen:
        """How the ordinary cases of a criterion are picked in a unit; compiled when first asked."""
        gevonden = self._overal.get(criterium.id) or self._per_eenheid.get((criterium.id, eenheid))
        if gevonden is not None:
            return gevonden
        kader = Kader(criterium, eenheid, self._peildatums, self.dagen, self._plan.regios)
        kies, rij = compile_toets(criterium.toets, kader), None
        if kies is not never and isinstance(criterium.toets, Documenttoets) and is_plat(criterium.toets):
            rij = compile_datums(criterium.toets, kader)
        if not kader.leest_eenheid:
            self._overal[criterium.id] = kies, rij
        elif len(self._per_eenheid) < _EENHEDEN:
            self._per_eenheid[criterium.id, eenheid] = kies, rij
        return kies, rij


Gekozen = tuple[Kiezer, Documentconclusies | None]
"""How a criterion is picked in a unit, and its row where it comes out by one date alone."""
_EENHEDEN = 4096
"""How many units are remembered for one edition on its days."""


@lru_cache(maxsize=64)
def _open_kast(sleutel: Zelfde, peildatums: tuple[tuple[Peilmoment, date], ...]) -> Kiezerkast:
    plan = sleutel.waarde
    assert isinstance(plan, Plan)
    return Kiezerkast(plan, dict(peildatums))


class _Bouw:
    """Puts the cells of one offer together."""

    def __init__(self, plan: Plan, percelen: tuple[AangebodenPerceel, ...], kast: Kiezerkast) -> None:
        self._plan, self._percelen, self._kast = plan, percelen, kast
        self.vakken: dict[tuple[str | None, str | None], int] = {(None, None): 0}

    def list_blokken(self) -> Iterator[Blok]:
        """The cells in the order of the set, those behind each other for the same parties together."""
        rijen = [(cel, rij) for deel in self._plan.criteria for cel, rij in self._list_cellen(deel)]
        for (sleutel, plat), groep in groupby(rijen, lambda paar: (paar[0].deel.partijsleutel, paar[1] is not None)):
            paren = list(groep)
            cellen = tuple([cel for cel, _ in paren])
            yield Blok(
                partijsleutel=sleutel,
                cellen=cellen,
                paren=tuple([(cel.kies, cel) for cel in cellen]),
                tafel=make_tafel([rij for _, rij in paren if rij is not None]) if plat else None,
            )

    def list_besliseenheden(self) -> Iterator[Besliseenheid]:
        """The units of decision, once every cell is there."""
        for perceel in sorted(self._percelen, key=lambda perceel: perceel.code):
            codes = sorted({product.code for product in perceel.producten})
            vakken = [(code, self.vakken.get((perceel.code, code))) for code in codes]
            per_product = tuple([(code, vak) for code, vak in vakken if vak is not None])
            yield perceel.code, self.vakken.get((perceel.code, None)), per_product

    def _list_cellen(self, deel: Criteriumplan) -> Iterator[tuple[Toetscel, Documentconclusies | None]]:
        criterium = deel.criterium
        for eenheid in list_eenheden(criterium, self._percelen):
            gekozen: Gekozen = never, None
            if not eenheid.geldt:
                gekozen = _make_kiezer(make_nvt(eenheid.perceel, eenheid.product)), None
            elif not deel.kiest_partijen:
                gekozen = self._kast.find(criterium, eenheid)
            kies, rij = gekozen
            plek = Bevindingplek(criterium.id, criterium.bron, eenheid.perceel, eenheid.product)
            vak = self.vakken.setdefault(eenheid.sleutel, len(self.vakken))
            telt = criterium.groep is not Groep.INFORMATIEF
            yield Toetscel(kies=kies, deel=deel, eenheid=eenheid, plek=plek, vak=vak if telt else None), rij


def never(p: Partijdossier) -> None:
    """Nothing is ordinary: the kinds judge."""


def _make_kiezer(conclusie: Conclusie) -> Kiezer:
    return lambda _: conclusie


def compile_toets(toets: EenToets, kader: Kader) -> Kiezer:
    """How the ordinary cases of a toets are picked; a combination only where each of its parts can be."""
    combinatie = COMBINATIES.get(type(toets))
    if combinatie is None:
        compiler = GANGBAAR.get(type(toets))
        try:
            return (compiler and compiler(toets, kader)) or never
        except OverflowError:
            return never  # A day outside the calendar: the kind says so, when there is something to judge.
    # Only combinators have parts; the register of combinators is the check.
    delen = [compile_toets(deel, kader) for deel in getattr(toets, "delen")]  # noqa: B009
    return never if never in delen else compile_combinatie(combinatie, delen)


@lru_cache(maxsize=1024)
def make_nvt(perceel: str | None, product: str | None) -> Uitgewerkt:
    """The criterion does not apply to this part of the offer."""
    waarvoor = "deze aanmelding"
    if product is not None:
        waarvoor = f"het product {product}"
    elif perceel is not None:
        waarvoor = f"perceel {perceel}"
    return Uitgewerkt(
        Deeluitkomst(
            uitkomst=Uitkomst.NVT,
            grond=Grond.NIET_VAN_TOEPASSING,
            uitleg=f"Deze eis geldt niet voor {waarvoor}.",
            peildatums={},
        )
    )
