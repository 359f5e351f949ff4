"""In which gemeenten an entry of the catalogue is bought.

A gemeente that joined later is bound to an agreement that began before by the addendum of its first day: where that
was not signed the agreement is as it was, and its aanbieder does not deliver there.

Bron: BP-16, H19-20, H19-45, H19-55; E.5 (not signed, agreement unchanged); F.2 H6, GA1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false
from sqlmodel import Session, col, or_, select

from inkoop.domain.procedure import Gemeente, Proceduredefinitie
from inkoop.domain.tarief import list_gemeenten
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow

Eindes = Mapping[UUID, tuple[Proceduredefinitie, date]]
"""Per procedure its definition and the day on which its agreements end."""

_GETEKEND = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF)


def filter_gemeente(eindes: Eindes, gemeente: str, op: date) -> ColumnElement[bool] | None:
    """Entries of procedures in which a gemeente takes part, without the products that it did not choose.

    None when that is every entry: it took part in each procedure from the beginning, and every product is for it.
    """
    procedures_met: dict[tuple[date | None, frozenset[tuple[str, str]]], list[UUID]] = {}
    for id_, (definitie, _) in eindes.items():
        for een in definitie.gemeenten_op(op):
            if een.naam == gemeente:
                sleutel = (een.vanaf, _list_niet_gekozen(definitie, een.code))
                procedures_met.setdefault(sleutel, []).append(id_)
    if list(procedures_met) == [(None, frozenset())] and len(procedures_met[None, frozenset()]) == len(eindes):
        return None
    delen: list[Any] = []
    for (vanaf, niet), ids in procedures_met.items():
        met: Any = (
            select(OvereenkomstRow.id)
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(OvereenkomstRow.id == CatalogusRow.overeenkomst_id, col(RondeRow.procedure_id).in_(ids))
        )
        if vanaf is not None:
            met = met.where(_is_gebonden(vanaf))
        deel = met.correlate(CatalogusRow).exists()
        for perceel, product in sorted(niet):
            deel &= or_(CatalogusRow.perceel != perceel, CatalogusRow.product != product)
        delen.append(deel)
    return or_(false(), *delen)


def _is_gebonden(vanaf: date) -> Any:
    """Whether an agreement binds who joined on a day: it began with it, or the addendum of that day was signed."""
    getekend: Any = select(AddendumRow.id).where(
        AddendumRow.overeenkomst_id == OvereenkomstRow.id,
        AddendumRow.ingang == vanaf,
        col(AddendumRow.status).in_(_GETEKEND),
    )
    return or_(OvereenkomstRow.ingang >= vanaf, getekend.correlate(OvereenkomstRow).exists())


def _list_niet_gekozen(definitie: Proceduredefinitie, code: str) -> frozenset[tuple[str, str]]:
    """The products (perceel, product) that only other gemeenten chose (BP-16, H19-20)."""
    alleen: dict[tuple[str, str], set[str]] = {}
    for perceel in definitie.percelen:
        for product in perceel.producten:
            alleen.setdefault((perceel.code, product.code), set()).update(list_gemeenten(product, None))
    return frozenset(sleutel for sleutel, gekozen in alleen.items() if gekozen and code not in gekozen)


def list_kopers(definitie: Proceduredefinitie, perceel: str, product: str, op: date) -> tuple[Gemeente, ...]:
    """The gemeenten that buy a product on a day: all that take part, or only those that chose it (BP-16, H19-20)."""
    producten = [een for een in definitie.find_perceel(perceel).producten if een.code == product]
    alleen = {code for een in producten for code in list_gemeenten(een, None)}
    return tuple(g for g in definitie.gemeenten_op(op) if not alleen or g.code in alleen)


def read_ongebonden(sessie: Session, eindes: Eindes, procedures: Iterable[UUID], op: date) -> set[tuple[UUID, str]]:
    """The agreements (id) that do not bind a gemeente (code) that joined one of these procedures later."""
    ongebonden = set()
    for procedure in set(procedures):
        for gemeente in eindes[procedure][0].gemeenten_op(op):
            if gemeente.vanaf is None:
                continue
            vraag: Any = (
                select(OvereenkomstRow.id)
                .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
                .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
                .where(RondeRow.procedure_id == procedure, ~_is_gebonden(gemeente.vanaf))
            )
            ongebonden |= {(id_, gemeente.code) for id_ in sessie.exec(vraag)}
    return ongebonden
