"""The glossary is binding: what the code calls a thing, the glossary explains."""

import re

import pytest

from tests.architecture.broncode import CHECKOUT, list_modules, list_openbare_klassen, show

WOORDENLIJST = CHECKOUT / "docs" / "woordenlijst.md"
NAAM = re.compile(r"`([A-Z]\w+)`")


def list_rijen(tekst: str) -> list[list[str]]:
    """The cells of every row of every table, without the header rows and the lines below them."""
    regels = [regel for regel in tekst.splitlines() if regel.startswith("|")]
    rijen = [[cel.strip() for cel in regel.strip("|").split("|")] for regel in regels]
    scheiding = {nummer for nummer, rij in enumerate(rijen) if all(re.fullmatch(r":?-+:?", cel) for cel in rij)}
    return [rij for nummer, rij in enumerate(rijen) if nummer not in scheiding and nummer + 1 not in scheiding]


def list_namen(tekst: str) -> list[str]:
    """The class names that stand in the first cell of a row."""
    return [naam for rij in list_rijen(tekst) for naam in NAAM.findall(rij[0])]


def _domeinklassen() -> dict[str, str]:
    return {
        klasse: show(pad) for pad in list_modules("inkoop/domain") for klasse in list_openbare_klassen(pad.read_text())
    }


def test_every_public_class_of_the_domain_stands_in_the_glossary():
    uitgelegd = set(list_namen(WOORDENLIJST.read_text()))
    assert {klasse: pad for klasse, pad in _domeinklassen().items() if klasse not in uitgelegd} == {}


def test_the_glossary_explains_nothing_that_is_not_there():
    bestaand = set(_domeinklassen())
    assert [naam for naam in list_namen(WOORDENLIJST.read_text()) if naam not in bestaand] == []


def test_no_word_is_explained_twice():
    namen = list_namen(WOORDENLIJST.read_text())
    assert sorted({naam for naam in namen if namen.count(naam) > 1}) == []


def test_each_word_has_an_english_equivalent_a_meaning_and_a_source():
    onvolledig = [rij[0] for rij in list_rijen(WOORDENLIJST.read_text()) if len(rij) != 4 or not all(rij)]
    assert onvolledig == []


@pytest.mark.parametrize(
    ("tekst", "namen"),
    [
        ("| Term | b |\n|---|---|\n| `Ronde`, `Rondes` | x |\n", ["Ronde", "Rondes"]),
        ("| Term | b |\n|---|---|\n| ronde | `Ronde` |\n", []),
        ("over `Ronde` in een zin\n", []),
    ],
)
def test_only_names_in_the_first_cell_count(tekst, namen):
    assert list_namen(tekst) == namen


def test_a_class_that_nobody_explained_is_found():
    assert "Onuitgelegd" in list_openbare_klassen("class Onuitgelegd: ...\nclass _Eigen: ...\n")
    assert "_Eigen" not in list_openbare_klassen("class Onuitgelegd: ...\nclass _Eigen: ...\n")
