"""What a file says in short: percelen in a series, rounds by a rooster. They become ordinary percelen and rounds.

Explicit ones stand first and go before computed ones with the same start.

Bron: W21-BG-01 (areas in one action); E.5 (computed rounds).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.naamcontrole import Melding
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.procedure import Perceel, Perceelreeks, Proceduredefinitie
from inkoop.domain.roosterrondes import check_rooster, compute_rondes

_NUMMER = "{nummer}"
_MAXIMUM = 99


def check_reeksen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Why a series or rooster cannot be worked out."""
    for i, reeks in enumerate(definitie.percelenreeksen):
        if not 1 <= reeks.aantal <= _MAXIMUM:
            yield ("percelenreeksen", i, "aantal"), f"Een reeks heeft 1 tot en met {_MAXIMUM} percelen."
        if _NUMMER not in reeks.naam:
            tekst = f"Zet '{_NUMMER}' in de naam, zodat elk perceel een eigen naam krijgt."
            yield ("percelenreeksen", i, "naam"), tekst
    if definitie.instroom.rooster is None:
        return
    for beletsel in check_rooster(definitie.instroom.rooster):
        yield ("instroom", "rooster", beletsel.code.removeprefix("rooster-")), beletsel.tekst
    if min(definitie.termijnen.herstel_dagen, definitie.termijnen.vervaltermijn_dagen) < 1:
        yield ("termijnen",), "Termijnen zijn ten minste 1 dag; zo is geen ronde te berekenen."


def expand_procedure(definitie: Proceduredefinitie, feestdagen: Feestdagen) -> Proceduredefinitie:
    """The definition with every perceel and round written out."""
    percelen = [*definitie.percelen]
    for reeks in definitie.percelenreeksen:
        percelen += [_make_perceel(reeks, nummer) for nummer in range(1, reeks.aantal + 1)]
    instroom = definitie.instroom
    if instroom.rooster is not None:
        eigen = {ronde.ingang for ronde in instroom.rondes}
        berekend = compute_rondes(instroom.rooster, definitie.termijnen, feestdagen)
        nieuw = tuple(ronde for ronde in berekend if ronde.ingang not in eigen)
        instroom = msgspec.structs.replace(instroom, rondes=(*instroom.rondes, *nieuw))
    return msgspec.structs.replace(definitie, percelen=tuple(percelen), instroom=instroom)


def _make_perceel(reeks: Perceelreeks, nummer: int) -> Perceel:
    code = f"{reeks.voorvoegsel}{nummer:02d}"
    return Perceel(
        code=code,
        naam=reeks.naam.replace(_NUMMER, str(nummer)),
        prestatie=reeks.prestatie,
        omschrijving=reeks.omschrijving.replace(_NUMMER, str(nummer)),
        producten=tuple(msgspec.structs.replace(product, code=f"{code}-{product.code}") for product in reeks.producten),
        schaal=reeks.schaal,
        bekostiging=reeks.bekostiging,
        max_aanbieders=reeks.max_aanbieders,
        segment=reeks.segment,
        doelen=reeks.doelen,
    )


def trace_herkomst(loc: Loc, geschreven: Proceduredefinitie) -> Loc:
    """Where in the file something stands that was worked out from a series or a rooster."""
    match loc:
        case ("percelen", int(i), *rest) if i >= len(geschreven.percelen):
            i -= len(geschreven.percelen)
            for nummer, reeks in enumerate(geschreven.percelenreeksen):
                if i < reeks.aantal:
                    return ("percelenreeksen", nummer, *rest)
                i -= reeks.aantal
        case ("instroom", "rondes", int(i), *_) if i >= len(geschreven.instroom.rondes):
            return ("instroom", "rooster")
    return loc
