"""What people call the keys of a fact on a page; a key that is not here is called by its own words.

Bron: docs/handleiding/aanmelding.md (the keys); project default for the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NAMEN: Final[Mapping[str, str]] = {
    "norm": "Welke norm staat op het certificaat",
    "van": "Eerste dag",
    "tot": "Laatste dag",
    "scope": "Scope op het certificaat",
    "entiteiten": "Rechtspersonen op het certificaat",
    "locaties": "Locaties op het certificaat",
    "instelling": "Wie gaf het certificaat",
    "geaccrediteerd": "Is die instelling geaccrediteerd",
    "registerstatus": "Stand in het register",
    "register_gezien_op": "Dag waarop u in het register keek",
    "gezien_op": "Dag waarop u in het register keek",
    "datum": "Datum op het document",
    "versie": "Versie",
    "op_naam_van": "Op naam van",
    "ondertekend": "Staat er een handtekening onder",
    "ondertekenaar": "Wie heeft getekend",
    "bevoegd": "Mag deze persoon tekenen",
    "voorbehoud": "Maakt u een voorbehoud",
    "vooringevuld": "Wat vooraf was ingevuld en niet is bevestigd",
    "clienten": "Aantal cliënten",
    "plaats": "Plaats",
    "gemeente": "Gemeente",
    "kwalificatie": "Opleiding of kwalificatie",
    "aantal": "Aantal medewerkers",
    "totaal": "Alle medewerkers voor dit product",
    "register": "Register",
    "tenzij": "Beroep op een uitzondering",
    "waarde": "Aantal",
    "nummer": "Nummer van de inschrijving",
    "status": "Stand van de inschrijving",
    "van_toepassing": "Is deze grond op u van toepassing",
    "zelfreiniging": "Welke maatregelen hebt u genomen",
}

_PER_SOORT: Final[Mapping[tuple[str, str], str]] = {
    ("certificaat", "van"): "Geldig vanaf",
    ("certificaat", "tot"): "Geldig tot en met",
    ("verklaring", "datum"): "Datum van de verklaring",
    ("uitsluiting", "datum"): "Datum van de verklaring",
}


_HINTS: Final[Mapping[str, str]] = {
    "scope": "De woorden die op het certificaat staan.",
    "entiteiten": "Laat leeg als er geen namen op staan.",
    "totaal": "Ook wie deze opleiding of kwalificatie niet heeft.",
    "tenzij": "Schrijf erbij waarom de uitzondering voor u geldt.",
    "clienten": "Een getal, zonder namen.",
    "zelfreiniging": "Alleen als de grond op u van toepassing is.",
    "vooringevuld": "Laat leeg als u alles zelf hebt ingevuld of bevestigd.",
}

_HINTS_PER_SOORT: Final[Mapping[tuple[str, str], str]] = {
    ("personeel", "van"): "Vanaf wanneer deze mensen voor u werken.",
    ("personeel", "tot"): "Laat leeg als er geen einde bekend is.",
    ("locatie", "tot"): "Laat leeg als er geen einde bekend is.",
    ("getal", "tot"): "Laat leeg als er geen einde bekend is.",
    ("registratie", "tot"): "Laat leeg als er geen einde bekend is.",
}


def hint_veld(soort: str, sleutel: str, anders: str) -> str:
    """What to say with a field; `anders` is for a key without a label of its own."""
    if sleutel in _NAMEN:
        return _HINTS_PER_SOORT.get((soort, sleutel)) or _HINTS.get(sleutel, "")
    return anders.removesuffix(" Mag weg.")


_BEWIJSWOORDEN: Final[Mapping[str, str]] = {"scope": "scope", "onderdeel": "onderdeel", "status": "stand"}


def write_kenmerk(kenmerk: str) -> str:
    """What a piece of evidence is (services/precedenten), as people read it; empty for what goes without saying."""
    if "=" in kenmerk:
        vraag, _, antwoord = kenmerk.partition("=")
        return f"{vraag.replace('_', ' ')}: {_JA_NEE.get(antwoord, antwoord)}"
    soort, _, wat = kenmerk.partition(":")
    if soort == "geaccrediteerd":
        return _ACCREDITATIE.get(wat, "")
    if soort == "tenzij":
        return "met een beroep op een uitzondering" if wat == "True" else ""
    wat = wat.replace("_", " ")
    return f"{_BEWIJSWOORDEN.get(soort, soort)} {wat}".strip()


_JA_NEE: Final[Mapping[str, str]] = {"True": "ja", "False": "nee"}
_ACCREDITATIE: Final[Mapping[str, str]] = {
    "True": "van een geaccrediteerde instelling",
    "False": "niet van een geaccrediteerde instelling",
}


def name_veld(soort: str, sleutel: str) -> str:
    """The label of a key of a kind of fact."""
    return _PER_SOORT.get((soort, sleutel)) or _NAMEN.get(sleutel) or sleutel.replace("_", " ").capitalize()
