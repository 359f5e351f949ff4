"""Tracked changes of Word: all of them taken over, or all of them undone.

What a paragraph mark means follows ECMA-376: a mark that was inserted or deleted joins its paragraph to
the next one when the insertion is undone or the deletion taken over; the joined paragraph keeps the form
of the last one.

Bron: ECMA-376 part 1, 17.13.5 (revisions).
"""

from __future__ import annotations

from lxml import etree

WN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(naam: str) -> str:
    """The full name of an element or attribute of Word."""
    return f"{{{WN}}}{naam}"


_ERIN = (w("ins"), w("moveTo"))
_ERUIT = (w("del"), w("moveFrom"))
_VORM = ("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange")
_MERKTEKENS = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
_TERUG = {w("delText"): w("t"), w("delInstrText"): w("instrText")}


def accept_all(boom: etree._Element) -> None:
    """Take over every tracked change, in place."""
    _settle(boom, weg=_ERUIT, blijft=_ERIN, herstel_vorm=False)


def reject_all(boom: etree._Element) -> None:
    """Undo every tracked change, in place."""
    _settle(boom, weg=_ERIN, blijft=_ERUIT, herstel_vorm=True)


def _settle(boom: etree._Element, *, weg: tuple[str, ...], blijft: tuple[str, ...], herstel_vorm: bool) -> None:
    _settle_vorm(boom, herstel=herstel_vorm)
    samengevoegd = [p for p in boom.iter(w("p")) if _has_merk(p, weg)]
    for rij in [rij for rij in boom.iter(w("tr")) if (vorm := rij.find(w("trPr"))) is not None and _find(vorm, weg)]:
        _remove(rij)
    for knoop in [knoop for knoop in boom.iter(*weg) if not _is_merk(knoop)]:
        _remove(knoop)
    for knoop in [knoop for knoop in boom.iter(*blijft) if not _is_merk(knoop)]:
        _unwrap(knoop)
    for knoop in list(boom.iter(*weg, *blijft)):
        _remove(knoop)
    for knoop in boom.iter(*_TERUG):
        knoop.tag = _TERUG[str(knoop.tag)]
    for merk in list(boom.iter(*(w(naam) for naam in _MERKTEKENS))):
        _remove(merk)
    for alinea in samengevoegd:
        _join_next(alinea)
    for tabel in [tabel for tabel in boom.iter(w("tbl")) if tabel.find(w("tr")) is None]:
        _remove(tabel)


def _is_merk(knoop: etree._Element) -> bool:
    """Whether a tracked change says something about a paragraph mark or a row, and holds no text."""
    ouder = knoop.getparent()
    return ouder is not None and ouder.tag in {w("rPr"), w("trPr"), w("tcPr")}


def _has_merk(alinea: etree._Element, soorten: tuple[str, ...]) -> bool:
    vorm = alinea.find(f"{w('pPr')}/{w('rPr')}")
    return vorm is not None and _find(vorm, soorten)


def _find(knoop: etree._Element, soorten: tuple[str, ...]) -> bool:
    return any(kind.tag in soorten for kind in knoop)


def _settle_vorm(boom: etree._Element, *, herstel: bool) -> None:
    """Changes of form: forget them, or put the earlier form back."""
    for wijziging in list(boom.iter(*(w(naam) for naam in _VORM))):
        ouder = wijziging.getparent()
        if ouder is None:
            continue
        ouder.remove(wijziging)
        eerder = next(iter(wijziging), None)
        if (
            herstel
            and eerder is not None
            and eerder.tag == ouder.tag
            and (bovenliggend := ouder.getparent()) is not None
        ):
            bewaard = ouder.find(w("rPr")) if ouder.tag == w("pPr") else None
            if bewaard is not None:
                eerder.append(bewaard)
            bovenliggend.replace(ouder, eerder)


def _remove(knoop: etree._Element) -> None:
    ouder = knoop.getparent()
    if ouder is not None:
        ouder.remove(knoop)


def _unwrap(knoop: etree._Element) -> None:
    ouder = knoop.getparent()
    if ouder is None:
        return
    plek = ouder.index(knoop)
    for kind in reversed(list(knoop)):
        ouder.insert(plek, kind)
    ouder.remove(knoop)


def _join_next(alinea: etree._Element) -> None:
    """Put what is left of a paragraph before the next one; without a next one it stays when it has text."""
    ouder = alinea.getparent()
    if ouder is None:
        return
    rest = [kind for kind in alinea if kind.tag != w("pPr")]
    volgende = alinea.getnext()
    while volgende is not None and volgende.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
        volgende = volgende.getnext()
    if volgende is None or volgende.tag != w("p"):
        if not any(kind.tag == w("r") for kind in rest) and (volgende is not None or alinea.getprevious() is not None):
            ouder.remove(alinea)
        return
    plek = 1 if volgende.find(w("pPr")) is not None else 0
    for kind in reversed(rest):
        volgende.insert(plek, kind)
    ouder.remove(alinea)


def read_alinea(alinea: etree._Element) -> str:
    """The text of a paragraph as it is read: fields by what they show, a line end as a line end."""
    delen: list[str] = []
    for knoop in alinea.iter(w("t"), w("br"), w("tab"), w("cr"), w("noBreakHyphen")):
        if knoop.tag == w("t"):
            delen.append(knoop.text or "")
        elif knoop.tag == w("tab"):
            delen.append("\t" if _is_run(knoop) else "")
        elif knoop.tag == w("noBreakHyphen"):
            delen.append("-")
        elif knoop.get(w("type")) != "page":
            delen.append("\n")
    return "".join(delen)


def _is_run(knoop: etree._Element) -> bool:
    ouder = knoop.getparent()
    return ouder is not None and ouder.tag == w("r")
