"""Whether a criteria set fits the procedure that uses it: the same law, and percelen and products that exist.

A criterium that names a perceel with a typing error would silently never apply; here that is found
before a round opens.

Bron: ontwerp 4 (`alleen` depends on the offer only) and 2.5 (without selectie no selectiecriteria).
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Groep
from inkoop.domain.criteria.doorlichting.opmerking import Opmerking, Pad, fout, walk_toetsen
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie


def check_aansluiting(editie: Criteriaset, procedure: Proceduredefinitie) -> list[Beletsel]:
    """Every reason why this set cannot be used in this procedure; empty = it fits."""
    return [Beletsel(opmerking.code, opmerking.tekst) for opmerking in list_aansluiting(editie, procedure)]


def list_aansluiting(editie: Criteriaset, procedure: Proceduredefinitie) -> Iterator[Opmerking]:
    """The same reasons, each with its place in the set."""
    yield from _check_set(editie, procedure)
    for i, criterium in enumerate(editie.criteria):
        yield from _check_criterium(criterium, ("criteria", i), procedure)


def _check_set(editie: Criteriaset, procedure: Proceduredefinitie) -> Iterator[Opmerking]:
    if editie.set != procedure.criteriaset:
        tekst = f"De procedure gebruikt criteriaset '{procedure.criteriaset}', dit is '{editie.set}'."
        yield fout("andere-criteriaset", (), tekst)
    if editie.wet != procedure.wet:
        tekst = f"De criteria zijn voor de wet '{editie.wet}', de procedure voor '{procedure.wet}'."
        yield fout("andere-wet", ("wet",), tekst)


def _check_criterium(criterium: Criterium, pad: Pad, procedure: Proceduredefinitie) -> Iterator[Opmerking]:
    producten = [product for perceel in procedure.percelen for product in perceel.producten]
    bekend = {
        "perceel": {perceel.code for perceel in procedure.percelen},
        "product": {product.code for product in producten},
        "kenmerk": {kenmerk for product in producten for kenmerk in product.kenmerken},
    }
    for wat, plek, waarde in _list_genoemd(criterium):
        if waarde not in bekend[wat]:
            tekst = f"Criterium {criterium.id} noemt {wat} '{waarde}', maar dat komt in de procedure niet voor."
            yield fout(f"{wat}-onbekend", (*pad, *plek), tekst)
    if criterium.groep is Groep.SELECTIECRITERIUM and not procedure.selectie:
        tekst = f"Criterium {criterium.id} is een selectiecriterium, maar deze procedure selecteert niet."
        yield fout("selectie-niet-toegestaan", (*pad, "groep"), tekst)


_LIJSTEN = {"percelen": "perceel", "producten": "product", "kenmerken": "kenmerk"}


def _list_genoemd(criterium: Criterium) -> Iterator[tuple[str, Pad, str]]:
    """Every perceel, product and feature that a criterium names: in `alleen`, and in a toets of any kind."""
    for naam, wat in _LIJSTEN.items():
        for i, waarde in enumerate(getattr(criterium.alleen, naam)):
            yield wat, ("alleen", naam, i), waarde
    for pad, toets in walk_toetsen(criterium.toets):
        for naam, wat in _LIJSTEN.items():
            for i, waarde in enumerate(getattr(toets, naam, None) or ()):
                yield wat, ("toets", *pad, naam, i), waarde
        for naam in toets.__struct_fields__:
            if naam.endswith("_per_perceel"):
                for waarde in getattr(toets, naam) or {}:
                    yield "perceel", ("toets", *pad, naam, waarde), waarde
