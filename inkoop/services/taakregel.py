"""One line of what waits for somebody, and what the lists of such lines work with.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlmodel import Session

from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Rondedefinitie
from inkoop.services.definitiekast import Definities
from inkoop.services.huis import Huis, Optreden
from inkoop.services.taaksoort import Taaksoort


class Taakregel(msgspec.Struct, frozen=True, kw_only=True):
    """Work of one kind: how much of it, about what (the kenmerk of a round or procedure), until when, for whom."""

    soort: Taaksoort | str
    wat: str
    onderwerp: str
    rollen: frozenset[Rol]
    aantal: int = 1
    uiterlijk: date | None = None
    deel: str = ""


class Werk(NamedTuple):
    """What a list works with: a session that reads, for whom it is, each definition read once."""

    huis: Huis
    sessie: Session
    door: Optreden
    definities: Definities

    def find_ronde(self, procedure_id: UUID, ronde: str) -> Rondedefinitie:
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
