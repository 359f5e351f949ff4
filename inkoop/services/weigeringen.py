"""Addenda that do not come in force: refused by a party, or not signed in time; the agreement goes on unchanged.

Bron: C.21; H19-55; issue contract years (refusal tracking).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.bewaking import Contractterm, Termsoort, Vervolgstap
from inkoop.domain.contractwijziging import BIJ_WEIGERING, Weigeringsoort
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import aanmeldingen, addenda, contractwijzigingen, overeenkomsten
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow, WeigeringRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow, Partijsoort

TERUG = timedelta(days=400)
"""How long after a refusal somebody is still asked what follows (project default)."""


def record_weigering(
    huis: Huis, door: Optreden, nummer: str, *, partij: Partijsoort, op: date, reden: str, bewijs: str
) -> str:
    """Record that a party refuses an addendum; returns what the agreement says happens then.

    The addendum lapses for this cycle. A provider records its own refusal only. Raises BeletselenError with every
    reason.
    """
    with handel(huis, door, Handeling.WEIGERING_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        if not isinstance(rij, AddendumRow):
            tekst = f"{nummer} is een overeenkomst. Noem het nummer van het addendum, zoals {nummer}-A01."
            raise BeletselenError("Er is niets vastgelegd.", [Beletsel("geen-addendum", tekst)])
        aanmeldingen.require_namens(sessie, door, overeenkomsten.find_aanmelding(sessie, rij))
        beletselen = []
        if rij.status not in (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING):
            tekst = f"{nummer} is {rij.status}; weigeren kan tot iedereen heeft getekend en tot de laatste tekendag."
            beletselen.append(Beletsel("addendum-status", tekst))
        if door.rol is Rol.AANBIEDER and partij is not Partijsoort.AANBIEDER:
            beletselen.append(Beletsel("partij", "U kunt alleen voor de aanbieder een weigering vastleggen."))
        if op > local_date(door.nu):
            beletselen.append(Beletsel("weigering-datum", f"{format_dag(op)} is nog niet geweest."))
        if not reden.strip():
            beletselen.append(Beletsel("weigering-reden", "Schrijf waarom de partij weigert."))
        if not bewijs.strip():
            beletselen.append(Beletsel("weigering-bewijs", "Noem waar de weigering te vinden is: brief, zaaknummer."))
        if beletselen:
            raise BeletselenError(f"De weigering van {nummer} is niet vastgelegd.", beletselen)
        sessie.add(
            WeigeringRow(
                id=huis.nieuw_id(),
                addendum_id=rij.id,
                soort=Weigeringsoort.GEWEIGERD,
                partij=partij,
                op=op,
                reden=reden,
                bewijs=bewijs,
                vastgelegd_door=door.wie,
                vastgelegd_op=door.nu,
            )
        )
        overeenkomsten.change(
            eenheid,
            nummer,
            rij,
            Overeenkomststatus.VERVALLEN,
            Handeling.WEIGERING_VASTLEGGEN,
            reden=f"geweigerd door de {partij} op {format_dag(op)}: {reden}",
        )
        addenda.drop_document(eenheid, nummer)
        return describe_gevolg(sessie, rij)


def describe_gevolg(sessie: Session, addendum: AddendumRow) -> str:
    """What happens when this addendum does not come in force, as its changes say; else what every agreement says."""
    bronnen = msgspec.json.decode(addendum.inhoud, type=addenda.Wijziging).bronnen
    vraag = select(ContractwijzigingRow).where(col(ContractwijzigingRow.kenmerk).in_(bronnen))
    eigen = [
        contractwijzigingen.decode_inhoud(een).bij_weigering.strip()
        for een in sessie.exec(vraag.order_by(col(ContractwijzigingRow.kenmerk)))
    ]
    return "; ".join([BIJ_WEIGERING, *dict.fromkeys(een for een in eigen if een)])


def find_weigering(sessie: Session, nummer: str) -> WeigeringRow:
    """Why an addendum did not come in force. Raises NietGevondenError when it was not refused and did not lapse."""
    vraag = select(WeigeringRow).join(AddendumRow, col(AddendumRow.id) == WeigeringRow.addendum_id)
    rij = sessie.exec(vraag.where(AddendumRow.nummer == nummer)).one_or_none()
    if rij is None:
        raise NietGevondenError("Weigering van addendum", nummer)
    return rij


def list_termen(sessie: Session, rij: OvereenkomstRow, op: date) -> Iterator[Contractterm]:
    """What a refusal or a lapse asks of contract management, once, until somebody dealt with it."""
    vraag = (
        select(AddendumRow, WeigeringRow)
        .join(WeigeringRow, col(WeigeringRow.addendum_id) == AddendumRow.id)
        .where(AddendumRow.overeenkomst_id == rij.id, WeigeringRow.op >= op - TERUG)
    )
    for addendum, weigering in sessie.exec(vraag.order_by(col(AddendumRow.nummer))):
        geweigerd = weigering.soort is Weigeringsoort.GEWEIGERD
        wat = f"geweigerd door de {weigering.partij}" if geweigerd else "niet op tijd getekend"
        gevolg = describe_gevolg(sessie, addendum)
        yield Contractterm(
            onderwerp=addendum.nummer,
            soort=Termsoort.ADDENDUM,
            deel=weigering.soort,
            dag=weigering.op,
            wat=f"addendum {addendum.nummer} is {wat}: nagaan wat dat betekent",
            waarom=f"{weigering.reden}; {gevolg}",
            bron="C.21; H19-55",
            rol=Rol.CONTRACTMANAGER,
            vervolg=(
                Vervolgstap(
                    na_dagen=0,
                    wat=f"addendum {addendum.nummer} is {wat}; {gevolg}. Bespreek het en leg vast wat u doet",
                    rol=Rol.CONTRACTMANAGER,
                ),
            ),
        )
