"""`inkoop bestanden`: where the evidence and documents of a store stand, and moving them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.machinepark import find_server
from inkoop.cli.opties import Winkelmap
from inkoop.cli.stroom import PREFECT
from inkoop.cli.uitvoer import print_regels
from inkoop.domain.fouten import Beletsel
from inkoop.storage.verhuizing import IN_WINKEL, VerhuizingRefusedError, move_bestanden

app = typer.Typer(help="Bewijsstukken en documenten verhuizen.", no_args_is_help=True)


@app.callback()
def bestanden() -> None:
    """A group with one command."""


@app.command("verhuis", help="Kopieer alle bestanden naar een andere plek, controleer ze, en zet de winkel over.")
def verhuis(
    naar: Annotated[
        str,
        typer.Option(
            "--naar",
            metavar="ADRES",
            help=f"s3://emmer/map, file:///gedeelde/map, of '{IN_WINKEL}' (de winkelmap zelf).",
        ),
    ],
    winkel: Winkelmap = None,
) -> None:
    """Repeatable: who is broken off gives the same command again."""
    instellingen = bootstrap.read_omgeving()
    map_ = (winkel or instellingen.winkel).resolve()
    bootstrap.open_huis(map_, instellingen).winkel.close()
    if find_server(map_ / PREFECT):
        tekst = "Op deze winkel draait 'inkoop start'. Stop dat eerst, en ook de werkers op andere computers."
        raise VerhuizingRefusedError("Verhuizen kan nu niet.", [Beletsel("draait", tekst)])
    verhuisd = move_bestanden(
        map_, instellingen.bestanden, naar, lambda gedaan, totaal: _meld(f"{gedaan} van {totaal} bestanden")
    )
    zet = "Haal INKOOP_BESTANDEN_URL weg" if naar == IN_WINKEL else f"Zet INKOOP_BESTANDEN_URL={naar}"
    stond = f"{verhuisd.stonden_er} stonden er al"
    print_regels(
        [
            f"{verhuisd.bestanden} bestanden staan op de nieuwe plek en zijn gecontroleerd ({stond}).",
            f"{zet}, op elke computer, en geef: inkoop audit controleer",
            "Is dat in orde, dan mag de oude plek weg.",
        ]
    )


def _meld(tekst: str) -> None:
    sys.stderr.write(tekst + "\n")
