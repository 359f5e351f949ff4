"""What is bought, by how it is paid: percelen in series, the matrix, optional cells, segments, lumpsums.

Bron: A.2.3 (matrix), A.3 (areas), A.4 (segments with shares), BP-07, BP-11, BP-16; W21-BG-01, H19-20.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec


class Bekostiging(StrEnum):
    """How a product is paid (M20-20, H19-30, W21-BG-02, W21-DB-01, J21-xx-03)."""

    MAANDBEDRAG = "maandbedrag"
    RESULTAATTARIEF = "resultaattarief"
    ARRANGEMENT = "arrangement"
    PXQ = "pxq"
    LUMPSUM = "lumpsum"


class Tariefeenheid(StrEnum):
    """For what an amount is paid; `periode` is the whole agreed period of a result (H19-30)."""

    MINUUT = "minuut"
    UUR = "uur"
    DAGDEEL = "dagdeel"
    DAG = "dag"
    ETMAAL = "etmaal"
    WEEK = "week"
    MAAND = "maand"
    JAAR = "jaar"
    STUK = "stuk"
    TRAJECT = "traject"
    PERIODE = "periode"


class Schaal(StrEnum):
    """Where a perceel applies (BP-07)."""

    LOKAAL = "lokaal"
    GEBIED = "gebied"
    REGIO = "regio"


class Trede(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the matrix: how far the client is from the result (A.2.3)."""

    code: str
    naam: str


class Optioneel(msgspec.Struct, frozen=True, kw_only=True):
    """Cells that only some gemeenten buy: all tredes of the product, or those named (BP-16, H19-20)."""

    gemeenten: tuple[str, ...]
    bron: str
    tredes: tuple[str, ...] = ()


class Lumpsum(msgspec.Struct, frozen=True, kw_only=True):
    """One amount for all support in a perceel, per `eenheid`; no amount per client (W21-BG-02)."""

    perceel: str
    bedrag: Decimal
    eenheid: str


class Toeslag(msgspec.Struct, frozen=True, kw_only=True):
    """An amount on top of, or beside, that of the named products: an etmaal of respite, transport (H19-13, H19-16)."""

    code: str
    naam: str
    producten: tuple[str, ...]
    bedrag: Decimal
    eenheid: str
    bron: str


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the market with its share (percent) of clients and costs (J21-xx-01).

    `procedure` is the name of the procedure that buys it.
    """

    code: str
    naam: str
    aandeel_clienten: Decimal
    aandeel_kosten: Decimal
    bron: str
    procedure: str | None = None


class Cijfersoort(StrEnum):
    """What a market figure counts; spent money and granted volume are never mixed (BP-11)."""

    CLIENTEN = "clienten"
    AANBIEDERS = "aanbieders"
    UITGAVEN = "uitgaven"
    BUDGET = "budget"


class Marktcijfer(msgspec.Struct, frozen=True, kw_only=True):
    """One figure about the market, as the source names it; money in whole euros."""

    onderwerp: str
    jaar: int
    soort: Cijfersoort
    waarde: Decimal
    bron: str
