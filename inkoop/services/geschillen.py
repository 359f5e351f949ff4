"""Complaints and kort geding: registered, decided on, and what they hold up.

Bron: domein 0.3; B.2.3, B.2.4, B.2.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.geschil import (
    UITKOMSTEN,
    Geschil,
    Geschilsoort,
    Geschiluitkomst,
    check_opschorting,
    end_of_klacht,
    is_opschortend,
)
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.termijnen import end_of_day
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import aanmeldingen, procedures, rondes
from inkoop.services.gezien import Kijk, Stand, search_log
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.geschil import GeschilRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tellers import next_nummer


def register_geschil(
    huis: Huis,
    door: Optreden,
    *,
    ronde: str,
    soort: Geschilsoort,
    van: str,
    omschrijving: str,
    ontvangen_op: datetime,
    aanmelding: str | None = None,
    percelen: Sequence[str] = (),
    zitting_op: date | None = None,
    zaaknummer: str = "",
) -> str:
    """Record a complaint or a summons; returns its kenmerk.

    A summons that comes after the term of the besluit is recorded all the same, as late: the court decides.
    """
    with handel(huis, door, Handeling.GESCHIL_REGISTREREN) as eenheid:
        sessie = eenheid.sessie
        ronderij = rondes.find_ronde(sessie, ronde)
        rij = None if aanmelding is None else aanmeldingen.find_aanmelding(sessie, aanmelding)
        if beletselen := _check(sessie, ronderij, rij, percelen, van, omschrijving, ontvangen_op, door.nu):
            raise BeletselenError("Dit kan zo niet worden vastgelegd.", beletselen)
        geschil = GeschilRow(
            id=huis.nieuw_id(),
            ronde_id=ronderij.id,
            aanmelding_id=None if rij is None else rij.id,
            kenmerk=f"{ronde}-G{next_nummer(sessie, f'geschil:{ronde}'):02d}",
            soort=soort,
            van=van.strip(),
            percelen=list(percelen),
            ontvangen_op=ontvangen_op,
            tijdig=soort is Geschilsoort.KLACHT or _is_tijdig(sessie, rij, ontvangen_op),
            omschrijving=omschrijving.strip(),
            uiterlijk=end_of_klacht(local_date(ontvangen_op)) if soort is Geschilsoort.KLACHT else None,
            zitting_op=zitting_op,
            zaaknummer=zaaknummer,
            geregistreerd_door=door.wie,
        )
        sessie.add(geschil)
        eenheid.audit(
            Handeling.GESCHIL_REGISTREREN,
            geschil.kenmerk,
            naar=soort,
            gegevens={"ronde": ronde, "aanmelding": aanmelding, "percelen": list(percelen), "tijdig": geschil.tijdig},
        )
    return geschil.kenmerk


def _check(
    sessie: Session,
    ronde: RondeRow,
    rij: AanmeldingRow | None,
    percelen: Sequence[str],
    van: str,
    omschrijving: str,
    ontvangen_op: datetime,
    nu: datetime,
) -> list[Beletsel]:
    bekend = {perceel.code for perceel in procedures.read_definitie(sessie, ronde.procedure_id).percelen}
    beletselen = [
        Beletsel("perceel", f"Perceel '{code}' bestaat niet. Kies uit: {', '.join(sorted(bekend))}.")
        for code in percelen
        if code not in bekend
    ]
    if rij is not None and rij.ronde_id != ronde.id:
        beletselen.append(Beletsel("ronde", f"Aanmelding {rij.kenmerk} hoort niet bij ronde {ronde.kenmerk}."))
    if not van.strip():
        beletselen.append(Beletsel("van", "Noem wie de klacht of dagvaarding stuurde."))
    if not omschrijving.strip():
        beletselen.append(Beletsel("omschrijving", "Schrijf waar het over gaat."))
    if ontvangen_op > nu:
        beletselen.append(Beletsel("toekomst", "Het tijdstip van ontvangst ligt in de toekomst."))
    return beletselen


def _is_tijdig(sessie: Session, rij: AanmeldingRow | None, ontvangen_op: datetime) -> bool:
    """Whether a summons came within the last term that runs for this applicant; True when none does."""
    if rij is None:
        return True
    besluiten = sessie.exec(select(BesluitRow).where(BesluitRow.aanmelding_id == rij.id))
    data = [besluit.vervaldatum for besluit in besluiten if besluit.vervaldatum is not None]
    return not data or ontvangen_op.replace(microsecond=0) <= end_of_day(max(data))


def settle_geschil(
    huis: Huis, door: Optreden, kenmerk: str, uitkomst: Geschiluitkomst, *, op: date, toelichting: str
) -> None:
    """Record how a complaint or a kort geding ended, once, with an explanation."""
    with handel(huis, door, Handeling.GESCHIL_AFHANDELEN) as eenheid:
        rij = find_geschil(eenheid.sessie, kenmerk)
        beletselen = []
        if rij.uitkomst is not None:
            beletselen.append(Beletsel("afgehandeld", f"{kenmerk} is al afgehandeld: {rij.uitkomst}."))
        if uitkomst not in UITKOMSTEN[rij.soort]:
            wel = ", ".join(sorted(UITKOMSTEN[rij.soort]))
            beletselen.append(Beletsel("uitkomst", f"Een {format_woord(rij.soort)} eindigt met: {wel}."))
        if not toelichting.strip():
            beletselen.append(Beletsel("toelichting", "Schrijf waar de uitkomst op rust."))
        if op > local_date(door.nu) or op < local_date(rij.ontvangen_op):
            beletselen.append(Beletsel("datum", f"{format_dag(op)} kan de dag van de uitkomst niet zijn."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan zo niet worden afgehandeld.", beletselen)
        rij.uitkomst, rij.uitkomst_op, rij.toelichting = uitkomst, op, toelichting.strip()
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.GESCHIL_AFHANDELEN, kenmerk, naar=uitkomst, reden=toelichting)


def resume_na_vonnis(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Let a perceel go on after a judgment for the summoner, once what the court ordered was done."""
    with handel(huis, door, Handeling.GESCHIL_AFHANDELEN) as eenheid:
        rij = find_geschil(eenheid.sessie, kenmerk)
        beletselen = []
        if rij.uitkomst is not Geschiluitkomst.TOEGEWEZEN or rij.hervat_op is not None:
            beletselen.append(Beletsel("status", f"{kenmerk} houdt niets (meer) op na een vonnis."))
        if not reden.strip():
            beletselen.append(Beletsel("reden", "Schrijf hoe aan het vonnis is voldaan."))
        if beletselen:
            raise BeletselenError(f"Na {kenmerk} kan niet worden hervat.", beletselen)
        rij.hervat_op = door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.GESCHIL_AFHANDELEN, kenmerk, van="toegewezen", naar="hervat", reden=reden)


def check_vrij(
    sessie: Session, ronde: RondeRow, percelen: Sequence[str], op: date, *, termijn: bool = True
) -> list[Beletsel]:
    """Why an award on these percelen of a round cannot be made final or signed; always empty without selection.

    Without `termijn` only a kort geding counts: for what needs no term, such as that a perceel is not awarded.
    """
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if not definitie.selectie:
        return []
    besluiten = sessie.exec(
        select(BesluitRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == BesluitRow.aanmelding_id)
        .where(AanmeldingRow.ronde_id == ronde.id, col(BesluitRow.perceel).in_(percelen))
    )
    return check_opschorting(
        selectie=True,
        percelen=percelen,
        geschillen=[as_geschil(rij) for rij in list_geschillen(sessie, ronde)],
        vervaldata=[b.vervaldatum for b in besluiten if termijn and b.vervaldatum is not None],
        op=op,
    )


def as_geschil(rij: GeschilRow) -> Geschil:
    """A record as the rules read it."""
    return Geschil(
        kenmerk=rij.kenmerk,
        soort=rij.soort,
        percelen=tuple(rij.percelen),
        uitkomst=rij.uitkomst,
        hervat=rij.hervat_op is not None,
    )


def is_ophoudend(sessie: Session, rij: GeschilRow) -> bool:
    """Whether this holds up a perceel now: only with selection."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    return procedures.read_definitie(sessie, ronde.procedure_id).selectie and is_opschortend(as_geschil(rij))


def find_geschil(sessie: Session, kenmerk: str) -> GeschilRow:
    """The complaint or kort geding with this kenmerk."""
    rij = sessie.exec(select(GeschilRow).where(GeschilRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise not_found(sessie, "Klacht of kort geding", kenmerk, sessie.exec(select(GeschilRow.kenmerk)))
    return rij


def look_geschillen(ronde: str) -> Kijk:
    """Which complaints and summonses of a round were recorded until now, for who records one beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rijen = list_geschillen(sessie, rondes.find_ronde(sessie, ronde))
        regels = tuple((rij.kenmerk, f"{format_woord(rij.soort)} van {rij.van}: {rij.omschrijving}") for rij in rijen)
        return Stand(regels=regels, zoek=search_log(ronde, Handeling.GESCHIL_REGISTREREN))

    return kijk


def list_geschillen(sessie: Session, ronde: RondeRow) -> list[GeschilRow]:
    """Every complaint and kort geding of a round, by kenmerk."""
    return list(sessie.exec(select(GeschilRow).where(GeschilRow.ronde_id == ronde.id).order_by(GeschilRow.kenmerk)))
