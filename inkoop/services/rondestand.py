"""Where everything of a round stands, in numbers and no names: for whoever follows a run of a flow.

Bron: issue flows (results where officers look); docs/adr/0017 for what Prefect may keep.
"""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import col, select

from inkoop.services.huis import Huis
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Standtelling(msgspec.Struct, frozen=True, kw_only=True):
    """How many of something stand somewhere; `soort` only for besluiten and documents."""

    wat: str
    soort: str
    stand: str
    aantal: int


def count_standen(huis: Huis, ronde: str) -> tuple[Standtelling, ...]:
    """Count what a round holds, from the records.

    Nothing before its opening (how many applied is known to nobody then), and nothing for a round that is not there.
    """
    with huis.winkel.lezen() as sessie:
        rij = sessie.exec(select(RondeRow).where(RondeRow.kenmerk == ronde)).one_or_none()
        if rij is None or rij.geopend_op is None:
            return ()
        uit: list[Standtelling] = []
        for wat, soort, stand, vraag in _VRAGEN:
            velden = [*([soort] if soort is not None else []), stand]
            geteld = vraag.add_columns(*velden, sa.func.count()).group_by(*velden).order_by(*velden)
            for *namen, aantal in sessie.connection().execute(geteld, {"ronde": rij.id, "kenmerk": ronde}):
                eigen = str(namen[0]) if soort is not None else ""
                uit.append(Standtelling(wat=wat, soort=eigen, stand=str(namen[-1]), aantal=aantal))
        return tuple(uit)


_VAN_DE_RONDE = col(AanmeldingRow.ronde_id) == sa.bindparam("ronde")
_BIJ_AANMELDING = col(AanmeldingRow.id)
_VRAGEN: tuple[tuple[str, Any, Any, sa.Select[Any]], ...] = (
    ("aanmeldingen", None, col(AanmeldingRow.status), sa.select().select_from(AanmeldingRow).where(_VAN_DE_RONDE)),
    (
        "besluiten",
        col(BesluitRow.soort),
        col(BesluitRow.status),
        sa.select()
        .select_from(BesluitRow)
        .join(AanmeldingRow, col(BesluitRow.aanmelding_id) == _BIJ_AANMELDING)
        .where(_VAN_DE_RONDE),
    ),
    (
        "overeenkomsten",
        None,
        col(OvereenkomstRow.status),
        sa.select()
        .select_from(OvereenkomstRow)
        .join(AanmeldingRow, col(OvereenkomstRow.aanmelding_id) == _BIJ_AANMELDING)
        .where(_VAN_DE_RONDE),
    ),
    (
        "documenten",
        col(DocumentRow.soort),
        col(DocumentRow.status),
        sa.select().select_from(DocumentRow).where(col(DocumentRow.ronde) == sa.bindparam("kenmerk")),
    ),
)
