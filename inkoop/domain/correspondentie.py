"""Correspondence with one applicant, everything in the order in which it happened.

Bron: B.2.8, B.9 (equal information); C (brievenlijst); project default.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Berichtrichting(StrEnum):
    """Who sent it."""

    IN = "in"
    UIT = "uit"


class Contactwijze(StrEnum):
    """How there was contact outside the letters that the system makes."""

    TELEFOON = "telefoon"
    EMAIL = "e-mail"
    GESPREK = "gesprek"
    PLATFORM = "platform"
    POST = "post"


class Bericht(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of correspondence: when (aware), in or out, how, about what; the kenmerk or hash where it has one."""

    op: datetime
    richting: Berichtrichting
    wijze: str
    onderwerp: str
    kenmerk: str = ""
    sha256: str = ""
    toelichting: str = ""
    door: str = ""


def sort_berichten(berichten: list[Bericht]) -> tuple[Bericht, ...]:
    """In order of time; at one instant what came in stands before what went out."""
    return tuple(sorted(berichten, key=lambda b: (b.op, b.richting is Berichtrichting.UIT, b.kenmerk, b.onderwerp)))
