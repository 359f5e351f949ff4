"""A Word file that comes back from a reviewer: what changed in each clause, by whom, and what was remarked.

Each clause carries a bookmark with its number. So a change is known by the clause it is in, whether Word
tracked it or not: what differs from the file that went out while Word says that nothing was changed is
reported as a silent change. References that Word counted anew are no change.

Bron: ontwerp 6 (return trip); metingen (bookmark every paragraph).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy

import msgspec
from lxml import etree

from inkoop.documents.docx.lopend import MERKNAAM
from inkoop.documents.docx.openen import HOOFDDEEL, open_docx, parse_deel
from inkoop.documents.docx.revisies import accept_all, reject_all, w
from inkoop.documents.verschil import Soort, compare_woorden

_OPMERKINGEN = "word/comments.xml"


class Opmerking(msgspec.Struct, frozen=True, kw_only=True):
    """A remark of a reviewer; `merk` is the clause it is about (0: none), `moment` as Word wrote it."""

    merk: int
    auteur: str
    moment: str
    tekst: str


class Terugkomstpunt(msgspec.Struct, frozen=True, kw_only=True):
    """One clause that came back different.

    `merk` is its number (0: a new paragraph, which stands after clause `na`). `bijgehouden` False: the file
    shows no tracked change for it. `genummerd`: a new paragraph that is a point of a list.
    """

    merk: int
    na: int
    soort: Soort
    oud: str
    nieuw: str
    bijgehouden: bool
    genummerd: bool
    auteurs: tuple[str, ...]


class Terugkomst(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a returned file says, in reading order."""

    punten: tuple[Terugkomstpunt, ...]
    opmerkingen: tuple[Opmerking, ...]


class _Alinea(msgspec.Struct, frozen=True, kw_only=True):
    merken: tuple[int, ...]
    tekst: str
    genummerd: bool
    auteurs: tuple[str, ...]


def read_terugkomst(origineel: bytes, terug: bytes, naam: str) -> Terugkomst:
    """Compare a returned file with the one that went out.

    Raises DocxGeweigerdError for a file that is not safe or not readable; `naam` is what it is called.
    """
    uitgegaan = parse_deel(open_docx(origineel, "het verzonden document")[HOOFDDEEL])
    delen = open_docx(terug, naam)
    ruw = parse_deel(delen[HOOFDDEEL])
    velden = _read_velden(uitgegaan)
    inhoudstijlen = _list_inhoudstijlen(delen.get("word/styles.xml"))
    bron = _list_alineas(uitgegaan, velden, frozenset({"TOC1"}))
    namen = _list_auteurs(ruw)
    aanvaard = _list_alineas(_settle(ruw, accept_all), velden, inhoudstijlen)
    geweigerd = _list_alineas(_settle(ruw, reject_all), velden, inhoudstijlen)
    oud = _by_merk(bron, {})
    eerst = {merk: alinea.tekst for merk, alinea in oud.items()}
    na, voor = _by_merk(aanvaard, eerst), _by_merk(geweigerd, eerst)
    plekken = {merk: nummer for nummer, merk in enumerate(eerst)}
    punten = [
        (plekken[merk], 0, _make_punt(merk, tekst, na.get(merk), voor.get(merk), namen.get(merk, ())))
        for merk, tekst in eerst.items()
        if (na[merk].tekst if merk in na else "") != tekst
    ]
    vast = Counter(alinea.tekst for alinea in bron if not alinea.merken)
    zonder = Counter(alinea.tekst for alinea in geweigerd if not alinea.merken)
    vorige = 0
    for volg, alinea in enumerate(aanvaard, 1):
        if alinea.merken:
            vorige = _choose_merk(alinea, eerst)
        elif alinea.tekst.strip() and not _take(vast, alinea.tekst):
            punten.append((plekken.get(vorige, -1), volg, _make_nieuw(vorige, alinea, zonder, namen)))
    return Terugkomst(
        punten=tuple(punt for *_, punt in sorted(punten, key=lambda rij: rij[:2])),
        opmerkingen=tuple(_list_opmerkingen(ruw, delen.get(_OPMERKINGEN))),
    )


def _make_punt(
    merk: int, oud: str, na: _Alinea | None, voor: _Alinea | None, auteurs: tuple[str, ...]
) -> Terugkomstpunt:
    nieuw = na.tekst if na is not None else ""
    return Terugkomstpunt(
        merk=merk,
        na=0,
        soort=Soort.GEWIJZIGD if nieuw.strip() else Soort.VERVALLEN,
        oud=oud,
        nieuw=nieuw,
        bijgehouden=voor is not None and voor.tekst == oud,
        genummerd=False,
        auteurs=auteurs,
    )


def _make_nieuw(
    vorige: int, alinea: _Alinea, zonder: Counter[str], namen: Mapping[int, tuple[str, ...]]
) -> Terugkomstpunt:
    return Terugkomstpunt(
        merk=0,
        na=vorige,
        soort=Soort.NIEUW,
        oud="",
        nieuw=alinea.tekst,
        bijgehouden=not _take(zonder, alinea.tekst),
        genummerd=alinea.genummerd,
        auteurs=alinea.auteurs or namen.get(vorige, ()),
    )


def _take(voorraad: Counter[str], tekst: str) -> bool:
    if voorraad[tekst] <= 0:
        return False
    voorraad[tekst] -= 1
    return True


def _settle(ruw: etree._Element, zet: Callable[[etree._Element], None]) -> etree._Element:
    kopie = deepcopy(ruw)
    zet(kopie)
    return kopie


def _by_merk(alineas: list[_Alinea], eerst: Mapping[int, str]) -> dict[int, _Alinea]:
    """Each clause with its paragraph; of clauses that were joined, the one that it resembles most has the text."""
    uit: dict[int, _Alinea] = {}
    for alinea in alineas:
        gekozen = _choose_merk(alinea, eerst)
        for merk in alinea.merken:
            if merk == gekozen:
                uit.setdefault(merk, alinea)
    return uit


def _choose_merk(alinea: _Alinea, eerst: Mapping[int, str]) -> int:
    if len(alinea.merken) < 2:
        return next(iter(alinea.merken), 0)
    return max(alinea.merken, key=lambda merk: _count_gelijk(eerst.get(merk, ""), alinea.tekst))


def _count_gelijk(oud: str, nieuw: str) -> int:
    return sum(len(deel.tekst) for deel in compare_woorden(oud, nieuw) if deel.soort is Soort.GELIJK)


def _list_inhoudstijlen(stijlen: bytes | None) -> frozenset[str]:
    """The styles of a table of contents, which Word fills itself, under the ids of this file."""
    if stijlen is None:
        return frozenset({"TOC1"})
    namen = {
        str(stijl.get(w("styleId"))): str(naam.get(w("val"))).lower()
        for stijl in parse_deel(stijlen).iter(w("style"))
        if (naam := stijl.find(w("name"))) is not None
    }
    return frozenset(stijl for stijl, naam in namen.items() if naam.startswith("toc "))


def _list_alineas(boom: etree._Element, velden: Mapping[str, str], inhoudstijlen: frozenset[str]) -> list[_Alinea]:
    uit = []
    for alinea in boom.iter(w("p")):
        stijl = alinea.find(f"{w('pPr')}/{w('pStyle')}")
        if stijl is not None and stijl.get(w("val")) in inhoudstijlen:
            continue
        uit.append(
            _Alinea(
                merken=_read_merken(alinea),
                tekst=_read_tekst(alinea, velden),
                genummerd=alinea.find(f"{w('pPr')}/{w('numPr')}") is not None,
                auteurs=(),
            )
        )
    return uit


def _read_merken(alinea: etree._Element) -> tuple[int, ...]:
    namen = (str(knoop.get(w("name"))) for knoop in alinea.iter(w("bookmarkStart")))
    nummers = (naam.removeprefix(MERKNAAM) for naam in namen if naam.startswith(MERKNAAM))
    return tuple(int(nummer) for nummer in nummers if nummer.isdecimal())


def _read_delen(alinea: etree._Element) -> Iterator[tuple[str, str]]:
    """(instruction, text) of the pieces of a paragraph; text outside fields has no instruction."""
    opdracht, waarde, diepte, toont = "", "", 0, False
    for knoop in alinea.iter(w("fldChar"), w("instrText"), w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen")):
        soort = str(knoop.get(w("fldCharType")))
        if knoop.tag == w("fldChar"):
            diepte += {"begin": 1, "end": -1}.get(soort, 0)
            toont = soort == "separate" or (toont and soort != "begin")
            if soort == "end" and not diepte:
                yield opdracht.strip(), waarde
                opdracht, waarde, toont = "", "", False
        elif knoop.tag == w("instrText"):
            opdracht += knoop.text or ""
        elif not diepte:
            yield "", _read_teken(knoop)
        elif toont:
            waarde += _read_teken(knoop)


def _read_teken(knoop: etree._Element) -> str:
    if knoop.tag == w("t"):
        return knoop.text or ""
    ouder = knoop.getparent()
    if ouder is None or ouder.tag != w("r") or knoop.get(w("type")) == "page":
        return ""
    return {w("tab"): "\t", w("noBreakHyphen"): "-"}.get(str(knoop.tag), "\n")


def _read_velden(boom: etree._Element) -> dict[str, str]:
    """What each reference read when the file went out."""
    return {
        opdracht: tekst
        for alinea in boom.iter(w("p"))
        for opdracht, tekst in _read_delen(alinea)
        if opdracht.startswith("REF ")
    }


def _read_tekst(alinea: etree._Element, velden: Mapping[str, str]) -> str:
    return "".join(velden.get(opdracht, tekst) if opdracht else tekst for opdracht, tekst in _read_delen(alinea))


def _list_auteurs(ruw: etree._Element) -> dict[int, tuple[str, ...]]:
    """Who tracked a change in or right after each clause."""
    uit: dict[int, list[str]] = {}
    vorige = 0
    for alinea in ruw.iter(w("p")):
        vorige = next(iter(_read_merken(alinea)), vorige)
        for knoop in alinea.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")):
            naam = str(knoop.get(w("author"), ""))
            if naam and naam not in uit.setdefault(vorige, []):
                uit[vorige].append(naam)
    return {merk: tuple(namen) for merk, namen in uit.items()}


def _list_opmerkingen(ruw: etree._Element, deel: bytes | None) -> Iterator[Opmerking]:
    if deel is None:
        return
    plekken: dict[str, int] = {}
    vorige = 0
    for alinea in ruw.iter(w("p")):
        vorige = next(iter(_read_merken(alinea)), vorige)
        for knoop in alinea.iter(w("commentRangeStart"), w("commentReference")):
            plekken.setdefault(str(knoop.get(w("id"))), vorige)
    for opmerking in parse_deel(deel).iter(w("comment")):
        tekst = "\n".join(_read_tekst(alinea, {}) for alinea in opmerking.iter(w("p"))).strip()
        if tekst:
            yield Opmerking(
                merk=plekken.get(str(opmerking.get(w("id"))), 0),
                auteur=str(opmerking.get(w("author"), "")),
                moment=str(opmerking.get(w("date"), "")),
                tekst=tekst,
            )
