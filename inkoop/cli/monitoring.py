"""`inkoop monitoring`: the quarter of a provider, and what the local toegang saw.

Bron: M20-51, M20-52, M20-54; C.26.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inkoop.cli.opties import Als, Nu, Rolkeuze, Winkelmap
from inkoop.cli.regelkast import open_regelkast
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.monitoring import load_kwartaal, load_terugkoppeling
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services import monitoring

app = typer.Typer(help="Kwartaalrapportages en terugkoppeling van de toegang.")

Contract = Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")]
Bestand = Annotated[Path, typer.Option("--bestand", metavar="BESTAND", help="Het ingevulde formulier (YAML).")]


class Formulier(StrEnum):
    """Which empty form is asked."""

    KWARTAAL = "kwartaal"
    TERUGKOPPELING = "terugkoppeling"


@app.command("formulier", help="Schrijf een leeg formulier met de onderwerpen of vragen van een procedure.")
def formulier(
    soort: Annotated[Formulier, typer.Argument(metavar="SOORT", help="kwartaal of terugkoppeling.")],
    procedure: Annotated[str, typer.Option("--procedure", metavar="NAAM", help="De procedure, of haar bestand.")],
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Het nieuwe bestand.")],
    kwartaal: Annotated[
        int, typer.Option("--kwartaal", min=1, max=4, help="Voor welk kwartaal; bij kwartaal.", metavar="GETAL")
    ] = 1,
) -> None:
    """Exactly what the procedure asks, so that nothing can be forgotten or added."""
    definitie = open_regelkast().find_procedure(procedure)
    regels = _list_kwartaal(definitie, kwartaal) if soort is Formulier.KWARTAAL else _list_terugkoppeling(definitie)
    print_regels([str(pad) for pad in write_nieuw({naar: "\n".join([*regels, ""]).encode()})])


def _list_kwartaal(definitie: Proceduredefinitie, kwartaal: int) -> list[str]:
    regels = ["# Aantallen, geen namen; ook geen aantallen waarin iemand te herkennen is.", "metingen:"]
    for thema in definitie.contract.kwartaalthemas:
        regels += [f"  - onderwerp: {_quote(thema)}", '    stand: ""', '    vorig_kwartaal: ""', '    toelichting: ""']
    if kwartaal == definitie.contract.jaarcontrole_kwartaal:
        regels += ["jaarcontrole:", '  - {onderwerp: "", tekst: ""}']
    return [*regels, 'signalen: ""', 'vooruitblik: ""', 'ingevuld_door: ""']


def _quote(tekst: str) -> str:
    """A text between quotes, as YAML reads JSON."""
    return msgspec.json.encode(tekst).decode()


def _list_terugkoppeling(definitie: Proceduredefinitie) -> list[str]:
    contract = definitie.contract
    regels = ["# Noem geen naam en geen nummer van een cliënt.", 'gemeente: ""', 'product: ""', 'aanleiding: ""']
    regels.append("antwoorden:")
    for vraag in contract.toegangsvragen:
        regels += [f"  - vraag: {_quote(vraag)}", '    antwoord: ""', '    toelichting: ""']
    if contract.kwaliteitsaspecten:
        regels.append(f"# Alleen als er iets te melden is; kies uit: {', '.join(contract.kwaliteitsaspecten)}.")
    return [*regels, "kwaliteit: []"]


@app.command("kwartaal", help="Leg de rapportage over een kwartaal vast, als contractmanager of als de aanbieder zelf.")
def kwartaal_(
    nummer: Contract,
    als: Als,
    bestand: Bestand,
    jaar: Annotated[int, typer.Option("--jaar", metavar="JAAR", help="Het jaar.")],
    kwartaal: Annotated[int, typer.Option("--kwartaal", min=1, max=4, metavar="GETAL", help="Het kwartaal, 1 tot 4.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The document is made by the next flow."""
    opgave = load_kwartaal(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = monitoring.record_kwartaal(huis, door, nummer, jaar=jaar, kwartaal=kwartaal, opgave=opgave)
    report(f"De rapportage over kwartaal {kwartaal} van {jaar} is vastgelegd als {kenmerk}.")


@app.command("terugkoppeling", help="Leg vast wat de lokale toegang zag van de ondersteuning, als toegang.")
def terugkoppeling(
    nummer: Contract, als: Als, bestand: Bestand, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """The document is made by the next flow."""
    opgave = load_terugkoppeling(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = monitoring.record_terugkoppeling(huis, door, nummer, opgave)
    report(f"De terugkoppeling is vastgelegd als {kenmerk}.")
