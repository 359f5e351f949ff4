"""The calendar: which day it is in the Netherlands, which days are no working days, what is on time.

Instants are timezone-aware; people see Europe/Amsterdam. Which days are holidays is data
(definitions/feestdagen); rules get them as a value that knows for which years it is complete, so
that a term in another year is an error and never silently a working day.

Bron: domein E (head), E.5; Algemene termijnenwet art. 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from inkoop.domain.fouten import InkoopError

TIJDZONE = ZoneInfo("Europe/Amsterdam")
"""The time zone of every date and time that people read."""

_ZATERDAG = 5
_DAGNAMEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDNAMEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


class BuitenKalenderError(InkoopError):
    """A day falls outside the years for which the holidays are known."""

    def __init__(self, dag: date, van_jaar: int, tot_jaar: int) -> None:
        super().__init__(
            f"De feestdagen zijn bekend voor {van_jaar} tot en met {tot_jaar}, maar er is gerekend met "
            f"{format_dag(dag)}. Laad de feestdagen van meer jaren."
        )


class TijdzoneOntbreektError(InkoopError):
    """An instant without a time zone cannot be compared or turned into a day."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(f"Het tijdstip {instant.isoformat()} heeft geen tijdzone. Geef het met tijdzone door.")


class Feestdagen(msgspec.Struct, frozen=True, kw_only=True):
    """The days that are no working days besides Saturday and Sunday, each with why.

    Complete for the years `van_jaar` up to and including `tot_jaar`.
    """

    van_jaar: int
    tot_jaar: int
    dagen: Mapping[date, str]

    def __contains__(self, dag: object) -> bool:
        """Whether this day is a holiday."""
        return dag in self.dagen


def local_date(instant: datetime) -> date:
    """The day in the Netherlands on which an instant falls; refuses an instant without a time zone."""
    if instant.tzinfo is None:
        raise TijdzoneOntbreektError(instant)
    return instant.astimezone(TIJDZONE).date()


def explain_vrije_dag(dag: date, feestdagen: Feestdagen) -> str | None:
    """Why this day is no working day (`zaterdag`, `Tweede paasdag`), or None for a working day.

    Bron: Algemene termijnenwet art. 1 and 3.
    """
    if not feestdagen.van_jaar <= dag.year <= feestdagen.tot_jaar:
        raise BuitenKalenderError(dag, feestdagen.van_jaar, feestdagen.tot_jaar)
    if waarom := feestdagen.dagen.get(dag):
        return waarom
    return _DAGNAMEN[dag.weekday()] if dag.weekday() >= _ZATERDAG else None


def is_werkdag(dag: date, feestdagen: Feestdagen) -> bool:
    """Whether this day is no Saturday, Sunday, holiday or day that is equated with one."""
    return explain_vrije_dag(dag, feestdagen) is None


def roll_forward(dag: date, feestdagen: Feestdagen) -> date:
    """The day itself when it is a working day, else the first working day after it.

    Bron: E.5 `next_workday`; Algemene termijnenwet art. 1 lid 1.
    """
    while not is_werkdag(dag, feestdagen):
        dag += timedelta(days=1)
    return dag


def roll_back(dag: date, feestdagen: Feestdagen) -> date:
    """The day itself when it is a working day, else the last working day before it (E.5 `roll_back`)."""
    while not is_werkdag(dag, feestdagen):
        dag -= timedelta(days=1)
    return dag


def is_tijdig(ontvangen: datetime, sluiting: datetime) -> bool:
    """Whether something came in at or before closing, counted in whole seconds.

    With closing at 23:59:59, 23:59:59.9 is on time and 00:00:00 is late.

    Bron: E.5 `on_time`; B.2.8 (the clock of the receiving server counts).
    """
    for instant in (ontvangen, sluiting):
        if instant.tzinfo is None:
            raise TijdzoneOntbreektError(instant)
    return ontvangen.replace(microsecond=0) <= sluiting


def format_dag(dag: date) -> str:
    """A day as people write it, for messages: `31 maart 2020`."""
    return f"{dag.day} {_MAANDNAMEN[dag.month - 1]} {dag.year}"


def format_weekdag(dag: date) -> str:
    """A day with the name of the weekday: `dinsdag 31 maart 2020`."""
    return f"{_DAGNAMEN[dag.weekday()]} {format_dag(dag)}"
