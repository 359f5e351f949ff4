"""`inkoop post`: who gets mail where, what stands in the outbox, and sending it.

Bron: docs/adr/0021.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_json, print_overzicht
from inkoop.cli.winkelwerk import open_winkel, report, treed_op
from inkoop.domain.post import Postkeuze, Poststand
from inkoop.services import post, postadressen
from inkoop.services.dagpost import deliver_post

app = typer.Typer(help="Berichten per e-mail: adressen, wat klaarstaat, verzenden.")


@app.command("adres", help="Stel in waar iemand berichten krijgt, en hoe vaak. Voor een ander doet de beheerder dat.")
def adres(
    persoon: Annotated[str, typer.Argument(metavar="PERSOON", help="De korte naam, bijvoorbeeld i.dekker.")],
    als: Als,
    mail: Annotated[str | None, typer.Option("--mail", metavar="ADRES", help="Het e-mailadres.")] = None,
    keuze: Annotated[
        Postkeuze | None,
        typer.Option(
            "--keuze",
            metavar="KEUZE",
            show_choices=False,
            help="meteen (bij nieuw werk), dagoverzicht (een bericht per dag) of geen; een nieuw adres krijgt meteen.",
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """An address is optional: without one a person sees the work in the pages and the lists."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gezet = postadressen.set_postadres(huis, door, persoon, adres=mail, keuze=keuze)
    report(f"{gezet.persoon} krijgt berichten op {gezet.adres}: {gezet.keuze}.")


@app.command("adressen", help="Toon wie waar berichten krijgt: een beheerder ziet allen, een ander zichzelf.")
def adressen(als: Als, rol: Rolkeuze = None, winkel: Winkelmap = None, json: Json = False) -> None:
    """Addresses are personal data."""
    with treed_op(winkel, als, rol, None) as (huis, door):
        bekend = postadressen.list_postadressen(huis, door)
    regels = [{"persoon": een.persoon, "adres": een.adres, "keuze": een.keuze} for een in bekend]
    print_overzicht(regels, json=json, leeg="Er zijn nog geen adressen.")


@app.command("lijst", help="Toon de berichten: wat klaarstaat, wat is verzonden, wat misging en waarom.")
def lijst(
    stand: Annotated[
        Poststand | None,
        typer.Option(
            "--stand",
            metavar="STAND",
            show_choices=False,
            help="Alleen deze: klaar, bezig, verzonden, mislukt of apart.",
        ),
    ] = None,
    aantal: Annotated[int, typer.Option("--aantal", metavar="AANTAL", help="Hoeveel, de nieuwste eerst.", min=1)] = 20,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """From our own records."""
    with open_winkel(winkel) as huis:
        rijen = post.list_post(huis, stand, aantal)
    regels = [
        {
            "nummer": str(een.nummer),
            "soort": een.soort,
            "voor": een.persoon,
            "kop": een.kop,
            "stand": een.stand,
            "gemaakt": een.gemaakt_op,
            "pogingen": een.pogingen,
            "verzonden": een.verzonden_op,
            "reden": een.reden,
        }
        for een in rijen
    ]
    print_overzicht(regels, json=json, leeg="Er zijn geen berichten.")


@app.command("verstuur", help="Verstuur wat klaarstaat, met de berichten van vandaag. inkoop start doet dit vanzelf.")
def verstuur(
    aantal: Annotated[int, typer.Option("--aantal", metavar="AANTAL", help="Hoeveel hoogstens.", min=1)] = 500,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Repeatable: what went out does not go out again."""
    with open_winkel(winkel) as huis:
        verslag = deliver_post(huis, bootstrap.read_nu(huis), aantal)
    if json:
        print_json(verslag)
        return
    report(
        f"Verzonden: {verslag.verzonden}. Later opnieuw: {verslag.uitgesteld}. Apart gezet: {verslag.apart}."
        f" Staat klaar: {verslag.wacht}."
    )
    if verslag.melding:
        report(verslag.melding)
    if verslag.apart:
        report("Bekijk wat apart is gezet met: inkoop post lijst --stand apart")


@app.command("opnieuw", help="Laat berichten die apart zijn gezet opnieuw uitgaan; zonder nummer allemaal.")
def opnieuw(
    als: Als,
    nummer: Annotated[
        UUID | None, typer.Option("--nummer", metavar="NUMMER", help="Alleen dit bericht, zie 'inkoop post lijst'.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """After the cause is mended."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = post.resume_post(huis, door, nummer)
    report(f"Staat weer klaar om te verzenden: {aantal}.")
