"""Documents as a list with a filter, a page at a time.

Bron: project default.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aanmeldingen, bladeren, documenten
from inkoop.services.bladeren import Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.grondslag import is_een_van
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask

STANDEN: dict[str, tuple[Documentstatus, ...]] = {
    "te_maken": (Documentstatus.TE_MAKEN,),
    "te_controleren": (Documentstatus.CONCEPT, Documentstatus.IN_REVIEW),
    "retour": (Documentstatus.RETOUR,),
    "te_verzenden": (Documentstatus.AKKOORD, Documentstatus.DEFINITIEF),
    "te_tekenen": (Documentstatus.VERZONDEN, Documentstatus.AKKOORD, Documentstatus.DEFINITIEF),
    "verzonden": (Documentstatus.VERZONDEN, Documentstatus.GETEKEND),
    "vervallen": (Documentstatus.VERVALLEN,),
}
"""What people ask for, in statuses."""


_MET_KENMERK = sa.literal_column("document.kenmerk") > sa.literal_column("''")
"""True of every document; a question that says so may follow the index of their kinds (tabellen/document)."""


class Stukvraag(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents are asked for; empty = all. `onderwerp` is a kenmerk: of a procedure, round, aanmelding."""

    onderwerp: str = ""
    soort: str = ""
    stand: str = ""


def list_stukken(
    huis: Huis, door: Optreden, vraag: Stukvraag, vanaf: int, aantal: int
) -> tuple[list[Stukregel], Telling, list[str]]:
    """A page of documents by kenmerk, how many there are, and which kinds exist.

    What belongs to an aanmelding is left out until its round has closed and was opened (FE-8).
    """
    stand = vraag.stand if vraag.stand in STANDEN else ""
    lezen, tellen = _vraag_bladzijde(stand, vraag.soort != "", vraag.onderwerp != "")
    waarden = {"nu": door.nu, "soort": vraag.soort, "onderwerp": vraag.onderwerp}
    with lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rijen = ask(sessie, lezen, vanaf=vanaf, aantal=aantal, samen=vanaf + aantal, **waarden)
        ((geteld,),) = ask(sessie, tellen, grens=vanaf + bladeren.TELGRENS + 1, **waarden)
        soorten = [soort for (soort,) in ask(sessie, _vraag_soorten())]
    return [Stukregel(*rij) for rij in rijen], bladeren.make_telling(geteld, vanaf), soorten


class Stukregel(NamedTuple):
    """A document in a list; what it is made of is not read for it."""

    kenmerk: str
    titel: str
    onderwerp: str
    gevraagd_op: datetime
    status: Documentstatus


@cache
def _vraag_bladzijde(stand: str, met_soort: bool, met_onderwerp: bool) -> tuple[Any, Any]:
    """The questions for a page and for how many there are; there are as many as there are filters on the page."""
    takken = [select(DocumentRow.kenmerk).where(*filters) for filters in _list_takken(stand, met_soort, met_onderwerp)]
    gekozen, tellen = bladeren.make_bladzijde(takken)
    velden: Any = select(DocumentRow.kenmerk, DocumentRow.titel, DocumentRow.onderwerp, DocumentRow.gevraagd_op)
    lezen = velden.add_columns(DocumentRow.status).where(col(DocumentRow.kenmerk).in_(gekozen))
    return lezen.order_by(DocumentRow.kenmerk), tellen


@cache
def _vraag_soorten() -> Any:
    return bladeren.make_verschillend(col(DocumentRow.soort), _MET_KENMERK)


def _list_takken(stand: str, met_soort: bool, met_onderwerp: bool) -> Iterator[list[Any]]:
    """The question in parts that each follow one index: by status, and by what a document is about."""
    standen = STANDEN.get(stand)
    vast: list[Any] = [is_zichtbaar(sa.bindparam("nu"))]
    onderwerp = sa.bindparam("onderwerp", type_=sa.String)
    if met_soort:
        vast.append(DocumentRow.soort == sa.bindparam("soort"))
    if not met_onderwerp:
        if met_soort:
            vast.append(_MET_KENMERK)
        if standen is None:
            yield vast
        elif met_soort:
            yield [*vast, col(DocumentRow.status).in_(standen)]
        else:
            for status in standen:
                open_ = [is_een_van(col(DocumentRow.status), *documenten.OPEN)] if status in documenten.OPEN else []
                yield [*vast, *open_, DocumentRow.status == status]
        return
    for status in standen or tuple(Documentstatus):
        yield [*vast, DocumentRow.ronde == onderwerp, DocumentRow.status == status]
    if standen is not None:
        vast.append(col(DocumentRow.status).in_(standen))
    yield [*vast, DocumentRow.onderwerp == onderwerp]
    yield [*vast, DocumentRow.kenmerk == onderwerp]


def list_na(huis: Huis, door: Optreden, vraag: Stukvraag, na: str, aantal: int) -> list[DocumentRow]:
    """At most `aantal` documents by kenmerk after the kenmerk `na`; left out is what list_stukken leaves out."""
    with lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rijen = select(DocumentRow).where(*list_filters(vraag, door), DocumentRow.kenmerk > na)
        return list(sessie.exec(rijen.order_by(DocumentRow.kenmerk).limit(aantal)))


def find_leesbaar(sessie: Session, door: Optreden, kenmerk: str) -> DocumentRow:
    """A document; what belongs to an aanmelding is read when that aanmelding may be read (FE-8)."""
    rij = documenten.find_document(sessie, kenmerk)
    aanmelding = aanmeldingen.find_optioneel(sessie, rij.onderwerp)
    if aanmelding is not None:
        aanmeldingen.check_leesbaar(sessie, aanmelding, door)
    return rij


def list_filters(vraag: Stukvraag, door: Optreden) -> list[Any]:
    """What a document must meet to be listed: the question, and that this person may read it by now (FE-8)."""
    filters: list[Any] = [_is_zichtbaar(door)]
    if vraag.onderwerp:
        filters.append(
            (DocumentRow.onderwerp == vraag.onderwerp)
            | (DocumentRow.ronde == vraag.onderwerp)
            | (DocumentRow.kenmerk == vraag.onderwerp)
        )
    if vraag.soort:
        filters.append(DocumentRow.soort == vraag.soort)
    if vraag.stand in STANDEN:
        filters.append(col(DocumentRow.status).in_(STANDEN[vraag.stand]))
    return filters


def _is_zichtbaar(door: Optreden) -> Any:
    return is_zichtbaar(door.nu)


def is_zichtbaar(nu: Any) -> Any:
    """That a document is not about an aanmelding of which the round is not closed and opened (FE-8)."""
    dicht: Any = (
        select(AanmeldingRow.id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(
            AanmeldingRow.kenmerk == DocumentRow.onderwerp,
            (col(RondeRow.sluiting) >= nu) | col(RondeRow.geopend_op).is_(None),
        )
    )
    return ~dicht.correlate(DocumentRow).exists()
