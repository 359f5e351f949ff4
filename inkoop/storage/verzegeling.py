"""Sealing: what is put in an envelope with the public key of a round, only its private key takes out.

The standard does the work (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305); nothing here is
our own cryptography. `betreft` is bound to the envelope: one that is moved to another round, another
aanmelding or another place in it cannot be opened.

Bron: FE-8; docs/adr/0016.
"""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from inkoop.domain.fouten import InkoopError

MERK: Final = b"inkoop-envelop-1\n"
"""How an envelope begins: its kind and version."""

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class OntzegelError(InkoopError):
    """An envelope cannot be opened with this key, or was changed."""


class Sleutelpaar(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of a round, 32 bytes each. The private one never reaches the database."""

    publiek: bytes
    privaat: bytes


def make_sleutelpaar() -> Sleutelpaar:
    """A new pair from the randomness of the machine."""
    sleutel = X25519PrivateKey.generate()
    return Sleutelpaar(publiek=sleutel.public_key().public_bytes_raw(), privaat=sleutel.private_bytes_raw())


def derive_publiek(privaat: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(privaat).public_key().public_bytes_raw()


def format_vingerafdruk(publiek: bytes) -> str:
    """How people tell one key from another: 16 hexadecimal characters."""
    return hashlib.sha256(publiek).hexdigest()[:16]


def seal(publiek: bytes, inhoud: bytes, betreft: str) -> bytes:
    """An envelope with this content; sealing the same twice gives two different envelopes."""
    sleutel = X25519PublicKey.from_public_bytes(publiek)
    return MERK + _SUITE.encrypt(inhoud, sleutel, betreft.encode())


def unseal(privaat: bytes, envelop: bytes, betreft: str) -> bytes:
    """What is in an envelope. Raises OntzegelError."""
    sleutel = X25519PrivateKey.from_private_bytes(privaat)
    try:
        if envelop.startswith(MERK):
            return _SUITE.decrypt(envelop[len(MERK) :], sleutel, betreft.encode())
    except (InvalidTag, ValueError):
        pass
    raise OntzegelError(
        f"De envelop '{betreft}' gaat niet open: het is een andere sleutel, of de envelop is gewijzigd."
        " Zet het bestand terug uit een reservekopie, of geef de sleutel van deze ronde."
    )
