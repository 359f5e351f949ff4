"""`inkoop beoordelen`: what two people judge, each blind to the other; a jurist settles a difference.

Bron: FE-1, FE-7, FE-9; ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Kenmerk, Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.services import oordelen, precedenten
from inkoop.services.huis import Huis, Optreden
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


Punt = Annotated[
    str,
    typer.Argument(
        metavar="PUNT",
        help="Het punt: zijn nummer uit 'inkoop beoordelen lijst', of M-04, of M-04/1A.",
    ),
]
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


def find_punten(regels: Sequence[Puntregel], naam: str) -> tuple[str, ...]:
    """The points that somebody means: one by its id, or those of a criterium.

    One judgement covers several percelen as long as it is about the same evidence of the same member;
    points that differ in that must be named apart, as M-13/noor.
    """
    if any(regel.id == naam for regel in regels):
        return (naam,)
    gezocht = set(naam.split("/"))
    passend = [regel for regel in regels if gezocht <= set(_list_kenmerken(regel))]
    if len({(regel.punt.criterium, regel.punt.lid, regel.punt.bewijs) for regel in passend}) == 1:
        return tuple(regel.id for regel in passend)
    keuzes = ", ".join(f"{'/'.join(_list_kenmerken(regel))} ({regel.id})" for regel in passend or regels) or "geen"
    wat = "Meer punten heten" if passend else "Er is geen punt"
    raise BeletselenError("Dit oordeel kan niet worden gegeven.", [Beletsel("punt", f"{wat} '{naam}'. Wel: {keuzes}.")])


def _list_kenmerken(regel: Puntregel) -> list[str]:
    """What a point is about: criterium, perceel, product, member."""
    punt = regel.punt
    return [deel for deel in (punt.criterium, punt.perceel, punt.product, punt.lid) if deel is not None]


@app.command("precedenten", help="Toon eerdere oordelen over gelijkend bewijs bij hetzelfde criterium.")
def precedenten_(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Only judgements that are final."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        regels = precedenten.read_precedenten(huis, door, kenmerk)
    print_overzicht(
        [
            {
                "punt": regel.punt,
                "criterium": regel.criterium,
                "gelijkenis": f"{round(regel.gelijkenis * 100)}%",
                "aanmelding": regel.precedent.aanmelding,
                "oordeel": "ja" if regel.precedent.ja else "nee",
                "redenen": list(regel.precedent.redenen),
            }
            for regel in regels
        ],
        json=json,
        leeg="Er zijn geen eerdere oordelen over gelijkend bewijs.",
    )


Toch = Annotated[
    bool,
    typer.Option("--toch", help="Ook als eerder over gelijkend bewijs anders is geoordeeld; leg dat uit in de reden."),
]


def _require_gelijk(huis: Huis, door: Optreden, kenmerk: str, punt: str, oordeel: JaNee, *, toch: bool) -> None:
    """Say it when like evidence got the other judgement before, unless the person knows."""
    anders = precedenten.warn(huis, door, kenmerk, punt, ja=oordeel is JaNee.JA)
    if anders and not toch:
        raise BeletselenError(
            "Let op: over gelijkend bewijs is eerder anders geoordeeld. Er is niets vastgelegd.",
            [
                Beletsel(
                    "precedent",
                    f"Bij {een.aanmelding} was het oordeel over {een.criterium} {'ja' if een.ja else 'nee'}: "
                    f"{' '.join(een.redenen)} Blijft u bij uw oordeel, leg dan in de reden uit waarom en geef --toch.",
                )
                for een in anders
            ],
        )


@app.command("geef", help="Geef uw oordeel over een punt, als een van twee beoordelaars. Het is definitief.")
def geef(
    kenmerk: Kenmerk,
    punt: Punt,
    als: Als,
    oordeel: Oordeelkeuze,
    reden: Reden,
    antwoorden: Antwoorden = None,
    toch: Toch = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Bound to the evidence that is there now; other evidence is another point."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        punten = find_punten(oordelen.read_punten(huis, door, kenmerk), punt)
        for id in punten:
            _require_gelijk(huis, door, kenmerk, id, oordeel, toch=toch)
        for id in punten:
            oordelen.give_oordeel(
                huis, door, kenmerk, id, ja=oordeel is JaNee.JA, reden=reden, antwoorden=antwoorden or ()
            )
            report(f"Uw oordeel over punt {id} van {kenmerk} is vastgelegd: {oordeel}.")


@app.command("beslecht", help="Beslecht als jurist een verschil tussen twee beoordelaars.")
def beslecht(
    kenmerk: Kenmerk,
    punt: Punt,
    als: Als,
    oordeel: Oordeelkeuze,
    reden: Reden,
    antwoorden: Antwoorden = None,
    toch: Toch = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only where the two differ, and with a reason (FE-9)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        punten = find_punten(oordelen.read_punten(huis, door, kenmerk), punt)
        for id in punten:
            _require_gelijk(huis, door, kenmerk, id, oordeel, toch=toch)
        for id in punten:
            oordelen.settle_oordeel(
                huis, door, kenmerk, id, ja=oordeel is JaNee.JA, reden=reden, antwoorden=antwoorden or ()
            )
            report(f"Het verschil over punt {id} van {kenmerk} is beslecht: {oordeel}.")
