"""Somebody behind a screen in a real Chromium, who has a keyboard and no mouse."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from inkoop.web.klok import Webklok
from tests.web.conftest import WACHTWOORD, Bezoeker

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MAX_TABS = 300
GEDULD = 180_000
"""Milliseconds that a page may take on a computer that is busy with other things."""
WAAR = """kiezer => {
  const e = document.activeElement, r = e.getBoundingClientRect(), stijl = getComputedStyle(e);
  const gezien = r.width > 0 && r.height > 0 && (stijl.outlineStyle !== 'none' || stijl.boxShadow !== 'none');
  return {raak: e.matches(kiezer), gezien, wat: e.outerHTML.slice(0, 200)};
}"""
"""Whether what has the focus is what is looked for, and whether somebody can see that it has it."""


BUITEN = """kiezer => document.activeElement === document.body
  && [...document.querySelectorAll(kiezer)].some(e => e.closest('#inhoud'))"""
"""Whether nothing has the focus yet and this is in the middle of the page, past its menu."""


class Zetklok(Webklok):
    """The clock of the pages, put on a day by a test."""

    def set(self, moment: datetime) -> None:
        """Go on from this instant."""
        self._verschil = moment - self.read_echt()


@contextmanager
def serve(browser: Bezoeker) -> Iterator[str]:
    """The application of an in-process browser on a port of this computer; its address."""
    with socket.create_server(("127.0.0.1", 0)) as luisteraar:
        server = uvicorn.Server(uvicorn.Config(browser.app, log_level="error", lifespan="off"))
        draad = threading.Thread(target=server.run, kwargs={"sockets": [luisteraar]}, daemon=True)
        draad.start()
        yield f"http://127.0.0.1:{luisteraar.getsockname()[1]}"
        server.should_exit = True
        draad.join(timeout=10)


@dataclass
class Scherm:
    """One computer at which people take turns. `klachten` is what the browser complains about: what it refuses to run.

    Who sat here before comes back to where they were signed in; `nu` is who sits here now, nobody at first.
    """

    pagina: Page
    adres: str
    nu: str = ""
    klachten: list[str] = field(default_factory=list)
    koekjes: dict[str, list[SetCookieParam]] = field(default_factory=dict)

    @classmethod
    def open_op(cls, chromium: Browser, adres: str) -> Scherm:
        """A screen at which nobody sits yet."""
        scherm = cls(chromium.new_context(viewport={"width": 1100, "height": 800}).new_page(), adres)
        scherm.pagina.set_default_timeout(GEDULD)
        scherm.pagina.on("console", scherm._hear)
        scherm.pagina.on("pageerror", scherm._hear_fout)
        return scherm

    def seat(self, wie: str) -> None:
        """Somebody takes place: signs in by the form the first time; with no name it is anybody."""
        if wie == self.nu:
            return
        kamer = self.pagina.context
        kamer.clear_cookies()
        self.nu = wie
        if wie in self.koekjes:
            kamer.add_cookies(self.koekjes[wie])
        elif wie:
            self.go("/inloggen")
            self.fill({"naam": wie, "wachtwoord": WACHTWOORD})
            self.press("main button")
            assert self.kop in {"Mijn taken", "Aanmelden", "Mijn aanmeldingen"}, self.kop
            self.koekjes[wie] = [
                {"name": een["name"], "value": een["value"], "url": self.adres} for een in kamer.cookies()
            ]

    def _hear(self, bericht: ConsoleMessage) -> None:
        """Keep an error about a page of ours; the reader of PDF of Chromium has its own."""
        if bericht.type == "error" and bericht.location["url"].startswith(self.adres):
            self.klachten.append(f"{self.nu}: {bericht.text}")

    def _hear_fout(self, fout: Error) -> None:
        """Keep what went wrong in a script of ours: the reader of PDF of Chromium throws when a page is left early."""
        spoor = fout.stack or ""
        if self.adres in spoor or "://" not in spoor:
            self.klachten.append(f"{self.nu}: {fout} {spoor}")

    @property
    def kop(self) -> str:
        """The heading of the page."""
        return self.pagina.locator("h1").inner_text()

    @property
    def tekst(self) -> str:
        """Everything that can be read on the page."""
        return self.pagina.locator("main").inner_text()

    def go(self, pad: str) -> None:
        """Type an address."""
        self.pagina.goto(f"{self.adres}{pad}")

    def walk_naar(self, kiezer: str) -> None:
        """Press Tab until this has the focus; it is seen that it has it."""
        assert self.pagina.locator(kiezer).count(), f"{kiezer} is not on {self.pagina.url}:\n{self.tekst[:1500]}"
        if self.pagina.evaluate(BUITEN, kiezer):  # a new page: past the menu by the first link, as its users do
            self.pagina.keyboard.press("Tab")
            self.pagina.keyboard.press("Enter")
        for _ in range(MAX_TABS):
            self.pagina.keyboard.press("Tab")
            waar = self.pagina.evaluate(WAAR, kiezer)
            if waar["raak"]:
                assert waar["gezien"], f"the focus on {waar['wat']} is not to be seen ({self.pagina.url})"
                return
        raise AssertionError(f"{kiezer} is not reached with the keyboard on {self.pagina.url}")

    def fill(self, velden: Mapping[str, str]) -> None:
        """Fill fields in by name, in the order of the page."""
        for naam, waarde in velden.items():
            kiezer = f'[name="{naam}"]'
            self.walk_naar(kiezer)
            vak = self.pagina.locator(kiezer).first
            soort = vak.evaluate("e => e.type")
            if soort == "radio":
                self._choose(kiezer, waarde)
            elif soort == "checkbox":
                self.pagina.keyboard.press("Space")
            elif soort == "select-one":
                self.pagina.keyboard.type(waarde)
            else:
                self.pagina.keyboard.press("ControlOrMeta+A")
                self.pagina.keyboard.insert_text(waarde)

    def _choose(self, kiezer: str, waarde: str) -> None:
        """Go down through the choices, as arrows do, until the right one is on."""
        self.pagina.keyboard.press("Space")
        for _ in range(self.pagina.locator(kiezer).count()):
            if self.pagina.locator(f"{kiezer}:checked").get_attribute("value") == waarde:
                return
            self.pagina.keyboard.press("ArrowDown")
        raise AssertionError(f"{waarde} is no choice of {kiezer} on {self.pagina.url}")

    def press(self, kiezer: str) -> None:
        """Go to a link or button and press Enter; the next page is there, and it is no refusal."""
        self.walk_naar(kiezer)
        with self.pagina.expect_navigation() as volgende:
            self.pagina.keyboard.press("Enter")
        antwoord = volgende.value
        assert antwoord is None or antwoord.status == 200, f"{self.pagina.url} {antwoord.status}:\n{self.tekst[:1500]}"
