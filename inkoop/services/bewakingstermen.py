"""Every term that runs now, read from the procedure file and the records: what is met has no term.

Bron: E.5; M20-51, H19-32, H19-55; issue contract years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.archief import Dossiersoort, find_regel
from inkoop.domain.bestaandcontract import Bestaandcontract
from inkoop.domain.bewaking import (
    Bewaaktstuk,
    Contractterm,
    Plichtmeting,
    Termsoort,
    Vervolgstap,
    guard_kwartaal,
    guard_plicht,
    guard_stuk,
    list_peildatums,
)
from inkoop.domain.bewakingafloop import guard_archief, guard_telling, guard_zorg
from inkoop.domain.bewakingprocedure import EINDE_HERINNER, list_procedureterms
from inkoop.domain.criteria.criterium import Criteriaset, Moment
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.maanden import add_maanden
from inkoop.domain.monitoring import list_eindes_kwartaal
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.sanctieladder import Maatregelstand
from inkoop.domain.verloop import LOPEND, Documentstatus, Overeenkomststatus
from inkoop.services import (
    addenda,
    bewaring,
    bladeren,
    documenten,
    houders,
    implementatiepunten,
    maatregelen,
    overgangen,
    procedures,
    rondes,
    stopsignalen,
    toetsen,
    verlengingen,
    weigeringen,
)
from inkoop.services.bewakingsvulling import KWARTAAL, Vulling, read_vulling
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.contractinlezen import list_oudere
from inkoop.services.huis import Huis
from inkoop.services.implementatiepunten import Implementatiestand
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewaking import BewaaktstukRow, PlichtmetingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow

TERUG = timedelta(days=400)
"""How far back a term that was never met is still asked for (project default: over a year)."""


class Procedureagenda(NamedTuple):
    """The terms of the agreements of one procedure, and of the procedure itself; `naam` is that of the procedure."""

    naam: str
    termen: tuple[Contractterm, ...]


def list_termen(huis: Huis, sessie: Session, op: date, tot: date) -> Iterator[tuple[ProcedureRow, Contractterm]]:
    """Every term that is open on `op` and lies before `tot`, each with its procedure."""
    rijen = _list_gepubliceerd(sessie)
    gelezen = _read_agendas(huis, sessie, rijen, op, tot)
    for rij in rijen:
        for term in gelezen[rij.id].termen:
            yield rij, term


def read_per_procedure(
    huis: Huis, sessie: Session, op: date, tot: date, ids: frozenset[UUID] | None = None
) -> dict[UUID, Procedureagenda]:
    """The same per procedure by its id, of all or of these; none of a procedure that was not published."""
    return _read_agendas(huis, sessie, _list_gepubliceerd(sessie, ids), op, tot)


def _list_gepubliceerd(sessie: Session, ids: frozenset[UUID] | None = None) -> Sequence[ProcedureRow]:
    vraag = select(ProcedureRow).where(col(ProcedureRow.gepubliceerd_op).is_not(None)).order_by(col(ProcedureRow.naam))
    return sessie.exec(vraag if ids is None else vraag.where(col(ProcedureRow.id).in_(ids))).all()


def _read_agendas(
    huis: Huis, sessie: Session, rijen: Sequence[ProcedureRow], op: date, tot: date
) -> dict[UUID, Procedureagenda]:
    vulling = read_vulling(sessie)
    agendas = {}
    for rij in rijen:
        alle = _list_van_procedure(huis, sessie, rij, procedures.decode_definitie(rij), op, tot, vulling)
        agendas[rij.id] = Procedureagenda(rij.naam, tuple(term for term in alle if term.dag <= tot))
    return agendas


def list_van(
    huis: Huis, sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow, op: date, vooruit: timedelta
) -> tuple[Contractterm, ...]:
    """The open terms of one agreement that runs, in order of day; none of one that was not signed or has ended."""
    if rij.status not in LOPEND:
        return ()
    bij = _read_bij(sessie, definitie, [rij], op, None)
    termen = _list_van_contract(huis, sessie, definitie, rij, op, op + vooruit, bij)
    return tuple(sorted((een for een in termen if een.dag <= op + vooruit), key=lambda een: (een.dag, een.deel)))


def _list_van_procedure(
    huis: Huis,
    sessie: Session,
    rij: ProcedureRow,
    definitie: Proceduredefinitie,
    op: date,
    tot: date,
    vulling: Vulling,
) -> Iterator[Contractterm]:
    lopend = list(sessie.exec(houders.select_lopend(rij.id)))
    if lopend:
        eerder = verlengingen.read_eerder(sessie, rij)
        yield from list_procedureterms(definitie, eerder, op, _list_te_verzenden(sessie, lopend, eerder))
    bij = _read_bij(sessie, definitie, lopend, op, vulling)
    for overeenkomst in lopend:
        yield from _list_van_contract(huis, sessie, definitie, overeenkomst, op, tot, bij)
    yield from _list_afloop(sessie, rij, definitie, tot)
    for ouder in list_oudere(sessie, rij.id):
        if ouder.einddatum < op:
            continue
        contract = msgspec.json.decode(ouder.inhoud, type=Bestaandcontract)
        voorganger = next(een for een in definitie.voorgangers if een.code == contract.voorganger)
        yield Contractterm(
            onderwerp=ouder.contractnummer,
            soort=Termsoort.EINDE,
            deel="einde",
            dag=ouder.einddatum,
            wat=f"zorgen voor wat na het contract van {ouder.naam} komt: {voorganger.opvolger or 'nog onbekend'}",
            waarom=f"het contract onder '{voorganger.naam}' eindigt op {format_dag(ouder.einddatum)}",
            bron=voorganger.bron,
            rol=Rol.CONTRACTMANAGER,
            herinner=EINDE_HERINNER,
        )


def _list_afloop(
    sessie: Session, rij: ProcedureRow, definitie: Proceduredefinitie, tot: date
) -> Iterator[Contractterm]:
    """What ended agreements still ask for, and the files of a procedure whose term is over (B.6, B.7)."""
    bron = "B.6" if definitie.overgang is None else f"B.6; {definitie.overgang.bron}"
    for overeenkomst in sessie.exec(houders.select_met_status(rij.id, Overeenkomststatus.BEEINDIGD)):
        stand = overgangen.read_stand(sessie, overeenkomst.contractnummer)
        yield from guard_telling(overeenkomst.contractnummer, stand.einde, stand.ontbreekt)
        yield from guard_zorg(overeenkomst.contractnummer, stand.einde, stand.zorg_tot, bron)
    if _can_end_before(sessie, rij, definitie, tot):
        yield from guard_archief(definitie.naam, bewaring.list_van_procedure(sessie, rij), tot)


def _can_end_before(sessie: Session, procedure: ProcedureRow, definitie: Proceduredefinitie, dag: date) -> bool:
    """Whether the term of any file of a procedure can be over by a day; of a young one nothing needs to be read.

    No term counts from before the first day on which anything of the procedure was there.
    """
    dagen = [definitie.looptijd.ingang, local_date(procedure.aangemaakt_op)]
    dagen += [een.opening for een in rondes.list_rondes(sessie, definitie.naam)]
    dagen += [een.einddatum for een in list_oudere(sessie, procedure.id)]
    jaren = min(find_regel(definitie.bewaarregels, soort).jaren for soort in Dossiersoort)
    return add_maanden(min(dagen), 12 * jaren) <= dag


def _list_te_verzenden(sessie: Session, lopend: list[OvereenkomstRow], besloten: Collection[int]) -> set[int]:
    """The extensions of which a letter has not gone out."""
    nummers = set()
    for nummer in besloten:
        for overeenkomst in lopend:
            brief = documenten.find_by_sleutel(sessie, f"verlenging:{overeenkomst.contractnummer}:{nummer}")
            if brief is not None and brief.status not in (Documentstatus.VERZONDEN, Documentstatus.VERVALLEN):
                nummers.add(nummer)
                break
    return nummers


class _Bij(NamedTuple):
    """What is read at once for many agreements of one procedure; `vulling` None: look everything up."""

    vulling: Vulling | None
    aanbod: Mapping[UUID, Mapping[str, tuple[str, ...]]]
    standen: Mapping[UUID, Implementatiestand]


def _read_bij(
    sessie: Session,
    definitie: Proceduredefinitie,
    rijen: Sequence[OvereenkomstRow],
    op: date,
    vulling: Vulling | None,
) -> _Bij:
    if not rijen:
        return _Bij(vulling, {}, {})
    # Kept at hand by the session, where each agreement finds its own.
    sessie.exec(select(AanmeldingRow).where(col(AanmeldingRow.id).in_([rij.aanmelding_id for rij in rijen]))).all()
    return _Bij(
        vulling,
        houders.read_aanbod(sessie, rijen, op),
        implementatiepunten.read_te_starten(sessie, definitie, rijen, op),
    )


def _list_van_contract(
    huis: Huis, sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow, op: date, tot: date, bij: _Bij
) -> Iterator[Contractterm]:
    aanmelding, vulling, nummer = sessie.get_one(AanmeldingRow, rij.aanmelding_id), bij.vulling, rij.contractnummer
    editie = procedures.read_editie(sessie, rondes.get_ronde(sessie, aanmelding.ronde_id))
    herstel, maatregel = definitie.termijnen.herstel_dagen, describe_maatregel(definitie)
    met_stukken = vulling is None or aanmelding.id in vulling.getoetst or nummer in vulling.stukken
    for stuk in list_stukken(sessie, rij, aanmelding, editie) if met_stukken else ():
        if stuk.geldig_tot < rij.einddatum:
            yield guard_stuk(rij.contractnummer, stuk, herstel_dagen=herstel, maatregel=maatregel)
    # Of a contract that was taken in, nothing is asked about the time before that.
    van = max(rij.ingang, op - TERUG, rij.ingang if rij.geactiveerd_op is None else local_date(rij.geactiveerd_op))
    gedaan = _read_kwartalen(sessie, nummer) if vulling is None else vulling.kwartalen
    yield from _list_kwartalen(definitie, rij, editie, van, min(tot, rij.einddatum), gedaan)
    percelen = set(bij.aanbod[rij.id])
    metingen = _list_metingen(sessie, nummer) if vulling is None or nummer in vulling.metingen else []
    for plicht in definitie.contract.plichten:
        if not plicht.percelen or percelen & set(plicht.percelen):
            peildatums = list(list_peildatums(plicht, definitie.looptijd.ingang, van, min(tot, rij.einddatum)))
            yield from guard_plicht(rij.contractnummer, plicht, peildatums, metingen, maatregel=maatregel)
    yield from _list_addendum(huis, sessie, definitie, rij, aanmelding, op, vulling)
    if vulling is None or nummer in vulling.maatregelen:
        yield from _list_maatregelen(sessie, rij)
    if vulling is None or nummer in vulling.signalen:
        yield from stopsignalen.list_termen(sessie, rij)
    if vulling is None or rij.id in vulling.weigeringen:
        yield from weigeringen.list_termen(sessie, rij, op)
    yield from implementatiepunten.list_termen(rij, bij.standen.get(rij.id))


def _list_metingen(sessie: Session, nummer: str) -> list[Plichtmeting]:
    return [
        Plichtmeting(plicht=een.plicht, peildatum=een.peildatum, waarde=een.getal)
        for een in sessie.exec(select(PlichtmetingRow).where(PlichtmetingRow.contractnummer == nummer))
    ]


def _list_maatregelen(sessie: Session, rij: OvereenkomstRow) -> Iterator[Contractterm]:
    """An intention that waits for its view and decision, and the plan for a transfer of clients (B.8)."""
    for een in maatregelen.list_maatregelen(sessie, rij.contractnummer):
        if een.stand is Maatregelstand.VOORGENOMEN:
            yield Contractterm(
                onderwerp=een.kenmerk,
                soort=Termsoort.MAATREGEL,
                deel="zienswijze",
                dag=een.zienswijze_tot,
                wat=f"zienswijze van de aanbieder over '{een.naam}' vastleggen",
                waarom=f"de aanbieder kan tot en met {format_dag(een.zienswijze_tot)} reageren",
                bron="B.8; H19-58",
                rol=Rol.CONTRACTMANAGER,
                herinner=(7, 1),
                vervolg=(
                    Vervolgstap(na_dagen=1, wat=f"over '{een.naam}' besluiten of intrekken", rol=Rol.CONTRACTMANAGER),
                ),
            )
        elif een.stand is Maatregelstand.BESLOTEN and een.overdracht_op is not None:
            yield Contractterm(
                onderwerp=een.kenmerk,
                soort=Termsoort.MAATREGEL,
                deel="overdracht",
                dag=een.overdracht_op,
                wat="het plan voor de overdracht van cliënten van de aanbieder ontvangen en bespreken",
                waarom=f"de overeenkomst eindigt op {format_dag(een.ingang)}",
                bron="B.8; C.22",
                rol=Rol.CONTRACTMANAGER,
                herinner=(30, 7),
            )


def describe_maatregel(definitie: Proceduredefinitie) -> str:
    """The first step of the ladder that the contract has, in words."""
    if not definitie.contract.sanctieladder or not definitie.contract.sanctiestappen:
        return "wat de overeenkomst bij niet nakomen toestaat"
    return definitie.contract.sanctiestappen[0].naam


def list_stukken(
    sessie: Session, rij: OvereenkomstRow, aanmelding: AanmeldingRow, editie: Criteriaset
) -> list[Bewaaktstuk]:
    """What must stay in force: what the last toets rests on, replaced by what was seen since; by name.

    A criterion that is only asked at admission or at a change is not guarded; of members the earliest day counts.

    Bron: ontwerp 4 (houdbaar_tot, momenten); E.5.
    """
    stukken: dict[str, Bewaaktstuk] = {}
    toets = toetsen.find_laatste(sessie, aanmelding)
    blijvend = {een.id: een for een in editie.criteria if {Moment.JAARLIJKS, Moment.DOORLOPEND} & set(een.momenten)}
    for bevinding in () if toets is None else toetsen.decode_resultaat(toets).bevindingen:
        criterium = blijvend.get(bevinding.criterium)
        tot = bevinding.houdbaar_tot
        if (
            criterium is None
            or tot is None
            or tot == date.max
            or bevinding.uitkomst.rang < Uitkomst.VOORWAARDELIJK.rang
        ):
            continue
        naam = f"{criterium.id} {criterium.titel}"
        if naam not in stukken or tot < stukken[naam].geldig_tot:
            waarom = f"het bewijs bij de toets van {aanmelding.kenmerk} is geldig tot en met {format_dag(tot)}"
            stukken[naam] = Bewaaktstuk(naam=naam, geldig_tot=tot, waarom=waarom, bron=bevinding.bron)
    gezien = select(BewaaktstukRow).where(BewaaktstukRow.contractnummer == rij.contractnummer)
    for een in sessie.exec(gezien.order_by(col(BewaaktstukRow.op), col(BewaaktstukRow.geldig_tot))):
        naam = next((sleutel for sleutel in stukken if een.naam in (sleutel, sleutel.split(" ")[0])), een.naam)
        bron = stukken[naam].bron if naam in stukken else "vastgelegd bij het contract"
        waarom = f"gezien door {een.persoon}: {een.bewijs}; geldig tot en met {format_dag(een.geldig_tot)}"
        stukken[naam] = Bewaaktstuk(naam=naam, geldig_tot=een.geldig_tot, waarom=waarom, bron=bron)
    return sorted(stukken.values(), key=lambda een: een.naam)


def _read_kwartalen(sessie: Session, nummer: str) -> frozenset[str]:
    """The keys of the reports about the quarters of one agreement."""
    van_contract = bladeren.begins_with(sessie, col(DocumentRow.sleutel), f"{KWARTAAL}{nummer}:")
    return frozenset(sessie.exec(select(DocumentRow.sleutel).where(van_contract)))


def _list_kwartalen(
    definitie: Proceduredefinitie,
    rij: OvereenkomstRow,
    editie: Criteriaset,
    van: date,
    tot: date,
    gedaan: frozenset[str],
) -> Iterator[Contractterm]:
    contract = definitie.contract
    if not contract.kwartaalthemas:
        return
    jaarlijks = [een.id for een in editie.criteria if Moment.JAARLIJKS in een.momenten]
    prefix = f"{KWARTAAL}{rij.contractnummer}:"
    for jaar, kwartaal, einde in list_eindes_kwartaal(van, tot):
        if f"{prefix}{jaar}-{kwartaal}" not in gedaan:
            controle = jaarlijks if kwartaal == contract.jaarcontrole_kwartaal else None
            yield guard_kwartaal(rij.contractnummer, jaar, kwartaal, einde, jaarcontrole=controle)


def _list_addendum(
    huis: Huis,
    sessie: Session,
    definitie: Proceduredefinitie,
    rij: OvereenkomstRow,
    aanmelding: AanmeldingRow,
    op: date,
    vulling: Vulling | None,
) -> Iterator[Contractterm]:
    """The drafting of what changes next, and the signing of what was drafted (H19-55; E.5: -14, -7, -1)."""
    cyclus = definitie.contract.addendumcyclus
    if rij.status is not Overeenkomststatus.ACTIEF:
        return
    zaak = load_zaak(sessie, huis.feestdagen, aanmelding)
    gemaakt = addenda.list_addenda(sessie, rij) if vulling is None or rij.id in vulling.addenda else []
    ongewijzigd = (
        vulling is not None and rij.id not in vulling.addenda and zaak.ronderij.procedure_id not in vulling.gewijzigd
    )
    wijziging = addenda.find_open_wijziging(zaak, rij, op, ongewijzigd=ongewijzigd)
    if wijziging is not None:
        jaar = wijziging.ingang.year
        yield Contractterm(
            onderwerp=rij.contractnummer,
            soort=Termsoort.ADDENDUM,
            deel=f"concept {jaar}",
            dag=addenda.plan_cyclus(cyclus, wijziging.ingang).concept_uiterlijk,
            wat=f"concept van het addendum voor {jaar} verzenden",
            waarom=f"er verandert iets per {format_dag(wijziging.ingang)}; zonder addendum blijft alles gelijk",
            bron="H19-55; E.5",
            rol=Rol.CONTRACTMANAGER,
            herinner=(30, 7),
        )
    for een in gemaakt:
        if een.status in (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING):
            dag = addenda.end_of_addendum(cyclus, een)
            yield Contractterm(
                onderwerp=een.nummer,
                soort=Termsoort.ADDENDUM,
                deel="tekenen",
                dag=dag,
                wat=f"addendum {een.nummer} door alle partijen laten tekenen",
                waarom=f"na {format_dag(dag)} vervalt het voor deze cyclus en blijft de overeenkomst ongewijzigd",
                bron="H19-55; E.5 (-14, -7, -1)",
                rol=Rol.CONTRACTMANAGER,
                herinner=(14, 7, 1),
            )
