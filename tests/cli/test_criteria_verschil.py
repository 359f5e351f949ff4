"""Comparing editions, replaying kept toetsen and measuring an edition, as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Draai, list_bestanden

EDITIE = Path("criteria/meierij-wmo/2020-1.yaml")
NIEUW = EDITIE.with_name("2021-1.yaml")
WIE = ("--als", "i.dekker")
NU = ("--nu", "2020-05-20T10:00:00")

ZetKlaar = Callable[[str], Path]


@pytest.fixture
def nieuw() -> Path:
    """A new edition: a younger extract, and two employees for each product."""
    tekst = EDITIE.read_text().replace("max_leeftijd_maanden: 6", "max_leeftijd_maanden: 3", 1)
    NIEUW.write_text(tekst.replace("      minimum: 1\n", "      minimum: 200\n", 1))
    return NIEUW


def test_a_comparison_says_what_changes_for_whom_and_from_when(draai: Draai, nieuw: Path) -> None:
    resultaat = draai("criteria", "verschil", "meierij-wmo/2020-1", "meierij-wmo/2021-1")

    assert resultaat.exit_code == 0, resultaat.output
    assert resultaat.stdout.startswith("Van meierij-wmo/2020-1 naar meierij-wmo/2021-1\n2 strenger\n")
    for regel in (
        "Strenger: U-02  Uittreksel uit het handelsregister",
        "  toets: hoogste leeftijd in maanden (strenger)",
        "    van:  6",
        "    naar: 3",
        "  Geldt voor: alles wat wordt aangeboden.",
    ):
        assert f"{regel}\n" in resultaat.stdout
    assert "Ongewijzigd: U-01, U-03," in resultaat.stdout


def test_a_comparison_is_data_for_programs(draai: Draai, nieuw: Path) -> None:
    verschil = json.loads(draai("criteria", "verschil", "meierij-wmo/2020-1", str(nieuw), "--json").stdout)

    assert [(c["criterium"], c["soort"]) for c in verschil["criteria"]] == [("U-02", "strenger"), ("M-08", "strenger")]


def test_equal_editions_have_no_difference(draai: Draai) -> None:
    NIEUW.write_text("# andere uitleg\n" + EDITIE.read_text())

    assert "Er is geen verschil" in draai("criteria", "verschil", "meierij-wmo/2020-1", "meierij-wmo/2021-1").stdout


def test_which_toetsen_to_replay_must_be_said(draai: Draai, zet_klaar: ZetKlaar) -> None:
    zet_klaar("Concretiseren")
    for woorden in ((), ("M-2020-2-A001", "--alles")):
        resultaat = draai("criteria", "herspeel", *woorden, *WIE, *NU)
        assert resultaat.exit_code == 1
        assert "Noem het kenmerk van een aanmelding, of --alles" in resultaat.stderr


def test_kept_toetsen_come_out_again(draai: Draai, zet_klaar: ZetKlaar) -> None:
    winkel = zet_klaar("Concretiseren")
    voor = list_bestanden(winkel)

    alles = draai("criteria", "herspeel", "--alles", *WIE, *NU)
    een = draai("criteria", "herspeel", "M-2020-2-A001", *WIE, *NU, "--json")

    assert alles.exit_code == 0, alles.output
    assert alles.stdout.endswith("herspeeld: alles komt byte voor byte gelijk uit.\n")
    uitkomst = json.loads(een.stdout)
    assert (uitkomst["anders"], uitkomst["aantal"]) == ([], uitkomst["gelijk"])
    assert uitkomst["aantal"] > 0
    assert list_bestanden(winkel).keys() >= voor.keys()


def test_an_edition_is_held_against_the_store(draai: Draai, zet_klaar: ZetKlaar, nieuw: Path) -> None:
    zet_klaar("Concretiseren")

    resultaat = draai("criteria", "effect", "meierij-wmo/2021-1", *WIE, *NU)
    data = json.loads(
        draai("criteria", "effect", "meierij-wmo/2021-1", *WIE, *NU, "--op", "2020-05-20", "--json").stdout
    )

    assert resultaat.exit_code == 0, resultaat.output
    assert resultaat.stdout.startswith("Effect van meierij-wmo/2021-1, gekeken op 20-05-2020. Er is niets veranderd.\n")
    assert "M-08" in resultaat.stdout
    assert data["tellingen"]["open"]
    assert any(p["effect"] == "valt_uit" for a in data["aanmeldingen"] for p in a["percelen"])


def test_an_aanmelding_of_a_round_that_is_not_open_is_counted_and_not_read(draai: Draai, zet_klaar: ZetKlaar) -> None:
    zet_klaar("Selecteren")

    data = json.loads(
        draai("criteria", "effect", "meierij-wmo/2020-1", *WIE, "--nu", "2020-04-01T08:00:00", "--json").stdout
    )

    assert data["aanmeldingen"] == []
    assert [ronde["aantal"] > 0 for ronde in data["niet_gelezen"]] == [True]
