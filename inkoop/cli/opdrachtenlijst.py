"""The page with all commands, made from the commands themselves: it can never say something else.

    python -m inkoop.cli.opdrachtenlijst docs/handleiding/opdrachten.md

Bron: conventies (the manual is Dutch); project default.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from typer._click.core import Command, Parameter
from typer.core import TyperArgument, TyperGroup

from inkoop.cli.app import ONDERDELEN, Onderdeel, load_opdracht

KOP = """# Opdrachten

Alle opdrachten van `inkoop`, met hun argumenten en opties. Dit overzicht is uit het programma zelf gemaakt. Een hele
ronde met deze opdrachten staat in [Een ronde met de hand](ronde-met-de-hand.md).

Werkt u vanuit het project? Typ dan `./run inkoop` waar hier `inkoop` staat. Met `--help` legt elke opdracht zich uit.

Een opdracht eindigt met een code: 0 is goed; 1 betekent dat er iets is wat u kunt verhelpen; 2 dat de opdracht verkeerd
is ingetypt; 70 dat er iets misging wat niemand verwachtte.
"""

_GEDEELD = ("als", "rol", "nu", "op", "winkel", "json")
"""Parameters that mean the same in most commands; explained once, in this order."""

Gedeeld = Mapping[str, Parameter]


def write_overzicht() -> str:
    """The whole page as Markdown."""
    opdrachten = list(_list_opdrachten())
    gedeeld = _find_gedeeld([param for _, opdracht in opdrachten for param in opdracht.params])
    delen = [KOP, "## Opties die vaak terugkomen", "", *(_describe_param(param) for param in gedeeld.values())]
    for paneel in dict.fromkeys(onderdeel.paneel for onderdeel in ONDERDELEN):
        delen += ["", f"## {paneel}"]
        for onderdeel in ONDERDELEN:
            if onderdeel.paneel == paneel:
                eigen = [paar for paar in opdrachten if paar[0].split()[0] == onderdeel.naam]
                delen += _describe(onderdeel, eigen, gedeeld)
    return "\n".join(delen) + "\n"


def _list_opdrachten() -> Iterator[tuple[str, Command]]:
    """Every command with the words that call it."""
    for onderdeel in ONDERDELEN:
        opdracht = load_opdracht(onderdeel.naam)
        if isinstance(opdracht, TyperGroup):
            yield from ((f"{onderdeel.naam} {naam}", deel) for naam, deel in opdracht.commands.items())
        elif opdracht is not None:
            yield onderdeel.naam, opdracht


def _find_gedeeld(params: Sequence[Parameter]) -> dict[str, Parameter]:
    """Of each shared option the one that most commands have."""
    gedeeld = {}
    for naam in _GEDEELD:
        varianten = [param for param in params if param.name == naam]
        teksten = Counter(_help(param) for param in varianten)
        if varianten:
            gedeeld[naam] = max(varianten, key=lambda param: teksten[_help(param)])
    return gedeeld


def _describe(onderdeel: Onderdeel, opdrachten: Iterable[tuple[str, Command]], gedeeld: Gedeeld) -> Iterator[str]:
    """One noun: its line of explanation and each of its commands."""
    yield from ("", f"### inkoop {onderdeel.naam}", "", onderdeel.uitleg)
    for woorden, opdracht in opdrachten:
        argumenten = [_usage(param) for param in opdracht.params if isinstance(param, TyperArgument)]
        yield from ("", f"#### `{' '.join(['inkoop', woorden, *argumenten])}`", "", opdracht.help or "")
        samen = [p for p in opdracht.params if p.name in gedeeld and _help(p) == _help(gedeeld[p.name])]
        eigen = [param for param in opdracht.params if param not in samen]
        if eigen:
            yield from ("", *(_describe_param(param) for param in eigen))
        if samen:
            namen = ", ".join(f"`{p.opts[0]}`{' (verplicht)' if p.required else ''}" for p in samen)
            yield from ("", f"En: {namen}.")


def _describe_param(param: Parameter) -> str:
    """A parameter as a line of a list."""
    if isinstance(param, TyperArgument):
        naam = param.display_name_raw
    else:
        naam = f"{param.opts[0]} {param.metavar or ''}".rstrip()
    return f"- `{naam}`{' (verplicht)' if param.required else ''}: {_help(param)}"


def _usage(param: TyperArgument) -> str:
    naam = param.display_name_raw + ("..." if param.nargs != 1 else "")
    return naam if param.required else f"[{naam}]"


def _help(param: Parameter) -> str:
    return str(getattr(param, "help", None) or "")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(write_overzicht(), encoding="utf-8")
