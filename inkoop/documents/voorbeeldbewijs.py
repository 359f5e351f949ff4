"""Small PDF files that stand in for evidence in examples and demos.

Each one says in large letters that it is an example, shows what a beoordelaar must be able to read
(norm, validity, entity, ...), and has the same bytes for the same input, so that its hash can stand
in a dossier.

Bron: project default (the seeds name evidence, never examples of it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from fpdf import FPDF, XPos, YPos
from fpdf.enums import MethodReturnValue

MERKTEKEN = "VOORBEELD - geen echt document"
_MARGE = 22.0
_LABELBREEDTE = 52.0
_REGELHOOGTE = 6.5
_TEKENS_VERVANGEN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "€": "EUR", "…": "..."})


def make_bewijspdf(titel: str, regels: Sequence[tuple[str, str]], *, afzender: str, datum: date) -> bytes:
    """Make a PDF with a title, labelled lines, the sender and the day on which it was drawn up.

    `regels` are (label, value) pairs, printed in the order given; a value may hold several lines.
    The text can be extracted again. Letters outside the standard PDF fonts are printed without their
    marks ("ş" as "s"); ValueError when nothing of a text can be printed, or when there is no text.
    """
    return _make_once(titel, tuple(regels), afzender, datum)


@lru_cache(maxsize=256)
def _make_once(titel: str, regels: tuple[tuple[str, str], ...], afzender: str, datum: date) -> bytes:
    """One file for the same input: the variants of a case share most of their evidence."""
    if not titel.strip() or not afzender.strip():
        raise ValueError("an example document needs a title and a sender")
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime.combine(datum, time(12), tzinfo=UTC))
    pdf.set_title(_to_latin(titel))
    pdf.set_author(_to_latin(afzender))
    pdf.set_subject(MERKTEKEN)
    pdf.set_lang("nl-NL")
    pdf.set_margins(_MARGE, _MARGE, _MARGE)
    pdf.set_auto_page_break(auto=True, margin=_MARGE)
    pdf.add_page()
    _print_merkteken(pdf)

    pdf.set_font("Helvetica", size=10)
    pdf.multi_cell(0, _REGELHOOGTE, _to_latin(afzender), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(_REGELHOOGTE)
    pdf.set_font("Helvetica", style="B", size=18)
    pdf.multi_cell(0, 9, _to_latin(titel), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(_REGELHOOGTE)
    for label, waarde in (*regels, ("Datum document", f"{datum:%d-%m-%Y}")):
        _print_regel(pdf, _to_latin(label), _to_latin(waarde))
    return bytes(pdf.output())


def _print_merkteken(pdf: FPDF) -> None:
    """Frame the mark, so that nobody takes an example for the real thing, on paper or on screen."""
    pdf.set_font("Helvetica", style="B", size=12)
    pdf.set_draw_color(170, 30, 30)
    pdf.set_text_color(170, 30, 30)
    pdf.cell(0, 10, MERKTEKEN, border=1, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_text_color(0, 0, 0)
    pdf.ln(_REGELHOOGTE)


def _print_regel(pdf: FPDF, label: str, waarde: str) -> None:
    """Print a label in bold with its value beside it; both may wrap, and stay on one page together."""
    pdf.set_font("Helvetica", style="B", size=11)
    hoogte_label = _measure(pdf, _LABELBREEDTE, label)
    pdf.set_font("Helvetica", size=11)
    hoogte = max(hoogte_label, _measure(pdf, pdf.epw - _LABELBREEDTE, waarde))
    if pdf.will_page_break(hoogte) and hoogte < pdf.eph:
        pdf.add_page()
    boven = pdf.get_y()
    pagina = pdf.page
    pdf.set_font("Helvetica", style="B", size=11)
    pdf.multi_cell(_LABELBREEDTE, _REGELHOOGTE, label, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, _REGELHOOGTE, waarde, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if pdf.page == pagina:
        pdf.set_y(max(pdf.get_y(), boven + hoogte))


def _measure(pdf: FPDF, breedte: float, tekst: str) -> float:
    """The height that a text takes in a column, in the font that is set."""
    hoogte = pdf.multi_cell(breedte, _REGELHOOGTE, tekst, align="L", dry_run=True, output=MethodReturnValue.HEIGHT)
    return float(str(hoogte))


def _to_latin(tekst: str) -> str:
    """The text in the letters of the standard PDF fonts."""
    leesbaar = unicodedata.normalize("NFC", tekst).translate(_TEKENS_VERVANGEN)
    gedrukt = "".join(
        teken if teken.isascii() or _is_latin(teken) else unicodedata.normalize("NFKD", teken) for teken in leesbaar
    )
    gedrukt = gedrukt.encode("latin-1", errors="ignore").decode("latin-1")
    if tekst.strip() and not gedrukt.strip():
        raise ValueError(f"these letters cannot be printed in an example document: {tekst!r}")
    return gedrukt


def _is_latin(teken: str) -> bool:
    """Whether the standard fonts have this character."""
    return teken.isprintable() and teken.encode("latin-1", errors="ignore") != b""
