"""`inkoop token`: let a program read, or start flows, as a person; see and take back what was given out.

Bron: ontwerp 8; docs/adr/0025.
"""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_aantal
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.persoon import Rol
from inkoop.services import tokens
from inkoop.services.tokens import Bereik

app = typer.Typer(help="Tokens voor programma's die de gegevens lezen of flows starten.")


@app.command("uitgeven", help="Geef een token uit. U ziet het één keer; bewaar het als een wachtwoord.")
def uitgeven(
    persoon: Annotated[
        str, typer.Argument(metavar="PERSOON", help="Namens wie het programma werkt, bijvoorbeeld i.dekker.")
    ],
    als: Als,
    bereik: Annotated[
        list[Bereik],
        typer.Option("--bereik", metavar="BEREIK", help="lezen of flows; geef de optie twee keer voor allebei."),
    ],
    doel: Annotated[str, typer.Option("--doel", metavar="TEKST", help="Welk programma het token gebruikt.")],
    in_rol: Annotated[
        Rol | None,
        typer.Option(
            "--in-rol",
            metavar="ROL",
            help="De rol van het token; nodig bij wie meer rollen heeft.",
            show_choices=False,
        ),
    ] = None,
    dagen: Annotated[
        int,
        typer.Option("--dagen", metavar="AANTAL", help="Hoe lang het token geldt.", parser=read_aantal),
    ] = tokens.DAGEN,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Shown once: the store keeps only a hash of it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk, token = tokens.issue(huis, door, persoon, in_rol, set(bereik), doel, dagen)
    if json:
        print_json({"kenmerk": kenmerk, "token": token})
        return
    print_regels([token])
    report(f"Dit is token {kenmerk}, {dagen} dagen geldig. Bewaar het nu: het is niet nog een keer te zien.")


@app.command("lijst", help="Toon welke tokens er zijn, van wie, waarvoor, en wanneer zij zijn gebruikt.")
def lijst(als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False) -> None:
    """Never the tokens themselves."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        rijen = tokens.list_tokens(huis, door)
    print_overzicht([asdict(rij) for rij in rijen], json=json, leeg="Er zijn geen tokens uitgegeven.")


@app.command("intrekken", help="Trek een token in; het werkt meteen niet meer.")
def intrekken(
    kenmerk: Annotated[str, typer.Argument(metavar="TOKEN", help="Het kenmerk uit de lijst, bijvoorbeeld T-1a2b3c4d.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """At once and for good."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        tokens.revoke(huis, door, kenmerk)
    report(f"Token {kenmerk} is ingetrokken.")
