"""A table as a spreadsheet (XLSX): a head that stays, a filter, days as days and numbers as numbers.

What looks like a formula stays text: a name may begin with '='.

Bron: ontwerp 8 (input is hostile); project default for the layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from inkoop.domain.kalender import TIJDZONE

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_rekenblad(naam: str, koppen: Sequence[str], rijen: Iterable[Sequence[object]]) -> bytes:
    """The file; an instant is shown in Dutch time, an empty value stays an empty cell."""
    inhoud = BytesIO()
    opties = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(inhoud, opties) as map_:
        blad = map_.add_worksheet(naam[:31])
        vet = map_.add_format({"bold": True})
        dag, moment = (map_.add_format({"num_format": vorm}) for vorm in ("d mmm yyyy", "d mmm yyyy hh:mm"))
        blad.write_row(0, 0, koppen, vet)
        for nummer, rij in enumerate(rijen, start=1):
            for kolom, waarde in enumerate(rij):
                if isinstance(waarde, datetime):
                    blad.write_datetime(nummer, kolom, waarde.astimezone(TIJDZONE).replace(tzinfo=None), moment)
                elif isinstance(waarde, date):
                    blad.write_datetime(nummer, kolom, waarde, dag)
                elif isinstance(waarde, int | float | Decimal):
                    blad.write_number(nummer, kolom, float(waarde))
                elif waarde is not None and waarde != "":
                    blad.write_string(nummer, kolom, str(waarde)[:32_767])
        blad.autofit()
        blad.freeze_panes(1, 0)
        blad.autofilter(0, 0, 0, len(koppen) - 1)
    return inhoud.getvalue()
