"""Options that many commands share, each with its Dutch explanation and its reader."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol

_DAG = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIJDSTIP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def read_datum(tekst: str) -> date:
    """Read JJJJ-MM-DD; a day that does not exist is refused."""
    try:
        return date.fromisoformat(tekst if _DAG.fullmatch(tekst) else "")
    except ValueError:
        melding = f"'{tekst}' is geen bestaande dag. Schrijf JJJJ-MM-DD, bijvoorbeeld 2020-03-31."
        raise OngeldigeWaardeError(melding) from None


def read_tijdstip(tekst: str) -> datetime:
    """Read an instant; without an offset it is Amsterdam time, and then it must exist exactly once.

    At the change to summer time an hour does not exist, at the change to winter time an hour exists
    twice; both are refused without an offset. Bron: E (all instants in Europe/Amsterdam).
    """
    try:
        instant = datetime.fromisoformat(tekst if _TIJDSTIP.match(tekst) else "")
    except ValueError:
        raise OngeldigeWaardeError(
            f"'{tekst}' is geen bestaand tijdstip. Schrijf JJJJ-MM-DDTUU:MM:SS, bijvoorbeeld 2020-03-31T23:59:59."
        ) from None
    if instant.tzinfo is not None:
        return instant
    vroeg, laat = (instant.replace(tzinfo=TIJDZONE, fold=fold) for fold in (0, 1))
    if vroeg.utcoffset() != laat.utcoffset():
        raise OngeldigeWaardeError(
            f"'{tekst}' bestaat niet of twee keer, door de wisseling van zomer- en wintertijd. "
            "Zet het verschil met UTC erachter, bijvoorbeeld +01:00."
        )
    return vroeg


def read_aantal(tekst: str | int) -> int:
    """Read a whole number of at least 1; Typer also hands in the default, which is a number already."""
    if isinstance(tekst, int):
        return tekst
    if not tekst.isdecimal() or int(tekst) < 1:
        raise OngeldigeWaardeError(f"'{tekst}' is geen aantal. Schrijf een geheel getal vanaf 1.")
    return int(tekst)


Json = Annotated[bool, typer.Option("--json", help="Geef de gegevens als JSON, voor programma's.")]
Op = Annotated[
    date | None,
    typer.Option("--op", metavar="DATUM", parser=read_datum, help="Kijk alsof het deze dag is (JJJJ-MM-DD)."),
]
Paden = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PAD", help="Bestanden, mappen of namen; zonder pad alles in de vaste map.", show_default=False
    ),
]
Als = Annotated[str, typer.Option("--als", metavar="PERSOON", help="Wie dit doet: de korte naam van een persoon.")]
Rolkeuze = Annotated[
    Rol | None,
    typer.Option("--rol", metavar="ROL", help="In welke rol; nodig bij wie meer rollen heeft.", show_choices=False),
]
Nu = Annotated[
    datetime | None,
    typer.Option(
        "--nu",
        metavar="TIJDSTIP",
        parser=read_tijdstip,
        help="Doe alsof het dit moment is (JJJJ-MM-DDTUU:MM); alleen in een winkel van de soort simulatie.",
    ),
]
Winkelmap = Annotated[
    Path | None,
    typer.Option(
        "--winkel", metavar="MAP", help="De map van de winkel; anders die in INKOOP_WINKEL, anders de map 'winkel'."
    ),
]
Kenmerk = Annotated[str, typer.Argument(metavar="KENMERK", help="Het kenmerk, bijvoorbeeld M-2020-2-A001.")]
Ronde = Annotated[str, typer.Argument(metavar="RONDE", help="Het kenmerk van de ronde, bijvoorbeeld M-2020-2.")]
Ontvangen = Annotated[
    datetime | None,
    typer.Option(
        "--ontvangen-op",
        metavar="TIJDSTIP",
        parser=read_tijdstip,
        help="Wanneer het platform dit ontving; zonder deze optie is dat nu.",
    ),
]
Bewijsmap = Annotated[
    Path | None,
    typer.Option("--bewijs", metavar="MAP", help="De map met de bewijsstukken; anders de map van het bestand."),
]

Documentkenmerk = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="Het kenmerk van het document, bijvoorbeeld M-2020-2-D001.")
]
