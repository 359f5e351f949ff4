"""The files of a store as the page of the archive shows them: searched, what may go first on top.

What a store holds is computed from all its records, once for each state of the store (services/standkast).

Bron: B.7; issue web application (figures).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from inkoop.domain.archief import Archiefdossier
from inkoop.services import bewaring, standkast


class Overzichtregel(NamedTuple):
    """A file with what is searched in it and the day on which it may go; None while that is not known."""

    zoek: str
    vrij_op: date | None
    dossier: Archiefdossier

    def name_stand(self, op: date) -> str:
        """Where it stands on a day: held (`vast`), may go (`vrij`), or its term runs (`loopt`)."""
        if self.dossier.vast:
            return "vast"
        return "vrij" if self.vrij_op is not None and self.vrij_op <= op and not self.dossier.lijst else "loopt"


def search(sessie: Session, op: date, *, q: str = "", soort: str = "", stand: str = "") -> list[Overzichtregel]:
    """The files that are left by a word of their name or procedure, a class, and where they stand on a day."""
    regels = standkast.keep(sessie, "archiefdossiers", lambda: _read(sessie))
    gezocht = q.strip().casefold()
    return [
        een
        for een in regels
        if (not gezocht or gezocht in een.zoek)
        and (not soort or een.dossier.soort == soort)
        and (not stand or een.name_stand(op) == stand)
    ]


def _read(sessie: Session) -> tuple[Overzichtregel, ...]:
    alle = [
        Overzichtregel(f"{een.naam}\n{een.procedure}".casefold(), een.vrij_op, een)
        for een in bewaring.list_dossiers(sessie)
    ]
    return tuple(sorted(alle, key=lambda een: (een.vrij_op is None, een.vrij_op or date.max, een.dossier.naam)))
