"""Which system's receipt decides: the one that the leidraad names, and no other.

Bron: B.2.8 (the clock of the server that receives), C.9; issue intake.
"""

from __future__ import annotations

import msgspec

from inkoop.domain.fouten import Beletsel


class Ontvangstsysteem(msgspec.Struct, frozen=True, kw_only=True):
    """The system whose receipt decides whether an aanmelding is on time, as the leidraad names it (B.2.8).

    `rechtstreeks` = that is this program: aanbieders hand in here. Else they hand in there, and what it received
    is imported. The receipt of any other system does not count.
    """

    systeem: str
    rechtstreeks: bool


def check_rechtstreeks(ontvangst: Ontvangstsysteem | None) -> list[Beletsel]:
    """Why an aanbieder cannot hand in here: the receipt of another system counts."""
    if ontvangst is None or ontvangst.rechtstreeks:
        return []
    tekst = f"In deze procedure telt alleen de ontvangst door {ontvangst.systeem}. Dien daar in, vóór de sluiting."
    return [Beletsel("ander-systeem", tekst)]


def check_platform(ontvangst: Ontvangstsysteem | None, platform: str) -> list[Beletsel]:
    """Why the receipts of this platform do not count; empty where the procedure names no system."""
    if ontvangst is None or _plain(ontvangst.systeem) == _plain(platform):
        return []
    tekst = (
        f"De leidraad wijst '{ontvangst.systeem}' aan: alleen de ontvangst daar telt. In het koppelingsbestand staat"
        f" '{platform}'. Is dat hetzelfde systeem, schrijf de naam dan gelijk; anders telt deze export niet."
    )
    return [Beletsel("ander-systeem", tekst)]


def _plain(naam: str) -> str:
    return " ".join(naam.split()).casefold()
