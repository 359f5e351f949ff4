"""Who has an agreement, for what now, and which agreement an aanmelding would change.

Bron: H19-44; C.17 article 6; domain/mutatie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from inkoop.domain.mutatie import Aanbodwijziging, list_partijen
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.services import aanmeldingen, procedures, rondes
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


def find_gewijzigde(sessie: Session, rij: AanmeldingRow) -> OvereenkomstRow | None:
    """The agreement that an aanmelding changes: the one it names, else the one that the same parties have already.

    So nobody gets a second agreement in a procedure for which it is admitted again (H19-44).
    """
    opgave = aanmeldingen.read_opgave(rij)
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    for overeenkomst in list_lopend(sessie, ronde.procedure_id, rij.kvk):
        if overeenkomst.aanmelding_id == rij.id:
            continue
        if opgave.wijzigt is not None:
            if overeenkomst.contractnummer == opgave.wijzigt:
                return overeenkomst
        elif overeenkomst.einddatum >= procedures.read_definitie(sessie, ronde.procedure_id).find_ronde(
            ronde.kenmerk
        ).ingang and read_partijen(sessie, overeenkomst) == list_partijen(opgave):
            return overeenkomst
    return None


def select_lopend(procedure_id: UUID) -> SelectOfScalar[OvereenkomstRow]:
    """The agreements in a procedure that were signed and have not ended, by number; joined with their AanmeldingRow."""
    return select_met_status(procedure_id, *LOPEND)


def select_met_status(procedure_id: UUID, *status: Overeenkomststatus) -> SelectOfScalar[OvereenkomstRow]:
    """The agreements in a procedure with one of these statuses, by number; joined with their AanmeldingRow."""
    return (
        select(OvereenkomstRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure_id, col(OvereenkomstRow.status).in_(status))
        .order_by(col(OvereenkomstRow.contractnummer))
    )


def list_lopend(sessie: Session, procedure_id: UUID, kvk: str) -> list[OvereenkomstRow]:
    """The signed agreements in a procedure that this legal person has, alone or as penvoerder, by number."""
    return list(sessie.exec(select_lopend(procedure_id).where(AanmeldingRow.kvk == kvk)))


def read_partijen(sessie: Session, overeenkomst: OvereenkomstRow) -> frozenset[str]:
    """The KvK numbers of the parties on the side of the provider."""
    return list_partijen(aanmeldingen.read_opgave(sessie.get_one(AanmeldingRow, overeenkomst.aanmelding_id)))


def find_aanbod(sessie: Session, overeenkomst: OvereenkomstRow, op: date | None = None) -> dict[str, tuple[str, ...]]:
    """The products per perceel of an agreement with its signed addenda: on a day, or (None) with all of them."""
    return read_aanbod(sessie, [overeenkomst], op)[overeenkomst.id]


def read_aanbod(
    sessie: Session, overeenkomsten: Sequence[OvereenkomstRow], op: date | None = None
) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """The same of many agreements, by their ids, in one question."""
    return read_aanbod_van(sessie, {een.id: een.inhoud for een in overeenkomsten}, op)


def read_aanbod_van(
    sessie: Session, overeenkomsten: Mapping[UUID, str], op: date | None = None
) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """The same of agreements of which the id and `inhoud` are at hand."""
    gevonden = {
        id_: msgspec.json.decode(inhoud, type=_MetProducten).producten for id_, inhoud in overeenkomsten.items()
    }
    for id_, ingang, inhoud in ask(sessie, _vraag_wijzigingen(), ids=list(gevonden)) if gevonden else ():
        wijziging = msgspec.json.decode(inhoud, type=_MetAanbod).aanbod
        if wijziging is not None and (op is None or ingang <= op):
            gevonden[id_] = wijziging.apply(gevonden[id_])
    return gevonden


def apply_addenda(
    overeenkomst: OvereenkomstRow, addenda: Sequence[AddendumRow], op: date | None = None
) -> dict[str, tuple[str, ...]]:
    """The same of one agreement of which all addenda are known, those that are not signed included."""
    aanbod = decode_producten(overeenkomst)
    for addendum in sorted(addenda, key=lambda een: (een.ingang, een.nummer)):
        wijziging = decode_aanbod(addendum) if addendum.status in LOPEND else None
        if wijziging is not None and (op is None or addendum.ingang <= op):
            aanbod = wijziging.apply(aanbod)
    return aanbod


@cache
def _vraag_wijzigingen() -> Any:
    """What the addenda that run change, in the order in which they do."""
    rij: Any = AddendumRow
    vraag = sa.select(rij.overeenkomst_id, rij.ingang, rij.inhoud).where(
        rij.overeenkomst_id.in_(sa.bindparam("ids", expanding=True)), rij.status.in_(LOPEND)
    )
    return vraag.order_by(rij.ingang, rij.nummer)


def decode_producten(overeenkomst: OvereenkomstRow) -> dict[str, tuple[str, ...]]:
    """The products per perceel of an agreement as it was made, without its addenda."""
    return _decode_producten(overeenkomst.inhoud)


def _decode_producten(inhoud: str) -> dict[str, tuple[str, ...]]:
    return msgspec.json.decode(inhoud, type=_MetProducten).producten


def decode_aanbod(addendum: AddendumRow) -> Aanbodwijziging | None:
    """What an addendum changes in the offer of the provider; None when it is about other things."""
    return msgspec.json.decode(addendum.inhoud, type=_MetAanbod).aanbod


class _MetAanbod(msgspec.Struct, frozen=True, kw_only=True):
    """The part of what an addendum says that is about the offer."""

    aanbod: Aanbodwijziging | None = None


class _MetProducten(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an agreement that is about the offer."""

    producten: dict[str, tuple[str, ...]]
