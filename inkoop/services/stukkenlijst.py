"""Documents as a list with a filter, a page at a time.

Bron: project default.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aanmeldingen, documenten
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import RondeRow

STANDEN: dict[str, tuple[Documentstatus, ...]] = {
    "te_maken": (Documentstatus.TE_MAKEN,),
    "te_controleren": (Documentstatus.CONCEPT, Documentstatus.IN_REVIEW),
    "retour": (Documentstatus.RETOUR,),
    "te_verzenden": (Documentstatus.AKKOORD, Documentstatus.DEFINITIEF),
    "te_tekenen": (Documentstatus.VERZONDEN, Documentstatus.AKKOORD, Documentstatus.DEFINITIEF),
    "verzonden": (Documentstatus.VERZONDEN, Documentstatus.GETEKEND),
    "vervallen": (Documentstatus.VERVALLEN,),
}
"""What people ask for, in statuses."""


class Stukvraag(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents are asked for; empty = all. `onderwerp` is a kenmerk: of a procedure, round, aanmelding."""

    onderwerp: str = ""
    soort: str = ""
    stand: str = ""


def list_stukken(
    huis: Huis, door: Optreden, vraag: Stukvraag, vanaf: int, aantal: int
) -> tuple[list[DocumentRow], int, list[str]]:
    """A page of documents by kenmerk, how many there are, and which kinds exist.

    What belongs to an aanmelding is left out until its round has closed and was opened (FE-8).
    """
    filters = list_filters(vraag, door)
    with lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        totaal = sessie.exec(select(func.count()).select_from(DocumentRow).where(*filters)).one()
        rijen = select(DocumentRow).where(*filters).order_by(DocumentRow.kenmerk).offset(vanaf).limit(aantal)
        soorten = sessie.exec(select(DocumentRow.soort).distinct().order_by(DocumentRow.soort))
        return list(sessie.exec(rijen)), totaal, list(soorten)


def list_na(huis: Huis, door: Optreden, vraag: Stukvraag, na: str, aantal: int) -> list[DocumentRow]:
    """At most `aantal` documents by kenmerk after the kenmerk `na`; left out is what list_stukken leaves out."""
    with lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rijen = select(DocumentRow).where(*list_filters(vraag, door), DocumentRow.kenmerk > na)
        return list(sessie.exec(rijen.order_by(DocumentRow.kenmerk).limit(aantal)))


def find_leesbaar(sessie: Session, door: Optreden, kenmerk: str) -> DocumentRow:
    """A document; what belongs to an aanmelding is read when that aanmelding may be read (FE-8)."""
    rij = documenten.find_document(sessie, kenmerk)
    aanmelding = aanmeldingen.find_optioneel(sessie, rij.onderwerp)
    if aanmelding is not None:
        aanmeldingen.check_leesbaar(sessie, aanmelding, door)
    return rij


def list_filters(vraag: Stukvraag, door: Optreden) -> list[Any]:
    """What a document must meet to be listed: the question, and that this person may read it by now (FE-8)."""
    dicht: Any = (
        select(AanmeldingRow.kenmerk)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where((col(RondeRow.sluiting) >= door.nu) | col(RondeRow.geopend_op).is_(None))
    )
    filters: list[Any] = [col(DocumentRow.onderwerp).not_in(dicht)]
    if vraag.onderwerp:
        filters.append(
            (DocumentRow.onderwerp == vraag.onderwerp)
            | (DocumentRow.ronde == vraag.onderwerp)
            | (DocumentRow.kenmerk == vraag.onderwerp)
        )
    if vraag.soort:
        filters.append(DocumentRow.soort == vraag.soort)
    if vraag.stand in STANDEN:
        filters.append(col(DocumentRow.status).in_(STANDEN[vraag.stand]))
    return filters
