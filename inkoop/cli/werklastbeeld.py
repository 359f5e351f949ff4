"""The workload per month as a picture: one bar for each month, in layers by role.

The same numbers give the same bytes. Every layer has its number in a title, so that the picture also
speaks to who does not see colours.

Bron: issue calendar (workload per month); project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from inkoop.domain.persoon import Rol

KLEUREN: Mapping[Rol, str] = {
    Rol.INKOPER: "#1b5e7d",
    Rol.JURIST: "#8c4a2f",
    Rol.GEMANDATEERDE: "#5b3a86",
    Rol.BELEIDSADVISEUR: "#2f7d4f",
    Rol.CONTRACTMANAGER: "#b08900",
    Rol.BEOORDELAAR: "#777777",
    Rol.FINANCIEN: "#3a86a8",
}
"""A colour for each role, dark enough on white."""

_BREED, _GAT, _HOOG, _LINKS, _ONDER, _BOVEN = 12, 3, 240, 44, 56, 60


def draw_werklast(titel: str, werklast: Mapping[str, Mapping[str, int]]) -> str:
    """An SVG of the workload; months stand in the order in which they are given."""
    hoogste = max((sum(per_rol.values()) for per_rol in werklast.values()), default=1) or 1
    rollen = [rol for rol in KLEUREN if any(rol in per_rol for per_rol in werklast.values())]
    breedte = max(_LINKS + len(werklast) * (_BREED + _GAT) + 20, _LINKS + 130 * len(rollen))
    hoogte = _BOVEN + _HOOG + _ONDER
    delen = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {breedte} {hoogte}" width="{breedte}" '
            f'height="{hoogte}" role="img" font-family="sans-serif" font-size="11">'
        ),
        f"<title>{escape(titel)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LINKS}" y="20" font-size="15" font-weight="bold">{escape(titel)}</text>',
    ]
    for nummer, rol in enumerate(rollen):
        x = _LINKS + nummer * 130
        delen.append(f'<rect x="{x}" y="32" width="11" height="11" fill="{KLEUREN[rol]}"/>')
        delen.append(f'<text x="{x + 16}" y="42">{escape(rol)}</text>')
    bodem = _BOVEN + _HOOG
    for stap in range(0, hoogste + 1, max(1, -(-hoogste // 4))):
        y = bodem - round(stap / hoogste * _HOOG)
        delen.append(f'<line x1="{_LINKS - 4}" y1="{y}" x2="{breedte - 10}" y2="{y}" stroke="#dddddd"/>')
        delen.append(f'<text x="{_LINKS - 8}" y="{y + 4}" text-anchor="end">{stap}</text>')
    for nummer, (maand, per_rol) in enumerate(werklast.items()):
        x = _LINKS + nummer * (_BREED + _GAT)
        delen += _draw_maand(maand, per_rol, x, bodem, hoogste)
        if maand.endswith("-01") or nummer == 0:
            delen.append(f'<text x="{x}" y="{bodem + 18}">{maand[:4]}</text>')
            delen.append(f'<line x1="{x - 2}" y1="{bodem}" x2="{x - 2}" y2="{bodem + 6}" stroke="#555555"/>')
    delen.append(f'<line x1="{_LINKS - 4}" y1="{bodem}" x2="{breedte - 10}" y2="{bodem}" stroke="#555555"/>')
    delen.append(f'<text x="{_LINKS}" y="{bodem + 38}">Aantal handelingen per maand</text>')
    return "\n".join([*delen, "</svg>"]) + "\n"


def _draw_maand(maand: str, per_rol: Mapping[str, int], x: int, bodem: int, hoogste: int) -> list[str]:
    """One bar; the layers from below in the order of the roles."""
    delen = []
    onder = 0
    for rol, kleur in KLEUREN.items():
        aantal = per_rol.get(rol, 0)
        if not aantal:
            continue
        van, tot = round(onder / hoogste * _HOOG), round((onder + aantal) / hoogste * _HOOG)
        delen.append(
            f'<rect x="{x}" y="{bodem - tot}" width="{_BREED}" height="{tot - van}" fill="{kleur}">'
            f"<title>{maand} {escape(rol)}: {aantal}</title></rect>"
        )
        onder += aantal
    return delen
