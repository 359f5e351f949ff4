"""`inkoop audit`: is the log whole, and what does it say?

Bron: FE-10; ontwerp 2.7.
"""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import col, select

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_aantal
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import open_winkel, treed_op
from inkoop.domain.toegang import Handeling
from inkoop.services import logboek, rondes
from inkoop.storage.auditregel import AuditRow

app = typer.Typer(help="Het auditlogboek controleren en bekijken.")


@app.command("controleer", help="Controleer of het logboek, de gegevens en de bestanden ongeschonden zijn.")
def controleer(winkel: Winkelmap = None, json: Json = False) -> None:
    """Exit 1 with one line per fault; shows no contents, so it asks for no person."""
    with open_winkel(winkel) as huis:
        controle = logboek.check_winkel(huis.winkel)
    if json:
        print_json(controle)
    else:
        wat = "regel" if controle.aantal == 1 else "regels"
        goed = f"{controle.aantal} {wat} gecontroleerd: het logboek is ongeschonden."
        print_regels(controle.fouten or [goed])
    if controle.fouten:
        raise typer.Exit(1)


@app.command("toon", help="Toon regels van het logboek, de laatste onderaan.")
def toon(
    als: Als,
    onderwerp: Annotated[
        str | None, typer.Option("--onderwerp", metavar="KENMERK", help="Alleen regels over dit onderwerp.")
    ] = None,
    persoon: Annotated[
        str | None, typer.Option("--persoon", metavar="PERSOON", help="Alleen regels van deze persoon.")
    ] = None,
    aantal: Annotated[
        int, typer.Option("--aantal", metavar="AANTAL", parser=read_aantal, help="Hoeveel regels, de laatste.")
    ] = 50,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Who did what, when, on what, from and to, and why."""
    vraag = select(AuditRow).order_by(col(AuditRow.volgnummer).desc()).limit(aantal)
    if onderwerp is not None:
        vraag = vraag.where(AuditRow.onderwerp == onderwerp)
    if persoon is not None:
        vraag = vraag.where(AuditRow.persoon == persoon)
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.AUDIT_LEZEN) as sessie:
        rijen = list(reversed(sessie.exec(vraag).all()))
    print_overzicht(
        [
            {
                "regel": rij.volgnummer,
                "op": rij.op,
                "persoon": rij.persoon,
                "rol": rij.rol,
                "handeling": rij.handeling,
                "onderwerp": rij.onderwerp,
                "van": rij.van,
                "naar": rij.naar,
                "reden": rij.reden,
                **({"gegevens": rij.gegevens, "werkelijk_op": rij.werkelijk_op, "hash": rij.hash} if json else {}),
            }
            for rij in rijen
        ],
        json=json,
        leeg="Het logboek heeft geen regels die hierbij passen.",
    )
