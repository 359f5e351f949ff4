"""The file of a transfer, kept beside the store until it arrived: made with the transfer, fetched, taken away.

The zip stands in the folder of the store until the archivaris took it to the archive and lets the copy go. What
counts as handed over is its hash, which is registered with the list (services/overbrengen).

Bron: B.7, C.30.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.services import overbrengen
from inkoop.services.archieflijsten import find_lijst
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.rondes import lees

MAP = "overbrenging"


def _name(huis: Huis, kenmerk: str) -> Path:
    return huis.winkel.map / MAP / f"{kenmerk}.zip"


def export_naar_kopie(huis: Huis, door: Optreden, kenmerk: str) -> str:
    """Carry out an approved list with its zip kept beside the store; the sha256 of the zip.

    The zip is on disk before the list is registered as carried out: nothing is registered that is not there.
    """

    def write(inhoud: bytes) -> None:
        doel = _name(huis, kenmerk)
        doel.parent.mkdir(mode=0o700, exist_ok=True)
        beschrijver, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=".nieuw-")
        try:
            with os.fdopen(beschrijver, "wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            Path(tijdelijk).replace(doel)
        except BaseException:
            Path(tijdelijk).unlink(missing_ok=True)
            raise

    return overbrengen.export_lijst(huis, door, kenmerk, write)


def find_kopie(huis: Huis, door: Optreden, kenmerk: str) -> Path | None:
    """The zip of a list that was carried out; None when it was taken away, or handed over by the command."""
    with lees(huis, door, Handeling.ARCHIEF_LEZEN) as sessie:
        rij = find_lijst(sessie, kenmerk)
    pad = _name(huis, rij.kenmerk)
    return pad if rij.export_sha256 is not None and pad.is_file() else None


def read_kopie(huis: Huis, door: Optreden, kenmerk: str) -> Path:
    """The zip to take along, after its hash was compared with what was registered.

    Raises NietGevondenError when there is none, BeletselenError when it is not the file that was registered.
    """
    with lees(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as sessie:
        som = find_lijst(sessie, kenmerk).export_sha256
    pad = find_kopie(huis, door, kenmerk)
    if pad is None:
        raise NietGevondenError("Bestand", f"{kenmerk}.zip")
    with pad.open("rb") as bestand:
        if hashlib.file_digest(bestand, "sha256").hexdigest() != som:
            tekst = "Het bestand is op de schijf gewijzigd. Vraag de beheerder om de reservekopie van de winkel."
            raise BeletselenError(f"{kenmerk}.zip wordt niet meegegeven.", [Beletsel("kopie", tekst)])
    return pad


def drop_kopie(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Take the copy away once the archive has it; the list keeps its hash."""
    pad = find_kopie(huis, door, kenmerk)
    if pad is None:
        raise NietGevondenError("Bestand", f"{kenmerk}.zip")
    with handel(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as eenheid:
        eenheid.audit(Handeling.ARCHIEFLIJST_UITVOEREN, kenmerk, naar="kopie van de overbrenging weggehaald")
    pad.unlink(missing_ok=True)
