"""`inkoop dossier`: all correspondence with an applicant, and everything in one file for a court.

Bron: B.2.2; FE-10.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Json, Kenmerk, Nu, Rolkeuze, Winkelmap, read_tijdstip
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.correspondentie import Berichtrichting, Contactwijze
from inkoop.services import correspondentie, dossiers

app = typer.Typer(help="Correspondentie en het dossier voor een kort geding.")


@app.command("correspondentie", help="Toon alles wat met een aanbieder over en weer ging, op volgorde van tijd.")
def toon(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Letters, answers, complaints and what was recorded by hand."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        berichten = correspondentie.read_correspondentie(huis, door, kenmerk)
    print_overzicht(
        [
            {
                "op": b.op,
                "richting": b.richting,
                "wijze": b.wijze,
                "onderwerp": b.onderwerp,
                "kenmerk": b.kenmerk,
                "toelichting": b.toelichting,
                "door": b.door,
                **({"sha256": b.sha256} if json else {}),
            }
            for b in berichten
        ],
        json=json,
        leeg="Er is geen correspondentie.",
    )


@app.command("contact", help="Leg een gesprek of bericht buiten de brieven vast.")
def contact(
    kenmerk: Kenmerk,
    als: Als,
    wijze: Annotated[
        Contactwijze, typer.Option("--wijze", metavar="WIJZE", help="telefoon, e-mail, gesprek, platform of post.")
    ],
    richting: Annotated[Berichtrichting, typer.Option("--richting", metavar="in|uit", help="Wie begon.")],
    met: Annotated[str, typer.Option("--met", metavar="NAAM", help="Met wie.")],
    onderwerp: Annotated[str, typer.Option("--onderwerp", metavar="TEKST", help="Waarover.")],
    inhoud: Annotated[str, typer.Option("--inhoud", metavar="TEKST", help="Wat er is gezegd.")],
    gevoerd_op: Annotated[
        datetime | None,
        typer.Option("--gevoerd-op", metavar="TIJDSTIP", parser=read_tijdstip, help="Wanneer; zonder deze optie nu."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """It stands between the letters from then on."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        correspondentie.record_contact(
            huis,
            door,
            kenmerk,
            op=gevoerd_op or bootstrap.read_nu(huis, nu),
            richting=richting,
            wijze=wijze,
            met=met,
            onderwerp=onderwerp,
            inhoud=inhoud,
        )
    report(f"Het contact over {kenmerk} is vastgelegd.")


@app.command("kort-geding", help="Schrijf alles over een aanmelding in één pdf en één zip, voor de rechter.")
def kort_geding(
    kenmerk: Kenmerk,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Documents, findings, replay, receipts, correspondence, evidence, log, with a contents page and hashes."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bundel = dossiers.compose_dossier(huis, door, kenmerk)
    geschreven = write_nieuw({naar / f"{kenmerk}-dossier.pdf": bundel.pdf, naar / f"{kenmerk}-dossier.zip": bundel.zip})
    print_regels([str(pad) for pad in geschreven])
    report(f"Het dossier van {kenmerk} heeft {bundel.aantal_paginas} bladzijden.")
