"""Calendar months, safe at the end of a month.

"Not older than six months" is law for several kinds of evidence; a month has no fixed length, so
the same two functions are used wherever months are counted.

Bron: B.3.2-B.3.4 (month arithmetic end-of-month safe); the rounding is a project default.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=16384)
def add_maanden(dag: date, n: int) -> date:
    """The same day `n` months later (earlier when negative); the last day of a shorter month.

    2020-08-31 minus 6 is 2020-02-29. OverflowError outside the years 1..9999.
    """
    jaren, maand = divmod(dag.year * 12 + dag.month - 1 + n, 12)
    if not 1 <= jaren <= 9999:
        raise OverflowError(f"{dag} + {n} maanden valt buiten de kalender")
    return date(jaren, maand + 1, min(dag.day, monthrange(jaren, maand + 1)[1]))


@lru_cache(maxsize=16384)
def last_day_within(dag: date, n: int) -> date:
    """The last day on which something of `dag` is not older than `n` months.

    The inverse of counting back: the last day `d` with `add_maanden(d, -n) <= dag`. Something of
    2020-02-29 is still within six months on 2020-08-31. What would lie after the calendar is its last day.
    """
    if dag.year * 12 + dag.month + n + 1 > date.max.year * 12:
        return date.max
    laatste = add_maanden(dag, n)
    while add_maanden(laatste + timedelta(days=1), -n) <= dag:
        laatste += timedelta(days=1)
    return laatste
