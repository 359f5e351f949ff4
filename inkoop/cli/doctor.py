"""`inkoop doctor`: what this machine misses, and the exact command that gets it.

Bron: ontwerp 9.
"""

from __future__ import annotations

import os
from pathlib import Path

import typer

from inkoop.cli.opties import Json
from inkoop.cli.uitvoer import print_json, print_regels, print_tabel
from inkoop.doctor import Staat, examine, is_gereed
from inkoop.settings import read_instellingen

app = typer.Typer(help="Kijken wat er op deze computer ontbreekt.")


@app.command("doctor", help="Kijk wat er op deze computer ontbreekt, en hoe u het krijgt. Er wordt niets gewijzigd.")
def doctor(json: Json = False) -> None:
    """Exit 0 when nothing is missing that the main work needs, else 1."""
    punten = examine(read_instellingen(os.environ, Path.cwd()))
    if json:
        print_json(punten)
    else:
        print_tabel(
            "", ("onderdeel", "staat", "gevonden"), ((p.onderdeel, p.staat, p.gevonden) for p in punten), leeg=""
        )
        for staat, kop in ((Staat.ONTBREEKT, "Dit moet u nog doen:"), (Staat.ADVIES, "Dit is niet nodig, wel handig:")):
            if regels := [f"  - {p.onderdeel}: {p.advies}" for p in punten if p.staat is staat]:
                print_regels([kop, *regels, ""])
        if is_gereed(punten):
            print_regels(["Alles wat nodig is, is er."])
    if not is_gereed(punten):
        raise typer.Exit(1)
