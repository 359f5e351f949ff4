"""A toets as people read it: what was tested, every finding with its reason, what can still be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from inkoop.cli.uitvoer import format_waarde, print_kenmerken, print_regels, print_tabel
from inkoop.domain.criteria.bevinding import Bevinding, Feitenbasis, Herstelverloop, Toetsresultaat

_FEITENBASIS: Mapping[Feitenbasis, str] = {
    Feitenbasis.VASTGESTELD: "alleen feiten die een beoordelaar heeft vastgesteld of die uit een register komen",
    Feitenbasis.ALS_OPGEGEVEN: "alsof alles wat de aanbieder opgeeft waar is; hierop kan geen besluit rusten",
}
_HERSTELVERLOOP: Mapping[Herstelverloop, str] = {
    Herstelverloop.OPEN: "open: wat ontbreekt kan nog worden gevraagd",
    Herstelverloop.GESLOTEN: "gesloten: wat nog ontbreekt, voldoet niet",
}


def print_toets(naam: str, resultaat: Toetsresultaat) -> None:
    """Print a receipt in Dutch: its basis, its findings, the outcome per unit, and what is still open."""
    print_kenmerken(
        [
            ("Aanmelding", naam),
            ("Criteria", f"{resultaat.criteriaset}, editie {resultaat.editie} (hash {resultaat.editie_hash[:12]})"),
            ("Feiten", _FEITENBASIS[resultaat.feitenbasis]),
            ("Herstel", _HERSTELVERLOOP[resultaat.herstelverloop]),
            *((f"Peildatum {moment}", dag) for moment, dag in sorted(resultaat.peildatums.items())),
        ]
    )
    print_tabel(
        "Bevindingen",
        ("criterium", "perceel", "product", "lid", "uitkomst", "waarom", "bron"),
        (
            (rij.criterium, rij.perceel, rij.product, rij.lid, rij.uitkomst, rij.toelichting, rij.bron)
            for rij in resultaat.bevindingen
        ),
        leeg="Er is geen criterium dat voor deze aanmelding geldt.",
    )
    print_tabel(
        "Uitkomst",
        ("perceel", "product", "uitkomst"),
        ((eenheid.perceel, eenheid.product, eenheid.uitkomst) for eenheid in resultaat.eenheden),
        leeg="Deze aanmelding vraagt geen enkel perceel aan.",
    )
    print_lijst("Nog te vragen aan de aanbieder:", _list_herstel(resultaat.bevindingen))
    print_lijst("Voorwaarden:", _list_voorwaarden(resultaat.bevindingen))


def print_lijst(kop: str, regels: Iterable[str]) -> None:
    """Print a heading with its lines, each one once; nothing when there is no line."""
    uniek = list(dict.fromkeys(regels))
    if uniek:
        print_regels(["", kop, *(f"  - {regel}" for regel in uniek)])


def _list_herstel(bevindingen: Iterable[Bevinding]) -> Iterator[str]:
    for bevinding in bevindingen:
        for punt in bevinding.herstelpunten:
            grens = f" (bestond al op {punt.uiterste_bewijsdatum})" if punt.uiterste_bewijsdatum else ""
            wie = f"{bevinding.lid}: " if bevinding.lid else ""
            yield f"{bevinding.criterium}: {wie}{punt.gevraagd}{grens}"


def _list_voorwaarden(bevindingen: Iterable[Bevinding]) -> Iterator[str]:
    for bevinding in bevindingen:
        for voorwaarde in bevinding.voorwaarden:
            yield f"{bevinding.criterium}: {voorwaarde.tekst} (geldig op {format_waarde(voorwaarde.geldig_op)})"
