"""Whether an image is whole; nothing is decoded, so a hostile image has nothing to work on."""

from __future__ import annotations

import zlib

MAX_BEELDPUNTEN = 100_000_000
"""More than any scanned page has; an image that unpacks to more is refused (project default)."""

_TE_GROOT = f"de afbeelding heeft meer dan {MAX_BEELDPUNTEN // 1_000_000} miljoen beeldpunten"
_PNG_KAPOT = "de PNG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"
_JPG_KAPOT = "de JPEG-afbeelding is beschadigd; maak haar opnieuw of stuur een PDF"


def check_png(inhoud: bytes) -> list[str]:
    """Walk the chunks from IHDR to IEND and compare each checksum."""
    plaats, eerste, beelddata = 8, True, False
    while plaats + 12 <= len(inhoud):
        lengte = int.from_bytes(inhoud[plaats : plaats + 4])
        naam, data = inhoud[plaats + 4 : plaats + 8], inhoud[plaats + 8 : plaats + 8 + lengte]
        som = inhoud[plaats + 8 + lengte : plaats + 12 + lengte]
        if len(som) != 4 or zlib.crc32(naam + data) != int.from_bytes(som) or eerste != (naam == b"IHDR"):
            return [_PNG_KAPOT]
        if eerste and int.from_bytes(data[:4]) * int.from_bytes(data[4:8]) > MAX_BEELDPUNTEN:
            return [_TE_GROOT]
        if naam == b"IEND":
            return [] if beelddata else [_PNG_KAPOT]
        beelddata = beelddata or naam == b"IDAT"
        plaats, eerste = plaats + 12 + lengte, False
    return [_PNG_KAPOT]


def check_jpg(inhoud: bytes) -> list[str]:
    """Walk the segments to the start of the image data, read its size, and find the end marker."""
    plaats, maten = 2, None
    while plaats + 4 <= len(inhoud) and inhoud[plaats] == 0xFF:
        merk = inhoud[plaats + 1]
        if merk == 0xFF:  # padding
            plaats += 1
            continue
        lengte = int.from_bytes(inhoud[plaats + 2 : plaats + 4])
        segment = inhoud[plaats + 4 : plaats + 2 + lengte]
        if len(segment) != lengte - 2:
            break
        if 0xC0 <= merk <= 0xCF and merk not in {0xC4, 0xC8, 0xCC}:
            maten = int.from_bytes(segment[1:3]) * int.from_bytes(segment[3:5])
        if merk == 0xDA:
            if maten is None or b"\xff\xd9" not in inhoud[plaats:]:
                break
            return [_TE_GROOT] if maten > MAX_BEELDPUNTEN else []
        plaats += 2 + lengte
    return [_JPG_KAPOT]
