"""Lists of files to destroy or to transfer: proposed by the archivaris, approved by somebody else, withdrawn.

Carrying a list out is of services/vernietigen and services/overbrengen.

Bron: B.7 (Archiefwet: destroy only with a list); domein D (dossier sluiten/vernietigen).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session, col, select

from inkoop.domain.archief import (
    LIJST_WAARDERING,
    VOLGORDE,
    Archiefdossier,
    Lijstsoort,
    Lijststatus,
    Regelstand,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import bewaring
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.tabellen.archief import ArchieflijstRow, ArchiefregelRow, BewaarslotRow
from inkoop.storage.tellers import next_nummer

OPEN = (Lijststatus.VOORGESTELD, Lijststatus.GOEDGEKEURD)
"""A list that is not carried out yet: a file stands on one of these at most."""


def list_vrij(sessie: Session, soort: Lijstsoort, op: date) -> list[Archiefdossier]:
    """The files that may be destroyed (or transferred) on a day and stand on no open list, in order of going."""
    bezet = _list_bezet(sessie)
    vrij = [
        een
        for een in bewaring.list_dossiers(sessie)
        if een.is_vrij(op) and een.regel.waardering is LIJST_WAARDERING[soort] and een.naam not in bezet
    ]
    return sorted(vrij, key=lambda een: (VOLGORDE.index(een.soort), een.naam))


def propose_lijst(
    huis: Huis, door: Optreden, soort: Lijstsoort, toelichting: str, dossiers: Collection[str] = ()
) -> str:
    """Draw up a list of what may go today, or of the files that are named; returns its kenmerk.

    Raises BeletselenError with every reason: not yet, held, on another list, of the other kind, nothing to do.
    """
    with handel(huis, door, Handeling.ARCHIEFLIJST_VOORSTELLEN) as eenheid:
        sessie, op = eenheid.sessie, local_date(door.nu)
        gekozen, beletselen = _choose(sessie, soort, op, dossiers)
        if not toelichting.strip():
            beletselen.append(Beletsel("archief-toelichting", "Schrijf waarom u deze lijst opstelt."))
        if not gekozen and not beletselen:
            tekst = f"Er is op dit moment niets voor een lijst van de soort {soort}."
            beletselen.append(Beletsel("archief-leeg", tekst))
        if beletselen:
            raise BeletselenError("De lijst is niet opgesteld.", beletselen)
        rij = ArchieflijstRow(
            id=huis.nieuw_id(),
            kenmerk=f"{_LETTER[soort]}-{next_nummer(sessie, f'archieflijst:{soort}'):04d}",
            soort=soort,
            status=Lijststatus.VOORGESTELD,
            peildatum=op,
            toelichting=toelichting,
            opgesteld_door=door.wie,
            opgesteld_op=door.nu,
        )
        sessie.add(rij)
        sessie.flush()
        for een in gekozen:
            sessie.add(_make_regel(huis, rij, een))
        eenheid.audit(
            Handeling.ARCHIEFLIJST_VOORSTELLEN,
            rij.kenmerk,
            naar=rij.status,
            reden=toelichting,
            gegevens={"dossiers": [een.naam for een in gekozen]},
        )
    return rij.kenmerk


_LETTER = {Lijstsoort.VERNIETIGING: "V", Lijstsoort.OVERBRENGING: "O"}


def _choose(
    sessie: Session, soort: Lijstsoort, op: date, dossiers: Collection[str]
) -> tuple[list[Archiefdossier], list[Beletsel]]:
    if not dossiers:
        return list_vrij(sessie, soort, op), []
    alle = {een.naam: een for een in bewaring.list_dossiers(sessie)}
    bezet = _list_bezet(sessie)
    beletselen: list[Beletsel] = []
    gekozen = []
    for naam in dict.fromkeys(dossiers):
        dossier = alle.get(naam)
        if dossier is None:
            beletselen.append(Beletsel("archief-onbekend", str(not_found(sessie, "Dossier", naam))))
            continue
        redenen = dossier.list_beletselen(op)
        if naam in bezet:
            redenen.append(Beletsel("archief-bezet", f"{naam} staat al op lijst {bezet[naam]}."))
        if dossier.regel.waardering is not LIJST_WAARDERING[soort]:
            tekst = f"{naam}: {dossier.soort} is om te {dossier.regel.waardering}, en hoort niet op deze lijst."
            redenen.append(Beletsel("archief-waardering", tekst))
        beletselen += redenen
        gekozen.append(dossier)
    return sorted(gekozen, key=lambda een: (VOLGORDE.index(een.soort), een.naam)), beletselen


def _make_regel(huis: Huis, lijst: ArchieflijstRow, dossier: Archiefdossier) -> ArchiefregelRow:
    if dossier.vanaf is None or dossier.tot is None:
        raise LookupError("a file on a list has a term that ended")
    return ArchiefregelRow(
        id=huis.nieuw_id(),
        lijst_id=lijst.id,
        dossier=dossier.naam,
        soort=dossier.soort,
        procedure=dossier.procedure,
        vanaf=dossier.vanaf,
        bewaren_tot=dossier.tot,
        grond=dossier.describe_grond(),
        stand=Regelstand.OPEN,
    )


def approve_lijst(huis: Huis, door: Optreden, kenmerk: str, zonder: Mapping[str, str] | None = None) -> None:
    """Approve a list, by somebody else than who proposed it; `zonder` leaves files out, each with a reason.

    Raises GeenToegangError for the proposer, BeletselenError with every reason.
    """
    with handel(huis, door, Handeling.ARCHIEFLIJST_GOEDKEUREN, kenmerk) as eenheid:
        sessie, rij = eenheid.sessie, find_lijst(eenheid.sessie, kenmerk)
        beletselen = _check_status(rij, Lijststatus.VOORGESTELD)
        regels = {een.dossier: een for een in list_regels(sessie, rij)}
        for naam, reden in (zonder or {}).items():
            if naam not in regels:
                beletselen.append(Beletsel("archief-regel", f"{naam} staat niet op lijst {kenmerk}."))
            if not reden.strip():
                beletselen.append(Beletsel("archief-reden", f"Schrijf waarom {naam} niet mee mag."))
        if zonder and set(zonder) >= set(regels):
            beletselen.append(Beletsel("archief-leeg", "Zo blijft er niets over. Trek de lijst dan in."))
        if beletselen:
            raise BeletselenError(f"Lijst {kenmerk} is niet goedgekeurd.", beletselen)
        for naam, reden in (zonder or {}).items():
            regels[naam].stand, regels[naam].reden = Regelstand.UITGEZONDERD, reden
            sessie.add(regels[naam])
        eenheid.audit(
            Handeling.ARCHIEFLIJST_GOEDKEUREN,
            kenmerk,
            van=rij.status,
            naar=Lijststatus.GOEDGEKEURD,
            gegevens={"zonder": dict(zonder or {})},
        )
        rij.status, rij.goedgekeurd_door, rij.goedgekeurd_op = Lijststatus.GOEDGEKEURD, door.wie, door.nu
        sessie.add(rij)


def withdraw_lijst(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Let a list go, with why; not once something of it was carried out."""
    with handel(huis, door, Handeling.ARCHIEFLIJST_VOORSTELLEN) as eenheid:
        sessie, rij = eenheid.sessie, find_lijst(eenheid.sessie, kenmerk)
        beletselen = _check_status(rij, *OPEN)
        if any(een.stand is Regelstand.UITGEVOERD for een in list_regels(sessie, rij)):
            tekst = "Een deel is al uitgevoerd. Voer de rest ook uit; wat vast is komen te staan, blijft vanzelf staan."
            beletselen.append(Beletsel("archief-begonnen", tekst))
        if not reden.strip():
            beletselen.append(Beletsel("archief-reden", "Schrijf waarom de lijst niet doorgaat."))
        if beletselen:
            raise BeletselenError(f"Lijst {kenmerk} is niet ingetrokken.", beletselen)
        eenheid.audit(
            Handeling.ARCHIEFLIJST_VOORSTELLEN, kenmerk, van=rij.status, naar=Lijststatus.INGETROKKEN, reden=reden
        )
        rij.status = Lijststatus.INGETROKKEN
        sessie.add(rij)


def hold_dossier(huis: Huis, door: Optreden, naam: str, reden: str) -> None:
    """Keep a file, a round or a whole procedure whatever its term, until somebody lets it go."""
    with handel(huis, door, Handeling.BEWAARSLOT_ZETTEN) as eenheid:
        sessie = eenheid.sessie
        _require_bekend(sessie, naam)
        beletselen = [] if reden.strip() else [Beletsel("archief-reden", "Schrijf waarom dit bewaard moet blijven.")]
        if list_sloten(sessie, naam):
            beletselen.append(Beletsel("archief-vast", f"{naam} wordt al vastgehouden."))
        if beletselen:
            raise BeletselenError(f"{naam} is niet vastgezet.", beletselen)
        sessie.add(BewaarslotRow(id=huis.nieuw_id(), dossier=naam, reden=reden, door=door.wie, op=door.nu))
        eenheid.audit(Handeling.BEWAARSLOT_ZETTEN, naam, naar="vast", reden=reden)


def release_dossier(huis: Huis, door: Optreden, naam: str, reden: str) -> None:
    """Let go what a person held, with why."""
    with handel(huis, door, Handeling.BEWAARSLOT_ZETTEN) as eenheid:
        sloten = list_sloten(eenheid.sessie, naam)
        beletselen = [] if reden.strip() else [Beletsel("archief-reden", "Schrijf waarom dit niet meer vast hoeft.")]
        if not sloten:
            beletselen.append(Beletsel("archief-los", f"{naam} wordt niet vastgehouden."))
        if beletselen:
            raise BeletselenError(f"{naam} is niet vrijgegeven.", beletselen)
        for slot in sloten:
            slot.vrijgegeven_door, slot.vrijgegeven_op, slot.vrijgave = door.wie, door.nu, reden
            eenheid.sessie.add(slot)
        eenheid.audit(Handeling.BEWAARSLOT_ZETTEN, naam, van="vast", naar="vrij", reden=reden)


def list_sloten(sessie: Session, naam: str | None = None) -> list[BewaarslotRow]:
    """The holds that stand; on one name when it is given."""
    vraag = select(BewaarslotRow).where(col(BewaarslotRow.vrijgegeven_op).is_(None))
    if naam is not None:
        vraag = vraag.where(BewaarslotRow.dossier == naam)
    return list(sessie.exec(vraag.order_by(col(BewaarslotRow.dossier))))


def find_lijst(sessie: Session, kenmerk: str) -> ArchieflijstRow:
    """The list with this kenmerk."""
    rij = sessie.exec(select(ArchieflijstRow).where(ArchieflijstRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Lijst", kenmerk, sessie.exec(select(ArchieflijstRow.kenmerk)))
    return rij


def list_lijsten(sessie: Session, *status: Lijststatus) -> list[ArchieflijstRow]:
    """Every list, or those of some statuses, by kenmerk."""
    vraag = select(ArchieflijstRow).order_by(col(ArchieflijstRow.kenmerk))
    if status:
        vraag = vraag.where(col(ArchieflijstRow.status).in_(status))
    return list(sessie.exec(vraag))


def list_regels(sessie: Session, lijst: ArchieflijstRow) -> list[ArchiefregelRow]:
    """The files on a list, in the order in which they go."""
    regels = sessie.exec(select(ArchiefregelRow).where(ArchiefregelRow.lijst_id == lijst.id))
    return sorted(regels, key=lambda een: (VOLGORDE.index(een.soort), een.dossier))


def require_uitvoerbaar(rij: ArchieflijstRow, soort: Lijstsoort) -> None:
    """Refuse to carry out a list that is not ready for it, with every reason."""
    if beletselen := check_uitvoering(rij, soort):
        raise BeletselenError(f"Lijst {rij.kenmerk} kan niet worden uitgevoerd.", beletselen)


def check_uitvoering(rij: ArchieflijstRow, soort: Lijstsoort) -> list[Beletsel]:
    """Why a list cannot be carried out: another kind, not approved by a second person, or done."""
    beletselen = _check_status(rij, Lijststatus.GOEDGEKEURD)
    if rij.soort is not soort:
        beletselen.append(Beletsel("archief-soort", f"{rij.kenmerk} is een lijst van de soort {rij.soort}."))
    if rij.goedgekeurd_door == rij.opgesteld_door:
        beletselen.append(Beletsel("vier-ogen", f"{rij.kenmerk} is door één persoon opgesteld en goedgekeurd."))
    return beletselen


def _check_status(rij: ArchieflijstRow, *status: Lijststatus) -> list[Beletsel]:
    if rij.status in status:
        return []
    return [Beletsel("archief-status", f"Lijst {rij.kenmerk} is {rij.status}.")]


def _list_bezet(sessie: Session) -> dict[str, str]:
    """Per file the open list that it stands on."""
    vraag = (
        select(ArchiefregelRow.dossier, ArchieflijstRow.kenmerk)
        .join(ArchieflijstRow, col(ArchieflijstRow.id) == ArchiefregelRow.lijst_id)
        .where(col(ArchieflijstRow.status).in_(OPEN), ArchiefregelRow.stand == Regelstand.OPEN)
    )
    return dict(sessie.exec(vraag).all())


def _require_bekend(sessie: Session, naam: str) -> None:
    bekend = {een for dossier in bewaring.list_dossiers(sessie) for een in (dossier.naam, dossier.ronde)}
    if not naam or naam not in bekend:
        raise not_found(sessie, "Dossier, ronde of procedure", naam)
