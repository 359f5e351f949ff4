"""Write the form of a round as an Excel file, with drop-downs and an explanation of every column.

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from inkoop.exchange.formuliervorm import RIJEN, Formulier, Kolom, find_kern, is_lijst


def write_formulier(formulier: Formulier) -> bytes:
    """The form as an Excel file; the same form gives the same bytes."""
    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(uit, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    boek.set_properties({"title": formulier.titel, "created": datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    vet = boek.add_format({"bold": True, "font_size": 14})
    wrap = boek.add_format({"text_wrap": True, "valign": "top"})
    kop = boek.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    verplicht = boek.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "font_color": "#9C0006"})
    toelichting = boek.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#444444"})
    tekst = boek.add_format({"num_format": "@"})
    datum = boek.add_format({"num_format": "yyyy-mm-dd"})
    blad = boek.add_worksheet("Uitleg")
    blad.set_column(0, 0, 110, wrap)
    blad.write_string(0, 0, formulier.merk)
    blad.write_string(1, 0, formulier.titel, vet)
    for nummer, regel in enumerate(formulier.uitleg, start=2):
        blad.write_string(nummer, 0, regel, wrap)
    if formulier.eisen:
        _write_eisen(boek.add_worksheet("Eisen"), formulier, wrap, kop)
    lijsten: dict[tuple[str, ...], str] = {}
    for vorm in formulier.bladen:
        blad = boek.add_worksheet(vorm.naam)
        blad.freeze_panes(2, 0)
        for nummer, kolom in enumerate(vorm.kolommen):
            vorm_cel = datum if find_kern(kolom.soort) is date else tekst
            blad.set_column(nummer, nummer, max(14, min(40, len(kolom.kop) + 6)), vorm_cel)
            blad.write_string(0, nummer, kolom.kop, verplicht if kolom.verplicht else kop)
            blad.write_string(1, nummer, _explain(kolom), toelichting)
            if opties := _describe_keuzes(kolom, lijsten):
                blad.data_validation(2, nummer, 1 + RIJEN, nummer, opties)
        for rij, waarden in enumerate(vorm.rijen, start=2):
            for nummer, waarde in enumerate(waarden):
                blad.write_string(rij, nummer, waarde, tekst)
    blad = boek.add_worksheet("lijsten")
    blad.hide()
    for nummer, keuzes in enumerate(lijsten):
        for rij, keuze in enumerate(keuzes):
            blad.write_string(rij, nummer, keuze, tekst)
    boek.close()
    return uit.getvalue()


def _write_eisen(blad: Any, formulier: Formulier, wrap: Any, kop: Any) -> None:
    for nummer, (naam, breedte) in enumerate((("criterium", 12), ("titel", 32), ("eis", 80), ("bewijs", 60))):
        blad.set_column(nummer, nummer, breedte, wrap)
        blad.write_string(0, nummer, naam, kop)
    for rij, eis in enumerate(formulier.eisen, start=1):
        for nummer, deel in enumerate(eis):
            blad.write_string(rij, nummer, deel, wrap)


def _explain(kolom: Kolom) -> str:
    delen = [kolom.uitleg or ("Verplicht." if kolom.verplicht else "")]
    if is_lijst(kolom.soort):
        delen.append("Meer dan één? Zet er een puntkomma tussen.")
    if find_kern(kolom.soort) is date:
        delen.append("Een dag: 2020-03-31.")
    return " ".join(deel for deel in delen if deel)


def _describe_keuzes(kolom: Kolom, lijsten: dict[tuple[str, ...], str]) -> dict[str, Any] | None:
    """The drop-down of a column; what the product knows by heart is strict, other words are a suggestion."""
    if kolom.kop in {"lid", "door"}:
        bron = f"=Leden!$A$3:$A${2 + RIJEN}"
    elif not kolom.keuzes or is_lijst(kolom.soort):
        return None
    else:
        if kolom.keuzes not in lijsten:
            letter = xlsxwriter.utility.xl_col_to_name(len(lijsten))
            lijsten[kolom.keuzes] = f"=lijsten!${letter}$1:${letter}${len(kolom.keuzes)}"
        bron = lijsten[kolom.keuzes]
    opties: dict[str, Any] = {"validate": "list", "source": bron}
    if not kolom.vast:
        opties |= {"error_type": "warning", "error_title": "Staat niet in de lijst"}
        opties["error_message"] = "Dit woord staat niet in de eisen van deze ronde. Toch gebruiken?"
    return opties
