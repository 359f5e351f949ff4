"""Word and Excel files: a zip of XML parts, opened with limits and without trusting its own figures.

Refused: old Office files and encrypted ones (both another container), macros, parts that unpack to
far more than they weigh, a DOCTYPE (through which XML reads other files), damage.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

import msgspec

from inkoop.storage.bestandsbron import list_blokken

MAX_DELEN = 5000
MAX_UITGEPAKT = 200 * 1024 * 1024
MAX_VERHOUDING = 200
"""Unpacked bytes per packed byte over the whole file; plain XML reaches about 40 (project default)."""
_VERHOUDING_VANAF = 10 * 1024 * 1024

_KAPOT = "het Office-bestand is beschadigd; sla het opnieuw op"
_BOM = "het Office-bestand pakt uit tot een onredelijke grootte; stuur een PDF"
_MACRO = "het Office-bestand bevat macro's; sla het op zonder macro's of stuur een PDF"
_DOCTYPE = "het Office-bestand bevat een DOCTYPE, en dat mag niet; sla het opnieuw op of stuur een PDF"
_SLOT = "het Office-bestand is met een wachtwoord beveiligd; stuur het zonder wachtwoord"

_XML = (".xml", ".rels")
_DOCTYPES = tuple("<!DOCTYPE".encode(codering) for codering in ("utf-8", "utf-16-le", "utf-16-be"))


class Kantoorsoort(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of Office file by its main part, which must be there under exactly this content type."""

    naam: str
    mediatype: str
    hoofddeel: str
    hoofdtype: str


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KANTOORSOORTEN = {
    "docx": Kantoorsoort(
        naam="Word-document", mediatype=_WORD, hoofddeel="word/document.xml", hoofdtype=f"{_WORD}.main+xml"
    ),
    "xlsx": Kantoorsoort(
        naam="Excel-bestand", mediatype=_EXCEL, hoofddeel="xl/workbook.xml", hoofdtype=f"{_EXCEL}.main+xml"
    ),
}


def is_kantoorbestand(stroom: BinaryIO, soort: Kantoorsoort) -> bool:
    """Whether this is a zip with the main part of this kind."""
    try:
        begint = stroom.read(4) == b"PK\x03\x04"
        with zipfile.ZipFile(stroom) as pakket:
            return begint and soort.hoofddeel in pakket.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def check_kantoorbestand(stroom: BinaryIO, soort: Kantoorsoort) -> list[str]:
    """Every reason to refuse the file.

    Every part is read to its end, which checks it. No part gives more than the size it states (zipfile stops there
    and finds the checksum wrong), so what _check_opzet counted is all that comes out.
    """
    gewicht = stroom.seek(0, io.SEEK_END)
    doctype, typen = False, bytearray()
    try:
        with zipfile.ZipFile(stroom) as pakket:
            if redenen := _check_opzet(pakket, gewicht):
                return redenen
            for deel in pakket.infolist():
                xml, vorige = deel.filename.lower().endswith(_XML), b""
                for blok in _list_blokken(pakket, deel):
                    if xml and not doctype:
                        doctype = _holds_doctype(vorige + blok)
                        vorige = (vorige + blok)[-_RAND:]
                    if deel.filename == _TYPEN:
                        typen += blok
    except _KAPOTTEN:
        return [_KAPOT]
    redenen = [_DOCTYPE] if doctype else []
    soorten = typen.decode("utf-8", errors="replace")
    if "macroenabled" in soorten.lower() or "vbaproject" in soorten.lower():
        redenen.append(_MACRO)
    elif soort.hoofdtype not in soorten:
        redenen.append(_KAPOT)
    return redenen


def read_kantoortekst(stroom: BinaryIO) -> Iterator[str]:
    """The text of a file that was checked, in pieces, without markup."""
    try:
        with zipfile.ZipFile(stroom) as pakket:
            delen = {deel.filename: deel for deel in pakket.infolist()}
            eerste = True
            for naam, deel in sorted(delen.items()):
                if not naam.lower().endswith(".xml") or naam.startswith(("[", "_rels/", "docProps/")):
                    continue
                if not eerste:
                    yield "\n"
                eerste = False
                yield from _strip(_list_blokken(pakket, deel))
    except _KAPOTTEN:
        return


_TYPEN = "[Content_Types].xml"
_RAND = 32
"""More bytes than a DOCTYPE declaration begins with, in any encoding."""
_KAPOTTEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


def _holds_doctype(blok: bytes) -> bool:
    groot = blok.upper()
    return any(doctype in groot for doctype in _DOCTYPES)


def _check_opzet(pakket: zipfile.ZipFile, gewicht: int) -> list[str]:
    """What the table of contents alone already tells."""
    delen = pakket.infolist()
    redenen = []
    if any(deel.flag_bits & 0x1 for deel in delen):
        redenen.append(_SLOT)
    if any("vbaproject" in deel.filename.lower() for deel in delen):
        redenen.append(_MACRO)
    namen = [deel.filename for deel in delen]
    if len(set(namen)) != len(namen) or any(".." in naam.split("/") or naam.startswith("/") for naam in namen):
        redenen.append(_KAPOT)
    if len(delen) > MAX_DELEN or _is_bom(sum(deel.file_size for deel in delen), gewicht):
        redenen.append(_BOM)
    return redenen


def _is_bom(uitgepakt: int, gewicht: int) -> bool:
    return uitgepakt > MAX_UITGEPAKT or (uitgepakt > _VERHOUDING_VANAF and uitgepakt > MAX_VERHOUDING * gewicht)


def _list_blokken(pakket: zipfile.ZipFile, deel: zipfile.ZipInfo) -> Iterator[bytes]:
    with pakket.open(deel) as bron:
        yield from list_blokken(bron)


_REGELEINDE = re.compile(r"</(?:w:p|w:tc|c|si|row)>|<w:(?:tab|br)\b[^>]*>")
_MERKTEKEN = re.compile(r"<[^>]*>")


def _strip(blokken: Iterable[bytes]) -> Iterator[str]:
    """The text between the tags; runs of one paragraph stay together, so that a number is not cut.

    The same as for all of it at once: a piece is cut after a `>`, and what is begun with `<` and not closed waits.
    """
    lezer = codecs.getincrementaldecoder("utf-8")(errors="replace")
    wacht: list[str] = []
    gelezen = ""
    for blok in chain(blokken, (b"",)):
        nieuw = lezer.decode(blok, final=not blok)
        einde = nieuw.rfind(">") + 1 if blok else len(nieuw)
        wacht.append(nieuw[:einde] if einde else nieuw)
        if blok and not einde:
            continue
        gelezen += _REGELEINDE.sub("\n", "".join(wacht))
        wacht = [nieuw[einde:]]
        open_ = gelezen.find("<", gelezen.rfind(">") + 1) if blok else -1
        klaar = len(gelezen) if open_ < 0 else open_
        yield _MERKTEKEN.sub("", gelezen[:klaar])
        gelezen = gelezen[klaar:]
