"""`inkoop flow`: start the tick of a fase, or see which there are.

The flow runs in this process with a Prefect server of its own, or on the server in PREFECT_API_URL.

Bron: ontwerp 2.1, 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from inkoop.cli.flowgang import run_flow, run_klokflow
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.stroom import KLOKFLOWS, describe_stroom, list_stromen, load_stroom, name_onderwerp
from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import open_winkel, treed_op
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import aandrijving, meting, procedures, rondes
from inkoop.services.huis import Huis, Optreden

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
    verslag = run_flow(map_, flow, onderwerp, nu, aandrijving.make_sleutel(flow, onderwerp, door.wie))
    if json:
        apart = {"apart": verslag.apart} if verslag.apart else {}
        print_json({"fase": verslag.fase, "gedaan": verslag.gedaan, "taken": describe_taken(verslag.taken), **apart})
        return
    print_regels(verslag.gedaan or ["Er was niets te doen."])
    if verslag.apart:
        print_regels(["Apart gezet; de rest is gewoon doorgegaan:", *(f"  - {reden}" for reden in verslag.apart)])
    print_taken(verslag.taken)


def choose_onderwerp(flow: str, procedure: str | None, ronde: str | None) -> str:
    """What the flow is about: exactly the option that goes with it."""
    if flow not in list_stromen():
        load_stroom(flow)
    gevraagd = name_onderwerp(flow)
    gegeven = {"procedure": procedure, "ronde": ronde}
    waarde = gegeven.pop(gevraagd) if gevraagd else ""
    beletselen = []
    if gevraagd and not waarde:
        beletselen.append(Beletsel("ontbreekt", f"Zeg met --{gevraagd} over welke {gevraagd} het gaat."))
    beletselen += [
        Beletsel("teveel", f"Laat --{naam} weg: deze flow gaat over {f'een {gevraagd}' if gevraagd else 'alles'}.")
        for naam, w in gegeven.items()
        if w
    ]
    if beletselen or waarde is None:
        raise BeletselenError(f"De flow {flow} kan zo niet starten.", beletselen)
    return waarde


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
    regels = [
        {
            "flow": tik.flow,
            "over": tik.onderwerp,
            "stand": tik.stand,
            "door": tik.gevraagd_door,
            "gevraagd": tik.gevraagd_op,
            "klaar": tik.geeindigd_op,
            "pogingen": tik.poging,
            "gedaan": len(tik.gedaan),
            "open taken": tik.open_taken,
            "melding": tik.melding,
        }
        for tik in rijen
    ]
    print_overzicht(regels, json=json, leeg="Er heeft nog geen flow gelopen.")


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


def check_start(huis: Huis, door: Optreden, flow: str, procedure: str | None, ronde: str | None) -> str:
    """What the flow is about, for somebody who may start it now; a refusal says every reason and is kept."""
    redenen: list[InkoopError] = []
    onderwerp = procedure or ronde or ""
    try:
        require_toegang(door.persoon, door.rol, Handeling.FLOW_STARTEN)
    except InkoopError as fout:
        redenen.append(fout)
    try:
        onderwerp = choose_onderwerp(flow, procedure, ronde)
        _check_onderwerp(huis, name_onderwerp(flow), onderwerp)
        if flow in KLOKFLOWS:
            aandrijving.check_klokstart(huis, flow, onderwerp)
        else:
            aandrijving.check_start(huis, Fase(flow), onderwerp)
    except InkoopError as fout:
        redenen.append(fout)
    if not redenen:
        return onderwerp
    weigering = redenen[0] if len(redenen) == 1 else FlowGeweigerdError(flow, redenen)
    aandrijving.record_weigering(huis, flow, onderwerp, door.wie, door.nu, str(weigering))
    raise weigering


class FlowGeweigerdError(InkoopError):
    """A flow cannot be started, for more reasons than one."""

    def __init__(self, flow: str, redenen: Sequence[InkoopError]) -> None:
        super().__init__("\n".join([f"De flow {flow} kan niet starten.", *(str(reden) for reden in redenen)]))


def _check_onderwerp(huis: Huis, soort: str, naam: str) -> None:
    """A procedure or round that does not exist is said before a server is started for it."""
    with huis.winkel.lezen() as sessie:
        if soort == "procedure":
            procedures.find_procedure(sessie, naam)
        elif soort == "ronde":
            rondes.find_ronde(sessie, naam)
