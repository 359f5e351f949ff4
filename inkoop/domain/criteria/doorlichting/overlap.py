"""Two criteria that ask the same: double work for providers, and two chances to fall on one point.

One certificate or document may well count for two demands (BP-02), but then the set says so: where one of
both texts names the other criterium, or says that it counts for both, nothing is remarked.

Bron: BP-02; what counts as an explanation is a project default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import msgspec

from inkoop.domain.criteria.criterium import Certificaattoets, Criterium, EenToets, Toepassingsbereik, Toets
from inkoop.domain.criteria.doorlichting.opmerking import Opmerking, Pad, fout, let_op, walk_toetsen

_UITLEG = re.compile(r"\b(?:beide|allebei|ook\s+voor|dezelfde?|hetzelfde)\b", re.IGNORECASE)


def check_overlap(criteria: tuple[Criterium, ...]) -> Iterator[Opmerking]:
    """Every pair of criteria that ask the same of the same part of the offer; the place is the later one."""
    for (_, een), (j, ander) in combinations(enumerate(criteria), 2):
        if not may_meet(een.alleen, ander.alleen):
            continue
        if een.toets == ander.toets:
            zin = f"Dit criterium toetst precies hetzelfde als {een.id}. Voeg ze samen, of maak het verschil duidelijk."
            yield fout("zelfde-toets", ("criteria", j, "toets"), zin)
        elif not _is_explained(een, ander):
            yield from _compare(een, ander, ("criteria", j, "toets"))


def may_meet(een: Toepassingsbereik, ander: Toepassingsbereik) -> bool:
    """Whether one offer can fall under both; unknown (two features, two legal forms) counts as yes."""
    for naam in ("percelen", "producten"):
        links, rechts = set(getattr(een, naam)), set(getattr(ander, naam))
        if links and rechts and links.isdisjoint(rechts):
            return False
    return True


def _is_explained(een: Criterium, ander: Criterium) -> bool:
    """Whether one of both texts says that the other asks something like it."""
    teksten = {een.id: f"{een.eis} {een.motivering}", ander.id: f"{ander.eis} {ander.motivering}"}
    return (
        any(_UITLEG.search(tekst) for tekst in teksten.values())
        or ander.id in teksten[een.id]
        or een.id in teksten[ander.id]
    )


def _compare(een: Criterium, ander: Criterium, pad: Pad) -> Iterator[Opmerking]:
    bladen = [blad for _, blad in walk_toetsen(een.toets)]
    for eigen, blad in walk_toetsen(ander.toets):
        for eerder in bladen:
            if wat := find_zelfde(eerder, blad):
                zin = (
                    f"{een.id} en {ander.id} vragen allebei naar {wat}. Voeg ze samen, of schrijf in de motivering dat"
                    " één stuk voor beide telt (BP-02)."
                )
                yield let_op("overlap", (*pad, *eigen), zin)
                return


def find_zelfde(een: EenToets, ander: EenToets) -> str | None:
    """What two leaves both ask for, in words; None when that differs.

    Of each kind the first text in its struct says what it asks for (norm, document, functie ...).
    """
    if type(een) is not type(ander):
        return None
    if isinstance(een, Certificaattoets) and isinstance(ander, Certificaattoets):
        samen = [n for n in (een.norm, *een.gelijkwaardig) if n in (ander.norm, *ander.gelijkwaardig)]
        return f"een certificaat {samen[0]}" if samen else None
    onderwerp = name_onderwerp(een)
    return f"'{onderwerp}'" if onderwerp is not None and onderwerp == name_onderwerp(ander) else None


def name_onderwerp(toets: Toets) -> str | None:
    """What a leaf is about: the value of the first key of its kind, where that is one word."""
    velden = msgspec.structs.fields(toets)
    waarde = getattr(toets, velden[0].name) if velden else None
    return waarde if isinstance(waarde, str) else None
