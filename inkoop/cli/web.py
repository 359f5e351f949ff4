"""`inkoop web`: the web application, and the passwords of people who sign in with an account of our own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.demo.oefenwinkel import WACHTWOORD, Oefenstand, make_oefenwinkel
from inkoop.cli.opties import Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import make_console, print_regels
from inkoop.cli.winkelwerk import open_winkel, report
from inkoop.domain.fouten import InkoopError
from inkoop.domain.persoon import Persoon
from inkoop.services import accounts

app = typer.Typer(help="De webtoepassing en de accounts.")

MERK = ".inkoop-oefenwinkel"
"""The file that says: this folder was made by `web start --demo` and may be emptied by it."""


class OefenmapBezetError(InkoopError):
    """The folder for a store to practise in holds something else."""


class WachtwoordbestandError(InkoopError):
    """The file with a password is not there."""


@app.command("start", help="Start de webtoepassing. Met --demo op een nieuwe oefenwinkel met voorbeelden.")
def start(
    demo: Annotated[bool, typer.Option("--demo", help="Maak een oefenwinkel met voorbeelden en accounts.")] = False,
    stand: Annotated[
        Oefenstand, typer.Option("--stand", metavar="STAND", help="Bij --demo: tot waar de ronde al is gespeeld.")
    ] = Oefenstand.BEOORDELEN,
    adres: Annotated[
        str, typer.Option("--adres", metavar="ADRES", help="Het netwerkadres waarop de server luistert.")
    ] = "127.0.0.1",
    poort: Annotated[int, typer.Option("--poort", metavar="POORT", help="De poort.", min=1, max=65535)] = 8000,
    winkel: Winkelmap = None,
) -> None:
    """Serve the application until it is stopped."""
    instellingen = bootstrap.read_omgeving()
    map_ = winkel or instellingen.winkel
    wie: tuple[Persoon, ...] = ()
    if demo:
        map_ = winkel or _clear(instellingen.uitvoer / "oefenen") / "winkel"
        with make_console(stderr=True).status("De oefenwinkel wordt gemaakt (ongeveer een minuut)..."):
            wie = make_oefenwinkel(map_, stand)
    bootstrap.load_inloggen(instellingen)
    bootstrap.open_huis(map_, instellingen).winkel.close()
    web_adres = os.environ.get("INKOOP_WEB_ADRES", "").strip() or f"http://{adres}:{poort}"
    os.environ.update(INKOOP_WINKEL=str(map_.resolve()), INKOOP_WEB_ADRES=web_adres)
    print_regels(_welkom(web_adres, wie))
    import uvicorn

    uvicorn.run(
        "inkoop.web.app:start",
        factory=True,
        host=adres,
        port=poort,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


def _clear(map_: Path) -> Path:
    """The folder for a store to practise in, empty: the store of last time is thrown away, with its keys."""
    if map_.exists() and any(map_.iterdir()):
        if not (map_ / MERK).is_file():
            raise OefenmapBezetError(
                f"{map_} is niet leeg en niet door --demo gemaakt. Kies met --winkel een nieuwe map."
            )
        shutil.rmtree(map_)
    map_.mkdir(parents=True, exist_ok=True)
    (map_ / MERK).write_text("Deze map is gemaakt door 'web start --demo' en wordt bij de volgende keer leeggemaakt.\n")
    return map_


def _welkom(web_adres: str, wie: tuple[Persoon, ...]) -> list[str]:
    regels = [f"De webtoepassing staat op {web_adres}. Stop met Ctrl-C."]
    if wie:
        regels += ["", f"Log in met een van deze accounts; het wachtwoord is steeds: {WACHTWOORD}", ""]
        breed = max(len(persoon.id) for persoon in wie)
        regels += [f"  {p.id:<{breed}}  {p.naam}, {', '.join(sorted(p.rollen))}" for p in wie]
    return regels


@app.command("wachtwoord", help="Geef iemand een account met een wachtwoord, of een nieuw wachtwoord.")
def wachtwoord(
    persoon: Annotated[str, typer.Argument(metavar="PERSOON", help="De korte naam, bijvoorbeeld i.dekker.")],
    als: Annotated[
        str | None,
        typer.Option("--als", metavar="PERSOON", help="De beheerder die dit doet; zonder deze optie het systeem zelf."),
    ] = None,
    bestand: Annotated[
        Path | None,
        typer.Option("--bestand", metavar="BESTAND", help="Lees het wachtwoord uit de eerste regel van dit bestand."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Ask for a password twice (or read it from a file), and set it."""
    if bestand is not None:
        if not bestand.is_file():
            raise WachtwoordbestandError(f"{bestand} bestaat niet. Geef het pad van een bestand met het wachtwoord.")
        nieuw = bestand.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    else:
        nieuw = typer.prompt("Nieuw wachtwoord", hide_input=True, confirmation_prompt="Nog een keer")
    with open_winkel(winkel) as huis:
        door = bootstrap.act_as(huis, als, rol, nu) if als else bootstrap.act_as_systeem(huis, nu)
        accounts.set_wachtwoord(huis, door, persoon, nieuw)
    report(f"{persoon} kan inloggen met het nieuwe wachtwoord.")
