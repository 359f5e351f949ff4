"""Changes of the text of one document that a person took over: kept beside its data, applied each time it is made.

A change names the clause and what it said. Says the clause something else by now (the template or the
data changed), then the document is refused: a change never lands in another text than it was meant for.

Bron: ontwerp 6 (returned file, each change accepted or refused by a person).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from inkoop.documents.bewerken import map_inhoud, mark_document
from inkoop.documents.boom import (
    Alinea,
    Bijlage,
    Blok,
    Document,
    Inhoud,
    Kader,
    Kop,
    Lijst,
    Punt,
    Regeleinde,
    Tabel,
    Tekst,
    Verwijzing,
    list_inhoud,
    walk_blokken,
)
from inkoop.documents.clausules import Clausule, find_merk, list_clausules, read_tekst
from inkoop.documents.nummering import number_document
from inkoop.documents.verschil import Soort, compare_woorden
from inkoop.domain.fouten import Beletsel, BeletselenError

_replace = msgspec.structs.replace


class Afwijking(msgspec.Struct, frozen=True, kw_only=True):
    """One change: clause `merk` said `oud` and says `nieuw` (empty: it goes).

    `merk` 0 is a new paragraph after clause `na`, a point of the same list when `genummerd`.
    """

    merk: int
    oud: str
    nieuw: str
    na: int = 0
    genummerd: bool = False


class AfwijkingError(BeletselenError):
    """Changes that were taken over do not fit this text; every one is named."""

    def __init__(self, redenen: Iterable[str]) -> None:
        self.redenen = tuple(redenen)
        super().__init__(
            "De overgenomen wijzigingen passen niet op deze tekst.",
            [Beletsel("afwijking", reden) for reden in self.redenen],
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.redenen,)


Rondes = Sequence[Sequence[Afwijking]]
"""The changes of each return of the file, the first return first; each counts the clauses as they were then."""


def apply_afwijkingen(document: Document, rondes: Rondes) -> Document:
    """Apply changes to a marked tree, before it is numbered for good. Raises AfwijkingError."""
    for afwijkingen in rondes:
        document = mark_document(_apply_ronde(document, afwijkingen))
    return document


def fit_wijziging(clausule: Clausule, oud: str, nieuw: str) -> tuple[str, str] | None:
    """What a change of a paragraph in Word means for its clause: Word shows `Bijlage 1` and a title as one line.

    None when the change is in what stands before the clause, which only the template can change.
    """
    voor = oud.removesuffix(clausule.tekst)
    if not oud.endswith(clausule.tekst) or (nieuw.strip() and not nieuw.startswith(voor)):
        return None
    return clausule.tekst, nieuw[len(voor) :] if nieuw.strip() else ""


def _apply_ronde(document: Document, afwijkingen: Sequence[Afwijking]) -> Document:
    genummerd = number_document(document)
    inhouden = _collect_inhouden(genummerd.blokken)
    clausules = {clausule.merk: clausule for clausule in list_clausules(genummerd)}
    fouten = [fout for afwijking in afwijkingen for fout in _check(afwijking, clausules)]
    if fouten:
        raise AfwijkingError(fouten)
    nieuw = {a.merk: a for a in afwijkingen if a.merk}
    erbij: dict[int, list[Afwijking]] = {}
    for afwijking in afwijkingen:
        if not afwijking.merk:
            erbij.setdefault(afwijking.na, []).append(afwijking)

    def change(inhoud: Inhoud) -> Inhoud:
        afwijking = nieuw.get(find_merk(inhoud))
        return inhoud if afwijking is None else change_inhoud(inhouden[afwijking.merk], afwijking.nieuw)

    blokken = _insert(map_inhoud(document.blokken, change), erbij)
    over = {na: lijst for na, lijst in erbij.items() if lijst}
    if over:
        raise AfwijkingError(
            f"Na {clausules[na].aanduiding} kan geen alinea worden ingevoegd; wijzig het sjabloon of de gegevens."
            if na in clausules
            else "Vóór de eerste tekst kan geen alinea worden ingevoegd."
            for na in over
        )
    return _replace(document, blokken=_prune(blokken))


def _collect_inhouden(blokken: Sequence[Blok]) -> dict[int, Inhoud]:
    return {
        find_merk(inhoud): inhoud for blok in walk_blokken(tuple(blokken)) for inhoud in list_inhoud(blok) if inhoud
    }


def _check(afwijking: Afwijking, clausules: Mapping[int, Clausule]) -> Iterator[str]:
    if not afwijking.merk:
        if afwijking.na and afwijking.na not in clausules:
            yield f"Een nieuwe alinea hoort na een clausule die er niet meer is: “{_shorten(afwijking.nieuw)}”"
        return
    clausule = clausules.get(afwijking.merk)
    if clausule is None:
        yield f"Een clausule die is gewijzigd, is er niet meer: “{_shorten(afwijking.oud)}”"
    elif clausule.tekst != afwijking.oud:
        yield (
            f"{clausule.aanduiding} luidt nu anders dan toen de wijziging werd overgenomen: "
            f"toen “{_shorten(afwijking.oud)}”, nu “{_shorten(clausule.tekst)}”."
        )


def _shorten(tekst: str) -> str:
    return tekst if len(tekst) <= 80 else tekst[:77] + "..."


def change_inhoud(inhoud: Inhoud, nieuw: str) -> Inhoud:
    """The same running text saying something else: what stays keeps its form, and a whole reference stays one."""
    teken = 0
    resten: list[tuple[int, Tekst | Verwijzing | Regeleinde]] = []
    for deel in inhoud:
        resten.append((teken, deel))
        teken += 1 if isinstance(deel, Regeleinde) else len(deel.tekst)
    uit: list[Tekst | Verwijzing | Regeleinde] = []
    plek = 0
    for woorden in compare_woorden(read_tekst(inhoud), nieuw):
        if woorden.soort is Soort.NIEUW:
            uit += _as_delen(woorden.tekst, uit[-1] if uit else inhoud[0])
            continue
        if woorden.soort is Soort.GELIJK:
            uit += _slice(resten, plek, plek + len(woorden.tekst))
        plek += len(woorden.tekst)
    if uit and not isinstance(uit[0], Regeleinde):
        uit[0] = _replace(uit[0], merk=find_merk(inhoud))
    return tuple(uit)


def _as_delen(tekst: str, voorbeeld: Tekst | Verwijzing | Regeleinde) -> Iterator[Tekst | Verwijzing | Regeleinde]:
    vet = not isinstance(voorbeeld, Regeleinde) and voorbeeld.vet
    cursief = not isinstance(voorbeeld, Regeleinde) and voorbeeld.cursief
    for nummer, regel in enumerate(tekst.split("\n")):
        if nummer:
            yield Regeleinde()
        if regel:
            yield Tekst(regel, vet, cursief)


def _slice(
    delen: Sequence[tuple[int, Tekst | Verwijzing | Regeleinde]], van: int, tot: int
) -> Iterator[Tekst | Verwijzing | Regeleinde]:
    for begin, deel in delen:
        lengte = 1 if isinstance(deel, Regeleinde) else len(deel.tekst)
        links, rechts = max(van, begin), min(tot, begin + lengte)
        if links >= rechts:
            continue
        if isinstance(deel, Regeleinde) or (links == begin and rechts == begin + lengte):
            yield deel
        else:
            yield Tekst(deel.tekst[links - begin : rechts - begin], deel.vet, deel.cursief)


def _insert(blokken: Sequence[Blok], erbij: dict[int, list[Afwijking]]) -> tuple[Blok, ...]:
    """Put new paragraphs after their clause; what was placed is taken out of `erbij`."""
    uit: list[Blok] = []
    for blok in blokken:
        if isinstance(blok, Lijst):
            punten = [nieuw for punt in blok.punten for nieuw in _insert_punt(punt, erbij)]
            uit.append(_replace(blok, punten=tuple(punten)))
            continue
        uit.append(_replace(blok, blokken=_insert(blok.blokken, erbij)) if isinstance(blok, Kader | Bijlage) else blok)
        if isinstance(blok, Alinea | Kop):
            uit += [_make_alinea(a, blok) for a in erbij.pop(find_merk(blok.inhoud), [])]
    return tuple(uit)


def _insert_punt(punt: Punt, erbij: dict[int, list[Afwijking]]) -> Iterator[Punt]:
    eerste = punt.blokken[0]
    lijst = erbij.pop(find_merk(eerste.inhoud), []) if isinstance(eerste, Alinea) else []
    alineas = [_make_alinea(a, eerste) for a in lijst if not a.genummerd]
    yield _replace(punt, blokken=(eerste, *alineas, *_insert(punt.blokken[1:], erbij)))
    for afwijking in lijst:
        if afwijking.genummerd:
            yield Punt(blokken=(_make_alinea(afwijking, eerste),), plaats=punt.plaats)


def _make_alinea(afwijking: Afwijking, buur: Blok) -> Alinea:
    inhoud = tuple(_as_delen(afwijking.nieuw, Regeleinde()))
    return Alinea(inhoud=inhoud, plaats=buur.plaats)


def _prune(blokken: Sequence[Blok]) -> tuple[Blok, ...]:
    """Leave out what has no text any more."""
    uit: list[Blok] = []
    for blok in blokken:
        if isinstance(blok, Lijst):
            punten = tuple(_replace(punt, blokken=rest) for punt in blok.punten if (rest := _prune(punt.blokken)))
            uit += [_replace(blok, punten=punten)] if punten else []
        elif isinstance(blok, Tabel):
            rijen = tuple(rij for rij in blok.rijen if any(rij))
            uit += [_replace(blok, rijen=rijen)] if rijen else []
        elif isinstance(blok, Kader | Bijlage):
            uit.append(_replace(blok, blokken=_prune(blok.blokken)))
        elif not isinstance(blok, Alinea | Kop) or blok.inhoud:
            uit.append(blok)
    return tuple(uit)
