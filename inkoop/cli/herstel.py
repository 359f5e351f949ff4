"""`inkoop herstel`: one request per aanmelding, checked, sent, answered.

Bron: B.2.7, C.13; FE-2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Bewijsmap, Json, Kenmerk, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import read_bewijs, report, treed_op
from inkoop.definitions.aanvulling import load_aanvulling
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, herstel, rondes

app = typer.Typer(help="Herstelverzoeken controleren, verzenden en beantwoorden.")


@app.command("lijst", help="Toon de herstelverzoeken van een ronde.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Each with its points and its last day."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        rijen = []
        for aanmelding in aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, ronde)):
            verzoek = herstel.find_verzoek(sessie, aanmelding)
            if verzoek is not None:
                rijen.append(
                    {
                        "kenmerk": aanmelding.kenmerk,
                        "aanbieder": aanmelding.naam,
                        "status": verzoek.status,
                        "punten": [punt["criterium"] for punt in verzoek.punten] if not json else verzoek.punten,
                        "uiterlijk": verzoek.uiterlijk,
                        "gecontroleerd_door": verzoek.gecontroleerd_door,
                        "verzonden_op": verzoek.verzonden_op,
                    }
                )
    print_overzicht(rijen, json=json, leeg=f"In ronde {ronde} zijn geen herstelverzoeken.")


@app.command("toon", help="Toon per punt van een herstelverzoek wat ervan is geworden.")
def toon(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Each point by itself."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        punten = herstel.list_puntstanden(sessie, rij)
    print_overzicht(
        [
            {
                "criterium": punt.criterium,
                "lid": punt.lid,
                "percelen": punt.percelen,
                "gevraagd": punt.gevraagd,
                "stand": punt.stand,
            }
            for punt in punten
        ],
        json=json,
        leeg=f"Aan {kenmerk} is geen herstel gevraagd.",
    )


@app.command("controleren", help="Controleer een herstelverzoek en zijn brief, als ander dan de opsteller.")
def controleren(kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """The letter is approved with it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herstel.approve_herstelverzoek(huis, door, kenmerk)
    report(f"Het herstelverzoek aan {kenmerk} is gecontroleerd.")


@app.command("verzenden", help="Verzend een gecontroleerd herstelverzoek.")
def verzenden(kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """From now on the term runs."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herstel.send_herstelverzoek(huis, door, kenmerk)
    report(f"Het herstelverzoek aan {kenmerk} is verzonden.")


@app.command("ontvangen", help="Ontvang bewijs na de indiening: als herstel, of om aan een voorwaarde te voldoen.")
def ontvangen(
    kenmerk: Kenmerk,
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het aanvullingsbestand (YAML).")],
    als: Als,
    bewijs: Bewijsmap = None,
    ontvangen_op: Ontvangen = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Late evidence is kept and does not count."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        moment = ontvangen_op or bootstrap.read_nu(huis, nu)
        with huis.winkel.lezen() as sessie:
            rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
            aanmeldingen.require_namens(sessie, door, rij)
            leden = [lid.id for lid in aanmeldingen.read_opgave(rij).leden]
        aanvulling = load_aanvulling(bestand, leden, moment)
        bestanden = read_bewijs(bewijs or bestand.parent, aanvulling.bewijsstukken)
        tijdig = herstel.receive_aanvulling(huis, door, kenmerk, aanvulling, bestanden)
    stand = "op tijd ontvangen" if tijdig else "te laat ontvangen: zij blijft bewaard en telt niet mee"
    report(f"De aanvulling bij {kenmerk} is {stand}.")
