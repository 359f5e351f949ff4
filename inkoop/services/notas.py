"""Notas van inlichtingen: drafted, approved by a jurist, published; what they change changes with them.

Publishing is one transaction: the answers go out, a new criteria edition is frozen and bound to the round,
closing and the days behind it move, and the document is asked for.

Bron: B.2.11, C.11; FE-2, FE-3, FE-6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session, select

from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inlichtingen import (
    Documentwijziging,
    Notastatus,
    Notavoorstel,
    Vraagstatus,
    check_editie,
    check_nota,
    extend_sluiting,
)
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.toegang import Handeling
from inkoop.services import documenten, procedures, rondes, vragen
from inkoop.services.brieven.nota import compose_nota
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.inlichtingen import NotaRow, VraagRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tellers import next_nummer

SOORT = "nota-van-inlichtingen"


def draft_nota(
    huis: Huis,
    door: Optreden,
    ronde: str,
    *,
    editie: str | None = None,
    sluiting: datetime | None = None,
    wijzigingen: Sequence[Documentwijziging] = (),
) -> str:
    """Draft a nota with every answered question that is in none yet; returns its kenmerk.

    What would keep it from being published today is said now already.
    """
    with handel(huis, door, Handeling.NOTA_OPSTELLEN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        definitie = procedures.read_definitie(eenheid.sessie, rij.procedure_id)
        mee = [een for een in vragen.list_vragen(eenheid.sessie, rij.id) if _kan_mee(een)]
        nota = NotaRow(
            id=huis.nieuw_id(),
            ronde_id=rij.id,
            kenmerk="",
            nummer=0,
            status=Notastatus.CONCEPT,
            editie=editie,
            sluiting=sluiting,
            wijzigingen=msgspec.json.encode(list(wijzigingen)).decode(),
            opgesteld_door=door.wie,
        )
        beletselen = check_nota(
            definitie.find_ronde(ronde),
            _to_voorstel(eenheid.sessie, rij, door.nu, len(mee), nota),
            definitie.termijnen,
            huis.feestdagen,
        )
        if any(een.status in (Notastatus.CONCEPT, Notastatus.AKKOORD) for een in list_notas(eenheid.sessie, rij.id)):
            beletselen.append(Beletsel("nota-open", "Er is al een nota in voorbereiding voor deze ronde."))
        if wijzigingen and any(not (een.document and een.nieuw and een.wat) for een in wijzigingen):
            beletselen.append(
                Beletsel("nota-wijziging", "Noem bij een wijziging het document, de versies en wat er wijzigt.")
            )
        if beletselen:
            raise BeletselenError(f"Voor ronde {ronde} kan nu geen nota worden opgesteld.", beletselen)
        nota.nummer = next_nummer(eenheid.sessie, f"nota:{ronde}")
        nota.kenmerk = f"{ronde}-N{nota.nummer:02d}"
        eenheid.sessie.add(nota)
        eenheid.sessie.flush()
        for vraag in mee:
            vraag.nota_id = nota.id
            eenheid.sessie.add(vraag)
        eenheid.audit(
            Handeling.NOTA_OPSTELLEN,
            nota.kenmerk,
            naar=nota.status,
            gegevens={"vragen": [een.kenmerk for een in mee], "editie": editie, "sluiting": sluiting},
        )
    return nota.kenmerk


def _kan_mee(vraag: VraagRow) -> bool:
    return vraag.status is Vraagstatus.BEANTWOORD and vraag.nota_id is None


def _to_voorstel(sessie: Session, rij: RondeRow, nu: datetime, antwoorden: int, nota: NotaRow) -> Notavoorstel:
    open_ = [
        een.kenmerk
        for een in vragen.list_vragen(sessie, rij.id)
        if een.binnen_termijn and een.status is Vraagstatus.ONTVANGEN
    ]
    return Notavoorstel(
        nu=nu,
        aantal_antwoorden=antwoorden,
        editie=nota.editie,
        sluiting=nota.sluiting,
        zonder_antwoord=tuple(open_),
        aantal_wijzigingen=len(read_wijzigingen(nota)),
    )


def read_wijzigingen(nota: NotaRow) -> list[Documentwijziging]:
    """The documents that a nota changes."""
    return msgspec.json.decode(nota.wijzigingen, type=list[Documentwijziging])


def approve_nota(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Approve a nota as jurist, somebody else than who drafted it (FE-2, FE-3)."""
    with handel(huis, door, Handeling.NOTA_GOEDKEUREN, kenmerk) as eenheid:
        rij = find_nota(eenheid.sessie, kenmerk)
        _require_status(rij, Notastatus.CONCEPT)
        rij.goedgekeurd_door, rij.goedgekeurd_op = door.wie, door.nu
        _change(eenheid, rij, Notastatus.AKKOORD, Handeling.NOTA_GOEDKEUREN)


def drop_nota(huis: Huis, door: Optreden, kenmerk: str, *, reden: str) -> None:
    """Drop a nota that was not published; its questions can be answered again."""
    with handel(huis, door, Handeling.NOTA_OPSTELLEN) as eenheid:
        rij = find_nota(eenheid.sessie, kenmerk)
        if rij.status is Notastatus.GEPUBLICEERD:
            tekst = "Een gepubliceerde nota blijft staan; herstel een fout met een volgende nota."
            raise BeletselenError(f"Nota {kenmerk} kan niet vervallen.", [Beletsel("nota-gepubliceerd", tekst)])
        for vraag in _list_van(eenheid.sessie, rij):
            vraag.nota_id = None
            eenheid.sessie.add(vraag)
        _change(eenheid, rij, Notastatus.VERVALLEN, Handeling.NOTA_OPSTELLEN, reden=reden)


def publish_nota(huis: Huis, door: Optreden, kenmerk: str, editie: Criteriaset | None = None) -> None:
    """Publish an approved nota; `editie` is the criteria edition that it names, when it names one."""
    with handel(huis, door, Handeling.NOTA_PUBLICEREN, kenmerk) as eenheid:
        rij = find_nota(eenheid.sessie, kenmerk)
        ronde = eenheid.sessie.get_one(RondeRow, rij.ronde_id)
        procedure = eenheid.sessie.get_one(ProcedureRow, ronde.procedure_id)
        definitie = procedures.decode_definitie(procedure)
        datums = definitie.find_ronde(ronde.kenmerk)
        mee = _list_van(eenheid.sessie, rij)
        _require_status(rij, Notastatus.AKKOORD)
        beletselen = check_nota(
            datums,
            _to_voorstel(eenheid.sessie, ronde, door.nu, len(mee), rij),
            definitie.termijnen,
            huis.feestdagen,
        )
        beletselen += _check_editie(eenheid.sessie, procedure, definitie, rij, editie)
        if beletselen:
            raise BeletselenError(f"Nota {kenmerk} kan niet worden gepubliceerd.", beletselen)
        nieuw = datums
        if rij.sluiting is not None:
            nieuw = extend_sluiting(datums, rij.sluiting, definitie.termijnen, huis.feestdagen)
        if editie is not None:
            nieuw = msgspec.structs.replace(nieuw, criteria_editie=editie.editie)
            ronde.criteriaeditie_id = _freeze(huis, eenheid, procedure, editie, door)
        ronde.sluiting = nieuw.sluiting
        eenheid.sessie.add(ronde)
        if nieuw != datums:
            _rebind(eenheid, procedure, definitie, nieuw)
        for vraag in mee:
            vraag.status = Vraagstatus.GEPUBLICEERD
            eenheid.sessie.add(vraag)
        rij.gepubliceerd_op = door.nu
        _change(
            eenheid,
            rij,
            Notastatus.GEPUBLICEERD,
            Handeling.NOTA_PUBLICEREN,
            gegevens={"sluiting": nieuw.sluiting, "editie": nieuw.criteria_editie},
        )
        documenten.request_document(
            huis,
            eenheid,
            f"nota:{kenmerk}",
            SOORT,
            ronde.kenmerk,
            ronde.kenmerk,
            lambda documentkenmerk: compose_nota(
                eenheid.sessie,
                procedures.decode_definitie(procedure),
                datums,
                nieuw,
                rij,
                mee,
                documentkenmerk,
                door.nu,
            ),
            kenmerk=kenmerk,
        )


def _check_editie(
    sessie: Session, procedure: ProcedureRow, definitie: Proceduredefinitie, rij: NotaRow, editie: Criteriaset | None
) -> list[Beletsel]:
    """The edition that the nota names is there, is of this procedure's set, and was not frozen otherwise."""
    if rij.editie is None:
        return []
    if editie is None or editie.editie != rij.editie:
        return [Beletsel("editie-ontbreekt", f"Criteria-editie '{rij.editie}' ontbreekt; zet het bestand klaar.")]
    beletselen = []
    if editie.set != definitie.criteriaset:
        tekst = f"De editie hoort bij criteriaset {editie.set}, de procedure bij {definitie.criteriaset}."
        beletselen.append(Beletsel("editie-set", tekst))
    vraag = select(CriteriaeditieRow).where(CriteriaeditieRow.procedure_id == procedure.id)
    bevroren = [(een.editie, een.hash) for een in sessie.exec(vraag)]
    return [*beletselen, *check_editie(bevroren, editie.editie, editie.hash)]


def _freeze(huis: Huis, eenheid: Eenheid, procedure: ProcedureRow, editie: Criteriaset, door: Optreden) -> UUID:
    """The id of the frozen edition; one that was frozen before is bound again."""
    vraag = select(CriteriaeditieRow).where(
        CriteriaeditieRow.procedure_id == procedure.id, CriteriaeditieRow.editie == editie.editie
    )
    bestaand = eenheid.sessie.exec(vraag).one_or_none()
    return (bestaand or procedures.freeze_editie(huis, eenheid.sessie, procedure, editie, door)).id


def _rebind(eenheid: Eenheid, procedure: ProcedureRow, definitie: Proceduredefinitie, nieuw: Rondedefinitie) -> None:
    """Put the changed round into the definition; the other rounds stay as they were published."""
    alle = tuple(nieuw if een.kenmerk == nieuw.kenmerk else een for een in definitie.instroom.rondes)
    instroom = msgspec.structs.replace(definitie.instroom, rondes=alle)
    procedure.definitie = msgspec.json.encode(msgspec.structs.replace(definitie, instroom=instroom)).decode()
    eenheid.sessie.add(procedure)


def _require_status(rij: NotaRow, nodig: Notastatus) -> None:
    if rij.status is not nodig:
        tekst = f"De nota heeft de status {rij.status}; hiervoor is {nodig} nodig."
        if nodig is Notastatus.AKKOORD:
            tekst += " Een jurist keurt haar eerst goed: inkoop nota goedkeuren."
        raise BeletselenError(f"Dit kan nu niet met nota {rij.kenmerk}.", [Beletsel("nota-status", tekst)])


def _change(
    eenheid: Eenheid,
    rij: NotaRow,
    naar: Notastatus,
    handeling: Handeling,
    *,
    reden: str = "",
    gegevens: dict[str, object] | None = None,
) -> None:
    eenheid.audit(handeling, rij.kenmerk, van=rij.status, naar=naar, reden=reden, gegevens=gegevens or {})
    rij.status = naar
    eenheid.sessie.add(rij)


def find_nota(sessie: Session, kenmerk: str) -> NotaRow:
    """The nota with this kenmerk."""
    rij = sessie.exec(select(NotaRow).where(NotaRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise not_found(sessie, "Nota", kenmerk, sessie.exec(select(NotaRow.kenmerk)))
    return rij


def list_notas(sessie: Session, ronde_id: UUID) -> list[NotaRow]:
    """The notas of a round, the newest first: it goes before the earlier ones."""
    rijen = sessie.exec(select(NotaRow).where(NotaRow.ronde_id == ronde_id))
    return sorted(rijen, key=lambda rij: -rij.nummer)


def list_antwoorden(sessie: Session, rij: NotaRow) -> list[VraagRow]:
    """The questions that a nota answers, in order."""
    return _list_van(sessie, rij)


def _list_van(sessie: Session, rij: NotaRow) -> list[VraagRow]:
    return list(sessie.exec(select(VraagRow).where(VraagRow.nota_id == rij.id).order_by(VraagRow.kenmerk)))
