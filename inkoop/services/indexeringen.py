"""Indexation: the figures and the outcome are recorded, a college adopts, and the addenda of that cycle say so.

Bron: B.5; M20-21, H19-55; D (tarieven vaststellen); FE-4.
"""

from __future__ import annotations

import hashlib

import msgspec
from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.indexering import Indexberekening, Indexcijfers, check_indexering, propose_tarieven
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Tarieftabel
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.contractjaren import IndexeringRow
from inkoop.storage.tabellen.procedure import ProcedureRow


def record_index(huis: Huis, door: Optreden, procedure: str, cijfers: Indexcijfers) -> Indexberekening:
    """Calculate the index of a year and record it with the table that it proposes.

    Until it is adopted it can be calculated again from better figures; the audit log keeps each one.
    """
    with handel(huis, door, Handeling.INDEX_BEREKENEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        op = local_date(door.nu)
        beletselen = check_indexering(definitie, cijfers.jaar, op)
        eerder = _find(eenheid.sessie, rij, cijfers.jaar)
        if eerder is not None and eerder.vastgesteld_op is not None:
            beletselen.append(Beletsel("index-vastgesteld", f"De index voor {cijfers.jaar} is al vastgesteld."))
        if beletselen:
            raise BeletselenError(f"De tarieven van {cijfers.jaar} kunnen niet worden geïndexeerd.", beletselen)
        berekening = propose_tarieven(definitie, cijfers, op)
        indexering = eerder or IndexeringRow(
            id=huis.nieuw_id(),
            procedure_id=rij.id,
            jaar=cijfers.jaar,
            inhoud="",
            berekend_door=door.wie,
            berekend_op=door.nu,
        )
        van = "" if eerder is None else str(_decode(eerder).uitkomst.percentage)
        indexering.inhoud = msgspec.json.encode(berekening).decode()
        indexering.berekend_door, indexering.berekend_op = door.wie, door.nu
        eenheid.sessie.add(indexering)
        eenheid.audit(
            Handeling.INDEX_BEREKENEN,
            _name(procedure, cijfers.jaar),
            van=van,
            naar=str(berekening.uitkomst.percentage),
            reden=cijfers.bron,
            gegevens={"wijze": berekening.methode.wijze, "exact": str(berekening.uitkomst.exact)},
        )
    return berekening


def adopt_tarieven(huis: Huis, door: Optreden, procedure: str, jaar: int, *, grond: str) -> Tarieftabel:
    """Record that the colleges adopted the proposed tariffs of a year, by somebody who did not calculate them.

    From then on the table belongs to the procedure: addenda, prices and agreements use it from its first day.
    """
    with handel(huis, door, Handeling.TARIEF_VASTSTELLEN, _name(procedure, jaar)) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        indexering = _find(eenheid.sessie, rij, jaar)
        if indexering is None:
            raise NietGevondenError("Index voor", str(jaar), [str(een.jaar) for een in _list(eenheid.sessie, rij)])
        op = local_date(door.nu)
        berekening = _decode(indexering)
        if indexering.vastgesteld_op is not None:
            beletselen = [Beletsel("index-vastgesteld", f"De tarieven van {jaar} zijn al vastgesteld.")]
        else:
            beletselen = check_indexering(definitie, jaar, op)
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem de besluiten van de colleges waar dit op rust."))
        if berekening.was not in {t.versie for t in definitie.tarieftabellen}:
            beletselen.append(Beletsel("index-verouderd", f"Tarieftabel {berekening.was} is er niet meer."))
        if beletselen:
            raise BeletselenError(f"De tarieven van {jaar} kunnen niet worden vastgesteld.", beletselen)
        tabel = msgspec.structs.replace(
            berekening.voorstel,
            vastgesteld_op=op,
            grondslag=f"{berekening.voorstel.grondslag} Vastgesteld: {grond}",
        )
        nieuw = msgspec.structs.replace(
            definitie,
            tarieftabellen=(*definitie.tarieftabellen, tabel),
            hash=hashlib.sha256(f"{definitie.hash} tarieven {tabel.versie} {indexering.inhoud}".encode()).hexdigest(),
        )
        rij.definitie = msgspec.json.encode(nieuw).decode()
        indexering.grond, indexering.vastgesteld_door, indexering.vastgesteld_op = grond, door.wie, door.nu
        eenheid.sessie.add(rij)
        eenheid.sessie.add(indexering)
        eenheid.audit(
            Handeling.TARIEF_VASTSTELLEN,
            _name(procedure, jaar),
            van=definitie.hash,
            naar=nieuw.hash,
            reden=grond,
            gegevens={"versie": tabel.versie, "ingang": tabel.ingang},
        )
    return tabel


class Indexstand(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded index: what was calculated, and whether it was adopted."""

    jaar: int
    berekening: Indexberekening
    vastgesteld: bool


def list_indexeringen(sessie: Session, procedure: str) -> list[Indexstand]:
    """Every recorded index of a procedure, by year."""
    rij = procedures.find_procedure(sessie, procedure)
    return [
        Indexstand(jaar=een.jaar, berekening=_decode(een), vastgesteld=een.vastgesteld_op is not None)
        for een in _list(sessie, rij)
    ]


def _list(sessie: Session, rij: ProcedureRow) -> list[IndexeringRow]:
    vraag = select(IndexeringRow).where(IndexeringRow.procedure_id == rij.id)
    return list(sessie.exec(vraag.order_by(IndexeringRow.jaar)))  # type: ignore[arg-type]


def _find(sessie: Session, rij: ProcedureRow, jaar: int) -> IndexeringRow | None:
    return next((een for een in _list(sessie, rij) if een.jaar == jaar), None)


def _decode(rij: IndexeringRow) -> Indexberekening:
    return msgspec.json.decode(rij.inhoud, type=Indexberekening)


def _name(procedure: str, jaar: int) -> str:
    """How an index is named in the audit log."""
    return f"{procedure}-index-{jaar}"
