"""The manual for an aanbieder says what stands on the screen, and its pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

from inkoop.services.conceptstukken import MAX_OMVANG, MAX_STUKKEN
from inkoop.settings import CHECKOUT
from inkoop.storage.bewijsopslag import MAX_GROOTTE

PAGINA = CHECKOUT / "docs" / "handleiding" / "aanmelden.md"
WEB = CHECKOUT / "inkoop" / "web"
KOPJES = {
    *("vet", "account", "stukken", "bewijsstukken", "Te laat is te laat.", "Herstel.", "Voorwaarde.", "Tekenen."),
    "Selectie en definitief voorstel.",
}
"""What is bold to guide the eye; everything else that is bold is read on the screen."""


def read_scherm() -> str:
    """Every word that a page can show, as it stands in templates and code."""
    paden: list[Path] = [*sorted(WEB.rglob("*.html")), *sorted(WEB.rglob("*.py"))]
    tekst = "\n".join(pad.read_text("utf-8") for pad in paden)
    return re.sub(r"<[^>]+>", "", tekst)


def test_every_word_that_the_manual_quotes_from_the_screen_stands_on_it():
    scherm = read_scherm()
    gezegd = set(re.findall(r"\*\*([^*]+)\*\*", re.sub(r"\s*\n\s*", " ", PAGINA.read_text("utf-8"))))
    assert len(gezegd) > 20
    assert {woorden for woorden in gezegd - KOPJES if woorden not in scherm} == set()


def test_the_manual_names_the_limits_that_hold():
    tekst = PAGINA.read_text("utf-8")
    assert f"ten hoogste {MAX_GROOTTE // 1024**2} MB; alles" in tekst
    assert f"ten hoogste {MAX_OMVANG // 1024**2} MB en {MAX_STUKKEN} bestanden" in tekst


def test_every_picture_of_the_manual_is_a_small_png_with_words_in_its_place():
    for uitleg, pad in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", PAGINA.read_text("utf-8")):
        assert len(uitleg) > 20
        inhoud = (PAGINA.parent / pad).read_bytes()
        assert inhoud.startswith(b"\x89PNG")
        assert len(inhoud) < 100_000
