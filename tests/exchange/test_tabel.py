"""Tables from outside: cells by heading with their place; formulas and what is too large are refused."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from inkoop.exchange.tabel import MAX_RIJEN, TabelError, read_csv, read_xlsx


def make_xlsx(rijen: list[list[Any]]) -> bytes:
    boek = openpyxl.Workbook()
    for rij in rijen:
        boek.active.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


@pytest.mark.parametrize(
    "inhoud",
    [
        b"Naam;KvK\nStichting E\xc3\xa9n;90000101\n",
        b"\xef\xbb\xbfNaam,KvK\r\nStichting E\xc3\xa9n,90000101\r\n",
        b"Naam\tKvK\nStichting E\xe9n\t90000101\n",
        b'Naam;KvK\n"Stichting E\xe9n";"90000101"\n\n',
    ],
)
def test_a_csv_is_read_whatever_wrote_it(inhoud: bytes) -> None:
    blad = read_csv("e.csv", inhoud)
    (rij,) = blad.rijen
    assert {kop: (cel.waarde, cel.adres) for kop, cel in rij.cellen.items()} == {
        "Naam": ("Stichting Eén", "A2"),
        "KvK": ("90000101", "B2"),
    }


def test_headings_may_stand_lower() -> None:
    blad = read_csv("e.csv", b"Export van 1 april\n\nNaam;KvK\nEen;1\n", kopregel=3)
    assert [(rij.nummer, rij.cellen["Naam"].waarde) for rij in blad.rijen] == [(4, "Een")]


def test_an_excel_file_keeps_its_kinds_of_values() -> None:
    bladen = read_xlsx(
        "e.xlsx", make_xlsx([["Naam", "KvK", "Op"], ["Een ", 90000101, datetime(2020, 3, 31, 23, 59, 59)]])
    )
    cellen = bladen["Sheet"].rijen[0].cellen
    assert [cel.waarde for cel in cellen.values()] == ["Een", 90000101, datetime(2020, 3, 31, 23, 59, 59)]


@pytest.mark.parametrize(
    ("lees", "zegt"),
    [
        (lambda: read_xlsx("e.xlsx", make_xlsx([["Naam"], ["=HYPERLINK(1)"]])), "cel A2: een formule mag niet"),
        (lambda: read_csv("e.csv", b"Naam\n=1+1\n"), "cel A2 begint met '='"),
        (lambda: read_csv("e.csv", b"Naam;Naam\n1;2\n"), "de kop 'Naam' staat er twee keer"),
        (lambda: read_csv("e.csv", b'Naam\n"niet dicht\n'), "aanhalingsteken"),
        (lambda: read_csv("e.csv", b"Naam\n" + b"x" * 40_000), "meer dan 32767 tekens"),
        (lambda: read_csv("e.csv", b"Naam\n" + b"1\n" * (MAX_RIJEN + 5)), "groter dan"),
        (lambda: read_xlsx("e.xlsx", b"PK\x03\x04kapot"), "geen leesbaar Excel-bestand"),
    ],
)
def test_a_hostile_table_is_refused(lees: Any, zegt: str) -> None:
    with pytest.raises(TabelError, match="kan niet worden gelezen") as fout:
        lees()
    assert zegt in str(fout.value)
