"""Figures as a picture: bars with their numbers, as SVG without script or style of its own.

The table beside the picture says the same; the colour is never the only sign.

Bron: metingen, Web; project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from xml.sax.saxutils import escape

from markupsafe import Markup

_RIJ, _LINKS, _BREEDTE, _RECHTS = 34, 190, 640, 60
_NUMMERS = count(1)


def make_staven(titel: str, waarden: Mapping[str, int]) -> Markup:
    """A bar for each value, in the order given; nothing but the title when there is none."""
    hoogte = _RIJ * max(len(waarden), 1) + 8
    hoogste = max([*waarden.values(), 1])
    uitleg = "; ".join(f"{naam.replace('_', ' ')}: {aantal}" for naam, aantal in waarden.items()) or "nog niets"
    merk = next(_NUMMERS)
    delen = [
        f'<svg class="ink-grafiek" viewBox="0 0 {_BREEDTE} {hoogte}" role="img" aria-labelledby="g{merk}t g{merk}d">',
        f'<title id="g{merk}t">{escape(titel)}</title><desc id="g{merk}d">{escape(uitleg)}</desc>',
    ]
    for nummer, (naam, aantal) in enumerate(waarden.items()):
        tekst = escape(naam.replace("_", " "))
        boven = nummer * _RIJ + 4
        breed = max(2, round((_BREEDTE - _LINKS - _RECHTS) * aantal / hoogste))
        delen += [
            f'<text class="ink-grafiek-naam" x="{_LINKS - 10}" y="{boven + 18}" text-anchor="end">{tekst}</text>',
            f'<rect class="ink-grafiek-staaf" x="{_LINKS}" y="{boven}" width="{breed}" height="{_RIJ - 10}" rx="2"/>',
            f'<text class="ink-grafiek-getal" x="{_LINKS + breed + 8}" y="{boven + 18}">{aantal}</text>',
        ]
    return Markup("".join([*delen, "</svg>"]))  # noqa: S704 - every text in it is escaped above
