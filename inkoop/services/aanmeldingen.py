"""Looking up an aanmelding, taking one back, and the letters about those that are not assessed.

Receiving one stands in `indienen`, unsealing them in `opening`.

Bron: domein B.2.8, C.12, D (aanmelding intrekken, lezen); FE-8.
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling, check_leesmoment
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, OngeldigVerloopError, check_verloop
from inkoop.services import documenten, personen, rondes, storingen, verzegeling
from inkoop.services.brieven import aanmelding as brieven
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import list_buren, not_found
from inkoop.services.verzegeling import Intrekking, NogVerzegeldError
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow


def require_namens(sessie: Session, door: Optreden, rij: AanmeldingRow) -> None:
    """Refuse an act on somebody else's aanmelding that is not sealed any more (GeenToegangError)."""
    if door.rol is Rol.AANBIEDER and personen.find_kvk(sessie, door.wie) != rij.kvk:
        raise _refuse_ander(door, rij, rij.naam)


def require_eigen(huis: Huis, sessie: Session, door: Optreden, rij: AanmeldingRow) -> None:
    """Refuse an act on somebody else's aanmelding, sealed or not (GeenToegangError)."""
    if door.rol is Rol.AANBIEDER and not verzegeling.is_eigen(huis, sessie, rij, door):
        raise _refuse_ander(door, rij, rij.naam or "wie zich hiermee heeft aangemeld")


def _refuse_ander(door: Optreden, rij: AanmeldingRow, wie: str) -> GeenToegangError:
    beletsel = Beletsel("namens", f"{door.persoon.naam} handelt niet namens {wie}.")
    return GeenToegangError(f"Dit kan niet met aanmelding {rij.kenmerk}.", [beletsel])


def answer_niet_beoordeeld(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Ask for the letter to somebody whose aanmelding came too late or was replaced; False when it is there."""
    with huis.winkel.lezen() as sessie:
        rij = find_aanmelding(sessie, kenmerk)
        begin = _BRIEVEN.get(rij.status)
        if (
            begin is None
            or verzegeling.is_verzegeld(rij)
            or documenten.find_by_sleutel(sessie, f"{begin}{kenmerk}") is not None
        ):
            return False
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        if rij.status is Aanmeldingsstatus.TE_LAAT and storingen.is_in_onderzoek(sessie, ronde):
            return False
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = find_aanmelding(eenheid.sessie, kenmerk)
        zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
        datum = local_date(door.nu)
        if rij.status is Aanmeldingsstatus.TE_LAAT:
            documenten.request_document(
                huis, eenheid, f"telaat:{kenmerk}", "brief-te-laat", kenmerk, zaak.ronde.kenmerk,
                lambda nummer: brieven.compose_te_laat(
                    zaak, nummer, datum, storingen.describe_onderzoek(eenheid.sessie, zaak.ronderij)
                ),
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

    What was proposed about it lapses, so that the besluiten on the others can go on. While it is
    sealed, who took it back and why is sealed as well.
    """
    with huis.winkel.lezen() as sessie:
        rij = find_aanmelding(sessie, kenmerk)
        zegel = verzegeling.find_verzegeling(sessie, rij) if verzegeling.is_verzegeld(rij) else None
    schuil = None if zegel is None else verzegeling.name_schuil(zegel.kenteken)
    intrekking = Intrekking(
        persoon=door.wie, naam=door.persoon.naam, functie=door.persoon.functie, op=door.nu, reden=reden
    )
    with handel(huis, door, Handeling.AANMELDING_INTREKKEN, schuil=schuil) as eenheid:
        rij = find_aanmelding(eenheid.sessie, kenmerk)
        require_eigen(huis, eenheid.sessie, door, rij)
        if rij.status is Aanmeldingsstatus.BESLOTEN:
            # Who was chosen in a selection withdraws as a candidate (services/terugtrekkingen); others no longer can.
            raise OngeldigVerloopError(f"Aanmelding {kenmerk}", rij.status, Aanmeldingsstatus.INGETROKKEN)
        check_verloop(f"Aanmelding {kenmerk}", rij.status, Aanmeldingsstatus.INGETROKKEN)
        eenheid.audit(
            Handeling.AANMELDING_INTREKKEN,
            kenmerk,
            van=rij.status,
            naar=Aanmeldingsstatus.INGETROKKEN,
            reden="" if verzegeling.is_verzegeld(rij) else reden,
        )
        rij.status = Aanmeldingsstatus.INGETROKKEN
        eenheid.sessie.add(rij)
        if verzegeling.is_verzegeld(rij):
            verzegeling.seal_intrekking(huis, eenheid, rij, intrekking)
            return
        _lapse_voorstellen(eenheid, rij)
        zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
        documenten.request_document(
            huis, eenheid, f"intrekking:{kenmerk}", "intrekkingsbevestiging", kenmerk, zaak.ronde.kenmerk,
            lambda nummer: brieven.compose_intrekking(zaak, nummer, intrekking),
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
        raise not_found(sessie, "Aanmelding", kenmerk, list_buren(sessie, AanmeldingRow.kenmerk, kenmerk))
    return rij


def find_optioneel(sessie: Session, kenmerk: str) -> AanmeldingRow | None:
    """The aanmelding with this kenmerk, if it is one."""
    return sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kenmerk == kenmerk)).one_or_none()


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
    """What was handed in. Raises NogVerzegeldError until the round is opened."""
    if verzegeling.is_verzegeld(rij):
        raise NogVerzegeldError(rij.kenmerk)
    return msgspec.json.decode(rij.opgave, type=Aanmeldingsopgave)


def check_leesbaar(sessie: Session, rij: AanmeldingRow, door: Optreden) -> None:
    """Refuse to show an aanmelding before closing to anybody but the aanbieder, and to all while sealed (FE-8)."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    eigen = personen.find_kvk(sessie, door.wie) == rij.kvk
    if beletselen := check_leesmoment(door.nu, ronde.sluiting, eigen=eigen):
        raise GeenToegangError(f"Aanmelding {rij.kenmerk} is nog niet te lezen.", beletselen)
    if verzegeling.is_verzegeld(rij):
        raise NogVerzegeldError(rij.kenmerk)
