"""What somebody typed wrong, in Dutch, with a suggestion.

The message is made from the class and the fields of Typer's error, never from its English text, so a
new wording in Typer changes nothing. Bron: project default (conventies, Language).
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from enum import Enum
from functools import singledispatch

# Typer carries Click inside and exports these classes nowhere else; tests/cli/test_gebruiksfout.py fails
# when an upgrade moves them.
from typer._click.core import Context, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    FileError,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperArgument, TyperGroup


class OnbekendeOpdrachtError(UsageError):
    """A group has no command of this name."""

    def __init__(self, naam: str, groep: TyperGroup, ctx: Context) -> None:
        self.naam = naam
        self.namen = tuple(groep.list_commands(ctx))
        super().__init__(f"onbekende opdracht {naam}", ctx)


class OvertolligArgumentError(UsageError):
    """More arguments were given than the command takes."""

    def __init__(self, over: Collection[str], ctx: Context) -> None:
        self.over = tuple(over)
        super().__init__("te veel argumenten", ctx)


class OngeldigeWaardeError(BadParameter):
    """A value cannot be read; the message is ours and already Dutch."""


@singledispatch
def describe_gebruiksfout(fout: ClickException) -> str:
    """One Dutch message for an error of usage."""
    return fout.format_message()


@describe_gebruiksfout.register
def _onbekende_opdracht(fout: OnbekendeOpdrachtError) -> str:
    return f"De opdracht '{fout.naam}' bestaat niet.{suggest(fout.naam, fout.namen)}"


@describe_gebruiksfout.register
def _overtollig(fout: OvertolligArgumentError) -> str:
    woord = "argument" if len(fout.over) == 1 else "argumenten"
    return f"Er staat te veel achter de opdracht: onverwacht {woord} {quote(fout.over)}."


@describe_gebruiksfout.register
def _ontbrekend(fout: MissingParameter) -> str:
    if fout.param is None:
        return "Er ontbreekt een verplicht gegeven."
    soort = "argument" if isinstance(fout.param, TyperArgument) else "optie"
    lidwoord = "Het" if soort == "argument" else "De"
    keuzes = choices_of(fout.param)
    kies = f" Kies uit: {', '.join(keuzes)}." if keuzes else ""
    return f"{lidwoord} {soort} {name_of(fout.param)} ontbreekt.{kies}"


@describe_gebruiksfout.register
def _onbekende_optie(fout: NoSuchOption) -> str:
    return f"De optie '{fout.option_name}' bestaat niet.{ask_meant(fout.possibilities or ())}"


@describe_gebruiksfout.register
def _verkeerde_optie(fout: BadOptionUsage) -> str:
    ctx = fout.ctx
    optie = next((p for p in ctx.command.params if fout.option_name in p.opts), None) if ctx else None
    if optie is not None and getattr(optie, "is_flag", False):
        return f"De optie '{fout.option_name}' krijgt geen waarde: schrijf alleen '{fout.option_name}'."
    return f"Achter de optie '{fout.option_name}' hoort een waarde."


@describe_gebruiksfout.register
def _eigen_melding(fout: OngeldigeWaardeError) -> str:
    return f"De waarde van {name_of(fout.param)} klopt niet: {fout.message}" if fout.param else fout.message


@describe_gebruiksfout.register
def _ongeldige_waarde(fout: BadParameter) -> str:
    if fout.param is None:
        return f"Een waarde klopt niet: {fout.message}"
    if keuzes := choices_of(fout.param):
        return f"De waarde van {name_of(fout.param)} staat niet in de lijst. Kies uit: {', '.join(keuzes)}."
    return f"De waarde van {name_of(fout.param)} klopt niet: {fout.message}"


@describe_gebruiksfout.register
def _bestand(fout: FileError) -> str:
    return f"Het bestand '{fout.ui_filename}' kan niet worden geopend."


def name_of(param: Parameter | None) -> str:
    """How people know a parameter: the option as it is typed, or the argument in capitals."""
    if param is None:
        return "een gegeven"
    if isinstance(param, TyperArgument):
        return param.display_name_raw
    return f"'{param.opts[0]}'"


def choices_of(param: Parameter) -> list[str]:
    """The values a parameter takes, where it takes only some."""
    beschrijving = getattr(param, "type_descriptor", None)
    if beschrijving is None or not beschrijving.is_choice:
        return []
    return [str(keuze.value if isinstance(keuze, Enum) else keuze) for keuze in beschrijving.choices or ()]


def suggest(getypt: str, mogelijk: Collection[str]) -> str:
    """A question with the nearest names, or the whole list when nothing is near."""
    dichtbij = get_close_matches(getypt, mogelijk, n=3, cutoff=0.55)
    if dichtbij:
        return ask_meant(dichtbij)
    return f" Kies uit: {', '.join(mogelijk)}." if mogelijk else ""


def ask_meant(namen: Collection[str]) -> str:
    """'Bedoelt u ...?', or nothing."""
    return f" Bedoelt u {quote(namen, ' of ')}?" if namen else ""


def quote(namen: Collection[str], voegwoord: str = " en ") -> str:
    """'a', 'b' en 'c'."""
    aangehaald = [f"'{naam}'" for naam in namen]
    if len(aangehaald) < 2:
        return "".join(aangehaald)
    return ", ".join(aangehaald[:-1]) + voegwoord + aangehaald[-1]
