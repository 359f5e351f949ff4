"""Where everything of a round stands, in numbers and no names: for whoever follows a run of a flow.

Bron: issue flows (results where officers look); docs/adr/0017 for what Prefect may keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

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
        van_ronde = AanmeldingRow.ronde_id == rij.id
        in_ronde = select(AanmeldingRow.id).where(van_ronde)
        return (
            *_count(sessie, "aanmeldingen", None, AanmeldingRow.status, van_ronde),
            *_count(
                sessie, "besluiten", BesluitRow.soort, BesluitRow.status, col(BesluitRow.aanmelding_id).in_(in_ronde)
            ),
            *_count(
                sessie, "overeenkomsten", None, OvereenkomstRow.status, col(OvereenkomstRow.aanmelding_id).in_(in_ronde)
            ),
            *_count(sessie, "documenten", DocumentRow.soort, DocumentRow.status, DocumentRow.ronde == ronde),
        )


def _count(sessie: Session, wat: str, soort: Any, stand: Any, voorwaarde: Any) -> Iterator[Standtelling]:
    velden = [stand] if soort is None else [soort, stand]
    vraag = sa.select(*velden, sa.func.count()).where(voorwaarde).group_by(*velden).order_by(*velden)
    for *namen, aantal in sessie.connection().execute(vraag):
        yield Standtelling(wat=wat, soort="" if soort is None else str(namen[0]), stand=str(namen[-1]), aantal=aantal)
