"""`inkoop procedure`: read, check and plan procedures from their files.

Bron: ontwerp 9.
"""

from __future__ import annotations

from typing import Annotated

import typer

from inkoop.cli.opties import Json, Paden
from inkoop.cli.procedurecontrole import load_procedurebestand
from inkoop.cli.procedureverslag import print_plan, print_procedure
from inkoop.cli.regelbestanden import check_bestanden, report_controle
from inkoop.cli.regelkast import open_regelkast
from inkoop.cli.uitvoer import print_json, print_tabel
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.planning import plan as list_plan

app = typer.Typer(help="Procedures bekijken, controleren en vastleggen.")

Naam = Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de procedure, of het pad van het bestand.")]


@app.command("lijst", help="Toon alle procedures.")
def lijst(json: Json = False) -> None:
    """Every procedure file with what it is; a file with faults stops the list and is named."""
    kast = open_regelkast()
    definities = [kast.find_procedure(naam) for naam in kast.list_procedures()]
    if json:
        print_json(
            [
                {
                    "naam": definitie.naam,
                    "titel": definitie.titel,
                    "kwalificatie": definitie.kwalificatie,
                    "wet": definitie.wet,
                    "criteriaset": definitie.criteriaset,
                    "rondes": [ronde.kenmerk for ronde in definitie.instroom.rondes],
                    "hash": definitie.hash,
                }
                for definitie in definities
            ]
        )
        return
    print_tabel(
        "",
        ("naam", "titel", "soort", "wet", "rondes"),
        ((d.naam, d.titel, d.kwalificatie, d.wet, [ronde.kenmerk for ronde in d.instroom.rondes]) for d in definities),
        leeg=f"Er staan geen procedures in {kast.omgeving.procedures}.",
    )


@app.command("controleer", help="Controleer procedurebestanden. Er wordt niets geschreven.")
def controleer(paden: Paden = None) -> None:
    """Exit 0, or 1 with one `file:line:column: message` per fault."""
    kast = open_regelkast()
    report_controle(*check_bestanden(paden or [kast.omgeving.procedures], lambda pad: load_procedurebestand(pad, kast)))


@app.command("toon", help="Toon een procedure: percelen, tarieven, rondes, stappen en mandaten.")
def toon(naam: Naam, json: Json = False) -> None:
    """The definition as it was read."""
    definitie = open_regelkast().find_procedure(naam)
    if json:
        print_json(definitie)
    else:
        print_procedure(definitie)


@app.command("plan", help="Toon de hele planning van een procedure, elke dag met de reden.")
def plan(naam: Naam, json: Json = False) -> None:
    """Every planned day in order."""
    definitie = open_regelkast().find_procedure(naam)
    jaren = [ronde.opening.year for ronde in definitie.instroom.rondes] + [definitie.looptijd.ingang.year]
    regels = list_plan(definitie, load_feestdagen(min(jaren), max(*jaren, definitie.looptijd.max_einddatum.year) + 1))
    if json:
        print_json(regels)
    else:
        print_plan(definitie, regels)
