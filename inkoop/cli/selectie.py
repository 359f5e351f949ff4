"""`inkoop selectie`: scores, ranking, lot, dialogue, final proposals, award. Only with `selectie: ja`.

Bron: ontwerp 2.5, 2.6; B.1.6, B.1.7; F.3.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Kenmerk, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap, read_tijdstip
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.rangschikking import HOOGSTE, Stadium
from inkoop.domain.toegang import Handeling
from inkoop.services import dialogen, gunningen, rondes, scores, selecties, terugtrekkingen
from inkoop.storage.bewijsopslag import MAX_GROOTTE

app = typer.Typer(help="Selecteren, dialoog en gunnen; alleen in een procedure met selectie.")


def read_score(tekst: str | Decimal) -> Decimal:
    """Read a score with a comma or a point."""
    try:
        return tekst if isinstance(tekst, Decimal) else Decimal(tekst.replace(",", "."))
    except InvalidOperation:
        raise OngeldigeWaardeError(f"'{tekst}' is geen score. Schrijf een getal van 0 tot en met 10.") from None


Perceel = Annotated[str, typer.Option("--perceel", metavar="PERCEEL", help="De code van het perceel.")]
Fase = Annotated[Stadium, typer.Option("--stadium", metavar="STADIUM", help="selectie of gunning.")]
Criterium = Annotated[str, typer.Argument(metavar="CRITERIUM", help="Het criterium, bijvoorbeeld S-01.")]
Score = Annotated[Decimal, typer.Option("--score", metavar="GETAL", parser=read_score, help="Van 0 tot en met 10.")]
Reden = Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom; dit staat in de brief.")]


@app.command("score", help="Geef als beoordelaar een score op een gepubliceerd criterium.")
def score_(
    kenmerk: Kenmerk,
    criterium: Criterium,
    als: Als,
    perceel: Perceel,
    score: Score,
    reden: Reden,
    stadium: Fase = Stadium.SELECTIE,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """One of two people, each blind to the other."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        scores.give_score(huis, door, kenmerk, perceel, stadium, criterium, score, reden)
    report(f"Uw score voor {kenmerk} op {criterium} is vastgelegd.")


@app.command("beslecht", help="Beslecht als jurist een verschil tussen twee scores.")
def beslecht(
    kenmerk: Kenmerk,
    criterium: Criterium,
    als: Als,
    perceel: Perceel,
    score: Score,
    reden: Reden,
    stadium: Fase = Stadium.SELECTIE,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Within what the two gave, with a reason."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        scores.settle_score(huis, door, kenmerk, perceel, stadium, criterium, score, reden)
    report(f"De score voor {kenmerk} op {criterium} is nu {score}.")


@app.command("scores", help="Toon de scores van een ronde; die van een ander pas als beide zijn gegeven.")
def scores_(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Blind until both are final."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gegeven = scores.read_scores(huis, door, ronde)
    print_overzicht(
        [
            {
                "kandidaat": een.kandidaat,
                "perceel": een.perceel,
                "stadium": een.stadium,
                "criterium": een.criterium,
                "door": een.persoon,
                "rol": een.rol,
                "score": een.score,
                "reden": een.reden,
            }
            for een in gegeven
        ],
        json=json,
        leeg="Er zijn nog geen scores.",
    )


@app.command("rangorde", help="Toon de rangorde zoals die nu is, met de uitleg van elke plaats.")
def rangorde(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Computed from the scores; says what is missing when it cannot be computed yet."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        gerangschikt = selecties.compute_selectie(sessie, rondes.find_ronde(sessie, ronde))
    print_overzicht(
        [
            {
                "perceel": een.perceel,
                "plaats": regel.plaats or "geen rangorde nodig",
                "kandidaat": regel.kandidaat,
                "totaal": regel.totaal,
                "plaatsing": regel.plaatsing,
                "uitleg": regel.uitleg,
            }
            for een in gerangschikt
            for regel in een.regels
        ],
        json=json,
        leeg="Er zijn nog geen kandidaten die aan de eisen voldoen.",
    )


@app.command("loting", help="Leg het zaad van een openbare loting vast, met een getuige.")
def loting(
    ronde: Ronde,
    als: Als,
    perceel: Perceel,
    zaad: Annotated[str, typer.Option("--zaad", metavar="TEKST", help="Het getrokken zaad, bijvoorbeeld een getal.")],
    getuige: Annotated[str, typer.Option("--getuige", metavar="NAAM", help="Wie bij de loting was.")],
    stadium: Fase = Stadium.SELECTIE,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only where the published rules leave candidates equal."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        selecties.draw_lot(huis, door, ronde, perceel, stadium, zaad=zaad, getuige=getuige)
    report(f"De loting voor perceel {perceel} is vastgelegd.")


@app.command("dialoog-plan", help="Nodig een gekozen kandidaat uit voor een dialoogronde.")
def dialoog_plan(
    kenmerk: Kenmerk,
    als: Als,
    perceel: Perceel,
    nummer: Annotated[int, typer.Option("--nummer", metavar="GETAL", help="De hoeveelste dialoogronde.")],
    gepland_op: Annotated[
        datetime, typer.Option("--gepland-op", metavar="TIJDSTIP", parser=read_tijdstip, help="Wanneer het gesprek is.")
    ],
    onderwerp: Annotated[
        list[str], typer.Option("--onderwerp", metavar="TEKST", help="Een gepubliceerd onderwerp; mag vaker.")
    ],
    deelnemer: Annotated[
        list[str], typer.Option("--deelnemer", metavar="NAAM", help="Wie er namens de gemeenten bij is; mag vaker.")
    ],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only published subjects, within the published days."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        dialogen.plan_dialoog(
            huis, door, kenmerk, perceel, nummer, gepland_op=gepland_op, agenda=onderwerp, deelnemers=deelnemer
        )
    report(f"Dialoogronde {nummer} met {kenmerk} over perceel {perceel} is gepland.")


@app.command("dialoog-verslag", help="Stel het verslag van een dialoogronde vast.")
def dialoog_verslag(
    kenmerk: Kenmerk,
    als: Als,
    perceel: Perceel,
    nummer: Annotated[int, typer.Option("--nummer", metavar="GETAL", help="De hoeveelste dialoogronde.")],
    verslag: Annotated[Path, typer.Option("--verslag", metavar="BESTAND", help="Het verslag, als tekstbestand.")],
    vertrouwelijk: Annotated[
        list[str] | None,
        typer.Option("--vertrouwelijk", metavar="TEKST", help="Een punt dat alleen deze kandidaat aangaat; mag vaker."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once."""
    tekst = verslag.read_text(encoding="utf-8")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        dialogen.report_dialoog(huis, door, kenmerk, perceel, nummer, verslag=tekst, vertrouwelijk=vertrouwelijk or ())
    report(f"Het verslag van dialoogronde {nummer} met {kenmerk} is vastgesteld.")


@app.command("dialoog", help="Toon de dialoogrondes met een kandidaat; een aanbieder ziet alleen de eigen.")
def dialoog(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Confidential: nobody sees another candidate's talks."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        rijen = dialogen.read_dialogen(huis, door, kenmerk)
    print_overzicht(
        [
            {
                "perceel": een.perceel,
                "nummer": een.nummer,
                "gepland_op": een.gepland_op,
                "agenda": een.agenda,
                "deelnemers": een.deelnemers,
                "verslag": een.verslag,
                "vertrouwelijk": een.vertrouwelijk,
                "vastgesteld_op": een.vastgesteld_op,
            }
            for een in rijen
        ],
        json=json,
        leeg="Er zijn nog geen dialoogrondes.",
    )


@app.command("voorstel", help="Dien het definitieve voorstel in.")
def voorstel(
    kenmerk: Kenmerk,
    bestand: Annotated[list[Path], typer.Argument(metavar="BESTAND...", help="De bestanden van het voorstel.")],
    als: Als,
    toelichting: Annotated[str, typer.Option("--toelichting", metavar="TEKST", help="Wat u erbij wilt zeggen.")] = "",
    ontvangen_op: Ontvangen = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The last one in time counts."""
    bestanden = {}
    for pad in bestand:
        with pad.open("rb") as stroom:
            bestanden[pad.name] = stroom.read(MAX_GROOTTE + 1)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        moment = ontvangen_op or bootstrap.read_nu(huis, nu)
        tijdig = dialogen.submit_voorstel(huis, door, kenmerk, bestanden, ontvangen_op=moment, toelichting=toelichting)
    report(f"Het voorstel van {kenmerk} is {'op tijd' if tijdig else 'te laat'} ontvangen.")


@app.command("voorstel-oordeel", help="Zeg als beoordelaar of een definitief voorstel past bij wat is gepubliceerd.")
def voorstel_oordeel(
    kenmerk: Kenmerk,
    als: Als,
    perceel: Perceel,
    reden: Reden,
    past: Annotated[bool, typer.Option("--past/--past-niet", help="Of het voorstel past.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Two people, blind; where proposals are weighed, score them instead."""
    score = HOOGSTE if past else Decimal(0)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        scores.give_score(huis, door, kenmerk, perceel, Stadium.GUNNING, scores.VOORSTEL, score, reden)
    report(f"Uw oordeel over het voorstel van {kenmerk} is vastgelegd.")


@app.command("terugtrekken", help="Trek u als kandidaat terug, tussen selectie en gunning.")
def terugtrekken(
    kenmerk: Kenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The next of the reserve list comes up by itself."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        terugtrekkingen.withdraw_kandidaat(huis, door, kenmerk, reden)
    report(f"{kenmerk} doet niet meer mee. De bevestiging wordt gemaakt.")


@app.command("definitief", help="Maak als gemandateerde voornemens definitief waarvan de termijn voorbij is.")
def definitief(ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """A perceel that a kort geding holds up waits; the others go on."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = gunningen.finalise_gunning(huis, door, ronde)
    if not aantal:
        report("Vastgelegd: waar de winnaar zich terugtrok en geen volgende is, wordt het perceel niet gegund.")
        return
    report(f"{aantal} {'voornemen is' if aantal == 1 else 'voornemens zijn'} definitief.")
