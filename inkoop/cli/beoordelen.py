"""`inkoop beoordelen`: what two people judge, each blind to the other; a jurist settles a difference.

Bron: FE-1, FE-7, FE-9; ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Kenmerk, Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.services import oordelen
from inkoop.services.oordelen import Oordeelgegeven, Puntregel

app = typer.Typer(help="Beoordelen wat regels niet kunnen beslissen.")


class JaNee(StrEnum):
    """A judgement: there is nothing in between."""

    JA = "ja"
    NEE = "nee"


def read_antwoord(tekst: str) -> Antwoord:
    """Read VRAAG=ja, VRAAG=nee, or the same with ': remark' behind it."""
    vraag, is_teken, rest = tekst.partition("=")
    keuze, _, toelichting = rest.partition(":")
    if not is_teken or keuze.strip() not in tuple(JaNee):
        raise OngeldigeWaardeError(
            f"'{tekst}' is geen antwoord. Schrijf VRAAG=ja of VRAAG=nee, met ': uitleg' erachter."
        )
    return Antwoord(vraag=vraag.strip(), ja=keuze.strip() == JaNee.JA, toelichting=toelichting.strip())


Punt = Annotated[str, typer.Argument(metavar="PUNT", help="Het punt, zoals 'inkoop beoordelen lijst' het noemt.")]
Oordeelkeuze = Annotated[JaNee, typer.Option("--oordeel", metavar="ja|nee", help="Uw oordeel.")]
Reden = Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom; dit komt in het besluit.")]
Antwoorden = Annotated[
    list[Antwoord] | None,
    typer.Option(
        "--antwoord",
        metavar="VRAAG=ja|nee",
        parser=read_antwoord,
        help="Het antwoord op een gepubliceerde vraag, met ': uitleg' erachter; één keer per vraag.",
    ),
]


@app.command("lijst", help="Toon wat er bij een aanmelding te beoordelen is, met de vragen.")
def lijst(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Judgements of the other beoordelaar stay hidden until both are final (FE-1)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        regels = oordelen.read_punten(huis, door, kenmerk)
    if json:
        print_json(regels)
        return
    print_overzicht(
        [
            {
                "punt": regel.id,
                "criterium": regel.punt.criterium,
                "perceel": regel.punt.perceel,
                "lid": regel.punt.lid,
                "stand": regel.punt.stand,
                "oordelen": "\n".join(_describe_oordelen(regel.oordelen)),
            }
            for regel in regels
        ],
        json=False,
        leeg="Bij deze aanmelding is niets te beoordelen.",
    )
    print_regels(_list_vragen(regels))


def _describe_oordelen(gegevens: Iterable[Oordeelgegeven]) -> Iterable[str]:
    for gegeven in gegevens:
        oordeel = "nog niet te zien" if gegeven.ja is None else f"{'ja' if gegeven.ja else 'nee'}: {gegeven.reden}"
        yield f"{gegeven.persoon} ({gegeven.rol}): {oordeel}"


def _list_vragen(regels: Iterable[Puntregel]) -> Iterable[str]:
    for regel in regels:
        if regel.punt.vragen:
            yield f"Vragen bij punt {regel.id} ({regel.punt.criterium}):"
            yield from (f"  {vraag.id}: {vraag.tekst}" for vraag in regel.punt.vragen)


@app.command("geef", help="Geef uw oordeel over een punt, als een van twee beoordelaars. Het is definitief.")
def geef(
    kenmerk: Kenmerk,
    punt: Punt,
    als: Als,
    oordeel: Oordeelkeuze,
    reden: Reden,
    antwoorden: Antwoorden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Bound to the evidence that is there now; other evidence is another point."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        oordelen.give_oordeel(
            huis, door, kenmerk, punt, ja=oordeel is JaNee.JA, reden=reden, antwoorden=antwoorden or ()
        )
    report(f"Uw oordeel over punt {punt} van {kenmerk} is vastgelegd: {oordeel}.")


@app.command("beslecht", help="Beslecht als jurist een verschil tussen twee beoordelaars.")
def beslecht(
    kenmerk: Kenmerk,
    punt: Punt,
    als: Als,
    oordeel: Oordeelkeuze,
    reden: Reden,
    antwoorden: Antwoorden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only where the two differ, and with a reason (FE-9)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        oordelen.settle_oordeel(
            huis, door, kenmerk, punt, ja=oordeel is JaNee.JA, reden=reden, antwoorden=antwoorden or ()
        )
    report(f"Het verschil over punt {punt} van {kenmerk} is beslecht: {oordeel}.")
