"""Going over a whole criteria set, by itself or in the procedure that uses it.

Bron: ontwerp 4, 9; BP-01, BP-02, BP-04, BP-06, BP-12.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inkoop.domain.criteria.aansluiting import list_aansluiting
from inkoop.domain.criteria.criterium import Criteriaset, Criterium
from inkoop.domain.criteria.doorlichting.haalbaarheid import check_duur, check_in_procedure, check_moment
from inkoop.domain.criteria.doorlichting.opmerking import Ernst, Opmerking, fout, let_op, list_vraagvelden, walk_toetsen
from inkoop.domain.criteria.doorlichting.overlap import check_overlap
from inkoop.domain.criteria.doorlichting.taal import check_teksten
from inkoop.domain.criteria.rechtsvormen import find_gewone
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie


def examine(editie: Criteriaset, procedure: Proceduredefinitie | None = None) -> tuple[Opmerking, ...]:
    """Every remark on an edition, in the order of the file; with a procedure also what only shows there."""
    opmerkingen = list(check_overlap(editie.criteria))
    if procedure is not None:
        opmerkingen += list_aansluiting(editie, procedure)
    for i, criterium in enumerate(editie.criteria):
        opmerkingen += [
            msgspec.structs.replace(opmerking, pad=("criteria", i, *opmerking.pad))
            for opmerking in _examine_criterium(criterium, editie, procedure)
        ]
    return tuple(dict.fromkeys(opmerkingen))


def check_publiceerbaar(editie: Criteriaset, procedure: Proceduredefinitie) -> list[Beletsel]:
    """Why this edition cannot be published in this procedure: every fault, with the criterium it is about."""
    return [
        Beletsel(opmerking.code, f"{_name_plek(editie, opmerking)}{opmerking.tekst}")
        for opmerking in examine(editie, procedure)
        if opmerking.ernst is Ernst.FOUT
    ]


def _examine_criterium(
    criterium: Criterium, editie: Criteriaset, procedure: Proceduredefinitie | None
) -> Iterator[Opmerking]:
    yield from check_teksten(criterium, selectie=None if procedure is None else procedure.selectie)
    yield from _check_vragen(criterium)
    yield from _check_rechtsvormen(criterium)
    yield from check_moment(criterium)
    yield from check_duur(criterium)
    if procedure is not None:
        yield from check_in_procedure(criterium, editie, procedure)


def _check_vragen(criterium: Criterium) -> Iterator[Opmerking]:
    """A judgement without a question, whatever its kind."""
    for pad, toets in walk_toetsen(criterium.toets):
        for naam in list_vraagvelden(toets):
            if not getattr(toets, naam):
                zin = "Hier beoordelen mensen iets zonder vraag. Schrijf ten minste één ja/nee-vraag."
                yield fout("geen-vragen", ("toets", *pad, naam), zin)


def _check_rechtsvormen(criterium: Criterium) -> Iterator[Opmerking]:
    """A legal form that looks like a slip of the pen: nobody would have it, so nobody would be tested."""
    for i, vorm in enumerate(criterium.alleen.rechtsvormen):
        if gewoon := find_gewone(vorm):
            zin = f"De rechtsvorm '{vorm}' is niet gewoon. Bedoelt u \"{gewoon}\"?"
            yield let_op("rechtsvorm", ("alleen", "rechtsvormen", i), zin)


def _name_plek(editie: Criteriaset, opmerking: Opmerking) -> str:
    """The criterium that a remark is about, as people name it; nothing for a remark on the set."""
    match opmerking.pad:
        case ("criteria", int(nummer), *rest):
            sleutel = next((str(stap) for stap in rest if isinstance(stap, str)), "")
            return f"Editie {editie.editie}, {editie.criteria[nummer].id}{f' ({sleutel})' if sleutel else ''}: "
    return f"Editie {editie.editie}: "
