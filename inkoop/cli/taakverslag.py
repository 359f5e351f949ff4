"""Open tasks as people read them: who must do what, about what, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inkoop.cli.uitvoer import print_overzicht
from inkoop.services.taken import Taak


def describe_taken(taken: Iterable[Taak]) -> list[dict[str, object]]:
    """The fields of each task, for a table and for JSON."""
    return [
        {
            "rol": taak.rol,
            "wat": taak.wat,
            "onderwerp": taak.onderwerp,
            "deel": taak.deel,
            "uiterlijk": taak.uiterlijk,
        }
        for taak in taken
    ]


def print_taken(taken: Sequence[Taak]) -> None:
    """Print what waits for people."""
    print_overzicht(describe_taken(taken), json=False, titel="Wacht op mensen", leeg="Er wacht niets op mensen.")
