"""Tables that come from outside: an Excel file or a CSV file as rows of plain cells, each with its place.

What comes from outside is hostile until read: formulas and links to other files are refused, and a table
stays within limits. Whether the Excel file itself may be opened (bombs, macros, DOCTYPE) is checked before
this by who calls (storage/bestandskeuring).

Bron: ontwerp 8; issue intake (platform export, form).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import openpyxl
from openpyxl.utils import get_column_letter

from inkoop.domain.fouten import InkoopError

MAX_RIJEN = 20_000
MAX_KOLOMMEN = 500
MAX_TEKEN = 32_767
"""As many characters as Excel keeps in a cell."""

Celwaarde = str | int | Decimal | bool | date | datetime


class TabelError(InkoopError):
    """A table cannot be read; every reason, by its cell."""

    def __init__(self, bestand: str, redenen: Sequence[str]) -> None:
        self.redenen = tuple(redenen)
        super().__init__(f"{bestand} kan niet worden gelezen:\n" + "\n".join(f"  - {reden}" for reden in self.redenen))


class Cel(msgspec.Struct, frozen=True):
    """A filled cell: what is in it, and where (row and column from 1)."""

    waarde: Celwaarde
    rij: int
    kolom: int

    @property
    def adres(self) -> str:
        """As people know it: `B7`."""
        return f"{get_column_letter(self.kolom)}{self.rij}"


class Rij(msgspec.Struct, frozen=True):
    """A row that holds something: its number and its filled cells by heading."""

    nummer: int
    cellen: dict[str, Cel]


class Blad(msgspec.Struct, frozen=True):
    """A sheet: its name, its headings with their cells, and its rows."""

    naam: str
    koppen: dict[str, Cel]
    rijen: tuple[Rij, ...]


def read_xlsx(bestand: str, inhoud: bytes, *, kopregel: int = 1) -> dict[str, Blad]:
    """Every sheet of an Excel file, hidden ones too, by name. Raises TabelError with every reason."""
    try:
        boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
    except Exception as fout:
        # Whatever a strange file does to its reader, people hear that it cannot be read.
        raise TabelError(
            bestand, ["het bestand is geen leesbaar Excel-bestand; sla het opnieuw op als .xlsx"]
        ) from fout
    redenen: list[str] = []
    try:
        bladen = {
            blad.title: _build(blad.title, _list_cellen(blad, redenen), kopregel, redenen) for blad in boek.worksheets
        }
    except TabelError:
        raise
    except Exception as fout:
        raise TabelError(bestand, ["het bestand is beschadigd; sla het opnieuw op als .xlsx"]) from fout
    finally:
        boek.close()
    if redenen:
        raise TabelError(bestand, redenen)
    return bladen


def read_csv(bestand: str, inhoud: bytes, *, kopregel: int = 1) -> Blad:
    """A CSV file (UTF-8 or Windows, with `;`, `,` or tabs) as one sheet of texts. Raises TabelError."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = inhoud.decode("cp1252", errors="replace")
    kop = "\n".join(tekst.splitlines()[:kopregel])
    scheiding = max(";,\t", key=kop.count)
    redenen: list[str] = []
    try:
        regels = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True))
    except csv.Error:
        raise TabelError(bestand, ["het is geen goede CSV: een aanhalingsteken is niet gesloten"]) from None
    cellen: list[list[Cel]] = []
    for nummer, regel in enumerate(regels, start=1):
        gevuld = [Cel(waarde.strip(), nummer, kolom) for kolom, waarde in enumerate(regel, start=1) if waarde.strip()]
        redenen += [f"cel {cel.adres} begint met '=': een formule mag niet" for cel in gevuld if _is_formule(cel)]
        cellen.append(gevuld)
    blad = _build(bestand, cellen, kopregel, redenen)
    if redenen:
        raise TabelError(bestand, redenen)
    return blad


def _is_formule(cel: Cel) -> bool:
    return isinstance(cel.waarde, str) and cel.waarde.startswith("=")


def _list_cellen(blad: Any, redenen: list[str]) -> Iterator[list[Cel]]:
    """The filled cells of a sheet, row by row; formulas and errors are named."""
    for rij in blad.iter_rows(max_row=MAX_RIJEN + 1, max_col=MAX_KOLOMMEN + 1):
        gevuld = []
        for cel in rij:
            if cel.value is None or (isinstance(cel.value, str) and not cel.value.strip()):
                continue
            plaats = f"blad '{blad.title}', cel {cel.coordinate}"
            if cel.data_type == "f" or not isinstance(cel.value, str | int | float | bool | date | datetime):
                redenen.append(f"{plaats}: een formule mag niet; plak de uitkomst als waarde")
            elif cel.data_type == "e":
                redenen.append(f"{plaats}: hier staat een rekenfout ({cel.value})")
            else:
                gevuld.append(Cel(_plain(cel.value), cel.row, cel.column))
        yield gevuld


def _plain(waarde: str | float | bool | date | datetime) -> Celwaarde:
    """A value as Excel kept it; a whole number stays whole, and a number with decimals keeps them all."""
    if isinstance(waarde, float):
        return int(waarde) if waarde.is_integer() else Decimal(repr(waarde))
    return waarde.strip() if isinstance(waarde, str) else waarde


def _build(naam: str, rijen: Iterator[list[Cel]] | list[list[Cel]], kopregel: int, redenen: list[str]) -> Blad:
    """Bring cells under their headings; two headings alike and cells without one are named."""
    koppen: dict[str, Cel] = {}
    per_kolom: dict[int, str] = {}
    gelezen: list[Rij] = []
    for nummer, cellen in enumerate(rijen, start=1):
        if nummer > MAX_RIJEN or any(cel.kolom > MAX_KOLOMMEN for cel in cellen):
            redenen.append(f"blad '{naam}' is groter dan {MAX_RIJEN} rijen of {MAX_KOLOMMEN} kolommen")
            break
        redenen += [
            f"blad '{naam}', cel {cel.adres}: meer dan {MAX_TEKEN} tekens"
            for cel in cellen
            if isinstance(cel.waarde, str) and len(cel.waarde) > MAX_TEKEN
        ]
        if nummer == kopregel:
            for cel in cellen:
                kop = str(cel.waarde)
                if kop in koppen:
                    redenen.append(f"blad '{naam}', cel {cel.adres}: de kop '{kop}' staat er twee keer")
                koppen[kop], per_kolom[cel.kolom] = cel, kop
        elif nummer > kopregel and cellen:
            gelezen.append(Rij(nummer, {per_kolom[cel.kolom]: cel for cel in cellen if cel.kolom in per_kolom}))
    return Blad(naam, koppen, tuple(rij for rij in gelezen if rij.cellen))
