"""Moving the evidence and documents of a store to another place: copied, checked, and only then switched.

A file that is there already, with the right bytes, is not copied again: who is broken off gives the same command
and goes on. The old place is left as it is; until the switch the store works on from there.

Bron: ontwerp 7 (other places by settings alone); docs/adr/0022.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.storage.bestandenplaats import ONDERDELEN, find_plekken, open_plek, write_kaartje
from inkoop.storage.bestandenplek import Bestandenplek, Schijfplek

IN_WINKEL = "winkel"
"""The word for the folder of the store itself, in place of an address."""

ELKE = 100
"""After so many files the progress is told."""


class VerhuizingRefusedError(BeletselenError):
    """The files cannot be moved; nothing was switched."""


class Verhuisd(msgspec.Struct, frozen=True, kw_only=True):
    """What was moved: files in all, and how many of them were there already."""

    bestanden: int
    stonden_er: int


def move_bestanden(
    map: Path,  # noqa: A002 - a folder is a map
    van: str | None,
    naar: str,
    meld: Callable[[int, int], None] = lambda _gedaan, _totaal: None,
) -> Verhuisd:
    """Copy every file of the store in `map` to the address `naar`, check each, and switch the store to it.

    `van` is the setting under which the store is opened now. `naar` is an address as in that setting, or
    IN_WINKEL. Raises VerhuizingRefusedError with every file that is in the way; nothing is switched then.
    """
    oud, nieuw = find_plekken(map, van), _open_nieuw(map, naar)
    if any(een.name("") == ander.name("") for een, ander in zip(oud, nieuw, strict=True)):
        raise VerhuizingRefusedError(
            "Er valt niets te verhuizen.", [Beletsel("zelfde", "De bestanden staan al op dit adres.")]
        )
    _refuse_vreemden(oud, nieuw)
    totaal = sum(1 for plek in oud for _ in plek.list_namen())
    gedaan = stonden_er = 0
    beletselen: list[Beletsel] = []
    gehad: set[tuple[int, str]] = set()
    # What is added meanwhile comes along: the list is read until it holds nothing new.
    while namen := [(deel, naam) for deel, naam in _list_namen(oud) if (deel, naam) not in gehad]:
        for deel, naam in namen:
            gehad.add((deel, naam))
            inhoud = oud[deel].read(naam)
            if inhoud is None or hashlib.sha256(inhoud).hexdigest() != naam.rpartition("/")[2]:
                tekst = f"{oud[deel].name(naam)} is gewijzigd of hoort hier niet. Zet het terug uit een reservekopie."
                beletselen.append(Beletsel("aangetast", tekst))
                continue
            stonden_er += not _copy(nieuw[deel], naam, inhoud)
            gedaan += 1
            if gedaan % ELKE == 0:
                meld(gedaan, max(totaal, gedaan))
    if beletselen:
        kop = "De bestanden zijn nog niet verhuisd; de winkel werkt door op de oude plek."
        raise VerhuizingRefusedError(kop, beletselen)
    write_kaartje(map, elders=naar != IN_WINKEL)
    return Verhuisd(bestanden=gedaan, stonden_er=stonden_er)


def _open_nieuw(map: Path, naar: str) -> list[Bestandenplek]:  # noqa: A002
    if naar == IN_WINKEL:
        return [Schijfplek(map / onderdeel) for onderdeel in ONDERDELEN]
    plekken = [open_plek(naar, onderdeel) for onderdeel in ONDERDELEN]
    open_plek(naar, "proef").write("schrijven", b"inkoop")
    return plekken


def _refuse_vreemden(oud: list[Bestandenplek], nieuw: list[Bestandenplek]) -> None:
    """What stands in the new place must be of this store: of an earlier try."""
    eigen = set(_list_namen(oud))
    vreemd = [nieuw[deel].name(naam) for deel, naam in _list_namen(nieuw) if (deel, naam) not in eigen]
    if vreemd:
        tekst = f"{vreemd[0]} is niet van deze winkel ({len(vreemd)} bestanden). Kies een lege plek."
        raise VerhuizingRefusedError("De nieuwe plek is niet leeg.", [Beletsel("niet-leeg", tekst)])


def _list_namen(plekken: list[Bestandenplek]) -> Iterator[tuple[int, str]]:
    for deel, plek in enumerate(plekken):
        yield from ((deel, naam) for naam in plek.list_namen())


def _copy(plek: Bestandenplek, naam: str, inhoud: bytes) -> bool:
    """Write a file and read it back; False when it stood there already."""
    if plek.read(naam) == inhoud:
        return False
    plek.write(naam, inhoud)
    if plek.read(naam) != inhoud:
        tekst = f"{plek.name(naam)} komt er anders uit dan het erin ging. Vraag de beheerder van de opslag."
        raise VerhuizingRefusedError("De nieuwe plek is niet te vertrouwen.", [Beletsel("anders", tekst)])
    return True
