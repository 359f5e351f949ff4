"""A plan as a picture: one lane for each round and each kind of day, along a line of years. SVG, no scripts.

Colours are never the only sign: each mark has a title, and the lane says what it is. Beside the picture the
table of `procedure plan` gives the same days in words.

Bron: ontwerp 9 (`procedure plan` as picture); metingen, Web (own SVG with title and desc); project default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

import msgspec

from inkoop.domain.planning import Planregel, Plansoort

_BREEDTE, _LINKS, _RECHTS = 1200, 210, 30
_BOVEN, _RIJ = 70, 34
_KLEUREN = {
    Plansoort.RONDE: "#1d5c8f",
    Plansoort.STAP: "#5b5b5b",
    Plansoort.LOOPTIJD: "#14663a",
    Plansoort.ADDENDUM: "#8a4b08",
    Plansoort.TARIEF: "#6b2f7a",
    Plansoort.GEBIED: "#0b6b73",
    Plansoort.MANDAAT: "#a3262a",
    Plansoort.AANHAAK: "#3f51a3",
    Plansoort.OVERGANG: "#7a5c00",
}
_NAMEN = {
    Plansoort.STAP: "Stappen",
    Plansoort.LOOPTIJD: "Looptijd",
    Plansoort.ADDENDUM: "Addenda",
    Plansoort.TARIEF: "Tarieven",
    Plansoort.GEBIED: "Gebied",
    Plansoort.MANDAAT: "Mandaten",
    Plansoort.AANHAAK: "Aansluiten gemeenten",
    Plansoort.OVERGANG: "Overgang",
}


class Baan(msgspec.Struct, frozen=True, kw_only=True):
    """A lane of the picture: its name, its kind, and its days in order."""

    naam: str
    soort: Plansoort
    regels: tuple[Planregel, ...]


def render_planbeeld(titel: str, regels: Sequence[Planregel]) -> str:
    """The picture; the same plan gives the same text. Without any day it says so."""
    banen = list_banen(regels)
    hoogte = _BOVEN + _RIJ * max(len(banen), 1) + 40
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_BREEDTE} {hoogte}" width="{_BREEDTE}" '
        f'height="{hoogte}" role="img" aria-labelledby="titel uitleg" lang="nl" '
        'font-family="Noto Sans, Arial, sans-serif">'
    )
    delen = [
        opening,
        f'<title id="titel">Planning van {escape(titel)}</title>',
        f'<desc id="uitleg">{escape(_describe(banen))}</desc>',
        f'<rect width="{_BREEDTE}" height="{hoogte}" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="18" font-weight="bold" fill="#1a1a1a">{escape(titel)}</text>',
    ]
    if banen:
        van = min(regel.dag for regel in regels)
        tot = max(regel.dag for regel in regels)
        schaal = _Schaal(van=date(van.year, 1, 1), tot=date(tot.year + 1, 1, 1))
        delen += _draw_jaren(schaal, hoogte)
        for nummer, baan in enumerate(banen):
            delen += _draw_baan(baan, _BOVEN + _RIJ * nummer + _RIJ // 2, schaal)
    else:
        delen.append(f'<text x="16" y="{_BOVEN}" font-size="14">Er is niets gepland.</text>')
    return "\n".join([*delen, "</svg>"]) + "\n"


def list_banen(regels: Iterable[Planregel]) -> list[Baan]:
    """The lanes: the steps, each round by its kenmerk, then the other kinds."""
    per_baan: dict[tuple[Plansoort, str], list[Planregel]] = {}
    for regel in regels:
        per_baan.setdefault((regel.soort, regel.ronde or _NAMEN.get(regel.soort, str(regel.soort))), []).append(regel)
    volgorde = [Plansoort.STAP, Plansoort.RONDE, *(s for s in Plansoort if s not in (Plansoort.STAP, Plansoort.RONDE))]
    banen = [
        Baan(naam=naam, soort=soort, regels=tuple(sorted(dagen, key=lambda regel: regel.dag)))
        for (soort, naam), dagen in per_baan.items()
    ]
    return sorted(banen, key=lambda baan: (volgorde.index(baan.soort), baan.regels[0].dag, baan.naam))


class _Schaal(msgspec.Struct, frozen=True, kw_only=True):
    """From days to places on the line."""

    van: date
    tot: date

    def x(self, dag: date) -> float:
        deel = (dag - self.van).days / (self.tot - self.van).days
        return round(_LINKS + deel * (_BREEDTE - _LINKS - _RECHTS), 1)


def _draw_jaren(schaal: _Schaal, hoogte: int) -> Iterator[str]:
    for jaar in range(schaal.van.year, schaal.tot.year):
        x = schaal.x(date(jaar, 1, 1))
        yield f'<line x1="{x}" y1="{_BOVEN - 14}" x2="{x}" y2="{hoogte - 20}" stroke="#c9c9c9"/>'
        yield f'<text x="{x + 4}" y="{_BOVEN - 18}" font-size="13" fill="#1a1a1a">{jaar}</text>'


def _draw_baan(baan: Baan, y: int, schaal: _Schaal) -> Iterator[str]:
    """The name of a lane, a bar from its first to its last day, and a mark for each day."""
    kleur = _KLEUREN[baan.soort]
    yield f'<text x="16" y="{y + 5}" font-size="13" fill="#1a1a1a">{escape(baan.naam)}</text>'
    begin, einde = schaal.x(baan.regels[0].dag), schaal.x(baan.regels[-1].dag)
    breedte = max(einde - begin, 1)
    yield (
        f'<rect x="{begin}" y="{y - 5}" width="{breedte:.1f}" height="10" rx="5" fill="{kleur}" fill-opacity="0.25"/>'
    )
    for regel in baan.regels:
        yield (
            f'<circle cx="{schaal.x(regel.dag)}" cy="{y}" r="5" fill="{kleur}">'
            f"<title>{regel.dag.isoformat()}: {escape(regel.wat)}</title></circle>"
        )


def _describe(banen: Sequence[Baan]) -> str:
    """The picture in words, for who does not see it."""
    if not banen:
        return "Er is niets gepland."
    return " ".join(
        f"{baan.naam}: {len(baan.regels)} {'dag' if len(baan.regels) == 1 else 'dagen'}, van "
        f"{baan.regels[0].dag.isoformat()} tot en met {baan.regels[-1].dag.isoformat()}."
        for baan in banen
    )
