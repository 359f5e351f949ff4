"""Handing in an aanmelding, and looking one up.

What is handed in is received and kept, also when it is late; it is never assessed then. A later
aanmelding of the same aanbieder before closing takes the place of the earlier one.

Bron: domein B.2.8, C.12, D (aanmelding indienen), F.0 `dubbel`; FE-8.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Aanleiding, Lidrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, is_tijdig, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.toegang import GeenToegangError, Handeling, check_leesmoment
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, check_verloop
from inkoop.services import bewijzen, documenten, personen, procedures, rondes
from inkoop.services.brieven import aanmelding as brieven
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tellers import next_nummer


def submit_aanmelding(
    huis: Huis,
    door: Optreden,
    *,
    ronde: str,
    opgave: Aanmeldingsopgave,
    bestanden: Mapping[str, bytes],
    ontvangen_op: datetime | None = None,
) -> str:
    """Receive an aanmelding with its files; returns its kenmerk.

    `ontvangen_op` is the receipt of the platform that the leidraad names; without it, now. Refused
    with all reasons, and nothing stored: before opening, an unknown perceel or product, a file that
    is missing, too many, or not what its name says.
    """
    ontvangen = ontvangen_op or door.nu
    gekeurd = bewijzen.examine_bestanden(huis, opgave.bewijsstukken, bestanden)
    with handel(huis, door, Handeling.AANMELDING_INDIENEN) as eenheid:
        sessie = eenheid.sessie
        ronderij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, ronderij.procedure_id)
        rondedefinitie = definitie.find_ronde(ronde)
        beletselen = [
            *_check_namens(sessie, door, opgave),
            *_check_moment(rondedefinitie, ontvangen, door.nu),
            *check_opgave(opgave, definitie),
        ]
        if beletselen:
            raise BeletselenError("De aanmelding kan niet worden ontvangen.", beletselen)
        tijdig = is_tijdig(ontvangen, rondedefinitie.sluiting)
        rij = AanmeldingRow(
            id=huis.nieuw_id(),
            ronde_id=ronderij.id,
            kenmerk=f"{ronde}-A{next_nummer(sessie, f'aanmelding:{ronde}'):03d}",
            naam=opgave.naam,
            kvk=opgave.penvoerder.kvk,
            ontvangen_op=ontvangen,
            status=Aanmeldingsstatus.ONTVANGEN if tijdig else Aanmeldingsstatus.TE_LAAT,
            opgave=msgspec.json.encode(opgave).decode(),
        )
        sessie.add(rij)
        sessie.flush()
        bewijzen.store_bewijsstukken(
            huis,
            eenheid,
            rij,
            opgave.bewijsstukken,
            gekeurd,
            bestanden,
            aanleiding=Aanleiding.INDIENING,
            ontvangen_op=ontvangen,
        )
        eenheid.audit(Handeling.AANMELDING_INDIENEN, rij.kenmerk, naar=rij.status, gegevens=_list_hashes(gekeurd))
        documenten.request_document(
            huis, eenheid, f"ontvangst:{rij.kenmerk}", "ontvangstbevestiging", rij.kenmerk, ronde,
            lambda kenmerk: brieven.compose_ontvangst(
                load_zaak(sessie, huis.feestdagen, rij), kenmerk, bewijzen.list_bewijsstukken(sessie, rij)
            ),
        )  # fmt: skip
        if tijdig:
            _replace_eerdere(eenheid, ronderij, rij)
    return rij.kenmerk


def _list_hashes(gekeurd: Mapping[str, bewijzen.Gekeurd]) -> dict[str, object]:
    return {"bestanden": {naam: bestand.sha256 for naam, bestand in sorted(gekeurd.items())}}


def _check_namens(sessie: Session, door: Optreden, opgave: Aanmeldingsopgave) -> list[Beletsel]:
    """Somebody who acts for an aanbieder hands in for that aanbieder only."""
    if door.rol is not Rol.AANBIEDER or personen.find_kvk(sessie, door.wie) == opgave.penvoerder.kvk:
        return []
    return [Beletsel("namens", f"{door.persoon.naam} handelt niet namens {opgave.penvoerder.naam}.")]


def require_namens(sessie: Session, door: Optreden, rij: AanmeldingRow) -> None:
    """Refuse an act on somebody else's aanmelding (GeenToegangError)."""
    if beletselen := _check_namens(sessie, door, read_opgave(rij)):
        raise GeenToegangError(f"Dit kan niet met aanmelding {rij.kenmerk}.", beletselen)


def _check_moment(ronde: Rondedefinitie, ontvangen: datetime, nu: datetime) -> list[Beletsel]:
    beletselen = []
    if local_date(ontvangen) < ronde.opening:
        beletselen.append(
            Beletsel("niet-open", f"Ronde {ronde.kenmerk} gaat open op {format_dag(ronde.opening)}. Meld u dan aan.")
        )
    if ontvangen > nu:
        beletselen.append(Beletsel("toekomst", "Het tijdstip van ontvangst ligt in de toekomst."))
    if ronde.historisch:
        beletselen.append(Beletsel("historisch", f"Ronde {ronde.kenmerk} is afgesloten."))
    return beletselen


def check_opgave(opgave: Aanmeldingsopgave, definitie: Proceduredefinitie) -> list[Beletsel]:
    """What in an aanmelding cannot be, given the procedure: every reason."""
    percelen = {perceel.code: perceel for perceel in definitie.percelen}
    beletselen = [
        Beletsel("perceel", f"Perceel '{code}' bestaat niet. Kies uit: {', '.join(percelen)}.")
        for code in opgave.percelen
        if code not in percelen
    ]
    if not opgave.percelen:
        beletselen.append(Beletsel("geen-perceel", "Noem ten minste één perceel."))
    gekozen = [percelen[code] for code in opgave.percelen if code in percelen]
    mogelijk = {product.code for perceel in gekozen for product in perceel.producten}
    beletselen.extend(
        Beletsel("product", f"Product '{code}' hoort niet bij de gekozen percelen.")
        for code in opgave.producten
        if code not in mogelijk
    )
    if opgave.producten:
        beletselen.extend(
            Beletsel("perceel-leeg", f"In perceel {perceel.code} is geen enkel product gekozen.")
            for perceel in gekozen
            if not {product.code for product in perceel.producten} & set(opgave.producten)
        )
    rollen = [lid.rol for lid in opgave.leden]
    if rollen.count(Lidrol.ENKEL) + rollen.count(Lidrol.PENVOERDER) != 1:
        beletselen.append(Beletsel("penvoerder", "Noem één enkele aanbieder, of één penvoerder van de combinatie."))
    return beletselen


def _replace_eerdere(eenheid: Eenheid, ronde: RondeRow, nieuw: AanmeldingRow) -> None:
    """Let the last formally submitted aanmelding before closing count (F.0 `dubbel`)."""
    eerdere = eenheid.sessie.exec(
        select(AanmeldingRow).where(
            AanmeldingRow.ronde_id == ronde.id,
            AanmeldingRow.kvk == nieuw.kvk,
            AanmeldingRow.status == Aanmeldingsstatus.ONTVANGEN,
            AanmeldingRow.id != nieuw.id,
        )
    ).all()
    for rij in eerdere:
        oud, telt = (rij, nieuw) if rij.ontvangen_op <= nieuw.ontvangen_op else (nieuw, rij)
        check_verloop(f"Aanmelding {oud.kenmerk}", oud.status, Aanmeldingsstatus.VERVANGEN)
        oud.status, oud.vervangen_door_id = Aanmeldingsstatus.VERVANGEN, telt.id
        eenheid.sessie.add(oud)
        eenheid.audit(
            Handeling.AANMELDING_INDIENEN,
            oud.kenmerk,
            van="ontvangen",
            naar="vervangen",
            reden=f"vervangen door {telt.kenmerk}",
        )


def answer_niet_beoordeeld(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Ask for the letter to somebody whose aanmelding came too late or was replaced; False when it is there."""
    with huis.winkel.lezen() as sessie:
        rij = find_aanmelding(sessie, kenmerk)
        begin = _BRIEVEN.get(rij.status)
        if begin is None or documenten.find_by_sleutel(sessie, f"{begin}{kenmerk}") is not None:
            return False
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = find_aanmelding(eenheid.sessie, kenmerk)
        zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
        datum = local_date(door.nu)
        if rij.status is Aanmeldingsstatus.TE_LAAT:
            documenten.request_document(
                huis, eenheid, f"telaat:{kenmerk}", "brief-te-laat", kenmerk, zaak.ronde.kenmerk,
                lambda nummer: brieven.compose_te_laat(zaak, nummer, datum),
            )  # fmt: skip
        else:
            nieuw = eenheid.sessie.get_one(AanmeldingRow, rij.vervangen_door_id)
            documenten.request_document(
                huis, eenheid, f"vervangen:{kenmerk}", "brief-vervangen", kenmerk, zaak.ronde.kenmerk,
                lambda nummer: brieven.compose_vervangen(zaak, nummer, datum, nieuw),
            )  # fmt: skip
    return True


_BRIEVEN = {Aanmeldingsstatus.TE_LAAT: "telaat:", Aanmeldingsstatus.VERVANGEN: "vervangen:"}
"""The letters about an aanmelding that is not assessed, by how their keys begin."""


def withdraw_aanmelding(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Take an aanmelding back, by somebody who acts for the aanbieder, until it is decided on.

    What was proposed about it lapses, so that the besluiten on the others can go on.
    """
    with handel(huis, door, Handeling.AANMELDING_INTREKKEN) as eenheid:
        rij = find_aanmelding(eenheid.sessie, kenmerk)
        require_namens(eenheid.sessie, door, rij)
        check_verloop(f"Aanmelding {kenmerk}", rij.status, Aanmeldingsstatus.INGETROKKEN)
        eenheid.audit(
            Handeling.AANMELDING_INTREKKEN, kenmerk, van=rij.status, naar=Aanmeldingsstatus.INGETROKKEN, reden=reden
        )
        rij.status = Aanmeldingsstatus.INGETROKKEN
        eenheid.sessie.add(rij)
        _lapse_voorstellen(eenheid, rij)
        zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
        documenten.request_document(
            huis, eenheid, f"intrekking:{kenmerk}", "intrekkingsbevestiging", kenmerk, zaak.ronde.kenmerk,
            lambda nummer: brieven.compose_intrekking(zaak, nummer, door),
        )  # fmt: skip


def _lapse_voorstellen(eenheid: Eenheid, rij: AanmeldingRow) -> None:
    """Let every besluit lapse that was proposed and not taken."""
    vraag = select(BesluitRow).where(BesluitRow.aanmelding_id == rij.id)
    for besluit in eenheid.sessie.exec(vraag.order_by(BesluitRow.eenheid)):
        check_verloop(f"Het besluit over {rij.kenmerk}", besluit.status, Besluitstatus.VERVALLEN)
        eenheid.audit(
            Handeling.AANMELDING_INTREKKEN,
            rij.kenmerk,
            van=besluit.status,
            naar=Besluitstatus.VERVALLEN,
            reden="de aanmelding is ingetrokken",
            gegevens={"perceel": besluit.perceel, "besluit": besluit.soort},
        )
        besluit.status = Besluitstatus.VERVALLEN
        eenheid.sessie.add(besluit)


def find_aanmelding(sessie: Session, kenmerk: str) -> AanmeldingRow:
    """The aanmelding with this kenmerk."""
    rij = sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Aanmelding", kenmerk, sessie.exec(select(AanmeldingRow.kenmerk)))
    return rij


def list_aanmeldingen(sessie: Session, ronde: RondeRow, *statussen: Aanmeldingsstatus) -> list[AanmeldingRow]:
    """The applications of a round in order of kenmerk, all or those with one of these statuses."""
    vraag = select(AanmeldingRow).where(AanmeldingRow.ronde_id == ronde.id).order_by(AanmeldingRow.kenmerk)
    if statussen:
        vraag = vraag.where(AanmeldingRow.status.in_(statussen))  # type: ignore[attr-defined]
    return list(sessie.exec(vraag))


def list_vervangen(sessie: Session, rij: AanmeldingRow) -> list[AanmeldingRow]:
    """The earlier applications in whose place this one came, in order of kenmerk."""
    vraag = select(AanmeldingRow).where(AanmeldingRow.vervangen_door_id == rij.id).order_by(AanmeldingRow.kenmerk)
    return list(sessie.exec(vraag))


def read_opgave(rij: AanmeldingRow) -> Aanmeldingsopgave:
    """What was handed in."""
    return msgspec.json.decode(rij.opgave, type=Aanmeldingsopgave)


def check_leesbaar(sessie: Session, rij: AanmeldingRow, door: Optreden) -> None:
    """Refuse to show an aanmelding before closing to anybody but the aanbieder (FE-8)."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    eigen = personen.find_kvk(sessie, door.wie) == rij.kvk
    if beletselen := check_leesmoment(door.nu, ronde.sluiting, eigen=eigen):
        raise GeenToegangError(f"Aanmelding {rij.kenmerk} is nog niet te lezen.", beletselen)
