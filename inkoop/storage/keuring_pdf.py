"""Whether a PDF can be opened and read by anybody, and the text in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

MAX_PAGINAS = 2000
MAX_TEKST = 5_000_000
"""How many characters are searched for a BSN; beyond it is no longer one person's certificate."""

# Its remarks quote the document, and personal data never reaches a log (ontwerp 8).
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


_ZWAAR = 64 * 1024
"""An image in a PDF that weighs more is not read for the text, bytes: it has none."""


def check_pdf(stroom: BinaryIO) -> list[str]:
    """Reasons to refuse: a password, damage beyond repair, no pages, far too many.

    A PDF that only restricts printing or copying opens without a password and is accepted: many
    certificates are sent that way.
    """
    try:
        with _open(stroom) as pdf:
            aantal = len(pdf.pages)
            for pagina in pdf.pages:
                _ = pagina.mediabox
    except pikepdf.PasswordError:
        return ["de PDF is met een wachtwoord beveiligd; stuur haar zonder wachtwoord"]
    except _PIKEFOUTEN:
        return ["de PDF is beschadigd en kan niet worden geopend; maak haar opnieuw"]
    if aantal == 0:
        return ["de PDF heeft geen bladzijden"]
    if aantal > MAX_PAGINAS:
        return [f"de PDF heeft meer dan {MAX_PAGINAS} bladzijden; stuur alleen wat is gevraagd"]
    return []


_PIKEFOUTEN = (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError)


def _open(stroom: BinaryIO) -> pikepdf.Pdf:
    # Not mapped in memory: what is read of a large file would then count as ours.
    return pikepdf.open(stroom, suppress_warnings=True, access_mode=pikepdf.AccessMode.stream)


def read_pdftekst(stroom: BinaryIO) -> Iterator[str]:
    """The text of a PDF as far as it can be read, in pieces; a scan has none. Never an error."""
    for nummer, pagina in enumerate(_list_paginas(stroom)):
        yield f"\n{pagina}" if nummer else pagina


def read_paginas(stroom: BinaryIO) -> tuple[str, ...]:
    """The text of a PDF page by page, as far as it can be read; a scanned page is empty. Never an error."""
    return tuple(_list_paginas(stroom))


def _list_paginas(stroom: BinaryIO) -> Iterator[str]:
    lengte = 0
    try:
        beelden = _list_beelden(stroom)
        stroom.seek(0)
        lezer = pypdf.PdfReader(stroom, strict=False)
        if lezer.is_encrypted:
            lezer.decrypt("")
        for pagina in lezer.pages:
            for nummer, generatie in beelden:
                lezer.resolved_objects[(generatie, nummer)] = DictionaryObject(
                    {NameObject("/Subtype"): NameObject("/Image")}
                )
            tekst = pagina.extract_text()
            yield tekst
            lengte += len(tekst)
            if lengte > MAX_TEKST:
                break
            if beelden:
                # It keeps all that it ever read; a large file does not fit beside itself.
                lezer.resolved_objects.clear()
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


def _list_beelden(stroom: BinaryIO) -> list[tuple[int, int]]:
    """The heavy images of a PDF, by number and generation; what is also written as text on a page is none.

    pypdf reads a whole image only to see that it is one.
    """
    try:
        with _open(stroom) as pdf:
            inhoud = {deel.objgen for pagina in pdf.pages for deel in _list_inhoud(pagina)}
            return [
                een.objgen
                for een in pdf.objects
                if isinstance(een, pikepdf.Stream)
                and een.get("/Subtype") == "/Image"
                and int(een.get("/Length", 0)) > _ZWAAR
                and een.objgen not in inhoud
            ]
    except _PIKEFOUTEN:
        return []


def _list_inhoud(pagina: pikepdf.Page) -> list[pikepdf.Object]:
    inhoud = pagina.obj.get("/Contents")
    if inhoud is None:
        return []
    return list(inhoud) if isinstance(inhoud, pikepdf.Array) else [inhoud]
