"""`inkoop persoon`: who may act, and in which roles."""

from __future__ import annotations

from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import open_winkel, report
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.services import inloggen, personen
from inkoop.services.huis import NietGevondenError

app = typer.Typer(help="Personen en hun rollen.")


@app.command(
    "toevoegen",
    help="Voeg een persoon toe. De eerste in een winkel is een beheerder; daarna voegt een beheerder toe (--als).",
)
def toevoegen(
    id: Annotated[str, typer.Argument(metavar="PERSOON", help="De korte naam, bijvoorbeeld i.dekker.")],
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="De volledige naam, zoals in brieven.")],
    functie: Annotated[
        str, typer.Option("--functie", metavar="FUNCTIE", help="De functie; mandaten horen bij een functie.")
    ],
    rollen: Annotated[list[Rol], typer.Option("--met-rol", metavar="ROL", help="Een rol van deze persoon; mag vaker.")],
    kvk: Annotated[
        str | None, typer.Option("--kvk", metavar="NUMMER", help="Bij de rol aanbieder: het KvK-nummer.")
    ] = None,
    als: Annotated[
        str | None,
        typer.Option("--als", metavar="PERSOON", help="De beheerder die dit doet; niet nodig bij de eerste persoon."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Make a person known; the system itself makes the first one known."""
    with open_winkel(winkel) as huis:
        if als is not None:
            door = bootstrap.act_as(huis, als, rol, nu)
        else:
            _require_eerste_beheerder(bool(personen.list_personen(huis)), rollen)
            door = bootstrap.act_as_systeem(huis, nu)
        personen.add_persoon(huis, door, id=id, naam=naam, functie=functie, rollen=rollen, kvk=kvk)
    report(f"{naam} is toegevoegd als {id}, met de rol {', '.join(rollen)}.")


def _require_eerste_beheerder(bevolkt: bool, rollen: list[Rol]) -> None:
    """Without an actor only the first person can be added, and that must be who adds the others."""
    if bevolkt:
        tekst = "Noem met --als de beheerder die dit doet."
        raise BeletselenError("Deze persoon kan zo niet worden toegevoegd.", [Beletsel("als", tekst)])
    if Rol.BEHEERDER not in rollen:
        tekst = "De eerste persoon in een winkel is een beheerder: anders kan niemand de volgende toevoegen."
        raise BeletselenError("Deze persoon kan nog niet worden toegevoegd.", [Beletsel("beheerder", tekst)])


@app.command("lijst", help="Toon alle personen met hun rollen.")
def lijst(winkel: Winkelmap = None, json: Json = False) -> None:
    """Everybody who is known, by short name."""
    with open_winkel(winkel) as huis:
        bekend = personen.list_personen(huis)
    print_overzicht(
        [
            {"persoon": p.id, "naam": p.naam, "functie": p.functie, "rollen": sorted(rol.value for rol in p.rollen)}
            for p in bekend
        ],
        json=json,
        leeg="Er zijn nog geen personen. Voeg eerst een beheerder toe.",
    )


@app.command(
    "koppel", help="Koppel een persoon aan de naam waaronder een bron van de gemeente hem kent (zie docs/beheer.md)."
)
def koppel(
    persoon: Annotated[str, typer.Argument(metavar="PERSOON", help="De korte naam, bijvoorbeeld i.dekker.")],
    bron: Annotated[str, typer.Option("--bron", metavar="BRON", help="De bron, zoals zij in INKOOP_INLOGGEN heet.")],
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="De naam bij die bron; vaak een e-mailadres.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Tie a name at a source to a person, before that person signs in with it."""
    keuzes = bootstrap.load_inloggen(bootstrap.read_omgeving())
    gekozen = keuzes.find(bron)
    if gekozen is None:
        raise NietGevondenError("Bron", bron, [een.id for een in keuzes.bronnen])
    with open_winkel(winkel) as huis:
        inloggen.link_naam(huis, bootstrap.act_as(huis, als, rol, nu), gekozen, naam, persoon)
    report(f"Wie bij {gekozen.naam} inlogt als {naam}, is hier vanaf de eerste keer {persoon}.")


@app.command("ontkoppel", help="Maak alle koppelingen van een persoon met bronnen los; de persoon wordt uitgelogd.")
def ontkoppel(
    persoon: Annotated[str, typer.Argument(metavar="PERSOON", help="De korte naam, bijvoorbeeld i.dekker.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Undo every tie of a person with a source."""
    with open_winkel(winkel) as huis:
        aantal = inloggen.unlink(huis, bootstrap.act_as(huis, als, rol, nu), persoon)
    report(f"{aantal} koppeling(en) van {persoon} losgemaakt.")
