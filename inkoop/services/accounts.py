"""Passwords of people who sign in with an account of our own (next to the identity provider of a gemeente).

Bron: ontwerp 8; project default (length, no rules about kinds of characters: a long word is what helps).
"""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Persoon
from inkoop.domain.toegang import Handeling
from inkoop.services import personen, websessies
from inkoop.services.gezien import Stand, search_log
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.web import AccountRow

MINIMALE_LENGTE: Final = 12
"""The fewest characters of a password (project default)."""

MAXIMALE_LENGTE: Final = 256
"""The most characters: checking a longer one would only cost time (project default)."""

_HASHER: Final = PasswordHash((Argon2Hasher(),))
_TEGELIJK: Final = BoundedSemaphore(2)
"""How many passwords are checked at once: each takes 64 MB and a tenth of a second by design."""


@cache
def _schijnhash() -> str:
    """A hash that no password has, so that an unknown name takes as long as a known one."""
    return _HASHER.hash("niemand heeft dit wachtwoord")


def set_wachtwoord(huis: Huis, door: Optreden, wie: str, wachtwoord: str) -> None:
    """Give somebody a password, or another one; whoever was signed in with the old one no longer is.

    Raises BeletselenError when the password is too short, too long or says the name.
    """
    beletselen = _check_wachtwoord(wie, wachtwoord)
    if beletselen:
        raise BeletselenError("Dit wachtwoord kan niet.", beletselen)
    with _TEGELIJK:
        hash_ = _HASHER.hash(wachtwoord)
    with handel(huis, door, Handeling.ACCOUNT_INSTELLEN) as eenheid:
        personen.find_persoon(eenheid.sessie, wie)
        rij = eenheid.sessie.get(AccountRow, wie)
        van = None if rij is None else "ingesteld"
        if rij is None:
            rij = AccountRow(persoon=wie, wachtwoord=hash_, gewijzigd_op=door.nu)
        rij.wachtwoord, rij.gewijzigd_op = hash_, door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.ACCOUNT_INSTELLEN, wie, van=van, naar="ingesteld")
    websessies.end_all(huis, wie)


def look_accounts(sessie: Session) -> Stand:
    """To whom a password was given last, for who gives one beside somebody else; a form never shows one."""
    laatste = search_log("", Handeling.ACCOUNT_INSTELLEN)(sessie)
    if laatste is None:
        return Stand(regels=())
    regels = (("Kreeg het laatst een wachtwoord", laatste.onderwerp),)
    return Stand(regels=regels, door=laatste.persoon, op=laatste.op, sleutel=str(laatste.volgnummer))


def _check_wachtwoord(wie: str, wachtwoord: str) -> list[Beletsel]:
    beletselen = []
    if len(wachtwoord) < MINIMALE_LENGTE:
        tekst = f"Een wachtwoord heeft ten minste {MINIMALE_LENGTE} tekens; een zin van vier woorden is goed."
        beletselen.append(Beletsel("kort", tekst))
    if len(wachtwoord) > MAXIMALE_LENGTE:
        beletselen.append(Beletsel("lang", f"Een wachtwoord heeft ten hoogste {MAXIMALE_LENGTE} tekens."))
    if wie and wie.lower() in wachtwoord.lower():
        beletselen.append(Beletsel("naam", "Gebruik uw gebruikersnaam niet in het wachtwoord."))
    if len(set(wachtwoord)) < 5:
        beletselen.append(Beletsel("eentonig", "Dit wachtwoord bestaat bijna helemaal uit hetzelfde teken."))
    return beletselen


def check_wachtwoord(huis: Huis, wie: str, wachtwoord: str) -> Persoon | None:
    """The person to whom this name and password belong; None otherwise, and it takes as long."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.get(AccountRow, wie)
        hash_ = _schijnhash() if rij is None else rij.wachtwoord
        try:
            persoon = personen.find_persoon(sessie, wie)
        except NietGevondenError:
            persoon = None
    with _TEGELIJK:
        klopt = len(wachtwoord) <= MAXIMALE_LENGTE and _HASHER.verify(wachtwoord, hash_)
    return persoon if klopt and rij is not None else None


def list_met_account(huis: Huis) -> frozenset[str]:
    """The ids of who has a password."""
    with huis.winkel.lezen() as sessie:
        return frozenset(sessie.exec(select(AccountRow.persoon)))
