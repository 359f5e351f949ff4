"""`inkoop bewaking`: what running contracts ask for, by which day, and what was done about it.

Bron: E.5; M20-51, H19-32; docs/handleiding/contract.md.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import open_winkel, report, treed_op
from inkoop.domain.bewaking import to_planregel
from inkoop.domain.kalender import local_date
from inkoop.domain.maanden import add_maanden
from inkoop.domain.toegang import Handeling
from inkoop.exchange.ics import render_ics
from inkoop.services import bewaking, dagwerk, rondes

app = typer.Typer(help="Termijnen van lopende contracten bewaken.")

MAANDEN = 12
Contract = Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")]
Bewijs = Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar het bewijs te vinden is.")]


@app.command("agenda", help="Toon elke termijn die komt, van alle contracten, met waarom.")
def agenda(
    als: Als,
    over: Annotated[
        str | None,
        typer.Option("--over", metavar="NUMMER|PROCEDURE", help="Alleen van dit contract of deze procedure."),
    ] = None,
    tot: Annotated[
        date | None,
        typer.Option("--tot", metavar="DATUM", parser=read_datum, help="Tot en met deze dag; anders een jaar vooruit."),
    ] = None,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="BESTAND", help="Schrijf een agendabestand (.ics).")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Terms that are open; what passed and is still open stands first."""
    if naar is not None and naar.suffix.lower() != ".ics":
        raise OngeldigeWaardeError(f"{naar} is geen agendabestand. Geef een naam die eindigt op .ics.")
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        op = local_date(door.nu)
        termen = bewaking.read_agenda(sessie, op, tot or add_maanden(op, MAANDEN), over)
    if naar is not None:
        write_bestand(naar, render_ics("contracten", "Termijnen van contracten", map(to_planregel, termen)))
        return
    if json:
        print_json(termen)
        return
    print_overzicht(
        [
            {"uiterlijk": een.dag, "over": een.onderwerp, "wat": een.wat, "wie": een.rol, "waarom": een.waarom}
            for een in termen
        ],
        json=False,
        leeg="Er komen geen termijnen in deze periode.",
    )


@app.command("tik", help="Meld wat nu aandacht vraagt; elke melding komt één keer.")
def tik(als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """What the flow does each day, by hand."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        zinnen = bewaking.watch(huis, door)
    print_regels(zinnen)
    if not zinnen:
        report("Er is niets nieuws te melden.")


@app.command("dag", help="Doe al het werk van deze dag in één keer, zonder de server van de flows.")
def dag(nu: Nu = None, winkel: Winkelmap = None) -> None:
    """What the flows do in a day, by the system: for a timer on a small computer. On a quiet store it ends at once."""
    with open_winkel(winkel) as huis:
        zinnen = dagwerk.work_dag(huis, bootstrap.act_as_systeem(huis, nu), bootstrap.load_procedure_edities)
    print_regels(zinnen)
    if not zinnen:
        report("Er was niets te doen.")


@app.command("lijst", help="Toon de open meldingen, wat het eerst af moet bovenaan.")
def lijst(
    als: Als,
    alle: Annotated[bool, typer.Option("--alle", help="Ook wat is afgehandeld, met hoe.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Reports of guarding."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [
            {
                "melding": een.kenmerk,
                "over": een.onderwerp,
                "wat": een.wat,
                "wie": een.rol,
                "uiterlijk": een.uiterlijk,
                "waarom": een.waarom,
                **({"afgehandeld": een.afhandeling} if alle else {}),
            }
            for een in bewaking.list_meldingen(sessie, alle=alle)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen open meldingen.")


@app.command("afhandelen", help="Leg vast wat u aan een melding hebt gedaan.")
def afhandelen(
    melding: Annotated[str, typer.Argument(metavar="MELDING", help="Het kenmerk, bijvoorbeeld B-00001.")],
    als: Als,
    wat: Annotated[str, typer.Option("--wat", metavar="TEKST", help="Wat u hebt gedaan.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once; a next step of the same term is a report of its own."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bewaking.handle_melding(huis, door, melding, wat)
    report(f"{melding} is afgehandeld.")


@app.command("stuk", help="Leg een certificaat of document vast dat u hebt gezien, met de laatste dag.")
def stuk(
    contract: Contract,
    naam: Annotated[str, typer.Argument(metavar="STUK", help="De naam, of de code van het criterium (M-05).")],
    tot: Annotated[
        date, typer.Option("--geldig-tot", metavar="DATUM", parser=read_datum, help="De laatste dag waarop het geldt.")
    ],
    bewijs: Bewijs,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """It takes the place of what was guarded under that name."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bewaking.record_stuk(huis, door, contract, naam, tot, bewijs)
    report(f"Vastgelegd: {naam} van {contract} geldt tot en met {tot.isoformat()}.")


@app.command("meting", help="Leg vast wat is gemeten van een plicht met een getal, zoals het aantal plaatsen.")
def meting(
    contract: Contract,
    plicht: Annotated[str, typer.Argument(metavar="PLICHT", help="De code van de plicht in de procedure.")],
    peildatum: Annotated[
        date, typer.Option("--peildatum", metavar="DATUM", parser=read_datum, help="De laatste dag van de periode.")
    ],
    waarde: Annotated[str, typer.Option("--waarde", metavar="GETAL", help="Wat er is gemeten.")],
    bewijs: Bewijs,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once for each period."""
    try:
        getal = Decimal(waarde.replace(",", "."))
    except ArithmeticError:
        raise OngeldigeWaardeError(f"'{waarde}' is geen getal.") from None
    if not getal.is_finite():
        raise OngeldigeWaardeError(f"'{waarde}' is geen getal.")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bewaking.record_meting(huis, door, contract, plicht, peildatum, getal, bewijs)
    report(f"Vastgelegd: {plicht} van {contract} op {peildatum.isoformat()} is {waarde}.")
