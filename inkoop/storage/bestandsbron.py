"""A file that was handed in: its name, its size, and its bytes a piece at a time.

It is not known yet whether it may be kept: that is for storage/bewijsopslag. Whoever needs all of it at once
(a Word file that is compared, a PDF whose signatures are checked) asks for `read`.

Bron: ontwerp 8; docs/adr/0029.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import IO, BinaryIO

from inkoop.storage.bestandenplek import BLOK
from inkoop.storage.spoel import Spoel


class Bestandsbron:
    """A file that was handed in. One reader at a time: each begins at the first byte.

    It is closed when nobody holds it any more, so keep it as long as what `open` gave is read.
    """

    def __init__(self, naam: str, stroom: BinaryIO) -> None:
        self.naam = naam
        self._stroom: BinaryIO = io.BufferedReader(stroom, 64 * 1024) if isinstance(stroom, Spoel) else stroom
        self.grootte = self._stroom.seek(0, io.SEEK_END)

    @classmethod
    def from_bytes(cls, naam: str, inhoud: bytes) -> Bestandsbron:
        """A file that is in memory."""
        return cls(naam, io.BytesIO(inhoud))

    def open(self) -> BinaryIO:
        """Its bytes from the beginning; not to be closed by who reads."""
        self._stroom.seek(0)
        return self._stroom

    def read(self) -> bytes:
        """All of it."""
        return self.open().read()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what it is read from."""
        self._stroom.close()


def as_bron(naam: str, inhoud: bytes | Bestandsbron) -> Bestandsbron:
    """A file under its name, also when it is in memory already."""
    return inhoud if isinstance(inhoud, Bestandsbron) else Bestandsbron.from_bytes(naam, inhoud)


def list_blokken(stroom: IO[bytes]) -> Iterator[bytes]:
    """The bytes from where a file stands, a piece at a time."""
    while blok := stroom.read(BLOK):
        yield blok


def hash_stroom(stroom: BinaryIO) -> str:
    """The sha256 (hexadecimal) of the bytes from where a file stands."""
    som = hashlib.sha256()
    for blok in list_blokken(stroom):
        som.update(blok)
    return som.hexdigest()
