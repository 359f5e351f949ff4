"""`inkoop vraag`: questions about a round, answered without the name of who asked.

Bron: B.2.11, C.11.
"""

from __future__ import annotations

from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.toegang import Handeling
from inkoop.services import rondes, vragen

app = typer.Typer(help="Vragen over een ronde aannemen en beantwoorden.")

Vraagkenmerk = Annotated[str, typer.Argument(metavar="VRAAG", help="Het kenmerk, bijvoorbeeld M-2020-2-V001.")]


@app.command("stel", help="Neem een vraag aan. Wie haar stelt, blijft binnen de organisatie.")
def stel(
    ronde: Ronde,
    als: Als,
    tekst: Annotated[str, typer.Option("--tekst", metavar="TEKST", help="De vraag zoals ontvangen.")],
    onderwerp: Annotated[
        str, typer.Option("--over", metavar="TEKST", help="Het document met de paragraaf of het criterium.")
    ],
    van: Annotated[str, typer.Option("--van", metavar="NAAM", help="Wie de vraag stelt; komt nooit in de nota.")],
    ontvangen: Ontvangen = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The instant of receipt decides whether it is in time."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = vragen.ask_vraag(huis, door, ronde, tekst=tekst, onderwerp=onderwerp, van=van, ontvangen_op=ontvangen)
        with huis.winkel.lezen() as sessie:
            binnen = vragen.find_vraag(sessie, kenmerk).binnen_termijn
    report(f"Vraag {kenmerk} is aangenomen, {'op tijd' if binnen else 'na de vragentermijn'}.")


@app.command("beantwoord", help="Beantwoord een vraag, zonder de naam van wie haar stelde.")
def beantwoord(
    kenmerk: Vraagkenmerk,
    als: Als,
    antwoord: Annotated[str, typer.Option("--antwoord", metavar="TEKST", help="Het antwoord.")],
    tekst: Annotated[
        str | None,
        typer.Option("--tekst", metavar="TEKST", help="De vraag zoals zij in de nota komt; anders zoals ontvangen."),
    ] = None,
    wijziging: Annotated[bool, typer.Option("--wijziging", help="Het antwoord wijzigt een document.")] = False,
    voor_allen: Annotated[
        str,
        typer.Option("--voor-allen", metavar="TEKST", help="Bij een late vraag: waarom het antwoord iedereen aangaat."),
    ] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The answer is published with the next nota."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        vragen.answer_vraag(
            huis, door, kenmerk, antwoord=antwoord, tekst=tekst, wijziging=wijziging, voor_allen=voor_allen
        )
    report(f"Vraag {kenmerk} is beantwoord; het antwoord komt in de volgende nota.")


@app.command("terzijde", help="Leg een late vraag zonder antwoord terzijde.")
def terzijde(
    kenmerk: Vraagkenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom het antwoord niet iedereen aangaat.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only a question that came too late."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        vragen.put_aside(huis, door, kenmerk, reden=reden)
    report(f"Vraag {kenmerk} is terzijde gelegd.")


@app.command("lijst", help="Toon de vragen van een ronde, zonder wie ze stelde.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """In order of kenmerk."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.VRAAG_LEZEN) as sessie:
        rijen = vragen.list_vragen(sessie, rondes.find_ronde(sessie, ronde).id)
    print_overzicht(
        [
            {
                "vraag": rij.kenmerk,
                "ontvangen_op": rij.ontvangen_op,
                "op_tijd": rij.binnen_termijn,
                "status": rij.status,
                "over": rij.onderwerp,
                "tekst": rij.tekst,
                "antwoord": rij.antwoord,
            }
            for rij in rijen
        ],
        json=json,
        leeg="Er zijn nog geen vragen gesteld.",
    )
