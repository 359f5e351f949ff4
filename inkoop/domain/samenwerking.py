"""How gemeenten work together: the arrangement they signed, who still hesitates, who may join later.

Bron: A.2.1 (H19-01..H19-10), A.2.5 (H19-45), SYS-GOV; B.9; BP-13, BP-22.
"""

from __future__ import annotations

import string
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from hashlib import sha256

import msgspec


class Deelname(StrEnum):
    """How firmly a gemeente takes part; with `voorbehoud` it may withdraw before contracts (H19-02)."""

    VAST = "vast"
    VOORBEHOUD = "voorbehoud"


class Kandidaatstand(StrEnum):
    """Where a gemeente that is no participant stands (H19-02, H19-03)."""

    KANDIDAAT = "kandidaat"
    UITGETREDEN = "uitgetreden"


class Kandidaatgemeente(msgspec.Struct, frozen=True, kw_only=True):
    """A gemeente that is no party: it may join later, or it withdrew (H19-03)."""

    naam: str
    stand: Kandidaatstand
    toelichting: str
    bron: str
    sinds: date | None = None


class Regelingsoort(StrEnum):
    """The arrangement between gemeenten (SYS-GOV, B.9)."""

    BESTUURSAKKOORD = "bestuursakkoord"
    CENTRUMREGELING = "centrumregeling"


class Regeling(msgspec.Struct, frozen=True, kw_only=True):
    """An arrangement: parties, validity (both days inclusive), what it covers and what it leaves out.

    `partijen` are codes of gemeenten; `forum` is the meeting in which the empowered portefeuillehouders
    decide, `agendapunt` whether that takes an explicit agenda item.

    Bron: H19-05..H19-08, M20-55.
    """

    id: str
    soort: Regelingsoort
    naam: str
    partijen: tuple[str, ...]
    geldig_van: date
    geldig_tot: date
    forum: str
    agendapunt: bool
    rechtspersoon: bool
    onderwerpen: tuple[str, ...]
    buiten_reikwijdte: tuple[str, ...]
    bron: str


class Gemeenteaanhaak(msgspec.Struct, frozen=True, kw_only=True):
    """When a gemeente can join: strictly before day `voor` (MM-DD), in force on `ingang` of the next year (H19-45)."""

    voor: str
    ingang: str
    regeling: str
    bron: str


class VerwanteProcedure(msgspec.Struct, frozen=True, kw_only=True):
    """Another procedure that is kept in step with this one (M20-10)."""

    naam: str
    relatie: str
    bron: str


class Catalogusvolgorde(StrEnum):
    """In which order the catalogue shows providers: never by preference (B.1.2).

    ALFABETISCH begins at A. WILLEKEURIG begins each day at another letter, so that nobody is always first.
    """

    ALFABETISCH = "alfabetisch"
    WILLEKEURIG = "willekeurig"


def find_beginletter(volgordes: Collection[Catalogusvolgorde], op: date) -> str:
    """The letter at which the catalogue begins on a day; empty = at A.

    It follows from the day alone, so everybody sees the same list and anybody can check it. The catalogue is one list
    for all procedures: it begins elsewhere only when each of them asks for that.

    Bron: B.1.2 (no preference in a toelating); the letter of the day is a project default.
    """
    if not volgordes or any(een is Catalogusvolgorde.ALFABETISCH for een in volgordes):
        return ""
    letters = string.ascii_uppercase
    return letters[int.from_bytes(sha256(op.isoformat().encode()).digest()) % len(letters)]


class Catalogus(msgspec.Struct, frozen=True, kw_only=True):
    """The one public place with the offer of contracted providers (SYS-CAT, H19-50, H19-51).

    `informatief` are fields that inform and never decide.
    """

    platform: str
    volgorde: Catalogusvolgorde
    velden: tuple[str, ...]
    informatief: tuple[str, ...]
    bron: str
