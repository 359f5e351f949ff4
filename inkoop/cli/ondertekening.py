"""`inkoop ondertekening`: record who signed which text, for whom, on which day.

Bron: B.3.4, C.17; FE-4, FE-5.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.overeenkomst import Nummer
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.services import ondertekeningen
from inkoop.storage.tabellen.overeenkomst import Partijsoort

app = typer.Typer(help="Ondertekeningen registreren.")


@app.callback()
def ondertekening() -> None:
    """The group itself has no options."""


@app.command("registreren", help="Leg vast dat iemand een overeenkomst of addendum heeft getekend.")
def registreren(
    nummer: Nummer,
    als: Als,
    partij: Annotated[
        Partijsoort, typer.Option("--partij", metavar="PARTIJ", help="Voor wie is getekend: gemeenten of aanbieder.")
    ],
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="Wie heeft getekend.")],
    functie: Annotated[str, typer.Option("--functie", metavar="FUNCTIE", help="In welke functie.")],
    namens: Annotated[str, typer.Option("--namens", metavar="NAMEN", help="Namens welke gemeenten of aanbieder.")],
    getekend_op: Annotated[
        date, typer.Option("--getekend-op", metavar="DATUM", parser=read_datum, help="De dag van ondertekening.")
    ],
    bestand: Annotated[
        Path,
        typer.Option("--bestand", metavar="BESTAND", help="De tekst die ter ondertekening lag (.pdf of .docx)."),
    ],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A signature is bound to the text that was offered: another text is refused."""
    sha256 = hashlib.sha256(bestand.read_bytes()).hexdigest()
    with treed_op(winkel, als, rol, nu) as (huis, door):
        compleet = ondertekeningen.register_ondertekening(
            huis,
            door,
            nummer,
            partij=partij,
            naam=naam,
            functie=functie,
            namens=namens,
            getekend_op=getekend_op,
            document_sha256=sha256,
        )
    vervolg = "Iedereen heeft nu getekend." if compleet else "Nog niet iedereen heeft getekend."
    report(f"De handtekening van {naam} op {nummer} is vastgelegd. {vervolg}")
