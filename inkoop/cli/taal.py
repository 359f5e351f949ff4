"""Dutch on the outside of Typer: help screens and usage lines.

Typer has few translatable texts and several fixed English ones, so a message catalogue would leave
half of them. Instead every command gets a class of ours, whatever app it comes from: `in_het_nederlands`.
Messages about wrong usage are made in `inkoop.cli.gebruiksfout`.
"""

from __future__ import annotations

from typing import Any

import typer
from typer import rich_utils

# Typer carries Click inside and exports these classes nowhere else; tests/cli/test_taal.py fails when
# an upgrade moves them.
from typer._click.core import Command, Context, Parameter
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.models import DefaultPlaceholder

from inkoop.cli.gebruiksfout import OnbekendeOpdrachtError, OvertolligArgumentError

HULPOPTIES = ["--help", "--hulp", "-h"]
HULPTEKST = "Toon deze uitleg en stop."

VASTE_TEKSTEN = {
    "ARGUMENTS_PANEL_TITLE": "Argumenten",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "ERRORS_PANEL_TITLE": "Fout",
    "ABORTED_TEXT": "Afgebroken.",
    "DEPRECATED_STRING": "(vervalt) ",
    "DEFAULT_STRING": "[standaard: {}]",
    "ENVVAR_STRING": "[omgevingsvariabele: {}]",
    "REQUIRED_LONG_STRING": "[verplicht]",
}
for _naam, _tekst in VASTE_TEKSTEN.items():
    setattr(rich_utils, _naam, _tekst)


class _Nederlands(Command):
    """What commands and groups share: the usage line, the help option, the words in capitals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("options_metavar") == "[OPTIONS]":
            kwargs["options_metavar"] = "[OPTIES]"
        kwargs["context_settings"] = {"help_option_names": HULPOPTIES} | (kwargs.get("context_settings") or {})
        super().__init__(*args, **kwargs)
        for param in self.params:
            hide_soort(param)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line with a Dutch word before it."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """The names in a fixed order (Typer takes them from a set, so that help would differ per run)."""
        bezet = {naam for param in self.params for naam in param.opts}
        return [naam for naam in ctx.help_option_names if naam not in bezet]

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The help option, explained in Dutch."""
        optie = super().get_help_option(ctx)
        if optie is not None:
            optie.help = HULPTEKST
            hide_soort(optie)
        return optie

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; an error always knows to which command it belongs."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as fout:
            fout.ctx = fout.ctx or ctx
            raise


class Opdracht(_Nederlands, TyperCommand):
    """A command whose help is Dutch."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments; name the ones that are too many."""
        ctx.allow_extra_args = True
        over = super().parse_args(ctx, args)
        if over and not ctx.resilient_parsing:
            raise OvertolligArgumentError(over, ctx)
        return over


class Opdrachtgroep(_Nederlands, TyperGroup):
    """A group of commands whose help is Dutch; without a command it shows its help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["subcommand_metavar"] = "OPDRACHT [ARGUMENTEN]..."
        kwargs["no_args_is_help"] = True
        super().__init__(*args, **kwargs)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command; an unknown one is named with the ones that look like it."""
        naam = args[0]
        if not naam.startswith("-") and self.get_command(ctx, naam) is None:
            raise OnbekendeOpdrachtError(naam, self, ctx)
        return super().resolve_command(ctx, args)


def hide_soort(param: Parameter) -> None:
    """Leave out '<bool>' behind an option without a value, and '<str>' behind an argument."""
    if isinstance(param, TyperOption) and param.is_flag and param.metavar is None:
        param.metavar = ""
    elif isinstance(param, TyperArgument):
        param.display_type_rich = lambda ctx: None  # type: ignore[method-assign]  # noqa: ARG005


def in_het_nederlands(app: typer.Typer) -> typer.Typer:
    """Give every command and group of an app our classes, also where it was written without them."""
    app._add_completion = False  # noqa: SLF001 -- Typer reads this later, and its completion texts are English only
    if _is_unset(app.info.cls):
        app.info.cls = Opdrachtgroep
    for opdracht in app.registered_commands:
        if opdracht.cls is None or opdracht.cls is TyperCommand:
            opdracht.cls = Opdracht
    for groep in app.registered_groups:
        if _is_unset(groep.cls):
            groep.cls = Opdrachtgroep
        if groep.typer_instance is not None:
            in_het_nederlands(groep.typer_instance)
    return app


def _is_unset(waarde: object) -> bool:
    """Whether nobody chose a class for a group (Typer marks that with None or with a placeholder)."""
    return waarde is None or (isinstance(waarde, DefaultPlaceholder) and waarde.value is None)
