"""The inspection as it was when a file was in memory as a whole: what the one that reads by pieces must agree with.

Plain and short, and only for comparing: nothing but tests/storage/test_keuring_in_stukken reads it.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Callable

import msgspec
import pikepdf
import pypdf
from pypdf.errors import PyPdfError

from inkoop.storage.bestandsfout import BewijsRefusedError
from inkoop.storage.bestandsnaam import check_bestandsnaam, read_extensie
from inkoop.storage.bsn import suspects_bsn

MAX_BEELDPUNTEN = 100_000_000
"""More than any scanned page has; an image that unpacks to more is refused (project default)."""

_TE_GROOT = f"de afbeelding heeft meer dan {MAX_BEELDPUNTEN // 1_000_000} miljoen beeldpunten"
_PNG_KAPOT = "de PNG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"
_JPG_KAPOT = "de JPEG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"


def check_png(inhoud: bytes) -> list[str]:
    """Walk the chunks from IHDR to IEND and compare each checksum."""
    plaats, eerste, beelddata = 8, True, False
    while plaats + 12 <= len(inhoud):
        lengte = int.from_bytes(inhoud[plaats : plaats + 4])
        naam, data = inhoud[plaats + 4 : plaats + 8], inhoud[plaats + 8 : plaats + 8 + lengte]
        som = inhoud[plaats + 8 + lengte : plaats + 12 + lengte]
        if len(som) != 4 or zlib.crc32(naam + data) != int.from_bytes(som) or eerste != (naam == b"IHDR"):
            return [_PNG_KAPOT]
        if eerste and int.from_bytes(data[:4]) * int.from_bytes(data[4:8]) > MAX_BEELDPUNTEN:
            return [_TE_GROOT]
        if naam == b"IEND":
            return [] if beelddata else [_PNG_KAPOT]
        beelddata = beelddata or naam == b"IDAT"
        plaats, eerste = plaats + 12 + lengte, False
    return [_PNG_KAPOT]


def check_jpg(inhoud: bytes) -> list[str]:
    """Walk the segments to the start of the image data, read its size, and find the end marker."""
    plaats, maten = 2, None
    while plaats + 4 <= len(inhoud) and inhoud[plaats] == 0xFF:
        merk = inhoud[plaats + 1]
        if merk == 0xFF:  # padding
            plaats += 1
            continue
        lengte = int.from_bytes(inhoud[plaats + 2 : plaats + 4])
        segment = inhoud[plaats + 4 : plaats + 2 + lengte]
        if len(segment) != lengte - 2:
            break
        if 0xC0 <= merk <= 0xCF and merk not in {0xC4, 0xC8, 0xCC}:
            maten = int.from_bytes(segment[1:3]) * int.from_bytes(segment[3:5])
        if merk == 0xDA:
            if maten is None or b"\xff\xd9" not in inhoud[plaats:]:
                break
            return [_TE_GROOT] if maten > MAX_BEELDPUNTEN else []
        plaats += 2 + lengte
    return [_JPG_KAPOT]


MAX_DELEN = 5000
MAX_UITGEPAKT = 200 * 1024 * 1024
MAX_VERHOUDING = 200
"""Unpacked bytes per packed byte over the whole file; plain XML reaches about 40 (project default)."""
_VERHOUDING_VANAF = 10 * 1024 * 1024
_STUK = 1024 * 1024

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
    return redenen or Kantoorinhoud(_strip_tekst(delen))


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
            while blok := bron.read(_STUK):
                if deel.filename.lower().endswith(_XML):
                    bewaard += blok
        delen[deel.filename] = bytes(bewaard)
    return delen


def _strip_tekst(delen: dict[str, bytes]) -> str:
    """The text between the tags; runs of one paragraph stay together, so that a number is not cut."""
    teksten = []
    for naam, deel in sorted(delen.items()):
        if not naam.lower().endswith(".xml") or naam.startswith(("[", "_rels/", "docProps/")):
            continue
        tekst = deel.decode("utf-8", errors="replace")
        tekst = re.sub(r"</(?:w:p|w:tc|c|si|row)>|<w:(?:tab|br)\b[^>]*>", "\n", tekst)
        teksten.append(re.sub(r"<[^>]*>", "", tekst))
    return "\n".join(teksten)


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


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Keuring(msgspec.Struct, frozen=True, kw_only=True):
    """What a file turned out to be."""

    sha256: str
    mediatype: str
    bsn_verdacht: bool


def inspect_bestand(bestandsnaam: str, inhoud: bytes, *, max_grootte: int) -> Keuring:
    """Inspect a file; raises BewijsRefusedError with every reason at once."""
    redenen = check_bestandsnaam(bestandsnaam)
    extensie = read_extensie(bestandsnaam)
    volgens_naam = next((soort for soort in BESTANDSSOORTEN if extensie in soort.extensies), None)
    if volgens_naam is None:
        toegestaan = ", ".join(ext for soort in BESTANDSSOORTEN for ext in soort.extensies)
        redenen.append(f"dit soort bestand ({extensie or 'zonder extensie'}) wordt niet aangenomen; wel: {toegestaan}")
    if not inhoud:
        redenen.append("het bestand is leeg")
    elif len(inhoud) > max_grootte:
        # Nothing more is looked at: what is in a file that is too large is not worth the risk.
        redenen.append(f"het bestand is groter dan {_format_grootte(max_grootte)}; maak het kleiner of splits het")
    elif volgens_naam is not None:
        redenen.extend(_check_inhoud(volgens_naam, extensie, inhoud))
    if redenen or volgens_naam is None:
        raise BewijsRefusedError(bestandsnaam, redenen)
    return Keuring(
        sha256=hashlib.sha256(inhoud).hexdigest(),
        mediatype=volgens_naam.mediatype,
        bsn_verdacht=suspects_bsn(bestandsnaam) or suspects_bsn(volgens_naam.read_tekst(inhoud)),
    )


def _format_grootte(grootte: int) -> str:
    """A limit for people: whole megabytes where there are any, kilobytes otherwise."""
    return f"{grootte // 1024**2} MB" if grootte >= 1024**2 else f"{grootte // 1024} kB"


def _check_inhoud(volgens_naam: Bestandssoort, extensie: str, inhoud: bytes) -> list[str]:
    """Why the bytes are not a good file of the kind that the name says."""
    if volgens_naam.recognise(inhoud):
        return volgens_naam.check(inhoud)
    werkelijk = next((soort.naam for soort in BESTANDSSOORTEN if soort.recognise(inhoud)), None)
    if werkelijk is not None:
        return [f"de naam eindigt op .{extensie}, maar de inhoud is een {werkelijk}; geef het bestand de goede naam"]
    if inhoud.startswith(_OLE):
        return ["dit is een oud of met een wachtwoord beveiligd Office-bestand; sla het op als .docx, .xlsx of PDF"]
    soort = volgens_naam.naam
    return [f"de naam eindigt op .{extensie}, maar de inhoud is geen {soort}; sla het stuk opnieuw op als {soort}"]
