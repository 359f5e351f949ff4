"""Whether an evidence file may be taken in: its name, its size, what it is, what is in it.

Bron: ontwerp 8; issue rule "missing, empty, too large or not what its name says".
"""

from __future__ import annotations

import msgspec

from inkoop.storage.bestandsbron import Bestandsbron, hash_stroom
from inkoop.storage.bestandsfout import BewijsRefusedError
from inkoop.storage.bestandsnaam import check_bestandsnaam, read_extensie
from inkoop.storage.bestandssoort import BESTANDSSOORTEN, Bestandssoort
from inkoop.storage.bsn import suspects_bsn, suspects_bsn_in

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Keuring(msgspec.Struct, frozen=True, kw_only=True):
    """What a file turned out to be."""

    sha256: str
    mediatype: str
    bsn_verdacht: bool


def inspect_bestand(bestandsnaam: str, inhoud: bytes, *, max_grootte: int) -> Keuring:
    """Inspect a file that is in memory; raises BewijsRefusedError with every reason at once."""
    return inspect_bron(Bestandsbron.from_bytes(bestandsnaam, inhoud), max_grootte=max_grootte)


def inspect_bron(bestand: Bestandsbron, *, max_grootte: int) -> Keuring:
    """Inspect a file a piece at a time; raises BewijsRefusedError with every reason at once."""
    redenen = check_bestandsnaam(bestand.naam)
    extensie = read_extensie(bestand.naam)
    volgens_naam = next((soort for soort in BESTANDSSOORTEN if extensie in soort.extensies), None)
    if volgens_naam is None:
        toegestaan = ", ".join(ext for soort in BESTANDSSOORTEN for ext in soort.extensies)
        redenen.append(f"dit soort bestand ({extensie or 'zonder extensie'}) wordt niet aangenomen; wel: {toegestaan}")
    if not bestand.grootte:
        redenen.append("het bestand is leeg")
    elif bestand.grootte > max_grootte:
        # Nothing more is looked at: what is in a file that is too large is not worth the risk.
        redenen.append(f"het bestand is groter dan {_format_grootte(max_grootte)}; maak het kleiner of splits het")
    elif volgens_naam is not None:
        redenen.extend(_check_inhoud(volgens_naam, extensie, bestand))
    if redenen or volgens_naam is None:
        raise BewijsRefusedError(bestand.naam, redenen)
    return Keuring(
        sha256=hash_stroom(bestand.open()),
        mediatype=volgens_naam.mediatype,
        bsn_verdacht=suspects_bsn(bestand.naam) or suspects_bsn_in(volgens_naam.read_tekst(bestand.open())),
    )


def _format_grootte(grootte: int) -> str:
    """A limit for people: whole megabytes where there are any, kilobytes otherwise."""
    return f"{grootte // 1024**2} MB" if grootte >= 1024**2 else f"{grootte // 1024} kB"


def _check_inhoud(volgens_naam: Bestandssoort, extensie: str, bestand: Bestandsbron) -> list[str]:
    """Why the bytes are not a good file of the kind that the name says."""
    if volgens_naam.recognise(bestand.open()):
        return volgens_naam.check(bestand.open())
    werkelijk = next((soort.naam for soort in BESTANDSSOORTEN if soort.recognise(bestand.open())), None)
    if werkelijk is not None:
        return [f"de naam eindigt op .{extensie}, maar de inhoud is een {werkelijk}; geef het bestand de goede naam"]
    if bestand.open().read(len(_OLE)) == _OLE:
        return ["dit is een oud of met een wachtwoord beveiligd Office-bestand; sla het op als .docx, .xlsx of PDF"]
    soort = volgens_naam.naam
    return [f"de naam eindigt op .{extensie}, maar de inhoud is geen {soort}; sla het stuk opnieuw op als {soort}"]
