"""The style sheet in the colours and fonts of a house, for paper and for a browser.

A browser shows the paper style without pages, with the fonts of the device.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from inkoop.documents.huisstijl import STANDAARD, Huisstijl, Kleuren

_PAPIER = (files("inkoop.documents") / "document.css").read_text(encoding="utf-8")
_ALLEEN_PAPIER = re.compile(
    r"@font-face \{[^}]*\}\n|@page \{.*?\n\}\n|\.voettekst \{[^}]*\}\n|\.inhoud a::after \{[^}]*\}\n", re.DOTALL
)
_VORMEN = {"Regular": "", "Bold": "font-weight: 700; ", "Italic": "font-style: italic; "}
_VORMEN["BoldItalic"] = _VORMEN["Bold"] + _VORMEN["Italic"]


def style_css(css: str, huisstijl: Huisstijl) -> str:
    """Put the colours and fonts of a house in the style sheet; Noto Sans stays behind its own font for rare signs."""
    standaard = Kleuren()
    for naam in Kleuren.__struct_fields__:
        css = css.replace(f"#{getattr(standaard, naam).lower()}", f"#{getattr(huisstijl.kleuren, naam).lower()}")
    if not huisstijl.letters:
        return css
    koppen = "".join(
        f'@font-face {{ font-family: "{huisstijl.lettertype}"; {_VORMEN[naam.removesuffix(".ttf").rpartition("-")[2]]}'
        f'src: url("inkoop:{huisstijl.vingerafdruk}/{naam}"); }}\n'
        for naam, _ in huisstijl.letters
    )
    return koppen + css.replace(
        'font-family: "Noto Sans", "Noto', f'font-family: "{huisstijl.lettertype}", "Noto Sans", "Noto'
    )


@cache
def make_schermstijl(huisstijl: Huisstijl) -> str:
    """The style sheet of a page in a browser."""
    return (
        style_css(_ALLEEN_PAPIER.sub("", _PAPIER), msgspec.structs.replace(huisstijl, letters=()))
        + "body { max-width: 46em; margin: 2em auto; padding: 0 1em; }\n.voettekst { color: #555; font-size: 0.8em; }\n"
        + "html { font-size: 100%; }\ntable { display: block; overflow-x: auto; }\n.logo { position: static; }\n"
    )


SCHERMSTIJL = make_schermstijl(STANDAARD)
