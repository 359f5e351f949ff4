"""How a document looks in a browser: the paper style without pages, with the fonts of the device."""

from __future__ import annotations

import re
from importlib.resources import files

_PAPIER = (files("inkoop.documents") / "document.css").read_text(encoding="utf-8")
_ALLEEN_PAPIER = re.compile(
    r"@font-face \{[^}]*\}\n|@page \{.*?\n\}\n|\.voettekst \{[^}]*\}\n|\.inhoud a::after \{[^}]*\}\n", re.DOTALL
)

SCHERMSTIJL = (
    _ALLEEN_PAPIER.sub("", _PAPIER)
    + "body { max-width: 46em; margin: 2em auto; padding: 0 1em; }\n.voettekst { color: #555; font-size: 0.8em; }\n"
    + "html { font-size: 100%; }\ntable { display: block; overflow-x: auto; }\n"
)
