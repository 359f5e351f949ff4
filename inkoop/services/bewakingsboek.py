"""What the terms of many procedures follow from, read at once: their agreements, what was decided, what ended.

Bron: E.5; ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier, Dossiersoort, find_regel
from inkoop.domain.kalender import local_date
from inkoop.domain.maanden import add_maanden
from inkoop.domain.overgang import Clientstand
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.domain.verloop import LOPEND, Documentstatus, Overeenkomststatus
from inkoop.services import overgangen, procedures, verlengingen
from inkoop.services.bewakingsvulling import Vulling, read_vulling
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bestaandcontract import OuderContractRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vraagdelen import ask_delen, name_waarden

T = TypeVar("T")

Dossierlezer = Callable[[Sequence[ProcedureRow]], Mapping[UUID, Sequence[Archiefdossier]]]
"""Who gives the files in the archive of some procedures, by their ids."""


class Boek(NamedTuple):
    """What is read at once for many procedures, by their ids; `dossiers` only of those with files that may go by then.

    `te_verzenden` are the keys of letters about an extension that have not gone out, `tellingen` the counts of clients
    per agreement that ended.
    """

    lopend: Mapping[UUID, Sequence[OvereenkomstRow]]
    beeindigd: Mapping[UUID, Sequence[OvereenkomstRow]]
    tellingen: Mapping[str, Sequence[Clientstand]]
    verlengd: Mapping[UUID, Mapping[int, Verlengingskeuze]]
    te_verzenden: frozenset[str]
    oudere: Mapping[UUID, Sequence[OuderContractRow]]
    dossiers: Mapping[UUID, Sequence[Archiefdossier]]
    vulling: Vulling


def read_boek(sessie: Session, rijen: Sequence[ProcedureRow], tot: date, lees_dossiers: Dossierlezer) -> Boek:
    """What there is of these procedures, with their agreements; their files only where a term of one ends by `tot`."""
    ids = [rij.id for rij in rijen]
    contracten = list(ask_delen(sessie, _build_contracten(), ids))
    lopend, beeindigd = (
        _group(een for een in contracten if een[1].status in LOPEND),
        _group(een for een in contracten if een[1].status is Overeenkomststatus.BEEINDIGD),
    )
    oudere = _group(ask_delen(sessie, _build_oudere(), ids))
    openingen = dict(ask_delen(sessie, _build_openingen(), ids))
    verlengd = verlengingen.read_alle(sessie)
    brieven = [
        f"verlenging:{rij.contractnummer}:{nummer}"
        for procedure, van_een in lopend.items()
        for nummer in verlengd.get(procedure, {})
        for rij in van_een
    ]
    oud = [rij for rij in rijen if _can_end_before(rij, openingen.get(rij.id), oudere.get(rij.id, ()), tot)]
    nummers = [een.contractnummer for lijst in beeindigd.values() for een in lijst]
    return Boek(
        lopend=lopend,
        beeindigd=beeindigd,
        tellingen=overgangen.read_standen(sessie, nummers),
        verlengd=verlengd,
        te_verzenden=frozenset(ask_delen(sessie, _build_te_verzenden(), brieven)),
        oudere=oudere,
        dossiers=lees_dossiers(oud) if oud else {},
        vulling=read_vulling(sessie, [een for lijst in lopend.values() for een in lijst]),
    )


def _group(paren: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    per: dict[UUID, list[T]] = defaultdict(list)
    for sleutel, een in paren:
        per[sleutel].append(een)
    return dict(per)


@cache
def _build_contracten() -> Any:
    """The agreements of procedures that run or have ended, each with the id of its procedure, by number."""
    return (
        select(RondeRow.procedure_id, OvereenkomstRow)
        .select_from(OvereenkomstRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(
            name_waarden(RondeRow.procedure_id),
            col(OvereenkomstRow.status).in_((*LOPEND, Overeenkomststatus.BEEINDIGD)),
        )
        .order_by(col(OvereenkomstRow.contractnummer))
    )


@cache
def _build_oudere() -> Any:
    vraag = select(OuderContractRow.procedure_id, OuderContractRow)
    return vraag.where(name_waarden(OuderContractRow.procedure_id)).order_by(col(OuderContractRow.contractnummer))


@cache
def _build_openingen() -> Any:
    """The first opening of the rounds of each procedure."""
    vraag = select(RondeRow.procedure_id, sa.func.min(RondeRow.opening))
    return vraag.where(name_waarden(RondeRow.procedure_id)).group_by(col(RondeRow.procedure_id))


@cache
def _build_te_verzenden() -> Any:
    return select(DocumentRow.sleutel).where(
        name_waarden(DocumentRow.sleutel),
        col(DocumentRow.status).not_in((Documentstatus.VERZONDEN, Documentstatus.VERVALLEN)),
    )


def _can_end_before(
    procedure: ProcedureRow, opening: date | None, oudere: Sequence[OuderContractRow], dag: date
) -> bool:
    """Whether the term of any file of a procedure can be over by a day; of a young one nothing needs to be read.

    No term counts from before the first day on which anything of the procedure was there.
    """
    definitie = procedures.decode_definitie(procedure)
    dagen = [definitie.looptijd.ingang, local_date(procedure.aangemaakt_op), *(een.einddatum for een in oudere)]
    dagen += [] if opening is None else [opening]
    jaren = min(find_regel(definitie.bewaarregels, soort).jaren for soort in Dossiersoort)
    return add_maanden(min(dagen), 12 * jaren) <= dag
