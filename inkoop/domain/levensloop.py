"""The whole life of a procedure as it is planned: what happens on which day, who has work, what would go wrong.

How it is played stands in domain/levensloopspel.

Bron: E.5 (rounds, addendum cycle, reminders); BP-13; domein 0.11.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.maanden import add_maanden
from inkoop.domain.persoon import Rol


class Levenssoort(StrEnum):
    """What kind of event it is."""

    STAP = "stap"
    RONDE = "ronde"
    ADDENDUM = "addendum"
    AANHAAK = "gemeente_aanhaak"
    VERLENGING = "verlenging"
    GESPREK = "kwartaalgesprek"
    TARIEF = "tarief"
    MANDAAT = "mandaat"
    HERINNERING = "herinnering"
    EINDE = "einde"


class Gebeurtenis(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens on a day. `rol` has `handelingen` acts to do.

    `schendingen` is what a rule would stop it for, `waarschuwingen` what asks for attention in time.
    """

    dag: date
    soort: Levenssoort
    wat: str
    rol: Rol | None = None
    handelingen: int = 0
    ronde: str | None = None
    schendingen: tuple[Beletsel, ...] = ()
    waarschuwingen: tuple[Beletsel, ...] = ()


class Levensloop(msgspec.Struct, frozen=True, kw_only=True):
    """The life of a procedure, and until when it runs without anything being mended."""

    procedure: str
    gebeurtenissen: tuple[Gebeurtenis, ...]
    einde: date
    zeker_tot: date

    @property
    def schendingen(self) -> tuple[Gebeurtenis, ...]:
        """The events that a rule would stop, in order."""
        return tuple(een for een in self.gebeurtenissen if een.schendingen)

    @property
    def waarschuwingen(self) -> tuple[Gebeurtenis, ...]:
        """The events that ask for attention in time, in order."""
        return tuple(een for een in self.gebeurtenissen if een.waarschuwingen)


def count_werklast(levensloop: Levensloop) -> dict[str, dict[str, int]]:
    """The acts per month (`JJJJ-MM`) and role; months between the first and the last event are all there."""
    dagen = [een.dag for een in levensloop.gebeurtenissen]
    maand, laatste = min(dagen).replace(day=1), max(dagen)
    werklast: dict[str, dict[str, int]] = {}
    while maand <= laatste:
        werklast[maand.strftime("%Y-%m")] = {}
        maand = add_maanden(maand, 1)
    tellers: dict[str, Counter[str]] = {naam: Counter() for naam in werklast}
    for een in levensloop.gebeurtenissen:
        if een.rol is not None and een.handelingen:
            tellers[een.dag.strftime("%Y-%m")][een.rol] += een.handelingen
    return {naam: dict(sorted(teller.items())) for naam, teller in tellers.items()}
