"""A judge of Word files: which elements may stand in which, in what order, and that what is pointed at exists.

The schema of ISO/IEC 29500 cannot be bundled, so its rules for the elements that we write stand here in our own
form; an element that is not listed is a fault, and so is one in the wrong place. Word calls a file with
such a fault damaged, LibreOffice reads on in silence.

Bron: ISO/IEC 29500-1 (transitional), 17.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from inkoop.documents.docx.openen import parse_deel

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KANTEN = "top left start bottom right end insideH insideV tl2br tr2bl"
_LOPEND = "pPr *bookmarkStart *bookmarkEnd *hyperlink *r *ins *del *commentRangeStart *commentRangeEnd"
_BLOKKEN = "*p *tbl *bookmarkStart *bookmarkEnd"
_ORDE: Mapping[str, str] = {
    "document": "body",
    "body": f"{_BLOKKEN} sectPr",
    "hdr": _BLOKKEN,
    "ftr": _BLOKKEN,
    "p": _LOPEND,
    "hyperlink": "*r *ins *del",
    "ins": "*r *del",
    "del": "*r",
    "r": "rPr *t *tab *br *fldChar *instrText *delText *drawing *commentReference *annotationRef *delInstrText",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens bidi snapToGrid spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment "
    "outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign "
    "rtl cs em lang eastAsianLayout specVanish rPrChange",
    "pPrChange": "pPr",
    "rPrChange": "rPr",
    "tblPrChange": "tblPr",
    "trPrChange": "trPr",
    "numPr": "ilvl numId ins",
    "pBdr": "top left bottom right between bar",
    "tabs": "*tab",
    "tbl": "tblPr tblGrid *tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": _KANTEN,
    "tblCellMar": "top left start bottom right end",
    "tblGrid": "*gridCol",
    "tr": "tblPrEx trPr *tc",
    "trPr": "*cantSplit *tblHeader *trHeight *cnfStyle ins del trPrChange",
    "tc": f"tcPr {_BLOKKEN}",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": _KANTEN,
    "tcMar": "top left start bottom right end",
    "sectPr": "*headerReference *footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "numbering": "numPicBullet *abstractNum *num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink *lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId *lvlOverride",
    "lvlOverride": "startOverride lvl",
    "styles": "docDefaults latentStyles *style",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPrDefault": "pPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr *tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "latentStyles": "*lsdException",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins trackRevisions documentProtection "
    "defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl updateFields hdrShapeDefaults "
    "footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "compat": "*compatSetting",
    "comments": "*comment",
    "comment": _BLOKKEN,
}
"""Children in their order; with a star as often as wanted, side by side with other starred ones next to it."""
_VERPLICHT = {"tc": "p", "tbl": "tblGrid", "hdr": "p", "ftr": "p", "style": "name"}


def find_schemafouten(docx: bytes) -> list[str]:
    """Everything in a Word file that the schema forbids; an empty list is a sound file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as pak:
        delen = {naam: pak.read(naam) for naam in pak.namelist()}
    bomen = {naam: parse_deel(inhoud) for naam, inhoud in delen.items() if naam.endswith((".xml", ".rels"))}
    fouten = []
    for naam, boom in bomen.items():
        if naam.startswith("word/") and boom.tag.startswith(_W):
            for element in boom.iter(etree.Element):
                fouten += [f"{naam}: {fout}" for fout in _check_element(element)]
    fouten += _check_verwijzingen(bomen)
    fouten += _check_pakket(delen, bomen)
    return fouten


def _check_element(element: etree._Element) -> Iterator[str]:
    if not str(element.tag).startswith(_W):
        return
    naam = str(element.tag).removeprefix(_W)
    kinderen = [str(kind.tag).removeprefix(_W) for kind in element if str(kind.tag).startswith(_W)]
    if naam not in _ORDE:
        if kinderen:
            yield f"<{naam}> heeft kinderen en staat niet in de orde"
        return
    plekken = _read_orde(_ORDE[naam])
    vorige = (-1, "")
    for kind in kinderen:
        if kind not in plekken:
            yield f"<{kind}> hoort niet in <{naam}>"
            continue
        plek, vaker = plekken[kind]
        if plek < vorige[0] or (kind == vorige[1] and not vaker):
            yield f"<{kind}> staat in <{naam}> na <{vorige[1]}>"
        vorige = (plek, kind)
    if (nodig := _VERPLICHT.get(naam)) and nodig not in kinderen:
        yield f"<{naam}> heeft geen <{nodig}>"
    if naam == "tc" and kinderen[-1:] != ["p"]:
        yield "een cel eindigt niet met een alinea"
    if naam == "tbl":
        kolommen = len(element.findall(f"{_W}tblGrid/{_W}gridCol"))
        for rij in element.findall(f"{_W}tr"):
            cellen = rij.findall(f"{_W}tc")
            breedte = sum(int(span.get(f"{_W}val", "1")) for cel in cellen for span in cel.iter(f"{_W}gridSpan"))
            breedte += sum(1 for cel in cellen if cel.find(f"{_W}tcPr/{_W}gridSpan") is None)
            if breedte != kolommen:
                yield f"een rij heeft {breedte} kolommen, de tabel {kolommen}"


def _read_orde(orde: str) -> dict[str, tuple[int, bool]]:
    """The place of each child; starred children next to each other share a place."""
    plekken: dict[str, tuple[int, bool]] = {}
    plek, was_vaker = -1, False
    for woord in orde.split():
        vaker = woord.startswith("*")
        if not (vaker and was_vaker) or woord in {"*num", "*footerReference"}:
            plek += 1
        plekken[woord.lstrip("*")] = (plek, vaker)
        was_vaker = vaker
    return plekken


def _check_verwijzingen(bomen: Mapping[str, etree._Element]) -> Iterator[str]:
    """Bookmarks, styles, numbers: each once, and each that is used exists."""
    hoofd = bomen["word/document.xml"]
    begin = Counter(el.get(f"{_W}id") for el in hoofd.iter(f"{_W}bookmarkStart"))
    eind = Counter(el.get(f"{_W}id") for el in hoofd.iter(f"{_W}bookmarkEnd"))
    if begin != eind or any(aantal > 1 for aantal in begin.values()):
        yield "bladwijzers gaan niet precies één keer open en dicht"
    namen = Counter(el.get(f"{_W}name") for el in hoofd.iter(f"{_W}bookmarkStart"))
    yield from (f"bladwijzer {naam} staat er {aantal} keer" for naam, aantal in namen.items() if aantal > 1)
    for koppeling in hoofd.iter(f"{_W}hyperlink"):
        if (doel := koppeling.get(f"{_W}anchor")) is not None and doel not in namen:
            yield f"koppeling naar {doel}, die er niet is"
    stijlen = {el.get(f"{_W}styleId") for el in bomen["word/styles.xml"].iter(f"{_W}style")}
    nummers = {el.get(f"{_W}numId") for el in bomen["word/numbering.xml"].iter(f"{_W}num")}
    for boom in bomen.values():
        for soort in ("pStyle", "rStyle", "tblStyle"):
            gebruikt = {el.get(f"{_W}val") for el in boom.iter(f"{_W}{soort}")}
            yield from (f"stijl {naam} bestaat niet" for naam in sorted(map(str, gebruikt - stijlen)))
        gebruikt = {el.get(f"{_W}val") for el in boom.iter(f"{_W}numId")}
        yield from (f"nummering {nummer} bestaat niet" for nummer in sorted(map(str, gebruikt - nummers)))


def _check_pakket(delen: Mapping[str, bytes], bomen: Mapping[str, etree._Element]) -> Iterator[str]:
    """Each part has a kind, and each relation leads to a part."""
    soorten = bomen["[Content_Types].xml"]
    standaard = {el.get("Extension") for el in soorten if str(el.tag).endswith("Default")}
    eigen = {str(el.get("PartName")).lstrip("/") for el in soorten if str(el.tag).endswith("Override")}
    yield from (
        f"{naam} heeft geen inhoudssoort"
        for naam in delen
        if naam not in eigen and naam.rpartition(".")[2] not in standaard
    )
    yield from (f"inhoudssoort van {naam}, dat er niet is" for naam in sorted(eigen - delen.keys()))
    for naam, boom in bomen.items():
        if not naam.endswith(".rels"):
            continue
        map_ = naam.rpartition("_rels/")[0]
        ids = set()
        for relatie in boom:
            ids.add(relatie.get("Id"))
            if relatie.get("TargetMode") != "External" and map_ + str(relatie.get("Target")) not in delen:
                yield f"{naam}: {relatie.get('Target')} is er niet"
        bron = bomen.get(map_ + naam.rpartition("/")[2].removesuffix(".rels"))
        if bron is not None:
            gebruikt = {
                str(waarde)
                for el in bron.iter(etree.Element)
                for sleutel, waarde in el.attrib.items()
                if str(sleutel).startswith(_R)
            }
            yield from (f"{naam}: relatie {nummer} is er niet" for nummer in sorted(gebruikt - ids))
