"""Receiving an aanmelding: everything is kept, or nothing; what is late is received and never assessed.

A later aanmelding of the same aanbieder before closing takes the place of the earlier one. Until two
people open the round everything is sealed as it comes in.

Bron: domein B.2.8, C.12, D (aanmelding indienen), F.0 `dubbel`; FE-8.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Aanleiding, Lidrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, is_tijdig, local_date
from inkoop.domain.ontvangst import check_rechtstreeks
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import (
    bewijzen,
    documenten,
    hergebruik,
    mutaties,
    personen,
    procedures,
    rondes,
    storingen,
    verlengingen,
    verzegeling,
)
from inkoop.services.brieven import aanmelding as brieven
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.drukkerij import Drukopdracht
from inkoop.services.dubbel import replace
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.verzegeling import Inzending
from inkoop.storage.bewijsopslag import Opgeslagen
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow, PlatformontvangstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.verzegeling import VerzegelingRow
from inkoop.storage.tellers import next_nummer
from inkoop.storage.winkel import Winkelsoort


class Herkomst(msgspec.Struct, frozen=True, kw_only=True):
    """From which platform's export an aanmelding comes: its name, its reference there, and two hashes (sha256)."""

    platform: str
    referentie: str
    inhoudhash: str
    exporthash: str


class Ontvangst(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt that the aanbieder gets at once: the instant, and a hash of each file and of the whole.

    `bestanden` maps the name of a file to what was received. `bevestiging` is the order for the
    ontvangstbevestiging, so that it can be printed now, while what it says is still sealed.
    `hergebruikt` maps the name of a file to the aanmelding of an earlier round that it comes from.
    """

    kenmerk: str
    status: Aanmeldingsstatus
    ontvangen_op: datetime
    ontvangsthash: str
    bestanden: Mapping[str, Opgeslagen]
    vervangt: tuple[str, ...]
    bevestiging: Drukopdracht
    hergebruikt: Mapping[str, str] = {}


def receive_aanmelding(
    huis: Huis,
    door: Optreden,
    *,
    ronde: str,
    opgave: Aanmeldingsopgave,
    bestanden: bewijzen.Bestanden,
    ontvangen_op: datetime | None = None,
    herkomst: Herkomst | None = None,
) -> Ontvangst:
    """Receive an aanmelding with its files.

    `ontvangen_op` is the receipt of the platform that the leidraad names; without it, now. `herkomst`
    comes with what is taken in from an export of that platform. Refused with all reasons, and nothing
    stored: before opening, an unknown perceel or product, a file that is missing, too many, or not
    what its name says; evidence of an earlier round that cannot be used again (services/hergebruik); an instant
    of receipt that the aanbieder itself gives in a real store.
    """
    ontvangen = (ontvangen_op or door.nu).astimezone(UTC)
    handeling = Handeling.AANMELDING_INDIENEN if herkomst is None else Handeling.AANMELDING_INLEZEN
    require_toegang(door.persoon, door.rol, handeling)
    opgave, bestanden = hergebruik.complete_opgave(huis, door, ronde, opgave, bestanden, ontvangen)
    gekeurd = bewijzen.examine_bestanden(huis, opgave.bewijsstukken, bestanden)
    with huis.winkel.lezen() as lezer:
        open_ = rondes.find_ronde(lezer, ronde).geopend_op is not None
    zichtbaar = open_ or door.rol is not Rol.AANBIEDER
    schuil = None if zichtbaar else verzegeling.name_schuil(huis.sleutels.mark(ronde, opgave.penvoerder.kvk))
    with handel(huis, door, handeling, schuil=schuil) as eenheid:
        sessie = eenheid.sessie
        ronderij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, ronderij.procedure_id)
        rondedefinitie = definitie.find_ronde(ronde)
        beletselen = check_inzending(huis, sessie, door, ronde, opgave, ontvangen_op)
        if beletselen:
            raise BeletselenError("De aanmelding kan niet worden ontvangen.", beletselen)
        tijdig = is_tijdig(ontvangen, storingen.find_verlenging(sessie, ronderij) or rondedefinitie.sluiting)
        kenmerk = f"{ronde}-A{next_nummer(sessie, f'aanmelding:{ronde}'):03d}"
        inzending = Inzending(
            zout=verzegeling.new_zout(),
            ronde=ronde,
            kenmerk=kenmerk,
            document=f"{ronde}-D{next_nummer(sessie, f'document:{ronde}'):03d}",
            ontvangen_op=ontvangen,
            ingediend_door=door.wie,
            rol=door.rol,
            opgave=opgave,
            bestanden=dict(sorted(gekeurd.items())),
        )
        rij = AanmeldingRow(
            id=huis.nieuw_id(),
            ronde_id=ronderij.id,
            kenmerk=kenmerk,
            naam="",
            kvk="",
            ontvangen_op=ontvangen,
            status=Aanmeldingsstatus.ONTVANGEN if tijdig else Aanmeldingsstatus.TE_LAAT,
            opgave="",
        )
        zaak = load_zaak(sessie, huis.feestdagen, rij, opgave)
        bevestiging = Drukopdracht(
            sjablonen=str(huis.sjablonen.map),
            soort="ontvangstbevestiging",
            gegevens=msgspec.json.encode(brieven.compose_ontvangst(zaak, inzending.document, gekeurd)).decode(),
            kenmerk=inzending.document,
        )
        if ronderij.geopend_op is None:
            _keep_verzegeld(huis, eenheid, ronderij, rij, inzending, bestanden)
        else:
            _keep_open(huis, eenheid, rij, inzending, bestanden)
        if herkomst is not None:
            _keep_herkomst(huis, eenheid, rij, herkomst)
        vervangt = _replace_eerdere(huis, eenheid, ronderij, rij, opgave.penvoerder.kvk) if tijdig else []
    return Ontvangst(
        kenmerk=kenmerk,
        status=rij.status,
        ontvangen_op=ontvangen,
        ontvangsthash=verzegeling.hash_inzending(inzending),
        bestanden=inzending.bestanden,
        vervangt=tuple(vervangt),
        bevestiging=bevestiging,
        hergebruikt=hergebruik.name_herkomst(opgave.bewijsstukken),
    )


def check_inzending(
    huis: Huis,
    sessie: Session,
    door: Optreden,
    ronde: str,
    opgave: Aanmeldingsopgave,
    ontvangen_op: datetime | None,
) -> list[Beletsel]:
    """Why an aanmelding cannot be received in a round, its files apart: every reason."""
    rij = rondes.find_ronde(sessie, ronde)
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    return [
        *_check_namens(sessie, door, opgave),
        *_check_bron(huis, door, ontvangen_op),
        *(check_rechtstreeks(definitie.ontvangst) if door.rol is Rol.AANBIEDER else ()),
        *_check_moment(definitie.find_ronde(ronde), ontvangen_op or door.nu, door.nu),
        *verlengingen.check_ronde(sessie, rij.procedure_id, definitie.find_ronde(ronde)),
        *check_opgave(opgave, definitie),
        *mutaties.check(sessie, rij.procedure_id, definitie, opgave),
    ]


def _check_bron(huis: Huis, door: Optreden, ontvangen_op: datetime | None) -> list[Beletsel]:
    """Nobody says himself when the system received what he hands in (B.2.8)."""
    if ontvangen_op is None or door.rol is not Rol.AANBIEDER or huis.winkel.soort is Winkelsoort.SIMULATIE:
        return []
    return [Beletsel("tijdstip", "Het tijdstip van ontvangst bepaalt het systeem; u kunt het niet zelf opgeven.")]


def _keep_herkomst(huis: Huis, eenheid: Eenheid, rij: AanmeldingRow, herkomst: Herkomst) -> None:
    """Record where an aanmelding came from; the database refuses the same one twice."""
    eenheid.sessie.add(
        PlatformontvangstRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            platform=herkomst.platform,
            referentie=herkomst.referentie,
            inhoudhash=herkomst.inhoudhash,
            exporthash=herkomst.exporthash,
            ontvangen_op=rij.ontvangen_op,
        )
    )
    eenheid.sessie.flush()
    eenheid.audit(
        Handeling.AANMELDING_INLEZEN,
        rij.kenmerk,
        naar=rij.status,
        gegevens={"platform": herkomst.platform, "referentie": herkomst.referentie, "export": herkomst.exporthash},
    )


def submit_aanmelding(
    huis: Huis,
    door: Optreden,
    *,
    ronde: str,
    opgave: Aanmeldingsopgave,
    bestanden: bewijzen.Bestanden,
    ontvangen_op: datetime | None = None,
) -> str:
    """Receive an aanmelding (`receive_aanmelding`); returns its kenmerk alone."""
    return receive_aanmelding(
        huis, door, ronde=ronde, opgave=opgave, bestanden=bestanden, ontvangen_op=ontvangen_op
    ).kenmerk


def _keep_verzegeld(
    huis: Huis,
    eenheid: Eenheid,
    ronde: RondeRow,
    rij: AanmeldingRow,
    inzending: Inzending,
    bestanden: bewijzen.Bestanden,
) -> None:
    """Keep everything in envelopes; the log tells their hashes and no name."""
    eenheid.sessie.add(rij)
    eenheid.sessie.flush()
    zegel = verzegeling.seal_inzending(huis, eenheid, ronde, rij, inzending, bestanden)
    eenheid.audit(
        Handeling.AANMELDING_INDIENEN,
        rij.kenmerk,
        naar=rij.status,
        gegevens={"ontvangsthash": zegel.ontvangsthash, "enveloppen": zegel.enveloppen},
    )


def _keep_open(
    huis: Huis, eenheid: Eenheid, rij: AanmeldingRow, inzending: Inzending, bestanden: bewijzen.Bestanden
) -> None:
    """Keep what comes in after the opening (so too late) as it is."""
    eenheid.audit(
        Handeling.AANMELDING_INDIENEN,
        rij.kenmerk,
        naar=rij.status,
        gegevens={
            "ontvangsthash": verzegeling.hash_inzending(inzending),
            "bestanden": {naam: bestand.sha256 for naam, bestand in inzending.bestanden.items()},
        },
    )
    record_opgave(eenheid, rij, inzending)
    bewijzen.store_bewijsstukken(
        huis,
        eenheid,
        rij,
        inzending.opgave.bewijsstukken,
        inzending.bestanden,
        bestanden,
        aanleiding=Aanleiding.INDIENING,
        ontvangen_op=inzending.ontvangen_op,
    )
    request_ontvangst(huis, eenheid, rij, inzending)


def record_opgave(eenheid: Eenheid, rij: AanmeldingRow, inzending: Inzending) -> None:
    """Write who applied and for what where everybody who works on the round reads it."""
    rij.naam, rij.kvk = inzending.opgave.naam, inzending.opgave.penvoerder.kvk
    rij.opgave = msgspec.json.encode(inzending.opgave).decode()
    eenheid.sessie.add(rij)
    eenheid.sessie.flush()


def request_ontvangst(huis: Huis, eenheid: Eenheid, rij: AanmeldingRow, inzending: Inzending) -> None:
    """Ask for the ontvangstbevestiging, under the kenmerk that was set aside for it."""
    documenten.request_document(
        huis, eenheid, f"ontvangst:{rij.kenmerk}", "ontvangstbevestiging", rij.kenmerk, inzending.ronde,
        lambda kenmerk: brieven.compose_ontvangst(
            load_zaak(eenheid.sessie, huis.feestdagen, rij), kenmerk, inzending.bestanden
        ),
        kenmerk=inzending.document,
    )  # fmt: skip


def _check_namens(sessie: Session, door: Optreden, opgave: Aanmeldingsopgave) -> list[Beletsel]:
    """Somebody who acts for an aanbieder hands in for that aanbieder only."""
    if door.rol is not Rol.AANBIEDER or personen.find_kvk(sessie, door.wie) == opgave.penvoerder.kvk:
        return []
    return [Beletsel("namens", f"{door.persoon.naam} handelt niet namens {opgave.penvoerder.naam}.")]


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
    if not opgave.percelen and opgave.wijzigt is None:
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


def _replace_eerdere(huis: Huis, eenheid: Eenheid, ronde: RondeRow, nieuw: AanmeldingRow, kvk: str) -> list[str]:
    """Let the last formally submitted aanmelding before closing count (F.0 `dubbel`); the replaced ones."""
    sessie = eenheid.sessie
    kenteken = huis.sleutels.mark(ronde.kenmerk, kvk)
    eerdere = sessie.exec(
        select(AanmeldingRow)
        .outerjoin(VerzegelingRow, VerzegelingRow.aanmelding_id == AanmeldingRow.id)  # type: ignore[arg-type]
        .where(
            AanmeldingRow.ronde_id == ronde.id,
            (AanmeldingRow.kvk == kvk) | (VerzegelingRow.kenteken == kenteken),
            AanmeldingRow.status == Aanmeldingsstatus.ONTVANGEN,
            AanmeldingRow.id != nieuw.id,
        )
        .order_by(AanmeldingRow.kenmerk)
    ).all()
    vervangen = []
    for rij in eerdere:
        oud, telt = (rij, nieuw) if rij.ontvangen_op <= nieuw.ontvangen_op else (nieuw, rij)
        replace(eenheid, oud, telt)
        vervangen.append(oud.kenmerk)
    return vervangen
