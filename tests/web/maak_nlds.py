"""Join the parts of NL Design System that our templates use into one file: `python -m tests.web.maak_nlds MAP`.

MAP holds the unpacked npm packages (`npm pack @utrecht/button-css`, ... see inkoop/web/statisch/LEESMIJ.md).
Rules about classes that no template uses are left out, and tokens that no rule reads.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from inkoop.settings import CHECKOUT

WEB = CHECKOUT / "inkoop" / "web"
_KLASSE = re.compile(r"\.((?:utrecht|nl)-[a-zA-Z0-9_-]+)")
_GEBRUIKT = re.compile(r"(?:utrecht|nl)-[a-z0-9_-]+")


def list_gebruikt() -> set[str]:
    """Every class of NL Design System in a template."""
    return {k for pad in (WEB / "sjablonen").glob("*.html") for k in _GEBRUIKT.findall(pad.read_text("utf-8"))}


def split_regels(css: str) -> Iterator[tuple[str, str]]:
    """(prelude, body) of each rule at the top of a stylesheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    plek = 0
    while (open_ := css.find("{", plek)) != -1:
        diepte, eind = 1, open_ + 1
        while diepte:
            diepte += {"{": 1, "}": -1}.get(css[eind], 0)
            eind += 1
        yield css[plek:open_].strip(), css[open_ + 1 : eind - 1].strip()
        plek = eind


def purge(css: str, gebruikt: set[str]) -> str:
    """The rules whose classes are all used; a media query keeps what is left in it."""
    delen = []
    for kop, lijf in split_regels(css):
        if kop.startswith(("@media", "@supports")):
            if binnen := purge(lijf, gebruikt):
                delen.append(f"{kop}{{{binnen}}}")
        elif not kop.startswith("@"):
            keuzes = [k.strip() for k in re.split(r",(?![^(]*\))", kop)]
            blijft = [k for k in keuzes if set(_KLASSE.findall(k)) <= gebruikt]
            if blijft:
                delen.append(f"{','.join(blijft)}{{{lijf}}}")
    return "\n".join(delen)


def pick_tokens(thema: str, css: str) -> str:
    """The tokens that are read, directly or through another one."""
    tokens = dict(re.findall(r"(--[a-zA-Z0-9_-]+)\s*:\s*([^;]+);", re.sub(r"/\*.*?\*/", "", thema, flags=re.DOTALL)))
    nodig, rest = set(), set(re.findall(r"var\(\s*(--[a-zA-Z0-9_-]+)", css))
    while rest:
        naam = rest.pop()
        if naam in tokens and naam not in nodig:
            nodig.add(naam)
            rest |= set(re.findall(r"var\(\s*(--[a-zA-Z0-9_-]+)", tokens[naam]))
    return "\n".join(f"  {naam}: {tokens[naam]};" for naam in tokens if naam in nodig)


def main(map_: Path) -> None:
    """Write nlds.css and the list of what it was made from."""
    gebruikt, delen, bronnen = list_gebruikt(), [], {}
    for pakket in sorted(map_.glob("*/package/package.json")):
        gegevens = json.loads(pakket.read_text("utf-8"))
        css = pakket.parent / "dist" / "index.css"
        if (
            gegevens["name"].startswith("@utrecht/")
            and css.is_file()
            and (deel := purge(css.read_text("utf-8"), gebruikt))
        ):
            delen.append(f"/* {gegevens['name']} {gegevens['version']} */\n{deel}")
            bronnen[gegevens["name"]] = gegevens["version"]
    (thema,) = map_.glob("*voorbeeld-design-tokens*/package")
    versie = json.loads((thema / "package.json").read_text("utf-8"))["version"]
    bronnen["@nl-design-system-unstable/voorbeeld-design-tokens"] = versie
    regels = "\n".join(delen)
    eigen = "".join((WEB / "statisch" / naam).read_text("utf-8") for naam in ("inkoop.css", "huisstijl.css"))
    kop = "/* NL Design System, EUPL-1.2; made by tests/web/maak_nlds.py, see LEESMIJ.md. Do not edit. */"
    tokens = pick_tokens((thema / "dist" / "theme.css").read_text("utf-8"), regels + eigen)
    (WEB / "statisch" / "nlds.css").write_text(f"{kop}\n.voorbeeld-theme {{\n{tokens}\n}}\n{regels}\n", "utf-8")
    (WEB / "statisch" / "nlds-versies.json").write_text(json.dumps(bronnen, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
