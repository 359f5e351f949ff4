"""Files kept under the hash of what is in them: `map/ab/cd/abcd...`.

The same bytes are kept once. A file is written under a temporary name, brought to disk, and renamed
into place, so that a process that dies leaves either the whole file or none. What is read is hashed
again: a file that was changed on disk is never handed out.

Bron: ontwerp 7, 8.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from inkoop.domain.fouten import InkoopError

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class BestandOntbreektError(InkoopError):
    """A file that the records name is not in the store."""


class BestandAangetastError(InkoopError):
    """A file in the store no longer says what it said when it was taken in."""


class Bestandenmap:
    """A folder of files, each named by the sha256 of its contents."""

    def __init__(self, map: Path) -> None:  # noqa: A002 - a folder is a map
        self.map = map

    def pad(self, sha256: str) -> Path:
        """Where the file with this hash stands (or would stand); ValueError for what is no hash."""
        if not _SHA256.match(sha256):
            raise ValueError(f"not a sha256: {sha256!r}")
        return self.map / sha256[:2] / sha256[2:4] / sha256

    def store(self, inhoud: bytes) -> str:
        """Keep these bytes; returns their hash. Storing the same bytes again mends a damaged file."""
        sha256 = hashlib.sha256(inhoud).hexdigest()
        doel = self.pad(sha256)
        if doel.is_file() and doel.read_bytes() == inhoud:
            return sha256
        doel.parent.mkdir(parents=True, exist_ok=True)
        beschrijver, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=".nieuw-")
        try:
            with os.fdopen(beschrijver, "wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            Path(tijdelijk).chmod(0o444)
            Path(tijdelijk).replace(doel)
        except BaseException:
            Path(tijdelijk).unlink(missing_ok=True)
            raise
        _sync_map(doel.parent)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises BestandOntbreektError, or BestandAangetastError when the file was changed on disk.
        """
        pad = self.pad(sha256)
        try:
            inhoud = pad.read_bytes()
        except FileNotFoundError:
            raise BestandOntbreektError(
                f"Het bestand {sha256} ontbreekt. Zet {pad} terug uit een reservekopie."
            ) from None
        if hashlib.sha256(inhoud).hexdigest() != sha256:
            raise BestandAangetastError(
                f"Het bestand {sha256} is op de schijf gewijzigd. Zet {pad} terug uit een reservekopie."
            )
        return inhoud

    def check(self) -> tuple[str, ...]:
        """One Dutch sentence for every file in the folder that is not what its name says."""
        fouten = []
        for pad in sorted(self.map.glob("??/??/*")):
            if pad.name.startswith(".nieuw-"):
                continue  # left by a process that died while writing; never part of the store
            if not _SHA256.match(pad.name) or hashlib.sha256(pad.read_bytes()).hexdigest() != pad.name:
                fouten.append(f"Het bestand {pad} is op de schijf gewijzigd of hoort hier niet.")
        return tuple(fouten)


def _sync_map(map: Path) -> None:  # noqa: A002 - a folder is a map
    """Bring the new name in the folder to disk as well; Windows cannot, and needs it not."""
    if os.name == "nt":
        return
    beschrijver = os.open(map, os.O_RDONLY)
    try:
        os.fsync(beschrijver)
    finally:
        os.close(beschrijver)
