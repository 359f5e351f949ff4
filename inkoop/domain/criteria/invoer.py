"""Whether a toets can be done at all with what came in; every reason at once.

These are faults of whoever prepared the toets, never of the applicant: they do not lead to an
outcome but to an error that says what to mend.

Bron: conventies (report all reasons at once); ontwerp 4 (no defaults for anything with legal meaning).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from inkoop.domain.criteria.criterium import (
    Aanbodmaat,
    Criteriaset,
    Criterium,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Peilmoment,
    Personeeltoets,
)
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier, Lidrol
from inkoop.domain.criteria.eenheden import list_bladen, list_eenheden
from inkoop.domain.criteria.soorten import find_soort
from inkoop.domain.fouten import Beletsel, BeletselenError


class ToetsinvoerError(BeletselenError):
    """A toets cannot be done; each beletsel says what is missing or contradictory."""


def refuse(beletselen: Iterable[Beletsel]) -> None:
    """Refuse a toets that cannot be done, with every reason once."""
    if redenen := list(dict.fromkeys(beletselen)):
        raise ToetsinvoerError("De toets kan niet worden gedaan.", redenen)


def check_dossier(dossier: Dossier) -> Iterator[Beletsel]:
    """Faults in the dossier itself."""
    rollen = [lid.rol for lid in dossier.leden]
    if rollen.count(Lidrol.ENKEL) + rollen.count(Lidrol.PENVOERDER) != 1:
        yield Beletsel("penvoerder", "Een aanmelding heeft precies één enkele aanbieder of één penvoerder.")
    if Lidrol.ENKEL in rollen and Lidrol.LID in rollen:
        yield Beletsel("enkel-met-leden", "Een enkele aanbieder heeft geen andere leden. Maak van hem de penvoerder.")
    if not dossier.percelen:
        yield Beletsel("geen-perceel", "De aanmelding noemt geen perceel.")
    for wat, ids in (
        ("Het lid", [lid.id for lid in dossier.leden]),
        ("Het perceel", [perceel.code for perceel in dossier.percelen]),
        ("Het feit", [feit.id for feit in dossier.feiten]),
    ):
        if len(set(ids)) == len(ids):
            continue
        for dubbel in (naam for naam, aantal in Counter(ids).items() if aantal > 1):
            yield Beletsel("dubbel", f"{wat} '{dubbel}' komt meer dan een keer voor in het dossier.")
    leden = {lid.id for lid in dossier.leden}
    for feit in dossier.feiten:
        if feit.lid is not None and feit.lid not in leden:
            yield Beletsel("onbekend-lid", f"Het feit '{feit.id}' gaat over '{feit.lid}', maar dat lid is er niet.")
    if dossier.ingediend_op.tzinfo is None or any(oordeel.op.tzinfo is None for oordeel in dossier.oordelen):
        yield Beletsel("tijdzone", "Een tijdstip in het dossier heeft geen tijdzone.")


def check_criteria(
    editie: Criteriaset,
    criteria: Iterable[Criterium],
    percelen: Sequence[AangebodenPerceel],
    peildatums: Mapping[Peilmoment, date],
) -> Iterator[Beletsel]:
    """What criteria need and do not get; depends on the offer alone, so it is done once per offer."""
    regios = {regio.naam for regio in editie.regios}
    for criterium in criteria:
        kaal = [e for e in list_eenheden(criterium, percelen) if e.geldt and not e.producten]
        for blad in list_bladen(criterium.toets):
            for moment in find_soort(blad).list_peilmomenten(blad):
                if moment not in peildatums:
                    yield Beletsel(
                        "peildatum",
                        f"Criterium {criterium.id} vraagt de peildatum '{moment}', maar die is niet bepaald.",
                    )
            if isinstance(blad, Locatietoets) and blad.regio not in regios:
                yield Beletsel(
                    "regio",
                    f"Criterium {criterium.id} noemt de regio '{blad.regio}', maar die staat niet in de criteriaset.",
                )
            per_product = isinstance(blad, Ervaringtoets | Personeeltoets) or (
                isinstance(blad, Getaltoets) and blad.maal is Aanbodmaat.PER_PRODUCT
            )
            if per_product and kaal:
                waar = kaal[0].perceel or "de aanmelding"
                yield Beletsel(
                    "geen-product", f"Criterium {criterium.id} vraagt iets per product, maar {waar} heeft geen product."
                )
