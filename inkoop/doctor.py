"""What this machine misses to run the product, and the exact command that gets it.

Every check returns a Controlepunt; nothing is printed, installed or written here. `inkoop doctor`
shows the points. Libraries that draw PDFs come from the system's package manager, since no Python
package brings them.

Bron: ontwerp 7 (nothing to install besides Python packages and Pango) and 9.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import shutil
import sqlite3
import sys
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
from packaging.requirements import Requirement

from inkoop import GEEN_TELEMETRIE
from inkoop.domain.fouten import InkoopError
from inkoop.settings import Instellingen


class Staat(StrEnum):
    """Whether something is in order, is missing but not needed for the main work, or blocks it."""

    GOED = "goed"
    ADVIES = "advies"
    ONTBREEKT = "ontbreekt"


class Controlepunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: what was found, and what to do when it is not in order."""

    onderdeel: str
    staat: Staat
    gevonden: str
    advies: str = ""


TEKENBIBLIOTHEKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "HarfBuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
"""The system libraries that WeasyPrint opens, with their names on Linux, macOS and Windows."""

PANGO_OPDRACHTEN: Final[Mapping[str, str]] = {
    "apt-get": "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install -y pango",
    "zypper": "sudo zypper install -y libpango-1_0-0 libharfbuzz-subset0",
    "pacman": "sudo pacman -S --needed pango",
    "apk": "sudo apk add pango harfbuzz-subset",
    "brew": "brew install pango",
}

LIBREOFFICE_OPDRACHTEN: Final[Mapping[str, str]] = {
    "apt-get": "sudo apt-get install -y libreoffice-writer-nogui",
    "dnf": "sudo dnf install -y libreoffice-writer",
    "zypper": "sudo zypper install -y libreoffice-writer",
    "pacman": "sudo pacman -S --needed libreoffice-still",
    "apk": "sudo apk add libreoffice-writer",
    "brew": "brew install --cask libreoffice",
}

PYTHON_VANAF: Final = (3, 11)
SQLITE_VANAF: Final = (3, 35, 0)


def name_opdracht(opdrachten: Mapping[str, str], find_programma: Callable[[str], str | None] = shutil.which) -> str:
    """The command for the package manager that this machine has; all of them when it has none that we know."""
    for beheerder, opdracht in opdrachten.items():
        if find_programma(beheerder):
            return opdracht
    return "een van: " + "; ".join(opdrachten.values())


def check_python(versie: tuple[int, ...] = sys.version_info[:3]) -> Controlepunt:
    """The product needs a Python from PYTHON_VANAF on."""
    gevonden = ".".join(str(deel) for deel in versie)
    if tuple(versie[:2]) >= PYTHON_VANAF:
        return Controlepunt(onderdeel="Python", staat=Staat.GOED, gevonden=gevonden)
    vanaf = ".".join(str(deel) for deel in PYTHON_VANAF)
    return Controlepunt(
        onderdeel="Python",
        staat=Staat.ONTBREEKT,
        gevonden=gevonden,
        advies=f"Installeer Python {vanaf} of nieuwer en geef daarna opnieuw: ./run setup",
    )


def check_pakketten(
    eisen: Iterable[str] | None = None, find_versie: Callable[[str], str] = importlib.metadata.version
) -> Controlepunt:
    """Every required package is there in a version that works together with the others.

    Above all Prefect, FastAPI and SQLAlchemy: in other combinations the server does not start, or
    starts and never runs a schedule (docs/adr/0003).
    """
    eisen = importlib.metadata.requires("inkoop") if eisen is None else eisen
    fouten = []
    aantal = 0
    for eis in map(Requirement, eisen or ()):
        if eis.marker is not None and not eis.marker.evaluate():
            continue
        aantal += 1
        try:
            versie = find_versie(eis.name)
        except importlib.metadata.PackageNotFoundError:
            fouten.append(f"{eis.name} is er niet")
            continue
        if not eis.specifier.contains(versie, prereleases=True):
            fouten.append(f"{eis.name} {versie} past niet bij {eis.specifier}")
    if fouten:
        return Controlepunt(
            onderdeel="Pythonpakketten",
            staat=Staat.ONTBREEKT,
            gevonden="; ".join(fouten),
            advies="Haal de vastgelegde versies op met: ./run setup",
        )
    return Controlepunt(onderdeel="Pythonpakketten", staat=Staat.GOED, gevonden=f"{aantal} pakketten, versies kloppen")


def check_tekenbibliotheken(open_bibliotheek: Callable[[str], object] = ctypes.CDLL) -> Controlepunt:
    """The libraries with which PDFs are drawn can be opened."""
    ontbreekt = [
        naam
        for naam, bestanden in TEKENBIBLIOTHEKEN.items()
        if not any(_can_open(bestand, open_bibliotheek) for bestand in bestanden)
    ]
    if ontbreekt:
        return Controlepunt(
            onderdeel="Pango (voor pdf)",
            staat=Staat.ONTBREEKT,
            gevonden="niet gevonden: " + ", ".join(ontbreekt),
            advies=f"Geef deze opdracht: {name_opdracht(PANGO_OPDRACHTEN)}",
        )
    return Controlepunt(onderdeel="Pango (voor pdf)", staat=Staat.GOED, gevonden="alle tekenbibliotheken gevonden")


def _can_open(bestand: str, open_bibliotheek: Callable[[str], object]) -> bool:
    """Whether the system's loader finds this library."""
    try:
        open_bibliotheek(bestand)
    except OSError:
        return False
    return True


def check_lettertypen(pakketmap: Path = Path(__file__).parent) -> Controlepunt:
    """The fonts of letters and agreements come with the product, so that each machine makes the same pages."""
    lettertypen = sorted(pad.name for pad in pakketmap.rglob("*") if pad.suffix in {".ttf", ".otf", ".woff2"})
    if not lettertypen:
        return Controlepunt(
            onderdeel="Lettertypen",
            staat=Staat.ONTBREEKT,
            gevonden="de meegeleverde lettertypen zijn er niet",
            advies="Haal het project opnieuw op: de bestanden onder inkoop/ zijn niet volledig.",
        )
    return Controlepunt(onderdeel="Lettertypen", staat=Staat.GOED, gevonden=f"{len(lettertypen)} meegeleverd")


def check_sqlite(versie: tuple[int, ...] = sqlite3.sqlite_version_info) -> Controlepunt:
    """The embedded database can do what the tables and migrations ask."""
    gevonden = ".".join(str(deel) for deel in versie)
    if tuple(versie) >= SQLITE_VANAF:
        return Controlepunt(onderdeel="SQLite", staat=Staat.GOED, gevonden=gevonden)
    vanaf = ".".join(str(deel) for deel in SQLITE_VANAF)
    return Controlepunt(
        onderdeel="SQLite",
        staat=Staat.ONTBREEKT,
        gevonden=gevonden,
        advies=f"Gebruik een Python met SQLite {vanaf} of nieuwer.",
    )


def check_postgres(adres: str | None) -> Controlepunt:
    """The PostgreSQL database of the settings answers and keeps text as we count on; none is needed by default."""
    from inkoop.storage.databasefout import translate_databasefouten
    from inkoop.storage.plaats import check_server, parse_url
    from inkoop.storage.verbinding import open_engine

    if adres is None:
        return Controlepunt(
            onderdeel="PostgreSQL", staat=Staat.GOED, gevonden="niet ingesteld: gegevens staan in de map van de winkel"
        )
    try:
        engine = open_engine(parse_url(adres))
        with translate_databasefouten(), engine.connect() as verbinding:
            check_server(verbinding)
            versie = verbinding.exec_driver_sql("SHOW server_version").scalar_one()
        engine.dispose()
    except InkoopError as fout:
        return Controlepunt(
            onderdeel="PostgreSQL", staat=Staat.ONTBREEKT, gevonden="niet te gebruiken", advies=str(fout)
        )
    return Controlepunt(onderdeel="PostgreSQL", staat=Staat.GOED, gevonden=f"versie {versie}")


def check_bestanden(adres: str | None) -> Controlepunt:
    """The address of evidence and documents lets us write and read; none is needed by default."""
    from inkoop.storage.bestandenplaats import open_plek

    wat = "Bestanden"
    if adres is None:
        return Controlepunt(onderdeel=wat, staat=Staat.GOED, gevonden="niet ingesteld: in de map van de winkel")
    try:
        plek = open_plek(adres, "proef")
        plek.write("schrijven", b"inkoop")
        heel = plek.read("schrijven") == b"inkoop"
    except (InkoopError, OSError) as fout:
        return Controlepunt(onderdeel=wat, staat=Staat.ONTBREEKT, gevonden="niet te gebruiken", advies=str(fout))
    if not heel:
        advies = "Wat wordt geschreven, komt er niet hetzelfde uit. Vraag de beheerder van de opslag."
        return Controlepunt(onderdeel=wat, staat=Staat.ONTBREEKT, gevonden="niet te vertrouwen", advies=advies)
    return Controlepunt(onderdeel=wat, staat=Staat.GOED, gevonden=adres)


def check_tijdzone(naam: str = "Europe/Amsterdam") -> Controlepunt:
    """The time zone in which closings and terms are reckoned is known."""
    try:
        zoneinfo.ZoneInfo(naam)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return Controlepunt(
            onderdeel="Tijdzone",
            staat=Staat.ONTBREEKT,
            gevonden=f"{naam} is niet bekend",
            advies="Haal het pakket tzdata op met: ./run setup",
        )
    return Controlepunt(onderdeel="Tijdzone", staat=Staat.GOED, gevonden=naam)


def check_schrijfbaar(onderdeel: str, pad: Path) -> Controlepunt:
    """The folder can be written, or can be made in the nearest folder above it that exists."""
    bestaand = pad
    while not bestaand.exists() and bestaand != bestaand.parent:
        bestaand = bestaand.parent
    if bestaand.is_dir() and os.access(bestaand, os.W_OK | os.X_OK):
        gevonden = str(pad) if bestaand == pad else f"{pad} (nog niet aangemaakt)"
        return Controlepunt(onderdeel=onderdeel, staat=Staat.GOED, gevonden=gevonden)
    return Controlepunt(
        onderdeel=onderdeel,
        staat=Staat.ONTBREEKT,
        gevonden=f"in {bestaand} mag u niet schrijven",
        advies="Kies een andere map met INKOOP_WINKEL of INKOOP_UITVOER, of pas de rechten van de map aan.",
    )


def check_leesbaar(onderdeel: str, pad: Path, variabele: str) -> Controlepunt:
    """The folder with definitions or templates is there."""
    if pad.is_dir():
        return Controlepunt(onderdeel=onderdeel, staat=Staat.GOED, gevonden=str(pad))
    return Controlepunt(
        onderdeel=onderdeel,
        staat=Staat.ONTBREEKT,
        gevonden=f"de map {pad} is er niet",
        advies=f"Wijs met {variabele} de juiste map aan, of haal het project opnieuw op.",
    )


def check_sleutels(instellingen: Instellingen, find_schijf: Callable[[Path], int | None] | None = None) -> Controlepunt:
    """The keys of sealed rounds lie apart from what they seal: not in the store, and rather on another disk.

    Who takes the disk with database and evidence would otherwise have the keys with it (docs/beheer).
    """
    find_schijf = find_schijf or _find_schijf
    winkel = instellingen.winkel.resolve()
    sleutels, kopie = (pad.resolve() for pad in instellingen.find_sleutelmappen(winkel))
    mappen = {"de sleutels": sleutels, "de reservekopie": kopie}
    binnen = [wat for wat, pad in mappen.items() if pad.is_relative_to(winkel)]
    samen = sleutels == kopie
    if binnen or samen:
        reden = (
            f"{' en '.join(binnen)} in de map van de winkel" if binnen else "sleutels en reservekopie in dezelfde map"
        )
        return Controlepunt(onderdeel="Sleutels", staat=Staat.ONTBREEKT, gevonden=reden, advies=SLEUTELADVIES)
    schijf = find_schijf(winkel)
    zelfde = [wat for wat, pad in mappen.items() if schijf is not None and find_schijf(pad) == schijf]
    if zelfde:
        return Controlepunt(
            onderdeel="Sleutels",
            staat=Staat.ADVIES,
            gevonden=f"{' en '.join(zelfde)} op dezelfde schijf als database en bewijs",
            advies=SLEUTELADVIES,
        )
    return Controlepunt(onderdeel="Sleutels", staat=Staat.GOED, gevonden="op een andere schijf dan database en bewijs")


SLEUTELADVIES: Final = (
    "Wijs met INKOOP_SLEUTELS en INKOOP_SLEUTELKOPIE twee mappen aan op andere schijven dan de winkel; "
    "verplaats daarna wat er al staat"
)


def _find_schijf(pad: Path) -> int | None:
    """The disk of a folder, or of the nearest one above it that is there."""
    while not pad.exists() and pad != pad.parent:
        pad = pad.parent
    try:
        return pad.stat().st_dev
    except OSError:
        return None


def check_libreoffice(find_programma: Callable[[str], str | None] = shutil.which) -> Controlepunt:
    """LibreOffice is only needed to check Word documents in the tests; documents are made without it."""
    if gevonden := (find_programma("soffice") or find_programma("libreoffice")):
        return Controlepunt(onderdeel="LibreOffice (alleen voor tests)", staat=Staat.GOED, gevonden=gevonden)
    return Controlepunt(
        onderdeel="LibreOffice (alleen voor tests)",
        staat=Staat.ADVIES,
        gevonden="niet gevonden; zonder worden enkele tests overgeslagen",
        advies=f"Wilt u ook die tests draaien? {name_opdracht(LIBREOFFICE_OPDRACHTEN)}",
    )


def check_uv(find_programma: Callable[[str], str | None] = shutil.which) -> Controlepunt:
    """The tool uv installs the locked packages; `./run` fetches its own where the machine has none."""
    if gevonden := find_programma("uv"):
        return Controlepunt(onderdeel="uv", staat=Staat.GOED, gevonden=gevonden)
    return Controlepunt(
        onderdeel="uv",
        staat=Staat.ADVIES,
        gevonden="niet op het zoekpad",
        advies="Dit is niet erg: ./run setup haalt uv zelf op.",
    )


def check_telemetrie(omgeving: Mapping[str, str] | None = None) -> Controlepunt:
    """No library reports about its use to its makers."""
    omgeving = os.environ if omgeving is None else omgeving
    afwijkend = [naam for naam, waarde in GEEN_TELEMETRIE.items() if omgeving.get(naam) != waarde]
    if afwijkend:
        return Controlepunt(
            onderdeel="Telemetrie",
            staat=Staat.ADVIES,
            gevonden="staat misschien aan: " + ", ".join(afwijkend),
            advies="; ".join(f"zet {naam}={GEEN_TELEMETRIE[naam]}" for naam in afwijkend),
        )
    return Controlepunt(onderdeel="Telemetrie", staat=Staat.GOED, gevonden="staat uit")


def examine(instellingen: Instellingen) -> tuple[Controlepunt, ...]:
    """Look at everything; the points in the order in which a person would mend them."""
    return (
        check_python(),
        check_uv(),
        check_pakketten(),
        check_tekenbibliotheken(),
        check_lettertypen(),
        check_sqlite(),
        check_postgres(instellingen.database),
        check_bestanden(instellingen.bestanden),
        check_tijdzone(),
        check_leesbaar("Criteria", instellingen.criteria, "INKOOP_CRITERIA"),
        check_leesbaar("Procedures", instellingen.procedures, "INKOOP_PROCEDURES"),
        check_leesbaar("Sjablonen", instellingen.sjablonen, "INKOOP_SJABLONEN"),
        check_schrijfbaar("Winkel", instellingen.winkel),
        check_schrijfbaar("Uitvoer", instellingen.uitvoer),
        check_sleutels(instellingen),
        check_telemetrie(),
        check_libreoffice(),
    )


def is_gereed(punten: Iterable[Controlepunt]) -> bool:
    """Whether nothing is missing that the main work needs."""
    return all(punt.staat is not Staat.ONTBREEKT for punt in punten)
