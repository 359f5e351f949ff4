"""The error tree of the product.

InkoopError                     what a person can mend; shown as one Dutch message, never as a traceback
├── DefinitieError              a file is wrong (definitions/): carries every fault with file:line:column
├── OvergangRefusedError        a step may not be taken yet: carries every Beletsel (domain/fasen)
├── GeenToegangError            this person may not do this (domain/toegang)
├── BewijsRefusedError          an evidence file cannot be taken in (storage/)
├── OntbrekendeVeldenError      a document misses fields: names each one (documents/)
└── ...                         each beside the concept that raises it
"""

from __future__ import annotations

import msgspec


class InkoopError(Exception):
    """Something is wrong that a person can mend; `str()` is a Dutch message for that person."""


class Beletsel(msgspec.Struct, frozen=True):
    """One reason why a step cannot be taken: a stable code and a Dutch sentence.

    `plaats` is where it stands inside what was judged (keys and numbers from 0), where that is a part of a file.
    """

    code: str
    tekst: str
    plaats: tuple[str | int, ...] = ()


class BeletselenError(InkoopError):
    """An act is refused; every reason at once."""

    def __init__(self, wat: str, beletselen: list[Beletsel] | tuple[Beletsel, ...]) -> None:
        self.wat = wat
        self.beletselen = tuple(beletselen)
        regels = "\n".join(f"  - {b.tekst}" for b in self.beletselen)
        super().__init__(f"{wat}\n{regels}" if regels else wat)
