"""Sealing: what is put in an envelope with the public key of a round, only its private key takes out.

The standard does the work (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305); nothing here is
our own cryptography. `betreft` is bound to the envelope: one that is moved to another round, another
aanmelding or another place in it cannot be opened.

Bron: FE-8; docs/adr/0016.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import BinaryIO, Final

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from inkoop.domain.fouten import InkoopError
from inkoop.storage import cijferstroom
from inkoop.storage.bestandsbron import list_blokken

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
    raise _refuse(betreft)


def seal_stroom(publiek: bytes, bron: BinaryIO, betreft: str, doel: BinaryIO) -> None:
    """Write an envelope with what is in `bron` from where it stands: as `seal`, a piece at a time."""
    eigen = X25519PrivateKey.generate()
    bijgevoegd = eigen.public_key().public_bytes_raw()
    gedeeld = eigen.exchange(X25519PublicKey.from_public_bytes(publiek))
    sleutel, nonce = _derive(gedeeld, bijgevoegd, publiek, betreft.encode())
    doel.write(MERK + bijgevoegd)
    cijferstroom.encrypt(sleutel, nonce, list_blokken(bron), doel)


def unseal_stroom(privaat: bytes, envelop: BinaryIO, betreft: str, doel: BinaryIO) -> None:
    """Write what is in an envelope; nothing of it may be used when this raises OntzegelError."""
    eigen = X25519PrivateKey.from_private_bytes(privaat)
    try:
        if envelop.read(len(MERK)) == MERK:
            bijgevoegd = envelop.read(32)
            gedeeld = eigen.exchange(X25519PublicKey.from_public_bytes(bijgevoegd))
            publiek = eigen.public_key().public_bytes_raw()
            sleutel, nonce = _derive(gedeeld, bijgevoegd, publiek, betreft.encode())
            cijferstroom.decrypt(sleutel, nonce, envelop, doel)
            return
    except (InvalidSignature, ValueError):
        pass
    raise _refuse(betreft)


def _derive(gedeeld: bytes, bijgevoegd: bytes, publiek: bytes, over: bytes) -> tuple[bytes, bytes]:
    """The key and the nonce of an envelope, from the secret that both sides share.

    The library does HPKE for bytes that are in memory only; these are the steps that it takes (RFC 9180, 4.1 and
    5.1, base mode), and the tests compare the envelopes in both directions.
    """
    kem, hpke = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    stam = _extract(kem, b"", b"eae_prk", gedeeld)
    samen = _expand(kem, stam, b"shared_secret", bijgevoegd + publiek, 32)
    context = b"\x00" + _extract(hpke, b"", b"psk_id_hash", b"") + _extract(hpke, b"", b"info_hash", over)
    geheim = _extract(hpke, samen, b"secret", b"")
    return _expand(hpke, geheim, b"key", context, 32), _expand(hpke, geheim, b"base_nonce", context, 12)


def _extract(suite: bytes, zout: bytes, label: bytes, stof: bytes) -> bytes:
    return hmac.digest(zout, b"HPKE-v1" + suite + label + stof, "sha256")


def _expand(suite: bytes, stam: bytes, label: bytes, over: bytes, lengte: int) -> bytes:
    info = lengte.to_bytes(2) + b"HPKE-v1" + suite + label + over
    return HKDFExpand(hashes.SHA256(), lengte, info).derive(stam)


def _refuse(betreft: str) -> OntzegelError:
    return OntzegelError(
        f"De envelop '{betreft}' gaat niet open: het is een andere sleutel, of de envelop is gewijzigd."
        " Zet het bestand terug uit een reservekopie, of geef de sleutel van deze ronde."
    )
