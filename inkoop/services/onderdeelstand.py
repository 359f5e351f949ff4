"""Which parts an agreement has and which version of each holds on a day.

Bron: issue contract years (parts versioned apart); H19-42; C.21.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlmodel import Session

from inkoop.domain.onderdelen import Deelwijziging, find_versie
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.domain.woorden import format_woord
from inkoop.services import addenda, documenten, geconsolideerd, onderdelen, overeenkomsten, procedures
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Onderdeelstand(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an agreement on a day: its version, since when, and the addendum that made it.

    `soort` empty = the agreement itself. `versie` None = it is not signed yet, or nobody laid down what it says.
    """

    onderdeel: str
    soort: str
    versie: int | None
    vanaf: date | None
    addendum: str
    document: str
    stand: str


def list_standen(sessie: Session, rij: OvereenkomstRow, op: date) -> tuple[Onderdeelstand, ...]:
    """The agreement itself, then each of its parts; of a running procedure also those that still wait for a jurist."""
    hoofd = documenten.find_by_sleutel(sessie, f"overeenkomst:{rij.contractnummer}")
    getekend = rij.status in (*LOPEND, Overeenkomststatus.BEEINDIGD)
    return describe_standen(sessie, rij, hoofd, geconsolideerd.list_geldend(sessie, rij, op) if getekend else ())


def describe_standen(
    sessie: Session,
    rij: OvereenkomstRow,
    hoofd: DocumentRow | None,
    geldend: Sequence[tuple[AddendumRow, addenda.Wijziging]],
) -> tuple[Onderdeelstand, ...]:
    """The same of an agreement of which the document and the addenda in force are known."""
    nummer = rij.contractnummer
    getekend = rij.status in (*LOPEND, Overeenkomststatus.BEEINDIGD)
    wijzigingen = tuple(
        Deelwijziging(een.nummer, een.ingang, _name_delen(wat)) for een, wat in (geldend if getekend else ())
    )
    delen = [("", "de overeenkomst zelf", "" if hoofd is None else hoofd.kenmerk, str(rij.status))]
    delen += [
        (een.soort, een.titel, een.kenmerk, str(een.status)) for een in onderdelen.list_documenten(sessie, nummer)
    ]
    standen = []
    for soort, naam, kenmerk, stand in delen:
        versie = find_versie(soort, rij.ingang, wijzigingen) if getekend else None
        standen.append(
            Onderdeelstand(
                onderdeel=naam,
                soort=soort,
                versie=None if versie is None else versie.versie,
                vanaf=None if versie is None else versie.vanaf,
                addendum="" if versie is None else versie.addendum,
                document=kenmerk,
                stand=format_woord(stand),
            )
        )
    if not getekend:
        standen += _list_open(sessie, rij)
    return tuple(standen)


def _name_delen(wijziging: addenda.Wijziging) -> frozenset[str]:
    """The parts that an addendum changes; tariffs, area and offer stand in the agreement itself."""
    delen = {regel.onderdeel for regel in wijziging.teksten} | set(wijziging.bundels)
    if any(deel is not None for deel in (wijziging.tarieven, wijziging.gebied, wijziging.aanbod)):
        delen.add("")
    return frozenset(delen)


def _list_open(sessie: Session, rij: OvereenkomstRow) -> list[Onderdeelstand]:
    aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
    procedure_id = sessie.get_one(RondeRow, aanmelding.ronde_id).procedure_id
    definitie = procedures.read_definitie(sessie, procedure_id)
    return [
        Onderdeelstand(
            onderdeel=naam, soort="", versie=None, vanaf=None, addendum="", document="", stand="wacht op de jurist"
        )
        for naam in onderdelen.list_ontbrekend(sessie, definitie, procedure_id, rij.contractnummer)
    ]


def read_standen(sessie: Session, nummer: str, op: date) -> tuple[Onderdeelstand, ...]:
    """The parts of the agreement with this number. Raises NietGevondenError; an addendum has no parts."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    return list_standen(sessie, rij, op) if isinstance(rij, OvereenkomstRow) else ()
