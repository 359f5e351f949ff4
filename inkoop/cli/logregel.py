"""Lines of a program that keeps running: sentences for a person, or one JSON object a line for a log store.

Bron: settings (INKOOP_LOG); ontwerp 8 (no personal data in logs: kenmerken and names of flows only).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from inkoop.settings import Logvorm

Schrijver = Callable[..., None]


def make_schrijver(vorm: Logvorm) -> Schrijver:
    """What writes a line: `schrijf(gebeurtenis, tekst, niveau="info", **velden)`."""

    def write(gebeurtenis: str, tekst: str, niveau: str = "info", **velden: object) -> None:
        if vorm is Logvorm.JSON:
            regel = {"tijd": datetime.now(UTC), "niveau": niveau, "gebeurtenis": gebeurtenis, "tekst": tekst, **velden}
            uit = msgspec.json.encode(regel).decode()
        else:
            uit = tekst
        sys.stdout.write(uit + "\n")
        sys.stdout.flush()

    return write
