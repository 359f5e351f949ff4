"""The outcome of a toets before its findings are written, and the receipt that is written from it.

Per cell it holds which conclusion was picked, and nothing more. Who tests many dossiers to see what a change
does, to count or to draw a graph needs no sentences; what goes into the file of an applicant, a letter or a
screen is the receipt. Written at once or later: the bytes are the same.

Bron: ontwerp 2.3, 4; docs/adr/0018.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

import msgspec

from inkoop.domain.criteria.aanbodplan import Aanbodplan, Blok, Toetscel
from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelverloop,
    Toetsresultaat,
)
from inkoop.domain.criteria.conclusie import Conclusie, end_zinnen, repeat_bevinding
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Moment, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.motor import MOTOREN
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.toetsdossier import Toetsdossier
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste


class Gewogen(msgspec.Struct, frozen=True, gc=False):
    """One criterion judged for one unit and one party; `uitkomst` is the root of its explanation tree."""

    criterium: Criterium
    eenheid: Eenheid
    partij: Partij
    uitkomst: Deeluitkomst


class Uitslagkop(msgspec.Struct, frozen=True, kw_only=True):
    """What every toets of an edition on the same days and occasion has in common; what older rules did differently."""

    motor: str
    editie: Criteriaset
    moment: Moment
    herstelverloop: Herstelverloop
    feitenbasis: Feitenbasis
    peildatums: dict[Peilmoment, date]

    @property
    def dubbele_punten(self) -> bool:
        """Whether a sentence that ends in "B.V." gets a full stop of its own too."""
        return self.motor in MOTOREN[:1]

    @property
    def letterlijke_rechtsvorm(self) -> bool:
        """Whether "B.V." is another legal form than bv."""
        return self.motor in MOTOREN[:1]

    @property
    def gedeelde_kenmerken(self) -> bool:
        """Whether a kenmerk of one product counts for every product of its perceel."""
        return self.motor in MOTOREN[:2]


Bloktoets = tuple[Blok, tuple[Partijdossier, ...], list[Conclusie]]
"""A run of cells with the parties that must satisfy them, and what was concluded: per cell for each party."""


class Uitslag:
    """The outcome of a toets: what was concluded for every criterion, unit and party, and the units of decision."""

    def __init__(self, kop: Uitslagkop, gereed: Toetsdossier, aanbod: Aanbodplan, getoetst: list[Bloktoets]) -> None:
        self.kop = kop
        self._gereed, self._aanbod, self._getoetst = gereed, aanbod, getoetst

    def __iter__(self) -> Iterator[tuple[Toetscel, Partijdossier, Conclusie]]:
        """Every cell with the party that it is about and what was concluded, in the order of the receipt."""
        for blok, partijen, conclusies in self._getoetst:
            rest = iter(conclusies)
            for cel in blok.cellen:
                for p in partijen:
                    yield cel, p, next(rest)

    @cached_property
    def eenheden(self) -> tuple[Eenheiduitkomst, ...]:
        """The units of decision: each perceel, followed by its products where one of them is decided apart.

        Lowest over every criterion that counts, of the aanmelding, the perceel and the product, and over
        all members; a perceel with products is as good as its best product. `informatief` never counts.
        Bron: F.0 `besluiteenheid`.
        """
        uitkomsten: list[set[Uitkomst]] = [set() for _ in range(self._aanbod.vakken)]
        for blok, partijen, conclusies in self._getoetst:
            if len(partijen) == 1:
                for conclusie, cel in zip(conclusies, blok.cellen, strict=True):
                    if cel.vak is not None:
                        uitkomsten[cel.vak].add(conclusie.uitkomst)
            else:
                for nummer, conclusie in enumerate(conclusies):
                    vak = blok.cellen[nummer // len(partijen)].vak
                    if vak is not None:
                        uitkomsten[vak].add(conclusie.uitkomst)
        return tuple(self._combine(uitkomsten))

    def _combine(self, uitkomsten: Sequence[set[Uitkomst]]) -> Iterator[Eenheiduitkomst]:
        algemeen = uitkomsten[0]
        for perceel, vak, per_product in self._aanbod.besliseenheden:
            samen = algemeen if vak is None else algemeen | uitkomsten[vak]
            # Products are decided apart where a criterion that applies decides per product.
            if all(uitkomsten[eigen] <= _NVT for _, eigen in per_product):
                yield Eenheiduitkomst(perceel=perceel, product=None, uitkomst=laagste(samen))
                continue
            producten = [
                Eenheiduitkomst(perceel=perceel, product=product, uitkomst=laagste(samen | uitkomsten[eigen]))
                for product, eigen in per_product
            ]
            yield Eenheiduitkomst(perceel=perceel, product=None, uitkomst=hoogste(p.uitkomst for p in producten))
            yield from producten

    def write_bevinding(self, cel: Toetscel, p: Partijdossier, conclusie: Conclusie) -> Bevinding:
        """One finding of this toets with its sentences, for who reads only some of them."""
        bevinding = conclusie.write(p, cel.plek, cel.plek.product, zinnen=True)
        return bevinding if self.kop.dubbele_punten else end_zinnen(bevinding)

    def list_bevindingen(self, *, zinnen: bool = True) -> list[Bevinding]:
        """The findings in the order of the set; without `zinnen` their sentences are left empty."""
        bevindingen = self._write_bevindingen(zinnen=zinnen)
        if not zinnen or self.kop.dubbele_punten:
            return bevindingen
        return [end_zinnen(bevinding) for bevinding in bevindingen]

    def _write_bevindingen(self, *, zinnen: bool) -> list[Bevinding]:
        bevindingen: list[Bevinding] = []
        for blok, partijen, conclusies in self._getoetst:
            if len(partijen) == 1:
                p, vorige = partijen[0], None
                for conclusie, cel in zip(conclusies, blok.cellen, strict=True):
                    # What does not hang on the unit is read once and stands under each of them.
                    if conclusie is vorige and not bevindingen[-1].delen:
                        bevindingen.append(repeat_bevinding(bevindingen[-1], cel.plek))
                    else:
                        bevindingen.append(conclusie.write(p, cel.plek, cel.plek.product, zinnen=zinnen))
                        vorige = conclusie
            else:
                rest = iter(conclusies)
                bevindingen += [
                    next(rest).write(p, cel.plek, cel.plek.product, zinnen=zinnen)
                    for cel in blok.cellen
                    for p in partijen
                ]
        return bevindingen

    def write(self, *, zinnen: bool = True) -> Toetsresultaat:
        """The receipt, with every sentence.

        Without `zinnen` it holds everything else: outcomes, grounds, evidence, days, explanation tree and hashes.
        That is for who counts or compares many; what is kept, sent or shown has its sentences.
        """
        kop = self.kop
        return Toetsresultaat(
            motor=kop.motor,
            criteriaset=kop.editie.set,
            editie=kop.editie.editie,
            editie_hash=kop.editie.hash,
            dossier_hash=self._gereed.hash,
            moment=kop.moment,
            herstelverloop=kop.herstelverloop,
            feitenbasis=kop.feitenbasis,
            peildatums=kop.peildatums,
            bevindingen=tuple(self.list_bevindingen(zinnen=zinnen)),
            eenheden=self.eenheden,
        )


_NVT = frozenset({Uitkomst.NVT})
