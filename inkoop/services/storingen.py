"""An outage of the system that receives: reported with its proof, decided on by a second person, equal for all.

Until it is decided on, nobody who came late gets a letter. Recognised: every late aanmelding up to one
instant counts as received in time, whoever it is from. Not recognised: the letter says what was found.

Bron: domein B.2.8 (last-minute failure is the applicant's risk unless a fault of the platform is proven), FE-9.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from inkoop.documents.gegevens import Storingsonderzoek
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, check_verloop
from inkoop.services import rondes, samenlopen
from inkoop.services.dubbel import settle_dubbele
from inkoop.services.gezien import Kijk, Stand, format_moment
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import RondeRow, StoringRow
from inkoop.storage.tellers import next_nummer


def register_storing(
    huis: Huis, door: Optreden, ronde: str, *, van: datetime, tot: datetime, melding: str, bewijs: str
) -> str:
    """Record what was reported: from when to when, what happened, and the proof; returns its kenmerk.

    Refused when the outage did not touch the time in which applications came in, without proof, and when
    somebody was told already that he was late.
    """
    with handel(huis, door, Handeling.STORING_REGISTREREN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        beletselen = _check_melding(rij, door, van, tot, melding, bewijs)
        if brieven := _list_verzonden(eenheid.sessie, rij):
            tekst = f"De brief 'te laat' is al gemaakt voor {', '.join(brieven)}. Leg dit voor aan de jurist."
            beletselen.append(Beletsel("brief", tekst))
        if beletselen:
            raise BeletselenError("Deze storing kan niet worden vastgelegd.", beletselen)
        kenmerk = f"{ronde}-S{next_nummer(eenheid.sessie, f'storing:{ronde}'):02d}"
        eenheid.sessie.add(
            StoringRow(
                id=huis.nieuw_id(),
                ronde_id=rij.id,
                kenmerk=kenmerk,
                van=van,
                tot=tot,
                melding=melding.strip(),
                bewijs=bewijs.strip(),
                geregistreerd_door=door.wie,
                geregistreerd_op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.STORING_REGISTREREN, kenmerk, naar="gemeld", reden=melding, gegevens={"van": van, "tot": tot}
        )
    return kenmerk


def _check_melding(
    ronde: RondeRow, door: Optreden, van: datetime, tot: datetime, melding: str, bewijs: str
) -> list[Beletsel]:
    beletselen = []
    if tot < van:
        beletselen.append(Beletsel("periode", "Het einde van de storing ligt voor het begin."))
    if van > ronde.sluiting:
        beletselen.append(Beletsel("na-sluiting", "De storing begon na de sluiting; zij heeft niemand gehinderd."))
    if max(van, tot) > door.nu:
        beletselen.append(Beletsel("toekomst", "Een storing die nog moet komen, kan niet worden vastgelegd."))
    if not melding.strip():
        beletselen.append(Beletsel("melding", "Schrijf wat er is gemeld."))
    if not bewijs.strip():
        beletselen.append(Beletsel("bewijs", "Noem het bewijs: het logboek van het platform, of een verklaring ervan."))
    return beletselen


def decide_storing(
    huis: Huis, door: Optreden, kenmerk: str, *, erkend: bool, bevinding: str, gelijk_tot: datetime | None
) -> tuple[str, ...]:
    """Decide about an outage, by somebody else than who recorded it; the applications that now count as in time.

    `gelijk_tot`: until when late applications count, for all alike; only when recognised.
    """
    with handel(huis, door, Handeling.STORING_BESLISSEN, kenmerk) as eenheid:
        storing = find_storing(eenheid.sessie, kenmerk)
        ronde = rondes.get_ronde(eenheid.sessie, storing.ronde_id)
        beletselen = []
        if storing.erkend is not None:
            beletselen.append(Beletsel("beslist", f"Over {kenmerk} is al beslist."))
        if not bevinding.strip():
            beletselen.append(Beletsel("bevinding", "Schrijf wat het onderzoek opleverde; het komt in de brief."))
        if erkend and (gelijk_tot is None or gelijk_tot <= ronde.sluiting):
            beletselen.append(Beletsel("gelijk-tot", "Noem tot welk tijdstip na de sluiting aanmeldingen meetellen."))
        if not erkend and gelijk_tot is not None:
            beletselen.append(Beletsel("gelijk-tot", "Een tijdstip hoort alleen bij een storing die is erkend."))
        if beletselen:
            raise BeletselenError(f"Over storing {kenmerk} kan nu niet worden beslist.", beletselen)
        storing.erkend, storing.bevinding, storing.gelijk_tot = erkend, bevinding.strip(), gelijk_tot
        storing.besloten_door, storing.besloten_op = door.wie, door.nu
        eenheid.sessie.add(storing)
        geraakt: list[str] = []
        if gelijk_tot is not None:
            for rij in _list_te_laat(eenheid.sessie, ronde):
                if not is_tijdig(rij.ontvangen_op, gelijk_tot):
                    continue
                check_verloop(f"Aanmelding {rij.kenmerk}", rij.status, Aanmeldingsstatus.ONTVANGEN)
                eenheid.audit(
                    Handeling.STORING_BESLISSEN,
                    rij.kenmerk,
                    van=rij.status,
                    naar=Aanmeldingsstatus.ONTVANGEN,
                    reden=f"storing {kenmerk}: {bevinding}",
                )
                rij.status = Aanmeldingsstatus.ONTVANGEN
                eenheid.sessie.add(rij)
                geraakt.append(rij.kenmerk)
        settle_dubbele(eenheid, ronde)
        if ronde.geopend_op is not None:
            samenlopen.settle(huis, eenheid, ronde, Handeling.STORING_BESLISSEN)
        eenheid.audit(
            Handeling.STORING_BESLISSEN,
            kenmerk,
            van="gemeld",
            naar="erkend" if erkend else "niet erkend",
            reden=bevinding,
            gegevens={"gelijk_tot": gelijk_tot, "aanmeldingen": geraakt},
        )
    return tuple(geraakt)


def _list_te_laat(sessie: Session, ronde: RondeRow) -> list[AanmeldingRow]:
    vraag = select(AanmeldingRow).where(
        AanmeldingRow.ronde_id == ronde.id, AanmeldingRow.status == Aanmeldingsstatus.TE_LAAT
    )
    return list(sessie.exec(vraag.order_by(AanmeldingRow.kenmerk)))


def _list_verzonden(sessie: Session, ronde: RondeRow) -> list[str]:
    """Late applications about which a letter was made already."""
    sleutels = {f"telaat:{rij.kenmerk}": rij.kenmerk for rij in _list_te_laat(sessie, ronde)}
    gemaakt = sessie.exec(select(DocumentRow.sleutel).where(DocumentRow.sleutel.in_(sleutels)))  # type: ignore[attr-defined]
    return [sleutels[sleutel] for sleutel in gemaakt]


def find_storing(sessie: Session, kenmerk: str) -> StoringRow:
    """The outage with this kenmerk."""
    rij = sessie.exec(select(StoringRow).where(StoringRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise not_found(sessie, "Storing", kenmerk, sessie.exec(select(StoringRow.kenmerk)))
    return rij


def look_storingen(ronde: str) -> Kijk:
    """Which outages of a round were recorded until now, for who records one beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rijen = list_storingen(sessie, rondes.find_ronde(sessie, ronde))
        regels = tuple((rij.kenmerk, f"{format_moment(rij.van)}: {rij.melding}") for rij in rijen)
        if not rijen:
            return Stand(regels=())
        return Stand(regels=regels, door=rijen[-1].geregistreerd_door, op=rijen[-1].geregistreerd_op)

    return kijk


def list_storingen(sessie: Session, ronde: RondeRow) -> list[StoringRow]:
    """The outages of a round in order of kenmerk."""
    return list(sessie.exec(select(StoringRow).where(StoringRow.ronde_id == ronde.id).order_by(StoringRow.kenmerk)))


def find_verlenging(sessie: Session, ronde: RondeRow) -> datetime | None:
    """Until when an aanmelding that comes in late counts as in time after all; None = until the closing."""
    return max((s.gelijk_tot for s in list_storingen(sessie, ronde) if s.gelijk_tot is not None), default=None)


def is_in_onderzoek(sessie: Session, ronde: RondeRow) -> bool:
    """Whether an outage waits for its decision, so that nobody is told yet that he was late."""
    return any(storing.erkend is None for storing in list_storingen(sessie, ronde))


def describe_onderzoek(sessie: Session, ronde: RondeRow) -> Storingsonderzoek | None:
    """What the letter to somebody who came late says about outages; None when none was reported."""
    beslist = [storing for storing in list_storingen(sessie, ronde) if storing.erkend is not None]
    if not beslist:
        return None
    return Storingsonderzoek(
        melding=" ".join(storing.melding for storing in beslist),
        bevinding=" ".join(storing.bevinding for storing in beslist),
    )
