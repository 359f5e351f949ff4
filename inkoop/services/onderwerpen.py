"""To which round, or before publication which procedure, an object of the audit log belongs.

Bron: ontwerp 2.6 (the first two fasen belong to a procedure, the others to a round).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from sqlmodel import Session, select

from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import VerzamelbesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.inlichtingen import NotaRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.voorbereiding import InbrengRow


def find_onderwerpen(sessie: Session, naam: str) -> tuple[RondeRow | ProcedureRow, ...]:
    """The round or procedure of an object by its name in the log; empty when it belongs to neither.

    An object of a procedure that is published concerns all its rounds.
    """
    for find in _ZOEKERS:
        if gevonden := tuple(find(sessie, naam)):
            return gevonden
    return ()


def _find_ronde(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    yield from sessie.exec(select(RondeRow).where(RondeRow.kenmerk == naam))


def _find_procedure(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    procedure = sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == naam)).one_or_none()
    if procedure is not None:
        yield from _list_van_procedure(sessie, procedure)


def _list_van_procedure(sessie: Session, procedure: ProcedureRow) -> Iterator[RondeRow | ProcedureRow]:
    if procedure.gepubliceerd_op is None:
        yield procedure
    else:
        vraag = select(RondeRow).where(RondeRow.procedure_id == procedure.id).order_by(RondeRow.kenmerk)
        yield from sessie.exec(vraag)


def _find_aanmelding(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kenmerk == naam)):
        yield sessie.get_one(RondeRow, rij.ronde_id)


def _find_document(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    document = sessie.exec(select(DocumentRow).where(DocumentRow.kenmerk == naam)).one_or_none()
    if document is not None:
        yield from find_onderwerpen(sessie, document.ronde or document.onderwerp)


def _find_overeenkomst(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == naam)):
        yield _get_ronde(sessie, rij.aanmelding_id)


def _find_addendum(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(AddendumRow).where(AddendumRow.nummer == naam)):
        yield _get_ronde(sessie, sessie.get_one(OvereenkomstRow, rij.overeenkomst_id).aanmelding_id)


def _find_verzamelbesluit(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(VerzamelbesluitRow).where(VerzamelbesluitRow.kenmerk == naam)):
        yield sessie.get_one(RondeRow, rij.ronde_id)


def _find_nota(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(NotaRow).where(NotaRow.kenmerk == naam)):
        yield sessie.get_one(RondeRow, rij.ronde_id)


def _find_inbreng(sessie: Session, naam: str) -> Iterator[RondeRow | ProcedureRow]:
    for rij in sessie.exec(select(InbrengRow).where(InbrengRow.kenmerk == naam)):
        yield from _list_van_procedure(sessie, sessie.get_one(ProcedureRow, rij.procedure_id))


def _get_ronde(sessie: Session, aanmelding_id: UUID) -> RondeRow:
    return sessie.get_one(RondeRow, sessie.get_one(AanmeldingRow, aanmelding_id).ronde_id)


_ZOEKERS: tuple[Callable[[Session, str], Iterator[RondeRow | ProcedureRow]], ...] = (
    _find_ronde,
    _find_procedure,
    _find_aanmelding,
    _find_document,
    _find_overeenkomst,
    _find_addendum,
    _find_verzamelbesluit,
    _find_nota,
    _find_inbreng,
)
