"""The summary that people read at the end: who, for what, which outcome, why, which documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from inkoop.cli.uitvoer import to_text

BREEDTE = 150

KOLOMMEN = {"zaak": 4, "aanbieder": 28, "perceel": 11, "besluit": 19, "reden": 46, "documenten": 26}
"""The columns and how wide each may become."""

MAX_REDEN = 230
"""How much of a reason stands in the summary; the letter and resultaat.json have all of it."""


def build_tabel(uitkomsten: Sequence[Mapping[str, Any]], titel: str) -> Table:
    """One row per aanmelding and perceel."""
    tabel = Table(title=titel, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for kolom, breedte in KOLOMMEN.items():
        tabel.add_column(kolom, min_width=min(breedte, 12), max_width=breedte, overflow="fold")
    tabel.show_lines = True
    for uitkomst in uitkomsten:
        tabel.add_row(
            Text(f"{uitkomst['zaak']} {uitkomst['variant']}"),
            Text(uitkomst["aanbieder"]),
            Text(_list_perceel(uitkomst)),
            _describe_besluit(uitkomst["besluit"]),
            Text(describe_reden(uitkomst)),
            Text(", ".join(list_soorten(uitkomst["documenten"]))),
        )
    return tabel


def _describe_besluit(besluit: str) -> Text:
    """The besluit in words, in the colour of its kind."""
    return Text(besluit.replace("_", " "), style=to_text(besluit).style)


def _list_perceel(uitkomst: Mapping[str, Any]) -> str:
    producten = "\n".join(uitkomst["producten"])
    return f"{uitkomst['perceel'] or '-'}" + (f"\n{producten}" if producten else "")


def describe_reden(uitkomst: Mapping[str, Any]) -> str:
    """Why, in one cell: each failing criterium with its facts, or what made the difference."""
    if uitkomst.get("redenen"):
        zinnen = [f"{reden['criterium']}: {shorten(reden['toelichting'])}" for reden in uitkomst["redenen"]]
        return "\n".join(dict.fromkeys(zinnen))
    bijzonder = [b for b in uitkomst["bevindingen"] if b["grond"] == "gelijkwaardig"]
    if len(uitkomst.get("besluiten", [])) > 1:
        return "aan de voorwaarde is voldaan"
    if bijzonder:
        return f"gelijkwaardig: {', '.join(dict.fromkeys(b['criterium'] for b in bijzonder))}"
    return "voldoet aan alle criteria" if uitkomst["bevindingen"] else "ontvangen na de sluiting, niet beoordeeld"


def shorten(tekst: str) -> str:
    """The first whole sentences that fit, and a sign that there is more."""
    if len(tekst) <= MAX_REDEN:
        return tekst
    kort = tekst[:MAX_REDEN]
    einde = kort.rfind(". ")
    return f"{kort[: einde + 1] if einde > 0 else kort[: kort.rfind(' ')]} ..."


def list_soorten(paden: Sequence[str]) -> list[str]:
    """The kinds of documents, once each, by their file names."""
    namen = [Path(pad).name for pad in paden if pad.endswith(".pdf")]
    return list(dict.fromkeys(naam.split("-M-")[0].split("-R")[0] for naam in namen))


def write_plaatje(tabel: Table, pad: Path) -> None:
    """Write the summary as an SVG picture."""
    console = Console(record=True, width=BREEDTE, file=StringIO(), force_terminal=True)
    console.print(tabel)
    pad.write_text(console.export_svg(title="./run demo", theme=DEFAULT_TERMINAL_THEME), encoding="utf-8")
