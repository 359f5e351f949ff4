"""By which names a criteria set asks for facts, per kind: of documents, registers, quantities.

Whoever writes a name a little differently hands in something that nobody looks at; with these names a file can be
held against the set.

Bron: project default (names are chosen freely in a set, and must be the same in an aanmelding).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criteriaset,
    Documenttoets,
    EenToets,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Personeeltoets,
    Registertoets,
    Toets,
    Uitsluitingtoets,
    Verklaringtoets,
)
from inkoop.domain.criteria.dossier import (
    Certificaatfeit,
    Documentfeit,
    Ervaringfeit,
    Feit,
    Getalfeit,
    Locatiefeit,
    Personeelfeit,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.feiten import is_een_van

Namen = tuple[str, ...]

_NIETS: Namen = ()


def _documenten(toets: EenToets) -> Namen:
    return (toets.document,) if isinstance(toets, Documenttoets | Beoordelingtoets) else _NIETS


def _verklaringen(toets: EenToets) -> Namen:
    return (toets.verklaring,) if isinstance(toets, Verklaringtoets) else _NIETS


def _functies(toets: EenToets) -> Namen:
    if isinstance(toets, Certificaattoets):
        return (toets.locaties_functie,) if toets.locaties_functie is not None else _NIETS
    return (toets.functie,) if isinstance(toets, Locatietoets) else _NIETS


def _grootheden(toets: EenToets) -> Namen:
    if not isinstance(toets, Getaltoets):
        return _NIETS
    return (toets.grootheid,) if toets.als is None else (toets.grootheid, toets.als.grootheid)


def _registers(toets: EenToets) -> Namen:
    return tuple(toets.registers) if isinstance(toets, Registertoets | Personeeltoets) else _NIETS


def _uitsluitingsgronden(toets: EenToets) -> Namen:
    return (toets.uitsluitingsgrond,) if isinstance(toets, Uitsluitingtoets) else _NIETS


_NAMEN: Mapping[type[Feit], tuple[str, Callable[[EenToets], Namen]]] = {
    Documentfeit: ("document", _documenten),
    Verklaringfeit: ("verklaring", _verklaringen),
    Locatiefeit: ("functie", _functies),
    Getalfeit: ("grootheid", _grootheden),
    Registratiefeit: ("register", _registers),
    Uitsluitingfeit: ("uitsluitingsgrond", _uitsluitingsgronden),
}
"""The kinds of facts that are asked for by name: the field with that name, and the names that a leaf asks."""

_SOORTEN: Mapping[type[Feit], type[Toets]] = {
    Certificaatfeit: Certificaattoets,
    Ervaringfeit: Ervaringtoets,
    Personeelfeit: Personeeltoets,
}
"""The kinds of facts of which any is looked at, where the set asks for the kind at all."""


def find_naamveld(soort: type[Feit]) -> str | None:
    """The field of a fact by which it is asked for; None where any fact of the kind is looked at."""
    return _NAMEN[soort][0] if soort in _NAMEN else None


def list_gevraagd(editie: Criteriaset, soort: type[Feit]) -> Namen:
    """The names by which this set asks for facts of a kind, each once, in the order of the set."""
    lees = _NAMEN[soort][1]
    bladen = (blad for criterium in editie.criteria for blad in list_bladen(criterium.toets))
    return tuple(dict.fromkeys(naam for blad in bladen for naam in lees(blad)))


def asks_for(editie: Criteriaset, soort: type[Feit], naam: str | None) -> bool:
    """Whether any criterium of the set looks at a fact of this kind and, where that matters, of this name."""
    if soort in _NAMEN:
        return naam is None or is_een_van(naam, list_gevraagd(editie, soort))
    gevraagd = _SOORTEN[soort]
    return any(isinstance(blad, gevraagd) for een in editie.criteria for blad in list_bladen(een.toets))
