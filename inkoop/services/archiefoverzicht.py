"""The files of a store as the page of the archive shows them: searched, what may go first on top.

What a store holds is computed from all its records, and after an act only for the procedures that the act touched
(services/standkast).

Bron: B.7; issue web application (figures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier, Bewaarregel, Dossiersoort
from inkoop.services import bewaring, procedures, standkast
from inkoop.services.standkast import Delen
from inkoop.storage.tabellen.procedure import ProcedureRow


class Overzichtregel(NamedTuple):
    """A file with what is searched in it and the day on which it may go; None while that is not known.

    `plaats` is by what the list is in order: what may go first on top, what is not known yet last.
    """

    plaats: tuple[bool, date, str]
    zoek: str
    vrij_op: date | None
    dossier: Archiefdossier

    def name_stand(self, op: date) -> str:
        """Where it stands on a day: held (`vast`), may go (`vrij`), or its term runs (`loopt`)."""
        if self.dossier.vast:
            return "vast"
        return "vrij" if self.vrij_op is not None and self.vrij_op <= op and not self.dossier.lijst else "loopt"


class Archiefdeel(NamedTuple):
    """The files of one procedure, and its rules for those of people; `procedure` is its name."""

    procedure: str
    regels: tuple[Overzichtregel, ...]
    van_personen: tuple[Bewaarregel, ...]


def search(sessie: Session, op: date, *, q: str = "", soort: str = "", stand: str = "") -> Sequence[Overzichtregel]:
    """The files that are left by a word of their name or procedure, a class, and where they stand on a day."""
    delen = keep_dossiers(sessie)
    regel = delen.derive("regel voor personen", _find_persoonsregel)
    personen = standkast.keep(sessie, "archiefpersonen", lambda: tuple(bewaring.list_personen(sessie, regel)))
    regels = delen.derive(personen, lambda per: _sort(per, personen))
    gezocht = q.strip().casefold()
    if not (gezocht or soort or stand):
        return regels
    return [
        een
        for een in regels
        if (not gezocht or gezocht in een.zoek)
        and (not soort or een.dossier.soort == soort)
        and (not stand or een.name_stand(op) == stand)
    ]


def keep_dossiers(sessie: Session) -> Delen[Archiefdeel]:
    """The files of every procedure, of each made anew when an act touched it."""
    return standkast.keep_delen(sessie, "archiefdossiers", lambda ids: _read(sessie, ids))


def _read(sessie: Session, ids: frozenset[UUID] | None) -> dict[UUID, Archiefdeel]:
    vraag = select(ProcedureRow)
    rijen = sessie.exec(vraag if ids is None else vraag.where(col(ProcedureRow.id).in_(ids))).all()
    gelezen = bewaring.read_per_procedure(sessie, rijen)
    return {
        rij.id: Archiefdeel(
            procedure=rij.naam,
            regels=tuple(map(_make, gelezen[rij.id])),
            van_personen=tuple(
                een for een in procedures.decode_definitie(rij).bewaarregels if een.soort is Dossiersoort.PERSOON
            ),
        )
        for rij in rijen
    }


def _find_persoonsregel(per: Mapping[UUID, Archiefdeel]) -> Bewaarregel:
    op_naam = sorted(per.values(), key=attrgetter("procedure"))
    return bewaring.find_persoonsregel(een for deel in op_naam for een in deel.van_personen)


def _make(dossier: Archiefdossier) -> Overzichtregel:
    vrij_op = dossier.vrij_op
    plaats = (vrij_op is None, vrij_op or date.max, dossier.naam)
    return Overzichtregel(plaats, f"{dossier.naam}\n{dossier.procedure}".casefold(), vrij_op, dossier)


def _sort(per: Mapping[UUID, Archiefdeel], personen: Sequence[Archiefdossier]) -> tuple[Overzichtregel, ...]:
    alle = [een for deel in per.values() for een in deel.regels]
    return tuple(sorted([*alle, *map(_make, personen)], key=attrgetter("plaats")))
