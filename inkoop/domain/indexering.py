"""The index of a year, by the method that the agreement names.

With the difference method the correction is the gap in percentage points between the final and the forecast
index; with the ratio method it is the quotient of their factors, less one. They differ, so the method is
explicit.

Bron: B.5 (test vector 2025: 4.957 -> 4.96 %; the ratio method gave 4.91 %).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from inkoop.domain.overeenkomstdelen import Indexmethode, Indexwijze

_HONDERD = Decimal(100)
_HONDERDSTE = Decimal("0.01")


class Indexcijfer(msgspec.Struct, frozen=True, kw_only=True):
    """One index (wages or prices) in percent: forecast and final for this year, forecast for the next."""

    voorlopig: Decimal
    definitief: Decimal
    voorlopig_volgend: Decimal


class Indexuitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """The index for the next year with its parts, in percent; `percentage` is rounded to two decimals."""

    voorlopig_volgend: Decimal
    correctie: Decimal
    exact: Decimal
    percentage: Decimal


def compute_index(
    methode: Indexmethode, lonen: Indexcijfer, prijzen: Indexcijfer, *, eerste_jaar: bool
) -> Indexuitkomst:
    """The percentage with which tariffs go up next year; a college adopts what follows from it.

    In the first contract year nothing is corrected, unless the method says so.

    Bron: B.5 (`index(t+1) = voorlopig(t+1) + (definitief(t) - voorlopig(t))`; first year no nacalculatie).
    """
    voorlopig = _weigh(methode, lonen.voorlopig, prijzen.voorlopig)
    definitief = _weigh(methode, lonen.definitief, prijzen.definitief)
    volgend = _weigh(methode, lonen.voorlopig_volgend, prijzen.voorlopig_volgend)
    if eerste_jaar and not methode.nacalculatie_eerste_jaar:
        exact = volgend
    elif methode.wijze is Indexwijze.VERSCHIL:
        exact = volgend + definitief - voorlopig
    else:
        exact = volgend + ((_HONDERD + definitief) / (_HONDERD + voorlopig) - 1) * _HONDERD
    return Indexuitkomst(
        voorlopig_volgend=volgend,
        correctie=exact - volgend,
        exact=exact,
        percentage=exact.quantize(_HONDERDSTE, rounding=ROUND_HALF_UP),
    )


def _weigh(methode: Indexmethode, lonen: Decimal, prijzen: Decimal) -> Decimal:
    return (methode.loongewicht * lonen + methode.prijsgewicht * prijzen) / _HONDERD
