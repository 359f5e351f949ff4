"""Reading the audit log, for who may: by object, by person, newest first, and to take along.

Bron: FE-10; domein D column AR.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import bladeren
from inkoop.services.bladeren import Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.audit import Ketencontrole, check_keten
from inkoop.storage.auditregel import AuditRow, read_kop
from inkoop.storage.bestandscontrole import check_bestanden
from inkoop.storage.winkel import Winkel

BLADZIJDE = 100
"""How many rows a page of the log shows."""


class Logvraag(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are asked for; empty = all. `vanaf` is the number of rows that come before (newest first)."""

    onderwerp: str = ""
    persoon: str = ""
    handeling: str = ""
    vanaf: int = 0


def read_logboek(
    huis: Huis, door: Optreden, vraag: Logvraag, aantal: int | None = BLADZIJDE
) -> tuple[list[AuditRow], Telling]:
    """Rows of the log, newest first, and how many there are in all; `aantal` None gives every one."""
    with lees(huis, door, Handeling.AUDIT_LEZEN) as sessie:
        filters = _list_filters(sessie, vraag)
        if filters:
            totaal = bladeren.count_tot(sessie, select(AuditRow.volgnummer).where(*filters), vraag.vanaf)
        else:
            kop = read_kop(sessie.connection())
            totaal = Telling(0 if kop is None else kop.aantal)
        # The numbers first: rows that are only counted past are never read.
        nummers: Any = select(AuditRow.volgnummer).where(*filters).order_by(col(AuditRow.volgnummer).desc())
        if aantal is not None:
            nummers = nummers.limit(aantal)
        gekozen = nummers.offset(vraag.vanaf).subquery()
        rijen = select(AuditRow).join(gekozen, gekozen.c.volgnummer == AuditRow.volgnummer)
        return list(sessie.exec(rijen.order_by(col(AuditRow.volgnummer).desc()))), totaal


def _list_filters(sessie: Session, vraag: Logvraag) -> list[Any]:
    filters: list[Any] = []
    if vraag.onderwerp:
        # An object and everything whose kenmerk begins with it: a round with its applications and documents.
        kolom = col(AuditRow.onderwerp)
        filters.append((kolom == vraag.onderwerp) | bladeren.begins_with(sessie, kolom, f"{vraag.onderwerp}-"))
    if vraag.persoon:
        filters.append(col(AuditRow.persoon) == vraag.persoon)
    if vraag.handeling:
        filters.append(col(AuditRow.handeling) == vraag.handeling)
    return filters


def check(huis: Huis, door: Optreden) -> Ketencontrole:
    """Whether the chain of the log, the records and the files are whole; shows no contents."""
    require_toegang(door.persoon, door.rol, Handeling.AUDIT_CONTROLEREN)
    return check_winkel(huis.winkel)


def check_winkel(winkel: Winkel) -> Ketencontrole:
    """Whether the chain of the log, the records and the files of a store are whole."""
    controle = check_keten(winkel)
    return msgspec.structs.replace(controle, fouten=(*controle.fouten, *check_bestanden(winkel)))


def find_laatste_moment(huis: Huis) -> datetime | None:
    """The instant of the last act in the store; None in a store where nothing was done."""
    with huis.winkel.lezen() as sessie:
        return sessie.exec(select(AuditRow.op).order_by(col(AuditRow.volgnummer).desc()).limit(1)).first()
