"""Procedures: making one from its definition, recording governance steps, moving on, publishing.

People record steps; a flow moves the procedure on once nothing stands in the way.

Bron: domein A.1.8, B.9, D, E; FE-4, FE-6; M20-43, M20-45.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fasen import (
    STAPUITKOMSTEN,
    OvergangRefusedError,
    Stapstand,
    check_overgang,
    check_stap,
    find_stap,
    list_open_stappen,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase, Proceduredefinitie, Stap, Stapsoort
from inkoop.domain.toegang import Handeling
from inkoop.domain.uitstel import count_uitstel, shift_jaar
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow, StapRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask

PROCEDUREFASEN = (Fase.VOORBEREIDEN, Fase.PUBLICEREN)
"""The fasen of a procedure; the others belong to a round (ontwerp 2.6)."""


def create_procedure(huis: Huis, door: Optreden, definitie: Proceduredefinitie) -> None:
    """Start a procedure on this definition, in its first fase."""
    with handel(huis, door, Handeling.PROCEDURE_AANMAKEN) as eenheid:
        bestaat = eenheid.sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == definitie.naam)).first()
        if bestaat is not None:
            raise BeletselenError(
                "De procedure kan niet worden aangemaakt.",
                [Beletsel("bestaat", f"Procedure '{definitie.naam}' bestaat al in deze winkel.")],
            )
        eenheid.sessie.add(
            ProcedureRow(
                id=huis.nieuw_id(),
                naam=definitie.naam,
                definitie=msgspec.json.encode(definitie).decode(),
                definitie_hash=definitie.hash,
                fase=Fase.VOORBEREIDEN,
                aangemaakt_op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.PROCEDURE_AANMAKEN, definitie.naam, naar=Fase.VOORBEREIDEN, gegevens={"definitie": definitie.hash}
        )


def record_stap(
    huis: Huis, door: Optreden, procedure: str, stap: str, *, orgaan: str, uitkomst: str, grond: str, ronde: str = ""
) -> None:
    """Record what one body decided on one step; the definition says which role may.

    `ronde` is filled for a step of one of the last four fasen. A GO or NO-GO is an act of its own.
    """
    with huis.winkel.lezen() as sessie:
        definitie = decode_definitie(find_procedure(sessie, procedure))
    handeling = Handeling.STAP_VASTLEGGEN
    if any(s.id == stap and s.soort is Stapsoort.GO_NO_GO for s in definitie.stappen):
        handeling = Handeling.GO_BESLUIT_VASTLEGGEN
    with handel(huis, door, handeling) as eenheid:
        rij = find_procedure(eenheid.sessie, procedure)
        op = local_date(door.nu)
        standen = list_standen(eenheid.sessie, rij.id, ronde)
        beletselen = check_stap(definitie, stap, orgaan, standen, op, uitkomst=uitkomst)
        beletselen += _check_rol(definitie, stap, door)
        beletselen += _check_plaats(definitie, stap, ronde)
        beletselen += _check_gereed(eenheid.sessie, rij, definitie, stap, uitkomst, ronde)
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem waar deze stap op rust (besluit, verslag, datum)."))
        if beletselen:
            raise BeletselenError(f"Stap '{stap}' kan niet worden vastgelegd.", beletselen)
        eenheid.sessie.add(
            StapRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                ronde=ronde,
                stap=stap,
                orgaan=orgaan,
                uitkomst=uitkomst,
                op=op,
                grond=grond,
                persoon=door.wie,
                rol=door.rol,
            )
        )
        eenheid.audit(
            handeling, ronde or procedure, naar=uitkomst, reden=grond, gegevens={"stap": stap, "orgaan": orgaan}
        )
        gevraagd = find_stap(definitie, stap)
        if gevraagd is not None and gevraagd.soort is Stapsoort.PUBLICATIE:
            from inkoop.services import consultatieverslagen  # it reads steps of this module

            consultatieverslagen.publish_verslagen(huis, eenheid, rij, gevraagd)
        if gevraagd is not None and gevraagd.soort is Stapsoort.GO_NO_GO and uitkomst == "no_go":
            _postpone(huis, eenheid, rij, definitie, standen, stap, orgaan)


def _postpone(
    huis: Huis,
    eenheid: Eenheid,
    rij: ProcedureRow,
    definitie: Proceduredefinitie,
    standen: Sequence[Stapstand],
    stap: str,
    orgaan: str,
) -> None:
    """Move the whole planning a year after a NO-GO; a second body's NO-GO to the same plan moves nothing.

    Bron: M20-43.
    """
    nieuw = Stapstand(stap=stap, orgaan=orgaan, uitkomst="no_go", op=local_date(eenheid.op))
    if count_uitstel(definitie, [*standen, nieuw]) == count_uitstel(definitie, standen):
        return
    verschoven = shift_jaar(definitie, huis.feestdagen)
    rij.definitie = msgspec.json.encode(verschoven).decode()
    eenheid.sessie.add(rij)
    eenheid.audit(
        Handeling.GO_BESLUIT_VASTLEGGEN,
        rij.naam,
        van=definitie.hash,
        naar=verschoven.hash,
        reden="NO-GO: de hele planning schuift een jaar op",
    )


def _check_rol(definitie: Proceduredefinitie, stap: str, door: Optreden) -> list[Beletsel]:
    return [
        Beletsel("rol", f"Stap '{s.naam}' wordt vastgelegd door de rol {s.rol}, niet door {door.rol}.")
        for s in definitie.stappen
        if s.id == stap and s.rol != door.rol
    ]


def _check_gereed(
    sessie: Session, rij: ProcedureRow, definitie: Proceduredefinitie, stap: str, uitkomst: str, ronde: str
) -> list[Beletsel]:
    """What the step's checklist and the contributions before it still ask for."""
    from inkoop.services import poort  # it reads steps of this module

    gevonden = find_stap(definitie, stap)
    return [] if gevonden is None else poort.check_gereed(sessie, rij, gevonden, uitkomst, ronde)


def _check_plaats(definitie: Proceduredefinitie, stap: str, ronde: str) -> list[Beletsel]:
    """A step of a round needs the round; a step of the procedure has none."""
    beletselen = []
    for s in definitie.stappen:
        if s.id == stap and (s.fase in PROCEDUREFASEN) == bool(ronde):
            tekst = (
                "hoort bij de procedure; noem geen ronde"
                if s.fase in PROCEDUREFASEN
                else "hoort bij een ronde; noem die"
            )
            beletselen.append(Beletsel("ronde", f"Stap '{s.naam}' {tekst}."))
    if ronde and ronde not in {r.kenmerk for r in definitie.instroom.rondes}:
        beletselen.append(Beletsel("ronde", f"Ronde '{ronde}' bestaat niet in deze procedure."))
    return beletselen


def list_standen(sessie: Session, procedure_id: UUID, ronde: str = "") -> list[Stapstand]:
    """The outcomes recorded so far: those of the procedure, with those of a round when it is named."""
    return [to_stand(rij) for rij in ask(sessie, _vraag_standen(), procedure=procedure_id, ronde=ronde)]


@cache
def _vraag_standen() -> Any:
    eigen = (StapRow.ronde == sa.bindparam("ronde")) | (StapRow.ronde == "")
    velden: Any = select(StapRow.stap, StapRow.orgaan, StapRow.uitkomst).add_columns(col(StapRow.op))
    vraag = velden.where(StapRow.procedure_id == sa.bindparam("procedure"), eigen)
    return vraag.order_by(StapRow.op, StapRow.stap, StapRow.orgaan)


def to_stand(rij: Any) -> Stapstand:
    """An outcome as the rules read it, of a StapRow or of its columns."""
    return Stapstand(stap=rij.stap, orgaan=rij.orgaan, uitkomst=rij.uitkomst, op=rij.op)


class Openstap(msgspec.Struct, frozen=True, kw_only=True):
    """A step that still waits for one or more bodies."""

    stap: Stap
    organen: tuple[str, ...]


def list_openstaand(sessie: Session, procedure: str, fase: Fase, ronde: str = "") -> tuple[Openstap, ...]:
    """The steps of a fase that are not done, each with the bodies that have not said yes (a NO-GO is no yes)."""
    rij = find_procedure(sessie, procedure)
    return describe_openstaand(decode_definitie(rij), fase, list_standen(sessie, rij.id, ronde))


def describe_openstaand(
    definitie: Proceduredefinitie, fase: Fase, standen: Sequence[Stapstand]
) -> tuple[Openstap, ...]:
    """The steps of a fase that are not done after these outcomes."""
    gedaan = {(stand.stap, stand.orgaan, stand.uitkomst) for stand in standen}
    return tuple(
        Openstap(
            stap=stap,
            organen=tuple(o for o in stap.organen if (stap.id, o, STAPUITKOMSTEN[stap.soort].door) not in gedaan),
        )
        for stap in list_open_stappen(definitie, fase, standen)
    )


def advance_procedure(huis: Huis, door: Optreden, procedure: str, naar: Fase) -> bool:
    """Move a procedure to its next fase; False when it is there already.

    Raises OvergangRefusedError with every beletsel.
    """
    with huis.winkel.lezen() as sessie:
        if _is_voorbij(find_procedure(sessie, procedure), naar):
            return False
    with handel(huis, door, Handeling.FASE_OVERGAAN) as eenheid:
        rij = find_procedure(eenheid.sessie, procedure)
        if _is_voorbij(rij, naar):
            return False
        if beletselen := _check_naar(eenheid.sessie, rij, naar, local_date(door.nu)):
            raise OvergangRefusedError(rij.fase, naar, beletselen)
        eenheid.audit(Handeling.FASE_OVERGAAN, procedure, van=rij.fase, naar=naar)
        rij.fase = naar
        eenheid.sessie.add(rij)
    return True


def _check_naar(sessie: Session, rij: ProcedureRow, naar: Fase, op: date) -> list[Beletsel]:
    """Every reason why the procedure cannot go there: the gate, or an order that does not exist."""
    from inkoop.services import poort  # it reads steps of this module

    if (rij.fase, naar) == (Fase.VOORBEREIDEN, Fase.PUBLICEREN):
        return poort.check_poort(sessie, rij, op)
    return check_overgang(decode_definitie(rij), rij.fase, naar, list_standen(sessie, rij.id), op=op)


def _is_voorbij(rij: ProcedureRow, naar: Fase) -> bool:
    fasen = list(Fase)
    return fasen.index(rij.fase) >= fasen.index(naar)


def freeze_editie(
    huis: Huis, sessie: Session, rij: ProcedureRow, editie: Criteriaset, door: Optreden
) -> CriteriaeditieRow:
    """Keep the edition as it is at publication; every toets of the procedure reads this copy (FE-6)."""
    bewaard = CriteriaeditieRow(
        id=huis.nieuw_id(),
        procedure_id=rij.id,
        criteriaset=editie.set,
        editie=editie.editie,
        hash=editie.hash,
        inhoud=msgspec.json.encode(editie).decode(),
        vastgelegd_op=door.nu,
    )
    sessie.add(bewaard)
    sessie.flush()
    return bewaard


def find_procedure(sessie: Session, naam: str) -> ProcedureRow:
    """The procedure with this name."""
    rij: ProcedureRow | None = sessie.exec(_vraag_procedure(), params={"naam": naam}).one_or_none()
    if rij is None:
        raise NietGevondenError("Procedure", naam, sessie.exec(select(ProcedureRow.naam)))
    return rij


@cache
def _vraag_procedure() -> Any:
    return select(ProcedureRow).where(ProcedureRow.naam == sa.bindparam("naam"))


def list_procedures(sessie: Session) -> list[ProcedureRow]:
    """Every procedure by name."""
    return list(sessie.exec(select(ProcedureRow).order_by(ProcedureRow.naam)))


def list_namen(sessie: Session) -> list[str]:
    """The name of every procedure in the store."""
    return list(sessie.exec(select(ProcedureRow.naam).order_by(ProcedureRow.naam)))


def decode_definitie(rij: ProcedureRow) -> Proceduredefinitie:
    """The definition on which a procedure runs."""
    return decode_tekst(rij.definitie)


@lru_cache(maxsize=256)  # a list of procedures reads each of them
def decode_tekst(inhoud: str) -> Proceduredefinitie:
    """The definition that a record holds as text."""
    return msgspec.json.decode(inhoud, type=Proceduredefinitie)


def read_definitie(sessie: Session, procedure_id: UUID) -> Proceduredefinitie:
    """The definition of a procedure by its id."""
    return decode_definitie(sessie.get_one(ProcedureRow, procedure_id))


def read_definitie_ronde(sessie: Session, ronde_id: UUID) -> Proceduredefinitie:
    """The definition of the procedure that a round belongs to."""
    return read_definitie(sessie, sessie.get_one(RondeRow, ronde_id).procedure_id)


def read_editie(sessie: Session, ronde: RondeRow) -> Criteriaset:
    """The frozen criteria edition against which a round is tested."""
    return decode_editie(sessie.get_one(CriteriaeditieRow, ronde.criteriaeditie_id))


def decode_editie(rij: CriteriaeditieRow) -> Criteriaset:
    """The criteria of a frozen edition."""
    return _decode_editie(rij.inhoud)


@lru_cache(maxsize=32)
def _decode_editie(inhoud: str) -> Criteriaset:
    return msgspec.json.decode(inhoud, type=Criteriaset)
