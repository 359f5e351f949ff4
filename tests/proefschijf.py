"""A small disk of our own, in memory, that can be made full under whatever stands on it.

Making one is for who may mount; where that is not allowed there is none, and who asked says so.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


class Proefschijf:
    """A disk of so many megabytes on an existing, empty folder."""

    def __init__(self, map_: Path, megabyte: int) -> None:
        self.map = map_
        _run("mount", "-t", "tmpfs", "-o", f"size={megabyte}m,mode=700", "inkoop-proefschijf", str(map_))

    @contextmanager
    def fill(self, ruimte: int) -> Iterator[None]:
        """Leave room for so many bytes; afterwards what filled the disk is gone."""
        vulling = self.map / "vulling"
        stand = os.statvfs(self.map)
        try:
            with vulling.open("wb") as bestand:
                os.posix_fallocate(bestand.fileno(), 0, max(1, stand.f_bavail * stand.f_frsize - ruimte))
            yield
        finally:
            vulling.unlink()

    def remove(self) -> None:
        """Take the disk away with all that stands on it, whoever still looks at it."""
        _run("umount", "--lazy", str(self.map))


def _run(*opdracht: str) -> None:
    subprocess.run(opdracht, check=True, capture_output=True)


@cache
def may_mount() -> bool:
    """Whether this process may make such a disk."""
    with tempfile.TemporaryDirectory(prefix="inkoop-schijf-") as map_:
        try:
            Proefschijf(Path(map_), 1).remove()
        except (OSError, subprocess.CalledProcessError):
            return False
    return True
