"""Whether the files of a store stand in its own folder or at the address of the settings.

    map/bewijs/, map/documenten/     in the folder, or
    map/bestanden.json               the card of a store whose files stand elsewhere

The card keeps a store from being opened without its files, and a store in its folder (the demo) from writing at
the address of the settings. It holds no address: that differs from machine to machine.

Bron: ontwerp 7 (other places by settings alone); storage/plaats, the same for records.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from inkoop.storage.bestandenplek import Bestandenplek, Schijfplek
from inkoop.storage.objectplek import Objectplek
from inkoop.storage.plaats import WinkelOngeschiktError

KAARTJE = "bestanden.json"
ONDERDELEN = ("bewijs", "documenten")


def open_plek(url: str, onderdeel: str) -> Bestandenplek:
    """The place of one kind of file at an address: s3://emmer/map, or file:///gedeelde/map."""
    delen = urlsplit(url)
    if delen.scheme == "file":
        wortel = Path(delen.path)
        if not wortel.is_dir():
            raise WinkelOngeschiktError(
                f"INKOOP_BESTANDEN_URL wijst naar {wortel}, en die map is er niet. Maak de map of koppel haar aan."
            )
        return Schijfplek(wortel / onderdeel)
    return Objectplek(url, onderdeel)


def create_plekken(map: Path, url: str | None) -> list[Bestandenplek]:  # noqa: A002 - a folder is a map
    """The places of a new store: bewijs and documenten. At an address something is written to see that it can."""
    if url is None:
        for onderdeel in ONDERDELEN:
            (map / onderdeel).mkdir()
        return [Schijfplek(map / onderdeel) for onderdeel in ONDERDELEN]
    for onderdeel in ONDERDELEN:
        plek = open_plek(url, onderdeel)
        if next(iter(plek.list_namen()), None) is not None:
            raise WinkelOngeschiktError(
                f"In {plek.name('')} staan al bestanden. Geef elke winkel een eigen, lege map in INKOOP_BESTANDEN_URL."
            )
    open_plek(url, "proef").write("schrijven", b"inkoop")
    write_kaartje(map, elders=True)
    return find_plekken(map, url)


def write_kaartje(map: Path, *, elders: bool) -> None:  # noqa: A002
    """Say where the files of a store stand, at once or not at all."""
    if not elders:
        (map / KAARTJE).unlink(missing_ok=True)
        return
    nieuw = map / f"{KAARTJE}.nieuw"
    nieuw.write_text('{"bestanden": "elders"}\n', encoding="utf-8")
    nieuw.replace(map / KAARTJE)


def find_plekken(map: Path, url: str | None) -> list[Bestandenplek]:  # noqa: A002
    """The places of an existing store; raises WinkelOngeschiktError that says which setting is missing."""
    if not (map / KAARTJE).is_file():
        return [Schijfplek(map / onderdeel) for onderdeel in ONDERDELEN]
    if url is None:
        raise WinkelOngeschiktError(
            f"De bestanden van de winkel in {map} staan elders. Zet INKOOP_BESTANDEN_URL op het adres daarvan."
        )
    return [open_plek(url, onderdeel) for onderdeel in ONDERDELEN]
