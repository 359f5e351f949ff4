"""`inkoop criteria toets`: one application tried out against an edition, without a store."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.cli.conftest import Draai, list_bestanden, spoil

DOSSIER = Path("dossier.yaml")
VAST = ("--procedure", "meierij-2020", "--ronde", "M-2020-2")


@pytest.fixture
def toets(draai: Draai) -> Draai:
    """The application of M1 as a dossier file, and the command that tests it."""
    tekst = Path("criteria/meierij-wmo/scenarios/M1.yaml").read_text(encoding="utf-8")
    blok = re.search(r"^aanmelding:\n(.*?)^\S", tekst, re.DOTALL | re.MULTILINE)
    assert blok is not None
    aanmelding = dedent(blok[1]).replace("ontvangen_op:", "ingediend_op:")
    DOSSIER.write_text(f"herkomst: vastgesteld\n{aanmelding}", encoding="utf-8")

    def run(*woorden: str) -> object:
        return draai("criteria", "toets", "meierij-wmo/2020-1", "--dossier", str(DOSSIER), *woorden)

    return run


def list_uitkomsten(ruw: str) -> dict[str, set[str]]:
    uitkomsten: dict[str, set[str]] = {}
    for bevinding in json.loads(ruw)["bevindingen"]:
        uitkomsten.setdefault(bevinding["criterium"], set()).add(bevinding["uitkomst"])
    return uitkomsten


def test_json_is_the_receipt_and_the_same_bytes_each_time(toets: Draai, omgeving: Path) -> None:
    voor = list_bestanden(omgeving)
    eerste, tweede = (toets(*VAST, "--json") for _ in range(2))

    assert eerste.exit_code == 0, eerste.output
    assert eerste.stdout == tweede.stdout
    kwitantie = json.loads(eerste.stdout)
    assert kwitantie["peildatums"] == {
        "besluit": "2020-05-15",
        "indiening": "2020-03-12",
        "ingang": "2020-07-01",
        "looptijd": "2021-12-31",
        "sluiting": "2020-03-31",
    }
    uitkomsten = list_uitkomsten(eerste.stdout)
    assert uitkomsten["M-02"] == {"nvt"}
    assert uitkomsten["M-05"] == {"voldoet"}
    assert uitkomsten["M-04"] == {"te_beoordelen"}
    assert list_bestanden(omgeving) == voor


def test_people_get_an_explanation_with_its_basis(toets: Draai) -> None:
    uitvoer = toets(*VAST).stdout

    for stuk in ("Stichting De Lindehof Begeleiding", "editie 2020-1", "vastgesteld", "M-05", "te beoordelen"):
        assert stuk in uitvoer
    assert "open: wat ontbreekt kan nog worden gevraagd" in uitvoer


def test_the_outcome_per_perceel_comes_before_each_criterium_with_what_to_do(toets: Draai) -> None:
    uitvoer = toets(*VAST).stdout

    assert uitvoer.index("Uitkomst per perceel") < uitvoer.index("Per criterium")
    assert "Mensen moeten nog iets vaststellen of beoordelen." in uitvoer
    m04 = uitvoer[uitvoer.index("\nM-04  Professionele standaarden") : uitvoer.index("\nM-05  ")]
    assert "  Te beoordelen, percelen 1A en 1B\n" in m04
    assert "Bewijs: professionele-standaarden.pdf" in m04
    assert "Nu doen: Twee beoordelaars oordelen, los van elkaar." in m04
    assert "Geldt niet voor dit aanbod: M-02." in uitvoer


def test_a_whole_is_told_by_its_parts(toets: Draai) -> None:
    uitvoer = toets(*VAST).stdout

    m07 = uitvoer[uitvoer.index("\nM-07  ") : uitvoer.index("\nM-08  ")]
    assert m07.count("De verklaring 'iWmo-gereed'") == 1
    assert "     - voldoet: " in m07


def test_at_another_moment_only_its_criteria_are_tested_on_the_day_itself(toets: Draai) -> None:
    kwitantie = json.loads(toets(*VAST, "--moment", "jaarlijks", "--op", "2021-07-01", "--json").stdout)

    assert kwitantie["moment"] == "jaarlijks"
    assert kwitantie["herstelverloop"] == "open"
    assert kwitantie["peildatums"] == {
        "besluit": "2021-07-01",
        "indiening": "2021-07-01",
        "ingang": "2021-07-01",
        "looptijd": "2021-12-31",
        "sluiting": "2021-07-01",
    }
    uitkomsten = list_uitkomsten(json.dumps(kwitantie))
    assert "U-01" not in uitkomsten
    assert uitkomsten["M-03"] == {"voldoet_niet"}, "the certificate ended on 2021-04-30"
    assert "Getoetst bij" in toets(*VAST, "--moment", "jaarlijks").stdout


def test_an_unknown_moment_is_refused_with_the_choices(toets: Draai) -> None:
    resultaat = toets(*VAST, "--moment", "maandelijks")

    assert resultaat.exit_code != 0
    assert "jaarlijks" in resultaat.stderr


def test_stated_facts_are_tried_out_but_carry_no_decision(toets: Draai) -> None:
    spoil(DOSSIER, "herkomst: vastgesteld", "herkomst: opgegeven")

    assert json.loads(toets(*VAST, "--json").stdout)["feitenbasis"] == "als_opgegeven"
    assert "hierop kan geen besluit rusten" in toets(*VAST).stdout


@pytest.mark.parametrize(("op", "verwacht"), [("2020-04-21", "herstelbaar"), ("2020-04-22", "voldoet_niet")])
def test_what_is_missing_can_be_repaired_until_the_last_day(toets: Draai, op: str, verwacht: str) -> None:
    tekst = DOSSIER.read_text(encoding="utf-8")
    zonder = re.sub(r"^  - bestand: kvk-uittreksel.pdf\n(?:    .*\n)+", "", tekst, flags=re.MULTILINE)
    assert zonder != tekst
    DOSSIER.write_text(zonder, encoding="utf-8")

    assert list_uitkomsten(toets(*VAST, "--op", op, "--json").stdout)["U-02"] == {verwacht}


def test_what_can_still_be_asked_is_listed(toets: Draai) -> None:
    tekst = DOSSIER.read_text(encoding="utf-8")
    DOSSIER.write_text(
        re.sub(r"^  - bestand: kvk-uittreksel.pdf\n(?:    .*\n)+", "", tekst, flags=re.MULTILINE), encoding="utf-8"
    )

    assert "Nog te vragen aan de aanbieder:\n  - U-02: lindehof: " in toets(*VAST).stdout


def test_a_day_before_submission_is_refused(toets: Draai) -> None:
    resultaat = toets(*VAST, "--op", "2020-03-11")

    assert resultaat.exit_code == 1
    assert resultaat.stderr == "Op 2020-03-11 was dit dossier nog niet ingediend; dat was op 2020-03-12.\n"


@pytest.mark.parametrize(
    ("oud", "nieuw", "gericht_op", "zegt"),
    [
        ("datum: 2020-02-20", "datum: 2020-02-30", "2020-02-30", "30 februari 2020 bestaat niet."),
        ("    kvk:", "    kvkk:", "kvkk", 'Bedoelt u "kvk"?'),
        ("    kvk:", "    bsn:", "bsn", "burgerservicenummer"),
        ("percelen: [1A, 1B]", "percelen: [1A, 1A]", "1A]", "staat er dubbel"),
    ],
)
def test_a_fault_in_the_dossier_is_named_at_its_place(
    toets: Draai, oud: str, nieuw: str, gericht_op: str, zegt: str
) -> None:
    plek = spoil(DOSSIER, oud, nieuw, gericht_op=gericht_op)

    resultaat = toets(*VAST)

    assert (resultaat.exit_code, resultaat.stdout) == (1, "")
    assert any(regel.startswith(f"{DOSSIER}:{plek}: ") and zegt in regel for regel in resultaat.stderr.splitlines()), (
        resultaat.stderr
    )


def test_an_unknown_perceel_round_and_procedure_are_named(toets: Draai) -> None:
    assert "heeft geen ronde 'M-2020-3'" in toets("--procedure", "meierij-2020", "--ronde", "M-2020-3").stderr
    assert "Er is geen procedure 'meierij'" in toets("--procedure", "meierij", "--ronde", "M-2020-2").stderr
    spoil(DOSSIER, "percelen: [1A, 1B]", "percelen: [1A, 9Z]")
    resultaat = toets(*VAST)
    assert resultaat.exit_code == 1
    assert "Perceel 9Z bestaat niet. Deze procedure heeft: 1A, 1B, 1C." in resultaat.stderr
