"""The applications of a round as a list to work through: a page of them, and which one comes next.

Bron: ontwerp 2.1; project default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

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

OPEN = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def list_bladzijde(
    sessie: Session, ronde: RondeRow, *, zoek: str = "", vanaf: int = 0, aantal: int = 50
) -> tuple[list[AanmeldingRow], Telling]:
    """A page of the applications of a round by kenmerk, and how many there are; `zoek` in kenmerk, name, KvK."""
    filters: list[Any] = [AanmeldingRow.ronde_id == ronde.id]
    if zoek.strip():
        woord = zoek.strip()
        filters.append(
            bladeren.holds(sessie, col(AanmeldingRow.naam), woord)
            | bladeren.holds(sessie, col(AanmeldingRow.kenmerk), woord)
            | (col(AanmeldingRow.kvk) == woord)
        )
    kenmerken = select(AanmeldingRow.kenmerk).where(*filters)
    totaal = bladeren.count_tot(sessie, kenmerken, vanaf)
    # The kenmerken first: what was handed in is read for the page alone.
    gekozen = sessie.exec(kenmerken.order_by(AanmeldingRow.kenmerk).offset(vanaf).limit(aantal)).all()
    rijen = select(AanmeldingRow).where(col(AanmeldingRow.kenmerk).in_(gekozen)).order_by(AanmeldingRow.kenmerk)
    return list(sessie.exec(rijen)), totaal


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
