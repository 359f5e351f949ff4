"""Names in a file: each stands once, and a name that points at something points at what exists.

Bron: project default (conventies "Errors": what is wrong, where, what to do next).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import TypeAlias

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.suggestie import suggest

Melding: TypeAlias = tuple[Loc, str]
_HET = frozenset({"perceel", "segment", "onderwerp"})


def check_uniek(paren: Iterable[tuple[Loc, Hashable]]) -> Iterator[Melding]:
    """Everything that stands there more than once, at its second and later places."""
    gezien: Counter[Hashable] = Counter()
    for loc, waarde in paren:
        gezien[waarde] += 1
        if gezien[waarde] > 1:
            yield loc, f"'{waarde}' staat hier dubbel. Haal er één weg of kies een andere naam."


def check_bekend(loc: Loc, waarde: str, bekend: Collection[str], wat: str) -> Iterator[Melding]:
    """A name that is not among the known ones, with the nearest that is."""
    if waarde not in bekend:
        lidwoord = "Het" if wat in _HET else "De"
        yield loc, f"{lidwoord} {wat} '{waarde}' is hier niet bekend.{suggest(waarde, [str(naam) for naam in bekend])}"


def check_bekende_lijst(loc: Loc, waarden: Iterable[str], bekend: Collection[str], wat: str) -> Iterator[Melding]:
    """Each name of a list that is not among the known ones, or stands in it twice."""
    lijst = tuple(waarden)
    for i, waarde in enumerate(lijst):
        yield from check_bekend((*loc, i), waarde, bekend, wat)
    yield from check_uniek(((*loc, i), waarde) for i, waarde in enumerate(lijst))
