"""Numbers and references: resolved once, as a word processor would count them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.documents.nummering import format_letter, format_romeins
from inkoop.documents.tekst import render_tekst
from tests.documents.proefsjabloon import read_boom, write_bron


def _regels(map_: Path, tekst: str, *, genummerd: bool = True) -> list[str]:
    return render_tekst(read_boom(write_bron(map_, tekst), genummerd=genummerd)).splitlines()


def test_artikelen_leden_and_onderdelen_are_numbered(tmp_path: Path) -> None:
    tekst = "# T\n\n## A\n\n1. x\n   1. y\n      1. z\n      1. z\n   1. y\n1. x\n\n## B\n\n1. x\n   1. y\n"
    assert _regels(tmp_path, tekst) == [
        "T", "1. A", "1.1 x", "a. y", "i. z", "ii. z", "b. y", "1.2 x", "2. B", "2.1 x", "a. y",
    ]  # fmt: skip


def test_leden_count_on_after_a_paragraph_or_a_sub_heading_within_an_artikel(tmp_path: Path) -> None:
    tekst = "# T\n\n## A\n\n1. x\n\ntussen\n\n1. x\n\n### onder\n\n1. x\n"
    assert _regels(tmp_path, tekst)[2:] == ["1.1 x", "tussen", "1.2 x", "onder", "1.3 x"]


def test_each_list_outside_artikelen_starts_at_one(tmp_path: Path) -> None:
    tekst = "# T\n\n1. x\n2. x\n\ntussen\n\n1. x\n"
    assert _regels(tmp_path, tekst, genummerd=False)[1:] == [
        "1. x",
        "2. x",
        "tussen",
        "1. x",
    ]


def test_references_name_artikel_lid_onderdeel_and_annex(tmp_path: Path) -> None:
    tekst = (
        "# T\n\nZie [@art], [@lid], [@ond], [@sub], [@bij], [@deel] en [@kop].\n\n"
        "## A [#art]\n\n1. x [#lid]\n"
        "   1. y [#ond]\n      1. z [#sub]\n\n### Onder [#kop]\n\n"
        "::: bijlage B [#bij]\n## C [#deel]\n\nZie [@deel].\n:::\n"
    )
    regels = _regels(tmp_path, tekst)
    assert regels[1] == (
        "Zie artikel 1, artikel 1.1, artikel 1.1 onder a, artikel 1.1 onder a, i, bijlage 1, onderdeel 1 van bijlage 1 "
        "en “Onder”."
    )
    assert regels[-1] == "Zie onderdeel 1."


def test_a_reference_that_opens_a_sentence_has_a_capital(tmp_path: Path) -> None:
    regels = _regels(tmp_path, "# T\n\n[@a] geldt. [@a] ook, en [@a].\n\n## A [#a]\n")
    assert regels[1] == "Artikel 1 geldt. Artikel 1 ook, en artikel 1."


def test_a_reference_to_a_point_outside_artikelen_says_punt(tmp_path: Path) -> None:
    regels = _regels(tmp_path, "# T\n\n1. x\n2. y [#p]\n   1. z [#q]\n\nZie [@p] en [@q].\n", genummerd=False)
    assert regels[-1] == "Zie punt 2 en punt 2 onder a."


def test_an_annex_numbers_its_own_sections(tmp_path: Path) -> None:
    tekst = "# T\n\n## A\n\n::: bijlage X\n## B\n\n1. x\n:::\n\n::: bijlage Y\n## C\n:::\n"
    assert _regels(tmp_path, tekst)[1:] == ["1. A", "Bijlage 1 X", "1. B", "1.1 x", "Bijlage 2 Y", "1. C"]


def test_a_label_may_hold_a_value(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# T\n\nZie [@p-{{ n }}].\n\n## A [#p-{{ n }}]\n")
    assert "Zie artikel 1." in render_tekst(read_boom(bron, {"n": "m-01"}, genummerd=True))


@pytest.mark.parametrize(("nummer", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (53, "aaa")])
def test_letters_go_on_as_word_processors_do(nummer: int, letter: str) -> None:
    assert format_letter(nummer) == letter


@pytest.mark.parametrize(("nummer", "romeins"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl")])
def test_roman_numerals_are_small(nummer: int, romeins: str) -> None:
    assert format_romeins(nummer) == romeins
