"""Evidence files as applicants hand them in: inspected first, then kept under their hash.

Bron: ontwerp 8.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from inkoop.storage.bestandenmap import Bestandenmap
from inkoop.storage.bestandenplek import Bestandenplek
from inkoop.storage.bestandsfout import BewijsRefusedError
from inkoop.storage.bestandskeuring import inspect_bestand

__all__ = ["MAX_GROOTTE", "BewijsRefusedError", "Bewijsopslag", "Opgeslagen"]

MAX_GROOTTE = 25 * 1024 * 1024
"""The largest evidence file, in bytes (project default)."""


class Opgeslagen(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken in. `bsn_verdacht`: set apart, a person looks first."""

    sha256: str
    mediatype: str
    grootte: int
    bsn_verdacht: bool


class Bewijsopslag(Bestandenmap):
    """The evidence of a store."""

    def __init__(self, plek: Path | Bestandenplek, max_grootte: int = MAX_GROOTTE) -> None:
        super().__init__(plek)
        self.max_grootte = max_grootte

    def inspect(self, bestandsnaam: str, inhoud: bytes) -> Opgeslagen:
        """What `add` would say about this file, without keeping it.

        Raises BewijsRefusedError with every reason.
        """
        keuring = inspect_bestand(bestandsnaam, inhoud, max_grootte=self.max_grootte)
        return Opgeslagen(
            sha256=keuring.sha256,
            mediatype=keuring.mediatype,
            grootte=len(inhoud),
            bsn_verdacht=keuring.bsn_verdacht,
        )

    def add(self, bestandsnaam: str, inhoud: bytes) -> Opgeslagen:
        """Inspect and keep a file; raises BewijsRefusedError with every reason, and keeps nothing then."""
        opgeslagen = self.inspect(bestandsnaam, inhoud)
        self.store(inhoud)
        return opgeslagen

    def add_bestand(self, pad: Path) -> Opgeslagen:
        """Inspect and keep a file on disk; a file that is not there is refused as well."""
        try:
            grootte = pad.stat().st_size if pad.is_file() else None
        except OSError:
            grootte = None
        if grootte is None:
            raise BewijsRefusedError(pad.name, ["het bestand bestaat niet; controleer de naam en de map"])
        # Before reading: what is far too large is never brought into memory.
        with pad.open("rb") as bestand:
            inhoud = bestand.read(self.max_grootte + 1)
        return self.add(pad.name, inhoud)
