"""Files and what follows for them as a sheet: Excel or CSV.

Bron: B.7, C.30.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from inkoop.domain.archief import Archiefdossier, is_standaard
from inkoop.exchange.csvblad import veilig, write_csv

KOPPEN = (
    "Dossier",
    "Soort",
    "Procedure",
    "Ronde",
    "Daarna",
    "Jaren",
    "Vanaf",
    "Bewaren tot en met",
    "Vastgehouden",
    "Grond",
    "Vastgesteld",
)


def to_rij(een: Archiefdossier) -> tuple[object, ...]:
    """A file as cells, in the order of KOPPEN; days as text so that every program reads them."""
    return (
        een.naam,
        str(een.soort),
        een.procedure,
        een.ronde,
        str(een.regel.waardering),
        een.regel.jaren,
        een.vanaf.isoformat() if een.vanaf else "",
        een.tot.isoformat() if een.tot else "",
        "; ".join(een.vast),
        een.describe_grond(),
        "nee" if is_standaard(een.regel) else "ja",
    )


def render_csv(dossiers: Iterable[Archiefdossier]) -> bytes:
    """The sheet as CSV, as Excel in Dutch reads it."""
    return write_csv(KOPPEN, map(to_rij, dossiers))


def render_xlsx(dossiers: Iterable[Archiefdossier]) -> bytes:
    """The sheet as an Excel file; text that looks like a formula stays text."""
    stroom = io.BytesIO()
    boek = xlsxwriter.Workbook(stroom, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    blad = boek.add_worksheet("Dossiers")
    vet = boek.add_format({"bold": True})
    blad.write_row(0, 0, KOPPEN, vet)
    aantal = 0
    for aantal, een in enumerate(dossiers, 1):
        blad.write_row(aantal, 0, [veilig(waarde) for waarde in to_rij(een)])
    blad.freeze_panes(1, 0)
    blad.autofilter(0, 0, aantal, len(KOPPEN) - 1)
    blad.set_column(0, len(KOPPEN) - 1, 22)
    boek.close()
    return stroom.getvalue()
