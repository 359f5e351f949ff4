"""The index of a year, by the method that the agreement names.

With the difference method the correction is the gap in percentage points between the final and the forecast
index; with the ratio method it is the quotient of their factors, less one. They differ, so the method is
explicit.

Bron: B.5 (test vector 2025: 4.957 -> 4.96 %; the ratio method gave 4.91 %).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.overeenkomstdelen import Indexmethode, Indexwijze
from inkoop.domain.procedure import Proceduredefinitie, Tarieftabel
from inkoop.domain.tarief import index_tabel

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


class Indexcijfers(msgspec.Struct, frozen=True, kw_only=True):
    """The figures for the tariffs of a year: of wages and of prices, and where they were published.

    `voorlopig` and `definitief` are of the year before, `voorlopig_volgend` is of the year itself.
    """

    jaar: int
    lonen: Indexcijfer
    prijzen: Indexcijfer
    bron: str


class Indexberekening(msgspec.Struct, frozen=True, kw_only=True):
    """An index as it was calculated: the method, the figures, the outcome, and the table that it proposes."""

    methode: Indexmethode
    cijfers: Indexcijfers
    eerste_jaar: bool
    uitkomst: Indexuitkomst
    was: str
    voorstel: Tarieftabel


def check_indexering(definitie: Proceduredefinitie, jaar: int, op: date) -> list[Beletsel]:
    """Every reason why the tariffs of this year cannot be indexed on a day; empty = they can.

    Bron: B.5 (no index change beyond the clause); M20-21 (never backwards).
    """
    beletselen = []
    if definitie.contract.indexmethode is None:
        tekst = (
            "De overeenkomst noemt geen indexmethode (contract, indexmethode); zonder die methode kan niet worden "
            "geïndexeerd."
        )
        beletselen.append(Beletsel("index-methode", tekst))
    ingang = date.fromisoformat(f"{jaar:04d}-{definitie.contract.addendumcyclus.ingang}")
    if op >= ingang:
        tekst = f"De tarieven van {jaar} gelden al sinds {format_dag(ingang)}; een index werkt niet terug."
        beletselen.append(Beletsel("index-terugwerkend", tekst))
    if not definitie.looptijd.ingang < ingang <= definitie.looptijd.max_einddatum:
        tekst = (
            f"Op {format_dag(ingang)} is er niets te indexeren: de overeenkomsten lopen van "
            f"{format_dag(definitie.looptijd.ingang)} tot en met ten hoogste "
            f"{format_dag(definitie.looptijd.max_einddatum)}, en het eerste jaar geldt de gepubliceerde tabel."
        )
        beletselen.append(Beletsel("index-looptijd", tekst))
    if any(tabel.ingang == ingang for tabel in definitie.tarieftabellen):
        tekst = f"Er is al een tarieftabel die ingaat op {format_dag(ingang)}."
        beletselen.append(Beletsel("index-tabel", tekst))
    if not any(tabel.ingang < ingang for tabel in definitie.tarieftabellen):
        beletselen.append(Beletsel("index-tabel", f"Er is geen tarieftabel van vóór {format_dag(ingang)}."))
    return beletselen


def propose_tarieven(definitie: Proceduredefinitie, cijfers: Indexcijfers, op: date) -> Indexberekening:
    """The index of a year by the method of the agreement, and the table that it proposes; a college adopts it.

    Only after `check_indexering` found nothing. Bron: B.5.
    """
    methode = definitie.contract.indexmethode
    if methode is None:
        raise ValueError("no index method; ask check_indexering first")
    ingang = date.fromisoformat(f"{cijfers.jaar:04d}-{definitie.contract.addendumcyclus.ingang}")
    eerste_jaar = definitie.looptijd.ingang.year == cijfers.jaar - 1
    uitkomst = compute_index(methode, cijfers.lonen, cijfers.prijzen, eerste_jaar=eerste_jaar)
    was = max((t for t in definitie.tarieftabellen if t.ingang < ingang), key=lambda tabel: tabel.ingang)
    return Indexberekening(
        methode=methode,
        cijfers=cijfers,
        eerste_jaar=eerste_jaar,
        uitkomst=uitkomst,
        was=was.versie,
        voorstel=index_tabel(
            was,
            uitkomst.percentage,
            versie=_name_versie(definitie, cijfers.jaar),
            ingang=ingang,
            vastgesteld_op=op,
            grondslag=(
                f"Tarieven {was.versie} verhoogd met {str(uitkomst.percentage).replace('.', ',')} procent "
                f"({methode.bron}); cijfers: {cijfers.bron}."
            ),
        ),
    )


def _name_versie(definitie: Proceduredefinitie, jaar: int) -> str:
    """The year, or with a letter when a table has that name already."""
    namen = {tabel.versie for tabel in definitie.tarieftabellen}
    return next(naam for naam in (str(jaar), *(f"{jaar}{letter}" for letter in "abcdefgh")) if naam not in namen)


def _weigh(methode: Indexmethode, lonen: Decimal, prijzen: Decimal) -> Decimal:
    return (methode.loongewicht * lonen + methode.prijsgewicht * prijzen) / _HONDERD
