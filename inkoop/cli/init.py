"""`inkoop init`: make a new, empty store.

Bron: ontwerp 2.8 (the kind of a store is for ever: on a real one nobody can backdate).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.winkelwerk import report
from inkoop.storage.winkel import Winkelsoort

app = typer.Typer(help="Een nieuwe winkel maken.")


@app.command(
    "init",
    help="Maak een nieuwe, lege winkel: de map met de database, de bewijsstukken en de documenten.",
)
def init(
    soort: Annotated[
        Winkelsoort,
        typer.Option(
            "--soort",
            metavar="SOORT",
            help="'echt' voor het echte werk, 'simulatie' om te oefenen op zelfgekozen data. Dit blijft zo.",
        ),
    ],
    map_: Annotated[
        Path | None,
        typer.Argument(metavar="MAP", help="De map; anders die in INKOOP_WINKEL, anders 'winkel'.", show_default=False),
    ] = None,
) -> None:
    """The folder must not exist yet, or be empty."""
    instellingen = bootstrap.read_omgeving()
    doel = map_ or instellingen.winkel
    bootstrap.create_huis(
        doel, soort, instellingen, database=instellingen.database, bestanden=instellingen.bestanden
    ).winkel.close()
    waar = "" if instellingen.database is None else " De gegevens staan in PostgreSQL."
    waar += "" if instellingen.bestanden is None else f" De bestanden staan in {instellingen.bestanden}."
    report(
        f"In {doel} staat nu een lege winkel van de soort {soort}.{waar} Voeg eerst een beheerder toe: inkoop persoon."
    )
