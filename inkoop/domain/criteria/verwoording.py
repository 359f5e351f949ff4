"""How a finding speaks: plain Dutch that can be printed in a letter to the applicant.

Names of documents, parts and registers are short words in the criteria files; here they become
readable, so that no slug reaches a letter. Babel is not used: the domain floor is pure.

Bron: conventies (Language); ontwerp 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from inkoop.domain.criteria.criterium import Peilmoment

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

# How abbreviations of the field are spelled; anything else is printed as it was written.
_AFKORTINGEN = {
    afkorting.casefold(): afkorting
    for afkorting in (
        "AGB",
        "AVG",
        "BIG",
        "FG",
        "GVA",
        "HKZ",
        "ISO",
        "iWmo",
        "KvK",
        "PvE",
        "SKJ",
        "UEA",
        "VECOZO",
        "VOG",
    )
}

_DUBBELE_PUNT = re.compile(r"(?<=[^\s.])\.\.(?=\s|$)")
_TUSSENVOEGSELS = frozenset({"aan", "de", "den", "der", "en", "het", "in", "op", "van"})

_MOMENTEN = {
    Peilmoment.INDIENING: "de dag van indiening",
    Peilmoment.SLUITING: "de sluiting",
    Peilmoment.BESLUIT: "de dag van het besluit",
    Peilmoment.INGANG: "de ingang van de overeenkomst",
    Peilmoment.LOOPTIJD: "het einde van de eerste termijn",
}


@lru_cache(maxsize=16384)
def write_datum(dag: date) -> str:
    """A date as it stands in a letter: 31 maart 2020."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


@lru_cache(maxsize=1024)
def write_peil(moment: Peilmoment, dag: date) -> str:
    """A peildatum with its meaning: 31 maart 2020 (de sluiting)."""
    return f"{write_datum(dag)} ({_MOMENTEN[moment]})"


def write_moment(moment: Peilmoment) -> str:
    """A reference moment as a letter names it: de sluiting."""
    return _MOMENTEN[moment]


@lru_cache(maxsize=4096)
def write_naam(kort: str) -> str:
    """A short word from a criteria file made readable: `kvk_uittreksel` becomes "KvK-uittreksel"."""
    woorden = re.sub(r"_|-(?!\d)", " ", kort).split()  # "mbo-4" keeps its hyphen
    gespeld = [_AFKORTINGEN.get(woord.casefold(), woord) for woord in woorden]
    samenstelling = len(gespeld) == 2 and woorden[0].casefold() in _AFKORTINGEN and gespeld[1].isalpha()
    return ("-" if samenstelling else " ").join(gespeld)


@lru_cache(maxsize=4096)
def write_norm(norm: str) -> str:
    """A norm or quality mark as it stands in a sentence: a name made of ordinary words gets quotes."""
    return f"'{norm}'" if any(woord.islower() for woord in norm.split()) else norm


def write_hoofdletter(tekst: str) -> str:
    """A text that begins with a capital; the rest stays as it is written."""
    return tekst[:1].upper() + tekst[1:]


def write_opsomming(delen: Iterable[str], *, slot: str = "en") -> str:
    """A Dutch enumeration: "a, b en c"."""
    lijst = delen if isinstance(delen, list) else list(delen)
    if len(lijst) == 1:
        return lijst[0]
    if not lijst:
        return ""
    return f"{', '.join(lijst[:-1])} {slot} {lijst[-1]}"


@lru_cache(maxsize=1024)
def write_regio(kort: str) -> str:
    """The name of a region: `hart-van-brabant` becomes "Hart van Brabant"."""
    woorden = write_naam(kort).split()
    return " ".join(woord if woord in _TUSSENVOEGSELS else woord[:1].upper() + woord[1:] for woord in woorden)


def write_aantal(aantal: int, enkelvoud: str, meervoud: str) -> str:
    """A number with its noun: "1 cliënt", "3 cliënten"."""
    return f"{aantal} {enkelvoud if aantal == 1 else meervoud}"


@lru_cache(maxsize=4096)
def write_zin(tekst: str) -> str:
    """A text as one sentence: trimmed, with a full stop at its end."""
    kaal = tekst.strip()
    return kaal if kaal.endswith((".", "!", "?")) else f"{kaal}."


def drop_dubbele_punt(tekst: str) -> str:
    """Sentences with one full stop where a name brought its own ("van Wilgenpad B.V.."); an ellipsis stays."""
    return _DUBBELE_PUNT.sub(".", tekst)


def join_zinnen(zinnen: Iterable[str]) -> str:
    """Sentences behind each other, each one once, in the order given."""
    return " ".join(dict.fromkeys([zin for zin in zinnen if zin]))
