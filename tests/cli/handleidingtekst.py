"""The commands of a chapter of the manual, as a person would type them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from inkoop.settings import CHECKOUT

HANDLEIDING = CHECKOUT / "docs" / "handleiding"


def list_opdrachten(pad: Path) -> list[list[str]]:
    """The words of each line of each `sh` block, in order."""
    blokken = re.findall(r"^```sh\n(.*?)^```", pad.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    regels = "".join(blokken).replace("\\\n", " ").splitlines()
    return [shlex.split(regel, comments=True) for regel in regels if regel.strip()]
