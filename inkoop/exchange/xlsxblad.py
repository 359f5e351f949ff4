"""A table as an Excel file to read: headings, widths that fit, days as days; nothing in it runs.

Bron: ontwerp 8; issue contract years (overview per change).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

MAX_BREEDTE = 60
_VAST = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed moment, so that the same table gives the same bytes


def write_xlsx(bladen: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> bytes:
    """The file with (name, headings, rows) for each sheet; the same tables give the same bytes."""
    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(uit, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    boek.set_properties({"created": _VAST})
    kop = boek.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    dag = boek.add_format({"num_format": "dd-mm-yyyy", "valign": "top"})
    wrap = boek.add_format({"text_wrap": True, "valign": "top"})
    for naam, koppen, rijen in bladen:
        blad = boek.add_worksheet(naam[:31])
        blad.freeze_panes(1, 0)
        for kolom, tekst in enumerate(koppen):
            blad.write_string(0, kolom, tekst, kop)
            breedte = max([len(tekst), *(len(str(rij[kolom])) for rij in rijen if rij[kolom] is not None)])
            blad.set_column(kolom, kolom, min(breedte + 2, MAX_BREEDTE))
        for nummer, rij in enumerate(rijen, start=1):
            for kolom, waarde in enumerate(rij):
                _write(blad, nummer, kolom, waarde, dag, wrap)
        if rijen:
            blad.autofilter(0, 0, len(rijen), len(koppen) - 1)
    boek.close()
    return uit.getvalue()


def _write(blad: Any, rij: int, kolom: int, waarde: object, dag: Any, wrap: Any) -> None:
    if waarde is None:
        return
    if isinstance(waarde, date):
        blad.write_datetime(rij, kolom, datetime(waarde.year, waarde.month, waarde.day), dag)  # noqa: DTZ001 - a day
    elif isinstance(waarde, int) and not isinstance(waarde, bool):
        blad.write_number(rij, kolom, waarde)
    else:
        blad.write_string(rij, kolom, str(waarde), wrap)
