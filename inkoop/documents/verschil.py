"""What differs between two versions of a document, clause by clause and word by word, and how a browser shows it.

Numbers count as text here: a clause that moves from 4.2 to 4.3 has changed for who refers to it.

Bron: ontwerp 6 (redline); metingen (own tree diff).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from html import escape

import msgspec

from inkoop.documents.boom import Document
from inkoop.documents.clausules import Clausule, list_clausules

MIN_GELIJKENIS = 0.45
"""From which likeness (0 to 1) on two clauses count as one that changed, and not as one gone and one new."""
KORT = 4
"""Up to how many words two texts in the same place are the same clause, whatever they say: a date, a kenmerk."""
MAX_PAREN = 40_000
"""How many pairs of clauses one gap compares: two wholly different documents of 200 clauses."""
_WOORD = re.compile(r"\s+|\w+|[^\w\s]")


class Soort(StrEnum):
    """What happened to a clause, or to some words in it."""

    GELIJK = "gelijk"
    GEWIJZIGD = "gewijzigd"
    NIEUW = "nieuw"
    VERVALLEN = "vervallen"


class Woorden(msgspec.Struct, frozen=True):
    """A stretch of words that stayed, came or went."""

    soort: Soort
    tekst: str


class Clausuleverschil(msgspec.Struct, frozen=True, kw_only=True):
    """One clause before and after; None on the side where it is not."""

    soort: Soort
    oud: Clausule | None
    nieuw: Clausule | None
    woorden: tuple[Woorden, ...]

    @property
    def aanduiding(self) -> str:
        """Where it stands now, or stood."""
        clausule = self.nieuw or self.oud
        return clausule.aanduiding if clausule else ""


def compare_documents(oud: Document, nieuw: Document) -> tuple[Clausuleverschil, ...]:
    """Every clause of both, in reading order."""
    return compare_clausules(list_clausules(oud), list_clausules(nieuw))


def compare_clausules(oud: Sequence[Clausule], nieuw: Sequence[Clausule]) -> tuple[Clausuleverschil, ...]:
    """Align two lists of clauses: first what is equal, then within each gap what is alike."""
    paren = align([clausule.tekst for clausule in oud], [clausule.tekst for clausule in nieuw])
    return tuple(_make(oud[a] if a is not None else None, nieuw[b] if b is not None else None) for a, b in paren)


def align(oud: Sequence[str], nieuw: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of places in two lists of texts, in order; None where a text has no counterpart."""
    for soort, a, a_tot, b, b_tot in SequenceMatcher(None, oud, nieuw, autojunk=False).get_opcodes():
        if soort == "equal":
            yield from zip(range(a, a_tot), range(b, b_tot), strict=True)
        else:
            yield from _align_gat(oud, nieuw, range(a, a_tot), range(b, b_tot))


def _align_gat(
    oud: Sequence[str], nieuw: Sequence[str], van: range, naar: range
) -> Iterator[tuple[int | None, int | None]]:
    """Within a gap: the most alike pair first, then what lies before and after it; a huge gap goes as a whole."""
    if len(van) * len(naar) > MAX_PAREN:
        yield from ((plek, None) for plek in van)
        yield from ((None, plek) for plek in naar)
        return
    beste = max(
        ((_measure(oud[a], nieuw[b]), -abs((a - van.start) - (b - naar.start)), a, b) for a in van for b in naar),
        default=(0.0, 0, 0, 0),
    )
    gelijkenis, _, a, b = beste
    if len(van) == len(naar) == 1 and max(len(oud[a].split()), len(nieuw[b].split())) <= KORT:
        yield a, b
        return
    if gelijkenis < MIN_GELIJKENIS:
        yield from ((plek, None) for plek in van)
        yield from ((None, plek) for plek in naar)
        return
    yield from _align_gat(oud, nieuw, range(van.start, a), range(naar.start, b))
    yield a, b
    yield from _align_gat(oud, nieuw, range(a + 1, van.stop), range(b + 1, naar.stop))


@lru_cache(maxsize=100_000)
def _measure(oud: str, nieuw: str) -> float:
    """How much two texts have in common: shared words over all words, 0 to 1, whatever their order."""
    links, rechts = Counter(oud.split()), Counter(nieuw.split())
    samen = links.total() + rechts.total()
    return 2 * (links & rechts).total() / samen if samen else float(oud == nieuw)


def split_woorden(tekst: str) -> list[str]:
    """Words, white space and signs, each apart; together they are the text."""
    return _WOORD.findall(tekst)


def compare_woorden(oud: str, nieuw: str) -> tuple[Woorden, ...]:
    """What stayed, went and came between two texts, word by word."""
    links, rechts = split_woorden(oud), split_woorden(nieuw)
    delen: list[Woorden] = []
    for soort, a, a_tot, b, b_tot in SequenceMatcher(None, links, rechts, autojunk=False).get_opcodes():
        if soort == "equal":
            delen.append(Woorden(Soort.GELIJK, "".join(links[a:a_tot])))
            continue
        if a < a_tot:
            delen.append(Woorden(Soort.VERVALLEN, "".join(links[a:a_tot])))
        if b < b_tot:
            delen.append(Woorden(Soort.NIEUW, "".join(rechts[b:b_tot])))
    return tuple(delen)


def _make(oud: Clausule | None, nieuw: Clausule | None) -> Clausuleverschil:
    woorden = compare_woorden(oud.regel if oud else "", nieuw.regel if nieuw else "")
    if oud is None or nieuw is None:
        soort = Soort.NIEUW if oud is None else Soort.VERVALLEN
    else:
        soort = Soort.GELIJK if oud.regel == nieuw.regel else Soort.GEWIJZIGD
    return Clausuleverschil(soort=soort, oud=oud, nieuw=nieuw, woorden=woorden)


def render_verschil(verschillen: Sequence[Clausuleverschil], titel: str, uitleg: str) -> str:
    """The comparison as a page without scripts: what came is underlined, what went is struck through.

    Whoever cannot see colours hears "nieuw" and "vervallen" before the words.
    """
    aantallen = {soort: sum(v.soort is soort for v in verschillen) for soort in Soort}
    telling = (
        f"{aantallen[Soort.GEWIJZIGD]} gewijzigd, {aantallen[Soort.NIEUW]} nieuw, "
        f"{aantallen[Soort.VERVALLEN]} vervallen, {aantallen[Soort.GELIJK]} gelijk gebleven."
    )
    rijen = "".join(
        f'<tr class="{v.soort.value}"><th scope="row">{escape(v.aanduiding)}</th><td>{v.soort.value}</td>'
        f"<td>{''.join(map(_write_woorden, v.woorden))}</td></tr>"
        for v in verschillen
    )
    return (
        f'<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8"><title>{escape(titel)}</title>'
        f"<style>{_STIJL}</style></head><body><h1>{escape(titel)}</h1><p>{escape(uitleg)}</p><p>{telling}</p>"
        '<table><thead><tr><th scope="col">Plaats</th><th scope="col">Wat</th><th scope="col">Tekst</th></tr></thead>'
        f"<tbody>{rijen}</tbody></table></body></html>\n"
    )


def _write_woorden(woorden: Woorden) -> str:
    tekst = escape(woorden.tekst, quote=False).replace("\n", "<br>")
    if woorden.soort is Soort.NIEUW:
        return f'<ins><span class="verborgen">nieuw: </span>{tekst}</ins>'
    if woorden.soort is Soort.VERVALLEN:
        return f'<del><span class="verborgen">vervallen: </span>{tekst}</del>'
    return tekst


_STIJL = """
body { font-family: "Noto Sans", sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.5; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; overflow-wrap: anywhere; }
thead th:first-child { width: 24%; } thead th:nth-child(2) { width: 6.5em; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em; }
tr { border-bottom: 1px solid #b9c3cf; } tbody th { font-weight: 400; color: #4a5666; }
ins { background: #e3f2e1; color: #14532d; } del { background: #fbe4e4; color: #7f1d1d; }
.gelijk { color: #4a5666; } .verborgen { position: absolute; left: -9999px; }
"""
