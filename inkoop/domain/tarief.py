"""Tariffs: which table is in force on a day, the amount of a product, and what a new table changes.

A table is published data. Nothing here sets a tariff: an index only yields a proposal, which a
college adopts (M20-21, B.5).

Bron: M20-21, M20-26, B.5.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from inkoop.domain.fouten import Beletsel, InkoopError
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Proceduredefinitie, Tarief, Tarieftabel

_CENT = Decimal("0.01")
_HONDERD = Decimal(100)


class TariefOntbreektError(InkoopError):
    """There is no tariff table for a day, or no amount for a product."""


class Tariefwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """The amount of one product in two tables; None = the product is not in that table."""

    product: str
    was: Decimal | None
    wordt: Decimal | None


def tarieftabel_op(definitie: Proceduredefinitie, dag: date) -> Tarieftabel:
    """The table that is in force on a day: the last one that has begun.

    Raises TariefOntbreektError for a day before the first table.

    Bron: M20-21.
    """
    begonnen = [tabel for tabel in definitie.tarieftabellen if tabel.ingang <= dag]
    if not begonnen:
        raise TariefOntbreektError(
            f"Procedure {definitie.naam} heeft geen tarieftabel die geldt op {format_dag(dag)}. "
            "Voeg een tabel toe met een eerdere ingang."
        )
    return max(begonnen, key=lambda tabel: tabel.ingang)


def find_tarief(tabel: Tarieftabel, product: str) -> Tarief:
    """The tariff of a product in a table; raises TariefOntbreektError when it is not there."""
    for tarief in tabel.tarieven:
        if tarief.product == product:
            return tarief
    raise TariefOntbreektError(f"Tarieftabel {tabel.versie} heeft geen tarief voor product {product}.")


def diff_tarieven(was: Tarieftabel, wordt: Tarieftabel) -> tuple[Tariefwijziging, ...]:
    """Each product whose amount differs between two tables, for an addendum (C.21 "was/wordt")."""
    eerst = {tarief.product: tarief.bedrag for tarief in was.tarieven}
    daarna = {tarief.product: tarief.bedrag for tarief in wordt.tarieven}
    return tuple(
        Tariefwijziging(product=product, was=eerst.get(product), wordt=daarna.get(product))
        for product in dict.fromkeys((*eerst, *daarna))
        if eerst.get(product) != daarna.get(product)
    )


def apply_index(tabel: Tarieftabel, percentage: Decimal) -> tuple[Tarief, ...]:
    """Each tariff raised by a percentage and rounded to whole cents, half up (project default).

    A proposal for the next table; a college adopts it.

    Bron: B.5 (indexation); rounding is a project default.
    """
    factor = 1 + percentage / _HONDERD
    return tuple(
        Tarief(product=tarief.product, bedrag=(tarief.bedrag * factor).quantize(_CENT, rounding=ROUND_HALF_UP))
        for tarief in tabel.tarieven
    )


def check_tarieftabel(tabel: Tarieftabel, producten: Collection[str]) -> list[Beletsel]:
    """Why a table cannot be used: a product without a tariff, twice, unknown, or an impossible amount.

    Bron: M20-21 (one amount for every product, uniform for all providers).
    """
    aanwezig = [tarief.product for tarief in tabel.tarieven]
    beletselen = [
        Beletsel("tarief-ontbreekt", f"Tarieftabel {tabel.versie} mist een tarief voor product {product}.")
        for product in producten
        if product not in aanwezig
    ]
    for product in dict.fromkeys(aanwezig):
        if product not in producten:
            tekst = f"Tarieftabel {tabel.versie} noemt product {product}, dat in geen perceel staat."
            beletselen.append(Beletsel("tarief-onbekend-product", tekst))
        if aanwezig.count(product) > 1:
            tekst = f"Tarieftabel {tabel.versie} noemt product {product} meer dan één keer."
            beletselen.append(Beletsel("tarief-dubbel", tekst))
    for tarief in tabel.tarieven:
        if tarief.bedrag <= 0 or tarief.bedrag != tarief.bedrag.quantize(_CENT):
            tekst = f"Het tarief van {tarief.product} ({tarief.bedrag}) is geen bedrag boven nul in hele centen."
            beletselen.append(Beletsel("tarief-bedrag", tekst))
    return beletselen
