"""Everything that Typer itself says is Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import typer
from typer._click.core import Command
from typer.testing import CliRunner

from inkoop.cli import taal
from inkoop.cli.app import ONDERDELEN, app, load_opdracht
from inkoop.cli.taal import in_het_nederlands

ENGELS = re.compile(
    r"\b(usage|options|arguments|commands|default|required|show this|env var|list\[|text|"
    r"path|integer|bool|float|try|help for|missing|error)\b|<str>|<int>",
    re.IGNORECASE,
)


def list_opdrachten() -> Iterator[tuple[tuple[str, ...], Command]]:
    """Every command with the words that call it."""
    for onderdeel in ONDERDELEN:
        opdracht = load_opdracht(onderdeel.naam)
        assert opdracht is not None
        yield (onderdeel.naam,), opdracht
        for naam, deel in getattr(opdracht, "commands", {}).items():
            yield (onderdeel.naam, naam), deel


OPDRACHTEN = [woorden for woorden, _ in list_opdrachten()]


@pytest.mark.parametrize("woorden", [(), *OPDRACHTEN], ids=" ".join)
def test_no_help_screen_holds_an_english_word_of_typer(woorden: tuple[str, ...]) -> None:
    resultaat = CliRunner().invoke(app, [*woorden, "--help"])

    assert resultaat.exit_code == 0, resultaat.output
    zonder_opties = re.sub(r"--?[a-z-]+", "", resultaat.output)
    assert ENGELS.findall(zonder_opties) == []
    assert "Gebruik: inkoop" in resultaat.output
    assert taal.HULPTEKST in resultaat.output


@pytest.mark.parametrize(("woorden", "opdracht"), list(list_opdrachten()), ids=lambda waarde: str(waarde)[:40])
def test_every_command_option_and_argument_explains_itself(woorden: tuple[str, ...], opdracht: Command) -> None:
    assert opdracht.help, woorden
    zonder_uitleg = [param.name for param in opdracht.params if not getattr(param, "help", None)]
    assert zonder_uitleg == []


def test_help_is_the_same_on_every_run() -> None:
    opdracht = load_opdracht("criteria")
    assert opdracht is not None
    with opdracht.make_context("criteria", ["controleer"], resilient_parsing=True) as ctx:
        assert opdracht.get_help_option_names(ctx) == ["--help", "--hulp", "-h"]


def test_an_app_that_was_written_without_our_classes_speaks_dutch_too() -> None:
    los = typer.Typer(add_completion=False)

    @los.command("doe", help="Doe iets.")
    def doe(wat: str = typer.Argument("iets", help="Wat u wilt.")) -> None:
        typer.echo(wat)

    @los.command("laat", help="Laat iets.")
    def laat() -> None:
        typer.echo("gelaten")

    uitvoer = CliRunner().invoke(in_het_nederlands(los), ["doe", "--help"]).output

    assert "Gebruik: " in uitvoer
    assert "[OPTIES]" in uitvoer
    assert "Argumenten" in uitvoer
    assert "[standaard: iets]" in uitvoer
    assert "[OPTIONS]" not in uitvoer


def test_without_a_command_the_help_is_shown() -> None:
    resultaat = CliRunner().invoke(app, [])

    assert resultaat.exit_code == 2
    assert "Gebruik: inkoop" in resultaat.output
