"""Native numbering of a Word document: one list definition for each sequence of the tree.

Each sequence has a definition of its own, so that no restart setting is needed: programs differ in how
they read those. The level text of an artikel is `%1.` and of a lid `%1.%2`; a reference field drops the
last full stop and gives what the tree gives.

Bron: metingen (level text `%1.`).
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.documents.boom import Bijlage, Blok, Document, Kader, Kop, Lijst
from inkoop.documents.docx.stijlen import INSPRING, INSPRING_DIEPER, W

OPSOMMING = 1
"""The list of bullets; sequence n of the tree is list n + 2."""

_ARTIKELTREDEN = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3."), ("lowerRoman", "%4."))
_LIJSTTREDEN = (("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3."))
_BULLETS = ("•", "–", "•", "–")


def list_id(reeks: int) -> int:
    """The number that Word knows a sequence of the tree by."""
    return reeks + 2


def indent_artikeltrede(trede: int) -> tuple[int, int]:
    """Where the text of a level in artikelen begins and how far its number hangs."""
    dieper = max(trede - 1, 0)
    return INSPRING + dieper * INSPRING_DIEPER, INSPRING_DIEPER if dieper else INSPRING


def indent_lijsttrede(trede: int) -> tuple[int, int]:
    """Where the text of a level of a list begins and how far its number hangs."""
    return indent_artikeltrede(trede + 1)


def find_reeksen(document: Document) -> dict[int, bool]:
    """Every sequence that is used, and whether it numbers artikelen."""
    reeksen: dict[int, bool] = {}
    for reeks, artikel in _walk_reeksen(document.blokken):
        reeksen[reeks] = reeksen.get(reeks, False) or artikel
    return dict(sorted(reeksen.items()))


def _walk_reeksen(blokken: tuple[Blok, ...]) -> Iterator[tuple[int, bool]]:
    for blok in blokken:
        if isinstance(blok, Kop) and blok.nummer:
            yield blok.reeks, True
        elif isinstance(blok, Kader | Bijlage):
            yield from _walk_reeksen(blok.blokken)
        elif isinstance(blok, Lijst):
            for punt in blok.punten:
                if blok.genummerd:
                    yield punt.reeks, False
                yield from _walk_reeksen(punt.blokken)


def _write_trede(nummer: int, soort: str, tekst: str, links: int, hangend: int, letter: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{nummer}"><w:start w:val="1"/><w:numFmt w:val="{soort}"/><w:lvlText w:val="{tekst}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{links}"/></w:tabs>'
        f'<w:ind w:left="{links}" w:hanging="{hangend}"/></w:pPr>{letter}</w:lvl>'
    )


def _write_definitie(nummer: int, treden: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{nummer}"><w:nsid w:val="{0x1A2B0000 + nummer:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x3C4D0000 + nummer:08X}"/>{treden}</w:abstractNum>'
    )


def write_nummerlijsten(document: Document) -> str:
    """Write word/numbering.xml."""
    gewoon = '<w:rPr><w:b w:val="0"/><w:i w:val="0"/></w:rPr>'
    bullets = "".join(
        _write_trede(trede, "bullet", teken, (trede + 1) * 340, 283, gewoon) for trede, teken in enumerate(_BULLETS)
    )
    definities = [_write_definitie(OPSOMMING, bullets)]
    nummers = [OPSOMMING]
    for reeks, artikelen in find_reeksen(document).items():
        soorten = _ARTIKELTREDEN if artikelen else _LIJSTTREDEN
        indent = indent_artikeltrede if artikelen else indent_lijsttrede
        treden = "".join(
            _write_trede(trede, soort, tekst, *indent(trede), "" if artikelen and not trede else gewoon)
            for trede, (soort, tekst) in enumerate(soorten)
        )
        definities.append(_write_definitie(list_id(reeks), treden))
        nummers.append(list_id(reeks))
    lijsten = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in nummers)
    return f"<w:numbering {W}>{''.join(definities)}{lijsten}</w:numbering>"
