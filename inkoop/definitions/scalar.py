"""One unquoted word of a YAML file: a number, a day, an instant or text; what could be two things is refused.

YAML readers differ on `no`, `12:30`, `010` and `~`, so a file that holds one of them unquoted could mean
something else to another reader. Here such a word is a fault with a way out.

Bron: ontwerp 4 (ambiguous scalars are errors); metingen, Criteria (PyYAML turns 12:30 into 750).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

Scalar: TypeAlias = str | int | Decimal

_GETAL = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAG = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIJDSTIP = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}.*")
_MAANDEN = (
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

_AANHALEN = "Is het tekst, zet er dan aanhalingstekens om."
_MEERDUIDIG: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (
        re.compile(r"yes|on|true|y", re.IGNORECASE),
        lambda woord: f"'{woord}' is meerduidig. Schrijf 'ja'. {_AANHALEN}",
    ),
    (
        re.compile(r"no|off|false|n", re.IGNORECASE),
        lambda woord: f"'{woord}' is meerduidig. Schrijf 'nee'. {_AANHALEN}",
    ),
    (
        re.compile(r"null|~", re.IGNORECASE),
        lambda woord: f"'{woord}' betekent hier niets. Vul een waarde in, of laat de sleutel weg.",
    ),
    (
        re.compile(r"[-+]?\d+(:\d{1,2})+(\.\d*)?"),
        lambda woord: f"'{woord}' kan een tijd of een getal zijn. Zet er aanhalingstekens om.",
    ),
    (
        re.compile(r"[-+]?0[0-9_]+|[-+]?0[oxbOXB][0-9a-fA-F_]+"),
        lambda woord: f"'{woord}' begint met een nul en kan daardoor een ander getal worden. {_AANHALEN}",
    ),
    (
        re.compile(r"\+\d[\d_.]*|-?\d+(_\d+)+(\.\d+)?|-?\.\d+|-?\d+\.|[-+]?\.(inf|nan)", re.IGNORECASE),
        lambda woord: f"'{woord}' is geen eenduidig getal. Schrijf bijvoorbeeld 1000 of 0.5. {_AANHALEN}",
    ),
    (
        re.compile(r"-?\d+(\.\d+)?[eE][-+]?\d+"),
        lambda woord: f"'{woord}' kan een getal met een exponent zijn. {_AANHALEN}",
    ),
    (
        re.compile(r"\d{4}-(\d-\d{1,2}|\d{2}-\d)"),
        lambda woord: f"'{woord}' is geen volledige datum. Schrijf jaar-maand-dag met nullen, zoals 2020-03-01.",
    ),
)


@lru_cache(maxsize=8192)
def read_scalar(woord: str) -> tuple[Scalar, str | None]:
    """Read an unquoted word; the second value is the Dutch fault, None when there is none.

    Days and instants stay text (the model makes them dates), but they must exist. Whole numbers become
    int and numbers with a point Decimal; everything else is text.
    """
    if not woord:
        return "", "Hier staat niets. Vul een waarde in, of laat de sleutel weg; een lege lijst schrijft u als []."
    for patroon, tekst in _MEERDUIDIG:
        if patroon.fullmatch(woord):
            return woord, tekst(woord)
    if _GETAL.fullmatch(woord):
        return int(woord), None
    if _DECIMAAL.fullmatch(woord):
        return Decimal(woord), None
    return woord, _check_tijd(woord)


def _check_tijd(woord: str) -> str | None:
    """The fault of a word that looks like a day or an instant but is none."""
    if match := _DAG.fullmatch(woord):
        return _check_dag(*(int(deel) for deel in match.groups()))
    if match := _TIJDSTIP.fullmatch(woord):
        dagdeel = _DAG.fullmatch(match[1])
        if dagdeel and (fout := _check_dag(*(int(deel) for deel in dagdeel.groups()))):
            return fout
        try:
            datetime.fromisoformat(woord.replace("t", "T"))
        except ValueError:
            return f"'{woord}' is geen bestaand tijdstip. Schrijf het zo: 2020-03-31T23:59:59+02:00."
    return None


def _check_dag(jaar: int, maand: int, dag: int) -> str | None:
    try:
        date(jaar, maand, dag)
    except ValueError:
        if 1 <= maand <= len(_MAANDEN):
            return f"{dag} {_MAANDEN[maand - 1]} {jaar} bestaat niet."
        return f"Maand {maand} bestaat niet. Schrijf een datum als jaar-maand-dag, zoals 2020-03-31."
    return None
