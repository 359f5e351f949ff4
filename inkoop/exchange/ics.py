"""A plan as an iCalendar file (RFC 5545): all-day events that any agenda reads; the same plan gives the same bytes.

Bron: ontwerp 3 (exchange: ICS), 9 (`procedure plan`); project default for the layout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

from inkoop.domain.planning import Planregel

_BREEDTE = 75
"""Octets on a line before it is folded (RFC 5545 3.1)."""


def render_ics(naam: str, titel: str, regels: Iterable[Planregel]) -> bytes:
    """The calendar of a procedure; every event has its reason and source in the description."""
    inhoud = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//inkoop//planning//NL",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escape(titel)}",
    ]
    for regel in regels:
        inhoud += _list_event(naam, regel)
    inhoud.append("END:VCALENDAR")
    return b"".join(deel + b"\r\n" for lijn in inhoud for deel in _fold(lijn))


def _list_event(naam: str, regel: Planregel) -> list[str]:
    """One all-day event; its id follows from what it says, so that a second import replaces the first."""
    sleutel = f"{naam}|{regel.dag.isoformat()}|{regel.wat}"
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(sleutel.encode()).hexdigest()[:32]}@inkoop",
        f"DTSTAMP:{regel.dag:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{regel.dag:%Y%m%d}",
        f"DTEND;VALUE=DATE:{regel.dag + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(regel.wat)}",
        f"DESCRIPTION:{_escape(f'{regel.waarom} Bron: {regel.bron}')}",
        f"CATEGORIES:{_escape(str(regel.soort))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escape(tekst: str) -> str:
    """Text of a property: backslash, semicolon, comma and newline escaped (RFC 5545 3.3.11)."""
    for teken, vervanging in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        tekst = tekst.replace(teken, vervanging)
    return tekst


def _fold(lijn: str) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, never through a character; the next ones start with a space."""
    stuk = b""
    for teken in lijn:
        octetten = teken.encode()
        if len(stuk) + len(octetten) > _BREEDTE:
            yield stuk
            stuk = b" "
        stuk += octetten
    yield stuk
