"""Files kept under the hash of what is in them: `ab/cd/abcd...`.

The same bytes are kept once. A file is written whole or not at all (storage/bestandenplek). What is read is
hashed again: a file that was changed where it stands is never handed out.

Bron: ontwerp 7, 8.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from inkoop.domain.fouten import InkoopError
from inkoop.storage.bestandenplek import Bestandenplek, Schijfplek
from inkoop.storage.bestandsbron import Bestandsbron, hash_stroom

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
        if self._read_hash(naam) != sha256:
            self.plek.write(naam, inhoud)
        return sha256

    def store_stroom(self, bron: BinaryIO) -> str:
        """The same for what is read a piece at a time: a file that can be read twice, here from its beginning."""
        bron.seek(0)
        sha256 = hash_stroom(bron)
        naam = _name(sha256)
        if self._read_hash(naam) != sha256:
            bron.seek(0)
            self.plek.write_stroom(naam, bron)
        return sha256

    def store_bron(self, bestand: Bestandsbron) -> str:
        """The same for a file that was handed in."""
        return self.store_stroom(bestand.open())

    def _read_hash(self, naam: str) -> str | None:
        """The hash of what stands there now; None when nothing does."""
        bestand = self.plek.open(naam)
        if bestand is None:
            return None
        with closing(bestand):
            return hash_stroom(bestand)

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises BestandOntbreektError, or BestandAangetastError when the file was changed where it stands.
        """
        naam = _name(sha256)
        inhoud = self.plek.read(naam)
        if inhoud is None:
            raise self._missing(sha256)
        if hashlib.sha256(inhoud).hexdigest() != sha256:
            raise self._changed(sha256)
        return inhoud

    @contextmanager
    def open(self, sha256: str) -> Iterator[BinaryIO]:
        """The file with this hash, to be read a piece at a time, once it is known to be what it was.

        Raises what `read` raises. It is read once for its hash and then again.
        """
        with closing(self._open(sha256)) as bestand:
            bestand.seek(0)
            yield bestand

    def fetch(self, sha256: str, naam: str) -> Bestandsbron:
        """The same file under the name that people know; it is closed when nobody holds it any more."""
        return Bestandsbron(naam, self._open(sha256))

    def verify(self, sha256: str) -> None:
        """Raises what `read` raises, and keeps nothing in memory."""
        self._open(sha256).close()

    def _open(self, sha256: str) -> BinaryIO:
        """The file with this hash, read to its end and found to be what it was."""
        bestand = self.plek.open(_name(sha256))
        if bestand is None:
            raise self._missing(sha256)
        if hash_stroom(bestand) != sha256:
            bestand.close()
            raise self._changed(sha256)
        return bestand

    def _missing(self, sha256: str) -> BestandOntbreektError:
        waar = self.name(sha256)
        return BestandOntbreektError(f"Het bestand {sha256} ontbreekt. Zet {waar} terug uit een reservekopie.")

    def _changed(self, sha256: str) -> BestandAangetastError:
        return BestandAangetastError(
            f"Het bestand {sha256} is {self.plek.waar} gewijzigd. Zet {self.name(sha256)} terug uit een reservekopie."
        )

    def remove(self, sha256: str) -> None:
        """Take the file with this hash away for good; whether nobody needs it any more is up to the caller."""
        self.plek.remove(_name(sha256))

    def check(self) -> tuple[str, ...]:
        """One Dutch sentence for every file that is not what its name says."""
        fouten = []
        for naam in self.plek.list_namen():
            sha256 = naam.rpartition("/")[2]
            if not _SHA256.match(sha256) or self._read_hash(naam) != sha256:
                fouten.append(f"Het bestand {self.plek.name(naam)} is {self.plek.waar} gewijzigd of hoort hier niet.")
        return tuple(fouten)


def _name(sha256: str) -> str:
    if not _SHA256.match(sha256):
        raise ValueError(f"not a sha256: {sha256!r}")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
