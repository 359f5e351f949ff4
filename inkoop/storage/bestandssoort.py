"""The kinds of evidence files: how each is recognised, what makes one unusable, which text is in it.

One entry per kind in BESTANDSSOORTEN; a new kind is a new entry. A file is what its bytes are: the
name must agree with them, and never the other way round.

Bron: ontwerp 8 (sniffed, never executed); metingen, uploads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from inkoop.storage.keuring_afbeelding import check_jpg, check_png
from inkoop.storage.keuring_kantoor import (
    KANTOORSOORTEN,
    check_kantoorbestand,
    is_kantoorbestand,
    read_kantoortekst,
)
from inkoop.storage.keuring_pdf import check_pdf, read_pdftekst


class Bestandssoort(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of file. `recognise` looks at the bytes alone; `check` gives every reason to refuse.

    Each reads a file that stands at its first byte; `read_tekst` gives the text in pieces that follow on each other.
    """

    naam: str
    extensies: tuple[str, ...]
    mediatype: str
    recognise: Callable[[BinaryIO], bool]
    check: Callable[[BinaryIO], list[str]]
    read_tekst: Callable[[BinaryIO], Iterator[str]]


def _no_tekst(_stroom: BinaryIO) -> Iterator[str]:
    """An image has no text that can be read without looking at it."""
    return iter(())


def _begin(*merken: bytes) -> Callable[[BinaryIO], bool]:
    """A kind that is known by how it begins."""
    return lambda stroom: stroom.read(16).startswith(merken)


def _kantoor(extensie: str) -> Bestandssoort:
    soort = KANTOORSOORTEN[extensie]
    return Bestandssoort(
        naam=soort.naam,
        extensies=(extensie,),
        mediatype=soort.mediatype,
        recognise=lambda stroom: is_kantoorbestand(stroom, soort),
        check=lambda stroom: check_kantoorbestand(stroom, soort),
        read_tekst=read_kantoortekst,
    )


BESTANDSSOORTEN: tuple[Bestandssoort, ...] = (
    Bestandssoort(
        naam="PDF-document",
        extensies=("pdf",),
        mediatype="application/pdf",
        # The standard allows white space and a byte order mark before the header; writers use it.
        recognise=lambda stroom: stroom.read(64).lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"),
        check=check_pdf,
        read_tekst=read_pdftekst,
    ),
    _kantoor("docx"),
    _kantoor("xlsx"),
    Bestandssoort(
        naam="PNG-afbeelding",
        extensies=("png",),
        mediatype="image/png",
        recognise=_begin(b"\x89PNG\r\n\x1a\n"),
        check=check_png,
        read_tekst=_no_tekst,
    ),
    Bestandssoort(
        naam="JPEG-afbeelding",
        extensies=("jpg", "jpeg"),
        mediatype="image/jpeg",
        recognise=_begin(b"\xff\xd8\xff"),
        check=check_jpg,
        read_tekst=_no_tekst,
    ),
)
