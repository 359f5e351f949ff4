"""`inkoop stopsignaal`: support that does not help, talked over, and payment that stops.

Bron: H19-31; docs/handleiding/contract.md.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.stopsignaal import Stopuitkomst
from inkoop.domain.toegang import Handeling
from inkoop.services import rondes, stopsignalen

app = typer.Typer(help="Ondersteuning die niet helpt: bespreken, en de betaling stoppen.")

Kenmerk = Annotated[str, typer.Argument(metavar="SIGNAAL", help="Het kenmerk, zoals HVB-2019-0001-S01.")]


@app.command("vastleggen", help="Leg vast dat ondersteuning niet bijdraagt aan het resultaat, in aantallen.")
def vastleggen(
    contract: Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")],
    gemeente: Annotated[str, typer.Option("--gemeente", metavar="NAAM", help="In welke gemeente.")],
    product: Annotated[str, typer.Option("--product", metavar="CODE", help="Om welk product het gaat.")],
    toewijzingen: Annotated[int, typer.Option("--toewijzingen", metavar="AANTAL", help="Om hoeveel het gaat.")],
    op: Annotated[
        date, typer.Option("--gesignaleerd-op", metavar="DATUM", parser=read_datum, help="De dag van het signaal.")
    ],
    bevinding: Annotated[str, typer.Option("--bevinding", metavar="TEKST", help="Waaruit het blijkt; noem niemand.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Guarding asks for a talk within fourteen days."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = stopsignalen.record_signaal(
            huis,
            door,
            contract,
            gemeente=gemeente,
            product=product,
            toewijzingen=toewijzingen,
            gesignaleerd_op=op,
            bevinding=bevinding,
        )
    report(f"Vastgelegd als {kenmerk}. Bespreek het binnen veertien dagen met de aanbieder en de cliënt.")


@app.command("afronden", help="Leg vast wat uit het gesprek komt: doorgaan, bijstellen of stoppen.")
def afronden(
    kenmerk: Kenmerk,
    uitkomst: Annotated[Stopuitkomst, typer.Option("--uitkomst", metavar="UITKOMST", help="Wat eruit komt.")],
    besproken_op: Annotated[
        date, typer.Option("--besproken-op", metavar="DATUM", parser=read_datum, help="De dag van het gesprek.")
    ],
    toelichting: Annotated[str, typer.Option("--toelichting", metavar="TEKST", help="Waarom.")],
    als: Als,
    stopt_op: Annotated[
        date | None,
        typer.Option("--stopt-op", metavar="DATUM", parser=read_datum, help="Eerste dag zonder betaling."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A stop names a day after today."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        stopsignalen.finish_signaal(
            huis, door, kenmerk, uitkomst, besproken_op=besproken_op, toelichting=toelichting, stopt_op=stopt_op
        )
    report(f"{kenmerk} is afgerond: {uitkomst}.")


@app.command("verwerkt", help="Leg vast dat de betaling in de administratie is gestopt.")
def verwerkt(
    kenmerk: Kenmerk,
    bewijs: Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar dat blijkt.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Then guarding is silent about it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        stopsignalen.settle_signaal(huis, door, kenmerk, bewijs)
    report(f"{kenmerk} is verwerkt.")


@app.command("lijst", help="Toon de stopsignalen en waar zij staan.")
def lijst(
    als: Als,
    contract: Annotated[
        str | None, typer.Option("--contract", metavar="NUMMER", help="Alleen van dit contract.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """In order of kenmerk."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [{**asdict(een), "stand": een.stand} for een in stopsignalen.list_signalen(sessie, contract)]
    print_overzicht(rijen, json=json, leeg="Er zijn geen stopsignalen.")
