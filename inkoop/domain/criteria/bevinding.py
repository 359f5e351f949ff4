"""What a toets yields: findings with their grounds, and the receipt that can be replayed.

Bron: ontwerp 2.3 and 4.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.criterium import Herstelbaarheid, Moment, Peilmoment
from inkoop.domain.criteria.uitkomst import Uitkomst


class Herstelverloop(StrEnum):
    """Whether repair is still open; closed turns what is still herstelbaar into voldoet_niet."""

    OPEN = "open"
    GESLOTEN = "gesloten"


class Feitenbasis(StrEnum):
    """On which facts is tested: on established ones only (for a besluit), or as if all were true."""

    VASTGESTELD = "vastgesteld"
    ALS_OPGEGEVEN = "als_opgegeven"


class Herstelpunt(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing to ask for in a herstelverzoek.

    `uiterste_bewijsdatum`: the evidence must date from then at the latest.
    """

    gevraagd: str
    herstelbaarheid: Herstelbaarheid
    uiterste_bewijsdatum: date | None


class Voorwaarde(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What must still be shown, and true on which day, before an admission is unconditional."""

    tekst: str
    geldig_op: date


class Bevinding(msgspec.Struct, frozen=True, gc=False):
    """The outcome of one criterion for one perceel/product x member, with everything it rests on.

    `grond` is a stable slug (`gelijkwaardig`, `geen-certificaat`, ...); `toelichting` Dutch sentences
    that state facts and never more than the evidence shows. `bewijs` are evidence ids, sorted.
    `delen` is the explanation tree (parts of combinators, products of a perceel).
    """

    criterium: str
    perceel: str | None
    product: str | None
    lid: str | None
    uitkomst: Uitkomst
    grond: str
    toelichting: str
    peildatums: dict[Peilmoment, date]
    bewijs: tuple[str, ...]
    bron: str
    houdbaar_tot: date | None = None
    herstelpunten: tuple[Herstelpunt, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    delen: tuple[Bevinding, ...] = ()


class Eenheiduitkomst(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The outcome for one unit of decision: a perceel, or a product of it (lowest over its criteria)."""

    perceel: str
    product: str | None
    uitkomst: Uitkomst


class Toetsresultaat(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt of a toets: what went in (by hash), what came out; the same input gives the same bytes."""

    motor: str
    criteriaset: str
    editie: str
    editie_hash: str
    dossier_hash: str
    moment: Moment
    herstelverloop: Herstelverloop
    feitenbasis: Feitenbasis
    peildatums: dict[Peilmoment, date]
    bevindingen: tuple[Bevinding, ...]
    eenheden: tuple[Eenheiduitkomst, ...]


def encode_resultaat(resultaat: Toetsresultaat) -> bytes:
    """The canonical bytes of a receipt (JSON, deterministic order)."""
    return msgspec.json.encode(resultaat, order="deterministic")
