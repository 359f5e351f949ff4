"""The preparation as records: checklists, contributions with their answers, substantiation of tariffs.

Everything here is added; nothing is changed after it was answered.

Bron: PROC-05, M20-24, M20-25, M20-42, M20-43; C.3, C.5, C.6, C.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlmodel import Session, select

from inkoop.domain.checklist import Puntuitkomst, check_punt
from inkoop.domain.fasen import find_stap
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inbreng import (
    Consultatieverslag,
    Gevolg,
    Inbreng,
    Inbrengsoort,
    Sessie,
    check_antwoord,
    check_inbreng,
)
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.onderbouwing import Tariefonderbouwing, check_onderbouwing
from inkoop.domain.procedure import Proceduredefinitie, Stap
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.procedure import StapRow
from inkoop.storage.tabellen.voorbereiding import ChecklistpuntRow, InbrengRow, TariefonderbouwingRow
from inkoop.storage.tellers import next_nummer


def record_punten(
    huis: Huis,
    door: Optreden,
    procedure: str,
    stap: str,
    punten: Sequence[tuple[int, Puntuitkomst]],
    *,
    grond: str,
    ronde: str = "",
) -> None:
    """Answer points of a checklist by their number (from 1); all or none are recorded.

    The answer that somebody gave last is not recorded twice, as when a button is pushed twice.
    """
    with handel(huis, door, Handeling.CHECKLIST_VASTLEGGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        gevonden = _require_stap(procedures.decode_definitie(rij), stap)
        beletselen = [beletsel for nummer, _ in punten for beletsel in check_punt(gevonden, nummer, grond)]
        if not punten:
            beletselen.append(Beletsel("checklist-geen", "Noem ten minste één punt, bijvoorbeeld 1=ja."))
        if beletselen:
            raise BeletselenError(f"De checklist van stap '{stap}' kan niet worden vastgelegd.", _once(beletselen))
        laatste = _find_laatste_punten(eenheid.sessie, rij.id, stap, ronde)
        punten = [
            (nummer, uitkomst)
            for nummer, uitkomst in punten
            if laatste.get(gevonden.checklist[nummer - 1]) != (uitkomst, grond, door.wie)
        ]
        if not punten:
            return
        for nummer, uitkomst in punten:
            eenheid.sessie.add(
                ChecklistpuntRow(
                    id=huis.nieuw_id(),
                    procedure_id=rij.id,
                    ronde=ronde,
                    stap=stap,
                    punt=gevonden.checklist[nummer - 1],
                    uitkomst=uitkomst,
                    grond=grond,
                    persoon=door.wie,
                    rol=door.rol,
                    op=door.nu,
                )
            )
        eenheid.audit(
            Handeling.CHECKLIST_VASTLEGGEN,
            ronde or procedure,
            reden=grond,
            gegevens={"stap": stap, "punten": [f"{nummer}={uitkomst}" for nummer, uitkomst in punten]},
        )


def _find_laatste_punten(
    sessie: Session, procedure_id: UUID, stap: str, ronde: str
) -> dict[str, tuple[Puntuitkomst, str, str]]:
    """For each point that was answered its last answer, on what it rests, and who gave it."""
    vraag = select(ChecklistpuntRow).where(
        ChecklistpuntRow.procedure_id == procedure_id, ChecklistpuntRow.stap == stap, ChecklistpuntRow.ronde == ronde
    )
    rijen = sorted(sessie.exec(vraag), key=lambda rij: rij.op)
    return {rij.punt: (rij.uitkomst, rij.grond, rij.persoon) for rij in rijen}


def _once(beletselen: Sequence[Beletsel]) -> list[Beletsel]:
    return list(dict.fromkeys(beletselen))


def add_inbreng(
    huis: Huis,
    door: Optreden,
    procedure: str,
    stap: str,
    *,
    orgaan: str,
    soort: Inbrengsoort,
    thema: str,
    tekst: str,
    ontvangen_op: date | None = None,
) -> str:
    """Record what a body brought in on a consultation; returns its kenmerk.

    Recorded on the day itself or later, never in advance. `tekst` is what may be published: no names.
    """
    with handel(huis, door, Handeling.INBRENG_VASTLEGGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        gevonden = _require_stap(procedures.decode_definitie(rij), stap)
        vandaag = local_date(door.nu)
        ontvangen = ontvangen_op or vandaag
        beletselen = check_inbreng(gevonden, orgaan, soort, thema, tekst)
        if ontvangen > vandaag:
            tekst_dag = f"De inbreng kan niet op {format_dag(ontvangen)} zijn ontvangen: dat is na vandaag."
            beletselen.append(Beletsel("inbreng-datum", tekst_dag))
        if beletselen:
            raise BeletselenError(f"De inbreng bij stap '{stap}' kan niet worden vastgelegd.", beletselen)
        kenmerk = f"{procedure}-I{next_nummer(eenheid.sessie, f'inbreng:{procedure}'):03d}"
        eenheid.sessie.add(
            InbrengRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                kenmerk=kenmerk,
                stap=stap,
                orgaan=orgaan,
                soort=soort,
                thema=thema,
                tekst=tekst,
                ontvangen_op=ontvangen,
                vastgelegd_door=door.wie,
            )
        )
        eenheid.audit(Handeling.INBRENG_VASTLEGGEN, kenmerk, naar=soort, gegevens={"stap": stap, "orgaan": orgaan})
    return kenmerk


def answer_inbreng(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    *,
    antwoord: str,
    gevolg: Gevolg,
    document: str | None = None,
    artikel: str | None = None,
) -> None:
    """Answer a contribution: what is done with it, and which document changes where (C.6)."""
    with handel(huis, door, Handeling.INBRENG_BEANTWOORDEN) as eenheid:
        rij = eenheid.sessie.exec(select(InbrengRow).where(InbrengRow.kenmerk == kenmerk)).one_or_none()
        if rij is None:
            raise NietGevondenError("Inbreng", kenmerk, eenheid.sessie.exec(select(InbrengRow.kenmerk)))
        if beletselen := check_antwoord(_to_inbreng(rij), antwoord, gevolg, document, artikel):
            raise BeletselenError(f"Inbreng {kenmerk} kan niet worden beantwoord.", beletselen)
        rij.antwoord, rij.gevolg, rij.document, rij.artikel = antwoord, gevolg, document, artikel
        rij.beantwoord_door, rij.beantwoord_op = door.wie, door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.INBRENG_BEANTWOORDEN, kenmerk, van="open", naar=gevolg, reden=antwoord)


def list_inbreng(sessie: Session, procedure_id: UUID, stap: str | None = None) -> list[Inbreng]:
    """What was brought in, in order of kenmerk."""
    vraag = select(InbrengRow).where(InbrengRow.procedure_id == procedure_id)
    if stap is not None:
        vraag = vraag.where(InbrengRow.stap == stap)
    return [_to_inbreng(rij) for rij in sessie.exec(vraag.order_by(InbrengRow.kenmerk))]


def _to_inbreng(rij: InbrengRow) -> Inbreng:
    return Inbreng(**{veld: getattr(rij, veld) for veld in Inbreng.__struct_fields__})


def read_punten(sessie: Session, procedure_id: UUID, stap: str, ronde: str = "") -> dict[str, Puntuitkomst]:
    """The last answer to each point of a step's checklist."""
    vraag = select(ChecklistpuntRow).where(
        ChecklistpuntRow.procedure_id == procedure_id, ChecklistpuntRow.stap == stap, ChecklistpuntRow.ronde == ronde
    )
    return {rij.punt: rij.uitkomst for rij in sorted(sessie.exec(vraag), key=lambda rij: rij.op)}


def compose_verslag(sessie: Session, procedure: str, stap: str) -> Consultatieverslag:
    """The public report of a consultation, made from its records (M20-42, C.6)."""
    rij = procedures.find_procedure(sessie, procedure)
    gevonden = _require_stap(procedures.decode_definitie(rij), stap)
    gehouden = sessie.exec(
        select(StapRow).where(StapRow.procedure_id == rij.id, StapRow.stap == stap).order_by(StapRow.op, StapRow.orgaan)  # type: ignore[arg-type]
    )
    return Consultatieverslag(
        procedure=procedure,
        stap=stap,
        naam=gevonden.naam,
        sessies=tuple(Sessie(doelgroep=een.orgaan, op=een.op, grond=een.grond) for een in gehouden),
        inbreng=tuple(list_inbreng(sessie, rij.id, stap)),
    )


def record_onderbouwing(huis: Huis, door: Optreden, procedure: str, *onderbouwingen: Tariefonderbouwing) -> None:
    """Record the substantiation of one or more percelen, all or none; a later one for the same tariffs counts.

    One that says what the last one said is not recorded again: two people who send the same leave one.
    """
    with handel(huis, door, Handeling.ONDERBOUWING_VASTLEGGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        beletselen = _once([een for deel in onderbouwingen for een in check_onderbouwing(definitie, deel)])
        if rij.gepubliceerd_op is not None:
            tekst = "De procedure is gepubliceerd; de onderbouwing ligt vast. Nieuwe tarieven zijn een nieuwe versie."
            beletselen.append(Beletsel("onderbouwing-bevroren", tekst))
        if beletselen:
            raise BeletselenError("De onderbouwing kan niet worden vastgelegd.", beletselen)
        bekend = {(een.tariefversie, een.perceel): een for een in list_onderbouwingen(eenheid.sessie, rij.id)}
        nieuw = [deel for deel in onderbouwingen if bekend.get((deel.tariefversie, deel.perceel)) != deel]
        if not nieuw:
            return
        for deel in nieuw:
            sleutel = f"onderbouwing:{procedure}:{deel.tariefversie}:{deel.perceel}"
            eenheid.sessie.add(
                TariefonderbouwingRow(
                    id=huis.nieuw_id(),
                    procedure_id=rij.id,
                    tariefversie=deel.tariefversie,
                    perceel=deel.perceel,
                    nummer=next_nummer(eenheid.sessie, sleutel),
                    inhoud=msgspec.json.encode(deel).decode(),
                    persoon=door.wie,
                    op=door.nu,
                )
            )
        eenheid.audit(
            Handeling.ONDERBOUWING_VASTLEGGEN,
            procedure,
            gegevens={"onderbouwd": [f"{deel.tariefversie}/{deel.perceel}" for deel in nieuw]},
        )


def list_onderbouwingen(sessie: Session, procedure_id: UUID) -> list[Tariefonderbouwing]:
    """The substantiations that count, by tariff version and perceel."""
    vraag = select(TariefonderbouwingRow).where(TariefonderbouwingRow.procedure_id == procedure_id)
    laatste = {(rij.tariefversie, rij.perceel): rij for rij in sorted(sessie.exec(vraag), key=lambda rij: rij.nummer)}
    return [
        msgspec.json.decode(rij.inhoud, type=Tariefonderbouwing)
        for _, rij in sorted(laatste.items(), key=lambda x: x[0])
    ]


def _require_stap(definitie: Proceduredefinitie, stap: str) -> Stap:
    gevonden = find_stap(definitie, stap)
    if gevonden is None:
        raise NietGevondenError("Stap", stap, [een.id for een in definitie.stappen])
    return gevonden
