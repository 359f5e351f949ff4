"""Bytes that wait on disk while they are looked at: unnamed, and unreadable for anybody but this process.

What comes in through a form, and what is taken out of an envelope, is larger than memory should hold and may not
stand readable on a disk. It is encrypted (ChaCha20) with a key that exists in this object alone. The file has no
name, so after a crash nothing is left of it; what a disk keeps of it by itself nobody can read.

Bron: ontwerp 8; FE-8; docs/adr/0029.
"""

from __future__ import annotations

import io
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from inkoop.storage.bestandenplek import translate_vol

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_CIJFERBLOK: Final = 64


class Spoel(io.RawIOBase):
    """A file without a name in the folder `map`: written once from begin to end, read anywhere."""

    def __init__(self, map: Path) -> None:  # noqa: A002 - a folder is a map
        with translate_vol():
            self._bestand = tempfile.TemporaryFile(dir=map, buffering=0)  # noqa: SIM115 - closed by close()
        super().__init__()
        self._sleutel, self._nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        self._plaats = self.grootte = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """Yes, at its end."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._plaats

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        basis = {os.SEEK_SET: 0, os.SEEK_CUR: self._plaats, os.SEEK_END: self.grootte}[whence]
        if basis + offset < 0:
            raise ValueError("negative seek position")
        self._plaats = basis + offset
        return self._plaats

    def write(self, data: ReadableBuffer, /) -> int:
        """Add bytes at the end; what stands there is never written over (a key stream is used once)."""
        if self._plaats != self.grootte:
            raise io.UnsupportedOperation("a spoel is only written at its end")
        geheim = memoryview(self._mask(bytes(data)))
        lengte = len(geheim)
        self._bestand.seek(self.grootte)
        with translate_vol():
            while geheim:
                geheim = geheim[self._bestand.write(geheim) :]
        self._plaats = self.grootte = self.grootte + lengte
        return lengte

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read from where it stands."""
        doel = memoryview(buffer).cast("B")
        self._bestand.seek(self._plaats)
        gelezen = self._mask(self._bestand.read(len(doel)))
        doel[: len(gelezen)] = gelezen
        self._plaats += len(gelezen)
        return len(gelezen)

    def close(self) -> None:
        """Let it go; nothing is left."""
        if "_bestand" in vars(self):
            self._bestand.close()
        super().close()

    def _mask(self, inhoud: bytes) -> bytes:
        """These bytes under the key stream of the place where they stand."""
        blok, binnen = divmod(self._plaats, _CIJFERBLOK)
        cijfer = Cipher(ChaCha20(self._sleutel, blok.to_bytes(4, "little") + self._nonce), mode=None).encryptor()
        cijfer.update(bytes(binnen))
        return cijfer.update(inhoud)
