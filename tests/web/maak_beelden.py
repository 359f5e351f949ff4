"""Make the pictures of the pages in the manual: `python -m tests.web.maak_beelden` (minutes).

A round is played, every page is found by following links (tests/web/wandeling), and of each template the fullest page
is drawn. Look at every picture before it goes along. The page of the manual that shows them is written as well.
"""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from PIL import Image
from playwright.sync_api import sync_playwright

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.definitions.scenario import load_scenarios
from inkoop.settings import CHECKOUT
from tests.services.proefspel import create_spel, make_plaatsvervanger
from tests.web.conftest import Webspel
from tests.web.rondgang import walk_alles
from tests.web.scherm import CHROMIUM
from tests.web.test_wandeling import TOON, answer_statisch
from tests.web.wandeling import HOST, Blad, Lezer, Wandeling

BEELDEN = CHECKOUT / "docs" / "afbeeldingen" / "schermen"
PAGINA = CHECKOUT / "docs" / "handleiding" / "schermen.md"
BREED, HOOG, KLEUREN = 1000, 1150, 32
ROLLEN = {
    "niemand": "Iedereen",
    "i.dekker": "Inkoper",
    "b.vanloon": "Beoordelaar",
    "j.hendriks": "Jurist",
    "wethouder": "Gemandateerde",
    "c.jansen": "Contractmanager",
    "nieuw": "Aanbieder",
    "aanbieder": "Aanbieder",
    "toegang": "Toegangsmedewerker",
    "iemand": "Toegangsmedewerker",
    "archief": "Archivaris",
    "later": "Archivaris",
    "s.kuijpers": "Beheerder",
}
"""Who walks, as the manual calls them."""


class Kijker(Wandeling):
    """Somebody who looks and sends nothing."""

    def _send(self, *_: object) -> None:
        """Leave every form as it is."""


def choose_vol(wandeling: Wandeling) -> list[tuple[Blad, str]]:
    """Of each template the page that shows most, with its heading."""
    rijkste: dict[str, tuple[int, Blad]] = {}
    for blad, soorten in zip(wandeling.bladen, wandeling.soorten, strict=True):
        if blad.status == 200 and len(soorten) > rijkste.get(blad.sjabloon, (0, blad))[0]:
            rijkste[blad.sjabloon] = len(soorten), blad
    volgorde = list(dict.fromkeys(ROLLEN.values()))
    bladen = sorted((blad for _, blad in rijkste.values()), key=lambda b: (volgorde.index(ROLLEN[b.wie]), b.route))
    return [(blad, Lezer(blad.html).kop) for blad in bladen]


def draw(bladen: list[tuple[Blad, str]]) -> None:
    """A small picture of each page, the top of it when it is long."""
    BEELDEN.mkdir(exist_ok=True)
    for oud in BEELDEN.glob("*.png"):
        oud.unlink()
    with sync_playwright() as spel:
        nederlands = {**os.environ, "LANGUAGE": "nl"}
        chromium = spel.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=nederlands)
        context = chromium.new_context(viewport={"width": BREED, "height": HOOG}, device_scale_factor=1)
        context.route("**/*", answer_statisch(bladen[0][0].html))
        pagina = context.new_page()
        if not str(pagina.evaluate("navigator.language")).startswith("nl"):
            raise SystemExit("Chromium spreekt hier geen Nederlands. Installeer het pakket chromium-l10n.")
        pagina.goto(f"{HOST}/", wait_until="load")
        for blad, _ in bladen:
            pagina.evaluate(TOON, blad.html)
            hoog = min(HOOG, pagina.evaluate("document.body.scrollHeight"))
            beeld = pagina.screenshot(clip={"x": 0, "y": 0, "width": BREED, "height": hoog})
            klein = Image.open(io.BytesIO(beeld)).convert("RGB").quantize(KLEUREN)
            klein.save(BEELDEN / f"{Path(blad.sjabloon).stem}.png", optimize=True)
        chromium.close()


def write(bladen: list[tuple[Blad, str]]) -> None:
    """The page of the manual: every picture under the role that sees it."""
    regels = [
        "# De schermen in beeld",
        "",
        "Elke pagina van de webtoepassing, zoals u haar ziet. Van een lange pagina staat hier het begin. Een vak",
        "voor een pdf is hier leeg, en de gegevens zijn verzonnen. Wat u op de pagina's doet, staat in",
        "[De webtoepassing](web.md) en, voor een aanbieder, in [U aanmelden](aanmelden.md).",
    ]
    rol = ""
    for blad, kop in bladen:
        if ROLLEN[blad.wie] != rol:
            rol = ROLLEN[blad.wie]
            regels += ["", f"## {rol}"]
        naam = Path(blad.sjabloon).stem
        regels += ["", f"### {kop}", "", f"![De pagina '{kop}']({os.path.relpath(BEELDEN, PAGINA.parent)}/{naam}.png)"]
    PAGINA.write_text("\n".join(regels) + "\n", encoding="utf-8")


def main() -> None:
    """Play, walk, draw, write."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    with tempfile.TemporaryDirectory() as map_:
        spel = create_spel(Path(map_), groep, Webspel)
        with patch.object(bewijs, "make_bewijspdf", make_plaatsvervanger):
            spel.play_all()
        wandeling = walk_alles(Kijker(), spel, Path(map_) / "wandeling")
        spel.huis.winkel.close()
    bladen = choose_vol(wandeling)
    draw(bladen)
    write(bladen)


if __name__ == "__main__":
    main()
