"""One line of what waits for somebody, and what the lists of such lines work with.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Rondedefinitie
from inkoop.services.definitiekast import Definities, Sleutel
from inkoop.services.huis import Huis, Optreden
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.grondslag import kale_sleutel
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


class Taakregel(msgspec.Struct, frozen=True, kw_only=True):
    """Work of one kind: how much of it, about what (the kenmerk of a round or procedure), until when, for whom."""

    soort: Taaksoort | str
    wat: str
    onderwerp: str
    rollen: frozenset[Rol]
    aantal: int = 1
    uiterlijk: date | None = None
    deel: str = ""


class Rondekop(NamedTuple):
    """What the lists ask of a round."""

    id: UUID | str
    procedure: Sleutel
    kenmerk: str
    fase: Fase
    sluiting: datetime
    geopend: bool
    verzoek_door: str | None


@cache
def _vraag_rondes() -> Any:
    velden: Any = select(kale_sleutel(RondeRow.id), kale_sleutel(RondeRow.procedure_id), RondeRow.kenmerk)
    return velden.add_columns(
        RondeRow.fase, RondeRow.sluiting, col(RondeRow.geopend_op).is_not(None), RondeRow.openingsverzoek_door
    ).where((col(RondeRow.fase) != Fase.IMPLEMENTEREN) | col(RondeRow.geopend_op).is_(None))


@dataclass(frozen=True)
class Werk:
    """What a list works with: a session that reads, for whom it is, each definition read once."""

    huis: Huis
    sessie: Session
    door: Optreden
    definities: Definities

    @cached_property
    def rondes(self) -> tuple[Rondekop, ...]:
        """The rounds that are not opened, and those before their last fase: nearly every list is about these."""
        return tuple(map(Rondekop._make, ask(self.sessie, _vraag_rondes())))

    def get_ronde(self, id: UUID | str) -> RondeRow:
        """The whole record of a round, by its id as a Rondekop has it."""
        return self.sessie.get_one(RondeRow, id if isinstance(id, UUID) else UUID(hex=id))

    def find_ronde(self, procedure_id: Sleutel, ronde: str) -> Rondedefinitie:
        """The days of a round; KeyError when there is no such procedure or round."""
        return self.definities.read(procedure_id).find_ronde(ronde)


def make_regel(
    soort: Taaksoort,
    wat: str,
    onderwerp: str,
    rollen: Sequence[Rol] | set[Rol] | frozenset[Rol],
    aantal: int,
    uiterlijk: date | None,
) -> Taakregel:
    """A line about one kind of work."""
    return Taakregel(
        soort=soort, wat=wat, onderwerp=onderwerp, rollen=frozenset(rollen), aantal=aantal, uiterlijk=uiterlijk
    )
