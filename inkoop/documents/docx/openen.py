"""Opening a Word file that somebody else made: unpacked within limits, and refused when it could do harm.

Refused are bombs, macros, encrypted files, DOCTYPEs (through which XML reads other files), embedded
objects, and references to anything outside the file, whether as a relation or as a field that Word fills from
elsewhere. An ordinary hyperlink to a page is no such reference: nothing follows it. A file whose table
says that its text is something else than what is read here is refused too: people would see another text
in Word than the one that is compared.

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
_TYPEN = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPES = tuple("<!DOCTYPE".encode(codering) for codering in ("utf-8", "utf-16-le", "utf-16-be"))
_MACRODELEN = ("vbaproject", "vbadata", "activex")
_INGEBED = ("word/embeddings/", "word/afchunk", "word/subdocuments/")
_INGEBEDDE_RELATIES = frozenset({"aFChunk", "subDocument", "oleObject", "control", "package"})
_MACROTYPEN = ("macroenabled", "vbaproject", "vbadata", "activex", "keymapcustomizations")
_SCHAKELS = ("http:", "https:", "mailto:", "tel:", "#")
"""Where an ordinary hyperlink may go; a share or a local file would hand over who clicks on it."""
_OPHAALVELDEN = frozenset(
    ("DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD")
)
"""Fields that Word fills from another file or program, or that start something."""


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
    if any(naam.lower().lstrip("/").startswith(_INGEBED) for naam in namen):
        yield "Er zit een ander bestand in (een ingevoegd object); haal dat eruit."
    # Word does not tell capitals apart, so two names that differ in nothing else are one part there, and two here.
    dubbel = len({naam.lower() for naam in namen}) != len(namen)
    if dubbel or any(_is_vreemde_naam(naam) for naam in namen):
        yield "De opbouw klopt niet; sla het in Word opnieuw op."
    te_groot = uitgepakt > MAX_UITGEPAKT or (uitgepakt > _VERHOUDING_VANAF and uitgepakt > MAX_VERHOUDING * gewicht)
    if any(deel.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for deel in delen):
        yield "Het is ingepakt op een manier die Word niet gebruikt; sla het in Word opnieuw op."
    if len(delen) > MAX_DELEN or te_groot:
        yield "Het pakt uit tot een onredelijke grootte."


def _is_vreemde_naam(naam: str) -> bool:
    """Whether a part would land outside the file, or has a name that Word and we read differently."""
    return naam.startswith("/") or "\\" in naam or ":" in naam or ".." in naam.split("/")


def _check_delen(delen: Mapping[str, bytes]) -> Iterator[str]:
    if any(doctype in deel.upper() for naam, deel in delen.items() if _is_xml(naam) for doctype in _DOCTYPES):
        yield "Het bevat een DOCTYPE, en dat mag niet; sla het in Word opnieuw op."
        return
    bomen: dict[str, etree._Element] = {}
    for naam, deel in delen.items():
        if not _is_xml(naam):
            continue
        try:
            bomen[naam] = parse_deel(deel)
        except etree.XMLSyntaxError:
            yield f"Het onderdeel {naam} is beschadigd; sla het bestand in Word opnieuw op."
    hoofd = bomen.get(HOOFDDEEL)
    if hoofd is not None and hoofd.tag != f"{_W}document":
        yield "Het is opgeslagen als Strict Open XML; kies in Word bij opslaan gewoon Word-document (.docx)."
    if any(boom.getroottree().docinfo.internalDTD is not None for boom in bomen.values()):
        yield "Het bevat een DOCTYPE, en dat mag niet; sla het in Word opnieuw op."
    yield from _check_soort(delen, bomen)
    buiten = {doel for naam, boom in bomen.items() if naam.lower().endswith(".rels") for doel in _find_buiten(boom)}
    for doel in sorted(buiten):
        yield f"Het verwijst naar iets buiten het bestand ({doel}); verbreek die koppeling."
    velden = {veld for naam, boom in bomen.items() if not naam.lower().endswith(".rels") for veld in _find_velden(boom)}
    for veld in sorted(velden & _OPHAALVELDEN):
        yield f"Het bevat een veld dat iets van buiten ophaalt of start ({veld}); vervang het door gewone tekst."


def _check_soort(delen: Mapping[str, bytes], bomen: Mapping[str, etree._Element]) -> Iterator[str]:
    """What the table of parts says the file is: a Word document without macros, whose text is what is read here."""
    if HOOFDDEEL not in delen or "[Content_Types].xml" not in delen:
        yield "Het is geen Word-document (.docx)."
        return
    tabel, wortel = bomen.get("[Content_Types].xml"), bomen.get("_rels/.rels")
    if tabel is None:  # damaged, and named already
        return
    soorten = {
        str(t.get("PartName", "")).lower(): str(t.get("ContentType", "")) for t in tabel.iter(f"{_TYPEN}Override")
    }
    alle = " ".join(
        [*soorten.values(), *(str(t.get("ContentType", "")) for t in tabel.iter(f"{_TYPEN}Default"))]
    ).lower()
    if any(woord in alle for woord in _MACROTYPEN):
        yield "Het is een bestand met macro's (.docm of .dotm); sla het op als gewoon .docx-document."
    elif soorten.get(f"/{HOOFDDEEL}") not in _HOOFDTYPES:
        yield "Het is geen Word-document (.docx): het zegt zelf dat het iets anders is. Sla het in Word opnieuw op."
    if "oleobject" in alle:
        yield "Er zit een ander bestand in (een ingevoegd object); haal dat eruit."
    doelen = [
        str(relatie.get("Target", "")).lstrip("/")
        for relatie in (() if wortel is None else wortel.iter(_RELATIES))
        if str(relatie.get("Type", "")).endswith("/officeDocument")
    ]
    if doelen != [HOOFDDEEL]:
        yield "De opbouw klopt niet: de tekst staat niet waar zij hoort. Sla het in Word opnieuw op."


def _is_xml(naam: str) -> bool:
    return naam.lower().endswith((".xml", ".rels"))


def _find_buiten(relaties: etree._Element) -> Iterator[str]:
    """What a part of relations points at outside the file, or takes in from another one."""
    for relatie in relaties.iter(_RELATIES):
        soort = str(relatie.get("Type", "")).rsplit("/", 1)[-1]
        doel = str(relatie.get("Target", "")).strip()
        extern = str(relatie.get("TargetMode", "")).lower() == "external" or _is_adres(doel)
        schakel = soort == "hyperlink" and doel.lower().startswith(_SCHAKELS)
        if extern and not schakel:
            yield f"{soort}: {doel[:80]}"
        elif soort in _INGEBEDDE_RELATIES:
            yield soort


def _is_adres(doel: str) -> bool:
    """Whether a target is an address or a path of the machine instead of a part of the file."""
    return ":" in doel.split("/", 1)[0] or doel.startswith(("//", "\\\\"))


def _find_velden(boom: etree._Element) -> Iterator[str]:
    """The first words of all fields of a part; a field in pieces (`w:instrText`) is put together by its paragraph."""
    for veld in boom.iter(f"{_W}fldSimple"):
        yield _first_woord(str(veld.get(f"{_W}instr", "")))
    for alinea in boom.iter(f"{_W}p"):
        opdracht = ""
        for deel in alinea.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
            if deel.tag != f"{_W}fldChar":
                opdracht += deel.text or ""
            else:
                yield _first_woord(opdracht)
                opdracht = ""
        yield _first_woord(opdracht)


def _first_woord(opdracht: str) -> str:
    return opdracht.strip().partition(" ")[0].upper()
