"""The applications of a round as a list to work through: a page of them, and which one comes next.

Bron: ontwerp 2.1; project default.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from inkoop.domain.criteria.beoordeling import Beoordelingsstand
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import bladeren, feiten, oordelen, rondes
from inkoop.services.bladeren import Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.oordelen import Puntregel
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask

OPEN = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def list_bladzijde(
    sessie: Session, ronde: RondeRow, *, zoek: str = "", vanaf: int = 0, aantal: int = 50
) -> tuple[list[Aanmeldingregel], Telling]:
    """A page of the applications of a round by kenmerk, and how many there are; `zoek` in kenmerk, name, KvK."""
    if woord := zoek.strip():
        tellen, lezen = _make_bladzijde(
            bladeren.holds(sessie, col(AanmeldingRow.naam), woord)
            | bladeren.holds(sessie, col(AanmeldingRow.kenmerk), woord)
            | (col(AanmeldingRow.kvk) == woord)
        )
    else:
        tellen, lezen = _vraag_bladzijde()
    ((geteld,),) = ask(sessie, tellen, ronde=ronde.id, grens=vanaf + bladeren.TELGRENS + 1)
    rijen = ask(sessie, lezen, ronde=ronde.id, vanaf=vanaf, aantal=aantal)
    return [Aanmeldingregel(*rij) for rij in rijen], bladeren.make_telling(geteld, vanaf)


class Aanmeldingregel(NamedTuple):
    """An application in the list of its round; what was handed in is not read for it."""

    kenmerk: str
    naam: str
    ontvangen_op: datetime
    status: Aanmeldingsstatus


@cache
def _vraag_bladzijde() -> tuple[Any, Any]:
    return _make_bladzijde()


def _make_bladzijde(*filters: Any) -> tuple[Any, Any]:
    """The questions how many applications of a round there are, counted to `grens`, and for a page of them."""
    eigen = (AanmeldingRow.ronde_id == sa.bindparam("ronde"), *filters)
    geteld = select(AanmeldingRow.kenmerk).where(*eigen).limit(sa.bindparam("grens", type_=sa.Integer)).subquery()
    lezen = (
        select(AanmeldingRow.kenmerk, AanmeldingRow.naam, AanmeldingRow.ontvangen_op, AanmeldingRow.status)
        .where(*eigen)
        .order_by(AanmeldingRow.kenmerk)
        .offset(sa.bindparam("vanaf", type_=sa.Integer))
        .limit(sa.bindparam("aantal", type_=sa.Integer))
    )
    return select(func.count()).select_from(geteld), lezen


def list_na(sessie: Session, ronde: RondeRow, na: str, aantal: int) -> list[AanmeldingRow]:
    """At most `aantal` applications of a round by kenmerk, after the kenmerk `na`."""
    vraag = select(AanmeldingRow).where(AanmeldingRow.ronde_id == ronde.id, AanmeldingRow.kenmerk > na)
    return list(sessie.exec(vraag.order_by(AanmeldingRow.kenmerk).limit(aantal)))


def find_met_feiten(huis: Huis, door: Optreden, ronde: str, na: str = "") -> str | None:
    """The next application of a round with a fact to establish, after the one that was done."""
    with lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        for rij in _list_open(sessie, rondes.find_ronde(sessie, ronde), na):
            if feiten.count_open(sessie, rij):
                return rij.kenmerk
    return None


def find_punt(huis: Huis, door: Optreden, ronde: str, na: str = "") -> tuple[str, str] | None:
    """The next point of a round that waits for this person: kenmerk of the aanmelding and id of the point."""
    with lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        kenmerken = [rij.kenmerk for rij in _list_open(sessie, rondes.find_ronde(sessie, ronde), na)]
    for kenmerk in kenmerken:
        for regel in oordelen.read_punten(huis, door, kenmerk):
            if is_te_doen(regel, door):
                return kenmerk, regel.id
    return None


def is_te_doen(regel: Puntregel, door: Optreden) -> bool:
    """Whether a point waits for this person: a first or second judgement, or a difference to settle."""
    if door.rol is Rol.JURIST:
        return regel.punt.stand is Beoordelingsstand.OORDELEN_VERSCHILLEN
    eigen = any(oordeel.persoon == door.wie for oordeel in regel.oordelen)
    return regel.punt.stand is Beoordelingsstand.WACHT_OP_BEOORDELAARS and not eigen


def _list_open(sessie: Session, ronde: RondeRow, na: str) -> Iterator[AanmeldingRow]:
    """The applications that are being assessed and have no besluit yet, beginning after `na` and going round."""
    vraag = (
        select(AanmeldingRow)
        .where(
            AanmeldingRow.ronde_id == ronde.id,
            col(AanmeldingRow.status).in_(OPEN),
            col(AanmeldingRow.id).not_in(select(BesluitRow.aanmelding_id)),
        )
        .order_by(AanmeldingRow.kenmerk)
    )
    rijen = sessie.exec(vraag).all()
    yield from (rij for rij in rijen if rij.kenmerk >= na)
    yield from (rij for rij in rijen if rij.kenmerk < na)
