"""Drafts: what somebody filled in and did not send yet. Nobody else reads them, and they decide nothing.

Bron: ontwerp 8 (FE-8: what is not handed in is nobody's business); project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm.exc import StaleDataError

from inkoop.services.huis import Huis
from inkoop.storage.eenheid import GelijktijdigeWijzigingError
from inkoop.storage.tabellen.web import KladRow


class Klad(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stands; `versie` is given back with a change, so that two windows do not overwrite each other."""

    inhoud: dict[str, Any]
    versie: int
    gewijzigd_op: datetime


def find_klad(huis: Huis, wie: str, formulier: str, onderwerp: str) -> Klad | None:
    """Somebody's own draft of a form about something."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.get(KladRow, (wie, formulier, onderwerp))
        return None if rij is None else Klad(inhoud=rij.inhoud, versie=rij.versie, gewijzigd_op=rij.gewijzigd_op)


def save_klad(
    huis: Huis, wie: str, formulier: str, onderwerp: str, inhoud: Mapping[str, Any], op: datetime, versie: int
) -> int:
    """Keep a draft; `versie` is the one it was made from (0: none yet). Returns the new one.

    Raises GelijktijdigeWijzigingError when the draft was changed since, in another window or by another
    person who acts for the same.
    """
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(KladRow, (wie, formulier, onderwerp))
        if (0 if rij is None else rij.versie) != versie:
            raise GelijktijdigeWijzigingError
        if rij is None:
            rij = KladRow(persoon=wie, formulier=formulier, onderwerp=onderwerp, inhoud={}, gewijzigd_op=op)
        rij.inhoud, rij.gewijzigd_op = dict(inhoud), op
        sessie.add(rij)
        try:
            sessie.flush()
        except StaleDataError as fout:
            raise GelijktijdigeWijzigingError from fout
        return rij.versie


def drop_klad(huis: Huis, wie: str, formulier: str, onderwerp: str) -> None:
    """Throw a draft away, after it was sent or because its writer asks for it."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(KladRow, (wie, formulier, onderwerp))
        if rij is not None:
            sessie.delete(rij)
