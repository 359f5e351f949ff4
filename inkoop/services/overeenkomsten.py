"""Framework agreements: composed for what was admitted, approved, signed by both sides, put in force.

A rejected applicant's term does not hold up the agreements of others (B.2.3): a toelating has no
competition. A conditional admission gets no agreement until the condition is met.

Bron: domein B.2.3, C.17, D (contract), FE-4, FE-5; M20-32.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.mutatie import conclude_wijziging
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Aanmeldingsstatus, Besluitstatus, Overeenkomststatus, check_verloop
from inkoop.services import (
    aanmeldingen,
    besluiten,
    contractnummers,
    documenten,
    houders,
    onderdelen,
    procedures,
    rondes,
    verlengingen,
)
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.brieven.opdracht import choose_contract
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.vernietigd import list_buren, not_found
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.selectie import GunningRow


class Inhoud(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed: the admitted products per perceel, and the tariff table it started with.

    `getekend_op` only of a contract of before the system, of which there is no document here.
    """

    producten: dict[str, tuple[str, ...]]
    tarieftabel: str
    getekend_op: date | None = None


def compose_overeenkomst(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Compose the agreement for the admitted products of one aanmelding; False when there is none due."""
    with huis.winkel.lezen() as sessie:
        if not _list_toegelaten(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)):
            return False
    with handel(huis, door, Handeling.OVEREENKOMST_OPSTELLEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        toegelaten = _list_toegelaten(sessie, rij)
        if not toegelaten:
            return False
        zaak = load_zaak(sessie, huis.feestdagen, rij)
        producten = {b.perceel or "": besluiten.decode_voorstel(b).producten for b in toegelaten}
        nummer = contractnummers.take_volgend(sessie, zaak.ronderij.procedure_id, zaak.definitie, door.nu)
        overeenkomst = OvereenkomstRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            contractnummer=nummer,
            status=Overeenkomststatus.CONCEPT,
            inhoud=msgspec.json.encode(
                Inhoud(producten=producten, tarieftabel=tarieftabel_op(zaak.definitie, zaak.ronde.ingang).versie)
            ).decode(),
            ingang=zaak.ronde.ingang,
            einddatum=verlengingen.find_einddatum(sessie, zaak.ronderij.procedure_id, zaak.ronde.ingang),
            opgesteld_door=door.wie,
        )
        sessie.add(overeenkomst)
        eenheid.audit(
            Handeling.OVEREENKOMST_OPSTELLEN,
            nummer,
            naar=overeenkomst.status,
            gegevens={"aanmelding": kenmerk, "producten": producten},
        )
        _request_document(huis, eenheid, zaak, overeenkomst, producten, toegelaten[0])
    return True


def is_te_maken(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether an agreement is due for an aanmelding and was not composed yet."""
    return bool(_list_toegelaten(sessie, rij))


def _list_toegelaten(sessie: Session, rij: AanmeldingRow) -> list[BesluitRow]:
    """The besluiten that an agreement rests on: all sent, none still under condition, none composed before.

    With selection: every award that became final (B.2.3).
    """
    geldig = list_bekend(sessie, rij)
    if not geldig or find_by_aanmelding(sessie, rij) is not None or houders.find_gewijzigde(sessie, rij) is not None:
        return []
    definitief = [
        besluit
        for besluit in geldig
        if besluit.soort is Besluitsoort.GUNNINGSVOORNEMEN
        and sessie.exec(select(GunningRow).where(GunningRow.besluit_id == besluit.id)).first() is not None
    ]
    return [besluit for besluit in geldig if besluit.soort is Besluitsoort.TOEGELATEN] + definitief


def list_bekend(sessie: Session, rij: AanmeldingRow) -> list[BesluitRow]:
    """The besluiten that stand on an aanmelding once all are sent and none waits for a condition; else none."""
    geldig = besluiten.list_geldig(sessie, rij) if rij.status is Aanmeldingsstatus.BESLOTEN else []
    if any(besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE for besluit in geldig):
        return []
    return geldig if all(besluit.status is Besluitstatus.VERZONDEN for besluit in geldig) else []


def has_open_mutatie(sessie: Session, overeenkomst: OvereenkomstRow, ingang: date) -> bool:
    """Whether an opened mutatie of this agreement for a day waits for its besluit, or for its addendum."""
    ronde_van = sessie.get_one(RondeRow, find_aanmelding(sessie, overeenkomst).ronde_id)
    vraag = (
        select(AanmeldingRow)
        .join(RondeRow, RondeRow.id == AanmeldingRow.ronde_id)  # type: ignore[arg-type]
        .where(
            RondeRow.procedure_id == ronde_van.procedure_id,
            AanmeldingRow.kvk == find_aanmelding(sessie, overeenkomst).kvk,
            AanmeldingRow.opgave != "",
            col(AanmeldingRow.status).in_(_LOPEND),
        )
    )
    definitie = procedures.read_definitie(sessie, ronde_van.procedure_id)
    gemaakt = set(sessie.exec(select(AddendumRow.aanleiding).where(AddendumRow.overeenkomst_id == overeenkomst.id)))
    for rij in sessie.exec(vraag):
        ronde = definitie.find_ronde(rondes.get_ronde(sessie, rij.ronde_id).kenmerk)
        if aanmeldingen.read_opgave(rij).wijzigt != overeenkomst.contractnummer or ronde.ingang != ingang:
            continue
        if rij.status is not Aanmeldingsstatus.BESLOTEN:
            return True
        geldig = besluiten.list_geldig(sessie, rij)
        bekend = list_bekend(sessie, rij)
        voorstellen = [besluiten.decode_voorstel(besluit) for besluit in bekend]
        wijzigt = conclude_wijziging(voorstellen, houders.find_aanbod(sessie, overeenkomst)) is not None
        if (geldig and not bekend) or (wijzigt and rij.kenmerk not in gemaakt):
            return True
    return False


_LOPEND = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN)


def _request_document(
    huis: Huis,
    eenheid: Eenheid,
    zaak: Zaak,
    overeenkomst: OvereenkomstRow,
    producten: dict[str, tuple[str, ...]],
    besluit: BesluitRow,
) -> None:
    """Ask for the document of the kind that was published: a framework, or a contract for a task (B.1.8)."""
    genomen = besluit.genomen_op
    sjabloon, compose = choose_contract(zaak.definitie)
    documenten.request_document(
        huis,
        eenheid,
        f"overeenkomst:{overeenkomst.contractnummer}",
        sjabloon,
        overeenkomst.contractnummer,
        zaak.ronde.kenmerk,
        lambda kenmerk: onderdelen.add_onderdelen(
            huis,
            eenheid,
            zaak,
            overeenkomst,
            compose(
                zaak,
                kenmerk=kenmerk,
                contractnummer=overeenkomst.contractnummer,
                datum=local_date(eenheid.op),
                producten=producten,
                besluit=besluit.kenmerk or "",
                besluit_datum=local_date(eenheid.op if genomen is None else genomen),
            ),
        ),
    )


def offer_ter_ondertekening(huis: Huis, door: Optreden, contractnummer: str) -> bool:
    """Offer an approved agreement (or addendum) for signing; False when it or a part is not approved, or it was."""
    with huis.winkel.lezen() as sessie:
        if not _is_aan_te_bieden(sessie, contractnummer):
            return False
    with handel(huis, door, Handeling.OVEREENKOMST_OPSTELLEN) as eenheid:
        if not _is_aan_te_bieden(eenheid.sessie, contractnummer):
            return False
        rij = find_overeenkomst(eenheid.sessie, contractnummer)
        change(eenheid, contractnummer, rij, Overeenkomststatus.TER_ONDERTEKENING, Handeling.OVEREENKOMST_OPSTELLEN)
    return True


def _is_aan_te_bieden(sessie: Session, nummer: str) -> bool:
    rij = find_overeenkomst(sessie, nummer)
    if rij.status is not Overeenkomststatus.CONCEPT:
        return False
    document = find_contractdocument(sessie, nummer)
    if document.status not in documenten.UITGAAND:
        return False
    return isinstance(rij, AddendumRow) or not onderdelen.check_compleet(sessie, rij, document)


def change(
    eenheid: Eenheid,
    nummer: str,
    rij: OvereenkomstRow | AddendumRow,
    naar: Overeenkomststatus,
    handeling: Handeling,
    *,
    reden: str = "",
) -> None:
    """Change the status of an agreement or addendum along its course."""
    check_verloop(nummer, rij.status, naar)
    eenheid.audit(handeling, nummer, van=rij.status, naar=naar, reden=reden)
    rij.status = naar
    eenheid.sessie.add(rij)


def find_by_aanmelding(sessie: Session, rij: AanmeldingRow) -> OvereenkomstRow | None:
    """The agreement that came of an aanmelding, if any."""
    return sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.aanmelding_id == rij.id)).one_or_none()


def find_overeenkomst(sessie: Session, nummer: str) -> OvereenkomstRow | AddendumRow:
    """The agreement with this contract number, or the addendum with this number."""
    overeenkomst = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == nummer)).one_or_none()
    if overeenkomst is not None:
        return overeenkomst
    addendum = sessie.exec(select(AddendumRow).where(AddendumRow.nummer == nummer)).one_or_none()
    if addendum is None:
        nummers = list_buren(sessie, OvereenkomstRow.contractnummer, nummer)
        nummers += list_buren(sessie, AddendumRow.nummer, nummer)
        raise not_found(sessie, "Overeenkomst of addendum", nummer, nummers)
    return addendum


def find_lopende(sessie: Session, nummer: str) -> OvereenkomstRow:
    """The agreement with this contract number, which was signed and has not ended; raises BeletselenError."""
    rij = find_overeenkomst(sessie, nummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status not in LOPEND:
        tekst = f"{nummer} is geen overeenkomst die loopt (status: {rij.status})."
        raise BeletselenError("Er is niets vastgelegd.", [Beletsel("overeenkomst-status", tekst)])
    return rij


def find_contractdocument(sessie: Session, nummer: str) -> DocumentRow:
    """The document of an agreement or addendum."""
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{nummer}")
    if document is None:
        raise NietGevondenError("Document bij overeenkomst", nummer)
    return document


def find_aanmelding(sessie: Session, rij: OvereenkomstRow | AddendumRow) -> AanmeldingRow:
    """The aanmelding that an agreement, or the agreement under an addendum, came of."""
    if isinstance(rij, AddendumRow):
        rij = sessie.get_one(OvereenkomstRow, rij.overeenkomst_id)
    return sessie.get_one(AanmeldingRow, rij.aanmelding_id)


def decode_inhoud(rij: OvereenkomstRow) -> Inhoud:
    """What was agreed."""
    return msgspec.json.decode(rij.inhoud, type=Inhoud)


def list_overeenkomsten(sessie: Session, ronde: RondeRow) -> list[OvereenkomstRow]:
    """The agreements of a round by contract number."""
    vraag = (
        select(OvereenkomstRow)
        .join(AanmeldingRow, AanmeldingRow.id == OvereenkomstRow.aanmelding_id)  # type: ignore[arg-type]
        .where(AanmeldingRow.ronde_id == ronde.id)
    )
    return list(sessie.exec(vraag.order_by(OvereenkomstRow.contractnummer)))


def read_namen(sessie: Session, rijen: Sequence[OvereenkomstRow]) -> dict[UUID, str]:
    """The name of the aanbieder of each of these agreements, by the id of the agreement."""
    vraag = (
        select(OvereenkomstRow.id, AanmeldingRow.naam)
        .join(AanmeldingRow, AanmeldingRow.id == OvereenkomstRow.aanmelding_id)  # type: ignore[arg-type]
        .where(col(OvereenkomstRow.id).in_([rij.id for rij in rijen]))
    )
    return dict(sessie.exec(vraag).all())
