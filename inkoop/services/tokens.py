"""Tokens: how a program reads, or starts a flow, as a person in one role.

A token never carries more than its person: the same policy is asked at every request, and it ends with the
role. It is shown once; the store keeps only its hash. What people decide stays with people: no token takes a
besluit. A system that connects gets a person of its own, so that the log tells it from people.

Instants here are those outside, also in a simulation, as for sessions.

Bron: ontwerp 8; docs/adr/0025.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.toegang import Handeling
from inkoop.services import personen
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.web import TokengebruikRow, TokenRow

BEGIN: Final = "inkoop_"
"""How every token begins, so that one that got out is recognised."""

MAX_DAGEN: Final = 366
"""The longest that a token lives, in days (project default)."""

DAGEN: Final = 90
"""How long a token lives when nothing else is asked, in days (project default)."""

MAX_DOEL: Final = 100
"""The most characters of what a token is for."""

BIJHOUDEN: Final = timedelta(minutes=5)
"""How often it is written down that a token is in use."""


class Bereik(StrEnum):
    """What a token may be used for; within it the role decides."""

    LEZEN = "lezen"
    FLOWS = "flows"


class Tokenstand(msgspec.Struct, frozen=True, kw_only=True):
    """A token as the beheerder sees it; `stand` is geldig, verlopen or ingetrokken. Times are aware UTC."""

    kenmerk: str
    persoon: str
    rol: Rol
    bereik: tuple[Bereik, ...]
    doel: str
    stand: str
    geldig_tot: datetime
    gebruikt_op: datetime | None
    uitgegeven_door: str


class Tokenhouder(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks with a token that is worth something."""

    kenmerk: str
    persoon: Persoon
    rol: Rol
    bereik: frozenset[Bereik]
    geldig_tot: datetime


def issue(
    huis: Huis, door: Optreden, wie: str, rol: Rol | None, bereik: Collection[Bereik], doel: str, dagen: int = DAGEN
) -> tuple[str, str]:
    """Give out a token; returns its kenmerk and the token itself, which nobody can look up later.

    Without `rol` the person has exactly one. Raises BeletselenError with every reason.
    """
    token = BEGIN + secrets.token_urlsafe(32)
    kenmerk = f"T-{secrets.token_hex(4)}"
    nu = huis.winkel.read_klok()
    with handel(huis, door, Handeling.TOKEN_UITGEVEN) as eenheid:
        persoon = personen.find_persoon(eenheid.sessie, wie)
        gekozen = rol or (next(iter(persoon.rollen)) if len(persoon.rollen) == 1 else None)
        beletselen = _check(persoon, gekozen, bereik, doel, dagen)
        if beletselen or gekozen is None:
            raise BeletselenError("Dit token kan niet worden uitgegeven.", beletselen)
        rij = TokenRow(
            kenmerk=kenmerk,
            hash=_hash(token),
            persoon=wie,
            rol=gekozen,
            bereik=sorted(bereik),
            doel=doel.strip(),
            uitgegeven_door=door.wie,
            uitgegeven_op=nu,
            geldig_tot=nu + timedelta(days=dagen),
        )
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.TOKEN_UITGEVEN,
            kenmerk,
            naar="geldig",
            gegevens={"persoon": wie, "rol": str(gekozen), "bereik": sorted(bereik), "dagen": dagen},
        )
    return kenmerk, token


def _check(persoon: Persoon, rol: Rol | None, bereik: Collection[Bereik], doel: str, dagen: int) -> list[Beletsel]:
    beletselen = []
    rollen = ", ".join(sorted(persoon.rollen))
    if rol is None:
        beletselen.append(Beletsel("rol", f"Noem de rol; {persoon.naam} heeft er meer dan een: {rollen}."))
    elif rol not in persoon.rollen:
        beletselen.append(Beletsel("rol", f"{persoon.naam} heeft de rol {rol} niet. Wel: {rollen}."))
    elif rol is Rol.SYSTEEM:
        beletselen.append(Beletsel("rol", "Voor de rol systeem bestaat geen token. Kies de rol van een persoon."))
    if not bereik:
        beletselen.append(Beletsel("bereik", f"Noem waarvoor het token is: {' of '.join(Bereik)}."))
    if not 0 < len(doel.strip()) <= MAX_DOEL:
        beletselen.append(Beletsel("doel", f"Schrijf in 1 tot {MAX_DOEL} tekens welk programma het token gebruikt."))
    if not 0 < dagen <= MAX_DAGEN:
        beletselen.append(Beletsel("dagen", f"Een token geldt 1 tot {MAX_DAGEN} dagen."))
    return beletselen


def revoke(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Take a token back: from now on it is worth nothing. Raises BeletselenError when that was done already."""
    with handel(huis, door, Handeling.TOKEN_INTREKKEN) as eenheid:
        rij = eenheid.sessie.get(TokenRow, kenmerk)
        if rij is None:
            raise NietGevondenError("Token", kenmerk, eenheid.sessie.exec(select(TokenRow.kenmerk)))
        if rij.ingetrokken_op is not None:
            tekst = f"Token {kenmerk} is al ingetrokken door {rij.ingetrokken_door}."
            raise BeletselenError("Dit kan niet.", [Beletsel("ingetrokken", tekst)])
        rij.ingetrokken_op, rij.ingetrokken_door = huis.winkel.read_klok(), door.wie
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.TOKEN_INTREKKEN, kenmerk, van="geldig", naar="ingetrokken")


def list_tokens(huis: Huis, door: Optreden) -> tuple[Tokenstand, ...]:
    """Every token that was given out, by person; for who may give them out."""
    nu = huis.winkel.read_klok()
    with lees(huis, door, Handeling.TOKEN_UITGEVEN) as sessie:
        rijen = sessie.exec(select(TokenRow).order_by(col(TokenRow.persoon), col(TokenRow.uitgegeven_op)))
        return tuple(_describe(sessie, rij, nu) for rij in rijen)


def _describe(sessie: Session, rij: TokenRow, nu: datetime) -> Tokenstand:
    gebruik = sessie.get(TokengebruikRow, rij.kenmerk)
    stand = "ingetrokken" if rij.ingetrokken_op else ("geldig" if nu < rij.geldig_tot else "verlopen")
    return Tokenstand(
        kenmerk=rij.kenmerk,
        persoon=rij.persoon,
        rol=Rol(rij.rol),
        bereik=tuple(Bereik(een) for een in rij.bereik),
        doel=rij.doel,
        stand=stand,
        geldig_tot=rij.geldig_tot,
        gebruikt_op=None if gebruik is None else gebruik.gebruikt_op,
        uitgegeven_door=rij.uitgegeven_door,
    )


def find(huis: Huis, token: str, op: datetime) -> Tokenhouder | None:
    """Who holds this token, while it is valid, the person is active and still has the role; else None."""
    if not token.startswith(BEGIN):
        return None
    with huis.winkel.lezen() as sessie:
        rij = sessie.exec(select(TokenRow).where(TokenRow.hash == _hash(token))).one_or_none()
        if rij is None or rij.ingetrokken_op is not None or op >= rij.geldig_tot:
            return None
        rol = Rol(rij.rol)
        persoon = personen.find_in_rol(sessie, rij.persoon, rol)
        if persoon is None:
            return None
        gebruik = sessie.get(TokengebruikRow, rij.kenmerk)
    if gebruik is None or op - gebruik.gebruikt_op > BIJHOUDEN:
        _touch(huis, rij.kenmerk, op)
    bereik = frozenset(Bereik(een) for een in rij.bereik)
    return Tokenhouder(kenmerk=rij.kenmerk, persoon=persoon, rol=rol, bereik=bereik, geldig_tot=rij.geldig_tot)


def _touch(huis: Huis, kenmerk: str, op: datetime) -> None:
    """Write down that a token is in use."""
    with huis.winkel.machinekamer() as sessie:
        sessie.merge(TokengebruikRow(kenmerk=kenmerk, gebruikt_op=op))


def _hash(token: str) -> str:
    """A token is 32 random bytes, so a fast hash is enough: there is no word to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
