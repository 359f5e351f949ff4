"""Whether a PDF can be opened and read by anybody, and the text in it."""

from __future__ import annotations

import io
import logging

import pikepdf
import pypdf
from pypdf.errors import PyPdfError

MAX_PAGINAS = 2000
MAX_TEKST = 5_000_000
"""How many characters are searched for a BSN; beyond it is no longer one person's certificate."""

# Its remarks quote the document, and personal data never reaches a log (ontwerp 8).
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def check_pdf(inhoud: bytes) -> list[str]:
    """Reasons to refuse: a password, damage beyond repair, no pages, far too many.

    A PDF that only restricts printing or copying opens without a password and is accepted: many
    certificates are sent that way.
    """
    try:
        with pikepdf.open(io.BytesIO(inhoud), suppress_warnings=True) as pdf:
            aantal = len(pdf.pages)
            for pagina in pdf.pages:
                _ = pagina.mediabox
    except pikepdf.PasswordError:
        return ["de PDF is met een wachtwoord beveiligd; stuur haar zonder wachtwoord"]
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError):
        return ["de PDF is beschadigd en kan niet worden geopend; maak haar opnieuw"]
    if aantal == 0:
        return ["de PDF heeft geen bladzijden"]
    if aantal > MAX_PAGINAS:
        return [f"de PDF heeft meer dan {MAX_PAGINAS} bladzijden; stuur alleen wat is gevraagd"]
    return []


def read_pdftekst(inhoud: bytes) -> str:
    """The text of a PDF as far as it can be read; a scan has none. Never an error."""
    return "\n".join(read_paginas(inhoud))


def read_paginas(inhoud: bytes) -> tuple[str, ...]:
    """The text of a PDF page by page, as far as it can be read; a scanned page is empty. Never an error."""
    delen: list[str] = []
    lengte = 0
    try:
        lezer = pypdf.PdfReader(io.BytesIO(inhoud), strict=False)
        if lezer.is_encrypted:
            lezer.decrypt("")
        for pagina in lezer.pages:
            delen.append(pagina.extract_text())
            lengte += len(delen[-1])
            if lengte > MAX_TEKST:
                break
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
        AssertionError,
        ArithmeticError,
    ):
        # Whatever a strange PDF does to its reader: the suspicion is then based on what was read.
        pass
    return tuple(delen)
