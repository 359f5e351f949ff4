"""What a leaf or a combination can conclude: a handful of constants, made once for an edition.

For one edition and its days a leaf has few ways to come out: nothing handed in, too late, in order. Each is a
constant with its outcome, ground and days. A toets picks one per cell and makes nothing; evidence, end of
validity and sentence are read from the dossier again when a finding is written.

Bron: ontwerp 4; docs/adr/0018.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date

import msgspec

from inkoop.domain.criteria.bevinding import Bevinding, Herstelpunt
from inkoop.domain.criteria.criterium import Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.combinaties import (
    POSITIEF,
    Combinatie,
    find_grond,
    join_days,
)
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import drop_dubbele_punt, join_zinnen


class Bevindingplek(msgspec.Struct, frozen=True, gc=False):
    """Where a finding stands: its criterion with source, and the unit for which it is decided."""

    criterium: str
    bron: str
    perceel: str | None
    product: str | None


Lezing = tuple[tuple[str, ...], date | None]
"""What is read of a dossier for one finding: evidence ids (sorted) and end of validity."""
Lezer = Callable[[Partijdossier], Lezing]
Zin = Callable[[Partijdossier], str]
"""Writes the Dutch sentences of a finding from what lies in the dossier."""


class Conclusie(ABC):
    """One way in which a leaf or a combination comes out; equal only to itself.

    `product` is filled in where a leaf decides per product within a perceel. `blijvend` says that closing
    repair changes nothing about it.
    """

    __slots__ = ("blijvend", "grond", "peildatums", "product", "uitkomst")

    def __init__(
        self, uitkomst: Uitkomst, grond: Grond, peildatums: dict[Peilmoment, date], *, product: str | None = None
    ) -> None:
        self.uitkomst = uitkomst
        self.grond = grond
        self.peildatums = peildatums
        self.product = product
        self.blijvend = uitkomst is not Uitkomst.HERSTELBAAR

    @abstractmethod
    def write(self, p: Partijdossier, plek: Bevindingplek, product: str | None, *, zinnen: bool) -> Bevinding:
        """The finding; `product` is the one that it names. Without `zinnen` its sentences are left empty."""


def repeat_bevinding(b: Bevinding, plek: Bevindingplek) -> Bevinding:
    """The same finding in another unit; only for one without parts, since parts name their unit too."""
    return Bevinding(
        b.criterium,
        plek.perceel,
        plek.product,
        b.lid,
        b.uitkomst,
        b.grond,
        b.toelichting,
        b.peildatums,
        b.bewijs,
        b.bron,
        b.houdbaar_tot,
        b.herstelpunten,
        b.voorwaarden,
    )


def end_zinnen(b: Bevinding) -> Bevinding:
    """The finding with one full stop behind a sentence that ends in a name with a full stop; mostly itself."""
    delen = b.delen
    if delen:
        eigen = tuple([end_zinnen(deel) for deel in delen])
        if any(nieuw is not oud for nieuw, oud in zip(eigen, delen, strict=True)):
            b = msgspec.structs.replace(b, delen=eigen)
    if ".." not in b.toelichting:
        return b
    return msgspec.structs.replace(b, toelichting=drop_dubbele_punt(b.toelichting))


class Bladconclusie(Conclusie):
    """What a leaf concludes in an ordinary case; `lees` and `zin` read the dossier of a party for it."""

    __slots__ = ("_grond", "herstelpunten", "lees", "zin")

    def __init__(
        self,
        uitkomst: Uitkomst,
        grond: Grond,
        peildatums: dict[Peilmoment, date],
        lees: Lezer,
        zin: Zin,
        *,
        product: str | None = None,
        herstelpunten: tuple[Herstelpunt, ...] = (),
    ) -> None:
        super().__init__(uitkomst, grond, peildatums, product=product)
        self._grond = grond.value
        self.lees, self.zin = lees, zin
        self.herstelpunten = herstelpunten

    def write(self, p: Partijdossier, plek: Bevindingplek, product: str | None, *, zinnen: bool) -> Bevinding:
        """The finding, from what is read of the dossier."""
        bewijs, einde = self.lees(p)
        return Bevinding(
            plek.criterium,
            plek.perceel,
            product,
            p.lid,
            self.uitkomst,
            self._grond,
            self.zin(p) if zinnen else "",
            self.peildatums,
            bewijs,
            plek.bron,
            einde,
            self.herstelpunten,
        )


class Samenvatting(Conclusie):
    """What a combination concludes from what its parts conclude; `combinatie` says how."""

    __slots__ = ("_combinatie", "_dragend", "_grond", "delen")

    def __init__(self, combinatie: Combinatie, delen: tuple[Conclusie, ...]) -> None:
        uitkomst = combinatie.pick(delen)
        assert uitkomst is not Uitkomst.VOORWAARDELIJK, "what holds on a condition is judged by its kind"
        dragend = [deel for deel in delen if deel.uitkomst is uitkomst]
        super().__init__(uitkomst, find_grond(dragend), join_days(delen))
        self._combinatie = combinatie
        self._dragend = [nummer for nummer, deel in enumerate(delen) if deel.uitkomst is uitkomst]
        self._grond = self.grond.value
        self.delen = delen
        self.blijvend = all(deel.blijvend for deel in delen)

    def write(self, p: Partijdossier, plek: Bevindingplek, product: str | None, *, zinnen: bool) -> Bevinding:
        """The finding with its parts, combined as any other combination."""
        delen = [deel.write(p, plek, product or deel.product, zinnen=zinnen) for deel in self.delen]
        uitkomst = self.uitkomst
        dragend = delen if len(self._dragend) == len(delen) else [delen[nummer] for nummer in self._dragend]
        bewijs = self._combinatie.list_bewijs(delen, dragend)
        return Bevinding(
            plek.criterium,
            plek.perceel,
            product,
            p.lid,
            uitkomst,
            self._grond,
            join_zinnen([deel.toelichting for deel in dragend]) if zinnen else "",
            self.peildatums,
            tuple(bewijs) if len(bewijs) == 1 else tuple(sorted(bewijs)),
            plek.bron,
            self._combinatie.end(delen, dragend) if uitkomst in POSITIEF else None,
            self._combinatie.ask(dragend) if uitkomst is Uitkomst.HERSTELBAAR else (),
            (),
            tuple(delen),
        )


class Uitgewerkt(Conclusie):
    """What was judged by the kind itself, from its whole view: everything that is out of the ordinary."""

    __slots__ = ("deel",)

    def __init__(self, deel: Deeluitkomst) -> None:
        super().__init__(deel.uitkomst, deel.grond, deel.peildatums, product=deel.product)
        self.deel = deel

    def write(self, p: Partijdossier, plek: Bevindingplek, product: str | None, *, zinnen: bool) -> Bevinding:
        """The finding with its explanation tree; only a part of it can be about one product of its perceel."""
        return write_deel(self.deel, p, plek, product, zinnen=zinnen)


def write_deel(
    deel: Deeluitkomst, p: Partijdossier, plek: Bevindingplek, product: str | None, *, zinnen: bool = True
) -> Bevinding:
    """The outcome of one node as a finding, with its parts."""
    return Bevinding(
        plek.criterium,
        plek.perceel,
        product,
        p.lid,
        deel.uitkomst,
        deel.grond.value,
        deel.toelichting if zinnen else "",
        deel.peildatums,
        deel.bewijs,
        plek.bron,
        deel.houdbaar_tot,
        deel.herstelpunten,
        deel.voorwaarden,
        tuple([write_deel(onderdeel, p, plek, product or onderdeel.product, zinnen=zinnen) for onderdeel in deel.delen])
        if deel.delen
        else (),
    )
