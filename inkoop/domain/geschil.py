"""Complaints and kort geding: who came up against what, until when, and what it holds up.

In a procedure with selection a pending kort geding pauses the perceel that it is about. In an admission
it pauses nothing: others get their agreements, since there is no competition.

Bron: domein 0.3; B.2.3, B.2.4, B.2.10, B.2.12.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag

KLACHT_DAGEN = 42
"""A complaint is decided within six weeks (B.2.10)."""

GESTANDDOENING_NA_VONNIS_DAGEN = 14
"""With a kort geding an offer stands until fourteen days after the judgment (B.2.12)."""


class Geschilsoort(StrEnum):
    """A complaint about how somebody was treated, or a summons before the civil court."""

    KLACHT = "klacht"
    KORT_GEDING = "kort_geding"


class Geschiluitkomst(StrEnum):
    """How it ended; `gegrond` and `toegewezen` are for the one who complained or summoned."""

    GEGROND = "gegrond"
    ONGEGROND = "ongegrond"
    TOEGEWEZEN = "toegewezen"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"


UITKOMSTEN = {
    Geschilsoort.KLACHT: frozenset({Geschiluitkomst.GEGROND, Geschiluitkomst.ONGEGROND, Geschiluitkomst.INGETROKKEN}),
    Geschilsoort.KORT_GEDING: frozenset(
        {Geschiluitkomst.TOEGEWEZEN, Geschiluitkomst.AFGEWEZEN, Geschiluitkomst.INGETROKKEN}
    ),
}
"""How each kind can end."""


class Geschil(msgspec.Struct, frozen=True, kw_only=True):
    """What a pause follows from: `percelen` empty = every perceel of the round.

    `hervat` = after a judgment for the summoner a new besluit was taken, so that the perceel goes on.
    """

    kenmerk: str
    soort: Geschilsoort
    percelen: tuple[str, ...]
    uitkomst: Geschiluitkomst | None = None
    hervat: bool = False


def is_opschortend(geschil: Geschil) -> bool:
    """Whether a kort geding still stands in the way: pending, or granted and not followed by a new besluit."""
    if geschil.soort is not Geschilsoort.KORT_GEDING or geschil.hervat:
        return False
    return geschil.uitkomst in (None, Geschiluitkomst.TOEGEWEZEN)


def check_opschorting(
    *, selectie: bool, percelen: Sequence[str], geschillen: Iterable[Geschil], vervaldata: Iterable[date], op: date
) -> list[Beletsel]:
    """Why an award on these percelen cannot be made final, or signed, on a day; empty = nothing in the way.

    `vervaldata` are the ends of the terms of everybody who was told about these percelen. Without selection
    nothing is ever in the way.

    Bron: domein 0.3; B.2.3, B.2.4.
    """
    if not selectie:
        return []
    beletselen = [
        Beletsel("termijn", f"De opschortende termijn loopt tot en met {format_dag(dag)}.")
        for dag in sorted(set(vervaldata))
        if op <= dag
    ]
    for geschil in geschillen:
        if is_opschortend(geschil) and (not geschil.percelen or set(geschil.percelen) & set(percelen)):
            waar = ", ".join(geschil.percelen) or "de hele ronde"
            beletselen.append(Beletsel("kort-geding", f"Kort geding {geschil.kenmerk} houdt dit op (perceel: {waar})."))
    return beletselen


def end_of_klacht(ontvangen_op: date) -> date:
    """The last day to decide on a complaint."""
    return ontvangen_op + timedelta(days=KLACHT_DAGEN)


def end_of_gestanddoening(sluiting: date, dagen: int, vonnis: date | None) -> date:
    """Until when an offer stands: `dagen` after closing, and after a judgment at least fourteen days more.

    Bron: B.2.12.
    """
    einde = sluiting + timedelta(days=dagen)
    return einde if vonnis is None else max(einde, vonnis + timedelta(days=GESTANDDOENING_NA_VONNIS_DAGEN))
