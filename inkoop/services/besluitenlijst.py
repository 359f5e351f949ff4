"""The besluiten and the requests for repair of a round as lists to page through: a round may hold hundreds.

Bron: ontwerp 9 (figures of the web application); project default.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.besluit import Besluitvoorstel
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus, Documentstatus
from inkoop.domain.woorden import format_woord
from inkoop.services import besluiten, bladeren, herstel, rondes
from inkoop.services.bladeren import Telling
from inkoop.services.gezien import Kijk, Stand, search_log
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


class Besluitregel(msgspec.Struct, frozen=True, kw_only=True):
    """A besluit with the aanmelding that it is about, what it rests on and the letters about that aanmelding."""

    kenmerk: str
    naam: str
    besluit: BesluitRow
    voorstel: Besluitvoorstel
    brieven: tuple[Brief, ...]


class Brief(NamedTuple):
    """What a list says of a letter."""

    kenmerk: str
    titel: str
    status: Documentstatus


class Herstelregel(msgspec.Struct, frozen=True, kw_only=True):
    """A request for repair with the aanmelding that it is about and the kenmerk of its letter."""

    kenmerk: str
    naam: str
    verzoek: HerstelverzoekRow
    brief: str | None


def list_besluiten(
    sessie: Session, ronde: RondeRow, vanaf: int, aantal: int
) -> tuple[tuple[Besluitregel, ...], Telling]:
    """A page of the besluiten of a round, by aanmelding and perceel, and how many there are."""
    vraag: Any = _select_van_ronde(select(AanmeldingRow.kenmerk, AanmeldingRow.naam, BesluitRow), BesluitRow, ronde)
    volgorde = (AanmeldingRow.kenmerk, BesluitRow.eenheid, BesluitRow.volgnummer)
    rijen = sessie.exec(vraag.order_by(*volgorde).offset(vanaf).limit(aantal)).all()
    brieven: dict[str, list[Brief]] = {}
    for over, *brief in ask(sessie, _vraag_brieven(), kenmerken=[kenmerk for kenmerk, *_ in rijen]):
        brieven.setdefault(over, []).append(Brief(*brief))
    regels = tuple(
        Besluitregel(
            kenmerk=kenmerk,
            naam=naam,
            besluit=besluit,
            voorstel=besluiten.decode_voorstel(besluit),
            brieven=tuple(brieven.get(kenmerk, ())),
        )
        for kenmerk, naam, besluit in rijen
    )
    tellen = _select_van_ronde(select(BesluitRow.id), BesluitRow, ronde)
    return regels, bladeren.count_tot(sessie, tellen, vanaf)


def look_besluiten(ronde: str) -> Kijk:
    """Which besluiten of a round there are and how each stands: one act is for all that the page showed, no others."""
    return lambda sessie: read_stand(sessie, rondes.find_ronde(sessie, ronde))


def read_stand(sessie: Session, ronde: RondeRow) -> Stand:
    """The besluiten of a round, by how many stand how; exactly which ones is in the mark."""
    vraag: Any = _select_van_ronde(select(BesluitRow.id, BesluitRow.status), BesluitRow, ronde)
    alle = sorted((str(id_), str(status)) for id_, status in sessie.exec(vraag))
    tel = Counter(status for _, status in alle)
    return Stand(
        regels=tuple((format_woord(een).capitalize(), str(tel[een])) for een in Besluitstatus if tel[een]),
        sleutel=repr(alle),
        zoek=search_log(
            ronde.kenmerk,
            *(Handeling.BESLUIT_VOORBEREIDEN, Handeling.BESLUIT_CONTROLEREN),
            *(Handeling.BESLUIT_NEMEN, Handeling.BESLUIT_VERZENDEN),
        ),
    )


@cache
def _vraag_brieven() -> Any:
    vraag = select(DocumentRow.onderwerp, DocumentRow.kenmerk, DocumentRow.titel, DocumentRow.status).where(
        col(DocumentRow.onderwerp).in_(sa.bindparam("kenmerken", expanding=True)),
        DocumentRow.status != Documentstatus.VERVALLEN,
    )
    return vraag.order_by(DocumentRow.kenmerk)


def list_standen(sessie: Session, ronde: RondeRow) -> frozenset[Besluitstatus]:
    """Which statuses besluiten of a round have."""
    vraag = _select_van_ronde(select(BesluitRow.status).distinct(), BesluitRow, ronde)
    return frozenset(sessie.exec(vraag))


def list_herstel(sessie: Session, ronde: RondeRow, vanaf: int, aantal: int) -> tuple[tuple[Herstelregel, ...], Telling]:
    """A page of the requests for repair of a round, by aanmelding, and how many there are."""
    vraag: Any = select(AanmeldingRow.kenmerk, AanmeldingRow.naam, HerstelverzoekRow)
    vraag = _select_van_ronde(vraag, HerstelverzoekRow, ronde).order_by(AanmeldingRow.kenmerk)
    rijen = sessie.exec(vraag.offset(vanaf).limit(aantal)).all()
    sleutels = [f"{herstel.PREFIX}{kenmerk}" for kenmerk, *_ in rijen]
    brieven = dict(
        sessie.exec(
            select(DocumentRow.sleutel, DocumentRow.kenmerk).where(col(DocumentRow.sleutel).in_(sleutels))
        ).all()
    )
    regels = tuple(
        Herstelregel(kenmerk=kenmerk, naam=naam, verzoek=verzoek, brief=brieven.get(f"{herstel.PREFIX}{kenmerk}"))
        for kenmerk, naam, verzoek in rijen
    )
    tellen = _select_van_ronde(select(HerstelverzoekRow.id), HerstelverzoekRow, ronde)
    return regels, bladeren.count_tot(sessie, tellen, vanaf)


def _select_van_ronde(vraag: Any, tabel: Any, ronde: RondeRow) -> Any:
    """A question about records of a round's aanmeldingen."""
    met = vraag.join_from(AanmeldingRow, tabel, col(tabel.aanmelding_id) == AanmeldingRow.id)
    return met.where(AanmeldingRow.ronde_id == ronde.id)
