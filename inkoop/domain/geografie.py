"""The area in which the agreements apply: dated, because gemeenten are merged and split.

Bron: M20-02 (Helvoirt belongs to Vught from 1-1-2021).
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Geografie


class Gebiedswijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What joins and what leaves the area between two days."""

    was: tuple[Gebied, ...]
    wordt: tuple[Gebied, ...]
    erbij: tuple[Gebied, ...]
    eraf: tuple[Gebied, ...]


def gebied_op(geografie: Geografie, dag: date) -> tuple[Gebied, ...]:
    """The gemeenten and places that belong to the area on a day (both days of each period inclusive).

    Bron: M20-02.
    """
    return tuple(
        gebied
        for gebied in geografie.gebieden
        if (gebied.van is None or gebied.van <= dag) and (gebied.tot is None or dag <= gebied.tot)
    )


def diff_gebied(geografie: Geografie, was: date, wordt: date) -> Gebiedswijziging:
    """What changes in the area from one day to another, for an addendum (C.21 "was/wordt")."""
    eerst, daarna = gebied_op(geografie, was), gebied_op(geografie, wordt)
    return Gebiedswijziging(
        was=eerst,
        wordt=daarna,
        erbij=tuple(gebied for gebied in daarna if gebied not in eerst),
        eraf=tuple(gebied for gebied in eerst if gebied not in daarna),
    )


def describe_gebied(gebied: Gebied) -> str:
    """An area as people name it: `Vught`, or `Helvoirt (gemeente Vught)`."""
    if gebied.plaats and gebied.gemeente:
        return f"{gebied.plaats} (gemeente {gebied.gemeente})"
    return gebied.plaats or gebied.gemeente or ""


def check_gebied(gebied: Gebied) -> list[Beletsel]:
    """Why an area cannot be right: it names nothing, or ends before it begins."""
    beletselen = []
    if not (gebied.gemeente or gebied.plaats):
        beletselen.append(Beletsel("gebied-naam", "Een gebied noemt ten minste een gemeente of een plaats."))
    if gebied.van and gebied.tot and gebied.tot < gebied.van:
        tekst = f"{describe_gebied(gebied)} eindigt op {format_dag(gebied.tot)}, vóór het begin."
        beletselen.append(Beletsel("gebied-periode", tekst))
    return beletselen
