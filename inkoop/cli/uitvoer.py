"""What commands print: tables and sentences for people, JSON for programs.

JSON is the same bytes for the same data (sorted keys) and never coloured; a table adapts to the
terminal and is wide in a file. Values are printed as they are: nothing in them is read as markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.woorden import format_woord

BREEDTE_ZONDER_TERMINAL = 160

KLEUREN: Mapping[str, str] = {
    "voldoet": "green",
    "voorwaardelijk": "yellow",
    "te_beoordelen": "cyan",
    "herstelbaar": "yellow",
    "voldoet_niet": "red",
    "nvt": "dim",
    "toegelaten": "green",
    "toegelaten_onder_voorwaarde": "yellow",
    "afgewezen": "red",
    "toelating_vervallen": "red",
}
"""Colours of outcomes and decisions; a value that is not here gets none."""


def make_console(*, stderr: bool = False) -> Console:
    """A console on the present stdout (or stderr): as wide as the terminal, wide enough in a file."""
    stroom = sys.stderr if stderr else sys.stdout
    breedte = None if stroom.isatty() else BREEDTE_ZONDER_TERMINAL
    return Console(file=stroom, width=breedte, highlight=False, markup=False, emoji=False)


def print_json(waarde: object) -> None:
    """Print data as JSON: sorted keys, two spaces, a newline at the end."""
    ruw = msgspec.json.encode(waarde, order="sorted")
    sys.stdout.write(msgspec.json.format(ruw, indent=2).decode() + "\n")


def print_regels(regels: Iterable[str]) -> None:
    """Print lines as they are, without wrapping: a program or an editor may read them."""
    for regel in regels:
        sys.stdout.write(regel + "\n")


def print_titel(tekst: str) -> None:
    """Print a line that stands out, with room before and after it."""
    make_console().print(Text(f"\n{tekst}\n", style="bold"))


def print_tabel(titel: str, kolommen: Sequence[str], rijen: Iterable[Sequence[object]], *, leeg: str) -> None:
    """Print a table; `leeg` is the sentence to print when there is no row."""
    alle = [list(rij) for rij in rijen]
    console = make_console()
    if not alle:
        console.print(leeg)
        return
    tabel = Table(title=titel or None, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for nummer, kolom in enumerate(kolommen):
        getallen = all(isinstance(rij[nummer], int | Decimal) for rij in alle)
        dagen = all(isinstance(rij[nummer], date) for rij in alle)
        tabel.add_column(kolom, justify="right" if getallen else "left", overflow="fold", no_wrap=dagen)
    for rij in alle:
        tabel.add_row(*(to_text(waarde) for waarde in rij))
    console.print(tabel)


def print_overzicht(rijen: Sequence[Mapping[str, object]], *, json: bool, leeg: str, titel: str = "") -> None:
    """Print records: as JSON, or as a table whose headings are the names of the fields."""
    if json:
        print_json(rijen)
        return
    kolommen = list(rijen[0]) if rijen else []
    koppen = [kolom.replace("_", " ") for kolom in kolommen]
    print_tabel(titel, koppen, ([rij[kolom] for kolom in kolommen] for rij in rijen), leeg=leeg)


def print_kenmerken(paren: Iterable[tuple[str, object]]) -> None:
    """Print 'label  value' lines, the labels under each other; empty values are left out."""
    tabel = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    tabel.add_column(style="dim", no_wrap=True)
    tabel.add_column(overflow="fold")
    for label, waarde in paren:
        if waarde not in (None, "", (), []):
            tabel.add_row(Text(label), to_text(waarde))
    make_console().print(tabel)


def to_text(waarde: object) -> Text:
    """A value as people read it, with its colour."""
    tekst = format_waarde(waarde)
    return Text(tekst, style=KLEUREN.get(str(waarde.value) if isinstance(waarde, Enum) else tekst, ""))


def format_waarde(waarde: Any) -> str:
    """A value as people read it: instants in Amsterdam time, underscores of enums as spaces.

    A date stays JJJJ-MM-DD, as in the files, so that it can be copied into a command.
    """
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return format_tijdstip(waarde)
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Enum):
        return format_woord(waarde.value)
    if isinstance(waarde, Decimal):
        return format_bedrag(waarde)
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, Iterable):
        return ", ".join(format_waarde(deel) for deel in waarde)
    return "" if waarde is None else str(waarde)


def format_tijdstip(instant: datetime) -> str:
    """An instant as Amsterdam time, to the second."""
    return instant.astimezone(TIJDZONE).strftime("%Y-%m-%d %H:%M:%S")


def format_bedrag(bedrag: Decimal) -> str:
    """An amount the Dutch way: 1.234,50."""
    return f"{bedrag:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def write_bestand(pad: Path, inhoud: bytes) -> None:
    """Write a file that somebody asked for, with the folders above it, and say where it is."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(inhoud)
    print_regels([f"Geschreven: {pad}"])
