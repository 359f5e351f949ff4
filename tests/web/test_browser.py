"""The whole way of an aanbieder in a real Chromium: without JavaScript, at 320 pixels, with the keyboard alone."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from inkoop.services import accounts
from tests.web.conftest import WACHTWOORD
from tests.web.test_opgave import BASIS, BEDRIJF, Aanbieder, make_pdf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="geen Chromium op deze computer (apt install chromium)"
    ),
]


@pytest.fixture
def adres(aanbieder: Aanbieder) -> Iterator[str]:
    """The application on a port of this computer, with a password for N. Nieuw."""
    browser, proef = aanbieder
    accounts.set_wachtwoord(proef.huis, proef.act_as("s.kuijpers"), "nieuw", WACHTWOORD)
    with socket.create_server(("127.0.0.1", 0)) as luisteraar:
        server = uvicorn.Server(uvicorn.Config(browser.app, log_level="error", lifespan="off"))
        draad = threading.Thread(target=server.run, kwargs={"sockets": [luisteraar]}, daemon=True)
        draad.start()
        yield f"http://127.0.0.1:{luisteraar.getsockname()[1]}"
        server.should_exit = True
        draad.join(timeout=10)


@pytest.fixture
def pagina() -> Iterator[Page]:
    """A narrow screen on which no script runs."""
    assert CHROMIUM is not None, "geen Chromium op deze computer (apt install chromium)"
    with sync_playwright() as spel:
        chromium = spel.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False).new_page()
        chromium.close()


def walk_naar(pagina: Page, kiezer: str) -> None:
    """Press Tab until this has the focus; on the way every stop must be seen, and the page is never too wide."""
    for _ in range(120):
        pagina.keyboard.press("Tab")
        focus = pagina.locator(":focus")
        if focus.count() == 0:
            continue
        vak = focus.bounding_box()
        assert vak is not None
        assert vak["width"] > 0
        assert vak["x"] + vak["width"] <= 321, focus.evaluate("e => e.outerHTML")
        if pagina.locator(f"{kiezer}:focus").count():
            return
    raise AssertionError(f"{kiezer} is not reached with the keyboard on {pagina.url}")


def type_in(pagina: Page, velden: dict[str, str]) -> None:
    for naam, waarde in velden.items():
        kiezer = f'[name="{naam}"]'
        walk_naar(pagina, kiezer)
        if pagina.locator(kiezer).evaluate("e => e.tagName") == "SELECT":
            pagina.keyboard.type(waarde)
        else:
            pagina.keyboard.press("ControlOrMeta+A")
            pagina.keyboard.type(waarde)


def press(pagina: Page, kiezer: str) -> None:
    walk_naar(pagina, kiezer)
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    breed = pagina.locator("html").evaluate("e => e.scrollWidth")
    assert breed <= 320, pagina.url


def test_an_aanbieder_applies_with_the_keyboard_alone_without_javascript_at_320_pixels(
    adres: str, pagina: Page, tmp_path: Path
):
    (tmp_path / "uittreksel.pdf").write_bytes(make_pdf("uittreksel"))
    pagina.goto(f"{adres}/inloggen")
    type_in(pagina, {"naam": "nieuw", "wachtwoord": WACHTWOORD})
    press(pagina, "main button")
    press(pagina, f'a[href="{BASIS}"]')
    press(pagina, f'a[href="{BASIS}/partij/aanbieder"]')
    press(pagina, "main button")
    assert pagina.title().startswith("Fout: ")
    walk_naar(pagina, 'a[href="#v-rechtsvorm"]')
    type_in(pagina, {naam: "ja" if naam == "tekenbevoegde wijze" else waarde for naam, waarde in BEDRIJF.items()})
    press(pagina, "main button")
    assert pagina.url == f"{adres}{BASIS}"
    press(pagina, f'a[href="{BASIS}/aanbod"]')
    walk_naar(pagina, '[value="1A:IB-basis"]')
    pagina.keyboard.press("Space")
    press(pagina, "main button")
    press(pagina, f'a[href="{BASIS}/eis/U-02"]')
    pagina.set_input_files("[name=bestand]", tmp_path / "uittreksel.pdf")
    press(pagina, 'form[enctype="multipart/form-data"] button')
    type_in(pagina, {"b0.datum": "20-1-2020", "b0.op_naam_van": "Zorggroep Nieuw"})
    press(pagina, "main form button")
    assert pagina.url == f"{adres}{BASIS}/eis/U-02"
    pagina.goto(f"{adres}{BASIS}/indienen")
    walk_naar(pagina, "[name=bevoegd]")
    pagina.keyboard.press("Space")
    press(pagina, "main form button")
    assert pagina.locator("h1").inner_text() == "Uw ontvangstbewijs"
    assert pagina.locator("td", has_text="uittreksel.pdf").count() == 1
