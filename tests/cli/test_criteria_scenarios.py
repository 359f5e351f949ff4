"""Worked examples: checked against what they name, played, and compared with what they expect."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from inkoop.definitions.scenario import load_scenarios
from tests.cli.conftest import Draai, list_bestanden, spoil

M1 = Path("criteria/meierij-wmo/scenarios/M1.yaml")


def count_scenarios() -> int:
    """How many there are in the files of the environment, variants apart."""
    return sum(len(load_scenarios(map_)) for map_ in Path("criteria").glob("*/scenarios"))


def test_every_scenario_comes_out_as_it_expects(draai: Draai) -> None:
    resultaat = draai("criteria", "scenarios")

    assert resultaat.exit_code == 0, resultaat.output
    aantal = count_scenarios()
    assert aantal > 90
    assert f"{aantal} gespeeld, {aantal} zoals verwacht, 0 anders." in resultaat.stdout


def test_json_holds_each_variant_with_its_decisions(draai: Draai) -> None:
    regels = json.loads(draai("criteria", "scenarios", "meierij-wmo", "--json").stdout)

    besluiten = {(regel["zaak"], regel["variant"]): [b["besluit"] for b in regel["besluiten"]] for regel in regels}
    assert besluiten["M2", "b"] == ["toelating_vervallen"]
    assert besluiten["M6", "a"] == ["buiten_behandeling"]


def test_a_scenario_that_comes_out_different_says_how_and_ends_with_1(draai: Draai, omgeving: Path) -> None:
    spoil(M1, "besluit: toegelaten", "besluit: afgewezen")
    voor = list_bestanden(omgeving)

    resultaat = draai("criteria", "scenarios", "meierij-wmo")

    assert resultaat.exit_code == 1
    assert "9 gespeeld, 8 zoals verwacht, 1 anders." in resultaat.stdout
    (verschil,) = [regel for regel in resultaat.stdout.splitlines() if regel.startswith("  - ")]
    assert "1A" in verschil
    assert list_bestanden(omgeving) == voor


def test_an_unknown_set_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("criteria", "scenarios", "meierij-wno")

    assert resultaat.exit_code == 1
    assert "Er is geen criteriaset 'meierij-wno'. Bedoelt u \"meierij-wmo\"?" in resultaat.stderr


@pytest.mark.parametrize(
    ("oud", "nieuw", "gericht_op", "melding"),
    [
        pytest.param(
            "procedure: meierij-2020",
            "procedure: meierij-2021",
            "meierij-2021",
            "Er is geen procedure 'meierij-2021'. Bedoelt u \"meierij-2020\"?",
            id="procedure",
        ),
        pytest.param(
            "ronde: M-2020-2",
            "ronde: M-2020-3",
            "M-2020-3",
            "Procedure meierij-2020 heeft geen ronde 'M-2020-3'.",
            id="ronde",
        ),
        pytest.param(
            "criterium: M-0", "criterium: N-0", "N-0", "Editie 2020-1 heeft geen criterium 'N-0", id="criterium"
        ),
        pytest.param(
            "producten: [DB-basis, DB-extra]",
            "producten: [DB-bassis, DB-extra]",
            "DB-bassis",
            "Product 'DB-bassis' wordt voor perceel 1B niet aangeboden. Bedoelt u \"DB-basis\"?",
            id="product van een besluit",
        ),
        pytest.param(
            "product: IB-waakvlam",
            "product: IB-waakvlan",
            "IB-waakvlan",
            "Deze procedure heeft geen product 'IB-waakvlan'. Bedoelt u \"IB-waakvlam\"?",
            id="product van een feit",
        ),
        pytest.param(
            "criterium: M-01, percelen",
            "criterium: M-01, product: DB-bassis, percelen",
            "DB-bassis",
            "Product 'DB-bassis' wordt niet aangeboden. Bedoelt u \"DB-basis\"?",
            id="product van een uitkomst",
        ),
        pytest.param(
            "grond: gelijkwaardig",
            "grond: gelijkwardig",
            "gelijkwardig",
            "De grond 'gelijkwardig' is niet bekend. Bedoelt u \"gelijkwaardig\"?",
            id="grond",
        ),
        pytest.param(
            "grond: gelijkwaardig",
            "grond: xyz",
            "xyz",
            "De grond 'xyz' is niet bekend. De lijst staat",
            id="grond lijst",
        ),
    ],
)
def test_a_name_that_stands_nowhere_is_a_fault_of_the_scenario(
    draai: Draai, oud: str, nieuw: str, gericht_op: str, melding: str
) -> None:
    plek = spoil(M1, oud, nieuw, gericht_op=gericht_op)

    resultaat = draai("criteria", "controleer", str(M1))

    assert resultaat.exit_code == 1
    assert any(regel.startswith(f"{M1}:{plek}: {melding}") for regel in resultaat.stdout.splitlines()), resultaat.stdout


def test_a_perceel_that_the_procedure_does_not_have_is_a_fault(draai: Draai) -> None:
    procedure = Path("procedures/meierij-2020.yaml")
    spoil(procedure, "code: 1B", "code: 1Z")
    procedure.write_text(
        procedure.read_text(encoding="utf-8").replace("[1A, 1B, 1C]", "[1A, 1Z, 1C]"), encoding="utf-8"
    )

    resultaat = draai("criteria", "controleer", str(M1))

    assert resultaat.exit_code == 1
    assert "Perceel 1B bestaat niet." in resultaat.stdout


def test_a_scenario_in_the_folder_of_another_set_is_a_fault(draai: Draai) -> None:
    shutil.copytree("criteria/meierij-wmo", "criteria/andere")

    resultaat = draai("criteria", "controleer", "criteria/andere/scenarios/M1.yaml")

    assert resultaat.exit_code == 1
    assert "toetst aan 'meierij-wmo'; dit scenario staat bij 'andere'." in resultaat.stdout


def test_another_choice_for_a_criterion_without_experience_is_a_fault(draai: Draai) -> None:
    m5 = M1.with_name("M5.yaml")
    keuze = "criterium: M-02, ervaring_bereik"
    plek = spoil(m5, "criterium: M-01, ervaring_bereik", keuze, gericht_op="M-02")

    resultaat = draai("criteria", "controleer", str(m5))

    assert resultaat.exit_code == 1
    assert f"{m5}:{plek}: Criterium M-02 vraagt geen ervaring" in resultaat.stdout
