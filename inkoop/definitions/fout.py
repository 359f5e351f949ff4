"""A fault in a file that people write, and the error that carries all faults of that file.

Bron: ontwerp 4 (file:line:column with a plain Dutch message), conventies "Errors".
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inkoop.domain.fouten import InkoopError


class Fout(msgspec.Struct, frozen=True, order=True):
    """One fault: which file, which line and column (both from 1), and a Dutch sentence.

    With `let_op` it is a warning: it asks to look again and stands in the way of nothing.
    """

    bestand: str
    regel: int
    kolom: int
    tekst: str
    let_op: bool = False

    def __str__(self) -> str:
        """Print as editors and people expect it: `bestand:regel:kolom: tekst`."""
        ernst = "let op: " if self.let_op else ""
        return f"{self.bestand}:{self.regel}:{self.kolom}: {ernst}{self.tekst}"


class DefinitieError(InkoopError):
    """A file is wrong; `fouten` holds every fault, sorted by place."""

    def __init__(self, fouten: Iterable[Fout]) -> None:
        self.fouten = tuple(sorted(set(fouten)))
        super().__init__("\n".join(str(fout) for fout in self.fouten))
