"""`inkoop nota`: draft, approve and publish a nota van inlichtingen.

Bron: B.2.11, C.11; FE-2, FE-3, FE-6.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Ronde, Winkelmap, read_tijdstip
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht, print_tabel
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.inlichtingen import Documentwijziging
from inkoop.domain.toegang import Handeling
from inkoop.services import notas, rondes

app = typer.Typer(help="Nota's van inlichtingen opstellen, goedkeuren en publiceren.")

Notakenmerk = Annotated[str, typer.Argument(metavar="NOTA", help="Het kenmerk, bijvoorbeeld M-2020-2-N01.")]


def read_wijziging(tekst: str) -> Documentwijziging:
    """Read `document | old version | new version | what changes`."""
    delen = [deel.strip() for deel in tekst.split("|")]
    if len(delen) != 4 or not all(delen):
        raise OngeldigeWaardeError(
            f"'{tekst}' is geen wijziging. Schrijf 'document | oude versie | nieuwe versie | wat er verandert'."
        )
    return Documentwijziging(document=delen[0], oud=delen[1], nieuw=delen[2], wat=delen[3])


@app.command("opstellen", help="Stel een nota op met alle beantwoorde vragen die nog in geen nota staan.")
def opstellen(
    ronde: Ronde,
    als: Als,
    editie: Annotated[
        str | None, typer.Option("--editie", metavar="EDITIE", help="De nieuwe editie van de criteria.")
    ] = None,
    sluiting: Annotated[
        datetime | None,
        typer.Option("--sluiting", metavar="TIJDSTIP", parser=read_tijdstip, help="De nieuwe, latere sluiting."),
    ] = None,
    wijzigingen: Annotated[
        list[str] | None,
        typer.Option(
            "--wijziging",
            metavar="TEKST",
            help="'document | oude versie | nieuwe versie | wat verandert'; mag vaker.",
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """What would keep it from being published is said now."""
    gelezen = [read_wijziging(tekst) for tekst in wijzigingen or []]
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = notas.draft_nota(huis, door, ronde, editie=editie, sluiting=sluiting, wijzigingen=gelezen)
    report(f"Nota {kenmerk} is opgesteld. Een jurist keurt haar nu goed: inkoop nota goedkeuren {kenmerk}.")


@app.command("goedkeuren", help="Keur een nota goed, als jurist en als een ander dan wie haar opstelde.")
def goedkeuren(kenmerk: Notakenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """Mandatory (FE-3)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        notas.approve_nota(huis, door, kenmerk)
    report(f"Nota {kenmerk} is goedgekeurd.")


@app.command("publiceren", help="Publiceer een goedgekeurde nota; wat zij wijzigt, geldt vanaf nu.")
def publiceren(kenmerk: Notakenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """A new edition is frozen, closing moves, and the document is made by the next flow."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        editie = bootstrap.load_nota_editie(huis, kenmerk)
        notas.publish_nota(huis, door, kenmerk, editie)
        with huis.winkel.lezen() as sessie:
            ronde = rondes.get_ronde(sessie, notas.find_nota(sessie, kenmerk).ronde_id)
    report(f"Nota {kenmerk} is gepubliceerd. Het document komt bij de volgende flow van ronde {ronde.kenmerk}.")


@app.command("intrekken", help="Trek een nota in die nog niet is gepubliceerd; de vragen komen weer vrij.")
def intrekken(
    kenmerk: Notakenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A published nota stays."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        notas.drop_nota(huis, door, kenmerk, reden=reden)
    report(f"Nota {kenmerk} is ingetrokken.")


@app.command("toon", help="Toon een nota: de vragen met hun antwoorden, en wat zij wijzigt.")
def toon(
    kenmerk: Notakenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """What the jurist reads before approving."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.VRAAG_LEZEN) as sessie:
        rij = notas.find_nota(sessie, kenmerk)
        antwoorden = [
            {"vraag": een.kenmerk, "over": een.onderwerp, "tekst": een.tekst, "antwoord": een.antwoord}
            for een in notas.list_antwoorden(sessie, rij)
        ]
    kenmerken = {
        "nota": rij.kenmerk,
        "status": rij.status,
        "editie": rij.editie,
        "sluiting": rij.sluiting,
        "opgesteld_door": rij.opgesteld_door,
        "goedgekeurd_door": rij.goedgekeurd_door,
        "gepubliceerd_op": rij.gepubliceerd_op,
    }
    if json:
        print_json({**kenmerken, "antwoorden": antwoorden})
        return
    print_kenmerken((naam.replace("_", " "), waarde) for naam, waarde in kenmerken.items())
    koppen = ("vraag", "over", "tekst", "antwoord")
    print_tabel("", koppen, (list(een.values()) for een in antwoorden), leeg="Deze nota beantwoordt geen vragen.")


@app.command("lijst", help="Toon de nota's van een ronde, de nieuwste eerst: die gaat voor.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """In order of rank."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.VRAAG_LEZEN) as sessie:
        rijen = notas.list_notas(sessie, rondes.find_ronde(sessie, ronde).id)
    print_overzicht(
        [
            {
                "nota": rij.kenmerk,
                "status": rij.status,
                "editie": rij.editie,
                "sluiting": rij.sluiting,
                "gepubliceerd_op": rij.gepubliceerd_op,
            }
            for rij in rijen
        ],
        json=json,
        leeg="Er is nog geen nota voor deze ronde.",
    )
