"""Which mail server mail goes out by, and how; read from the settings (inkoop/settings.py).

Bron: ontwerp 8 (secrets come from settings); project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Beveiliging(StrEnum):
    """How the connection is protected: from the first byte, after STARTTLS, or not (only on this computer)."""

    TLS = "tls"
    STARTTLS = "starttls"
    GEEN = "geen"


@dataclass(frozen=True, kw_only=True)
class Mailserver:
    """Where mail goes out and as whom. The password never shows when this is printed or logged."""

    host: str
    poort: int
    beveiliging: Beveiliging
    afzender: str
    gebruiker: str | None = None
    wachtwoord: str | None = field(default=None, repr=False)


STANDAARDPOORT: Mapping[Beveiliging, int] = {Beveiliging.STARTTLS: 587, Beveiliging.TLS: 465, Beveiliging.GEEN: 25}
"""The port that goes with each protection (RFC 8314; 25 on this computer)."""
