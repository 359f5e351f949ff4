"""`inkoop demo`: play the worked examples of a criteria set from the first step to the last.

Bron: ontwerp 9.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from inkoop import bootstrap
from inkoop.cli.demo.groepen import Spelgroep, group_scenarios
from inkoop.cli.demo.resultaat import Oogst
from inkoop.cli.demo.samenvatting import build_tabel, write_plaatje
from inkoop.cli.demo.spel import Spel
from inkoop.cli.scenariocontrole import SCENARIOMAP
from inkoop.cli.stroom import Prefectserver, prepare_prefect
from inkoop.cli.uitvoer import make_console
from inkoop.definitions.procedure import find_procedure, load_procedure
from inkoop.definitions.scenario import load_scenarios
from inkoop.definitions.suggestie import suggest
from inkoop.domain.fouten import InkoopError
from inkoop.services.drukkerij import share_drukkerij
from inkoop.settings import Instellingen
from inkoop.storage.winkel import Winkelsoort

MERK = ".inkoop-demo"
"""The file that says: this folder was made by the demo and may be emptied by it."""

STAPPEN = 11
"""How many steps a played group reports."""

_MET_SELECTIE = (
    "kiest tussen aanbieders. Scores, gesprekken en voorstellen staan niet in scenario's, dus de demo stopt waar die "
    "nodig zijn. Een perceel zonder besluit speelt u verder met de hand, in de winkel die bij de groep staat."
)

app = typer.Typer()


class GeenScenariosError(InkoopError):
    """A set that is asked for has no worked examples, or is not there."""


class MapBezetError(InkoopError):
    """The output folder holds something that the demo did not make."""


class GroepOnbekendError(InkoopError):
    """A group was asked for that the scenarios do not have."""


@app.command()
def demo(
    map: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="Waar de uitvoer komt; wordt eerst leeggemaakt.")
    ] = None,
    criteriaset: Annotated[
        str, typer.Option("--set", metavar="SET", help="De criteriaset met scenario's.")
    ] = "meierij-wmo",
    groep: Annotated[
        list[str] | None,
        typer.Option("--groep", metavar="GROEP", help="Alleen deze groep zaken spelen; mag vaker. Anders alle."),
    ] = None,
) -> None:
    """Speel een ronde van voorbereiden tot implementeren met de voorbeeldzaken."""
    instellingen = bootstrap.read_omgeving()
    uitvoer = (map or instellingen.uitvoer / "demo").resolve()
    begin = time.monotonic()
    groepen = choose_groepen(_load_groepen(instellingen, criteriaset), groep or ())
    _clean(uitvoer)
    prepare_prefect(uitvoer.parent / ".prefect")
    share_drukkerij().warm_up()
    try:
        uitkomsten = asyncio.run(_play_all(groepen, uitvoer, instellingen))
    except KeyboardInterrupt:
        tekst = f"Gestopt. In {uitvoer} staat alleen een deel; de volgende demo maakt die map leeg en begint opnieuw."
        make_console(stderr=True).print(tekst)
        raise
    finally:
        bootstrap.close_huizen()
        share_drukkerij().close()
    pad = uitvoer / "resultaat.json"
    pad.write_text(json.dumps(uitkomsten, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    tabel = build_tabel(uitkomsten, f"Ronde {', '.join(dict.fromkeys(groep.ronde for groep in groepen))}")
    write_plaatje(tabel, uitvoer / "samenvatting.svg")
    console = make_console()
    console.print(tabel)
    console.print(f"Alles staat in {uitvoer} (resultaat.json, documenten per zaak, samenvatting.svg).")
    for naam in sorted({groep.procedure for groep in groepen}):
        if load_procedure(find_procedure(instellingen.procedures, naam)).selectie:
            console.print(f"Let op: {naam} {_MET_SELECTIE}")
    console.print(f"Klaar in {time.monotonic() - begin:.0f} seconden.")


def choose_groepen(groepen: tuple[Spelgroep, ...], namen: Iterable[str]) -> tuple[Spelgroep, ...]:
    """The groups with these names, all when none is named; raises GroepOnbekendError."""
    gevraagd = set(namen)
    if onbekend := sorted(gevraagd - {groep.naam for groep in groepen}):
        alle = ", ".join(groep.naam for groep in groepen)
        raise GroepOnbekendError(f"Deze groep is er niet: {', '.join(onbekend)}. Kies uit: {alle}.")
    return tuple(groep for groep in groepen if not gevraagd or groep.naam in gevraagd)


def _load_groepen(instellingen: Instellingen, criteriaset: str) -> tuple[Spelgroep, ...]:
    """What to play; nothing is touched yet. Raises GeenScenariosError, DefinitieError."""
    groepen = group_scenarios(load_scenarios(instellingen.criteria / criteriaset / SCENARIOMAP))
    if not groepen:
        speelbaar = sorted(pad.parent.name for pad in instellingen.criteria.glob(f"*/{SCENARIOMAP}"))
        tekst = f"Bij criteriaset '{criteriaset}' staan geen scenario's om te spelen."
        raise GeenScenariosError(f"{tekst}{suggest(criteriaset, speelbaar)}")
    return groepen


async def _play_all(
    groepen: tuple[Spelgroep, ...], uitvoer: Path, instellingen: Instellingen
) -> list[dict[str, object]]:
    """Play every group on a store of its own; what needs no flow is done while Prefect's server starts.

    One flow at a time (`beurt`): the embedded server keeps its records in SQLite, and flows side by side
    would wait for each other's locks longer than they gain. The people of one group work meanwhile.
    """
    server = Prefectserver()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=make_console(stderr=True),
    ) as balk:
        beurt = share_drukkerij().beurt = asyncio.Lock()
        spellen = [_prepare(groep, uitvoer, instellingen, balk, beurt) for groep in groepen]
        try:
            async with server.connect():
                # A group that gets stuck does not take the server away from under the others.
                gespeeld = await asyncio.gather(*(_play(spel, uitvoer) for spel in spellen), return_exceptions=True)
        finally:
            server.stop()
            for spel in spellen:
                spel.huis.winkel.close()
    gelukt = [deel for deel in gespeeld if not isinstance(deel, BaseException)]
    if mislukt := [deel for deel in gespeeld if isinstance(deel, BaseException)]:
        raise mislukt[0]
    uitkomsten = [uitkomst for deel in gelukt for uitkomst in deel]
    return sorted(uitkomsten, key=lambda u: (str(u["zaak"]), str(u["variant"]), str(u["perceel"])))


def _prepare(groep: Spelgroep, uitvoer: Path, instellingen: Instellingen, balk: Progress, beurt: asyncio.Lock) -> Spel:
    """A store for one group, with everything that happens before the first flow."""
    taak = balk.add_task(groep.naam, total=STAPPEN)
    huis = bootstrap.create_huis(uitvoer / groep.naam / "winkel", Winkelsoort.SIMULATIE, instellingen)
    definitie = bootstrap.load_definitie(huis, groep.procedure)
    spel = Spel(huis, groep, definitie, partial(_meld, balk, taak, groep.naam), beurt)
    spel.prepare()
    return spel


async def _play(spel: Spel, uitvoer: Path) -> list[dict[str, object]]:
    """Play one group and write its files."""
    await spel.play()
    uitkomsten = Oogst(spel, uitvoer).gather()
    spel.meld("klaar")
    return uitkomsten


def _meld(balk: Progress, taak: TaskID, naam: str, wat: str) -> None:
    """Say which step a group has come to."""
    balk.update(taak, advance=1, description=f"{naam}: {wat}")


def _clean(uitvoer: Path) -> None:
    """Begin with an empty folder; one that the demo did not make is left alone."""
    if uitvoer.exists() and any(uitvoer.iterdir()):
        if not (uitvoer / MERK).is_file():
            raise MapBezetError(f"{uitvoer} is niet leeg en niet door de demo gemaakt. Kies met --map een andere map.")
        shutil.rmtree(uitvoer)
    uitvoer.mkdir(parents=True, exist_ok=True)
    (uitvoer / MERK).write_text("Deze map is gemaakt door de demo en wordt bij de volgende demo leeggemaakt.\n")
