"""Searching in everything that somebody may see: procedures, rounds, applications, providers, agreements, papers.

Each kind asks its own act of reading, and what is closed (FE-8) is not found.

Bron: domein D column L; FE-8; issue web application (search).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col

from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.services import aanbiederlijst, bladeren, contractlijst, overzicht, stukkenlijst, zoekwoord
from inkoop.services.huis import Huis, Optreden
from inkoop.services.zoekwoord import PATROON, WOORD
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.zoekdelen import AANMELDING, DOCUMENT, NAAM

AANTAL = 10
"""How many of each kind are shown."""

MINSTENS = 2
"""The fewest characters that are searched for."""


class Vondst(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was found: which kind, its kenmerk, what it is called, and a word more."""

    soort: str
    kenmerk: str
    titel: str
    onder: str = ""


def search(huis: Huis, door: Optreden, woord: str) -> dict[str, list[Vondst]]:
    """What holds a word, per kind; the first AANTAL of each. Too short a word finds nothing."""
    woord = woord.strip()
    if len(woord) < MINSTENS:
        return {}
    gevonden: dict[str, list[Vondst]] = {}
    if _mag(door, Handeling.PROCEDURE_LEZEN):
        gevonden["procedure"] = _list_procedures(huis, door, woord)
    with huis.winkel.lezen() as sessie:
        for soort, (handeling, zoek) in SOORTEN.items():
            if _mag(door, handeling):
                gevonden[soort] = [
                    Vondst(soort=soort, kenmerk=kenmerk, titel=titel, onder=onder)
                    for kenmerk, titel, onder in zoek(sessie, door, woord)
                ]
    return {soort: regels for soort, regels in gevonden.items() if regels}


def _mag(door: Optreden, handeling: Handeling) -> bool:
    return not check_toegang(door.persoon, door.rol, handeling)


def _list_procedures(huis: Huis, door: Optreden, woord: str) -> list[Vondst]:
    klein = woord.casefold()
    return [
        Vondst(soort="procedure", kenmerk=regel.naam, titel=regel.titel, onder=regel.naam)
        for regel in overzicht.list_titels(huis, door)
        if klein in regel.titel.casefold() or klein in regel.naam.casefold()
    ][:AANTAL]


def _list_rondes(sessie: Session, _door: Optreden, woord: str) -> list[tuple[str, str, str]]:
    rijen = ask(sessie, _vraag_rondes(_dialect(sessie)), **zoekwoord.make_waarden(woord))
    return [(kenmerk, kenmerk, str(fase)) for kenmerk, fase in rijen]


def _list_aanbieders(sessie: Session, door: Optreden, woord: str) -> list[tuple[str, str, str]]:
    return [(kvk, naam, f"KvK {kvk}") for kvk, naam in aanbiederlijst.list_namen(sessie, door, woord, AANTAL)]


def _list_contracten(sessie: Session, _door: Optreden, woord: str) -> list[tuple[str, str, str]]:
    return [(nummer, nummer, naam) for nummer, naam in contractlijst.list_namen(sessie, woord, AANTAL)]


def _list_aanmeldingen(sessie: Session, door: Optreden, woord: str) -> list[tuple[str, str, str]]:
    zeldzaam = zoekwoord.is_zeldzaam(sessie, woord, NAAM, AANMELDING)
    vraag = _vraag_aanmeldingen(_dialect(sessie), zeldzaam=zeldzaam)
    rijen = ask(sessie, vraag, nu=door.nu, **zoekwoord.make_waarden(woord))
    return [(kenmerk, kenmerk, f"{naam}, {status}") for kenmerk, naam, status in rijen]


def _list_documenten(sessie: Session, door: Optreden, woord: str) -> list[tuple[str, str, str]]:
    zeldzaam = zoekwoord.is_zeldzaam(sessie, woord, DOCUMENT)
    vraag = _vraag_documenten(_dialect(sessie), zeldzaam=zeldzaam)
    rijen = ask(sessie, vraag, nu=door.nu, **zoekwoord.make_waarden(woord))
    return [(kenmerk, titel, kenmerk) for kenmerk, titel in rijen]


SOORTEN: Final[Mapping[str, tuple[Handeling, Any]]] = {
    "ronde": (Handeling.RONDE_LEZEN, _list_rondes),
    "aanbieder": (Handeling.OVEREENKOMST_LEZEN, _list_aanbieders),
    "contract": (Handeling.OVEREENKOMST_LEZEN, _list_contracten),
    "aanmelding": (Handeling.AANMELDING_LEZEN, _list_aanmeldingen),
    "document": (Handeling.DOCUMENT_LEZEN, _list_documenten),
}
"""What is searched besides procedures: by whom, and what gives the first of it as (kenmerk, title, a word more)."""


def _dialect(sessie: Session) -> str:
    return sessie.get_bind().dialect.name


_NU = sa.bindparam("nu", type_=RondeRow.__table__.c.sluiting.type)  # type: ignore[attr-defined]


@cache
def _vraag_rondes(dialect: str) -> Any:
    kenmerk: Any = RondeRow.kenmerk
    vraag = sa.select(kenmerk, col(RondeRow.fase)).where(bladeren.matches(dialect, kenmerk, PATROON))
    return vraag.order_by(kenmerk).limit(AANTAL)


@cache
def _vraag_aanmeldingen(dialect: str, *, zeldzaam: bool) -> Any:
    """The first applications of opened rounds: kenmerken first, since what was handed in is long."""
    rij: Any = AanmeldingRow
    leesbaar = sa.select(col(RondeRow.id)).where(col(RondeRow.sluiting) < _NU, col(RondeRow.geopend_op).is_not(None))
    if zeldzaam:
        gevonden: Any = rij.kenmerk.in_(
            sa.select(rij.kenmerk)
            .where(rij.naam.in_(zoekwoord.select_sleutels(NAAM)))
            .union_all(sa.select(rij.kenmerk).where(rij.kvk == WOORD), zoekwoord.select_sleutels(AANMELDING))
        )
    else:
        gevonden = bladeren.weigh_apart(
            bladeren.matches(dialect, rij.naam, PATROON)
            | bladeren.matches(dialect, rij.kenmerk, PATROON)
            | (rij.kvk == WOORD)
        )
    kenmerken = sa.select(rij.kenmerk).where(bladeren.weigh_apart(rij.ronde_id.in_(leesbaar)), gevonden)
    eerste = kenmerken.order_by(rij.kenmerk).limit(AANTAL)
    return sa.select(rij.kenmerk, rij.naam, rij.status).where(rij.kenmerk.in_(eerste)).order_by(rij.kenmerk)


@cache
def _vraag_documenten(dialect: str, *, zeldzaam: bool) -> Any:
    """The first documents that may be read by now."""
    rij: Any = DocumentRow
    if zeldzaam:
        gevonden: Any = rij.kenmerk.in_(
            zoekwoord.select_sleutels(DOCUMENT).union_all(sa.select(rij.kenmerk).where(rij.onderwerp == WOORD))
        )
    else:
        gevonden = bladeren.weigh_apart(
            bladeren.matches(dialect, rij.titel, PATROON)
            | bladeren.matches(dialect, rij.kenmerk, PATROON)
            | (rij.onderwerp == WOORD)
        )
    vraag = sa.select(rij.kenmerk, rij.titel).where(stukkenlijst.is_zichtbaar(_NU), gevonden)
    return vraag.order_by(rij.kenmerk).limit(AANTAL)
