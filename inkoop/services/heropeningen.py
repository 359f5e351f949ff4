"""Looking again at an aanmelding on which was decided: why, by whom, and what came of it.

A reason that shows after sending never goes into the old letter: facts are established again, the toets
is done again, and what changes is a new besluit with its own letter and term.

Bron: domein B.2.2, B.2.9; C.16.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.herziening import Herzieningsaanleiding, check_heropening
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import aanmeldingen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.herziening import HeropeningRow
from inkoop.storage.tabellen.ronde import RondeRow


def reopen(huis: Huis, door: Optreden, kenmerk: str, aanleiding: Herzieningsaanleiding, reden: str) -> None:
    """Look again at an aanmelding whose besluit was sent; its facts can then be established again.

    Refused with all reasons: nothing was sent yet, it is being looked at already, no reason.
    """
    with handel(huis, door, Handeling.AANMELDING_HEROPENEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        vorige = find_heropening(eenheid.sessie, rij)
        beletselen = [
            *check_heropening(aanleiding, reden),
            *_check_verzonden(eenheid.sessie, rij),
        ]
        if vorige is not None and vorige.afgedaan_op is None:
            beletselen.append(Beletsel("heropend", f"Aanmelding {kenmerk} is al heropend; rond dat eerst af."))
        if beletselen:
            raise BeletselenError(f"Aanmelding {kenmerk} kan niet worden heropend.", beletselen)
        eenheid.sessie.add(
            HeropeningRow(
                id=huis.nieuw_id(),
                aanmelding_id=rij.id,
                volgnummer=1 if vorige is None else vorige.volgnummer + 1,
                aanleiding=aanleiding,
                reden=reden.strip(),
                door=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(Handeling.AANMELDING_HEROPENEN, kenmerk, naar=aanleiding, reden=reden)


def _check_verzonden(sessie: Session, rij: AanmeldingRow) -> list[Beletsel]:
    """Only what was sent is looked at again; anything earlier can still be changed before it goes out."""
    if rij.status is not Aanmeldingsstatus.BESLOTEN:
        return [Beletsel("status", f"Over aanmelding {rij.kenmerk} is nog niet besloten (status: {rij.status}).")]
    besluiten = sessie.exec(select(BesluitRow).where(BesluitRow.aanmelding_id == rij.id)).all()
    onderweg = [b for b in besluiten if b.status in (Besluitstatus.CONCEPT, Besluitstatus.GECONTROLEERD)]
    if onderweg:
        tekst = f"Over aanmelding {rij.kenmerk} ligt al een volgend besluit klaar. Neem en verzend dat eerst."
        return [Beletsel("onderweg", tekst)]
    if any(b.status is Besluitstatus.GENOMEN for b in besluiten):
        return [Beletsel("niet-verzonden", f"Het besluit over {rij.kenmerk} is nog niet verzonden.")]
    return []


def find_heropening(sessie: Session, rij: AanmeldingRow) -> HeropeningRow | None:
    """The last time that an aanmelding was looked at again, if ever."""
    vraag = select(HeropeningRow).where(HeropeningRow.aanmelding_id == rij.id)
    return sessie.exec(vraag.order_by(col(HeropeningRow.volgnummer).desc())).first()


def is_heropend(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether an aanmelding is being looked at again now."""
    heropening = find_heropening(sessie, rij)
    return heropening is not None and heropening.afgedaan_op is None


def list_heropend(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, HeropeningRow]]:
    """The aanmeldingen of a round with a besluit that are being looked at again now, by kenmerk, each with why."""
    vraag = select(AanmeldingRow, HeropeningRow).join(
        HeropeningRow, col(HeropeningRow.aanmelding_id) == AanmeldingRow.id
    )
    vraag = vraag.where(
        AanmeldingRow.ronde_id == ronde.id,
        AanmeldingRow.status == Aanmeldingsstatus.BESLOTEN,
        col(HeropeningRow.afgedaan_op).is_(None),
    )
    return list(sessie.exec(vraag.order_by(AanmeldingRow.kenmerk)))


def close(sessie: Session, heropening: HeropeningRow, op: datetime) -> None:
    """The new toets was compared with what was decided."""
    heropening.afgedaan_op = op
    sessie.add(heropening)
