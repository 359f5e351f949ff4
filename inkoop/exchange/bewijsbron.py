"""Evidence that comes with a platform export: a folder or a zip, with a folder for each application.

Nothing is unpacked to disk and no name in a zip is ever used as a path: entries that lie outside their
folder, links, passwords, the same name twice and more than was agreed on are refused before anything is read.

Bron: ontwerp 8 (input is hostile); issue intake.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from inkoop.domain.fouten import InkoopError

MAX_BESTANDEN = 50_000
MAX_UITGEPAKT = 50 * 1024**3
MAX_VERHOUDING = 200
_VERHOUDING_VANAF = 10 * 1024**2
_BLOK = 1024 * 1024


class BewijsbronError(InkoopError):
    """A folder or zip with evidence cannot be used; every reason at once."""

    def __init__(self, pad: Path, redenen: list[str]) -> None:
        self.redenen = tuple(redenen)
        meer = [f"en nog {len(redenen) - 20} andere"] if len(redenen) > 20 else []
        lijst = "\n".join(f"  - {reden}" for reden in [*redenen[:20], *meer])
        super().__init__(f"Het bewijs in {pad} kan niet worden gebruikt:\n{lijst}")


class Bewijsbron:
    """The files by folder (the reference of an application) and name; contents are read when asked for."""

    def __init__(self, pad: Path, bestanden: Mapping[str, Mapping[str, str]]) -> None:
        self.pad = pad
        self._bestanden = bestanden

    def list_namen(self, map_: str) -> tuple[str, ...]:
        """The names of the files of one application."""
        return tuple(sorted(self._bestanden.get(map_, {})))

    def list_mappen(self) -> tuple[str, ...]:
        """The folders that there are."""
        return tuple(sorted(self._bestanden))

    def read(self, map_: str, naam: str, grens: int) -> bytes:
        """The bytes of a file, one more than `grens` of a file that is larger, so that it is refused for that."""
        plaats = self._bestanden[map_][naam]
        if self.pad.is_dir():
            with (self.pad / plaats).open("rb") as bestand:
                return bestand.read(grens + 1)
        try:
            with zipfile.ZipFile(self.pad) as pakket, pakket.open(plaats) as deel:
                return deel.read(grens + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fout:
            raise BewijsbronError(self.pad, [f"'{plaats}' is beschadigd; haal de export opnieuw op"]) from fout


def open_bewijsbron(pad: Path) -> Bewijsbron:
    """Look at a folder or a zip; raises BewijsbronError with every reason."""
    if pad.is_dir():
        namen, redenen = _list_map(pad)
    elif pad.is_file():
        namen, redenen = _list_zip(pad)
    else:
        raise BewijsbronError(pad, ["deze map of zip is er niet"])
    bestanden: dict[str, dict[str, str]] = {}
    for naam in namen:
        delen = PurePosixPath(naam).parts
        if len(delen) < 2:
            redenen.append(f"'{naam}' staat niet in de map van een aanmelding")
            continue
        in_map = bestanden.setdefault(delen[0], {})
        if delen[-1] in in_map:
            redenen.append(f"in de map '{delen[0]}' heet meer dan één bestand '{delen[-1]}'")
        in_map[delen[-1]] = naam
    if len(namen) > MAX_BESTANDEN:
        redenen.append(f"er zijn meer dan {MAX_BESTANDEN} bestanden")
    if redenen:
        raise BewijsbronError(pad, redenen)
    return Bewijsbron(pad, bestanden)


def _list_map(pad: Path) -> tuple[list[str], list[str]]:
    """The files under a folder; a link is never followed."""
    namen: list[str] = []
    redenen: list[str] = []
    for gevonden in sorted(pad.rglob("*")):
        naam = gevonden.relative_to(pad).as_posix()
        if gevonden.is_symlink():
            redenen.append(f"'{naam}' is een verwijzing naar iets anders; zet het bestand zelf in de map")
        elif gevonden.is_file():
            namen.append(naam)
    return namen, redenen


def _list_zip(pad: Path) -> tuple[list[str], list[str]]:
    """The files in a zip, by its table of contents."""
    try:
        with zipfile.ZipFile(pad) as pakket:
            delen = pakket.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [], ["dit is geen leesbare zip; haal de export opnieuw op"]
    redenen: list[str] = []
    uitgepakt = sum(deel.file_size for deel in delen)
    gewicht = pad.stat().st_size
    if uitgepakt > MAX_UITGEPAKT or (uitgepakt > _VERHOUDING_VANAF and uitgepakt > MAX_VERHOUDING * gewicht):
        redenen.append("de zip pakt uit tot een onredelijke grootte")
    namen: list[str] = []
    for deel in delen:
        if deel.is_dir():
            continue
        redenen += [f"'{deel.filename}' {reden}" for reden in _check_deel(deel)]
        namen.append(deel.filename)
    if len({naam.casefold() for naam in namen}) != len(namen):
        redenen.append("een bestand staat twee keer in de zip")
    return namen, redenen


def _check_deel(deel: zipfile.ZipInfo) -> list[str]:
    redenen = []
    naam = deel.filename
    if naam.startswith("/") or "\\" in naam or ":" in naam or ".." in naam.split("/") or "\x00" in deel.orig_filename:
        redenen.append("wijst buiten de map van een aanmelding")
    if stat.S_ISLNK(deel.external_attr >> 16):
        redenen.append("is een verwijzing naar iets anders")
    if deel.flag_bits & 0x1:
        redenen.append("is met een wachtwoord beveiligd")
    return redenen
