"""Searching in everything that somebody may see: procedures, rounds, applications, providers, agreements, papers.

Each kind asks its own act of reading, and what is closed (FE-8) is not found.

Bron: domein D column L; FE-8; issue web application (search).
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.services import aanbiederblad, bladeren, contractlijst, overzicht, stukkenlijst
from inkoop.services.contractlijst import Contractvraag
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import RondeRow

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
    if _mag(door, Handeling.RONDE_LEZEN):
        with lees(huis, door, Handeling.RONDE_LEZEN) as sessie:
            gevonden["ronde"] = _list_rondes(sessie, woord)
    if _mag(door, Handeling.OVEREENKOMST_LEZEN):
        gevonden["aanbieder"] = [
            Vondst(soort="aanbieder", kenmerk=een.kvk, titel=een.naam, onder=f"KvK {een.kvk}")
            for een in aanbiederblad.list_aanbieders(huis, door, woord, 0, AANTAL, tel=False)[0]
        ]
        contracten, _ = contractlijst.list_contracten(huis, door, Contractvraag(zoek=woord), 0, AANTAL, tel=False)
        gevonden["contract"] = [
            Vondst(soort="contract", kenmerk=een.contractnummer, titel=een.contractnummer, onder=een.aanbieder)
            for een in contracten
        ]
    if _mag(door, Handeling.AANMELDING_LEZEN):
        with lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
            gevonden["aanmelding"] = _list_aanmeldingen(sessie, door, woord)
    if _mag(door, Handeling.DOCUMENT_LEZEN):
        with lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
            gevonden["document"] = _list_documenten(sessie, door, woord)
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


def _list_rondes(sessie: Session, woord: str) -> list[Vondst]:
    vraag = select(RondeRow).where(bladeren.holds(sessie, col(RondeRow.kenmerk), woord))
    rijen = sessie.exec(vraag.order_by(RondeRow.kenmerk).limit(AANTAL))
    return [Vondst(soort="ronde", kenmerk=rij.kenmerk, titel=rij.kenmerk, onder=str(rij.fase)) for rij in rijen]


def _list_aanmeldingen(sessie: Session, door: Optreden, woord: str) -> list[Vondst]:
    leesbaar = select(RondeRow.id).where(col(RondeRow.sluiting) < door.nu, col(RondeRow.geopend_op).is_not(None))
    gevonden: Any = (
        select(AanmeldingRow.kenmerk)
        .where(
            bladeren.weigh_apart(col(AanmeldingRow.ronde_id).in_(leesbaar)),
            bladeren.holds(sessie, col(AanmeldingRow.naam), woord)
            | bladeren.holds(sessie, col(AanmeldingRow.kenmerk), woord)
            | (col(AanmeldingRow.kvk) == woord),
        )
        .order_by(AanmeldingRow.kenmerk)
        .limit(AANTAL)
    )
    kenmerken = sessie.exec(gevonden).all()
    vraag: Any = select(AanmeldingRow.kenmerk, AanmeldingRow.naam, AanmeldingRow.status)
    vraag = vraag.where(col(AanmeldingRow.kenmerk).in_(kenmerken))
    rijen = sessie.exec(vraag.order_by(AanmeldingRow.kenmerk))
    return [
        Vondst(soort="aanmelding", kenmerk=rij.kenmerk, titel=rij.kenmerk, onder=f"{rij.naam}, {rij.status}")
        for rij in rijen
    ]


def _list_documenten(sessie: Session, door: Optreden, woord: str) -> list[Vondst]:
    vraag: Any = select(DocumentRow.kenmerk, DocumentRow.titel).where(
        *stukkenlijst.list_filters(stukkenlijst.Stukvraag(), door),
        bladeren.holds(sessie, col(DocumentRow.titel), woord)
        | bladeren.holds(sessie, col(DocumentRow.kenmerk), woord)
        | (col(DocumentRow.onderwerp) == woord),
    )
    rijen = sessie.exec(vraag.order_by(DocumentRow.kenmerk).limit(AANTAL))
    return [Vondst(soort="document", kenmerk=rij.kenmerk, titel=rij.titel, onder=rij.kenmerk) for rij in rijen]
