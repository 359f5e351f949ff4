"""What has to be made anew when a gemeente withdraws or joins: every paper that names it and has not gone out.

Publication texts are made from the definition; agreements that nobody signed are composed again and put to the
jurist again; letters get the list of gemeenten as it is now. What people changed in a text stays.

Bron: H19-02 (documents regenerate), BP-17; FE-2, FE-3 (what is sent is what was approved).
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session, col, or_, select

from inkoop.documents.gegevens import Ondertekenaar
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import documenten, overeenkomsten, procedures, publicatie
from inkoop.services.brieven import blokken
from inkoop.services.brieven.opdracht import Contractgegevens, choose_contract
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OndertekeningRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

_GETEKEND = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF, Overeenkomststatus.BEEINDIGD)
_ONGETEKEND = (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING)


def check_getekend(sessie: Session, rij: ProcedureRow) -> list[Beletsel]:
    """Why nobody can withdraw any more: a party signed an agreement, even when others still have to (H19-02)."""
    getekend = []
    for overeenkomst in _list_overeenkomsten(sessie, rij):
        document = documenten.find_by_sleutel(sessie, f"overeenkomst:{overeenkomst.contractnummer}")
        gezet = select(OndertekeningRow.id).where(OndertekeningRow.document_id == (document.id if document else None))
        if overeenkomst.status in _GETEKEND or sessie.exec(gezet).first() is not None:
            getekend.append(overeenkomst.contractnummer)
    if not getekend:
        return []
    tekst = f"Er is al getekend ({', '.join(getekend)}); uittreden kan dan alleen met een addendum."
    return [Beletsel("deelname-getekend", tekst)]


def renew_stukken(huis: Huis, eenheid: Eenheid, rij: ProcedureRow, door: Optreden, weg: str | None) -> list[str]:
    """Ask anew for every paper that has not gone out and would say something else now; returns the new kenmerken.

    `weg` is the name of the gemeente that withdrew.
    """
    eenheid.sessie.flush()
    nieuw = publicatie.renew_documenten(huis, eenheid, rij, door)
    nieuw += _renew_overeenkomsten(huis, eenheid, rij)
    return nieuw + _renew_overige(huis, eenheid, rij, weg)


def _renew_overeenkomsten(huis: Huis, eenheid: Eenheid, rij: ProcedureRow) -> list[str]:
    """Agreements without a signature: composed again, and back to concept when they were offered already."""
    nieuw = []
    for overeenkomst in _list_overeenkomsten(eenheid.sessie, rij):
        document = documenten.find_by_sleutel(eenheid.sessie, f"overeenkomst:{overeenkomst.contractnummer}")
        if overeenkomst.status not in _ONGETEKEND or document is None:
            continue
        oud = documenten.decode_gegevens(document)
        if not isinstance(oud, Contractgegevens):
            continue
        zaak = blokken.load_zaak(
            eenheid.sessie, huis.feestdagen, eenheid.sessie.get_one(AanmeldingRow, overeenkomst.aanmelding_id)
        )
        _, compose = choose_contract(zaak.definitie)
        gegevens = compose(
            zaak,
            kenmerk=oud.kenmerk,
            contractnummer=oud.contractnummer,
            datum=oud.datum,
            producten=overeenkomsten.decode_inhoud(overeenkomst).producten,
            besluit=oud.besluit,
            besluit_datum=oud.besluit_datum,
        )
        if gegevens == oud:
            continue
        if overeenkomst.status is Overeenkomststatus.TER_ONDERTEKENING:
            overeenkomsten.change(
                eenheid,
                overeenkomst.contractnummer,
                overeenkomst,
                Overeenkomststatus.CONCEPT,
                Handeling.OVEREENKOMST_OPSTELLEN,
                reden="de deelnemende gemeenten zijn veranderd; de tekst wordt opnieuw gemaakt en goedgekeurd",
            )
        nieuw.append(documenten.renew(huis, eenheid, document, gegevens))
    return nieuw


def _renew_overige(huis: Huis, eenheid: Eenheid, rij: ProcedureRow, weg: str | None) -> list[str]:
    """Letters and reports of the procedure and its rounds that name the gemeenten."""
    definitie = procedures.decode_definitie(rij)
    kenmerken = [ronde.kenmerk for ronde in definitie.instroom.rondes]
    vraag = select(DocumentRow).where(
        or_(DocumentRow.onderwerp == rij.naam, col(DocumentRow.ronde).in_(kenmerken)),
        col(DocumentRow.status).in_(publicatie.NOG_TE_WIJZIGEN),
        DocumentRow.soort != publicatie.SOORT,
        col(DocumentRow.sleutel).not_like("overeenkomst:%"),
    )
    nieuw = []
    for document in list(eenheid.sessie.exec(vraag.order_by(DocumentRow.kenmerk))):
        oud = documenten.decode_gegevens(document)
        gegevens = _rewrite(oud, definitie, weg)
        if gegevens != oud:
            nieuw.append(documenten.renew(huis, eenheid, document, gegevens))
    return nieuw


def _rewrite(gegevens: msgspec.Struct, definitie: Proceduredefinitie, weg: str | None) -> msgspec.Struct:
    """The data of a paper with the gemeenten as they are now, also among those on whose behalf it is signed."""
    velden: dict[str, object] = {}
    if hasattr(gegevens, "organisatie"):
        velden["organisatie"] = blokken.organisatie(definitie, getattr(gegevens, "datum", None))
    tekenaar = getattr(gegevens, "ondertekenaar", None)
    if weg is not None and isinstance(tekenaar, Ondertekenaar) and weg in tekenaar.namens:
        namens = tuple(naam for naam in tekenaar.namens if naam != weg)
        velden["ondertekenaar"] = msgspec.structs.replace(tekenaar, namens=namens)
    return msgspec.structs.replace(gegevens, **velden)


def _list_overeenkomsten(sessie: Session, rij: ProcedureRow) -> list[OvereenkomstRow]:
    vraag = (
        select(OvereenkomstRow)
        .join(AanmeldingRow, AanmeldingRow.id == OvereenkomstRow.aanmelding_id)  # type: ignore[arg-type]
        .join(RondeRow, RondeRow.id == AanmeldingRow.ronde_id)  # type: ignore[arg-type]
        .where(RondeRow.procedure_id == rij.id)
    )
    return list(sessie.exec(vraag.order_by(OvereenkomstRow.contractnummer)))
