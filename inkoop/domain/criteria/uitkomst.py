"""The outcomes of a criterion, in their order, and how they combine.

Bron: ontwerp 4 (project default), F.0 `uitkomsten`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Uitkomst(StrEnum):
    """What a criterion yields; ordered from worst to best, with `nvt` neutral."""

    VOLDOET_NIET = "voldoet_niet"
    HERSTELBAAR = "herstelbaar"
    TE_BEOORDELEN = "te_beoordelen"
    VOORWAARDELIJK = "voorwaardelijk"
    VOLDOET = "voldoet"
    NVT = "nvt"

    @property
    def rang(self) -> int:
        """The place in the order; `nvt` stands above all, so that it never lowers a result."""
        return _RANG[self]


_RANG = {uitkomst: rang for rang, uitkomst in enumerate(Uitkomst)}


def laagste(uitkomsten: Iterable[Uitkomst]) -> Uitkomst:
    """Combine as alle_van and as a perceel: the lowest counts; nothing but nvt is nvt."""
    return min(uitkomsten, key=_RANG.__getitem__, default=Uitkomst.NVT)


def hoogste(uitkomsten: Iterable[Uitkomst]) -> Uitkomst:
    """Combine as een_van: the highest that applies counts; nothing but nvt is nvt."""
    tellend = [uitkomst for uitkomst in uitkomsten if uitkomst is not Uitkomst.NVT]
    return max(tellend, key=_RANG.__getitem__, default=Uitkomst.NVT)
