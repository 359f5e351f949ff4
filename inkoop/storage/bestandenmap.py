"""Files kept under the hash of what is in them: `ab/cd/abcd...`.

The same bytes are kept once. A file is written whole or not at all (storage/bestandenplek). What is read is
hashed again: a file that was changed where it stands is never handed out.

Bron: ontwerp 7, 8.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from inkoop.domain.fouten import InkoopError
from inkoop.storage.bestandenplek import Bestandenplek, Schijfplek

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class BestandOntbreektError(InkoopError):
    """A file that the records name is not in the store."""


class BestandAangetastError(InkoopError):
    """A file in the store no longer says what it said when it was taken in."""


class Bestandenmap:
    """A place of files, each named by the sha256 of its contents."""

    def __init__(self, plek: Path | Bestandenplek) -> None:
        self.plek: Bestandenplek = Schijfplek(plek) if isinstance(plek, Path) else plek

    def name(self, sha256: str) -> str:
        """Where an administrator finds the file with this hash; ValueError for what is no hash."""
        return self.plek.name(_name(sha256))

    def store(self, inhoud: bytes) -> str:
        """Keep these bytes; returns their hash. Storing the same bytes again mends a damaged file."""
        sha256 = hashlib.sha256(inhoud).hexdigest()
        naam = _name(sha256)
        if self.plek.read(naam) != inhoud:
            self.plek.write(naam, inhoud)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises BestandOntbreektError, or BestandAangetastError when the file was changed where it stands.
        """
        naam = _name(sha256)
        inhoud = self.plek.read(naam)
        if inhoud is None:
            raise BestandOntbreektError(
                f"Het bestand {sha256} ontbreekt. Zet {self.plek.name(naam)} terug uit een reservekopie."
            )
        if hashlib.sha256(inhoud).hexdigest() != sha256:
            raise BestandAangetastError(
                f"Het bestand {sha256} is {self.plek.waar} gewijzigd."
                f" Zet {self.plek.name(naam)} terug uit een reservekopie."
            )
        return inhoud

    def remove(self, sha256: str) -> None:
        """Take the file with this hash away for good; whether nobody needs it any more is up to the caller."""
        self.plek.remove(_name(sha256))

    def check(self) -> tuple[str, ...]:
        """One Dutch sentence for every file that is not what its name says."""
        fouten = []
        for naam in self.plek.list_namen():
            sha256 = naam.rpartition("/")[2]
            inhoud = self.plek.read(naam) if _SHA256.match(sha256) else None
            if inhoud is None or hashlib.sha256(inhoud).hexdigest() != sha256:
                fouten.append(f"Het bestand {self.plek.name(naam)} is {self.plek.waar} gewijzigd of hoort hier niet.")
        return tuple(fouten)


def _name(sha256: str) -> str:
    if not _SHA256.match(sha256):
        raise ValueError(f"not a sha256: {sha256!r}")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
