"""Whether a document may be read by who asks, and yet.

Bron: FE-8; D column L.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel
from inkoop.domain.toegang import GeenToegangError, Handeling, check_leesmoment
from inkoop.services import documenten, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow


@contextmanager
def read_document(huis: Huis, door: Optreden, kenmerk: str) -> Iterator[tuple[Session, DocumentRow]]:
    """A document for somebody who may read it now. Raises GeenToegangError with every reason."""
    with rondes.lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = documenten.find_document(sessie, kenmerk)
        if beletselen := list_beletselen(sessie, rij, door):
            raise GeenToegangError(f"Document {kenmerk} is nog niet te lezen.", beletselen)
        yield sessie, rij


def list_beletselen(sessie: Session, rij: DocumentRow, door: Optreden) -> list[Beletsel]:
    """Why a document may not be read yet: before closing it would tell who applied (FE-8)."""
    vraag = select(AanmeldingRow).where(AanmeldingRow.kenmerk == rij.onderwerp)
    aanmelding = sessie.exec(vraag).one_or_none()
    if aanmelding is None:
        return []
    return check_leesmoment(door.nu, rondes.get_ronde(sessie, aanmelding.ronde_id).sluiting, eigen=False)
