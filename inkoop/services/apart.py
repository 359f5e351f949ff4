"""What flows set apart: work on one application, contract or document that cannot be done until somebody has looked.

A flow goes on with the rest and says for each why. Its last run that came to its end is what counts, and what
a later run of any flow did is no longer apart.

Bron: ontwerp 2.1; docs/adr/0017.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlmodel import Session, col, select

from inkoop.domain.persoon import Rol
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand
from inkoop.storage.vaste_vraag import ask


def format_apart(redenen: Sequence[str]) -> str:
    """The reasons as a run keeps them: one a line."""
    return "\n".join(" ".join(reden.split()) for reden in redenen)


def list_apart(sessie: Session, onderwerp: str) -> Iterator[Taak]:
    """A task for each unit of a round that a flow set apart and did not do since."""
    klaar = (TikRow.onderwerp == onderwerp, TikRow.stand == Tikstand.KLAAR)
    volgorde = col(TikRow.geeindigd_op)
    # What a run did is much, and there is a run for every day: only what came after a run with a melding is read.
    koppen = sessie.exec(select(TikRow.flow, TikRow.geeindigd_op, TikRow.melding).where(*klaar).order_by(volgorde))
    laatste = {flow: (geeindigd_op, melding) for flow, geeindigd_op, melding in koppen}
    for flow, (geeindigd_op, melding) in sorted(laatste.items()):
        if not melding:
            continue
        later = sessie.exec(select(TikRow.gedaan).where(*klaar, volgorde > geeindigd_op))
        daarna = {str(zin).partition(": ")[0] for gedaan in later for zin in gedaan}
        for regel in melding.splitlines():
            kenmerk, _, reden = regel.partition(": ")
            if kenmerk in daarna:
                continue
            yield Taak(
                soort=Taaksoort.APART_GEZET,
                rol=Rol.INKOPER,
                wat=f"apart gezet door de flow {flow}; los het op en start de flow opnieuw: {reden}",
                onderwerp=kenmerk,
                deel=flow,
            )


def count_apart(sessie: Session) -> dict[str, int]:
    """How much was set apart, by round or procedure; those without are left out."""
    onderwerpen = sorted(onderwerp for (onderwerp,) in ask(sessie, _vraag_met_melding()))
    aantallen = {onderwerp: len(list(list_apart(sessie, onderwerp))) for onderwerp in onderwerpen}
    return {onderwerp: aantal for onderwerp, aantal in aantallen.items() if aantal}


@cache
def _vraag_met_melding() -> Any:
    return select(TikRow.onderwerp).where(TikRow.stand == Tikstand.KLAAR, TikRow.melding != "").distinct()
