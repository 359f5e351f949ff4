"""The fields for what a part of an agreement says, made from what the part is: a new key has its field at once.

A list is written a line each; what a line is made of stands between bars.

Bron: C.18-C.20; docs/handleiding/contract.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.onderdelen import Onderdeelinhoud
from inkoop.domain.overeenkomstdelen import Onderdeelsoort
from inkoop.services.onderdelen import INHOUD
from inkoop.web.vorm import Soort, Veld, list_opties

_LABELS = {
    "doel": "Wat is het doel",
    "ontwikkelagenda": "Wat gaat u samen ontwikkelen",
    "overleg": "Welk overleg is er",
    "kosten": "Wie betaalt de kosten",
    "indicatoren": "Waaraan ziet u of het lukt",
    "evaluatie": "Wanneer kijkt u samen terug",
    "rol": "In welke rol gebruikt de aanbieder persoonsgegevens",
    "motivering": "Waarom die rol",
    "verwerkingen": "Welke verwerkingen zijn er",
    "maatregelen": "Hoe worden gegevens beveiligd",
    "fg_gemeenten": "Functionaris gegevensbescherming van de gemeenten",
    "fg_aanbieder": "Functionaris gegevensbescherming van de aanbieder",
    "meldtermijn_uren": "Binnen hoeveel uur wordt een datalek gemeld",
    "aansprakelijkheid": "Wie is waarvoor aansprakelijk",
    "subverwerkers": "Welke subverwerkers zijn er",
    "omschrijving": "Wat is de dienst",
    "stappen": "Uit welke stappen bestaat zij",
    "normen": "Aan welke normen voldoet zij",
    "deskundigheid": "Wie doet het werk",
    "vergoeding": "Vergoeding in euro",
    "eenheid": "Per welke eenheid",
    "betaling": "Hoe wordt betaald",
    "opzegtermijn_maanden": "Opzegtermijn in maanden",
}
_CODES = {
    "meldtermijn_uren": ("onderdeel-meldtermijn",),
    "vergoeding": ("onderdeel-vergoeding",),
    "opzegtermijn_maanden": ("onderdeel-opzegtermijn",),
}


def make_velden(soort: Onderdeelsoort, staand: Onderdeelinhoud | None) -> tuple[Veld, ...]:
    """The fields of a part, with what holds now in them."""
    struct = INHOUD[soort]
    hints = get_type_hints(struct)
    return tuple(
        _make_veld(een, hints[een.name], "" if staand is None else _write(getattr(staand, een.name)))
        for een in msgspec.structs.fields(struct)
    )


def list_regels(soort: Onderdeelsoort, staand: Onderdeelinhoud) -> tuple[tuple[str, str], ...]:
    """What a part says, by the label of each field."""
    return tuple((veld.label, dict(veld.opties).get(veld.waarde, veld.waarde)) for veld in make_velden(soort, staand))


def _make_veld(een: msgspec.structs.FieldInfo, hint: Any, waarde: str) -> Veld:
    codes = (f"onderdeel-{een.name}", *_CODES.get(een.name, ()))
    velden = _list_kolommen(hint)
    vast: dict[str, Any] = {
        "naam": een.name, "label": _LABELS[een.name], "codes": codes, "waarde": waarde, "verplicht": een.required,
    }  # fmt: skip
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Veld(**vast, soort=Soort.KEUZE, opties=list_opties(hint))
    if hint is int:
        return Veld(**vast, soort=Soort.AANTAL)
    if hint is Decimal:
        return Veld(**vast, soort=Soort.GETAL)
    if velden:
        uitleg = f"Elke regel een: {' | '.join(velden)}. Zet een streep ( | ) tussen de delen."
        return Veld(**vast, soort=Soort.VAK, uitleg=uitleg, rijen=5)
    if get_origin(hint) is tuple:
        return Veld(**vast, soort=Soort.VAK, uitleg="Elke regel een.", rijen=5)
    return Veld(**vast, soort=Soort.VAK)


def _list_kolommen(hint: Any) -> tuple[str, ...]:
    """What each line of a list is made of; empty for anything but a list of more than texts."""
    kern = get_args(hint)[0] if get_origin(hint) is tuple else None
    return kern.__struct_fields__ if isinstance(kern, type) and issubclass(kern, msgspec.Struct) else ()


def _write(waarde: Any) -> str:
    if isinstance(waarde, tuple):
        return "\n".join(_write(een) for een in waarde)
    if isinstance(waarde, msgspec.Struct):
        return " | ".join(" ".join(str(deel).split()) for deel in msgspec.structs.astuple(waarde))
    return str(waarde)


def read_inhoud(soort: Onderdeelsoort, waarden: Mapping[str, Any]) -> Onderdeelinhoud:
    """What was filled in. Raises BeletselenError with every line that cannot be read."""
    struct = INHOUD[soort]
    hints = get_type_hints(struct)
    beletselen: list[Beletsel] = []
    gelezen = {naam: _read(naam, hints[naam], waarde, beletselen) for naam, waarde in waarden.items()}
    if beletselen:
        raise BeletselenError("Het onderdeel is niet vastgesteld.", beletselen)
    return struct(**gelezen)


def _read(naam: str, hint: Any, waarde: Any, beletselen: list[Beletsel]) -> Any:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(waarde)
    if get_origin(hint) is not tuple:
        return waarde
    regels = [regel.strip() for regel in waarde.splitlines() if regel.strip()]
    kolommen = _list_kolommen(hint)
    if not kolommen:
        return tuple(regels)
    gelezen = []
    for nummer, regel in enumerate(regels, start=1):
        delen = [deel.strip() for deel in regel.split("|")]
        if len(delen) != len(kolommen) or not all(delen):
            tekst = f"Regel {nummer} heeft niet alle delen. Schrijf: {' | '.join(kolommen)}."
            beletselen.append(Beletsel(f"onderdeel-{naam}", tekst))
        else:
            gelezen.append(get_args(hint)[0](**dict(zip(kolommen, delen, strict=True))))
    return tuple(gelezen)
