"""The filters of the template language: how dates, amounts and lists read in Dutch.

Each filter takes one kind of value and refuses the rest, so that a text is never printed as if it
were a date. Amounts and numbers are Decimal or int; a float has already lost its cents.

Bron: project default; spelling of dates and amounts follows CLDR for nl.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

TAAL = "nl_NL"
TIJDZONE = ZoneInfo("Europe/Amsterdam")


class FilterwaardeError(ValueError):
    """A filter got a value of another kind; `str()` is the Dutch sentence for the template's author."""

    def __init__(self, filternaam: str, verwacht: str, waarde: object) -> None:
        super().__init__(f"Het filter '{filternaam}' verwacht {verwacht}, maar kreeg {describe(waarde)}.")


def describe(waarde: object) -> str:
    """Name the kind of a value in Dutch, and show it when it is short."""
    soort = next((naam for soort, naam in _SOORTNAMEN.items() if isinstance(waarde, soort)), "iets anders")
    tekst = str(waarde)
    return f"{soort} '{tekst}'" if len(tekst) <= 40 and "\n" not in tekst else soort


_SOORTNAMEN: Mapping[type, str] = {
    bool: "ja/nee",
    str: "de tekst",
    int: "het getal",
    float: "het kommagetal zonder vaste precisie",
    Decimal: "het getal",
    datetime: "het tijdstip",
    date: "de datum",
    Mapping: "een blok velden",
    Sequence: "een lijst",
}


def _as_dag(filternaam: str, waarde: object) -> date:
    if isinstance(waarde, datetime):
        return _as_tijdstip(filternaam, waarde).date()
    if isinstance(waarde, date):
        return waarde
    raise FilterwaardeError(filternaam, "een datum", waarde)


def _as_tijdstip(filternaam: str, waarde: object) -> datetime:
    if not isinstance(waarde, datetime):
        raise FilterwaardeError(filternaam, "een tijdstip", waarde)
    if waarde.utcoffset() is None:
        raise FilterwaardeError(filternaam, "een tijdstip met tijdzone", waarde)
    return waarde.astimezone(TIJDZONE)


def _as_getal(filternaam: str, waarde: object) -> Decimal:
    if isinstance(waarde, bool) or not isinstance(waarde, int | Decimal) or not Decimal(waarde).is_finite():
        raise FilterwaardeError(filternaam, "een getal", waarde)
    return Decimal(waarde)


def format_datum(waarde: object) -> str:
    """Write the day: 31 maart 2020. A tijdstip counts as its day in Amsterdam."""
    return format_date(_as_dag("datum", waarde), "d MMMM y", locale=TAAL)


def format_dag(waarde: object) -> str:
    """Write the day with its weekday: dinsdag 31 maart 2020."""
    return format_date(_as_dag("dag", waarde), "EEEE d MMMM y", locale=TAAL)


def format_tijdstip(waarde: object) -> str:
    """Write the instant to the second in Amsterdam time: 1 april 2020 om 00:00:30 uur."""
    lokaal = _as_tijdstip("tijdstip", waarde)
    return format_datetime(lokaal, "d MMMM y 'om' HH:mm:ss 'uur'", tzinfo=TIJDZONE, locale=TAAL)


def format_bedrag(waarde: object) -> str:
    """Write euros with two decimals; a part of a cent is refused, since it would be rounded away."""
    bedrag = _as_getal("bedrag", waarde)
    if bedrag != bedrag.quantize(Decimal("0.01")):
        raise FilterwaardeError("bedrag", "een bedrag in hele centen", waarde)
    return _format_euro(bedrag)


@lru_cache(maxsize=4096)
def _format_euro(bedrag: Decimal) -> str:
    return format_currency(bedrag, "EUR", locale=TAAL)


def format_aantal(waarde: object) -> str:
    """Write a number the Dutch way, with all the decimals it has: 1.234 or 3,25."""
    getal = _as_getal("aantal", waarde)
    return format_decimal(getal, locale=TAAL, decimal_quantization=False)


def format_opsomming(waarde: object) -> str:
    """Write a list of texts as a sentence: a, b en c."""
    if isinstance(waarde, str) or not isinstance(waarde, Sequence):
        raise FilterwaardeError("opsomming", "een lijst teksten", waarde)
    for deel in waarde:
        if isinstance(deel, bool) or not isinstance(deel, str | int):
            raise FilterwaardeError("opsomming", "een lijst teksten", deel)
    delen = [str(deel) for deel in waarde]
    return " en ".join(filter(None, [", ".join(delen[:-1]), *delen[-1:]]))


FILTERS: Mapping[str, Callable[[object], str]] = {
    "datum": format_datum,
    "dag": format_dag,
    "tijdstip": format_tijdstip,
    "bedrag": format_bedrag,
    "aantal": format_aantal,
    "opsomming": format_opsomming,
}
