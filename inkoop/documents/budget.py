"""What one document may cost: how often loops turn, how much filters go through, how large texts and numbers grow.

The limits count work and not seconds, so that the same template always fares the same, on any machine.
Around them the worker processes hold a ceiling on memory and computing time (`inkoop/services/drukgrenzen.py`).

Bron: ontwerp 8; docs/adr (templates of strangers); project default.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any

from jinja2.filters import _GroupTuple  # what `groupby` gives: a pair of a value and a list

from inkoop.documents.filters import describe
from inkoop.documents.fouten import SjabloonError, Sjabloonfout
from inkoop.documents.waarden import RENDERING, Blok, Ontbrekend, find_plaats

MAX_HERHALINGEN = 200_000
"""How many times all loops of one document may turn together."""
MAX_WERK = 4_000_000
"""How many elements all filters and ranges of one document may go through together."""
MAX_BITS = 128
"""The size of a number that is calculated: far above any amount, far below what fills memory."""
MAX_DECIMALEN = 10
MAX_TEKENS = 4_000_000
"""How many characters one document, and any one text in it, may hold: about 1,400 pages.

The largest there is: the collective besluit of a round of 1,000 applications, with the reasons of each (some 600 to
1,000 pages).
"""


def count_bits(waarde: object) -> int:
    """How large a whole number is; other kinds keep their own precision and count for nothing."""
    return waarde.bit_length() if isinstance(waarde, int) else 0


def check_lengte(tekst: str) -> str:
    """Refuse a text that is larger than a document may be."""
    if len(tekst) > MAX_TEKENS:
        raise SjabloonError([Sjabloonfout(find_plaats(), f"De tekst wordt langer dan {MAX_TEKENS} tekens.")])
    return tekst


def spend_werk(aantal: int) -> None:
    """Count elements that a filter or range goes through; refuse what would take too long."""
    rendering = RENDERING.get()
    rendering.werk += aantal
    if rendering.werk > MAX_WERK:
        melding = f"Het sjabloon gaat door meer dan {MAX_WERK} onderdelen; maak de lijsten of de lussen kleiner."
        raise SjabloonError([Sjabloonfout(find_plaats(), melding)])


def count_werk(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter pay for the lists that it goes through."""

    @wraps(filter_)
    def apply(*delen: Any, **opties: Any) -> Any:
        spend_werk(sum(len(deel) for deel in delen if isinstance(deel, list | tuple | range | Blok)))
        return filter_(*delen, **opties)

    return apply


def make_range(*grenzen: Any) -> range:
    """Count from one whole number to another, within the budget."""
    rendering = RENDERING.get()
    if not 1 <= len(grenzen) <= 3 or not all(isinstance(g, int) and not isinstance(g, bool) for g in grenzen):
        rendering.fault("'range' telt met hele getallen, zoals range(1, 4).")
        return range(0)
    if len(grenzen) == 3 and grenzen[2] == 0:
        rendering.fault("'range' kan niet met stappen van nul tellen.")
        return range(0)
    reeks = range(*grenzen)
    try:
        spend_werk(len(reeks))
    except OverflowError:
        spend_werk(MAX_WERK + 1)
    return reeks


def round_getal(waarde: Any, decimalen: Any = 0) -> Any:
    """Round a number half up, to at most ten decimals, as invoices are rounded."""
    rendering = RENDERING.get()
    if isinstance(waarde, Ontbrekend):
        str(waarde)
        return Ontbrekend()
    goed = isinstance(decimalen, int) and 0 <= decimalen <= MAX_DECIMALEN
    if not goed or isinstance(waarde, bool) or not isinstance(waarde, int | Decimal) or not Decimal(waarde).is_finite():
        rendering.fault(f"Het filter 'round' verwacht een getal en 0 tot {MAX_DECIMALEN} decimalen.")
        return 0
    return Decimal(waarde).quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)


def check_lijst(delen: Any) -> Any:
    """Give a list or block that a template writes out, as a list; refuse lists within it.

    Of lists within lists forty lines make one that takes hours to compare, and nothing can interrupt that.
    Lists and blocks of the data are as deep as the data, so they may stand in it.
    """
    waarden = delen.values() if isinstance(delen, dict) else delen
    if any(_is_gemaakt(waarde) for waarde in waarden):
        RENDERING.get().fault(
            "Een lijst of blok in een lijst hoort niet bij de sjabloontaal; loop de lijsten na elkaar langs."
        )
        return []
    return delen if isinstance(delen, dict) else list(delen)


def _is_gemaakt(waarde: Any) -> bool:
    """Whether a value is a list or block that a template or a filter made: those of the data are tuples and `Blok`."""
    return (isinstance(waarde, list | dict) and not isinstance(waarde, Blok)) or type(waarde) is _GroupTuple


def spend_herhaling(waarde: Any) -> Any:
    """Give a loop its elements and count them; refuse a loop over what is no list."""
    rendering = RENDERING.get()
    if isinstance(waarde, str | bytes | int | Decimal) or (not hasattr(waarde, "__iter__")):
        rendering.fault(f"'for' gaat langs een lijst, maar dit is {describe(waarde)}.")
        return ()
    delen = tuple(waarde)
    rendering.herhalingen += len(delen)
    if rendering.herhalingen > MAX_HERHALINGEN:
        raise SjabloonError([Sjabloonfout(find_plaats(), f"Het sjabloon herhaalt meer dan {MAX_HERHALINGEN} keer.")])
    return delen
