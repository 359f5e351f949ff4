"""`inkoop flow`: start the tick of a fase, or see which there are.

The flow runs in this process with a Prefect server of its own, or on the server in PREFECT_API_URL.

Bron: ontwerp 2.1, 9.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.stroom import Prefectserver, describe_stroom, list_stromen, load_stroom, name_onderwerp, prepare_prefect
from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import treed_op
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import procedures, rondes
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.huis import Huis

app = typer.Typer(help="Flows starten en bekijken.")

PREFECT = "prefect"
"""The folder beside the records of a store in which Prefect keeps its own; nothing in it is evidence."""


@app.command("toon", help="Toon de flows en wat elk doet.")
def toon(json: Json = False) -> None:
    """The six fasen."""
    regels = [
        {"flow": naam, "over": f"een {name_onderwerp(naam)}", "doet": describe_stroom(naam)} for naam in list_stromen()
    ]
    print_overzicht(regels, json=json, leeg="Er zijn geen flows geinstalleerd.")


@app.command("start", help="Doe wat het systeem in een fase kan doen, en toon wat daarna op mensen wacht.")
def start(
    flow: Annotated[
        str, typer.Argument(metavar="FLOW", help="De fase, bijvoorbeeld selecteren. Zie 'inkoop flow toon'.")
    ],
    als: Als,
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="NAAM", help="Bij voorbereiden en publiceren: welke procedure.")
    ] = None,
    ronde: Annotated[
        str | None, typer.Option("--ronde", metavar="RONDE", help="Bij de andere flows: welke ronde.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Repeatable: what was done is not done again."""
    onderwerp = choose_onderwerp(flow, procedure, ronde)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        require_toegang(door.persoon, door.rol, Handeling.FLOW_STARTEN)
        _check_onderwerp(huis, name_onderwerp(flow), onderwerp)
        map_ = huis.winkel.map
    verslag = run_flow(map_, flow, onderwerp, nu)
    if json:
        print_json({"fase": verslag.fase, "gedaan": verslag.gedaan, "taken": describe_taken(verslag.taken)})
        return
    print_regels(verslag.gedaan or ["Er was niets te doen."])
    print_taken(verslag.taken)


def choose_onderwerp(flow: str, procedure: str | None, ronde: str | None) -> str:
    """What the flow is about: exactly the option that goes with it."""
    if flow not in list_stromen():
        load_stroom(flow)
    gevraagd = name_onderwerp(flow)
    gegeven = {"procedure": procedure, "ronde": ronde}
    waarde = gegeven.pop(gevraagd)
    beletselen = []
    if not waarde:
        beletselen.append(Beletsel("ontbreekt", f"Zeg met --{gevraagd} over welke {gevraagd} het gaat."))
    beletselen += [
        Beletsel("teveel", f"Laat --{naam} weg: deze flow gaat over een {gevraagd}.")
        for naam, w in gegeven.items()
        if w
    ]
    if beletselen or waarde is None:
        raise BeletselenError(f"De flow {flow} kan zo niet starten.", beletselen)
    return waarde


def _check_onderwerp(huis: Huis, soort: str, naam: str) -> None:
    """A procedure or round that does not exist is said before a server is started for it."""
    with huis.winkel.lezen() as sessie:
        if soort == "procedure":
            procedures.find_procedure(sessie, naam)
        else:
            rondes.find_ronde(sessie, naam)


def run_flow(winkel: Path, flow: str, onderwerp: str, nu: datetime | None) -> Tikverslag:
    """Run one flow to its end; its errors come out as they are."""
    prepare_prefect(winkel / PREFECT)
    server = Prefectserver()
    try:
        return asyncio.run(_run(server, winkel, flow, onderwerp, nu))
    finally:
        server.stop()
        share_drukkerij().close()
        bootstrap.close_huizen()


async def _run(server: Prefectserver, winkel: Path, flow: str, onderwerp: str, nu: datetime | None) -> Tikverslag:
    async with server.connect():
        return await load_stroom(flow)(winkel=str(winkel), nu=nu, **{name_onderwerp(flow): onderwerp})
