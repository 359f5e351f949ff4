"""Whether an image is whole; nothing is decoded, so a hostile image has nothing to work on."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from inkoop.storage.bestandenplek import BLOK
from inkoop.storage.bestandsbron import list_blokken

MAX_BEELDPUNTEN = 100_000_000
"""More than any scanned page has; an image that unpacks to more is refused (project default)."""

_TE_GROOT = f"de afbeelding heeft meer dan {MAX_BEELDPUNTEN // 1_000_000} miljoen beeldpunten"
_PNG_KAPOT = "de PNG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"
_JPG_KAPOT = "de JPEG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"


def check_png(stroom: BinaryIO) -> list[str]:
    """Walk the chunks from IHDR to IEND and compare each checksum."""
    stroom.seek(8)
    eerste, beelddata = True, False
    while len(kop := stroom.read(8)) == 8:
        lengte, naam = int.from_bytes(kop[:4]), kop[4:]
        som, begin, gelezen = zlib.crc32(naam), b"", 0
        while gelezen < lengte and (blok := stroom.read(min(BLOK, lengte - gelezen))):
            begin = begin or blok[:8]
            som, gelezen = zlib.crc32(blok, som), gelezen + len(blok)
        verwacht = stroom.read(4)
        if len(verwacht) != 4 or som != int.from_bytes(verwacht) or eerste != (naam == b"IHDR"):
            return [_PNG_KAPOT]
        if eerste and int.from_bytes(begin[:4]) * int.from_bytes(begin[4:8]) > MAX_BEELDPUNTEN:
            return [_TE_GROOT]
        if naam == b"IEND":
            return [] if beelddata else [_PNG_KAPOT]
        beelddata, eerste = beelddata or naam == b"IDAT", False
    return [_PNG_KAPOT]


def check_jpg(stroom: BinaryIO) -> list[str]:
    """Walk the segments to the start of the image data, read its size, and find the end marker."""
    plaats, maten = 2, None
    while True:
        stroom.seek(plaats)
        kop = stroom.read(4)
        if len(kop) < 4 or kop[0] != 0xFF:
            break
        merk = kop[1]
        if merk == 0xFF:  # padding
            plaats += 1
            continue
        lengte = int.from_bytes(kop[2:4])
        segment = stroom.read(max(0, lengte - 2))
        if len(segment) != lengte - 2:
            break
        if 0xC0 <= merk <= 0xCF and merk not in {0xC4, 0xC8, 0xCC}:
            maten = int.from_bytes(segment[1:3]) * int.from_bytes(segment[3:5])
        if merk == 0xDA:
            stroom.seek(plaats)
            if maten is None or not _holds_einde(stroom):
                break
            return [_TE_GROOT] if maten > MAX_BEELDPUNTEN else []
        plaats += 2 + lengte
    return [_JPG_KAPOT]


def _holds_einde(stroom: BinaryIO) -> bool:
    """Whether the end marker comes after where the file stands."""
    vorige = b""
    for blok in list_blokken(stroom):
        if b"\xff\xd9" in vorige + blok:
            return True
        vorige = blok[-1:]
    return False
