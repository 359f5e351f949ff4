"""Guarding: each day what asks for attention becomes a report, once, and is closed when its cause is gone.

The key of a report stands in the database as unique, and the report is written in the transaction that finds it
due: a second run, or one beside it, finds it there. A run that was missed is caught up by the next.

Bron: ontwerp 2.1; E.5; issue contract years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from uuid import UUID

from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier
from inkoop.domain.bewaking import Contractterm, find_melding, list_peildatums
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import archiefoverzicht, overeenkomsten, procedures, rust, standkast
from inkoop.services.bewakingstermen import Procedureagenda, list_termen, read_per_procedure
from inkoop.services.gezien import Kijk, Stand, search_log
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.standkast import Delen
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.bewaking import BewaaktstukRow, MeldingRow, PlichtmetingRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tellers import next_nummer

WERK = "bewaking"
"""Under which name the rest of guarding is kept."""

VOORUIT = timedelta(days=366) + rust.LANGST
"""How far ahead a day looks: further than any report before a term, also at the end of the longest rest."""


def read_agenda(sessie: Session, van: date, tot: date, onderwerp: str | None = None) -> tuple[Contractterm, ...]:
    """Every term that is open on `van` and lies up to `tot`, in order; of one contract or procedure when named."""
    return _select_agenda(((rij.naam, term) for rij, term in list_termen(sessie, van, tot)), onderwerp)


def keep_agenda(sessie: Session, van: date, tot: date) -> Delen[Procedureagenda]:
    """The terms of `read_agenda` per procedure, for pages: after an act only those of what it touched are made anew."""

    def lees_dossiers(rijen: Sequence[ProcedureRow]) -> dict[UUID, list[Archiefdossier]]:
        per = archiefoverzicht.keep_dossiers(sessie).per
        return {rij.id: [een.dossier for een in per[rij.id].regels] for rij in rijen}

    return standkast.keep_delen(
        sessie, ("agenda", van, tot), lambda ids: read_per_procedure(sessie, van, tot, ids, lees_dossiers)
    )


def order_agenda(per: Mapping[UUID, Procedureagenda], onderwerp: str | None = None) -> tuple[Contractterm, ...]:
    """The terms of all procedures together as `read_agenda` gives them."""
    return _select_agenda(((deel.naam, term) for deel in per.values() for term in deel.termen), onderwerp)


def _select_agenda(alle: Iterable[tuple[str, Contractterm]], onderwerp: str | None) -> tuple[Contractterm, ...]:
    gevonden = [
        term
        for procedure, term in alle
        if onderwerp is None or onderwerp in (procedure, term.onderwerp) or term.onderwerp.startswith(f"{onderwerp}-A")
    ]
    return tuple(sorted(gevonden, key=attrgetter("dag", "onderwerp", "soort", "deel")))


def watch(huis: Huis, door: Optreden) -> tuple[str, ...]:
    """Report what is due and close what is over; a sentence for each. Repeating it does nothing."""
    op = local_date(door.nu)
    if rust.is_stil(huis, WERK, op):
        return ()
    with huis.winkel.lezen() as sessie:
        na = rust.read_stand(sessie)
        termen = list(list_termen(sessie, op, op + VOORUIT))
        stil = not any(_compare(sessie, op, termen))
    if stil:
        rust.keep_rust(huis, WERK, op, na, (term for _, term in termen))
        return ()
    zinnen = []
    with handel(huis, door, Handeling.TERMIJN_BEWAKEN) as eenheid:
        if (stand := rust.read_stand(eenheid.sessie)) != na:
            # Somebody acted in between: what was read may be otherwise now.
            na = stand
            termen = list(list_termen(eenheid.sessie, op, op + VOORUIT))
        nieuw, voorbij = _compare(eenheid.sessie, op, termen)
        for rij, term in nieuw:
            melding = _add(huis, eenheid, rij, term, op)
            zinnen.append(f"{melding.kenmerk}: {melding.onderwerp}: {melding.wat}")
        for oud in voorbij:
            reden = "niet meer nodig: de oorzaak is weg of de termijn is voorbij"
            _close(eenheid, oud, door, Handeling.TERMIJN_BEWAKEN, reden)
            zinnen.append(f"{oud.kenmerk}: gesloten, niet meer nodig")
    # Everything that is due was reported: looking again finds nothing until somebody else acts. Each has one row.
    rust.keep_rust(huis, WERK, op, na + len(zinnen), (term for _, term in termen))
    return tuple(zinnen)


def _compare(
    sessie: Session, op: date, termen: Iterable[tuple[ProcedureRow, Contractterm]]
) -> tuple[list[tuple[ProcedureRow, Contractterm]], list[MeldingRow]]:
    """Terms with a report that is due and was not made, and open reports of which nothing is due any more."""
    open_ = {rij.sleutel: rij for rij in list_meldingen(sessie)}
    gemeld = set(sessie.exec(select(MeldingRow.sleutel)))
    nieuw, geldig = [], set()
    for rij, term in termen:
        moment = find_melding(term, op)
        if moment is not None:
            geldig.add(moment.sleutel)
            if moment.sleutel not in gemeld:
                nieuw.append((rij, term))
    return nieuw, [rij for sleutel, rij in open_.items() if sleutel not in geldig]


def _add(huis: Huis, eenheid: Eenheid, rij: ProcedureRow, term: Contractterm, op: date) -> MeldingRow:
    moment = find_melding(term, op)
    if moment is None:
        raise LookupError("the report was due")
    melding = MeldingRow(
        id=huis.nieuw_id(),
        kenmerk=f"B-{next_nummer(eenheid.sessie, 'melding'):05d}",
        sleutel=moment.sleutel,
        term=term.sleutel,
        procedure_id=rij.id,
        onderwerp=term.onderwerp,
        soort=term.soort,
        wat=moment.wat,
        waarom=term.waarom,
        bron=term.bron,
        rol=moment.rol,
        dag=moment.dag,
        uiterlijk=term.dag,
        gemeld_op=eenheid.op,
    )
    eenheid.sessie.add(melding)
    eenheid.audit(
        Handeling.TERMIJN_BEWAKEN,
        melding.kenmerk,
        naar="gemeld",
        gegevens={"onderwerp": term.onderwerp, "term": term.sleutel, "dag": moment.dag, "uiterlijk": term.dag},
    )
    return melding


def _close(eenheid: Eenheid, rij: MeldingRow, door: Optreden, handeling: Handeling, reden: str) -> None:
    rij.afgehandeld_op, rij.afgehandeld_door, rij.afhandeling = door.nu, door.wie, reden
    eenheid.sessie.add(rij)
    eenheid.audit(handeling, rij.kenmerk, van="gemeld", naar="afgehandeld", reden=reden)


def list_meldingen(sessie: Session, *, alle: bool = False) -> list[MeldingRow]:
    """The reports that are open, the most urgent first; with `alle` those that were dealt with too."""
    vraag = select(MeldingRow)
    if not alle:
        vraag = vraag.where(col(MeldingRow.afgehandeld_op).is_(None))
    return list(sessie.exec(vraag.order_by(col(MeldingRow.uiterlijk), col(MeldingRow.kenmerk))))


def handle_melding(huis: Huis, door: Optreden, kenmerk: str, wat: str) -> None:
    """Record what somebody did about a report, once; it comes back only in a next step."""
    with handel(huis, door, Handeling.MELDING_AFHANDELEN) as eenheid:
        rij = eenheid.sessie.exec(select(MeldingRow).where(MeldingRow.kenmerk == kenmerk)).one_or_none()
        if rij is None:
            raise NietGevondenError("Melding", kenmerk, [een.kenmerk for een in list_meldingen(eenheid.sessie)])
        beletselen = []
        if rij.afgehandeld_op is not None:
            dag = format_dag(local_date(rij.afgehandeld_op))
            beletselen.append(Beletsel("melding-klaar", f"{kenmerk} is al afgehandeld op {dag}: {rij.afhandeling}"))
        if not wat.strip():
            beletselen.append(Beletsel("melding-wat", "Schrijf op wat u hebt gedaan."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan zo niet worden afgehandeld.", beletselen)
        _close(eenheid, rij, door, Handeling.MELDING_AFHANDELEN, wat)


def record_stuk(huis: Huis, door: Optreden, contractnummer: str, naam: str, geldig_tot: date, bewijs: str) -> None:
    """Record a certificate or document that was seen, with its last day; it takes the place of an earlier one."""
    with handel(huis, door, Handeling.STUK_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        overeenkomsten.find_lopende(sessie, contractnummer)
        beletselen = []
        if geldig_tot < local_date(door.nu):
            beletselen.append(Beletsel("stuk-verlopen", f"Dit stuk is verlopen op {format_dag(geldig_tot)}."))
        if not naam.strip():
            beletselen.append(Beletsel("stuk-naam", "Noem het stuk, of de code van het criterium."))
        if not bewijs.strip():
            beletselen.append(Beletsel("stuk-bewijs", "Zeg waar het stuk te vinden is."))
        dubbel = select(BewaaktstukRow).where(
            BewaaktstukRow.contractnummer == contractnummer,
            BewaaktstukRow.naam == naam,
            BewaaktstukRow.geldig_tot == geldig_tot,
        )
        if sessie.exec(dubbel).first() is not None:
            beletselen.append(Beletsel("stuk-dubbel", f"{naam} tot en met {format_dag(geldig_tot)} is al vastgelegd."))
        if beletselen:
            raise BeletselenError("Het stuk is niet vastgelegd.", beletselen)
        sessie.add(
            BewaaktstukRow(
                id=huis.nieuw_id(),
                contractnummer=contractnummer,
                naam=naam,
                geldig_tot=geldig_tot,
                bewijs=bewijs,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.STUK_VASTLEGGEN, contractnummer, naar="gezien", gegevens={"stuk": naam, "tot": geldig_tot}
        )


def look_stukken(contractnummer: str) -> Kijk:
    """Which papers of an agreement were seen until now, for who records one beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        vraag = select(BewaaktstukRow).where(BewaaktstukRow.contractnummer == contractnummer)
        rijen = list(sessie.exec(vraag.order_by(col(BewaaktstukRow.op), col(BewaaktstukRow.naam))))
        regels = tuple((rij.naam, f"tot en met {format_dag(rij.geldig_tot)}, {rij.bewijs}") for rij in rijen)
        return Stand(regels=regels, zoek=search_log(contractnummer, Handeling.STUK_VASTLEGGEN))

    return kijk


def record_meting(
    huis: Huis, door: Optreden, contractnummer: str, plicht: str, peildatum: date, waarde: Decimal, bewijs: str
) -> None:
    """Record what was measured of a duty up to the last day of one of its periods, once."""
    with handel(huis, door, Handeling.PLICHT_METEN) as eenheid:
        sessie = eenheid.sessie
        rij = overeenkomsten.find_lopende(sessie, contractnummer)
        definitie = procedures.read_definitie_ronde(sessie, overeenkomsten.find_aanmelding(sessie, rij).ronde_id)
        bekend = {een.code: een for een in definitie.contract.plichten}
        if plicht not in bekend:
            raise NietGevondenError("Plicht", plicht, bekend)
        beletselen = []
        looptijd = definitie.looptijd
        dagen = list(list_peildatums(bekend[plicht], looptijd.ingang, rij.ingang, looptijd.max_einddatum))
        if peildatum not in dagen:
            wel = ", ".join(dag.isoformat() for dag in dagen if dag < local_date(door.nu)) or "nog geen"
            beletselen.append(
                Beletsel("meting-dag", f"Op {peildatum.isoformat()} eindigt geen periode. Wel op: {wel}.")
            )
        if peildatum >= local_date(door.nu):
            beletselen.append(Beletsel("meting-toekomst", "De periode is nog niet voorbij."))
        if not bewijs.strip():
            beletselen.append(Beletsel("meting-bewijs", "Zeg waar de cijfers vandaan komen."))
        dubbel = select(PlichtmetingRow).where(
            PlichtmetingRow.contractnummer == contractnummer,
            PlichtmetingRow.plicht == plicht,
            PlichtmetingRow.peildatum == peildatum,
        )
        if sessie.exec(dubbel).first() is not None:
            beletselen.append(Beletsel("meting-dubbel", f"Over {peildatum.isoformat()} is {plicht} al gemeten."))
        if beletselen:
            raise BeletselenError("De meting is niet vastgelegd.", beletselen)
        sessie.add(
            PlichtmetingRow(
                id=huis.nieuw_id(),
                contractnummer=contractnummer,
                plicht=plicht,
                peildatum=peildatum,
                waarde=f"{waarde:f}",
                bewijs=bewijs,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.PLICHT_METEN,
            contractnummer,
            naar=f"{plicht} {peildatum.isoformat()}",
            gegevens={"waarde": waarde},
        )
