"""The kinds of evidence files: how each is recognised, what makes one unusable, which text is in it.

One entry per kind in BESTANDSSOORTEN; a new kind is a new entry. A file is what its bytes are: the
name must agree with them, and never the other way round.

Bron: ontwerp 8 (sniffed, never executed); metingen, uploads.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from inkoop.storage.keuring_afbeelding import check_jpg, check_png
from inkoop.storage.keuring_kantoor import KANTOORSOORTEN, Kantoorinhoud, is_kantoorbestand, open_kantoorbestand
from inkoop.storage.keuring_pdf import check_pdf, read_pdftekst


class Bestandssoort(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of file. `recognise` looks at the bytes alone; `check` gives every reason to refuse."""

    naam: str
    extensies: tuple[str, ...]
    mediatype: str
    recognise: Callable[[bytes], bool]
    check: Callable[[bytes], list[str]]
    read_tekst: Callable[[bytes], str]


def _no_tekst(_inhoud: bytes) -> str:
    """An image has no text that can be read without looking at it."""
    return ""


def _kantoor(extensie: str) -> Bestandssoort:
    soort = KANTOORSOORTEN[extensie]

    def _check(inhoud: bytes) -> list[str]:
        geopend = open_kantoorbestand(inhoud, soort)
        return [] if isinstance(geopend, Kantoorinhoud) else geopend

    def _read(inhoud: bytes) -> str:
        geopend = open_kantoorbestand(inhoud, soort)
        return geopend.tekst if isinstance(geopend, Kantoorinhoud) else ""

    return Bestandssoort(
        naam=soort.naam,
        extensies=(extensie,),
        mediatype=soort.mediatype,
        recognise=lambda inhoud: is_kantoorbestand(inhoud, soort),
        check=_check,
        read_tekst=_read,
    )


BESTANDSSOORTEN: tuple[Bestandssoort, ...] = (
    Bestandssoort(
        naam="PDF-document",
        extensies=("pdf",),
        mediatype="application/pdf",
        # The standard allows white space and a byte order mark before the header; writers use it.
        recognise=lambda inhoud: inhoud[:64].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"),
        check=check_pdf,
        read_tekst=read_pdftekst,
    ),
    _kantoor("docx"),
    _kantoor("xlsx"),
    Bestandssoort(
        naam="PNG-afbeelding",
        extensies=("png",),
        mediatype="image/png",
        recognise=lambda inhoud: inhoud.startswith(b"\x89PNG\r\n\x1a\n"),
        check=check_png,
        read_tekst=_no_tekst,
    ),
    Bestandssoort(
        naam="JPEG-afbeelding",
        extensies=("jpg", "jpeg"),
        mediatype="image/jpeg",
        recognise=lambda inhoud: inhoud.startswith(b"\xff\xd8\xff"),
        check=check_jpg,
        read_tekst=_no_tekst,
    ),
)
