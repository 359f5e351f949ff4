"""Where the private keys of rounds stand: apart from the database and the evidence, and twice.

    sleutels/M-2020-2-1f0c9a...sleutel    the private key of a round, opened after closing
    sleutels/kenteken.geheim              makes the mark by which an aanbieder is recognised while sealed
    sleutelkopie/...                      the same files once more: the recovery copy

A key that is not in the first folder is taken from the second; a key is never written over.

Bron: FE-8; docs/adr/0016; docs/handleiding/verzegeling.md.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from inkoop.domain.fouten import InkoopError
from inkoop.storage.verzegeling import Sleutelpaar, derive_publiek, format_vingerafdruk, make_sleutelpaar

_KOP = "inkoop-rondesleutel 1"
_GEHEIM = "kenteken.geheim"


class SleutelError(InkoopError):
    """A key cannot be written, found or read; the message says where it was looked for and what to do."""


class Sleutelherkomst(StrEnum):
    """Where a key was taken from when a round was opened."""

    SLEUTELMAP = "sleutelmap"
    RESERVEKOPIE = "reservekopie"
    AANGEBODEN = "aangeboden"


class Gevondensleutel(msgspec.Struct, frozen=True, kw_only=True):
    """A private key (32 bytes) and where it came from."""

    privaat: bytes
    herkomst: Sleutelherkomst


class Sleutelstand(msgspec.Struct, frozen=True, kw_only=True):
    """Whether both copies of a key are there and good."""

    sleutelmap: bool
    reservekopie: bool


class Sleutelkast:
    """The two folders with keys. They are made when the first key is written."""

    def __init__(self, map: Path, kopie: Path) -> None:  # noqa: A002 - a folder is a map
        self.map = map
        self.kopie = kopie

    def check(self, winkel: Path) -> None:
        """Refuse folders that lie inside the store, or that are one and the same (SleutelError)."""
        redenen = [
            f"{wat} {pad} ligt in de map van de winkel ({winkel}); wie de winkel kopieert, heeft dan ook de sleutels"
            for wat, pad in (("de sleutelmap", self.map), ("de reservekopie", self.kopie))
            if pad.resolve().is_relative_to(winkel.resolve())
        ]
        if self.map.resolve() == self.kopie.resolve():
            redenen.append(f"de sleutelmap en de reservekopie zijn dezelfde map ({self.map})")
        if redenen:
            raise SleutelError(
                f"De sleutels staan niet goed: {'; '.join(redenen)}."
                " Wijs met INKOOP_SLEUTELS en INKOOP_SLEUTELKOPIE twee andere mappen aan."
            )

    def create(self, ronde: str) -> bytes:
        """Make the key of a round and keep it twice; returns the public key. Raises SleutelError."""
        paar = make_sleutelpaar()
        for map_ in (self.map, self.kopie):
            pad = map_ / _name(ronde, format_vingerafdruk(paar.publiek))
            _write(pad, _format(ronde, paar))
            if read_sleutel(pad) != paar.privaat:
                raise SleutelError(
                    f"De sleutel die net in {pad} is geschreven, komt niet goed terug. Kijk de schijf na."
                )
        return paar.publiek

    def find(self, ronde: str, publiek: bytes) -> Gevondensleutel:
        """The private key of a round, from the first folder or else the recovery copy. Raises SleutelError."""
        naam = _name(ronde, format_vingerafdruk(publiek))
        redenen = []
        for map_, herkomst in self._plaatsen():
            try:
                return Gevondensleutel(privaat=_require(map_ / naam, publiek), herkomst=herkomst)
            except SleutelError as fout:
                redenen.append(str(fout))
        raise SleutelError(
            f"De sleutel van ronde {ronde} (vingerafdruk {format_vingerafdruk(publiek)}) is niet gevonden."
            f" {' '.join(redenen)} Sluit het medium met de sleutel aan en probeer het opnieuw."
        )

    def read_aangeboden(self, pad: Path, ronde: str, publiek: bytes) -> Gevondensleutel:
        """The private key of a round from a file that somebody offers. Raises SleutelError."""
        try:
            return Gevondensleutel(privaat=_require(pad, publiek), herkomst=Sleutelherkomst.AANGEBODEN)
        except SleutelError as fout:
            raise SleutelError(f"Deze sleutel opent ronde {ronde} niet. {fout}") from fout

    def describe(self, ronde: str, publiek: bytes) -> Sleutelstand:
        """Whether both copies are there and belong to the round."""
        naam = _name(ronde, format_vingerafdruk(publiek))
        goed = []
        for map_, _ in self._plaatsen():
            try:
                _require(map_ / naam, publiek)
            except SleutelError:
                goed.append(False)
            else:
                goed.append(True)
        return Sleutelstand(sleutelmap=goed[0], reservekopie=goed[1])

    def mark(self, ronde: str, kvk: str) -> str:
        """The mark of a legal person in a round: the same each time, and without the secret no way back.

        Only for recognising who replaces or withdraws while everything is sealed: when the secret is
        lost, the opening still finds the same applicants by their own numbers.
        """
        (merk,) = self.list_merken([ronde], kvk)
        return merk

    def list_merken(self, rondes: Sequence[str], kvk: str) -> list[str]:
        """The marks of a legal person in these rounds, in their order."""
        geheim = self._read_geheim()
        return [hmac.new(geheim, f"{ronde}|{kvk}".encode(), hashlib.sha256).hexdigest() for ronde in rondes]

    def derive(self, doel: str) -> bytes:
        """A key of 32 bytes for one purpose of our own (drafts); the same each time, useless for any other."""
        return hmac.new(self._read_geheim(), f"sleutel|{doel}".encode(), hashlib.sha256).digest()

    def _read_geheim(self) -> bytes:
        for map_, _ in self._plaatsen():
            with contextlib.suppress(OSError, ValueError):
                geheim = bytes.fromhex((map_ / _GEHEIM).read_text(encoding="ascii").strip())
                if len(geheim) == 32:
                    return geheim
        nieuw = secrets.token_hex(32)
        for map_, _ in self._plaatsen():
            _write(map_ / _GEHEIM, nieuw)
        return bytes.fromhex((self.map / _GEHEIM).read_text(encoding="ascii").strip())

    def _plaatsen(self) -> tuple[tuple[Path, Sleutelherkomst], ...]:
        return ((self.map, Sleutelherkomst.SLEUTELMAP), (self.kopie, Sleutelherkomst.RESERVEKOPIE))


def read_sleutel(pad: Path) -> bytes:
    """The private key in a key file. Raises SleutelError."""
    try:
        regels = pad.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SleutelError(f"{pad} is er niet.") from None
    except (OSError, UnicodeDecodeError):
        raise SleutelError(f"{pad} is niet te lezen.") from None
    velden = dict(regel.split(": ", 1) for regel in regels[1:] if ": " in regel)
    try:
        privaat = base64.b64decode(velden.get("sleutel", ""), validate=True)
    except binascii.Error:
        privaat = b""
    if regels[:1] != [_KOP] or len(privaat) != 32:
        raise SleutelError(f"{pad} is geen sleutelbestand, of het is beschadigd.")
    return privaat


def _require(pad: Path, publiek: bytes) -> bytes:
    privaat = read_sleutel(pad)
    if derive_publiek(privaat) != publiek:
        raise SleutelError(f"{pad} hoort bij een andere ronde of een andere winkel.")
    return privaat


def _name(ronde: str, vingerafdruk: str) -> str:
    return f"{re.sub(r'[^A-Za-z0-9._-]', '_', ronde)}-{vingerafdruk}.sleutel"


def _format(ronde: str, paar: Sleutelpaar) -> str:
    return "\n".join(
        [
            _KOP,
            f"ronde: {ronde}",
            f"vingerafdruk: {format_vingerafdruk(paar.publiek)}",
            f"sleutel: {base64.b64encode(paar.privaat).decode()}",
            "",
        ]
    )


def _write(pad: Path, tekst: str) -> None:
    """Write a file that only this user reads, to disk and only if it is not there yet."""
    try:
        pad.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):
            beschrijver = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(beschrijver, "w", encoding="utf-8") as bestand:
                bestand.write(tekst)
                bestand.flush()
                os.fsync(bestand.fileno())
    except OSError as fout:
        raise SleutelError(
            f"Een sleutel kan niet worden bewaard in {pad.parent} ({fout.strerror}). Zonder sleutel en reservekopie"
            " gaat er niets open; maak de map schrijfbaar of wijs een andere aan"
            " met INKOOP_SLEUTELS en INKOOP_SLEUTELKOPIE."
        ) from fout
