"""Evidence files as applicants hand them in: inspected first, then kept under their hash.

Bron: ontwerp 8.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from inkoop.storage.bestandenmap import Bestandenmap
from inkoop.storage.bestandenplek import Bestandenplek
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.bestandsfout import BewijsRefusedError
from inkoop.storage.bestandskeuring import inspect_bron

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

    def inspect(self, bestand: Bestandsbron) -> Opgeslagen:
        """What `add` would say about this file, without keeping it.

        Raises BewijsRefusedError with every reason.
        """
        keuring = inspect_bron(bestand, max_grootte=self.max_grootte)
        return Opgeslagen(
            sha256=keuring.sha256,
            mediatype=keuring.mediatype,
            grootte=bestand.grootte,
            bsn_verdacht=keuring.bsn_verdacht,
        )

    def add(self, bestand: Bestandsbron) -> Opgeslagen:
        """Inspect and keep a file; raises BewijsRefusedError with every reason, and keeps nothing then."""
        opgeslagen = self.inspect(bestand)
        self.store_bron(bestand)
        return opgeslagen

    def add_bestand(self, pad: Path) -> Opgeslagen:
        """Inspect and keep a file on disk; a file that is not there is refused as well."""
        try:
            bestand = Bestandsbron(pad.name, pad.open("rb"))
        except OSError:
            raise BewijsRefusedError(pad.name, ["het bestand bestaat niet; controleer de naam en de map"]) from None
        return self.add(bestand)
