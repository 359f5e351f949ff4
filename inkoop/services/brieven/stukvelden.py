"""Where in the procedure file a field of a paper comes from, so that who misses it knows what to fill in.

A field of a paper has the name that the paper uses (`toeleiding`); people write the key of the file (`beleid:
toegang`). A field that no key fills by itself is named as it is.

Bron: C.4, C.8, C.9; conventies "Errors" (what, where, what to do).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inkoop.documents.fouten import OntbrekendVeld

Sleutelpad = tuple[str, ...]

_BELEID = {
    naam: naam
    for naam in (
        "aanleiding",
        "totstandkoming",
        "werkgroep",
        "samenvatting",
        "gevolgen_clienten",
        "inkoopdoelen",
        "toegang",
        "perceelindeling",
        "markt",
        "tarieven",
        "kwaliteit",
        "keuzes",
        "marktconsultatie",
        "communicatie",
        "risicos",
        "principes",
        "randvoorwaarden",
        "uitsluitingsgronden",
    )
} | {
    "consultaties": "gesprekken",
    "buiten_scope": "buiten_strategie",
    "beleidsdoelen": "doelen",
    "fallback": "terugval",
    "toeleiding": "toegang",
    "toewijzing": "toegang",
}
"""Fields of the strategy, the leidraad and the programme that are filled from `beleid`, by the key there."""

SLEUTELS: Mapping[str, Sleutelpad] = {veld: ("beleid", sleutel) for veld, sleutel in _BELEID.items()} | {
    "cijfers": ("marktcijfers",),
    "planning": ("stappen",),
    "toetsmoment": ("stappen",),
    "toetscriteria": ("stappen",),
    "eisen": ("programma_van_eisen",),
    "omschrijving": ("omschrijving",),
    "motivering": ("motivering_kwalificatie",),
    "motivering_procedure": ("motivering_kwalificatie",),
}
"""Every field that can stay empty although the procedure is right, with the key in the file that fills it."""

_OPMERKINGEN: Mapping[str, str] = {
    "toetsmoment": "een stap van soort 'go_no_go' met 'uiterlijk'",
    "toetscriteria": "een stap van soort 'go_no_go' met een 'checklist'",
    "planning": "bij ten minste één stap de dag, als 'uiterlijk'",
}
"""What to write where the key alone does not say it."""


def find_sleutel(pad: str) -> Sleutelpad | None:
    """The key that fills a field, given its path in the data (`risicos[1].eigenaar`); None where no key does."""
    return SLEUTELS.get(_find_kop(pad))


def _find_kop(pad: str) -> str:
    return pad.replace("[", ".").split(".", maxsplit=1)[0]


def describe_gemis(veld: OntbrekendVeld) -> str:
    """What to fill in for a field that is missing, as a sentence without the place."""
    sleutel, kop = find_sleutel(veld.pad), _find_kop(veld.pad)
    if sleutel is None:
        naam = f"{veld.label} ({veld.pad})" if veld.label and veld.label != veld.pad else veld.pad
        return f"Er ontbreekt: {naam}. Geef dit veld mee in het bestand met gegevens."
    if kop in _OPMERKINGEN:
        wat = f"Noem onder '{sleutel[-1]}' {_OPMERKINGEN[kop]}"
    else:
        waar = f" onder '{sleutel[0]}'" if len(sleutel) > 1 else ""
        wat = f"Vul{waar} de sleutel '{sleutel[-1]}' in"
    return f"{wat}, of geef het veld '{kop}' mee in het bestand met gegevens."


def name_gemis(velden: Iterable[OntbrekendVeld]) -> tuple[str, ...]:
    """The missing fields by the name that people know, each once: the key of the file, else the label."""
    namen = []
    for veld in velden:
        sleutel = find_sleutel(veld.pad)
        namen.append(": ".join(sleutel) if sleutel else veld.label or veld.pad)
    return tuple(dict.fromkeys(namen))
