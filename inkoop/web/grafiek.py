"""Figures as a picture: bars with their numbers, as SVG without script or style of its own.

The table beside the picture says the same; the colour is never the only sign.

Bron: metingen, Web; project default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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


_LINKS_BALK, _BREEDTE_BALK, _BOVEN_BALK = 130, 900, 34
_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def make_tijdbalk(titel: str, vandaag: date, punten: Sequence[tuple[str, date, str]]) -> Markup:
    """Days on a line of months, a lane for each kind; more of one kind on one day are one mark with a number.

    `punten` are (kind, day, what). The table beside the picture says the same in words.
    """
    banen: dict[str, dict[date, int]] = {}
    for soort, dag, _ in punten:
        per_dag = banen.setdefault(soort, {})
        per_dag[dag] = per_dag.get(dag, 0) + 1
    dagen = [dag for _, dag, _ in punten] + [vandaag]
    van = min(dagen).replace(day=1)
    tot = max(*dagen, date.fromordinal(vandaag.toordinal() + 60))
    hoogte = _BOVEN_BALK + _RIJ * max(len(banen), 1) + 8

    def x(dag: date) -> float:
        deel = (dag - van).days / max((tot - van).days, 1)
        return round(_LINKS_BALK + deel * (_BREEDTE_BALK - _LINKS_BALK - 24), 1)

    merk = next(_NUMMERS)
    uitleg = "; ".join(f"{soort}: {sum(per_dag.values())}" for soort, per_dag in banen.items()) or "geen termijnen"
    delen = [
        f'<svg class="ink-grafiek ink-grafiek--breed" viewBox="0 0 {_BREEDTE_BALK} {hoogte}" role="img"',
        f' aria-labelledby="g{merk}t g{merk}d">',
        f'<title id="g{merk}t">{escape(titel)}</title><desc id="g{merk}d">{escape(uitleg)}</desc>',
    ]
    stap = max(1, -(-(tot - van).days // 30 // 12))
    maand, nummer = van, 0
    while maand <= tot:
        if nummer % stap == 0:
            jaar = f" {maand.year}" if maand.month == 1 or maand == van else ""
            delen.append(f'<line class="ink-grafiek-lijn" x1="{x(maand)}" y1="24" x2="{x(maand)}" y2="{hoogte - 6}"/>')
            naam = f"{_MAANDEN[maand.month - 1]}{jaar}"
            delen.append(f'<text class="ink-grafiek-as" x="{x(maand) + 3}" y="18">{naam}</text>')
        maand, nummer = date(maand.year + maand.month // 12, maand.month % 12 + 1, 1), nummer + 1
    for rij, (soort, per_dag) in enumerate(banen.items()):
        y = _BOVEN_BALK + rij * _RIJ + _RIJ // 2
        delen.append(f'<text class="ink-grafiek-as" x="4" y="{y + 5}">{escape(soort)}</text>')
        for dag, aantal in sorted(per_dag.items()):
            te_laat = " ink-grafiek-punt--laat" if dag < vandaag else ""
            delen.append(
                f'<circle class="ink-grafiek-punt{te_laat}" cx="{x(dag)}" cy="{y}" r="{11 if aantal > 1 else 7}"/>'
            )
            if aantal > 1:
                delen.append(
                    f'<text class="ink-grafiek-in" x="{x(dag)}" y="{y + 4}" text-anchor="middle">{aantal}</text>'
                )
    delen.append(f'<line class="ink-grafiek-nu" x1="{x(vandaag)}" y1="24" x2="{x(vandaag)}" y2="{hoogte - 6}"/>')
    return Markup("".join([*delen, "</svg>"]))  # noqa: S704 - every text in it is escaped above
