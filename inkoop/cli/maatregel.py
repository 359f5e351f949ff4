"""`inkoop maatregel`: the ladder of measures: intention, view of the provider, decision.

Bron: H19-58; B.8; C.27; docs/handleiding/contract.md.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.kalender import format_dag
from inkoop.domain.sanctieladder import Maatregelgevolg
from inkoop.domain.toegang import Handeling
from inkoop.services import maatregelen, rondes
from inkoop.services.maatregelen import Voornemen

app = typer.Typer(help="Maatregelen als een aanbieder de overeenkomst niet nakomt.")

Kenmerk = Annotated[str, typer.Argument(metavar="MAATREGEL", help="Het kenmerk, bijvoorbeeld RM-2020-0001-M01.")]


def _tekst(naam: str, uitleg: str) -> typer.models.OptionInfo:
    optie: typer.models.OptionInfo = typer.Option(f"--{naam}", metavar="TEKST", help=uitleg)
    return optie


def _dag(naam: str, uitleg: str) -> typer.models.OptionInfo:
    optie: typer.models.OptionInfo = typer.Option(f"--{naam}", metavar="DATUM", parser=read_datum, help=uitleg)
    return optie


@app.command("voornemen", help="Leg vast welke maatregel u wilt nemen; de aanbieder kan daarna reageren.")
def voornemen(
    contract: Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")],
    *,
    stap: Annotated[int, typer.Option("--stap", metavar="GETAL", help="De stap van de ladder, vanaf 1.")],
    afspraak: Annotated[str, _tekst("afspraak", "Wat er is afgesproken.")],
    bevinding: Annotated[str, _tekst("bevinding", "Wat u hebt gezien.")],
    bewijs: Annotated[str, _tekst("bewijs", "Waaruit dat blijkt.")],
    maatregel: Annotated[str, _tekst("maatregel", "Wat u wilt doen.")],
    evenredigheid: Annotated[str, _tekst("evenredigheid", "Waarom deze maatregel, en geen lichtere.")],
    ingang: Annotated[date, _dag("ingang", "Wanneer de maatregel ingaat; bij beëindiging de laatste dag.")],
    als: Als,
    gevolg: Annotated[
        Maatregelgevolg,
        typer.Option(
            "--gevolg",
            metavar="geen|clientenstop|beeindiging",
            help="Wat er met de overeenkomst gebeurt.",
            show_choices=False,
        ),
    ] = Maatregelgevolg.GEEN,
    einde: Annotated[date | None, _dag("einde", "De laatste dag van de maatregel; nodig bij een cliëntenstop.")] = None,
    clienten: Annotated[str, _tekst("clienten", "Wat er met cliënten gebeurt.")] = "",
    overdracht: Annotated[
        date | None, _dag("overdracht-op", "Bij beëindiging: wanneer het overdrachtsplan er is.")
    ] = None,
    sprong: Annotated[str, _tekst("overslaan-omdat", "Waarom u een lichtere stap overslaat.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The next step of the ladder, or a later one with a reason."""
    opgave = Voornemen(
        stap=stap, afspraak=afspraak, bevinding=bevinding, bewijs=bewijs, maatregel=maatregel,
        evenredigheid=evenredigheid, ingang=ingang, gevolg=gevolg, einde=einde, clienten=clienten,
        overdracht_op=overdracht, sprong=sprong,
    )  # fmt: skip
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = maatregelen.propose_maatregel(huis, door, contract, opgave)
        with huis.winkel.lezen() as sessie:
            tot = maatregelen.find_maatregel(sessie, kenmerk).zienswijze_tot
    report(f"{kenmerk} is vastgelegd. De aanbieder kan reageren tot en met {format_dag(tot)}.")


@app.command("zienswijze", help="Leg vast wat de aanbieder van het voornemen vindt.")
def zienswijze(
    kenmerk: Kenmerk,
    op: Annotated[date, _dag("ontvangen", "De dag waarop de zienswijze er was.")],
    tekst: Annotated[str, _tekst("tekst", "Wat de aanbieder zegt, zonder namen van cliënten.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once, by contract management or by the provider itself."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        maatregelen.record_zienswijze(huis, door, kenmerk, op, tekst)
    report(f"De zienswijze bij {kenmerk} is vastgelegd.")


@app.command("besluit", help="Besluit over een maatregel, nadat de aanbieder kon reageren.")
def besluit(
    kenmerk: Kenmerk,
    weging: Annotated[str, _tekst("weging", "Hoe u de zienswijze weegt.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """By somebody else than who drafted it, at the level of the step."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        maatregelen.decide_maatregel(huis, door, kenmerk, weging)
    report(f"Over {kenmerk} is besloten.")


@app.command("intrekken", help="Laat een voornemen vervallen.")
def intrekken(
    kenmerk: Kenmerk,
    reden: Annotated[str, _tekst("reden", "Waarom het niet doorgaat.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only while nothing was decided."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        maatregelen.withdraw_maatregel(huis, door, kenmerk, reden)
    report(f"{kenmerk} is ingetrokken.")


@app.command("lijst", help="Toon de maatregelen, van één contract of van alle.")
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
    """The ladder as it was walked."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [
            {
                "maatregel": een.kenmerk,
                "stap": een.stap,
                "wat": een.naam,
                "stand": een.stand,
                "gevolg": een.gevolg,
                "zienswijze_tot": een.zienswijze_tot,
                "zienswijze_op": een.zienswijze_op,
                "ingang": een.ingang,
            }
            for een in maatregelen.list_maatregelen(sessie, contract)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen maatregelen.")
