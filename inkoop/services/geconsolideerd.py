"""An agreement as it is on a day: the signed text with what addenda in force by then changed, and nothing else.

An addendum that was not signed by all changed nothing, whatever the procedure says by now. The text is made anew from
the data of the signed agreement, so it says what was agreed then and not what a template or a file says today.

Bron: C.21; H19-55 (not signed: unchanged); issue contract years (consolidated text).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.geografie import describe_gebied, gebied_op
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Proceduredefinitie, Tarieftabel
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import addenda, documenten, overeenkomsten, verlengingen
from inkoop.services.brieven import blokken
from inkoop.services.brieven import overeenkomst as brieven
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.drukkerij import Drukopdracht
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow

_GELDEND = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF, Overeenkomststatus.BEEINDIGD)


class Contractstand(msgspec.Struct, frozen=True, kw_only=True):
    """What an agreement is on a day. `wijzigingen` are (number of the addendum, day, what was, what is)."""

    contractnummer: str
    op: date
    ingang: date
    einddatum: date
    producten: dict[str, tuple[str, ...]]
    tarieftabel: str
    gemeenten: tuple[str, ...]
    gebied: tuple[str, ...]
    wijzigingen: tuple[tuple[str, date, str, str], ...]


def read_stand(huis: Huis, sessie: Session, contractnummer: str, op: date) -> Contractstand:
    """What an agreement is on a day. Raises BeletselenError for a day before it began, and for an addendum."""
    rij, zaak = _find(huis, sessie, contractnummer, op)
    inhoud = overeenkomsten.decode_inhoud(rij)
    tabel, vanaf, wijzigingen = inhoud.tarieftabel, rij.ingang, []
    aanbod = inhoud.producten
    for een, wijziging in _list_geldend(sessie, rij, op):
        vanaf = een.ingang
        if wijziging.tarieven is not None:
            was, tabel = tabel, wijziging.tarieven.nieuw.versie
            wijzigingen.append((een.nummer, een.ingang, f"tarieven {was}", f"tarieven {tabel}"))
        if wijziging.aanbod is not None:
            eerst, aanbod = aanbod, wijziging.aanbod.apply(aanbod)
            wijzigingen.append((een.nummer, een.ingang, _describe_aanbod(eerst), _describe_aanbod(aanbod)))
        if wijziging.gebied is not None:
            was, wordt = (", ".join(namen) for namen in (wijziging.gebied.was, wijziging.gebied.wordt))
            wijzigingen.append((een.nummer, een.ingang, f"gebied: {was}", f"gebied: {wordt}"))
    return Contractstand(
        contractnummer=contractnummer,
        op=op,
        ingang=rij.ingang,
        einddatum=verlengingen.find_einddatum(sessie, zaak.ronderij.procedure_id, op),
        producten=aanbod,
        tarieftabel=tabel,
        gemeenten=tuple(gemeente.naam for gemeente in zaak.definitie.gemeenten_op(vanaf)),
        gebied=tuple(describe_gebied(gebied) for gebied in gebied_op(zaak.definitie.geografie, vanaf)),
        wijzigingen=tuple(wijzigingen),
    )


def _describe_aanbod(producten: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{perceel}: {', '.join(codes)}" for perceel, codes in sorted(producten.items()))


def find_tarieftabel(sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow, op: date) -> Tarieftabel:
    """The tariff table by which an agreement is paid on a day: that of its last addendum in force, else its first."""
    versies = [
        wijziging.tarieven.nieuw.versie
        for _, wijziging in _list_geldend(sessie, rij, op)
        if wijziging.tarieven is not None
    ]
    versie = versies[-1] if versies else overeenkomsten.decode_inhoud(rij).tarieftabel
    return next(tabel for tabel in definitie.tarieftabellen if tabel.versie == versie)


def order_tekst(huis: Huis, sessie: Session, contractnummer: str, op: date) -> Drukopdracht:
    """The order for the consolidated text on a day. Refused when the signed agreement is not in the store."""
    rij, zaak = _find(huis, sessie, contractnummer, op)
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{contractnummer}")
    if document is None:
        tekst = (
            f"{contractnummer} is ingelezen; het getekende stuk zelf zit niet in het programma. Bekijk wat er geldt "
            f"met: inkoop overeenkomst toon {contractnummer} --op {op.isoformat()}."
        )
        raise BeletselenError("Er is geen tekst om bij te werken.", [Beletsel("geen-tekst", tekst)])
    stand = read_stand(huis, sessie, contractnummer, op)
    gegevens: Any = documenten.decode_gegevens(document)
    geldend = _list_geldend(sessie, rij, op)
    if geldend:
        tabel, vanaf = find_tarieftabel(sessie, zaak.definitie, rij, op), geldend[-1][0].ingang
        gegevens = msgspec.structs.replace(
            gegevens,
            percelen=tuple(
                blokken.tariefperceel(zaak.definitie.find_perceel(perceel), codes, tabel)
                for perceel, codes in stand.producten.items()
            ),
            tarief=blokken.tariefversie(tabel),
            gemeenten=brieven.gemeentepartijen(zaak.definitie, vanaf),
            gebied=brieven.gebiedsregels(gebied_op(zaak.definitie.geografie, vanaf)),
        )
    return Drukopdracht(
        sjablonen=str(huis.sjablonen.map),
        soort=document.soort,
        gegevens=msgspec.json.encode(gegevens).decode(),
        kenmerk=f"{document.kenmerk} geconsolideerd op {op.isoformat()}",
        afwijkingen=document.afwijkingen,
    )


def _find(huis: Huis, sessie: Session, contractnummer: str, op: date) -> tuple[OvereenkomstRow, Zaak]:
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow):
        tekst = f"{contractnummer} is een addendum. Noem het nummer van de overeenkomst zelf."
        raise BeletselenError("Dit is geen overeenkomst.", [Beletsel("addendum", tekst)])
    if rij.status not in _GELDEND or op < rij.ingang:
        ingang = format_dag(rij.ingang)
        tekst = f"Overeenkomst {contractnummer} geldt niet op {format_dag(op)} (status {rij.status}, ingang {ingang})."
        raise BeletselenError("Er geldt dan nog niets.", [Beletsel("overeenkomst-status", tekst)])
    return rij, load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))


def _list_geldend(sessie: Session, rij: OvereenkomstRow, op: date) -> Sequence[tuple[AddendumRow, addenda.Wijziging]]:
    """The addenda that all signed and that are in force by a day, in order of their day."""
    geldend = [een for een in addenda.list_addenda(sessie, rij) if een.status in _GELDEND and een.ingang <= op]
    return [
        (een, msgspec.json.decode(een.inhoud, type=addenda.Wijziging))
        for een in sorted(geldend, key=lambda een: (een.ingang, een.nummer))
    ]
