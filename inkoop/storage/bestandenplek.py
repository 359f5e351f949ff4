"""Where files under their hash stand: a folder, or an S3-compatible store (storage/objectplek).

A place keeps and hands out bytes; what they must be is judged by who asks (storage/bestandenmap).

Bron: ontwerp 7, 8.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from inkoop.domain.fouten import InkoopError
from inkoop.storage.databasefout import SchijfVolError

NIEUW = ".nieuw-"
"""How the name begins of a file that is being written."""
BLOK = 256 * 1024
"""How many bytes are in memory at once while a file is copied, hashed or encrypted."""


class BestandenplekOnbereikbaarError(InkoopError):
    """The place of the files does not answer, is not there, or does not let us in; the message says what to do."""


@contextmanager
def translate_vol() -> Iterator[None]:
    """Say it in words when a disk is full: SchijfVolError."""
    try:
        yield
    except OSError as fout:
        if fout.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise SchijfVolError from fout
        raise


class Bestandenplek(Protocol):
    """A place of files, each under a name that its reader chose (`ab/cd/abcd...`)."""

    waar: str
    """What people call the place: "op de schijf", "in de opslag"."""

    def name(self, naam: str) -> str:
        """The file with this name as an administrator finds it."""

    def read(self, naam: str) -> bytes | None:
        """What is in the file; None when there is none."""

    def open(self, naam: str) -> BinaryIO | None:
        """The file to be read a piece at a time, anywhere in it; None when there is none. Close it."""

    def write(self, naam: str, inhoud: bytes) -> None:
        """Keep a file: whole or not at all, also when the process dies."""

    def write_stroom(self, naam: str, bron: BinaryIO) -> None:
        """The same for what is read a piece at a time, from where `bron` stands to its end."""

    def remove(self, naam: str) -> None:
        """Take a file away for good; nothing happens when there is none."""

    def list_namen(self) -> Iterator[str]:
        """The names of all files that were written to the end, in order."""

    def check(self) -> None:
        """Raises BestandenplekOnbereikbaarError when the place does not answer or is not there."""


class Schijfplek:
    """A folder; on this computer or shared with others (NFS)."""

    waar = "op de schijf"

    def __init__(self, map: Path) -> None:  # noqa: A002 - a folder is a map
        self.map = map

    def name(self, naam: str) -> str:
        """The path of the file."""
        return str(self.map / naam)

    def read(self, naam: str) -> bytes | None:
        """What is in the file; None when there is none."""
        try:
            return (self.map / naam).read_bytes()
        except FileNotFoundError:
            return None

    def open(self, naam: str) -> BinaryIO | None:
        """The file to be read a piece at a time; None when there is none."""
        try:
            return (self.map / naam).open("rb")
        except FileNotFoundError:
            return None

    def write(self, naam: str, inhoud: bytes) -> None:
        """Write under a temporary name, bring to disk, rename into place."""
        self.write_stroom(naam, io.BytesIO(inhoud))

    def write_stroom(self, naam: str, bron: BinaryIO) -> None:
        """The same for what is read a piece at a time. Raises SchijfVolError."""
        with translate_vol():
            self._write(self.map / naam, bron)

    def _write(self, doel: Path, bron: BinaryIO) -> None:
        doel.parent.mkdir(parents=True, exist_ok=True)
        beschrijver, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=NIEUW)
        try:
            with os.fdopen(beschrijver, "wb") as bestand:
                shutil.copyfileobj(bron, bestand, BLOK)
                bestand.flush()
                os.fsync(bestand.fileno())
            Path(tijdelijk).chmod(0o444)
            Path(tijdelijk).replace(doel)
        except BaseException:
            Path(tijdelijk).unlink(missing_ok=True)
            raise
        _sync_map(doel.parent)

    def remove(self, naam: str) -> None:
        """Take the file away, and bring that to disk; the folders stay."""
        doel = self.map / naam
        doel.unlink(missing_ok=True)
        if doel.parent.is_dir():
            _sync_map(doel.parent)

    def list_namen(self) -> Iterator[str]:
        """Every file; one that a process left halfway when it died is no part of the store."""
        for pad in sorted(self.map.glob("??/??/*")):
            if not pad.name.startswith(NIEUW):
                yield pad.relative_to(self.map).as_posix()

    def check(self) -> None:
        """The folder must be there: a share that is not mounted is an empty folder above it."""
        if not self.map.is_dir() and not self.map.parent.is_dir():
            raise BestandenplekOnbereikbaarError(
                f"De map {self.map} is er niet. Koppel de schijf of de gedeelde map aan waarop de bestanden staan."
            )


def _sync_map(map: Path) -> None:  # noqa: A002 - a folder is a map
    """Bring the new name in the folder to disk as well; Windows cannot, and needs it not."""
    if os.name == "nt":
        return
    beschrijver = os.open(map, os.O_RDONLY)
    try:
        os.fsync(beschrijver)
    finally:
        os.close(beschrijver)
