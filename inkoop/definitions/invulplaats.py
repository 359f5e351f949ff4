"""Places in a file that somebody still has to fill in: text that begins with "[vul in".

A file that the program begins for somebody says with them what it could not know. Until they are filled in the
file cannot be used, and each is named by its place instead of by what its form asks for.

Bron: ontwerp 5 (a procedure with an empty mandatory setting is refused); project default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.yamlbron import Yamlbron

BEGIN = "[vul in"


def make_invulplaats(wat: str) -> str:
    """The text for a place that somebody has to fill in."""
    return f"{BEGIN}: {wat}]"


def list_invulplaatsen(bron: Yamlbron) -> list[Fout]:
    """A fault for every place that is still to be filled in, in the order of the file."""
    return [bron.fout(loc, f"Vul hier nog in: {wat}.") for loc, wat in _walk(bron.waarde, ())]


def replace_fouten(plaatsen: list[Fout], fouten: DefinitieError) -> DefinitieError:
    """The faults of a file in which a place to fill in is named once, not also as a wrong value."""
    bezet = {(plaats.regel, plaats.kolom) for plaats in plaatsen}
    return DefinitieError([*plaatsen, *(f for f in fouten.fouten if (f.regel, f.kolom) not in bezet)])


def _walk(waarde: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(waarde, Mapping):
        for sleutel, inhoud in waarde.items():
            yield from _walk(inhoud, (*loc, sleutel))
    elif isinstance(waarde, list | tuple):
        for nummer, inhoud in enumerate(waarde):
            yield from _walk(inhoud, (*loc, nummer))
    elif isinstance(waarde, str) and waarde.startswith(BEGIN):
        yield loc, waarde.removeprefix(BEGIN).removeprefix(":").removesuffix("]").strip() or str(loc[-1])
