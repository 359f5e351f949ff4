"""`inkoop flow`: start the tick of a fase, or see which there are.

The flow runs in this process with a Prefect server of its own, or on the server in PREFECT_API_URL.

Bron: ontwerp 2.1, 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli.flowgang import run_flow, run_klokflow
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.stroom import list_stromen
from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import format_tijdstip, print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import open_winkel, treed_op
from inkoop.services import aandrijving, loopvormen, meting
from inkoop.services.flowstart import KLOKFLOWS, check_start, describe_stroom, name_onderwerp

app = typer.Typer(help="Flows starten en bekijken.")


@app.command("toon", help="Toon de flows en wat elk doet.")
def toon(json: Json = False) -> None:
    """Those of the six fasen, and those that run by the clock."""
    regels = [
        {
            "flow": naam,
            "over": f"een {name_onderwerp(naam)}" if name_onderwerp(naam) else "alles",
            "doet": describe_stroom(naam),
        }
        for naam in list_stromen()
    ]
    print_overzicht(regels, json=json, leeg="Er zijn geen flows geinstalleerd.")


@app.command("start", help="Doe nu wat een flow doet, en toon wat daarna op mensen wacht.")
def start(
    flow: Annotated[
        str, typer.Argument(metavar="FLOW", help="De flow, bijvoorbeeld selecteren. Zie 'inkoop flow toon'.")
    ],
    als: Als,
    procedure: Annotated[
        str | None,
        typer.Option(
            "--procedure",
            metavar="NAAM",
            help="Bij voorbereiden, publiceren, instroom en addendumcyclus: welke procedure.",
        ),
    ] = None,
    ronde: Annotated[
        str | None,
        typer.Option("--ronde", metavar="RONDE", help="Bij selecteren tot en met implementeren: welke ronde."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Repeatable: what was done is not done again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        onderwerp = check_start(huis, door, flow, procedure, ronde)
        map_ = huis.winkel.map
        gedaan = run_klokflow(huis, door, flow, onderwerp, nu) if flow in KLOKFLOWS else None
    if gedaan is not None:
        if json:
            print_json({"flow": flow, "gedaan": gedaan})
            return
        print_regels(gedaan or ["Er was niets te doen."])
        return
    verslag = run_flow(map_, flow, onderwerp, nu, aandrijving.announce_run(flow, onderwerp, door.wie))
    if json:
        apart = {"apart": verslag.apart} if verslag.apart else {}
        print_json({"fase": verslag.fase, "gedaan": verslag.gedaan, "taken": describe_taken(verslag.taken), **apart})
        return
    print_regels(verslag.gedaan or ["Er was niets te doen."])
    if verslag.apart:
        print_regels(["Apart gezet; de rest is gewoon doorgegaan:", *(f"  - {reden}" for reden in verslag.apart)])
    print_taken(verslag.taken)


@app.command("tikken", help="Toon wat de flows deden, wat nog moet lopen, wat misging en wat is geweigerd.")
def tikken(
    onderwerp: Annotated[
        str | None, typer.Option("--over", metavar="NAAM", help="Alleen die over deze procedure of ronde.")
    ] = None,
    aantal: Annotated[int, typer.Option("--aantal", metavar="AANTAL", help="Hoeveel, de nieuwste eerst.", min=1)] = 20,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """From our own records, whatever became of Prefect's."""
    with open_winkel(winkel) as huis:
        rijen = aandrijving.list_tikken(huis, onderwerp, aantal)
    vormen = [loopvormen.describe_run(tik) for tik in rijen]
    if json:
        print_json([asdict(vorm) for vorm in vormen])
        return
    kolommen = ("flow", "over", "stand", "door", "gevraagd", "pogingen", "gedaan", "open_taken")
    regels = [{kolom: getattr(vorm, kolom) for kolom in kolommen} for vorm in vormen]
    print_overzicht(regels, json=False, leeg="Er heeft nog geen flow gelopen.")
    print_regels(_list_meldingen(vormen))


def _list_meldingen(vormen: Sequence[loopvormen.Runvorm]) -> list[str]:
    """What went wrong, was set apart or refused, below the table: a column would break each reason to pieces."""
    met = [vorm for vorm in vormen if vorm.melding]
    if not met:
        return []
    regels = ["", "Meldingen (de nieuwste eerst):"]
    for vorm in met:
        eerste, *rest = vorm.melding.splitlines()
        kop = f"{vorm.flow} {vorm.over}".strip()
        regels += [f"- {kop}, {format_tijdstip(vorm.gevraagd)}, {vorm.stand}: {eerste}", *(f"  {een}" for een in rest)]
    return regels


@app.command("meting", help="Toon of de machine het bijhoudt: ticks, documenten en post, in getallen voor bewaking.")
def meting_(
    prometheus: Annotated[
        bool, typer.Option("--prometheus", help="Geef de getallen in de vorm die Prometheus leest.")
    ] = False,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Counted in our own records."""
    with open_winkel(winkel) as huis:
        waarden = meting.measure(huis)
    if prometheus:
        print_regels(meting.format_prometheus(waarden).splitlines())
        return
    regels = [{"getal": een.naam, "stand": een.stand, "waarde": een.waarde, "telt": een.uitleg} for een in waarden]
    print_overzicht(regels, json=json, leeg="")
