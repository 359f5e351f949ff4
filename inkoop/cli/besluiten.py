"""`inkoop besluiten`: checked by a jurist, taken under mandate, sent.

Bron: C.15, C.16; FE-2, FE-3, FE-4.
"""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli import herzienwerk
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.toegang import Handeling
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import besluiten, rondes, vormen
from inkoop.storage.tabellen.aanmelding import AanmeldingRow

app = typer.Typer(help="Besluiten controleren, nemen, verzenden en herzien.")


@app.command("lijst", help="Toon de besluiten van een ronde, met hun redenen.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Every besluit, also the ones that were superseded."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        rijen = []
        for besluit in besluiten.list_ronde(sessie, rondes.find_ronde(sessie, ronde)):
            aanmelding = sessie.get_one(AanmeldingRow, besluit.aanmelding_id)
            vorm = vormen.describe_besluit(aanmelding, besluit)
            kort = {} if json else {"redenen": [reden.criterium for reden in vorm.redenen]}
            rijen.append({**asdict(vorm), **kort})
    print_overzicht(rijen, json=json, leeg=f"In ronde {ronde} zijn nog geen besluiten voorgesteld.")


@app.command("controleren", help="Controleer als jurist alle voorgestelde besluiten van een ronde.")
def controleren(ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """All or none: a gap in one motivation stops them all."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = besluiten.check_besluiten(huis, door, ronde)
    report(f"{_count(aantal)} van ronde {ronde} gecontroleerd.")


@app.command("nemen", help="Neem als gemandateerde alle gecontroleerde besluiten van een ronde.")
def nemen(ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """Under a mandate that covers the day, the subject and the gemeenten."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = besluiten.take_besluiten(huis, door, ronde)
    report(f"{_count(aantal)} van ronde {ronde} genomen. De brieven worden nu gemaakt: start de flow concretiseren.")


@app.command("verzenden", help="Verzend de genomen besluiten met hun goedgekeurde brieven; de termijnen gaan lopen.")
def verzenden(
    ronde: Ronde,
    als: Als,
    wijze: Annotated[
        Verzendwijze, typer.Option("--wijze", metavar="WIJZE", help="platform, aangetekend, e-mail of uitreiking.")
    ] = Verzendwijze.PLATFORM,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The letters bear the day on which they go out."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = besluiten.send_besluiten(huis, door, ronde, wijze=wijze)
    report(f"{_count(aantal)} van ronde {ronde} verzonden.")


herzienwerk.register(app)


def _count(aantal: int) -> str:
    return f"{aantal} {'besluit' if aantal == 1 else 'besluiten'}"
