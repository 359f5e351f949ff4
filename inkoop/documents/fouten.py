"""What can be wrong with a template or with the data for it; every reason at once.

SjabloonError               the template itself is wrong: a mistake in its language, a label, a table
OntbrekendeVeldenError      the data misses fields that the document needs: nothing is generated
ControleError               the document is complete, but a gate named in its metagegevens holds it back

Each can travel between processes: documents are made in workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from inkoop.domain.fouten import InkoopError


class Plaats(msgspec.Struct, frozen=True, order=True):
    """A line of a template file, counted from 1."""

    bestand: str
    regel: int

    def __str__(self) -> str:
        """Write as editors understand it."""
        return f"{self.bestand}:{self.regel}"


class Sjabloonfout(msgspec.Struct, frozen=True, order=True):
    """One mistake in a template, with a Dutch sentence that says what to do."""

    plaats: Plaats
    tekst: str

    @classmethod
    def at(cls, bestand: str, regel: int, tekst: str) -> Sjabloonfout:
        """Make a mistake at a line of a file."""
        return cls(Plaats(bestand, regel), tekst)

    def __str__(self) -> str:
        """Write as `bestand:regel: tekst`."""
        return f"{self.plaats}: {self.tekst}"


class SjabloonError(InkoopError):
    """A template cannot be used; carries every mistake that could be found."""

    def __init__(self, fouten: Iterable[Sjabloonfout]) -> None:
        self.fouten = tuple(sorted(set(fouten)))
        super().__init__("\n".join(str(fout) for fout in self.fouten))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.fouten,)


class OntbrekendVeld(msgspec.Struct, frozen=True, kw_only=True):
    """One field without a value: its path in the data, its name for people, where the template uses it."""

    pad: str
    label: str
    plaats: Plaats | None = None

    def __str__(self) -> str:
        """Name the field for people and for whoever fills the data."""
        naam = f"{self.label} ({self.pad})" if self.label and self.label != self.pad else self.pad
        return f"{naam}, gebruikt in {self.plaats}" if self.plaats else naam


class OntbrekendeVeldenError(InkoopError):
    """The document is not made because fields are missing or empty; names every one of them."""

    def __init__(self, soort: str, velden: Iterable[OntbrekendVeld]) -> None:
        self.soort = soort
        self.velden = tuple(velden)
        regels = "\n".join(f"  - {veld}" for veld in self.velden)
        super().__init__(f"Het document '{soort}' is niet gemaakt: deze velden ontbreken of zijn leeg.\n{regels}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.soort, self.velden)


class Controlefout(msgspec.Struct, frozen=True, kw_only=True):
    """What one gate found, and where."""

    controle: str
    plaats: Plaats
    tekst: str

    def __str__(self) -> str:
        """Write as `bestand:regel: tekst (controle naam)`."""
        return f"{self.plaats}: {self.tekst} (controle '{self.controle}')"


class ControleError(InkoopError):
    """The document is held back by the gates of its metagegevens; carries everything they found."""

    def __init__(self, soort: str, fouten: Iterable[Controlefout]) -> None:
        self.soort = soort
        self.fouten = tuple(fouten)
        regels = "\n".join(f"  - {fout}" for fout in self.fouten)
        super().__init__(f"Het document '{soort}' is niet gemaakt: de inhoud komt niet door de controles.\n{regels}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.soort, self.fouten)
