"""The fonts that come with the product, and which characters they can set."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools ships no types

LETTERTYPEN = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf",
    "NotoSansMath-Regular.ttf",
)
_AANVULLEND = "NotoSansMath-Regular.ttf"


@cache
def read_tekens() -> frozenset[int]:
    """Every character that can be printed in each form: in all four of Noto Sans, or among the signs."""
    vormen = [_read_bestand(naam) for naam in LETTERTYPEN if naam != _AANVULLEND]
    return frozenset.intersection(*vormen) | _read_bestand(_AANVULLEND)


def _read_bestand(naam: str) -> frozenset[int]:
    with as_file(files("inkoop.documents") / "lettertypen" / naam) as pad, TTFont(pad, lazy=True) as font:
        return frozenset(font.getBestCmap())
