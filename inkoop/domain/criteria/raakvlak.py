"""Which facts a criterium looks at, by their kind and name; not whether they are good enough.

A letter needs it to say what happened with evidence that the findings do not cite: what could not be read,
and what was sent in answer.

Bron: B.2.2 (a complete motivation), B.2.7 (each point by itself).
"""

from __future__ import annotations

from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criterium,
    Documenttoets,
    EenToets,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Personeeltoets,
    Registertoets,
    Uitsluitingtoets,
    Verklaringtoets,
)
from inkoop.domain.criteria.dossier import (
    Certificaatfeit,
    Documentfeit,
    EenFeit,
    Ervaringfeit,
    Getalfeit,
    Locatiefeit,
    Personeelfeit,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.feiten import is_een_van


def looks_at(criterium: Criterium, feit: EenFeit, lid: str | None = None) -> bool:
    """Whether a fact is of the kind and name that this criterium asks; of this member, or of nobody in particular."""
    if lid is not None and feit.lid not in (None, lid):
        return False
    return any(_looks_at(blad, feit) for blad in list_bladen(criterium.toets))


def _looks_at(toets: EenToets, feit: EenFeit) -> bool:
    match toets, feit:
        case (Documenttoets() | Beoordelingtoets(), Documentfeit()):
            return is_een_van(feit.document, (toets.document,))
        case (Verklaringtoets(), Verklaringfeit()):
            return is_een_van(feit.verklaring, (toets.verklaring,))
        case (Getaltoets(), Getalfeit()):
            return is_een_van(feit.grootheid, (toets.grootheid,))
        case (Registertoets() | Personeeltoets(), Registratiefeit()):
            return is_een_van(feit.register, tuple(toets.registers))
        case (Uitsluitingtoets(), Uitsluitingfeit()):
            return is_een_van(feit.uitsluitingsgrond, (toets.uitsluitingsgrond,))
        case (
            (Certificaattoets(), Certificaatfeit())
            | (Ervaringtoets(), Ervaringfeit())
            | (Locatietoets(), Locatiefeit())
            | (Personeeltoets(), Personeelfeit())
        ):
            return True
        case _:
            return False
