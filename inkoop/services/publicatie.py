"""The publication text: asked for at publication, and made anew when what it says changes before it went out.

Bron: domein C.10; H19-02 (documents regenerate), FE-6.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Documentstatus
from inkoop.services import documenten, procedures
from inkoop.services.brieven.publicatie import compose_publicatie
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow

SOORT = "publicatietekst"

NOG_TE_WIJZIGEN = (
    Documentstatus.TE_MAKEN,
    Documentstatus.CONCEPT,
    Documentstatus.IN_REVIEW,
    Documentstatus.RETOUR,
    Documentstatus.AKKOORD,
    Documentstatus.DEFINITIEF,
)
"""Where a document has not gone out, so that a new version can take its place."""


def request_publicatieteksten(
    huis: Huis, eenheid: Eenheid, definitie: Proceduredefinitie, edities: Mapping[str, Criteriaset], door: Optreden
) -> None:
    """One publication text for each criteria edition that an open round uses."""
    gebruikt = {ronde.criteria_editie for ronde in definitie.instroom.rondes if not ronde.historisch}
    for naam in sorted(gebruikt):
        documenten.request_document(
            huis, eenheid, sleutel(definitie.naam, naam), SOORT, definitie.naam, None,
            partial(compose_publicatie, definitie, edities[naam], door=door),
        )  # fmt: skip


def sleutel(procedure: str, editie: str) -> str:
    """The key of the publication text of one edition."""
    return f"publicatie:{procedure}:{editie}"


def renew_documenten(huis: Huis, eenheid: Eenheid, rij: ProcedureRow, door: Optreden) -> list[str]:
    """Make the publication texts that have not gone out anew from the definition as it is now.

    Returns the kenmerken of the new ones.
    """
    definitie = procedures.decode_definitie(rij)
    edities = read_bevroren(eenheid.sessie, rij)
    vraag = select(DocumentRow).where(
        DocumentRow.soort == SOORT,
        DocumentRow.onderwerp == rij.naam,
        col(DocumentRow.status).in_(NOG_TE_WIJZIGEN),
    )
    nieuw = []
    for document in list(eenheid.sessie.exec(vraag.order_by(DocumentRow.kenmerk))):
        editie = edities.get(document.sleutel.rpartition(":")[2])
        if editie is not None:
            gegevens = compose_publicatie(definitie, editie, document.kenmerk, door)
            if msgspec.json.encode(gegevens).decode() != document.gegevens:
                nieuw.append(documenten.renew(huis, eenheid, document, gegevens))
    return nieuw


def read_bevroren(sessie: Session, rij: ProcedureRow) -> dict[str, Criteriaset]:
    """The editions that were frozen for a procedure, by name."""
    vraag = select(CriteriaeditieRow).where(CriteriaeditieRow.procedure_id == rij.id)
    return {een.editie: msgspec.json.decode(een.inhoud, type=Criteriaset) for een in sessie.exec(vraag)}
