"""ChaCha20-Poly1305 (RFC 8439) a piece at a time: what comes out is byte for byte what the library makes at once.

The library has this standard for bytes that are in memory only. The two parts that the standard joins, ChaCha20 and
Poly1305, it has for pieces; joining them is RFC 8439, 2.8. The tests compare with the library in both directions.

Who decrypts gets bytes before it is known whether they are right: they go nowhere until `finish` has said so.

Bron: RFC 8439; docs/adr/0029.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.poly1305 import Poly1305

from inkoop.storage.bestandsbron import list_blokken

MERK = 16
"""How long the mark at the end is that tells whether anything was changed, in bytes."""


class _Stroom:
    def __init__(self, sleutel: bytes, nonce: bytes, erbij: bytes) -> None:
        self._cijfer = _start(sleutel, nonce, 1)
        self._som = Poly1305(_start(sleutel, nonce, 0).update(bytes(32)))
        self._erbij, self._lengte = len(erbij), 0
        self._som.update(erbij + _pad(len(erbij)))

    def _count(self, geheim: bytes) -> None:
        self._som.update(geheim)
        self._lengte += len(geheim)

    def _close(self) -> Poly1305:
        lengten = self._erbij.to_bytes(8, "little") + self._lengte.to_bytes(8, "little")
        self._som.update(_pad(self._lengte) + lengten)
        return self._som


class Versleutelaar(_Stroom):
    """Encrypts; `erbij` is bound to it and not in it."""

    def update(self, inhoud: bytes) -> bytes:
        """The next piece, encrypted."""
        geheim = self._cijfer.update(inhoud)
        self._count(geheim)
        return geheim

    def finish(self) -> bytes:
        """The mark that comes after the last piece."""
        return self._close().finalize()


class Ontsleutelaar(_Stroom):
    """Decrypts."""

    def update(self, geheim: bytes) -> bytes:
        """The next piece; not to be used before `finish`."""
        self._count(geheim)
        return self._cijfer.update(geheim)

    def finish(self, merk: bytes) -> None:
        """Raises InvalidSignature when the key, the place or a byte is another."""
        self._close().verify(merk)


def encrypt(sleutel: bytes, nonce: bytes, blokken: Iterable[bytes], doel: BinaryIO, *, erbij: bytes = b"") -> None:
    """Write the pieces encrypted, and then the mark."""
    cijfer = Versleutelaar(sleutel, nonce, erbij)
    doel.writelines(cijfer.update(blok) for blok in blokken)
    doel.write(cijfer.finish())


def decrypt(sleutel: bytes, nonce: bytes, geheim: BinaryIO, doel: BinaryIO, *, erbij: bytes = b"") -> None:
    """Write what was encrypted, from where `geheim` stands to its end, where the mark is.

    Raises InvalidSignature when the key, the place or a byte is another; what was written is then worth nothing.
    """
    cijfer = Ontsleutelaar(sleutel, nonce, erbij)
    rest = b""
    for blok in list_blokken(geheim):
        rest += blok
        doel.write(cijfer.update(rest[:-MERK]))
        rest = rest[-MERK:]
    cijfer.finish(rest)


def _start(sleutel: bytes, nonce: bytes, teller: int) -> CipherContext:
    return Cipher(ChaCha20(sleutel, teller.to_bytes(4, "little") + nonce), mode=None).encryptor()


def _pad(lengte: int) -> bytes:
    return bytes(-lengte % 16)
