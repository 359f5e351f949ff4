"""The work of one day without a workflow engine: guarding, what was left halfway, and every round that is under way.

It calls what the flows bewaking, verzoening and addendumcyclus call, in one process: for a small office that starts
it from a timer, and for years that are played. On a store that is at rest it looks once and ends (services/rust).

Bron: ontwerp 2.1; docs/adr/0017.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlmodel import col, select

from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase
from inkoop.services import bewaking, fasewerk, rust, vernietigen
from inkoop.services.aandrijving import VOLGT
from inkoop.services.fasewerk import Edities
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.tabellen.ronde import RondeRow

WERK = "dag"
"""Under which name the rest of a whole day is kept."""

FASEN = "fasen"
"""Under which name the rest of the rounds is kept."""

Drukker = Callable[[Huis, Optreden], list[str]]


def work_dag(
    huis: Huis,
    door: Optreden,
    load_edities: Callable[[Huis, str], Edities],
    render: Drukker = fasewerk.render_alles,
) -> tuple[str, ...]:
    """Do what is due on the day of `door.nu`; a sentence for each. Repeating it does nothing.

    `render` makes the documents that were asked for.
    """
    op = local_date(door.nu)
    if rust.is_stil(huis, WERK, op):
        return ()
    zinnen = [*bewaking.watch(huis, door), *vernietigen.resume(huis, door)]
    if not rust.is_stil(huis, FASEN, op, behalve=rust.GEEN_WERK):
        zinnen += _work_rondes(huis, door, op, load_edities, render)
    rust.join_rust(huis, WERK, op, {bewaking.WERK: frozenset(), FASEN: rust.GEEN_WERK})
    return tuple(zinnen)


def _work_rondes(
    huis: Huis, door: Optreden, op: date, load_edities: Callable[[Huis, str], Edities], render: Drukker
) -> list[str]:
    """Do what is due in the rounds; they rest when that is nothing and the contract years of each began."""
    with huis.winkel.lezen() as sessie:
        na = rust.read_stand(sessie)
    rondes = _list_rondes(huis, door)
    zinnen = []
    for ronde, fasen in rondes:
        for fase in fasen:
            zinnen += fasewerk.work_fase(huis, door, fase, ronde, load_edities)
    zinnen += render(huis, door)
    if not zinnen and all(fasen[-1] is Fase.IMPLEMENTEREN for _, fasen in rondes):
        rust.keep_rust(huis, FASEN, op, na, ())
    return zinnen


def _list_rondes(huis: Huis, door: Optreden) -> list[tuple[str, tuple[Fase, ...]]]:
    """The rounds that closed, each with the fasen that can have work."""
    with huis.winkel.lezen() as sessie:
        vraag = select(RondeRow).where(RondeRow.sluiting < door.nu).order_by(col(RondeRow.kenmerk))
        return [(rij.kenmerk, VOLGT[rij.fase]) for rij in sessie.exec(vraag)]
