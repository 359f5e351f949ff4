"""Of which agreements there is anything at all of a kind: of the others nothing is looked up one by one.

Most agreements have no measure, no signal and no addendum. What is there of each kind is read once for all
agreements, so that the terms of thousands take some questions for each kind and not for each agreement.

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from inkoop.domain.contractwijziging import Wijzigingstand
from inkoop.services import bladeren
from inkoop.storage.tabellen.bewaking import BewaaktstukRow, PlichtmetingRow
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow, WeigeringRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow
from inkoop.storage.tabellen.stopsignaal import StopsignaalRow
from inkoop.storage.tabellen.toets import ToetsRow

KWARTAAL = "kwartaal:"
"""How the key of the report of a talk about a quarter begins; then come contract number and quarter."""


class Vulling(NamedTuple):
    """Which agreements have something, by contract number or id; procedures with changes by their id."""

    getoetst: frozenset[UUID]
    stukken: frozenset[str]
    metingen: frozenset[str]
    maatregelen: frozenset[str]
    signalen: frozenset[str]
    addenda: frozenset[UUID]
    weigeringen: frozenset[UUID]
    gewijzigd: frozenset[UUID]
    kwartalen: frozenset[str]


def read_vulling(sessie: Session) -> Vulling:
    """What there is now, of every agreement in the store."""

    def read(kolom: Any, *voorwaarden: Any) -> frozenset[Any]:
        return frozenset(sessie.exec(select(kolom).where(*voorwaarden).distinct()))

    geweigerd: Any = select(AddendumRow.overeenkomst_id).join(
        WeigeringRow, col(WeigeringRow.addendum_id) == AddendumRow.id
    )
    return Vulling(
        getoetst=read(ToetsRow.aanmelding_id),
        stukken=read(BewaaktstukRow.contractnummer),
        metingen=read(PlichtmetingRow.contractnummer),
        maatregelen=read(MaatregelRow.contractnummer),
        signalen=read(StopsignaalRow.contractnummer),
        addenda=read(AddendumRow.overeenkomst_id),
        weigeringen=frozenset(sessie.exec(geweigerd.distinct())),
        gewijzigd=read(ContractwijzigingRow.procedure_id, ContractwijzigingRow.stand == Wijzigingstand.VASTGESTELD),
        kwartalen=read(DocumentRow.sleutel, bladeren.begins_with(sessie, col(DocumentRow.sleutel), KWARTAAL)),
    )
