"""The Dutch holidays of a range of years, with the days that a decree equates with them.

The holidays of the Algemene termijnenwet come from the `holidays` package (public and optional: 5 mei
counts every year). Days equated by decree follow no rule, so they stand in a data file of the product,
each with its source: `gegevens/atw_gelijkgesteld.csv`. A new decree is a few new lines there.

Bron: Algemene termijnenwet art. 3 lid 1 and 3; B.2.6.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

import holidays
from holidays.constants import OPTIONAL, PUBLIC

from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.domain.kalender import Feestdagen

_GEGEVENS = "gegevens/atw_gelijkgesteld.csv"


@cache
def load_feestdagen(van_jaar: int, tot_jaar: int) -> Feestdagen:
    """The free days of the years `van_jaar` up to and including `tot_jaar`, each with why.

    Raises DefinitieError when a line of the data file is no date with a source.

    Bron: Algemene termijnenwet art. 3; B.2.6.
    """
    jaren = range(van_jaar, tot_jaar + 1)
    wettelijk = holidays.country_holidays("NL", years=jaren, categories=(PUBLIC, OPTIONAL), language="nl")
    gelijkgesteld = {
        dag: f"gelijkgesteld met een feestdag: {bron}" for dag, bron in _read_gelijkgesteld() if dag.year in jaren
    }
    return Feestdagen(van_jaar=van_jaar, tot_jaar=tot_jaar, dagen={**gelijkgesteld, **wettelijk})


def _read_gelijkgesteld() -> Iterator[tuple[date, str]]:
    """Each day that is equated by decree, with its source."""
    tekst = files("inkoop.definitions").joinpath(_GEGEVENS).read_text(encoding="utf-8")
    for regel, rij in enumerate(csv.DictReader(tekst.splitlines()), start=2):
        try:
            dag, bron = date.fromisoformat(rij["datum"]), rij["bron"].strip()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _no_dag(regel) from None
        if not bron:
            raise _no_dag(regel)
        yield dag, bron


def _no_dag(regel: int) -> DefinitieError:
    return DefinitieError([Fout(_GEGEVENS, regel, 1, "Hier hoort een datum met een bron.")])
