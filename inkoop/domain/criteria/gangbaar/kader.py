"""Within what a leaf is compiled: its criterion, unit and days, and the register of the kinds that can be.

A kind that is compiled gives, for one leaf, a function that looks at the facts of a party and picks a constant
`Conclusie`, or None where the case is out of the ordinary: more than one statement about the same, evidence in
another name, a register that must be looked into. Then the kind itself judges (`Soort.assess`), which is the
definition; for a case that is picked here it says the same, to the byte.

Bron: ontwerp 4; docs/adr/0018.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezer, Lezing, Zin
from inkoop.domain.criteria.criterium import Criterium, Peilmoment, Regiotabel, Toets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Lid, Lidrol
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten import find_soort
from inkoop.domain.criteria.zicht import Dagen, Zicht

ToetsT = TypeVar("ToetsT", bound=Toets)
Kiezer = Callable[[Partijdossier], Conclusie | None]
"""Picks what a leaf (or a combination) concludes for a party; None = the kind must judge it."""

_PLEK = "\0"
"""Stands for the name of the party in a sentence that is written before the party is known."""
_IEMAND = Lid(id=_PLEK, naam=_PLEK, rol=Lidrol.ENKEL, kvk=_PLEK)


class Kader:
    """What is known of a leaf before any dossier: its criterion, the unit for which it is decided, and the days.

    It notes whether anything of the unit was read, as a `Zicht` does: what was compiled without is the same for
    every unit.
    """

    def __init__(
        self,
        criterium: Criterium,
        waar: Eenheid,
        peildatums: Mapping[Peilmoment, date],
        dagen: Dagen,
        regios: Mapping[str, Regiotabel],
    ) -> None:
        self.criterium, self.peildatums, self.dagen, self.regios = criterium, peildatums, dagen, regios
        partij = Partij(lid=_IEMAND, leden=(_IEMAND,), ook_algemeen=True)
        self.zicht = Zicht(criterium, waar, partij, {}, peildatums, dagen, regios)
        """The view of a party that handed in nothing, for texts and questions that rest on no fact."""
        self.zicht.look_at(Feiten(()))

    @property
    def eenheid(self) -> Eenheid:
        """The unit for which the leaf is decided."""
        return self.zicht.eenheid

    @property
    def leest_eenheid(self) -> bool:
        """Whether what is compiled holds for this unit only."""
        return self.zicht.leest_eenheid

    def conclude_ontbreekt(self, toets: Toets) -> Conclusie | None:
        """What the kind says where nothing was handed in, with a gap where the name of the party goes.

        None where that depends on more than the name of the party.
        """
        return to_conclusie(find_soort(toets).assess(toets, self.zicht))


def lees_niets(_: Partijdossier) -> Lezing:
    """Nothing was handed in, so there is nothing to cite."""
    return (), None


def to_conclusie(vraag: Deeluitkomst, lees: Lezer = lees_niets, zin: Zin | None = None) -> Bladconclusie | None:
    """An outcome for a party without facts as a conclusion for any party.

    `lees` and `zin` where it rests on a fact after all; else its own sentences, with a gap where the name goes.
    """
    gevraagd = "".join([punt.gevraagd for punt in vraag.herstelpunten])
    if vraag.delen or vraag.bewijs or vraag.beoordeling is not None or _PLEK in gevraagd:
        return None
    stukken = vraag.toelichting.split(_PLEK)
    return Bladconclusie(
        vraag.uitkomst,
        vraag.grond,
        vraag.peildatums,
        lees,
        zin or (lambda p: p.wie.join(stukken)),
        product=vraag.product,
        herstelpunten=vraag.herstelpunten,
    )


def cite_feit(bewijs: tuple[str, ...]) -> tuple[str, ...]:
    """The evidence ids of one fact, each once, sorted."""
    return bewijs if len(bewijs) == 1 else tuple(sorted(set(bewijs)))


def make_lezer(sleutel: str) -> Lezer:
    """Reads the evidence of the one fact under a key; what it gives has no end."""

    def lees(p: Partijdossier) -> Lezing:
        return cite_feit(p.enig[sleutel].bewijs), None

    return lees


Compiler = Callable[[Any, Kader], Kiezer | None]
GANGBAAR: dict[type[Toets], Compiler] = {}
"""How the leaves of each kind are compiled; a kind that is not here always judges itself."""


def compiles(
    struct: type[ToetsT],
) -> Callable[[Callable[[ToetsT, Kader], Kiezer | None]], Callable[[ToetsT, Kader], Kiezer | None]]:
    """Register how a kind is compiled on the struct it judges (decorator)."""

    def add(compiler: Callable[[ToetsT, Kader], Kiezer | None]) -> Callable[[ToetsT, Kader], Kiezer | None]:
        GANGBAAR[struct] = compiler
        return compiler

    return add
