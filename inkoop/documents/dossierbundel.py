"""One PDF and one zip of everything about an aanmelding, for a court: contents, pages, bookmarks, hashes.

What is a PDF goes in page by page, unchanged in what it shows; any other file gets a page that says where it
is in the zip. The same pieces give the same bytes.

Bron: domein B.2.2; FE-10 (exportable); project default for the form.
"""

from __future__ import annotations

import hashlib
import io
import logging
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from fpdf import FPDF, XPos, YPos
from fpdf.enums import WrapMode
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

LETTERTYPEN = Path(__file__).parent / "lettertypen"
_MARGE, _HOOGTE = 20.0, 5.0
_MOMENT = (2000, 1, 1, 0, 0, 0)

logging.getLogger("fontTools").setLevel(logging.WARNING)


class Dossierdeel(msgspec.Struct, frozen=True, kw_only=True):
    """One piece: a file with its own bytes, or lines of text that become pages (and a .txt in the zip).

    `groep` is its chapter, `bestand` its path in the zip.
    """

    groep: str
    titel: str
    bestand: str
    inhoud: bytes = b""
    regels: tuple[str, ...] = ()

    @property
    def als_bytes(self) -> bytes:
        """What stands in the zip."""
        return self.inhoud or ("\n".join(self.regels) + "\n").encode()

    @property
    def sha256(self) -> str:
        """The hash of what stands in the zip."""
        return hashlib.sha256(self.als_bytes).hexdigest()


class Bundel(msgspec.Struct, frozen=True, kw_only=True):
    """The two files."""

    pdf: bytes
    zip: bytes
    aantal_paginas: int


def make_bundel(titel: str, kop: Sequence[str], delen: Sequence[Dossierdeel], *, op: datetime) -> Bundel:
    """Bind the pieces in the order given; `kop` are the lines under the title on the first page."""
    bladen = [_list_bladen(deel, op) for deel in delen]
    # The contents take pages themselves, so they are counted first and then numbered.
    inhoudsbladen = len(PdfReader(io.BytesIO(_print_inhoud(titel, kop, delen, [1] * len(delen), op))).pages)
    begin, volgende = [], inhoudsbladen + 1
    for blad in bladen:
        begin.append(volgende)
        volgende += len(blad.pages)
    schrijver = PdfWriter()
    schrijver.append(PdfReader(io.BytesIO(_print_inhoud(titel, kop, delen, begin, op))), import_outline=False)
    groepen: dict[str, Any] = {}
    for deel, blad, pagina in zip(delen, bladen, begin, strict=True):
        schrijver.append(blad, import_outline=False)
        if deel.groep not in groepen:
            groepen[deel.groep] = schrijver.add_outline_item(title=deel.groep, page_number=pagina - 1)
        schrijver.add_outline_item(title=deel.titel, page_number=pagina - 1, parent=groepen[deel.groep])
    schrijver.add_metadata({"/Title": titel, "/Producer": "inkoop", "/CreationDate": f"D:{op:%Y%m%d%H%M%S}Z"})
    stroom = io.BytesIO()
    schrijver.write(stroom)
    pdf = stroom.getvalue()
    return Bundel(pdf=pdf, zip=_make_zip(pdf, delen), aantal_paginas=volgende - 1)


def _list_bladen(deel: Dossierdeel, op: datetime) -> PdfReader:
    """The pages of one piece; a file that cannot be shown gets a page that says so."""
    if deel.regels:
        return PdfReader(io.BytesIO(_print_tekst(deel.titel, deel.regels, op)))
    if deel.inhoud.startswith(b"%PDF"):
        try:
            lezer = PdfReader(io.BytesIO(deel.inhoud), strict=False)
            if not lezer.is_encrypted and len(lezer.pages):
                return lezer
        except (PyPdfError, ValueError, KeyError, OSError, RecursionError):
            pass
    regels = (f"Dit bestand staat in de zip als {deel.bestand}.", f"Controlegetal (sha256): {deel.sha256}")
    return PdfReader(io.BytesIO(_print_tekst(deel.titel, regels, op)))


def _begin(op: datetime) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_creation_date(op.astimezone(UTC))
    pdf.set_lang("nl-NL")
    pdf.set_margins(_MARGE, _MARGE, _MARGE)
    pdf.set_auto_page_break(auto=True, margin=_MARGE)
    pdf.add_font("tekst", fname=str(LETTERTYPEN / "NotoSans-Regular.ttf"))
    pdf.add_font("tekst", style="B", fname=str(LETTERTYPEN / "NotoSans-Bold.ttf"))
    pdf.add_page()
    return pdf


def _print_regel(pdf: FPDF, tekst: str, *, vet: bool = False, grootte: float = 9) -> None:
    pdf.set_font("tekst", style="B" if vet else "", size=grootte)
    hoogte = _HOOGTE * grootte / 9
    pdf.multi_cell(0, hoogte, tekst or " ", align="L", wrapmode=WrapMode.CHAR, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _print_tekst(titel: str, regels: Iterable[str], op: datetime) -> bytes:
    pdf = _begin(op)
    _print_regel(pdf, titel, vet=True, grootte=14)
    pdf.ln(_HOOGTE)
    for regel in regels:
        _print_regel(pdf, regel.removeprefix("# "), vet=regel.startswith("# "))
    return bytes(pdf.output())


def _print_inhoud(
    titel: str, kop: Sequence[str], delen: Sequence[Dossierdeel], begin: Sequence[int], op: datetime
) -> bytes:
    """Title, what it is, and every piece with its page and hash."""
    pdf = _begin(op)
    _print_regel(pdf, titel, vet=True, grootte=16)
    pdf.ln(_HOOGTE)
    for regel in kop:
        _print_regel(pdf, regel)
    groep = ""
    for nummer, (deel, pagina) in enumerate(zip(delen, begin, strict=True), start=1):
        if deel.groep != groep:
            groep = deel.groep
            pdf.ln(_HOOGTE)
            _print_regel(pdf, groep, vet=True, grootte=11)
        # A number of four figures takes the same lines as one of one, so counting pages beforehand is right.
        _print_regel(pdf, f"{nummer:>3}. {deel.titel} (bladzijde {pagina:0>4})")
        _print_regel(pdf, f"      {deel.bestand}  sha256 {deel.sha256}", grootte=7)
    return bytes(pdf.output())


def _make_zip(pdf: bytes, delen: Sequence[Dossierdeel]) -> bytes:
    """The pieces, the bound PDF, and a list of hashes that `sha256sum -c` reads."""
    bestanden = {deel.bestand: deel.als_bytes for deel in delen}
    bestanden["dossier.pdf"] = pdf
    hashes = "".join(f"{hashlib.sha256(inhoud).hexdigest()}  {naam}\n" for naam, inhoud in sorted(bestanden.items()))
    bestanden["SHA256SUMS"] = hashes.encode()
    stroom = io.BytesIO()
    with zipfile.ZipFile(stroom, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in sorted(bestanden.items()):
            ingang = zipfile.ZipInfo(naam, _MOMENT)
            ingang.compress_type = zipfile.ZIP_DEFLATED
            ingang.external_attr = 0o644 << 16
            archief.writestr(ingang, inhoud)
    return stroom.getvalue()
