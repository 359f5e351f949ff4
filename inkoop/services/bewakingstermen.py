"""Every term that runs now, read from the procedure file and the records: what is met has no term.

Bron: E.5; M20-51, H19-32, H19-55; issue contract years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

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
from inkoop.domain.monitoring import list_eindes_kwartaal
from inkoop.domain.overgang import end_of_zorg, missing_gemeenten
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.sanctieladder import Maatregelstand
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.services import (
    addenda,
    bewaring,
    houders,
    implementatiepunten,
    overgangen,
    procedures,
    stopsignalen,
    weigeringen,
)
from inkoop.services.bewakingsboek import Boek, Dossierlezer, read_boek
from inkoop.services.bewakingsvulling import KWARTAAL, Vulling, read_vulling
from inkoop.services.brieven.blokken import Contractzaak
from inkoop.services.implementatiepunten import Implementatiestand
from inkoop.storage.tabellen.bewaking import BewaaktstukRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow

TERUG = timedelta(days=400)
"""How far back a term that was never met is still asked for (project default: over a year)."""


class Procedureagenda(NamedTuple):
    """The terms of the agreements of one procedure, and of the procedure itself; `naam` is that of the procedure."""

    naam: str
    termen: tuple[Contractterm, ...]


def list_termen(sessie: Session, op: date, tot: date) -> Iterator[tuple[ProcedureRow, Contractterm]]:
    """Every term that is open on `op` and lies before `tot`, each with its procedure."""
    rijen = _list_gepubliceerd(sessie)
    gelezen = _read_agendas(sessie, rijen, op, tot)
    for rij in rijen:
        for term in gelezen[rij.id].termen:
            yield rij, term


def read_per_procedure(
    sessie: Session,
    op: date,
    tot: date,
    ids: frozenset[UUID] | None = None,
    lees_dossiers: Dossierlezer | None = None,
) -> dict[UUID, Procedureagenda]:
    """The same per procedure by its id, of all or of these; none of a procedure that was not published.

    `lees_dossiers` gives their files in the archive where those are known already.
    """
    return _read_agendas(sessie, _list_gepubliceerd(sessie, ids), op, tot, lees_dossiers)


def _list_gepubliceerd(sessie: Session, ids: frozenset[UUID] | None = None) -> Sequence[ProcedureRow]:
    vraag = select(ProcedureRow).where(col(ProcedureRow.gepubliceerd_op).is_not(None)).order_by(col(ProcedureRow.naam))
    return sessie.exec(vraag if ids is None else vraag.where(col(ProcedureRow.id).in_(ids))).all()


def _read_agendas(
    sessie: Session,
    rijen: Sequence[ProcedureRow],
    op: date,
    tot: date,
    lees_dossiers: Dossierlezer | None = None,
) -> dict[UUID, Procedureagenda]:
    boek = read_boek(sessie, rijen, tot, lees_dossiers or partial(bewaring.read_per_procedure, sessie))
    agendas = {}
    for rij in rijen:
        alle = _list_van_procedure(sessie, rij, op, tot, boek)
        agendas[rij.id] = Procedureagenda(rij.naam, tuple(term for term in alle if term.dag <= tot))
    return agendas


def list_van(
    sessie: Session, rijen: Sequence[OvereenkomstRow], op: date, vooruit: timedelta, gelezen: Vulling | None = None
) -> tuple[Contractterm, ...]:
    """The open terms of agreements that run, of each in order of day; none of one that was not signed or has ended.

    `gelezen` is what there is of them where that was read already.
    """
    lopend = [rij for rij in rijen if rij.status in LOPEND]
    if not lopend:
        return ()
    vulling, tot = gelezen or read_vulling(sessie, lopend), op + vooruit
    per_procedure: dict[UUID, list[OvereenkomstRow]] = defaultdict(list)
    for rij in lopend:
        _, ronde = vulling.aanmeldingen[rij.aanmelding_id]
        per_procedure[vulling.rondes[ronde].procedure_id].append(rij)
    termen: dict[UUID, list[Contractterm]] = {}
    for procedure, van_een in per_procedure.items():
        definitie = procedures.read_definitie(sessie, procedure)
        standen = implementatiepunten.read_te_starten(sessie, definitie, van_een, op)
        for rij in van_een:
            alle = _list_van_contract(sessie, definitie, rij, op, tot, vulling, standen.get(rij.id))
            termen[rij.id] = sorted((een for een in alle if een.dag <= tot), key=lambda een: (een.dag, een.deel))
    return tuple(term for rij in lopend for term in termen[rij.id])


def _list_van_procedure(sessie: Session, rij: ProcedureRow, op: date, tot: date, boek: Boek) -> Iterator[Contractterm]:
    definitie = procedures.decode_definitie(rij)
    lopend = boek.lopend.get(rij.id, ())
    if lopend:
        eerder = boek.verlengd.get(rij.id, {})
        te_verzenden = {
            nummer
            for nummer in eerder
            if any(f"verlenging:{een.contractnummer}:{nummer}" in boek.te_verzenden for een in lopend)
        }
        yield from list_procedureterms(definitie, eerder, op, te_verzenden)
    standen = implementatiepunten.read_te_starten(sessie, definitie, lopend, op)
    for een in lopend:
        yield from _list_van_contract(sessie, definitie, een, op, tot, boek.vulling, standen.get(een.id))
    bron = "B.6" if definitie.overgang is None else f"B.6; {definitie.overgang.bron}"
    for een in boek.beeindigd.get(rij.id, ()):
        gemeenten, tellingen = overgangen.list_gemeenten(definitie, een), boek.tellingen.get(een.contractnummer, ())
        zorg_tot = end_of_zorg(definitie.overgang, een.einddatum, tellingen, gemeenten)
        ontbreekt = missing_gemeenten(tellingen, gemeenten, een.einddatum)
        yield from guard_telling(een.contractnummer, een.einddatum, ontbreekt)
        yield from guard_zorg(een.contractnummer, een.einddatum, zorg_tot, bron)
    # What an ended agreement still asks for, and the files of a procedure whose term is over (B.6, B.7).
    yield from guard_archief(definitie.naam, boek.dossiers.get(rij.id, ()), tot)
    for ouder in boek.oudere.get(rij.id, ()):
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


def _list_van_contract(
    sessie: Session,
    definitie: Proceduredefinitie,
    rij: OvereenkomstRow,
    op: date,
    tot: date,
    vulling: Vulling,
    te_starten: Implementatiestand | None,
) -> Iterator[Contractterm]:
    (aanmelding, ronde), nummer = vulling.aanmeldingen[rij.aanmelding_id], rij.contractnummer
    editie, toets = vulling.edities[ronde], vulling.toetsen.get(rij.aanmelding_id)
    herstel, maatregel = definitie.termijnen.herstel_dagen, describe_maatregel(definitie)
    for stuk in _list_stukken(aanmelding, editie, toets, vulling.stukken.get(nummer, ())):
        if stuk.geldig_tot < rij.einddatum:
            yield guard_stuk(nummer, stuk, herstel_dagen=herstel, maatregel=maatregel)
    # Of a contract that was taken in, nothing is asked about the time before that.
    van = max(rij.ingang, op - TERUG, rij.ingang if rij.geactiveerd_op is None else local_date(rij.geactiveerd_op))
    yield from _list_kwartalen(definitie, rij, editie, van, min(tot, rij.einddatum), vulling.kwartalen)
    gemaakt = vulling.addenda.get(rij.id, ())
    if definitie.contract.plichten:
        percelen = set(houders.apply_addenda(rij, gemaakt, op))
        for plicht in definitie.contract.plichten:
            if not plicht.percelen or percelen & set(plicht.percelen):
                peildatums = list(list_peildatums(plicht, definitie.looptijd.ingang, van, min(tot, rij.einddatum)))
                metingen = [
                    Plichtmeting(plicht=een.plicht, peildatum=een.peildatum, waarde=een.getal)
                    for een in vulling.metingen.get(nummer, ())
                ]
                yield from guard_plicht(nummer, plicht, peildatums, metingen, maatregel=maatregel)
    yield from _list_addendum(Contractzaak(sessie, vulling.rondes[ronde], definitie), rij, op, vulling)
    yield from _list_maatregelen(vulling.maatregelen.get(nummer, ()))
    yield from stopsignalen.list_termen(vulling.signalen.get(nummer, ()))
    if rij.id in vulling.weigeringen:
        yield from weigeringen.list_termen(sessie, rij, op)
    yield from implementatiepunten.list_termen(rij, te_starten)


def _list_maatregelen(rijen: Sequence[MaatregelRow]) -> Iterator[Contractterm]:
    """An intention that waits for its view and decision, and the plan for a transfer of clients (B.8)."""
    for een in rijen:
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


class _Getoetst(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a finding that says until when its evidence holds."""

    criterium: str
    uitkomst: Uitkomst
    houdbaar_tot: date | None = None
    bron: str = ""


class _Toets(msgspec.Struct, frozen=True):
    """That part of a result."""

    bevindingen: tuple[_Getoetst, ...]


def _list_stukken(
    aanmelding: str, editie: Criteriaset, resultaat: str | None, gezien: Sequence[BewaaktstukRow]
) -> list[Bewaaktstuk]:
    """What must stay in force: what the last toets rests on, replaced by what was seen since; by name.

    A criterion that is only asked at admission or at a change is not guarded; of members the earliest day counts.

    Bron: ontwerp 4 (houdbaar_tot, momenten); E.5.
    """
    stukken: dict[str, Bewaaktstuk] = {}
    bevindingen = () if resultaat is None else msgspec.json.decode(resultaat, type=_Toets).bevindingen
    blijvend = {een.id: een for een in editie.criteria if {Moment.JAARLIJKS, Moment.DOORLOPEND} & set(een.momenten)}
    for bevinding in bevindingen:
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
            waarom = f"het bewijs bij de toets van {aanmelding} is geldig tot en met {format_dag(tot)}"
            stukken[naam] = Bewaaktstuk(naam=naam, geldig_tot=tot, waarom=waarom, bron=bevinding.bron)
    for een in gezien:
        naam = next((sleutel for sleutel in stukken if een.naam in (sleutel, sleutel.split(" ")[0])), een.naam)
        bron = stukken[naam].bron if naam in stukken else "vastgelegd bij het contract"
        waarom = f"gezien door {een.persoon}: {een.bewijs}; geldig tot en met {format_dag(een.geldig_tot)}"
        stukken[naam] = Bewaaktstuk(naam=naam, geldig_tot=een.geldig_tot, waarom=waarom, bron=bron)
    return sorted(stukken.values(), key=lambda een: een.naam)


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


def _list_addendum(zaak: Contractzaak, rij: OvereenkomstRow, op: date, vulling: Vulling) -> Iterator[Contractterm]:
    """The drafting of what changes next, and the signing of what was drafted (H19-55; E.5: -14, -7, -1)."""
    cyclus = zaak.definitie.contract.addendumcyclus
    if rij.status is not Overeenkomststatus.ACTIEF:
        return
    gemaakt = vulling.addenda.get(rij.id, ())
    bekend = addenda.Bekend(gemaakt, vulling.wijzigingen.get(zaak.ronderij.procedure_id, ()))
    wijziging = addenda.find_open_wijziging(zaak, rij, op, bekend)
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
