"""The page that says which test shows which row of the domain, and which rows are still open.

`rijen.csv` holds every row with what it demands in a few words. `open` is ja for a row that no test shows
yet: the list can only shrink. Rows of A.7 are printed with their part in front, so that W21-BG-01 and
A.7 BG-01 are never taken for each other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.dekking.verzamelen import CHECKOUT, Gevonden

RIJEN = Path(__file__).with_name("rijen.csv")
BLADZIJDE = CHECKOUT / "docs" / "dekking.md"
_ANDERE_BRON = re.compile(r"(?:[B-F]\.\d+(?:\.\d+)?|E\.\d|FE-\d+)")
"""Rules of law and practice, calendars and four eyes: cited by tests as well, but no row of A."""

_VELDEN = ("rij", "deel", "systeem", "wat", "open")


@dataclass(frozen=True, kw_only=True)
class Rij:
    """A row of the domain: its id, its part (A.1 .. A.7), its system, what it demands, whether it is open."""

    rij: str
    deel: str
    systeem: str
    wat: str
    open: bool

    @property
    def naam(self) -> str:
        """The id as the page prints it: a row of A.7 with its part in front."""
        return f"A.7 {self.rij}" if self.deel == "A.7" else self.rij


def read_rijen(pad: Path = RIJEN) -> list[Rij]:
    """Every row in the order of the file."""
    with pad.open(encoding="utf-8", newline="") as bestand:
        gelezen = list(csv.DictReader(bestand, delimiter=";"))
    return [Rij(**{**regel, "open": regel["open"] == "ja"}) for regel in gelezen]  # type: ignore[arg-type]


def write_rijen(rijen: Iterable[Rij], pad: Path = RIJEN) -> None:
    """Write the rows back."""
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand, delimiter=";", lineterminator="\n")
        schrijver.writerow(_VELDEN)
        for rij in rijen:
            schrijver.writerow((rij.rij, rij.deel, rij.systeem, rij.wat, "ja" if rij.open else ""))


def check_dekking(rijen: Sequence[Rij], gevonden: Gevonden) -> list[str]:
    """Everything that is wrong: a row without a test, an open row that has one, an id that does not exist."""
    bekend = {rij.rij for rij in rijen}
    fouten = [f"rij {rij.naam} heeft geen test" for rij in rijen if not rij.open and rij.rij not in gevonden]
    fouten += [
        f"rij {rij.naam} staat op open en heeft een test: geef ./run dekking"
        for rij in rijen
        if rij.open and rij.rij in gevonden
    ]
    fouten += [
        f"rij {naam} bestaat niet: {', '.join(tests)}"
        for naam, tests in gevonden.items()
        if naam not in bekend and not _ANDERE_BRON.fullmatch(naam)
    ]
    if len(bekend) != len(rijen):
        fouten.append("een rij staat twee keer in rijen.csv")
    return fouten


def close_rijen(rijen: Iterable[Rij], gevonden: Gevonden) -> list[Rij]:
    """The rows with those that have a test no longer open; none is opened."""
    return [replace(rij, open=rij.open and rij.rij not in gevonden) for rij in rijen]


def write_bladzijde(rijen: Sequence[Rij], gevonden: Gevonden) -> str:
    """The page as Markdown."""
    open_ = [rij for rij in rijen if rij.open]
    regels = [
        "# Dekking",
        "",
        "Welke test laat zien dat een rij van het domein werkt. Deze bladzijde is gemaakt uit de merken op de tests",
        "met `./run dekking`; een rij telt alleen als haar test zonder het gedrag zou falen.",
        "",
        f"{len(rijen) - len(open_)} van de {len(rijen)} rijen hebben een test; {len(open_)} rijen staan nog open.",
        "Een open rij laat de tests falen. *Gedrag* is iets wat het programma doet of weigert, *tekst* iets wat in",
        "een document staat, *instelling* iets wat in een procedure of criteriaset staat en wordt gecontroleerd.",
        "Rijen uit deel A.7 hebben hun deel voor hun naam: W21-BG-01 is een andere rij dan A.7 BG-01.",
        "",
    ]
    for systeem in dict.fromkeys(rij.systeem for rij in rijen):
        regels += [f"## {systeem}", "", "| rij | wat | hoe | test |", "|---|---|---|---|"]
        regels += [_write_rij(rij, gevonden) for rij in rijen if rij.systeem == systeem]
        regels.append("")
    return "\n".join(regels)


def _write_rij(rij: Rij, gevonden: Gevonden) -> str:
    tests = gevonden.get(rij.rij, {})
    hoe = ", ".join(sorted(set(tests.values()))) or "open"
    namen = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in sorted(tests))
    return f"| {rij.naam} | {rij.wat} | {hoe} | {namen} |"
