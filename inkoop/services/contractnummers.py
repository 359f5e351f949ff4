"""Contract numbers: ascending per procedure, and taken for ever once they were given out or taken in.

The number and its contract stand in one transaction. A number that came from outside lets the counter go on after
it, so that new numbers stay the highest.

Bron: C.17; ontwerp 7.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from inkoop.domain.procedure import Proceduredefinitie
from inkoop.storage.tabellen.bestaandcontract import ContractnummerRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tellers import next_nummer, pass_nummer


def take_volgend(sessie: Session, procedure_id: UUID, definitie: Proceduredefinitie, op: datetime) -> str:
    """Take the next number of a procedure that nobody has."""
    voorvoegsel = definitie.contract.contractnummer_voorvoegsel
    while is_bezet(sessie, nummer := f"{voorvoegsel}-{next_nummer(sessie, _teller(definitie)):04d}"):
        pass
    sessie.add(ContractnummerRow(nummer=nummer, procedure_id=procedure_id, op=op))
    return nummer


def take(sessie: Session, rij: ContractnummerRow, definitie: Proceduredefinitie) -> None:
    """Take a number that came from outside; the database refuses one that is taken."""
    sessie.add(rij)
    sessie.flush()
    voorvoegsel, _, staart = rij.nummer.rpartition("-")
    if voorvoegsel == definitie.contract.contractnummer_voorvoegsel and staart.isascii() and staart.isdigit():
        pass_nummer(sessie, _teller(definitie), int(staart))


def find(sessie: Session, nummer: str) -> ContractnummerRow | None:
    """The record of a number that is taken."""
    return sessie.get(ContractnummerRow, nummer)


def is_bezet(sessie: Session, nummer: str) -> bool:
    """Whether a number is or was that of a contract, or is that of an addendum."""
    return (
        find(sessie, nummer) is not None
        or sessie.exec(select(OvereenkomstRow.id).where(OvereenkomstRow.contractnummer == nummer)).first() is not None
        or sessie.exec(select(AddendumRow.id).where(AddendumRow.nummer == nummer)).first() is not None
    )


def _teller(definitie: Proceduredefinitie) -> str:
    return f"contract:{definitie.naam}"
