"""The fields about a legal person, as people read them.

Bron: docs/handleiding/aanmelding.md (the keys of `leden`); domein C blok_aanbieder, B.3.4, B.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inkoop.domain.criteria.dossier import Lidrol
from inkoop.services.conceptwaarde import list_kolommen
from inkoop.web.bewijsvormen import Veld

ROLLEN: Final[Mapping[str, str]] = {
    Lidrol.LID: "lid van de combinatie: doet samen met u mee en tekent mee",
    Lidrol.ONDERAANNEMER: "onderaannemer: voert een deel van het werk uit",
    Lidrol.DERDE: "derde op wie u een beroep doet: u gebruikt wat deze partij kan of heeft",
}
"""What a party other than the writer can be."""

_TEKSTEN: Final[Mapping[str, tuple[str, str]]] = {
    "naam": ("Naam in het handelsregister", ""),
    "handelsnaam": ("Handelsnaam", "Alleen als u onder een andere naam werkt."),
    "rechtsvorm": ("Rechtsvorm", "Bijvoorbeeld stichting, bv of eenmanszaak."),
    "grootte": (
        "Grootte",
        "De klasse van de Europese Unie, naar personeel en omzet. Weet u het niet, laat het dan open.",
    ),
    "kvk": ("KvK-nummer", "Acht cijfers."),
    "agb": ("AGB-code", ""),
    "adres": ("Straat en huisnummer", ""),
    "postcode": ("Postcode", "Bijvoorbeeld 5261 AB."),
    "plaats": ("Plaats", ""),
    "email": ("E-mailadres voor deze aanmelding", "Hierop krijgt u de berichten over deze aanmelding."),
    "tekenbevoegde naam": ("Wie tekent voor deze onderneming", "Iemand die volgens het handelsregister mag tekenen."),
    "tekenbevoegde functie": ("Functie van wie tekent", "Bijvoorbeeld bestuurder."),
    "tekenbevoegde wijze": ("Mag deze persoon alleen tekenen", "Gezamenlijk: er tekent nog iemand mee."),
}

_KEUZES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "tekenbevoegde wijze": (("alleen", "ja, alleen"), ("gezamenlijk", "nee, gezamenlijk met een ander")),
}


def list_ondernemingsvelden(lid: Mapping[str, str], fouten: Mapping[str, str], *, zelf: bool) -> list[Veld]:
    """The fields of a party; one's own KvK number is fixed by the account."""
    velden = []
    if not zelf:
        rollen = tuple(ROLLEN.items())
        velden.append(
            _maak("rol", "Wat doet deze partij", "", "keuze", rollen, lid.get("rol", ""), fouten, verplicht=True)
        )
    for kolom in list_kolommen("Leden"):
        if kolom.kop in {"id", "rol"} or (zelf and kolom.kop == "kvk"):
            continue
        label, uitleg = _TEKSTEN.get(kolom.kop, (kolom.kop.replace("_", " ").capitalize(), ""))
        keuzes = _KEUZES.get(kolom.kop, tuple((keuze, keuze) for keuze in kolom.keuzes))
        invoer = "keuze" if keuzes else "tekst"
        velden.append(
            _maak(kolom.kop, label, uitleg, invoer, keuzes, lid.get(kolom.kop, ""), fouten, verplicht=kolom.verplicht)
        )
    return velden


def _maak(
    naam: str,
    label: str,
    uitleg: str,
    invoer: str,
    keuzes: tuple[tuple[str, str], ...],
    waarde: str,
    fouten: Mapping[str, str],
    *,
    verplicht: bool,
) -> Veld:
    return Veld(naam, label, uitleg, invoer, keuzes, waarde, (), verplicht, nodig=True, fout=fouten.get(naam, ""))
