"""Questions about a round: received with a time stamp, anonymised, answered; late ones put aside.

Bron: B.2.11, C.11; domein D (nota van inlichtingen).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inlichtingen import (
    Vraagstatus,
    check_anoniem,
    check_antwoord_vraag,
    check_vraag,
    end_of_vragen,
)
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import procedures, rondes
from inkoop.services.gezien import Kijk, Stand, search_log
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.inlichtingen import VraagRow
from inkoop.storage.tellers import next_nummer


def ask_vraag(
    huis: Huis,
    door: Optreden,
    ronde: str,
    *,
    tekst: str,
    onderwerp: str,
    van: str,
    ontvangen_op: datetime | None = None,
) -> str:
    """Take in a question; returns its kenmerk. `van` is who asked: it stays inside and is never published.

    An aanbieder asks at the instant itself; somebody of the organisation may record when the platform received it.
    """
    with handel(huis, door, Handeling.VRAAG_STELLEN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        definitie = procedures.read_definitie(eenheid.sessie, rij.procedure_id)
        datums = definitie.find_ronde(ronde)
        ontvangen = ontvangen_op or door.nu
        beletselen = check_vraag(datums, tekst, ontvangen)
        if ontvangen > door.nu or (ontvangen_op is not None and door.rol is Rol.AANBIEDER):
            beletselen.append(Beletsel("vraag-tijd", "Een vraag krijgt het tijdstip van ontvangst, niet een later."))
        if not van.strip():
            beletselen.append(Beletsel("vraag-van", "Noem wie de vraag stelt; dat blijft binnen de organisatie."))
        if not onderwerp.strip():
            beletselen.append(Beletsel("vraag-onderwerp", "Noem het document en de paragraaf waarover de vraag gaat."))
        if beletselen:
            raise BeletselenError("De vraag kan niet worden aangenomen.", beletselen)
        kenmerk = f"{ronde}-V{next_nummer(eenheid.sessie, f'vraag:{ronde}'):03d}"
        binnen = is_tijdig(ontvangen, end_of_vragen(datums))
        eenheid.sessie.add(
            VraagRow(
                id=huis.nieuw_id(),
                ronde_id=rij.id,
                kenmerk=kenmerk,
                van=van,
                oorspronkelijk=tekst,
                tekst=tekst,
                onderwerp=onderwerp,
                ontvangen_op=ontvangen,
                binnen_termijn=binnen,
                status=Vraagstatus.ONTVANGEN,
            )
        )
        eenheid.audit(Handeling.VRAAG_STELLEN, kenmerk, naar="op tijd" if binnen else "na de termijn")
    return kenmerk


def answer_vraag(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    *,
    antwoord: str,
    tekst: str | None = None,
    wijziging: bool = False,
    voor_allen: str = "",
) -> None:
    """Answer a question; `tekst` is the question as it is published, without who asked.

    Answered again before publication, the later answer counts.
    """
    with handel(huis, door, Handeling.VRAAG_BEANTWOORDEN) as eenheid:
        rij = find_vraag(eenheid.sessie, kenmerk)
        publiek = rij.tekst if tekst is None else tekst
        beletselen = check_antwoord_vraag(
            rij.status, antwoord, binnen_termijn=rij.binnen_termijn, voor_allen=voor_allen
        )
        beletselen += check_anoniem(f"{publiek}\n{antwoord}", [rij.van])
        if rij.nota_id is not None:
            beletselen.append(Beletsel("vraag-in-nota", "De vraag staat in een nota. Trek die eerst in."))
        if beletselen:
            raise BeletselenError(f"Vraag {kenmerk} kan niet worden beantwoord.", beletselen)
        rij.tekst, rij.antwoord, rij.wijziging, rij.voor_allen = publiek, antwoord, wijziging, voor_allen
        van, rij.status, rij.beantwoord_door = rij.status, Vraagstatus.BEANTWOORD, door.wie
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.VRAAG_BEANTWOORDEN, kenmerk, van=van, naar=rij.status, reden=voor_allen)


def put_aside(huis: Huis, door: Optreden, kenmerk: str, *, reden: str) -> None:
    """Leave a question that came too late without an answer (B.2.11)."""
    with handel(huis, door, Handeling.VRAAG_BEANTWOORDEN) as eenheid:
        rij = find_vraag(eenheid.sessie, kenmerk)
        beletselen = []
        if rij.binnen_termijn:
            beletselen.append(Beletsel("vraag-op-tijd", "Deze vraag kwam op tijd en krijgt dus een antwoord."))
        if rij.nota_id is not None:
            beletselen.append(Beletsel("vraag-in-nota", "Deze vraag staat al in een nota."))
        if not reden.strip():
            beletselen.append(Beletsel("reden", "Schrijf waarom het antwoord niet voor iedereen van belang is."))
        if beletselen:
            raise BeletselenError(f"Vraag {kenmerk} kan niet terzijde worden gelegd.", beletselen)
        eenheid.audit(Handeling.VRAAG_BEANTWOORDEN, kenmerk, van=rij.status, naar=Vraagstatus.TERZIJDE, reden=reden)
        rij.status = Vraagstatus.TERZIJDE
        eenheid.sessie.add(rij)


def look_vraag(kenmerk: str) -> Kijk:
    """What a question and its answer say now, for who answers it beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rij = find_vraag(sessie, kenmerk)
        regels = [("Stand", format_woord(rij.status)), ("Vraag", rij.tekst), ("Antwoord", rij.antwoord)]
        regels.append(("Wijzigt een document", "ja" if rij.wijziging else "nee"))
        if rij.voor_allen:
            regels.append(("Waarom voor iedereen", rij.voor_allen))
        return Stand(regels=tuple(regels), zoek=search_log(kenmerk, Handeling.VRAAG_BEANTWOORDEN))

    return kijk


def look_vragen(ronde: str) -> Kijk:
    """Which questions of a round were taken in, for who takes one in that somebody else has before him, too."""

    def kijk(sessie: Session) -> Stand:
        rijen = list_vragen(sessie, rondes.find_ronde(sessie, ronde).id)
        regels = tuple((rij.kenmerk, rij.oorspronkelijk) for rij in rijen)
        return Stand(regels=regels, zoek=search_log(ronde, Handeling.VRAAG_STELLEN))

    return kijk


def find_vraag(sessie: Session, kenmerk: str) -> VraagRow:
    """The question with this kenmerk."""
    rij = sessie.exec(select(VraagRow).where(VraagRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Vraag", kenmerk)
    return rij


def list_vragen(sessie: Session, ronde_id: UUID) -> list[VraagRow]:
    """The questions of a round in order of kenmerk."""
    return list(sessie.exec(select(VraagRow).where(VraagRow.ronde_id == ronde_id).order_by(VraagRow.kenmerk)))
