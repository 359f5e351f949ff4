"""The facts of one party that count at one point, found by kind and name.

Every leaf asks for facts of one kind, most of them about one name (of a document, a product). They are
sorted out once for a whole toets instead of at each leaf; a narrower choice (what was handed in at
submission, what was established) is made once too, and is the same object where nothing falls out.

Bron: B.2.7; ontwerp 2.9, 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from inkoop.domain.criteria.dossier import (
    Aanleiding,
    Documentfeit,
    EenFeit,
    Ervaringfeit,
    Feit,
    Getalfeit,
    Herkomst,
    Locatiefeit,
    Personeelfeit,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)

Sleutel = tuple[type[Feit], str | None]
"""What is looked for: the facts of a kind, of all names or about one name."""

VASTE_HERKOMST = frozenset({Herkomst.VASTGESTELD, Herkomst.REGISTER})
"""Where a fact comes from that can carry a besluit."""

_INDIENING = frozenset({Aanleiding.INDIENING})


@lru_cache(maxsize=16384)
def fold_woord(tekst: str) -> str:
    """A short word without what does not make it another word: capitals, underscores, hyphens, spaces."""
    return " ".join(tekst.casefold().replace("_", " ").replace("-", " ").split())


def is_een_van(woord: str, woorden: tuple[str, ...]) -> bool:
    """Whether a short word is one of several, apart from what does not make it another word."""
    return fold_woord(woord) in _fold_alle(woorden)


def share_woord(woorden: tuple[str, ...], andere: tuple[str, ...]) -> bool:
    """Whether two lists of short words have one in common, apart from what does not make it another word."""
    return not _fold_alle(woorden).isdisjoint(_fold_alle(andere))


@lru_cache(maxsize=4096)
def _fold_alle(woorden: tuple[str, ...]) -> frozenset[str]:
    return frozenset([fold_woord(woord) for woord in woorden])


def _keep_as_is(tekst: str) -> str:
    return tekst


_NAMEN: dict[type[Feit], tuple[Callable[[Any], str], Callable[[str], str]]] = {
    Documentfeit: (attrgetter("document"), fold_woord),
    Verklaringfeit: (attrgetter("verklaring"), fold_woord),
    Getalfeit: (attrgetter("grootheid"), fold_woord),
    Registratiefeit: (attrgetter("register"), fold_woord),
    Uitsluitingfeit: (attrgetter("uitsluitingsgrond"), fold_woord),
    Locatiefeit: (attrgetter("functie"), fold_woord),
    # Products are codes of the offer: another spelling is another product.
    Ervaringfeit: (attrgetter("product"), _keep_as_is),
    Personeelfeit: (attrgetter("product"), _keep_as_is),
}
"""What a fact of each kind is about, and when two names are the same."""


@lru_cache(maxsize=16384)
def make_sleutel(soort: type[Feit], naam: str = "") -> str:
    """The key under which facts of one kind about one name are kept; a kind that is about no name has one key."""
    fold = _NAMEN[soort][1] if soort in _NAMEN else _keep_as_is
    return f"{soort.__name__}:{fold(naam)}"


@lru_cache(maxsize=16384)
def count_dag(dag: date) -> int:
    """The number of a day; the same object for the same day, so that a round keeps few of them at hand."""
    return dag.toordinal()


class Feitenindex:
    """Facts by kind and name, worked out once: of each key the only fact, or all of them.

    `enig` holds what was stated once, `meer` what was stated more than once; a key stands in one of both at
    most. What a key holds is of the kind in the key, so its values need no look at their type. `onderdelen`
    gives per document (by id) the folded names of its parts and the last of their days, `dagnummers` the day
    (as a number, `date.toordinal`) of each document that was stated once.
    """

    __slots__ = ("dagnummers", "enig", "meer", "onderdelen")

    def __init__(self, feiten: Iterable[EenFeit]) -> None:
        self.enig: dict[str, Any] = {}
        self.meer: dict[str, list[Any]] = {}
        self.onderdelen: dict[str, tuple[frozenset[str], date]] = {}
        for feit in feiten:
            lezer = _NAMEN.get(type(feit))
            sleutel = make_sleutel(type(feit), "" if lezer is None else lezer[0](feit))
            if sleutel in self.meer:
                self.meer[sleutel].append(feit)
            elif sleutel in self.enig:
                self.meer[sleutel] = [self.enig.pop(sleutel), feit]
            else:
                self.enig[sleutel] = feit
            if type(feit) is Documentfeit and feit.onderdelen:
                namen = frozenset([fold_woord(onderdeel.naam) for onderdeel in feit.onderdelen])
                self.onderdelen[feit.id] = (namen, max([onderdeel.datum for onderdeel in feit.onderdelen]))
        self.dagnummers: dict[str, int] = {
            sleutel: count_dag(feit.datum) for sleutel, feit in self.enig.items() if type(feit) is Documentfeit
        }


class Feiten:
    """Facts in a fixed order (that of their ids), by kind and by name."""

    __slots__ = (
        "_alle",
        "_index",
        "_keuzes",
        "_op_naam",
        "_per_soort",
        "aanleidingen",
        "gevonden",
        "is_eerste",
        "vastgesteld",
    )

    def __init__(self, alle: Iterable[EenFeit]) -> None:
        self._alle = tuple(alle)
        self._index: Feitenindex | None = None
        self._keuzes: dict[frozenset[Aanleiding] | None, Feiten] = {}
        self.gevonden: dict[Sleutel, tuple[Feit, ...]] = {}
        """What was looked for before: read it through `find`."""
        self._op_naam: dict[type[Feit], dict[str, list[Feit]]] = {}
        self._per_soort: dict[type[Feit], list[Feit]] = {}
        for feit in self._alle:
            self._per_soort.setdefault(type(feit), []).append(feit)
        self.aanleidingen = frozenset([feit.aanleiding for feit in self._alle])
        """The moments at which some of these facts were handed in."""
        self.is_eerste = self.aanleidingen <= _INDIENING
        """Whether all of them were handed in at submission."""
        self.vastgesteld = VASTE_HERKOMST.issuperset([feit.herkomst for feit in self._alle])
        """Whether each of these facts is established."""

    @property
    def index(self) -> Feitenindex:
        """These facts by kind and name; worked out when first asked."""
        if self._index is None:
            self._index = Feitenindex(self._alle)
        return self._index

    def find(self, sleutel: Sleutel) -> tuple[Feit, ...]:
        """The facts of one kind, or those of them about one name; sorted out when first asked."""
        gevonden = self.gevonden.get(sleutel)
        if gevonden is None:
            gevonden = self.gevonden[sleutel] = tuple(self._search(*sleutel))
        return gevonden

    def _search(self, soort: type[Feit], naam: str | None) -> Iterable[Feit]:
        van_soort = self._per_soort.get(soort, ())
        if naam is None or not van_soort:
            return van_soort
        read, fold = _NAMEN[soort]
        op_naam = self._op_naam.get(soort)
        if op_naam is None:
            op_naam = self._op_naam[soort] = {}
            for feit in van_soort:
                op_naam.setdefault(fold(read(feit)), []).append(feit)
        return op_naam.get(fold(naam), ())

    def keep_aanleidingen(self, aanleidingen: frozenset[Aanleiding]) -> Feiten:
        """Only what was handed in at these moments."""
        if aanleidingen >= self.aanleidingen:
            return self
        return self._keep(aanleidingen, lambda feit: feit.aanleiding in aanleidingen)

    def keep_vastgesteld(self) -> Feiten:
        """Only what was established by a beoordelaar or read from a register."""
        return self if self.vastgesteld else self._keep(None, lambda feit: feit.herkomst in VASTE_HERKOMST)

    def _keep(self, keuze: frozenset[Aanleiding] | None, counts: Callable[[EenFeit], bool]) -> Feiten:
        """A narrower choice, made once."""
        if keuze not in self._keuzes:
            self._keuzes[keuze] = Feiten(feit for feit in self._alle if counts(feit))
        return self._keuzes[keuze]
