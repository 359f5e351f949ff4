"""The manual of the command line says what the program does: nothing in it can go stale."""

from __future__ import annotations

import pytest
from typer._click.core import Command
from typer.core import TyperGroup

from inkoop.cli.app import load_opdracht
from inkoop.cli.opdrachtenlijst import write_overzicht
from tests.cli.handleidingtekst import HANDLEIDING, list_opdrachten

RONDE = HANDLEIDING / "ronde-met-de-hand.md"


def test_the_list_of_commands_is_made_from_the_program() -> None:
    opdracht = "uv run python -m inkoop.cli.opdrachtenlijst docs/handleiding/opdrachten.md"

    assert (HANDLEIDING / "opdrachten.md").read_text(encoding="utf-8") == write_overzicht(), f"run: {opdracht}"


def test_the_list_names_every_command_of_the_issue() -> None:
    overzicht = write_overzicht()

    for opdracht in (
        "criteria controleer", "criteria lees", "criteria toets", "criteria scenarios",
        "criteria schema", "criteria verschil", "criteria effect", "criteria herspeel", "procedure lijst",
        "procedure toon", "procedure plan", "procedure controleer", "flow start", "ronde toon", "ronde open",
        "aanmelding indienen", "aanmelding toon", "feiten vaststellen", "beoordelen geef", "beoordelen beslecht",
        "herstel verzenden", "besluiten nemen", "document lijst", "document goedkeuren", "document exporteer",
        "overeenkomst toon", "ondertekening registreren", "audit controleer",
    ):  # fmt: skip
        assert f"`inkoop {opdracht}" in overzicht


@pytest.mark.parametrize("woorden", [w for w in list_opdrachten(RONDE) if w[0] == "inkoop"], ids=" ".join)
def test_every_line_of_the_round_by_hand_is_a_command_that_can_be_typed(woorden: list[str]) -> None:
    opdracht: Command | None = load_opdracht(woorden[1])
    assert opdracht is not None, woorden
    rest = woorden[2:]
    if isinstance(opdracht, TyperGroup):
        opdracht, rest = opdracht.commands[rest[0]], rest[1:]

    assert opdracht.make_context(woorden[1], rest).params
