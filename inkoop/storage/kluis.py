"""Encrypting what one party keeps here for itself: only who has the key and knows what it is about reads it back.

ChaCha20-Poly1305 with a nonce of its own for each envelope; `betreft` is bound to it, so that an envelope that
is moved to another place does not open.

Bron: FE-8; docs/adr/0023.
"""

from __future__ import annotations

import secrets
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from inkoop.domain.fouten import InkoopError
from inkoop.storage import cijferstroom
from inkoop.storage.bestandsbron import list_blokken

MERK: Final = b"inkoop-klad-1\n"
_NONCE: Final = 12


class KluisError(InkoopError):
    """An envelope does not open: another key, another place, or changed."""


def lock(sleutel: bytes, inhoud: bytes, betreft: str) -> bytes:
    """An envelope with this content; `sleutel` is 32 bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return MERK + nonce + ChaCha20Poly1305(sleutel).encrypt(nonce, inhoud, betreft.encode())


def unlock(sleutel: bytes, envelop: bytes, betreft: str) -> bytes:
    """What is in an envelope. Raises KluisError."""
    kaal = envelop.removeprefix(MERK)
    try:
        if envelop.startswith(MERK):
            return ChaCha20Poly1305(sleutel).decrypt(kaal[:_NONCE], kaal[_NONCE:], betreft.encode())
    except (InvalidTag, ValueError):
        pass
    raise _refuse()


def lock_stroom(sleutel: bytes, bron: BinaryIO, betreft: str, doel: BinaryIO) -> None:
    """Write an envelope with what is in `bron` from where it stands: the same as `lock`, a piece at a time."""
    nonce = secrets.token_bytes(_NONCE)
    doel.write(MERK + nonce)
    cijferstroom.encrypt(sleutel, nonce, list_blokken(bron), doel, erbij=betreft.encode())


def unlock_stroom(sleutel: bytes, envelop: BinaryIO, betreft: str, doel: BinaryIO) -> None:
    """Write what is in an envelope; nothing of it may be used when this raises KluisError."""
    try:
        if envelop.read(len(MERK)) == MERK and len(nonce := envelop.read(_NONCE)) == _NONCE:
            cijferstroom.decrypt(sleutel, nonce, envelop, doel, erbij=betreft.encode())
            return
    except InvalidSignature:
        pass
    raise _refuse()


def _refuse() -> KluisError:
    return KluisError(
        "Wat u hier bewaarde, gaat niet open: de sleutel van de server is een andere, of het bestand is gewijzigd."
        " Er is niets overschreven. Bel de inkopende organisatie; zij kan de sleutelmap terugzetten."
    )
