"""Sending letters: how, and what proves it.

The term for legal remedy runs from the day of sending, so that day must be provable (B.2.4).

Bron: B.2.3-B.2.5; C.31 (verzenddatum).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag, local_date


class Verzendwijze(StrEnum):
    """How a letter goes out."""

    PLATFORM = "platform"
    AANGETEKEND = "aangetekend"
    EMAIL = "e-mail"
    UITREIKING = "uitreiking"


def check_bewijs(
    *, verzonden_op: datetime, referentie: str, bezorgd_op: datetime | None, nu: datetime
) -> list[Beletsel]:
    """Why this cannot prove that a letter went out when the record says so; empty = it can."""
    beletselen = []
    if not referentie.strip():
        beletselen.append(Beletsel("referentie", "Noem het nummer waaronder het platform of de bezorger dit kent."))
    if bezorgd_op is not None and bezorgd_op > nu:
        beletselen.append(Beletsel("toekomst", "Het tijdstip van bezorging ligt in de toekomst."))
    if bezorgd_op is not None and local_date(bezorgd_op) < local_date(verzonden_op):
        tekst = f"De brief is verzonden op {format_dag(local_date(verzonden_op))}; bezorging kan niet eerder zijn."
        beletselen.append(Beletsel("bezorging", tekst))
    return beletselen


def check_zelfde_dag(dagen: set[date]) -> list[Beletsel]:
    """Letters of one besluit go out on one day, so that everybody's term ends on the same day."""
    if len(dagen) <= 1:
        return []
    tekst = f"De brieven dragen verschillende data: {', '.join(format_dag(dag) for dag in sorted(dagen))}."
    return [Beletsel("zelfde-dag", tekst)]
