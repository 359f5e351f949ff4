"""The public report of a consultation as a document: made from the records, checked by a jurist, then published.

Bron: M20-25, M20-42, M20-57; C.6, C.31; FE-3.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlmodel import Session

from inkoop.documents.gegevens.beleid import Consultatiereactie, Consultatievraag, Marktconsultatieverslaggegevens
from inkoop.documents.gegevens.bouwstenen import Deelname
from inkoop.domain.fasen import find_stap
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inbreng import (
    Consultatieverslag,
    Inbreng,
    Inbrengsoort,
    Verslagopgave,
    check_beantwoord,
    check_verslag,
    needs_verslag,
)
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie, Stap
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import documenten, procedures, voorbereiding
from inkoop.services.brieven import blokken
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.procedure import ProcedureRow

SOORT = "marktconsultatieverslag"

_UIT = frozenset({Documentstatus.VERZONDEN, Documentstatus.GETEKEND})


def request_verslag(huis: Huis, door: Optreden, procedure: str, stap: str, opgave: Verslagopgave) -> str:
    """Ask for the report of a consultation; returns its kenmerk. While it is not published a new one replaces it.

    Raises BeletselenError with every reason: not held with everybody, a contribution without an answer, numbers
    that are missing.
    """
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        sessie = eenheid.sessie
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        gevonden = find_stap(definitie, stap)
        if gevonden is None:
            raise NietGevondenError("Stap", stap, [een.id for een in definitie.stappen])
        verslag = voorbereiding.compose_verslag(sessie, procedure, stap)
        inbreng = voorbereiding.list_inbreng(sessie, rij.id)
        stappen = [een for een in definitie.stappen if een.id in (stap, opgave.tariefstap)]
        beletselen = [*check_verslag(definitie, gevonden, verslag, opgave), *check_beantwoord(stappen, inbreng)]
        bestaand = documenten.find_by_sleutel(sessie, _sleutel(procedure, stap))
        if bestaand is not None and bestaand.status in _UIT:
            tekst = f"Het verslag is al openbaar gemaakt ({bestaand.kenmerk}) en verandert niet meer."
            beletselen.append(Beletsel("verslag-openbaar", tekst))
        if beletselen:
            raise BeletselenError(f"Het verslag van stap '{stap}' kan niet worden gemaakt.", beletselen)
        over_tarief = [een for een in inbreng if een.stap == opgave.tariefstap] if opgave.tariefstap != stap else []
        maak = partial(_compose, definitie, verslag, opgave, over_tarief, door)
        if bestaand is not None:
            return documenten.renew(huis, eenheid, bestaand, maak(bestaand.kenmerk))
        return documenten.request_document(huis, eenheid, _sleutel(procedure, stap), SOORT, procedure, None, maak)


def _compose(
    definitie: Proceduredefinitie,
    verslag: Consultatieverslag,
    opgave: Verslagopgave,
    over_tarief: Sequence[Inbreng],
    door: Optreden,
    kenmerk: str,
) -> Marktconsultatieverslaggegevens:
    """What was said and answered, without names; who had nothing to say is counted and not quoted."""
    return Marktconsultatieverslaggegevens(
        kenmerk=kenmerk,
        versie="1.0",
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(definitie, local_date(door.nu)),
        procedure=blokken.procedure(definitie),
        opzet=opgave.opzet,
        sessies=tuple(
            Deelname(doelgroep=sessie.doelgroep, datum=sessie.op, aantal=opgave.aantallen[sessie.doelgroep])
            for sessie in verslag.sessies
        ),
        schriftelijk=opgave.schriftelijk,
        deelnemers=opgave.deelnemers,
        namen=opgave.namen,
        reacties=_list_reacties(verslag.inbreng),
        tariefreacties=_list_reacties(over_tarief),
        vragen=tuple(
            Consultatievraag(nummer=nummer, thema=een.thema, vraag=een.vraag)
            for nummer, een in enumerate(opgave.vragen, start=1)
        ),
    )


def _list_reacties(inbreng: Sequence[Inbreng]) -> tuple[Consultatiereactie, ...]:
    return tuple(
        Consultatiereactie(
            thema=een.thema,
            ingebracht=een.tekst,
            reactie=een.antwoord or "",
            gevolg=f"{een.document}, {een.artikel}" if een.document else "geen",
        )
        for een in inbreng
        if een.soort is not Inbrengsoort.GEEN
    )


def check_gereed(sessie: Session, rij: ProcedureRow, stap: Stap) -> list[Beletsel]:
    """Why a step that makes reports public cannot end yet: a report that is not made, or not approved."""
    beletselen = []
    for consultatie in _list_consultaties(sessie, rij, stap):
        document = documenten.find_by_sleutel(sessie, _sleutel(rij.naam, consultatie.id))
        if document is None:
            tekst = (
                f"Bij stap '{consultatie.naam}' ({consultatie.id}) is inbreng vastgelegd; maak eerst het openbare "
                f"verslag van die stap en leg het bij {rij.naam} vast."
            )
            beletselen.append(Beletsel("verslag-ontbreekt", tekst))
        elif document.status not in documenten.UITGAAND | _UIT:
            tekst = f"Het verslag {document.kenmerk} is nog niet goedgekeurd (status: {document.status})."
            beletselen.append(Beletsel("verslag-niet-akkoord", tekst))
    return beletselen


def publish_verslagen(huis: Huis, eenheid: Eenheid, rij: ProcedureRow, stap: Stap) -> None:
    """Mark the approved reports as gone out, in the transaction that records their publication."""
    for consultatie in _list_consultaties(eenheid.sessie, rij, stap):
        document: DocumentRow | None = documenten.find_by_sleutel(eenheid.sessie, _sleutel(rij.naam, consultatie.id))
        if document is not None and document.status in documenten.UITGAAND:
            documenten.mark_openbaar(huis, eenheid, document)


def _list_consultaties(sessie: Session, rij: ProcedureRow, stap: Stap) -> tuple[Stap, ...]:
    return needs_verslag(stap, procedures.decode_definitie(rij), voorbereiding.list_inbreng(sessie, rij.id))


def _sleutel(procedure: str, stap: str) -> str:
    return f"verslag:{procedure}:{stap}"
