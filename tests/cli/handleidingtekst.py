"""The commands of a chapter of the manual, as a person would type them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from inkoop.settings import CHECKOUT

HANDLEIDING = CHECKOUT / "docs" / "handleiding"


def list_hoofdstukken(pad: Path) -> list[tuple[str, list[list[str]]]]:
    """Each `##` heading of a page with the words of each line of its `sh` blocks, in order."""
    tekst = pad.read_text(encoding="utf-8")
    delen = re.split(r"^## (?:\d+\. )?(.+)$", tekst, flags=re.MULTILINE)
    return [(titel, _list_opdrachten(inhoud)) for titel, inhoud in zip(delen[1::2], delen[2::2], strict=True)]


def list_opdrachten(pad: Path) -> list[list[str]]:
    """The words of every line of every `sh` block of a page, in order."""
    return _list_opdrachten(pad.read_text(encoding="utf-8"))


def _list_opdrachten(tekst: str) -> list[list[str]]:
    blokken = re.findall(r"^```sh\n(.*?)^```", tekst, re.DOTALL | re.MULTILINE)
    regels = "".join(blokken).replace("\\\n", " ").splitlines()
    return [shlex.split(regel, comments=True) for regel in regels if regel.strip()]
