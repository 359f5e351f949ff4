"""`inkoop overgang`: what runs on after an agreement ended, and the register of clients that went to another provider.

Bron: J21-xx-02, H19-56, M20-37; B.6, B.8; docs/handleiding/contract.md.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.kalender import format_dag
from inkoop.domain.overgang import Overdrachtsreden
from inkoop.domain.toegang import Handeling
from inkoop.services import overgangen, rondes

app = typer.Typer(help="Zorg die doorloopt na het einde van een overeenkomst, en overdracht van cliënten.")

Contract = Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")]
Gemeente = Annotated[str, typer.Option("--gemeente", metavar="NAAM", help="De naam van de gemeente.")]
Bewijs = Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar de cijfers vandaan komen.")]
Clienten = Annotated[int, typer.Option("--clienten", metavar="GETAL", help="Hoeveel cliënten; nooit wie zij zijn.")]


@app.command("toon", help="Toon wat na het einde van een overeenkomst doorloopt, en tot wanneer.")
def toon(
    contract: Contract, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Per gemeente, with why."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        stand = overgangen.read_stand(sessie, contract)
    if json:
        print_json(stand)
        return
    print_kenmerken(
        [
            ("overeenkomst", stand.contractnummer),
            ("einde", stand.einde),
            ("zorg tot en met", stand.zorg_tot or "nog niet bekend"),
            ("nog niet geteld", ", ".join(stand.ontbreekt) or "geen"),
            ("overgedragen", f"{stand.overgedragen} cliënten"),
        ]
    )
    print_overzicht(
        [
            {"wat": een.wat, "tot_en_met": een.tot or "nog niet bekend", "waarom": een.waarom, "bron": een.bron}
            for een in stand.verplichtingen
        ],
        json=False,
        leeg="Er loopt niets door.",
    )


@app.command("stand", help="Leg per gemeente vast hoeveel cliënten nog ondersteuning krijgen, en tot wanneer.")
def stand_(
    contract: Contract,
    gemeente: Gemeente,
    peildatum: Annotated[
        date, typer.Option("--peildatum", metavar="DATUM", parser=read_datum, help="De dag van de telling.")
    ],
    clienten: Clienten,
    bewijs: Bewijs,
    als: Als,
    laatste: Annotated[
        date | None,
        typer.Option(
            "--laatste", metavar="DATUM", parser=read_datum, help="De laatste dag van de langste beschikking."
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Numbers per gemeente; the last one counts."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        stand = overgangen.record_stand(
            huis, door, contract, gemeente,
            peildatum=peildatum, clienten=clienten, laatste=laatste, bewijs=bewijs,
        )  # fmt: skip
    tot = "nog niet bekend: niet elke gemeente heeft geteld" if stand.zorg_tot is None else format_dag(stand.zorg_tot)
    report(f"Vastgelegd. De zorg onder {contract} loopt tot en met: {tot}.")


@app.command("overdracht", help="Leg vast dat cliënten naar een andere aanbieder gingen: hoeveel, nooit wie.")
def overdracht(
    contract: Contract,
    naar: Annotated[
        str, typer.Option("--naar", metavar="NUMMER|NAAM", help="Het contract of de naam van wie overneemt.")
    ],
    gemeente: Gemeente,
    clienten: Clienten,
    reden: Annotated[
        Overdrachtsreden,
        typer.Option(
            "--reden", metavar="einde|opschorting|beeindiging|wens_client", help="Waarom.", show_choices=False
        ),
    ],
    op: Annotated[
        date, typer.Option("--overgedragen-op", metavar="DATUM", parser=read_datum, help="De dag van de overdracht.")
    ],
    bewijs: Bewijs,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """In the register."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = overgangen.record_overdracht(
            huis, door, contract,
            naar=naar, gemeente=gemeente, clienten=clienten, reden=reden, op=op, bewijs=bewijs,
        )  # fmt: skip
    report(f"{kenmerk} is vastgelegd.")


@app.command("register", help="Toon het register van overdrachten, van één overeenkomst of van alle.")
def register(
    als: Als,
    contract: Annotated[
        str | None, typer.Option("--contract", metavar="NUMMER", help="Alleen van deze overeenkomst.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Numbers and days."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [
            {
                "overdracht": een.kenmerk,
                "van": een.contractnummer,
                "naar": een.naar,
                "gemeente": een.gemeente,
                "clienten": een.clienten,
                "op": een.overgedragen_op,
                "reden": een.reden,
            }
            for een in overgangen.list_overdrachten(sessie, contract)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen overdrachten.")
