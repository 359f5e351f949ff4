"""Changes of articles of a text that is agreed: found by the number that is printed, applied, and read from two texts.

Bron: C.21 (was and wordt per article).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from inkoop.documents.afwijkingen import Afwijking
from inkoop.documents.boom import Document
from inkoop.documents.clausules import Clausule, list_clausules
from inkoop.documents.verschil import Clausuleverschil, compare_documents
from inkoop.domain.fouten import Beletsel, BeletselenError


class Artikeltekst(msgspec.Struct, frozen=True, kw_only=True):
    """What one article says before and after. `was` None = whatever it says now; `nieuw_na`: a new text after it."""

    artikel: str
    wordt: str
    was: str | None = None
    nieuw_na: bool = False


def read_artikelen(
    document: Document, wijzigingen: Sequence[Artikeltekst]
) -> tuple[tuple[Artikeltekst, Afwijking], ...]:
    """Each change with what its article says now, and as the text takes it over.

    Raises BeletselenError with every article that is not there, is not one text, or says something else by now.
    """
    clausules = [clausule for clausule in list_clausules(document) if clausule.merk]
    gevonden, beletselen = [], []
    for een in wijzigingen:
        try:
            clausule = _find(clausules, een)
        except LookupError as fout:
            beletselen.append(Beletsel("artikel", str(fout.args[0])))
            continue
        was = "" if een.nieuw_na else clausule.tekst
        gevonden.append((msgspec.structs.replace(een, was=was, artikel=clausule.aanduiding), _make(een, clausule)))
    if beletselen:
        raise BeletselenError("Deze artikelen kunnen zo niet wijzigen.", beletselen)
    return tuple(gevonden)


def _find(clausules: Sequence[Clausule], een: Artikeltekst) -> Clausule:
    gezocht = " ".join(een.artikel.lower().split())
    plek = [clausule for clausule in clausules if clausule.aanduiding.lower() == gezocht]
    if not plek:
        raise LookupError(f"{een.artikel} staat niet in de tekst.")
    if een.was is not None and not een.nieuw_na:
        gelijk = [clausule for clausule in plek if _squeeze(clausule.tekst) == _squeeze(een.was)]
        if not gelijk:
            raise LookupError(f"{een.artikel} luidt nu anders: “{plek[-1].tekst}”")
        return gelijk[0]
    # A heading and the one text below it bear the same number; the text is what is meant.
    teksten = [clausule for clausule in plek if not clausule.nummer or len(plek) == 1]
    if een.nieuw_na:
        return plek[-1]
    if len(teksten) != 1:
        raise LookupError(f"{een.artikel} heeft meer dan één tekst; noem het lid, of geef met 'was' aan welke.")
    return teksten[0]


def _squeeze(tekst: str) -> str:
    return " ".join(tekst.split())


def _make(een: Artikeltekst, clausule: Clausule) -> Afwijking:
    if een.nieuw_na:
        genummerd = clausule.nummer not in ("", "•")
        return Afwijking(merk=0, oud="", nieuw=een.wordt, na=clausule.merk, genummerd=genummerd)
    return Afwijking(merk=clausule.merk, oud=clausule.tekst, nieuw=een.wordt)


def compare_artikelen(oud: Document, nieuw: Document) -> tuple[Artikeltekst, ...]:
    """What differs between two texts, article by article; a number that only shifts is no difference."""
    return tuple(_list_verschil(compare_documents(oud, nieuw)))


def _list_verschil(verschillen: Sequence[Clausuleverschil]) -> Iterator[Artikeltekst]:
    vorige = "aanhef"
    for een in verschillen:
        if een.oud is None and een.nieuw is not None:
            yield Artikeltekst(artikel=vorige, was="", wordt=een.nieuw.tekst, nieuw_na=True)
        elif een.nieuw is None and een.oud is not None:
            yield Artikeltekst(artikel=een.oud.aanduiding, was=een.oud.tekst, wordt="")
        elif een.oud is not None and een.nieuw is not None and een.oud.tekst != een.nieuw.tekst:
            yield Artikeltekst(artikel=een.oud.aanduiding, was=een.oud.tekst, wordt=een.nieuw.tekst)
        vorige = een.oud.aanduiding if een.oud is not None else vorige
