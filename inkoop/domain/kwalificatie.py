"""Which legal kind of procedure fits: five questions, the threshold, and a jurist who confirms.

Bron: B.1.1, B.1.2, B.1.6, B.1.7; BP-12; domein 0.1.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Keuzewijze(StrEnum):
    """Who chooses the provider in the individual case (question 4)."""

    CLIENT = "client"
    GEMEENTE = "gemeente"
    RANGORDE = "rangorde"


class Toetreding(StrEnum):
    """When a provider can join (question 5)."""

    DOORLOPEND = "doorlopend"
    VASTE_MOMENTEN = "vaste_momenten"
    JAARLIJKS = "jaarlijks"
    ALLEEN_BIJ_START = "alleen_bij_start"


class Kwalificatietoets(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to the five questions, the estimate of all lots together, and the jurist's confirmation.

    `ramingen` are euros excluding VAT for the whole term with options, by perceel. `vergelijken`: are
    providers compared or scored; `begrensd`: is their number limited; `dialoog`: is there a dialogue with
    those selected; `emvi`: are final offers weighed.

    Bron: B.1.1, B.1.6.
    """

    iedereen_die_voldoet: bool
    vergelijken: bool
    begrensd: bool
    keuze_door: Keuzewijze
    toetreding: Toetreding
    ramingen: dict[str, Decimal]
    motivering: str
    dialoog: bool = False
    emvi: bool = False
    jurist: str | None = None
    bevestigd_op: date | None = None
