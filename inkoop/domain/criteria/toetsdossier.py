"""A dossier made ready for testing: checked, fingerprinted and sorted out once, however often it is tested.

What a toets needs of a dossier and what does not depend on the criteria is worked out here: what is
contradictory in it, its hash, its parties with the facts that count for each, its judgements by criterion.

Bron: ontwerp 4; docs/adr/0009 (validation of input happens once, at receipt).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from inkoop.domain.criteria.criterium import Toepassing
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier, Oordeel
from inkoop.domain.criteria.eenheden import Partij, list_partijen
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.invoer import check_dossier
from inkoop.domain.criteria.oordelen import weigh_groepen
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.vingerafdruk import hash_dossier, order_feiten
from inkoop.domain.criteria.zicht import Oordelen
from inkoop.domain.fouten import Beletsel

Partijsleutel = tuple[Toepassing, bool | None]
"""What decides who must satisfy a criterion: its `toepassing` and its `beroep_op_derden`."""

GEEN_OORDELEN: Oordelen = {}


class Aanbod:
    """Percelen that are applied for; equal only to itself, so that finding its plan compares nothing."""

    __slots__ = ("percelen",)

    def __init__(self, percelen: tuple[AangebodenPerceel, ...]) -> None:
        self.percelen = percelen


@lru_cache(maxsize=1024)
def intern_aanbod(percelen: tuple[AangebodenPerceel, ...]) -> Aanbod:
    """The one object for an offer."""
    return Aanbod(percelen)


class Toetsdossier:
    """A dossier with everything that is worked out of it; what not every toets needs when it is first asked for.

    `beletselen` is what is contradictory in the dossier itself, `aanbod` what is applied for: the same object for
    every dossier with the same offer. `oordelen` are the judgements per criterion and per set of evidence (in
    what order they came does not matter), `wegingen` what they come to, weighed once for each group.
    """

    __slots__ = ("_alle", "_feiten", "_hash", "_per_sleutel", "aanbod", "beletselen", "dossier", "oordelen", "wegingen")

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.beletselen: tuple[Beletsel, ...] = tuple(check_dossier(dossier))
        self.aanbod = intern_aanbod(dossier.percelen)
        self.oordelen: Mapping[str, Oordelen] = sort_oordelen(dossier.oordelen)
        self.wegingen = weigh_groepen(self.oordelen)
        self._feiten = order_feiten(dossier.feiten)
        self._alle: Feiten | None = None
        self._hash: str | None = None
        self._per_sleutel: dict[Partijsleutel, tuple[Partijdossier, ...]] = {}

    @property
    def hash(self) -> str:
        """The fingerprint of the dossier."""
        if self._hash is None:
            self._hash = hash_dossier(self.dossier)
        return self._hash

    @property
    def alle_feiten(self) -> Feiten:
        """Every fact, in its fixed order, by kind and name."""
        if self._alle is None:
            self._alle = Feiten(self._feiten)
        return self._alle

    def list_partijen(self, sleutel: Partijsleutel) -> tuple[Partijdossier, ...]:
        """The parties that must each satisfy a criterion, with the facts that count for each."""
        gevonden = self._per_sleutel.get(sleutel)
        if gevonden is None:
            gevonden = self._per_sleutel[sleutel] = tuple(
                [
                    Partijdossier(partij, self._select(partij), self.oordelen, self.wegingen)
                    for partij in list_partijen(*sleutel, self.dossier.leden)
                ]
            )
        return gevonden

    def _select(self, partij: Partij) -> Feiten:
        if partij.ook_algemeen and len(partij.leden) == len(self.dossier.leden):
            return self.alle_feiten
        return Feiten(feit for feit in self._feiten if partij.has_feit(feit))


def prepare_dossier(dossier: Dossier) -> Toetsdossier:
    """Make a dossier ready at its receipt, so that nothing of this is left to the toets.

    Does not refuse: what is contradictory is told by the toets, together with what the criteria miss.
    """
    gereed = Toetsdossier(dossier)
    _ = gereed.hash
    for toepassing in (Toepassing.GEZAMENLIJK, Toepassing.ELK_LID):
        gereed.list_partijen((toepassing, None))
    return gereed


def sort_oordelen(oordelen: Iterable[Oordeel]) -> dict[str, dict[tuple[str, ...], list[Oordeel]]]:
    """The judgements per criterion and per set of evidence, each id once and sorted."""
    per_criterium: dict[str, dict[tuple[str, ...], list[Oordeel]]] = {}
    for oordeel in oordelen:
        bewijs = oordeel.bewijs if len(oordeel.bewijs) == 1 else tuple(sorted(set(oordeel.bewijs)))
        per_criterium.setdefault(oordeel.criterium, {}).setdefault(bewijs, []).append(oordeel)
    return per_criterium
