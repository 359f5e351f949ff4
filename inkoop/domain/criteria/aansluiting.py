"""Whether a criteria set fits the procedure that uses it: the same law, and percelen and products that exist.

A criterium that names a perceel with a typing error would silently never apply; here that is found
before a round opens.

Bron: ontwerp 4 (`alleen` depends on the offer only) and 2.5 (without selectie no selectiecriteria).
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.domain.criteria.criterium import Certificaattoets, Criteriaset, Criterium, Groep
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie


def check_aansluiting(editie: Criteriaset, procedure: Proceduredefinitie) -> list[Beletsel]:
    """Every reason why this set cannot be used in this procedure; empty = it fits."""
    return [*_check_set(editie, procedure), *(b for c in editie.criteria for b in _check_criterium(c, procedure))]


def _check_set(editie: Criteriaset, procedure: Proceduredefinitie) -> Iterator[Beletsel]:
    if editie.set != procedure.criteriaset:
        tekst = f"De procedure gebruikt criteriaset '{procedure.criteriaset}', dit is '{editie.set}'."
        yield Beletsel("andere-criteriaset", tekst)
    if editie.wet != procedure.wet:
        tekst = f"De criteria zijn voor de wet '{editie.wet}', de procedure voor '{procedure.wet}'."
        yield Beletsel("andere-wet", tekst)


def _check_criterium(criterium: Criterium, procedure: Proceduredefinitie) -> Iterator[Beletsel]:
    percelen = {perceel.code for perceel in procedure.percelen}
    producten = {product.code for perceel in procedure.percelen for product in perceel.producten}
    kenmerken = {k for perceel in procedure.percelen for product in perceel.producten for k in product.kenmerken}
    genoemd = {
        perceel
        for blad in list_bladen(criterium.toets)
        if isinstance(blad, Certificaattoets)
        for perceel in blad.scope_per_perceel
    }
    vergelijkingen = (
        ("perceel", {*criterium.alleen.percelen, *genoemd}, percelen),
        ("product", set(criterium.alleen.producten), producten),
        ("kenmerk", set(criterium.alleen.kenmerken), kenmerken),
    )
    for wat, gevraagd, bekend in vergelijkingen:
        for onbekend in sorted(gevraagd - bekend):
            tekst = f"Criterium {criterium.id} noemt {wat} '{onbekend}', maar dat komt in de procedure niet voor."
            yield Beletsel(f"{wat}-onbekend", tekst)
    if criterium.groep is Groep.SELECTIECRITERIUM and not procedure.selectie:
        tekst = f"Criterium {criterium.id} is een selectiecriterium, maar deze procedure selecteert niet."
        yield Beletsel("selectie-niet-toegestaan", tekst)
