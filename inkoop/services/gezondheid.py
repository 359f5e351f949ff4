"""Whether a store can be worked with now, and whether its machine keeps up: for a load balancer and an administrator.

Two kinds of trouble. Without its database or its files nobody can work (`ernstig`). Work that lies waiting, runs that
gave up and a disk that fills up need somebody to look, while everybody can go on.

Bron: ontwerp 7, 8; project default (the limits).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import msgspec
from sqlmodel import col, func, select

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE
from inkoop.services.aandrijving import MAX_POGINGEN
from inkoop.services.huis import Huis
from inkoop.storage.auditregel import read_kop
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand

WACHT = timedelta(hours=1)
"""A tick that waits for longer says that nothing starts flows (project default)."""

RUIMTE = 1024**3
"""Bytes that must be free on the disk of the store (project default): some two hundred applications."""


class Gezondheidspunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: what was found, and what to do when it is not in order."""

    onderdeel: str
    goed: bool
    gevonden: str
    advies: str = ""
    ernstig: bool = False


def examine_kern(huis: Huis) -> tuple[Gezondheidspunt, ...]:
    """The two without which nobody can work: the database and the files. Quick enough for every few seconds."""
    return _check("Database", lambda: _find_regels(huis)), _check("Bestanden van de winkel", lambda: _reach(huis))


def examine_gezondheid(huis: Huis) -> tuple[Gezondheidspunt, ...]:
    """Everything: the kern, what waits, when a flow last ran, what gave up, and the room that is left."""
    kern = examine_kern(huis)
    if not is_bruikbaar(kern):
        return kern
    return (*kern, *_examine_flows(huis), _examine_ruimte(huis))


def is_bruikbaar(punten: tuple[Gezondheidspunt, ...]) -> bool:
    """Whether people can work."""
    return not any(punt.ernstig for punt in punten)


def _check(onderdeel: str, kijk: Callable[[], str]) -> Gezondheidspunt:
    try:
        return Gezondheidspunt(onderdeel=onderdeel, goed=True, gevonden=kijk())
    except (InkoopError, OSError) as fout:
        return Gezondheidspunt(
            onderdeel=onderdeel, goed=False, ernstig=True, gevonden="niet te gebruiken", advies=str(fout)
        )


def _find_regels(huis: Huis) -> str:
    with huis.winkel.lezen() as sessie:
        kop = read_kop(sessie.connection())
    return f"antwoordt; {0 if kop is None else kop.aantal} regels in het logboek"


def _reach(huis: Huis) -> str:
    """Ask both places for a file that is not there: a place that does not answer says so."""
    for opslag in (huis.winkel.bewijs, huis.winkel.documenten):
        opslag.plek.check()
    return f"bereikbaar {huis.winkel.documenten.plek.waar}"


def _examine_flows(huis: Huis) -> Iterator[Gezondheidspunt]:
    nu = huis.winkel.read_klok()
    with huis.winkel.lezen() as sessie:
        oudste = sessie.exec(select(func.min(TikRow.gevraagd_op)).where(TikRow.stand == Tikstand.GEVRAAGD)).one()
        laatste = sessie.exec(select(func.max(TikRow.geeindigd_op)).where(TikRow.stand == Tikstand.KLAAR)).one()
        opgegeven = sessie.exec(
            select(func.count())
            .select_from(TikRow)
            .where(TikRow.stand == Tikstand.MISLUKT, col(TikRow.poging) >= MAX_POGINGEN)
        ).one()
    wacht = timedelta() if oudste is None else nu - oudste
    yield Gezondheidspunt(
        onderdeel="Wachtend werk",
        goed=wacht <= WACHT,
        gevonden="niets wacht" if oudste is None else f"het oudste wacht {_format_duur(wacht)}",
        advies="" if wacht <= WACHT else "Kijk of 'inkoop start' draait, of geef: inkoop flow start verzoening",
    )
    yield Gezondheidspunt(
        onderdeel="Laatste flow", goed=True, gevonden="nog geen" if laatste is None else _format_moment(laatste)
    )
    yield Gezondheidspunt(
        onderdeel="Flows die het opgaven",
        goed=not opgegeven,
        gevonden=str(opgegeven),
        advies="Lees de reden met 'inkoop flow tikken', los die op en start de flow opnieuw" if opgegeven else "",
    )


def _examine_ruimte(huis: Huis) -> Gezondheidspunt:
    vrij = shutil.disk_usage(huis.winkel.map).free
    return Gezondheidspunt(
        onderdeel="Vrije ruimte",
        goed=vrij >= RUIMTE,
        gevonden=f"{vrij / 1024**3:.1f} GB bij de winkel",
        advies="" if vrij >= RUIMTE else "Maak ruimte op de schijf van de winkel; is die vol, dan stoppen de flows",
    )


def _format_duur(duur: timedelta) -> str:
    minuten = int(duur.total_seconds() // 60)
    return f"{minuten} minuten" if minuten < 120 else f"{minuten // 60} uur"


def _format_moment(op: datetime) -> str:
    return f"{op.astimezone(TIJDZONE):%d-%m-%Y %H:%M}"
