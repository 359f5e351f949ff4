"""Who is signed in. The browser holds a token, the store only its hash; signing out ends it on the server.

A session ends an hour after it was last used and eleven hours after it began (project default): a
working day, and never overnight.

Bron: ontwerp 8.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlmodel import col, select

from inkoop.domain.persoon import Persoon, Rol
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.web import WebsessieRow
from inkoop.storage.vaste_vraag import ask

STIL: Final = timedelta(hours=1)
"""How long a session lives without being used."""

DUUR: Final = timedelta(hours=11)
"""How long a session lives at most."""

BIJHOUDEN: Final = timedelta(minutes=5)
"""How often it is written down that a session is in use: reading a page mostly writes nothing."""


class Ingelogde(msgspec.Struct, frozen=True, kw_only=True):
    """A person who is signed in, the role in which, and since when. `kvk` is whom an aanbieder acts for.

    `bron` is the source through which; None is an account of our own.
    """

    persoon: Persoon
    rol: Rol
    kvk: str | None
    begonnen_op: datetime
    bron: str | None = None


def begin(huis: Huis, persoon: Persoon, rol: Rol, op: datetime, bron: str | None = None) -> str:
    """Sign somebody in; returns the token. Sessions that ended are cleared away meanwhile."""
    token = secrets.token_urlsafe(32)
    with huis.winkel.machinekamer() as sessie:
        voorbij = select(WebsessieRow).where(
            (col(WebsessieRow.gebruikt_op) < op - STIL) | (col(WebsessieRow.begonnen_op) < op - DUUR)
        )
        for oud in sessie.exec(voorbij.limit(100)):
            sessie.delete(oud)
        sessie.add(
            WebsessieRow(id=_hash(token), persoon=persoon.id, rol=rol, begonnen_op=op, gebruikt_op=op, bron=bron)
        )
    return token


def find(huis: Huis, token: str, op: datetime) -> Ingelogde | None:
    """Who holds this token, while the session lives, the person is active and still has the role."""
    with huis.winkel.lezen() as sessie:
        rijen = ask(sessie, _vraag_ingelogde(), id=_hash(token))
    if not rijen:
        return None
    rij = rijen[0]
    if op - rij.gebruikt_op > STIL or op - rij.begonnen_op > DUUR:
        return None
    rol = Rol(rij.rol)
    persoon = Persoon(
        id=rij.persoon, naam=rij.naam, functie=rij.functie, rollen=frozenset(Rol(naam) for naam in rij.rollen)
    )
    if rol not in persoon.rollen:
        return None
    if op - rij.gebruikt_op > BIJHOUDEN:
        _touch(huis, token, op)
    return Ingelogde(persoon=persoon, rol=rol, kvk=rij.kvk, begonnen_op=rij.begonnen_op, bron=rij.bron)


@cache
def _vraag_ingelogde() -> Any:
    """Who holds a token, when active: asked at every page, so the session and the person in one."""
    return (
        sa.select(WebsessieRow.persoon, WebsessieRow.rol, WebsessieRow.begonnen_op, WebsessieRow.gebruikt_op)  # type: ignore[call-overload]
        .add_columns(WebsessieRow.bron, PersoonRow.naam, PersoonRow.functie, PersoonRow.rollen, PersoonRow.kvk)
        .join(PersoonRow, col(PersoonRow.id) == WebsessieRow.persoon)
        .where(col(WebsessieRow.id) == sa.bindparam("id"), col(PersoonRow.actief).is_(True))
    )


def _touch(huis: Huis, token: str, op: datetime) -> None:
    """Write down that a session is in use."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(WebsessieRow, _hash(token))
        if rij is not None:
            rij.gebruikt_op = op
            sessie.add(rij)


def end(huis: Huis, token: str) -> None:
    """Sign out; a token that is not known is left as it is."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(WebsessieRow, _hash(token))
        if rij is not None:
            sessie.delete(rij)


def end_all(huis: Huis, wie: str) -> None:
    """Sign somebody out everywhere, for instance because the password was changed."""
    with huis.winkel.machinekamer() as sessie:
        for rij in sessie.exec(select(WebsessieRow).where(WebsessieRow.persoon == wie)):
            sessie.delete(rij)


def switch_rol(huis: Huis, token: str, ingelogde: Ingelogde, rol: Rol, op: datetime) -> str | None:
    """Go on in another of one's own roles, under a new token; None when the role is not one's own."""
    if rol not in ingelogde.persoon.rollen:
        return None
    nieuw = begin(huis, ingelogde.persoon, rol, op, ingelogde.bron)
    end(huis, token)
    return nieuw


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
