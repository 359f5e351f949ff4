"""A store in which the round of the manual was played up to a chapter, for tests of single commands.

The commands come from the manual itself; what the flows do is done by the same services without Prefect,
and no document is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

from inkoop import bootstrap
from inkoop.cli.app import app
from inkoop.cli.opties import read_tijdstip
from inkoop.domain.procedure import Fase
from inkoop.services import fasewerk
from tests.cli.handleidingtekst import HANDLEIDING, list_hoofdstukken

HOOFDSTUK = "ronde-met-de-hand.md"


def play_until(winkel: Path, laatste: str) -> Iterator[str]:
    """Play the manual on a new store; yields each chapter before it is played, and stops at `laatste`."""
    for titel, opdrachten in list_hoofdstukken(HANDLEIDING / HOOFDSTUK):
        yield titel
        if titel == laatste:
            return
        for woorden in opdrachten:
            _run(winkel, woorden)
    raise AssertionError(f"no chapter {laatste!r}")


def _run(winkel: Path, woorden: list[str]) -> None:
    """One line of the manual; making and reading documents is left out."""
    if woorden[0] != "inkoop" or woorden[1] == "document":
        return
    if woorden[1:3] == ["flow", "start"]:
        opties = dict(zip(woorden[4::2], woorden[5::2], strict=True))
        tick(winkel, Fase(woorden[3]), opties.get("--ronde") or opties["--procedure"], opties["--nu"])
        return
    resultaat = CliRunner().invoke(app, woorden[1:], prog_name="inkoop")
    assert resultaat.exit_code == 0, (woorden, resultaat.output)


def tick(winkel: Path, fase: Fase, onderwerp: str, nu: str) -> None:
    """What the flow of a fase does, without making documents."""
    huis = bootstrap.open_huis(winkel)
    try:
        door = bootstrap.act_as_systeem(huis, read_tijdstip(nu))
        fasewerk.work_fase(huis, door, fase, onderwerp, bootstrap.load_procedure_edities)
    finally:
        huis.winkel.close()
