"""`inkoop doctor`: what this machine misses, and the exact command that gets it.

Bron: ontwerp 9.
"""

from __future__ import annotations

import os
from pathlib import Path

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Json
from inkoop.cli.uitvoer import print_json, print_regels, print_tabel
from inkoop.doctor import Controlepunt, Staat, examine, is_gereed
from inkoop.domain.fouten import InkoopError
from inkoop.services.gezondheid import examine_gezondheid
from inkoop.settings import Instellingen, read_instellingen
from inkoop.storage.plaats import read_stempel

app = typer.Typer(help="Kijken wat er op deze computer ontbreekt.")


@app.command("doctor", help="Kijk wat er op deze computer ontbreekt, en hoe u het krijgt. Er wordt niets gewijzigd.")
def doctor(json: Json = False) -> None:
    """Exit 0 when nothing is missing that the main work needs, else 1."""
    instellingen = read_instellingen(os.environ, Path.cwd())
    punten = (*examine(instellingen), *_examine_winkel(instellingen))
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


def _examine_winkel(instellingen: Instellingen) -> list[Controlepunt]:
    """Whether the store of the settings can be worked with and keeps up; nothing where there is none yet."""
    if not read_stempel(instellingen.winkel):
        return []
    try:
        huis = bootstrap.open_huis(instellingen.winkel, instellingen)
    except (InkoopError, OSError) as fout:
        return [Controlepunt(onderdeel="Winkel openen", staat=Staat.ONTBREEKT, gevonden="lukt niet", advies=str(fout))]
    try:
        return [
            Controlepunt(
                onderdeel=punt.onderdeel,
                staat=Staat.GOED if punt.goed else Staat.ONTBREEKT if punt.ernstig else Staat.ADVIES,
                gevonden=punt.gevonden,
                advies=punt.advies,
            )
            for punt in examine_gezondheid(huis)
        ]
    finally:
        huis.winkel.close()
