"""The house style that a region keeps in Word: its styles, header, footer and page settings.

`huisstijl.docx` is an ordinary Word document. What a person changes in it (the style "Heading 1", the
logo in the header, the margins) every document of the region takes over; its text is left out. Word
renames styles in the language of whoever saves (`Kop1`); they are known here by the name that Word
keeps inside (`heading 1`).

Bron: project default; ECMA-376 part 1 (styles, headers).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
from lxml import etree

from inkoop.documents.docx.openen import HOOFDDEEL, open_docx, parse_deel
from inkoop.documents.docx.stijlen import STIJLEN, TABELSTIJL_ID, write_stijlen
from inkoop.documents.fouten import SjabloonError, Sjabloonfout
from inkoop.documents.huisstijl import Huisstijl

WN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIES = "http://schemas.openxmlformats.org/package/2006/relationships"
KENMERKPLEK = "[kenmerk]"
"""What stands in the footer of a house style where the kenmerk of each document comes."""
BEELDSOORTEN = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_VERWIJST = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")


class Randdeel(msgspec.Struct, frozen=True, kw_only=True):
    """A header or footer: for which pages, its XML, and the pictures in it by relation id."""

    soort: str
    waar: str
    xml: str
    beelden: tuple[tuple[str, str, bytes], ...] = ()


class Wordstijl(msgspec.Struct, frozen=True, kw_only=True):
    """What a Word document takes over from its house style; measures in twentieths of a point."""

    stijlen: str
    randen: tuple[Randdeel, ...]
    pagina: str
    zetbreedte: int
    eerste_anders: bool
    thema: bytes | None = None


@cache
def read_wordstijl(huisstijl: Huisstijl) -> Wordstijl | None:
    """The Word part of a house style, or None when the region has no `huisstijl.docx`.

    Raises SjabloonError for a file that misses what every document needs, and DocxGeweigerdError for one
    that is not safe to open.
    """
    if huisstijl.word is None:
        return None
    delen = open_docx(huisstijl.word, huisstijl.wordplaats)
    fouten: list[str] = []
    sectie = next(iter(parse_deel(delen[HOOFDDEEL]).iter(f"{{{WN}}}sectPr")), None)
    if sectie is None:
        raise _refuse(huisstijl, ["Er staan geen pagina-instellingen in; sla het in Word opnieuw op."])
    randen = tuple(_read_randen(delen, sectie, fouten))
    fouten += _check_voet(randen)
    maat, marge = sectie.find(f"{{{WN}}}pgSz"), sectie.find(f"{{{WN}}}pgMar")
    if maat is None or marge is None:
        fouten.append("Het papierformaat of de marges ontbreken; stel ze in bij Indeling.")
    if fouten:
        raise _refuse(huisstijl, fouten)
    assert maat is not None
    assert marge is not None
    breedte = _getal(maat, "w") - _getal(marge, "left") - _getal(marge, "right")
    return Wordstijl(
        stijlen=_normalise_stijlen(delen.get("word/styles.xml"), huisstijl),
        randen=randen,
        pagina=_write(maat) + _write(marge),
        zetbreedte=breedte,
        eerste_anders=sectie.find(f"{{{WN}}}titlePg") is not None,
        thema=delen.get("word/theme/theme1.xml"),
    )


def _refuse(huisstijl: Huisstijl, fouten: list[str]) -> SjabloonError:
    return SjabloonError(Sjabloonfout.at(huisstijl.wordplaats, 1, fout) for fout in fouten)


def _getal(knoop: etree._Element, naam: str) -> int:
    waarde = str(knoop.get(f"{{{WN}}}{naam}", "0"))
    return int(waarde) if waarde.lstrip("-").isdigit() else 0


def _write(knoop: etree._Element) -> str:
    kopie = parse_deel(etree.tostring(knoop))
    etree.cleanup_namespaces(kopie, keep_ns_prefixes=["w"])
    return etree.tostring(kopie, encoding="unicode")


def _check_voet(randen: tuple[Randdeel, ...]) -> Iterator[str]:
    """A footer of the house style says which document it is and which page."""
    for rand in randen:
        if rand.soort != "footer":
            continue
        if KENMERKPLEK not in rand.xml:
            yield f"In de voettekst ontbreekt {KENMERKPLEK}: daar komt het kenmerk van het document."
        if "PAGE" not in rand.xml or "NUMPAGES" not in rand.xml:
            yield "In de voettekst ontbreekt het paginanummer of het aantal pagina's."


def _read_randen(delen: Mapping[str, bytes], sectie: etree._Element, fouten: list[str]) -> Iterator[Randdeel]:
    relaties = _read_relaties(delen, "word/_rels/document.xml.rels")
    for soort in ("header", "footer"):
        for verwijzing in sectie.iter(f"{{{WN}}}{soort}Reference"):
            naam = relaties.get(str(verwijzing.get(f"{{{RN}}}id")), "")
            if naam not in delen:
                fouten.append("Een kop- of voettekst ontbreekt in het bestand; sla het in Word opnieuw op.")
                continue
            boom = parse_deel(delen[naam])
            _join_kenmerkplek(boom)
            bron = f"{posixpath.dirname(naam)}/_rels/{posixpath.basename(naam)}.rels"
            beelden = []
            for nummer, doel in sorted(_read_relaties(delen, bron).items()):
                if posixpath.splitext(doel)[1].lower() not in BEELDSOORTEN or doel not in delen:
                    fouten.append(f"In de {soort} staat iets anders dan een PNG- of JPG-plaatje: {doel}.")
                else:
                    beelden.append((nummer, posixpath.splitext(doel)[1].lower(), delen[doel]))
            waar = str(verwijzing.get(f"{{{WN}}}type", "default"))
            xml = etree.tostring(boom, encoding="unicode")
            yield Randdeel(soort=soort, waar=waar, xml=xml, beelden=tuple(beelden))


def _read_relaties(delen: Mapping[str, bytes], naam: str) -> dict[str, str]:
    if naam not in delen:
        return {}
    stam = posixpath.dirname(posixpath.dirname(naam))
    return {
        str(relatie.get("Id")): posixpath.normpath(posixpath.join(stam, str(relatie.get("Target", "")).lstrip("/")))
        for relatie in parse_deel(delen[naam]).iter(f"{{{RELATIES}}}Relationship")
        if relatie.get("TargetMode") != "External"
    }


def _join_kenmerkplek(boom: etree._Element) -> None:
    """Put `[kenmerk]` in one run: Word cuts a word that it spells-checks into several."""
    for alinea in boom.iter(f"{{{WN}}}p"):
        teksten = list(alinea.iter(f"{{{WN}}}t"))
        samen = "".join(tekst.text or "" for tekst in teksten)
        if KENMERKPLEK in samen and not any(KENMERKPLEK in (tekst.text or "") for tekst in teksten):
            for tekst in teksten:
                tekst.text = ""
            teksten[0].text = samen
            teksten[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _normalise_stijlen(ruw: bytes | None, huisstijl: Huisstijl) -> str:
    """The styles of the file under the ids that our writer uses, and ours for what it lacks."""
    eigen = write_stijlen(huisstijl.kleuren)
    if ruw is None:
        return eigen
    boom = parse_deel(ruw)
    ons = parse_deel(eigen.encode())
    namen = {stijl.naam.lower(): stijl.id for stijl in STIJLEN} | {
        "normal": "Normal",
        "default paragraph font": "DefaultParagraphFont",
        "normal table": "TableNormal",
        TABELSTIJL_ID.lower(): TABELSTIJL_ID,
    }
    nieuw: dict[str, str] = {}
    for stijl in boom.iter(f"{{{WN}}}style"):
        naam = stijl.find(f"{{{WN}}}name")
        oud = str(stijl.get(f"{{{WN}}}styleId"))
        doel = namen.get(str(naam.get(f"{{{WN}}}val")).lower()) if naam is not None else None
        if doel is not None and doel != oud:
            nieuw[oud] = doel
            stijl.set(f"{{{WN}}}styleId", doel)
    for knoop in boom.iter(*(f"{{{WN}}}{soort}" for soort in _VERWIJST)):
        waarde = str(knoop.get(f"{{{WN}}}val"))
        knoop.set(f"{{{WN}}}val", nieuw.get(waarde, waarde))
    aanwezig = {stijl.get(f"{{{WN}}}styleId") for stijl in boom.iter(f"{{{WN}}}style")}
    for stijl in ons.iter(f"{{{WN}}}style"):
        if stijl.get(f"{{{WN}}}styleId") not in aanwezig:
            boom.append(stijl)
    return etree.tostring(boom, encoding="unicode")
