"""What runs on after an agreement ended: support of clients to the end of their beschikking, and who took them over.

Numbers per gemeente, never people. Until every gemeente counted after the end, the last day is not known, and the
term of the files does not begin.

Bron: J21-xx-02, WO-14, H19-56, M20-35; B.6 (zorgcontinuïteit), B.8 (overdracht cliënten).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.overgang import (
    Clientstand,
    Overdrachtsreden,
    Verplichting,
    end_of_zorg,
    latest_standen,
    limit_overgang,
    list_verplichtingen,
    missing_gemeenten,
)
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.services import overeenkomsten, procedures
from inkoop.services.bewaringsrijen import Contractrij
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vrijetekst import check_tekst
from inkoop.storage.tabellen.archief import DoorloopRow, OverdrachtRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tellers import next_nummer
from inkoop.storage.vraagdelen import split_vraag


class Overgangsstand(msgspec.Struct, frozen=True, kw_only=True):
    """What runs on under one agreement: per gemeente what and until when, and the last day of all (None: not known).

    `ontbreekt` are the gemeenten that did not count after the end; `verlopen` whether the agreement ended.
    """

    contractnummer: str
    einde: date
    verlopen: bool
    zorg_tot: date | None
    verplichtingen: tuple[Verplichting, ...]
    ontbreekt: tuple[str, ...]
    overgedragen: int


def read_stand(sessie: Session, contractnummer: str) -> Overgangsstand:
    """What runs on under an agreement, as it ends now."""
    rij, definitie = _find_contract(sessie, contractnummer)
    standen, gemeenten = list_standen(sessie, contractnummer), list_gemeenten(definitie, rij)
    overgang = definitie.overgang
    return Overgangsstand(
        contractnummer=contractnummer,
        einde=rij.einddatum,
        verlopen=rij.status is Overeenkomststatus.BEEINDIGD,
        zorg_tot=end_of_zorg(overgang, rij.einddatum, standen, gemeenten),
        verplichtingen=list_verplichtingen(overgang, rij.einddatum, standen, gemeenten),
        ontbreekt=missing_gemeenten(standen, gemeenten, rij.einddatum),
        overgedragen=sum(een.clienten for een in list_overdrachten(sessie, contractnummer)),
    )


def find_einde(sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow) -> date | None:
    """The last day of an agreement and of the support after it; None while a gemeente did not count."""
    standen = list_standen(sessie, rij.contractnummer)
    return end_of_zorg(definitie.overgang, rij.einddatum, standen, list_gemeenten(definitie, rij))


def list_gemeenten(definitie: Proceduredefinitie, rij: OvereenkomstRow | Contractrij) -> list[str]:
    """The names of the gemeenten that are party to an agreement on its last day."""
    return [gemeente.naam for gemeente in definitie.gemeenten_op(rij.einddatum)]


def list_standen(sessie: Session, contractnummer: str) -> tuple[Clientstand, ...]:
    """Every count under an agreement, oldest first."""
    vraag = select(DoorloopRow).where(DoorloopRow.contractnummer == contractnummer)
    return tuple(
        Clientstand(gemeente=een.gemeente, peildatum=een.peildatum, clienten=een.clienten, laatste=een.laatste)
        for een in sessie.exec(vraag.order_by(col(DoorloopRow.peildatum), col(DoorloopRow.gemeente)))
    )


def read_standen(sessie: Session, contractnummers: Sequence[str]) -> dict[str, list[Clientstand]]:
    """The same of many agreements, by their numbers; none of one under which nothing was counted."""
    standen: dict[str, list[Clientstand]] = {}
    for deel in split_vraag(contractnummers):
        vraag = select(DoorloopRow).where(col(DoorloopRow.contractnummer).in_(deel))
        for een in sessie.exec(vraag.order_by(col(DoorloopRow.peildatum), col(DoorloopRow.gemeente))):
            stand = Clientstand(
                gemeente=een.gemeente, peildatum=een.peildatum, clienten=een.clienten, laatste=een.laatste
            )
            standen.setdefault(een.contractnummer, []).append(stand)
    return standen


def list_overdrachten(sessie: Session, contractnummer: str | None = None) -> list[OverdrachtRow]:
    """The register of transfers, in order; of one agreement when it is named."""
    vraag = select(OverdrachtRow).order_by(col(OverdrachtRow.overgedragen_op), col(OverdrachtRow.kenmerk))
    if contractnummer is not None:
        vraag = vraag.where(OverdrachtRow.contractnummer == contractnummer)
    return list(sessie.exec(vraag))


def record_stand(
    huis: Huis,
    door: Optreden,
    contractnummer: str,
    gemeente: str,
    *,
    peildatum: date,
    clienten: int,
    laatste: date | None,
    bewijs: str,
) -> Overgangsstand:
    """Record how many clients of a gemeente still have support, and the last day of the last beschikking.

    Once for each day; without clients no last day is given. Refused with every reason.
    """
    with handel(huis, door, Handeling.DOORLOOP_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij, definitie = _find_contract(sessie, contractnummer)
        beletselen = _check_gemeente(definitie, rij, gemeente) + check_tekst("overgang", "bewijs", bewijs)
        if clienten < 0:
            beletselen.append(Beletsel("overgang-aantal", "Een aantal cliënten is 0 of meer."))
        if not rij.ingang <= peildatum <= local_date(door.nu):
            tekst = f"De peildatum ligt voor de ingang ({format_dag(rij.ingang)}) of in de toekomst."
            beletselen.append(Beletsel("overgang-peildatum", tekst))
        if clienten > 0 and laatste is None:
            tekst = "Geef de laatste dag van de beschikking die het langst loopt."
            beletselen.append(Beletsel("overgang-laatste", tekst))
        if clienten == 0 and laatste is not None:
            beletselen.append(Beletsel("overgang-laatste", "Zonder cliënten is er geen laatste beschikking."))
        if laatste is not None and laatste < peildatum:
            beletselen.append(Beletsel("overgang-laatste", "De laatste beschikking eindigt niet voor de peildatum."))
        if any(een.gemeente == gemeente and een.peildatum == peildatum for een in list_standen(sessie, contractnummer)):
            tekst = f"Voor {gemeente} is de stand op {format_dag(peildatum)} al vastgelegd."
            beletselen.append(Beletsel("overgang-dubbel", tekst))
        if beletselen:
            raise BeletselenError("De stand is niet vastgelegd.", beletselen)
        sessie.add(
            DoorloopRow(
                id=huis.nieuw_id(),
                contractnummer=contractnummer,
                gemeente=gemeente,
                peildatum=peildatum,
                clienten=clienten,
                laatste=laatste or peildatum,
                bewijs=bewijs,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.DOORLOOP_VASTLEGGEN,
            contractnummer,
            naar=f"{gemeente} {peildatum.isoformat()}",
            gegevens={"clienten": clienten, "laatste": laatste},
        )
        sessie.flush()
        return read_stand(sessie, contractnummer)


def record_overdracht(
    huis: Huis,
    door: Optreden,
    contractnummer: str,
    *,
    naar: str,
    gemeente: str,
    clienten: int,
    reden: Overdrachtsreden,
    op: date,
    bewijs: str,
) -> str:
    """Record that clients went to another provider; returns the kenmerk. Refused with every reason.

    `naar` is the contract number of who takes over, or the name of a provider without one here.
    """
    with handel(huis, door, Handeling.OVERDRACHT_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij, definitie = _find_contract(sessie, contractnummer)
        beletselen = _check_gemeente(definitie, rij, gemeente)
        beletselen += check_tekst("overgang", "bewijs", bewijs) + check_tekst("overgang", "naar", naar)
        if clienten < 1:
            beletselen.append(Beletsel("overdracht-aantal", "Leg ten minste 1 cliënt vast."))
        if naar == contractnummer:
            beletselen.append(Beletsel("overdracht-naar", "Cliënten gaan naar een andere overeenkomst dan deze."))
        if not rij.ingang <= op <= local_date(door.nu):
            beletselen.append(Beletsel("overdracht-dag", "De dag ligt voor de ingang of in de toekomst."))
        grens = limit_overgang(definitie.overgang, rij.einddatum)
        if grens is not None and op > grens:
            tekst = f"De zorg onder deze overeenkomst liep uiterlijk tot en met {format_dag(grens)}."
            beletselen.append(Beletsel("overdracht-dag", tekst))
        if beletselen:
            raise BeletselenError("De overdracht is niet vastgelegd.", beletselen)
        kenmerk = f"{contractnummer}-O{next_nummer(sessie, f'overdracht:{contractnummer}'):02d}"
        sessie.add(
            OverdrachtRow(
                id=huis.nieuw_id(),
                kenmerk=kenmerk,
                contractnummer=contractnummer,
                naar=naar,
                gemeente=gemeente,
                clienten=clienten,
                reden=reden,
                overgedragen_op=op,
                bewijs=bewijs,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.OVERDRACHT_VASTLEGGEN,
            kenmerk,
            naar=reden,
            gegevens={"contract": contractnummer, "gemeente": gemeente, "clienten": clienten, "op": op},
        )
    return kenmerk


def find_open(sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow, op: date) -> tuple[str, ...]:
    """The gemeenten whose support is not over on a day, by the last count of each."""
    grens = limit_overgang(definitie.overgang, rij.einddatum)
    return tuple(
        een.gemeente
        for een in latest_standen(list_standen(sessie, rij.contractnummer))
        if een.clienten and (een.laatste if grens is None else min(een.laatste, grens)) >= op
    )


def _find_contract(sessie: Session, contractnummer: str) -> tuple[OvereenkomstRow, Proceduredefinitie]:
    """The agreement, running or ended; an addendum or one that was never signed is refused."""
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status not in (*LOPEND, Overeenkomststatus.BEEINDIGD):
        tekst = f"{contractnummer} is geen overeenkomst die loopt of geëindigd is (status: {rij.status})."
        raise BeletselenError("Hierover wordt niets vastgelegd.", [Beletsel("overeenkomst-status", tekst)])
    ronde_id = overeenkomsten.find_aanmelding(sessie, rij).ronde_id
    return rij, procedures.read_definitie_ronde(sessie, ronde_id)


def _check_gemeente(definitie: Proceduredefinitie, rij: OvereenkomstRow, gemeente: str) -> list[Beletsel]:
    bekend: Sequence[str] = list_gemeenten(definitie, rij)
    if gemeente in bekend:
        return []
    return [Beletsel("overgang-gemeente", f"'{gemeente}' is geen partij. Kies uit: {', '.join(bekend)}.")]
