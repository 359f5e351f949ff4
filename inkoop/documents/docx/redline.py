"""Two Word files of ours -> one with native tracked changes: all taken over gives the new, all undone the old.

Bron: ontwerp 6; metingen (native w:ins/w:del); ECMA-376 part 1, 17.13.5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import count

from lxml import etree

from inkoop.documents.docx.openen import HOOFDDEEL, open_docx, parse_deel
from inkoop.documents.docx.pakket import zip_delen
from inkoop.documents.docx.revisies import read_alinea, w
from inkoop.documents.verschil import align, split_woorden

_NUMMERS = "word/numbering.xml"
_INSTELLINGEN = "word/settings.xml"
_REVISIES_VANAF = 500_000


def make_redline(oud: bytes, nieuw: bytes, auteur: str, moment: datetime) -> bytes:
    """Make the tracked file from two files of ours; the same input gives the same bytes.

    Raises DocxGeweigerdError when either is no Word file.
    """
    oude, delen = dict(open_docx(oud, "de oude versie")), dict(open_docx(nieuw, "de nieuwe versie"))
    links, rechts = parse_deel(oude[HOOFDDEEL]), parse_deel(delen[HOOFDDEEL])
    lijsten = parse_deel(delen[_NUMMERS])
    lijf, oud_lijf = rechts[0], links[0]
    schrijver = _Redline(auteur, moment)
    _rename_lijsten(oud_lijf, lijf, parse_deel(oude[_NUMMERS]), lijsten)
    for alinea in oud_lijf.iter(w("bookmarkStart"), w("bookmarkEnd")):
        alinea.set(w("id"), str(_REVISIES_VANAF + 400_000 + int(str(alinea.get(w("id"))))))
    slot = lijf.find(w("sectPr"))
    blokken = schrijver.merge(_list_blokken(oud_lijf), _list_blokken(lijf))
    for kind in list(lijf):
        lijf.remove(kind)
    lijf.extend(blokken)
    if slot is not None:
        lijf.append(slot)
    delen[HOOFDDEEL] = etree.tostring(rechts, xml_declaration=True, encoding="UTF-8", standalone=True)
    delen[_NUMMERS] = etree.tostring(lijsten, xml_declaration=True, encoding="UTF-8", standalone=True)
    delen[_INSTELLINGEN] = track_revisies(delen[_INSTELLINGEN])
    return zip_delen(delen)


def track_revisies(instellingen: bytes) -> bytes:
    """Let Word track what the next reader changes."""
    if b"<w:trackRevisions" in instellingen:
        return instellingen
    return instellingen.replace(b"<w:defaultTabStop", b"<w:trackRevisions/><w:defaultTabStop", 1)


def follow_wijzigingen(docx: bytes) -> bytes:
    """The same document for a reviewer: Word tracks every change from the first letter on."""
    delen = dict(open_docx(docx, "het document"))
    delen[_INSTELLINGEN] = track_revisies(delen[_INSTELLINGEN])
    return zip_delen(delen)


def _list_blokken(ouder: etree._Element) -> list[etree._Element]:
    return [kind for kind in ouder if kind.tag in {w("p"), w("tbl")}]


def _read_blok(blok: etree._Element) -> str:
    """What a block is compared by: its kind and text; of a table the texts of its cells."""
    if blok.tag == w("p"):
        return f"p {_read_stijl(blok)} {read_alinea(blok)}" if read_alinea(blok).strip() else "p"
    return "t " + " ".join(read_alinea(alinea) for alinea in blok.iter(w("p")))


def _read_stijl(alinea: etree._Element) -> str:
    stijl = alinea.find(f"{w('pPr')}/{w('pStyle')}")
    return str(stijl.get(w("val"))) if stijl is not None else ""


class _Redline:
    """Writes the tracked changes of one file, numbered in order."""

    def __init__(self, auteur: str, moment: datetime) -> None:
        self._auteur = auteur
        self._moment = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._teller = count(_REVISIES_VANAF)

    def _mark(self, soort: str) -> etree._Element:
        eigenschappen = {w("id"): str(next(self._teller)), w("author"): self._auteur, w("date"): self._moment}
        return etree.Element(w(soort), eigenschappen)

    def merge(self, oud: Sequence[etree._Element], nieuw: Sequence[etree._Element]) -> list[etree._Element]:
        """The blocks of both, in order, each marked with what happened to it."""
        uit: list[etree._Element] = []
        for a, b in align([_read_blok(blok) for blok in oud], [_read_blok(blok) for blok in nieuw]):
            links = oud[a] if a is not None else None
            rechts = nieuw[b] if b is not None else None
            if links is not None and rechts is not None and _is_vergelijkbaar(links, rechts):
                uit.append(self._merge_tabel(links, rechts) if rechts.tag == w("tbl") else self._merge_p(links, rechts))
                continue
            uit += [self._mark_all(blok, "del") for blok in (links,) if blok is not None]
            uit += [self._mark_all(blok, "ins") for blok in (rechts,) if blok is not None]
        return uit

    def _mark_all(self, blok: etree._Element, soort: str) -> etree._Element:
        """A whole block that came or went."""
        kopie = deepcopy(blok)
        for rij in [kopie] if kopie.tag == w("tr") else kopie.iter(w("tr")):
            vorm = rij.find(w("trPr"))
            if vorm is None:
                vorm = etree.Element(w("trPr"))
                rij.insert(0, vorm)
            vorm.append(self._mark(soort))
        for alinea in [kopie] if kopie.tag == w("p") else kopie.iter(w("p")):
            self._mark_alinea(alinea, soort)
        return kopie

    def _mark_alinea(self, alinea: etree._Element, soort: str) -> None:
        atomen = _list_atomen(alinea)
        for kind in [kind for kind in alinea if kind.tag != w("pPr")]:
            alinea.remove(kind)
        self._write_atomen(alinea, [(soort, atoom) for atoom in atomen])
        vorm = alinea.find(w("pPr"))
        if vorm is None:
            vorm = etree.Element(w("pPr"))
            alinea.insert(0, vorm)
        letters = vorm.find(w("rPr"))
        if letters is None:
            letters = etree.SubElement(vorm, w("rPr"))
        letters.insert(0, self._mark(soort))

    def _merge_p(self, oud: etree._Element, nieuw: etree._Element) -> etree._Element:
        links = _list_atomen(oud)
        rechts = _list_atomen(nieuw)
        uit = etree.Element(w("p"))
        vorm = self._merge_vorm(oud.find(w("pPr")), nieuw.find(w("pPr")))
        if vorm is not None:
            uit.append(vorm)
        delen: list[tuple[str, _Atoom]] = []
        sleutels = [atoom.sleutel for atoom in links], [atoom.sleutel for atoom in rechts]
        for soort, a, a_tot, b, b_tot in SequenceMatcher(None, *sleutels, autojunk=False).get_opcodes():
            if soort == "equal":
                delen += [("", atoom) for atoom in rechts[b:b_tot]]
            else:
                delen += [("del", atoom) for atoom in links[a:a_tot]]
                delen += [("ins", atoom) for atoom in rechts[b:b_tot]]
        self._write_atomen(uit, delen)
        return uit

    def _merge_vorm(self, oud: etree._Element | None, nieuw: etree._Element | None) -> etree._Element | None:
        """The new form of a paragraph, with the old one beside it where it differs."""
        if (etree.tostring(oud) if oud is not None else b"") == (etree.tostring(nieuw) if nieuw is not None else b""):
            return deepcopy(nieuw) if nieuw is not None else None
        vorm = deepcopy(nieuw) if nieuw is not None else etree.Element(w("pPr"))
        wijziging = self._mark("pPrChange")
        wijziging.append(deepcopy(oud) if oud is not None else etree.Element(w("pPr")))
        vorm.append(wijziging)
        return vorm

    def _write_atomen(self, alinea: etree._Element, delen: Sequence[tuple[str, _Atoom]]) -> None:
        """Write pieces in order; neighbours of the same fate share one mark, words of one form one run."""
        nummer = 0
        while nummer < len(delen):
            soort = delen[nummer][0]
            einde = nummer
            while einde < len(delen) and delen[einde][0] == soort:
                einde += 1
            doel = alinea
            if soort:
                doel = self._mark(soort)
                alinea.append(doel)
            bladwijzers: list[etree._Element] = []
            for knoop in _join_runs([atoom for _, atoom in delen[nummer:einde]]):
                if knoop.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
                    if soort != "del":
                        bladwijzers.append(knoop)
                        alinea.append(knoop)
                        doel = alinea
                        if soort:
                            doel = self._mark(soort)
                            alinea.append(doel)
                    continue
                if soort == "del":
                    _as_vervallen(knoop)
                doel.append(knoop)
            for leeg in [kind for kind in alinea if kind.tag in {w("ins"), w("del")} and not len(kind)]:
                alinea.remove(leeg)
            nummer = einde

    def _merge_tabel(self, oud: etree._Element, nieuw: etree._Element) -> etree._Element:
        uit = deepcopy(nieuw)
        for rij in uit.findall(w("tr")):
            uit.remove(rij)
        links, rechts = oud.findall(w("tr")), nieuw.findall(w("tr"))
        for a, b in align([_read_blok(rij) for rij in links], [_read_blok(rij) for rij in rechts]):
            if a is not None and b is not None and _count_cellen(links[a]) == _count_cellen(rechts[b]):
                uit.append(self._merge_rij(links[a], rechts[b]))
                continue
            uit.extend([self._mark_all(links[a], "del")] if a is not None else [])
            uit.extend([self._mark_all(rechts[b], "ins")] if b is not None else [])
        return uit

    def _merge_rij(self, oud: etree._Element, nieuw: etree._Element) -> etree._Element:
        uit = deepcopy(nieuw)
        for cel, links, rechts in zip(uit.findall(w("tc")), oud.findall(w("tc")), nieuw.findall(w("tc")), strict=True):
            for kind in _list_blokken(cel):
                cel.remove(kind)
            cel.extend(self.merge(_list_blokken(links), _list_blokken(rechts)))
        return uit


def _is_vergelijkbaar(oud: etree._Element, nieuw: etree._Element) -> bool:
    """Paragraphs, or tables with the same columns."""
    if oud.tag != nieuw.tag:
        return False
    return oud.tag == w("p") or _list_kolommen(oud) == _list_kolommen(nieuw)


def _list_kolommen(tabel: etree._Element) -> int:
    return len(tabel.findall(f"{w('tblGrid')}/{w('gridCol')}"))


def _count_cellen(rij: etree._Element) -> int:
    return len(rij.findall(w("tc")))


class _Atoom:
    """A piece that stays, comes or goes as a whole: a word, a field, a line end, a bookmark."""

    def __init__(self, sleutel: str, knopen: list[etree._Element]) -> None:
        self.sleutel, self.knopen = sleutel, knopen


def _list_atomen(alinea: etree._Element) -> list[_Atoom]:
    """The pieces of a paragraph; a field is one piece, from its begin to its end."""
    atomen: list[_Atoom] = []
    veld: list[etree._Element] = []
    diepte = 0
    for kind in (kind for kind in alinea if kind.tag != w("pPr")):
        for teken in kind.iter(w("fldChar")):
            diepte += {"begin": 1, "end": -1}.get(str(teken.get(w("fldCharType"))), 0)
        if diepte or veld:
            veld.append(deepcopy(kind))
            if not diepte:
                atomen.append(_Atoom("".join(map(_key, veld)), veld))
                veld = []
        else:
            atomen += _split_kind(kind)
    return [*atomen, *(_Atoom(_key(kind), [kind]) for kind in veld)]


def _split_kind(kind: etree._Element) -> Iterator[_Atoom]:
    """The pieces of a child of a paragraph; a field within a hyperlink goes as a whole."""
    tekst = kind.find(w("t")) if kind.tag == w("r") else None
    if tekst is None or len([deel for deel in kind if deel.tag != w("rPr")]) != 1:
        yield _Atoom(_key(kind), [deepcopy(kind)])
        return
    for woord in split_woorden(tekst.text or ""):
        run = deepcopy(kind)
        doel = run.find(w("t"))
        assert doel is not None
        doel.text = woord
        doel.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        yield _Atoom(_key(run), [run])


def _key(knoop: etree._Element) -> str:
    if knoop.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
        return str(knoop.tag)
    return re.sub(rb' xmlns:\w+="[^"]*"', b"", etree.tostring(knoop)).decode()


def _join_runs(atomen: Sequence[_Atoom]) -> list[etree._Element]:
    """The nodes of pieces, with neighbouring words of one form in one run again."""
    uit: list[etree._Element] = []
    for knoop in (knoop for atoom in atomen for knoop in atoom.knopen):
        vorige = uit[-1] if uit else None
        tekst, eerder = _only_tekst(knoop), _only_tekst(vorige) if vorige is not None else None
        if tekst is not None and eerder is not None and vorige is not None and _vorm(vorige) == _vorm(knoop):
            eerder.text = (eerder.text or "") + (tekst.text or "")
        else:
            uit.append(knoop)
    return uit


def _only_tekst(run: etree._Element) -> etree._Element | None:
    delen = [deel for deel in run if deel.tag != w("rPr")] if run.tag == w("r") else []
    return delen[0] if len(delen) == 1 and delen[0].tag == w("t") else None


def _vorm(run: etree._Element) -> bytes:
    vorm = run.find(w("rPr"))
    return etree.tostring(vorm) if vorm is not None else b""


def _as_vervallen(knoop: etree._Element) -> None:
    for tekst in knoop.iter(w("t")):
        tekst.tag = w("delText")
    for opdracht in knoop.iter(w("instrText")):
        opdracht.tag = w("delInstrText")


def _rename_lijsten(
    oud: etree._Element, nieuw: etree._Element, oude_lijsten: etree._Element, lijsten: etree._Element
) -> None:
    """Let the old paragraphs count in the lists of the new file where they are the same list; else bring theirs."""
    stemmen: Counter[tuple[str, str]] = Counter()
    alineas = [list(lijf.iter(w("p"))) for lijf in (oud, nieuw)]
    for a, b in align(*([_read_blok(alinea) for alinea in lijf] for lijf in alineas)):
        if a is not None and b is not None:
            paar = _read_lijst(alineas[0][a]), _read_lijst(alineas[1][b])
            if paar[0] and paar[1] and _describe(oude_lijsten, paar[0]) == _describe(lijsten, paar[1]):
                stemmen[paar[0], paar[1]] += 1
    nieuwe_naam: dict[str, str] = {"1": "1"}
    for (van, naar), _ in stemmen.most_common():
        if van not in nieuwe_naam and naar not in nieuwe_naam.values():
            nieuwe_naam[van] = naar
    vrij = count(max((int(str(n.get(w("numId")))) for n in lijsten.iter(w("num"))), default=0) + 1)
    for van in sorted({_read_lijst(alinea) for alinea in alineas[0]} - {""} - nieuwe_naam.keys(), key=int):
        nieuwe_naam[van] = str(next(vrij))
        _copy_lijst(oude_lijsten, lijsten, van, nieuwe_naam[van])
    for nummer in oud.iter(w("numId")):
        waarde = str(nummer.get(w("val")))
        nummer.set(w("val"), nieuwe_naam.get(waarde, waarde))


def _read_lijst(alinea: etree._Element) -> str:
    nummer = alinea.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return str(nummer.get(w("val"))) if nummer is not None else ""


def _find_definitie(lijsten: etree._Element, nummer: str) -> etree._Element | None:
    return next((d for d in lijsten.iter(w("abstractNum")) if d.get(w("abstractNumId")) == nummer), None)


def _describe(lijsten: etree._Element, nummer: str) -> list[str]:
    """How a list numbers: the texts of its levels."""
    definitie = _find_definitie(lijsten, nummer)
    return [str(tekst.get(w("val"))) for tekst in definitie.iter(w("lvlText"))] if definitie is not None else []


def _copy_lijst(van: etree._Element, naar: etree._Element, oud: str, nieuw: str) -> None:
    definitie = _find_definitie(van, oud)
    if definitie is None:
        return
    kopie = deepcopy(definitie)
    kopie.set(w("abstractNumId"), nieuw)
    for naam, stam in (("nsid", 0x5E6F0000), ("tmpl", 0x70810000)):
        for knoop in kopie.iter(w(naam)):
            knoop.set(w("val"), f"{stam + int(nieuw):08X}")
    eerste = next(naar.iter(w("num")))
    eerste.addprevious(kopie)
    nummer = etree.SubElement(naar, w("num"), {w("numId"): nieuw})
    etree.SubElement(nummer, w("abstractNumId"), {w("val"): nieuw})
