"""Putting agreements to work: in force on their day, in the catalogue, a copy to each gemeente.

Bron: domein C.17 (exemplaren), C.29; M20-32.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, col, select

from inkoop.domain.kalender import local_date
from inkoop.domain.mutatie import Aanbod
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import documenten, houders, onderdelen, overeenkomsten
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, GemeentekopieRow, OvereenkomstRow


def activate(huis: Huis, door: Optreden, nummer: str) -> bool:
    """Put a signed agreement or addendum in force on its day; False before that day, or when done.

    A new agreement gets its entries in the public catalogue, from its first day; an addendum that changes the
    offer changes them from that day, and not earlier (F.2 H2).
    """
    with huis.winkel.lezen() as sessie:
        if not _is_ingegaan(sessie, nummer, door):
            return False
    with handel(huis, door, Handeling.OVEREENKOMST_ACTIVEREN) as eenheid:
        if not _is_ingegaan(eenheid.sessie, nummer, door):
            return False
        rij = overeenkomsten.find_overeenkomst(eenheid.sessie, nummer)
        overeenkomsten.change(eenheid, nummer, rij, Overeenkomststatus.ACTIEF, Handeling.OVEREENKOMST_ACTIVEREN)
        if isinstance(rij, OvereenkomstRow):
            rij.geactiveerd_op = door.nu
            add_catalogus(huis, eenheid, rij)
        elif (wijziging := houders.decode_aanbod(rij)) is not None:
            overeenkomst = eenheid.sessie.get_one(OvereenkomstRow, rij.overeenkomst_id)
            _end_catalogus(eenheid, overeenkomst, wijziging.eraf, rij.ingang)
            _add_regels(huis, eenheid, overeenkomst, wijziging.erbij, rij.ingang)
    return True


def _is_ingegaan(sessie: Session, nummer: str, door: Optreden) -> bool:
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    return rij.status is Overeenkomststatus.GETEKEND and local_date(door.nu) >= rij.ingang


def _end_catalogus(eenheid: Eenheid, rij: OvereenkomstRow, eraf: Aanbod, ingang: date) -> None:
    """End the entries of what an addendum takes out, on the day before it comes into force."""
    weg = {code for codes in eraf.values() for code in codes}
    vraag = select(CatalogusRow).where(
        CatalogusRow.overeenkomst_id == rij.id, col(CatalogusRow.product).in_(weg), CatalogusRow.tot >= ingang
    )
    for regel in eenheid.sessie.exec(vraag):
        regel.tot = ingang - timedelta(days=1)
        eenheid.sessie.add(regel)


def add_catalogus(huis: Huis, eenheid: Eenheid, rij: OvereenkomstRow) -> None:
    """An entry in the public catalogue for each agreed product, from the first day of the agreement."""
    _add_regels(huis, eenheid, rij, overeenkomsten.decode_inhoud(rij).producten, rij.ingang)


def _add_regels(huis: Huis, eenheid: Eenheid, rij: OvereenkomstRow, aanbod: Aanbod, van: date) -> None:
    zaak = load_zaak(eenheid.sessie, huis.feestdagen, overeenkomsten.find_aanmelding(eenheid.sessie, rij))
    for perceel, producten in aanbod.items():
        for product in producten:
            eenheid.sessie.add(
                CatalogusRow(
                    id=huis.nieuw_id(),
                    overeenkomst_id=rij.id,
                    aanbieder=zaak.opgave.naam,
                    perceel=perceel,
                    product=product,
                    van=van,
                    tot=zaak.definitie.looptijd.max_einddatum,
                )
            )


def copy_to_gemeenten(huis: Huis, door: Optreden, nummer: str) -> int:
    """Put the copy of a signed document ready for each gemeente that has none yet; returns how many.

    That it was sent a person records, with what shows it (services/afschriften).
    """
    with huis.winkel.lezen() as sessie:
        if not _list_zonder_kopie(huis, sessie, nummer):
            return 0
    with handel(huis, door, Handeling.OVEREENKOMST_ACTIVEREN) as eenheid:
        document = overeenkomsten.find_contractdocument(eenheid.sessie, nummer)
        zonder = _list_zonder_kopie(huis, eenheid.sessie, nummer)
        for stuk in (document, *onderdelen.list_documenten(eenheid.sessie, nummer)):
            for gemeente in zonder:
                eenheid.sessie.add(
                    GemeentekopieRow(
                        id=huis.nieuw_id(),
                        document_id=stuk.id,
                        gemeente=gemeente,
                        sha256=stuk.pdf_sha256 or "",
                        op=door.nu,
                    )
                )
        if zonder:
            eenheid.audit(
                Handeling.OVEREENKOMST_ACTIVEREN,
                nummer,
                naar="afschriften klaargezet",
                gegevens={"gemeenten": zonder, "pdf": document.pdf_sha256},
            )
    return len(zonder)


def _list_zonder_kopie(huis: Huis, sessie: Session, nummer: str) -> list[str]:
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{nummer}")
    if document is None or document.status is not Documentstatus.GETEKEND:
        return []
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    met = set(sessie.exec(select(GemeentekopieRow.gemeente).where(GemeentekopieRow.document_id == document.id)))
    return [gemeente.code for gemeente in zaak.definitie.gemeenten_op(rij.ingang) if gemeente.code not in met]


def list_catalogus(sessie: Session) -> list[CatalogusRow]:
    """The public catalogue: by aanbieder and product."""
    return list(sessie.exec(select(CatalogusRow).order_by(CatalogusRow.aanbieder, CatalogusRow.product)))
