"""Repair: one herstelverzoek per aanmelding with all points, one term, one answer that counts.

Bron: domein B.2.7, C.13; FE-2; F.0 `herstelverloop`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.herstel import Antwoordstand, Puntstand, assess_punt, list_verloren
from inkoop.domain.kalender import format_dag, is_tijdig, local_date
from inkoop.domain.procedure import Rondedefinitie
from inkoop.domain.termijnen import end_of_day, end_of_herstel
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Documentstatus, Herstelstatus, check_verloop
from inkoop.services import aanmeldingen, bewijzen, documenten, feiten, procedures, rondes, samenlopen, toetsen
from inkoop.services.brieven import herstel as brieven
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.toets import ToetsRow


def draft_herstelverzoek(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Draft the herstelverzoek that the last toets asks for; False when there is nothing to ask, or it is there.

    Waits until every fact is established: all points go in one letter.
    """
    with huis.winkel.lezen() as sessie:
        if not _list_punten(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)):
            return False
    with handel(huis, door, Handeling.HERSTELVERZOEK_OPSTELLEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        punten = _list_punten(eenheid.sessie, rij)
        toets = toetsen.find_laatste(eenheid.sessie, rij)
        if not punten or toets is None:
            return False
        zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
        verzoek = HerstelverzoekRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            toets_id=toets.id,
            status=Herstelstatus.CONCEPT,
            punten=msgspec.to_builtins(punten),
            uiterlijk=end_of_day(plan_einde(huis, zaak, _brief_datum(zaak, door))),
            opgesteld_door=door.wie,
        )
        eenheid.sessie.add(verzoek)
        eenheid.audit(
            Handeling.HERSTELVERZOEK_OPSTELLEN,
            kenmerk,
            naar=verzoek.status,
            gegevens={"criteria": [p.criterium for p in punten]},
        )
        _request_brief(huis, eenheid, zaak, verzoek, door)
    return True


def _list_punten(sessie: Session, rij: AanmeldingRow) -> tuple[brieven.Verzoekpunt, ...]:
    """What to ask, if a herstelverzoek is due and was not drafted yet."""
    if rij.status is not Aanmeldingsstatus.IN_BEHANDELING or find_verzoek(sessie, rij) is not None:
        return ()
    toets = toetsen.find_laatste(sessie, rij)
    if toets is None:
        return ()
    resultaat = toetsen.decode_resultaat(toets)
    if any(bevinding.grond == FEIT_NOG_VAST_TE_STELLEN for bevinding in resultaat.bevindingen):
        return ()
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    resultaat = _without_verloren(resultaat, samenlopen.list_uitgesloten(sessie, rij))
    return brieven.list_verzoekpunten(procedures.read_editie(sessie, ronde), resultaat)


def _without_verloren(resultaat: Toetsresultaat, percelen: Collection[str]) -> Toetsresultaat:
    """The toets as it counts for repair: nothing is asked for a perceel that the aanmelding is not taken up for."""
    return msgspec.structs.replace(
        resultaat,
        eenheden=tuple(
            msgspec.structs.replace(een, uitkomst=Uitkomst.VOLDOET_NIET) if een.perceel in percelen else een
            for een in resultaat.eenheden
        ),
    )


PREFIX = "herstel:"
"""How the keys of the letters that ask for repair begin; then comes the aanmelding."""

FEIT_NOG_VAST_TE_STELLEN = "feit-nog-vast-te-stellen"
"""The ground of a finding that waits for a fact to be established (domain/criteria/toets)."""


def plan_einde(huis: Huis, zaak: Zaak, verzonden_op: date) -> date:
    """The last day to answer: that of the round's calendar, or a full term when the letter goes out late."""
    volle_termijn = end_of_herstel(zaak.definitie.termijnen, verzonden_op, huis.feestdagen)
    return (
        zaak.ronde.herstel_tot
        if verzonden_op <= zaak.ronde.herstelverzoek
        else max(zaak.ronde.herstel_tot, volle_termijn)
    )


def _brief_datum(zaak: Zaak, door: Optreden) -> date:
    """The day on which the letter is to go out: the day of the calendar, or today when that is past."""
    return max(local_date(door.nu), zaak.ronde.herstelverzoek)


def _request_brief(huis: Huis, eenheid: Eenheid, zaak: Zaak, verzoek: HerstelverzoekRow, door: Optreden) -> None:
    punten = msgspec.convert(verzoek.punten, tuple[brieven.Verzoekpunt, ...])
    datum = _brief_datum(zaak, door)
    editie = toetsen.read_basis(eenheid.sessie, zaak.rij).editie
    toets = eenheid.sessie.get_one(ToetsRow, verzoek.toets_id)
    verloren = list_verloren(toetsen.decode_resultaat(toets).eenheden)
    onduidelijk = [
        (regel.bestand, regel.reden)
        for regel in feiten.list_feiten(eenheid.sessie, zaak.rij)
        if regel.wijze is feiten.ONDUIDELIJK and regel.tijdig
    ]
    documenten.request_document(
        huis, eenheid, f"{PREFIX}{zaak.rij.kenmerk}", "herstelverzoek", zaak.rij.kenmerk, zaak.ronde.kenmerk,
        lambda kenmerk: brieven.compose_herstelverzoek(
            zaak, editie, kenmerk, datum, punten, local_date(verzoek.uiterlijk),
            verloren=verloren, onduidelijk=onduidelijk,
        ),
    )  # fmt: skip


def approve_herstelverzoek(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Check a herstelverzoek, by a second beoordelaar or a jurist; its letter is approved with it."""
    with handel(huis, door, Handeling.HERSTELVERZOEK_CONTROLEREN, kenmerk) as eenheid:
        rij, verzoek = _require_verzoek(eenheid.sessie, kenmerk)
        rondes.require_onpartijdig(eenheid.sessie, rij.ronde_id, door)
        brief = documenten.find_by_sleutel(eenheid.sessie, f"{PREFIX}{kenmerk}")
        if brief is None or brief.status not in {Documentstatus.CONCEPT, Documentstatus.IN_REVIEW}:
            tekst = "De brief is nog niet gemaakt, of al gecontroleerd. Start de flow selecteren en kijk opnieuw."
            raise BeletselenError("Het herstelverzoek kan niet worden gecontroleerd.", [Beletsel("brief", tekst)])
        verzoek.gecontroleerd_door = door.wie
        _change(eenheid, rij, verzoek, Herstelstatus.GECONTROLEERD, Handeling.HERSTELVERZOEK_CONTROLEREN)
        documenten.mark_akkoord(eenheid, brief, Handeling.HERSTELVERZOEK_CONTROLEREN)


def send_herstelverzoek(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Send a checked herstelverzoek; its letter bears the day on which it goes out."""
    with handel(huis, door, Handeling.HERSTELVERZOEK_VERZENDEN, kenmerk) as eenheid:
        rij, verzoek = _require_verzoek(eenheid.sessie, kenmerk)
        brief = documenten.find_by_sleutel(eenheid.sessie, f"{PREFIX}{kenmerk}")
        if brief is None:
            raise NietGevondenError("De brief bij herstelverzoek", kenmerk)
        _change(eenheid, rij, verzoek, Herstelstatus.VERZONDEN, Handeling.HERSTELVERZOEK_VERZENDEN)
        verzoek.verzonden_door, verzoek.verzonden_op = door.wie, door.nu
        documenten.mark_verzonden(huis, eenheid, brief)


def receive_aanvulling(
    huis: Huis, door: Optreden, kenmerk: str, aanvulling: Aanvulling, bestanden: bewijzen.Bestanden
) -> bool:
    """Receive evidence after submission; whether it is in time. Late evidence is kept and does not count.

    In answer to a herstelverzoek until its last instant; to meet a condition until the round's last
    day for signing (F.0).
    """
    handeling = {
        Aanleiding.HERSTEL: Handeling.HERSTEL_ONTVANGEN,
        Aanleiding.VOORWAARDE: Handeling.VOORWAARDE_ONTVANGEN,
    }.get(aanvulling.aanleiding)
    if handeling is None:
        raise BeletselenError(
            "De aanvulling kan niet worden ontvangen.",
            [Beletsel("aanleiding", "Bewijs na indiening is herstel of hoort bij een voorwaarde.")],
        )
    gekeurd = bewijzen.examine_bestanden(huis, aanvulling.bewijsstukken, bestanden)
    with handel(huis, door, handeling) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.require_namens(sessie, door, rij)
        zaak = load_zaak(sessie, huis.feestdagen, rij)
        beletselen = _check_ontvangst(sessie, rij, aanvulling)
        if aanvulling.ontvangen_op > door.nu:
            beletselen.append(Beletsel("toekomst", "Het tijdstip van ontvangst ligt in de toekomst."))
        if beletselen:
            raise BeletselenError("De aanvulling kan niet worden ontvangen; er is niets bewaard.", beletselen)
        uiterlijk = _find_uiterlijk(sessie, rij, aanvulling.aanleiding, zaak.ronde)
        tijdig = is_tijdig(aanvulling.ontvangen_op, uiterlijk)
        ontvangst = AanvullingRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            aanleiding=aanvulling.aanleiding,
            ontvangen_op=aanvulling.ontvangen_op,
            tijdig=tijdig,
            toelichting=aanvulling.toelichting,
        )
        sessie.add(ontvangst)
        sessie.flush()
        bewijzen.store_bewijsstukken(
            huis,
            eenheid,
            rij,
            aanvulling.bewijsstukken,
            gekeurd,
            bestanden,
            aanleiding=aanvulling.aanleiding,
            ontvangen_op=aanvulling.ontvangen_op,
            aanvulling=ontvangst.id,
        )
        eenheid.audit(
            handeling,
            kenmerk,
            naar="tijdig" if tijdig else f"te laat (uiterlijk {format_dag(local_date(uiterlijk))})",
            gegevens={"bestanden": {naam: bestand.sha256 for naam, bestand in sorted(gekeurd.items())}},
        )
        documenten.request_document(
            huis, eenheid, f"aanvulling:{ontvangst.id}", "ontvangst-aanvulling", kenmerk, zaak.ronde.kenmerk,
            lambda nummer: brieven.compose_ontvangst_aanvulling(
                zaak, nummer, ontvangst, uiterlijk, _list_stukken(sessie, rij, ontvangst)
            ),
        )  # fmt: skip
    return tijdig


def _list_stukken(sessie: Session, rij: AanmeldingRow, ontvangst: AanvullingRow) -> list[BewijsstukRow]:
    sessie.flush()
    return [stuk for stuk in bewijzen.list_bewijsstukken(sessie, rij) if stuk.aanvulling_id == ontvangst.id]


class Punt(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a herstelverzoek and what came of it."""

    criterium: str
    lid: str | None
    percelen: tuple[str, ...]
    gevraagd: str
    stand: Puntstand


def list_puntstanden(sessie: Session, rij: AanmeldingRow) -> tuple[Punt, ...]:
    """Each point by itself, as the last toets has it; empty when nothing was asked."""
    verzoek = find_verzoek(sessie, rij)
    if verzoek is None:
        return ()
    punten = msgspec.convert(verzoek.punten, tuple[brieven.Verzoekpunt, ...])
    toets = toetsen.find_laatste(sessie, rij)
    resultaat = None if toets is None else toetsen.decode_resultaat(toets)
    tijdig: set[str] = set()
    te_laat: set[str] = set()
    for stuk in bewijzen.list_bewijsstukken(sessie, rij):
        if stuk.aanvulling_id is not None and stuk.aanleiding is Aanleiding.HERSTEL:
            op_tijd = sessie.get_one(AanvullingRow, stuk.aanvulling_id).tijdig
            (tijdig if op_tijd else te_laat).add(stuk.sha256)
    antwoord = Antwoordstand(
        tijdig=frozenset(tijdig), te_laat=frozenset(te_laat), gesloten=verzoek.status is Herstelstatus.AFGESLOTEN
    )
    return tuple(
        Punt(
            criterium=punt.criterium,
            lid=punt.lid,
            percelen=punt.percelen,
            gevraagd=punt.gevraagd,
            stand=assess_punt(resultaat, punt.criterium, punt.lid, punt.percelen, antwoord),
        )
        for punt in punten
    )


def _check_ontvangst(sessie: Session, rij: AanmeldingRow, aanvulling: Aanvulling) -> list[Beletsel]:
    if aanvulling.aanleiding is Aanleiding.VOORWAARDE:
        if rij.status is Aanmeldingsstatus.BESLOTEN:
            return []
        return [Beletsel("voorwaarde", f"Over aanmelding {rij.kenmerk} is nog geen besluit met een voorwaarde.")]
    verzoek = find_verzoek(sessie, rij)
    if verzoek is None or verzoek.status not in (Herstelstatus.VERZONDEN, Herstelstatus.AFGESLOTEN):
        return [Beletsel("geen-verzoek", f"Voor aanmelding {rij.kenmerk} is geen herstelverzoek verzonden.")]
    return []


def _find_uiterlijk(sessie: Session, rij: AanmeldingRow, aanleiding: Aanleiding, ronde: Rondedefinitie) -> datetime:
    verzoek = find_verzoek(sessie, rij)
    if aanleiding is Aanleiding.HERSTEL and verzoek is not None:
        return verzoek.uiterlijk
    return end_of_day(ronde.tekenen)


def close_herstel(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Close a herstelverzoek whose term is over; False when there is nothing to close."""
    with huis.winkel.lezen() as sessie:
        verzoek = find_verzoek(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
        if verzoek is None or verzoek.status is not Herstelstatus.VERZONDEN or is_tijdig(door.nu, verzoek.uiterlijk):
            return False
    with handel(huis, door, Handeling.HERSTEL_SLUITEN) as eenheid:
        rij, verzoek = _require_verzoek(eenheid.sessie, kenmerk)
        _change(eenheid, rij, verzoek, Herstelstatus.AFGESLOTEN, Handeling.HERSTEL_SLUITEN)
    return True


def find_verzoek(sessie: Session, rij: AanmeldingRow) -> HerstelverzoekRow | None:
    """The herstelverzoek of an aanmelding, if there is one."""
    return sessie.exec(select(HerstelverzoekRow).where(HerstelverzoekRow.aanmelding_id == rij.id)).one_or_none()


def _require_verzoek(sessie: Session, kenmerk: str) -> tuple[AanmeldingRow, HerstelverzoekRow]:
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    verzoek = find_verzoek(sessie, rij)
    if verzoek is None:
        raise NietGevondenError("Herstelverzoek voor aanmelding", kenmerk)
    return rij, verzoek


def _change(
    eenheid: Eenheid, rij: AanmeldingRow, verzoek: HerstelverzoekRow, naar: Herstelstatus, handeling: Handeling
) -> None:
    check_verloop(f"Het herstelverzoek van {rij.kenmerk}", verzoek.status, naar)
    eenheid.audit(handeling, rij.kenmerk, van=verzoek.status, naar=naar)
    verzoek.status = naar
    eenheid.sessie.add(verzoek)
