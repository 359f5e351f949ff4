"""What a person does in Word, done to the XML: tracked and silent changes, remarks, new paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from inkoop.documents.docx.openen import HOOFDDEEL, open_docx, parse_deel
from inkoop.documents.docx.pakket import zip_delen
from inkoop.documents.docx.revisies import read_alinea, w

Werk = Callable[[etree._Element], None]


def edit(docx: bytes, werk: Werk, **delen: str) -> bytes:
    """The file after somebody worked on its body; `delen` are further parts (`word__comments.xml`)."""
    inhoud: dict[str, str | bytes] = dict(open_docx(docx, "proef.docx"))
    boom = parse_deel(bytes(inhoud[HOOFDDEEL]))  # type: ignore[arg-type]
    werk(boom)
    inhoud[HOOFDDEEL] = etree.tostring(boom, xml_declaration=True, encoding="UTF-8", standalone=True)
    inhoud |= {naam.replace("__", "/"): deel for naam, deel in delen.items()}
    return zip_delen(inhoud)


def list_teksten(docx: bytes, werk: Werk | None = None) -> list[str]:
    """The paragraphs that have text, after some work on a copy."""
    boom = parse_deel(open_docx(docx, "proef.docx")[HOOFDDEEL])
    if werk is not None:
        werk(boom)
    return [tekst for alinea in boom.iter(w("p")) if (tekst := read_alinea(alinea)).strip()]


def find_alinea(boom: etree._Element, tekst: str) -> etree._Element:
    """The first paragraph that holds this text."""
    return next(alinea for alinea in boom.iter(w("p")) if tekst in read_alinea(alinea))


def _mark(soort: str, auteur: str = "mr. K. Aarts") -> etree._Element:
    return etree.Element(w(soort), {w("id"): "9001", w("author"): auteur, w("date"): "2020-05-04T09:00:00Z"})


def replace_woord(oud: str, nieuw: str, *, volgen: bool = True) -> Werk:
    """Replace a word in the first paragraph that has it, tracked or not."""

    def werk(boom: etree._Element) -> None:
        run = next(r for r in boom.iter(w("r")) if (t := r.find(w("t"))) is not None and oud in (t.text or ""))
        tekst = run.find(w("t"))
        voor, _, na = (tekst.text or "").partition(oud)  # type: ignore[union-attr]
        stukken = []
        for soort, stuk in (("", voor), ("del" if volgen else "weg", oud), ("ins" if volgen else "", nieuw), ("", na)):
            if soort == "weg" or not stuk:
                continue
            kopie = deepcopy(run)
            doel = kopie.find(w("t"))
            assert doel is not None
            doel.text = stuk
            doel.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if soort == "del":
                doel.tag = w("delText")
            if soort:
                merk = _mark(soort)
                merk.append(kopie)
                kopie = merk
            stukken.append(kopie)
        ouder = run.getparent()
        assert ouder is not None
        plek = ouder.index(run)
        ouder.remove(run)
        for stuk_ in reversed(stukken):
            ouder.insert(plek, stuk_)

    return werk


def add_alinea(na: str, tekst: str) -> Werk:
    """Type a new paragraph after another one, of the same style and list, tracked: Word marks the mark before it."""

    def werk(boom: etree._Element) -> None:
        alinea = find_alinea(boom, na)
        nieuw = etree.Element(w("p"))
        vorm = alinea.find(w("pPr"))
        if vorm is not None:
            nieuw.append(deepcopy(vorm))
        run = etree.Element(w("r"))
        etree.SubElement(run, w("t")).text = tekst
        merk = _mark("ins")
        merk.append(run)
        nieuw.append(merk)
        eigen = alinea.find(w("pPr"))
        if eigen is None:
            eigen = etree.Element(w("pPr"))
            alinea.insert(0, eigen)
        etree.SubElement(eigen, w("rPr")).append(_mark("ins"))
        alinea.addnext(nieuw)

    return werk


def drop_alinea(tekst: str) -> Werk:
    """Delete a whole paragraph, tracked."""

    def werk(boom: etree._Element) -> None:
        alinea = find_alinea(boom, tekst)
        for run in list(alinea.iter(w("r"))):
            merk = _mark("del")
            run.addprevious(merk)
            merk.append(run)
            for deel in run.iter(w("t")):
                deel.tag = w("delText")
        vorm = alinea.find(w("pPr"))
        if vorm is None:
            vorm = etree.Element(w("pPr"))
            alinea.insert(0, vorm)
        etree.SubElement(vorm, w("rPr")).append(_mark("del"))

    return werk


def remark(bij: str) -> Werk:
    """Select a paragraph and remark on it; the text of the remark is in the part of remarks."""

    def werk(boom: etree._Element) -> None:
        alinea = find_alinea(boom, bij)
        run = next(alinea.iter(w("r")))
        run.addprevious(etree.Element(w("commentRangeStart"), {w("id"): "0"}))
        etree.SubElement(etree.SubElement(alinea, w("r")), w("commentReference"), {w("id"): "0"})

    return werk


OPMERKINGEN = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" '
    'w:author="mr. K. Aarts" w:date="2020-05-04T09:00:00Z"><w:p><w:r><w:t>Waarom drie maanden?</w:t></w:r></w:p>'
    "</w:comment></w:comments>"
)
