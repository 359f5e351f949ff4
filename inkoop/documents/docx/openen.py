"""Opening a Word file that somebody else made: unpacked within limits, and refused when it could do harm.

Refused are bombs, macros, encrypted files, DOCTYPEs (through which XML reads other files), embedded
objects, and references to anything outside the file. An ordinary hyperlink is no such reference: nothing
follows it.

Bron: ontwerp 8; metingen (check zip sizes, ratios, DOCTYPE and VBA before opening).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from inkoop.domain.fouten import Beletsel, BeletselenError

MAX_BESTAND = 25 * 1024 * 1024
MAX_DELEN = 2000
MAX_UITGEPAKT = 100 * 1024 * 1024
MAX_VERHOUDING = 200
"""Unpacked bytes per packed byte over the whole file; plain XML reaches about 40 (project default)."""
_VERHOUDING_VANAF = 5 * 1024 * 1024
HOOFDDEEL = "word/document.xml"
_HOOFDTYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_RELATIES = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCTYPES = tuple("<!DOCTYPE".encode(codering) for codering in ("utf-8", "utf-16-le", "utf-16-be"))
_MACRODELEN = ("vbaproject", "vbadata", "activex")
_INGEBED = ("word/embeddings/", "word/afchunk", "word/subdocuments/")


class DocxGeweigerdError(BeletselenError):
    """A Word file is not taken in; every reason at once."""

    def __init__(self, naam: str, redenen: Iterable[str]) -> None:
        self.naam = naam
        beletselen = [Beletsel("docx", reden) for reden in redenen]
        super().__init__(f"Het Word-bestand {naam} is geweigerd.", beletselen)


def open_docx(inhoud: bytes, naam: str) -> Mapping[str, bytes]:
    """The parts of a Word file by name; `naam` names the file in the refusal.

    Raises DocxGeweigerdError with every reason.
    """
    if len(inhoud) > MAX_BESTAND:
        raise DocxGeweigerdError(naam, [f"Het is groter dan {MAX_BESTAND // 1024**2} MB."])
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            redenen = list(_check_opzet(pakket, len(inhoud)))
            if redenen:
                raise DocxGeweigerdError(naam, redenen)
            delen = {deel.filename: pakket.read(deel) for deel in pakket.infolist() if not deel.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as fout:
        raise DocxGeweigerdError(naam, ["Het is geen leesbaar Word-bestand (.docx); sla het opnieuw op."]) from fout
    redenen = list(_check_delen(delen))
    if redenen:
        raise DocxGeweigerdError(naam, redenen)
    return delen


def parse_deel(deel: bytes) -> etree._Element:
    """Read one XML part: no entities, no network, no DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(deel, parser)


def _check_opzet(pakket: zipfile.ZipFile, gewicht: int) -> Iterator[str]:
    """What the table of contents alone already tells."""
    delen = pakket.infolist()
    namen = [deel.filename for deel in delen]
    uitgepakt = sum(deel.file_size for deel in delen)
    if any(deel.flag_bits & 0x1 for deel in delen):
        yield "Het is met een wachtwoord beveiligd; lever het zonder wachtwoord."
    if any(woord in naam.lower() for naam in namen for woord in _MACRODELEN):
        yield "Het bevat macro's of besturingselementen; sla het op als gewoon .docx-document."
    if any(naam.lower().startswith(_INGEBED) for naam in namen):
        yield "Er zit een ander bestand in (een ingevoegd object); haal dat eruit."
    if len(set(namen)) != len(namen) or any(".." in naam.split("/") or naam.startswith("/") for naam in namen):
        yield "De opbouw klopt niet; sla het in Word opnieuw op."
    te_groot = uitgepakt > MAX_UITGEPAKT or (uitgepakt > _VERHOUDING_VANAF and uitgepakt > MAX_VERHOUDING * gewicht)
    if len(delen) > MAX_DELEN or te_groot:
        yield "Het pakt uit tot een onredelijke grootte."


def _check_delen(delen: Mapping[str, bytes]) -> Iterator[str]:
    typen = delen.get("[Content_Types].xml", b"").decode("utf-8", errors="replace")
    if HOOFDDEEL not in delen or not any(soort in typen for soort in (*_HOOFDTYPES, "macroEnabled")):
        yield "Het is geen Word-document (.docx)."
    if "macroenabled" in typen.lower():
        yield "Het is een bestand met macro's (.docm of .dotm); sla het op als gewoon .docx-document."
    if any(doctype in deel.upper() for naam, deel in delen.items() if _is_xml(naam) for doctype in _DOCTYPES):
        yield "Het bevat een DOCTYPE, en dat mag niet; sla het in Word opnieuw op."
        return
    buiten: set[str] = set()
    for naam, deel in delen.items():
        if not _is_xml(naam):
            continue
        try:
            boom = parse_deel(deel)
        except etree.XMLSyntaxError:
            yield f"Het onderdeel {naam} is beschadigd; sla het bestand in Word opnieuw op."
            continue
        if naam.endswith(".rels"):
            buiten |= set(_find_buiten(boom))
    for doel in sorted(buiten):
        yield f"Het verwijst naar iets buiten het bestand ({doel}); verbreek die koppeling."


def _is_xml(naam: str) -> bool:
    return naam.lower().endswith((".xml", ".rels"))


def _find_buiten(relaties: etree._Element) -> Iterator[str]:
    for relatie in relaties.iter(_RELATIES):
        soort = str(relatie.get("Type", "")).rsplit("/", 1)[-1]
        if relatie.get("TargetMode") == "External" and soort != "hyperlink":
            yield f"{soort}: {str(relatie.get('Target', ''))[:80]}"
        elif soort in {"aFChunk", "subDocument", "oleObject", "control"}:
            yield soort
