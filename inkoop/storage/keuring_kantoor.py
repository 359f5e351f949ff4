"""Word and Excel files: a zip of XML parts, opened with limits and without trusting its own figures.

Refused: old Office files and encrypted ones (both another container), macros, parts that unpack to
far more than they weigh, a DOCTYPE (through which XML reads other files), damage.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import msgspec

MAX_DELEN = 5000
MAX_UITGEPAKT = 200 * 1024 * 1024
MAX_VERHOUDING = 200
"""Unpacked bytes per packed byte over the whole file; plain XML reaches about 40 (project default)."""
_VERHOUDING_VANAF = 10 * 1024 * 1024
_BLOK = 1024 * 1024

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


class Kantoorinhoud(msgspec.Struct, frozen=True):
    """What is in a file that may be taken in: its text, without markup."""

    tekst: str


def is_kantoorbestand(inhoud: bytes, soort: Kantoorsoort) -> bool:
    """Whether these bytes are a zip with the main part of this kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            return inhoud.startswith(b"PK\x03\x04") and soort.hoofddeel in pakket.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def open_kantoorbestand(inhoud: bytes, soort: Kantoorsoort) -> Kantoorinhoud | list[str]:
    """The text of the file, or every reason to refuse it."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            if redenen := _check_opzet(pakket, len(inhoud)):
                return redenen
            delen = _unpack(pakket)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        return [_KAPOT]
    redenen = []
    if any(doctype in deel.upper() for deel in delen.values() for doctype in _DOCTYPES):
        redenen.append(_DOCTYPE)
    typen = delen.get("[Content_Types].xml", b"").decode("utf-8", errors="replace")
    if "macroenabled" in typen.lower() or "vbaproject" in typen.lower():
        redenen.append(_MACRO)
    elif soort.hoofdtype not in typen:
        redenen.append(_KAPOT)
    return redenen or Kantoorinhoud(_read_tekst(delen))


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


def _unpack(pakket: zipfile.ZipFile) -> dict[str, bytes]:
    """Every part, read to its end, which checks it; only XML is kept.

    No part gives more than the size it states (zipfile stops there and finds the checksum wrong), so
    what _check_opzet counted is all that comes out.
    """
    delen = {}
    for deel in pakket.infolist():
        bewaard = bytearray()
        with pakket.open(deel) as bron:
            while blok := bron.read(_BLOK):
                if deel.filename.lower().endswith(_XML):
                    bewaard += blok
        delen[deel.filename] = bytes(bewaard)
    return delen


def _read_tekst(delen: dict[str, bytes]) -> str:
    """The text between the tags; runs of one paragraph stay together, so that a number is not cut."""
    teksten = []
    for naam, deel in sorted(delen.items()):
        if not naam.lower().endswith(".xml") or naam.startswith(("[", "_rels/", "docProps/")):
            continue
        tekst = deel.decode("utf-8", errors="replace")
        tekst = re.sub(r"</(?:w:p|w:tc|c|si|row)>|<w:(?:tab|br)\b[^>]*>", "\n", tekst)
        teksten.append(re.sub(r"<[^>]*>", "", tekst))
    return "\n".join(teksten)
