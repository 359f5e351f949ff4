"""Bad input in criteria files: file:line:column, a Dutch sentence with a way out, exit 1, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Draai, list_bestanden, spoil

EDITIE = Path("criteria/meierij-wmo/2020-1.yaml")


def test_the_real_criteria_have_no_fault(draai: Draai) -> None:
    resultaat = draai("criteria", "controleer")

    assert resultaat.exit_code == 0, resultaat.output
    *let_op, slot = resultaat.stdout.splitlines()
    assert "gecontroleerd: geen fouten, 3 keer let op." in slot
    # Two cases hand in more than is asked, on purpose.
    assert {regel.split("'")[1] for regel in let_op} == {"planning-hercertificering", "auditrapport", "zelfevaluatie"}


@pytest.mark.parametrize(
    ("oud", "nieuw", "gericht_op", "zegt"),
    [
        pytest.param(
            "      soort: verklaring\n", "      soort: verklarng\n", "verklarng", 'Bedoelt u "verklaring"?', id="soort"
        ),
        pytest.param("    groep: formeel\n", "    groeep: formeel\n", "groeep", 'Bedoelt u "groep"?', id="sleutel"),
        pytest.param(
            "    groep: formeel\n", "    groep: formeel\n    groep: formeel\n", "groep: formeel\n    per", "dubbel",
            id="dubbele-sleutel",
        ),
        pytest.param("van: 2021-01-01", "van: 2021-02-30", "2021-02-30", "30 februari 2021 bestaat niet.", id="datum"),
        pytest.param("herstelbaar: bewijs_bestond_al", "herstelbaar: no", "no\n", "'no'", id="nee"),
        pytest.param("    bewijs: Het", "    bsn: Het", "bsn", "burgerservicenummer", id="bsn"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_place_and_nothing_is_written(
    draai: Draai, omgeving: Path, oud: str, nieuw: str, gericht_op: str, zegt: str
) -> None:
    plek = spoil(EDITIE, oud, nieuw, gericht_op=gericht_op)
    voor = list_bestanden(omgeving)

    resultaat = draai("criteria", "controleer", str(EDITIE))

    assert resultaat.exit_code == 1
    regels = [regel for regel in resultaat.stdout.splitlines() if regel.startswith(f"{EDITIE}:{plek}: ")]
    assert regels, resultaat.stdout
    assert any(zegt in regel for regel in regels), resultaat.stdout
    assert list_bestanden(omgeving) == voor


def test_every_fault_of_every_file_is_reported_at_once(draai: Draai) -> None:
    spoil(EDITIE, "van: 2021-01-01", "van: 2021-02-30")
    spoil(EDITIE, "    groep: formeel\n", "    groeep: formeel\n")
    (EDITIE.parent / "2021-1.yaml").write_text("titel: [\n")

    regels = draai("criteria", "controleer", "criteria").stdout.splitlines()

    assert {regel.split(":")[0] for regel in regels} == {str(EDITIE), "criteria/meierij-wmo/2021-1.yaml"}
    assert any("30 februari" in regel for regel in regels)
    assert any("groeep" in regel for regel in regels)


def test_reading_a_set_with_a_fault_names_the_fault(draai: Draai) -> None:
    plek = spoil(EDITIE, "van: 2021-01-01", "van: 2021-02-30", gericht_op="2021-02-30")

    resultaat = draai("criteria", "lees", str(EDITIE))

    assert (resultaat.exit_code, resultaat.stdout) == (1, "")
    assert f"{EDITIE}:{plek}: 30 februari 2021 bestaat niet." in resultaat.stderr


def test_a_set_is_read_back_as_sentences(draai: Draai) -> None:
    resultaat = draai("criteria", "lees", "meierij-wmo/2020-1")

    assert resultaat.exit_code == 0
    for nummer in (*(f"U-0{n}" for n in range(1, 5)), *(f"M-{n:02d}" for n in range(1, 14))):
        assert nummer in resultaat.stdout


@pytest.mark.parametrize(
    ("naam", "melding"),
    [
        ("meierij-wmo/2020-9", "De criteriaset 'meierij-wmo' heeft geen editie '2020-9'. Bedoelt u \"2020-1\"?"),
        ("meierij-wno/2020-1", "Er is geen criteriaset 'meierij-wno'. Bedoelt u \"meierij-wmo\"?"),
        ("2020-9", "Er is geen criteria-editie '2020-9'."),
        ("weg.yaml", "weg.yaml:1:1: Dit bestand bestaat niet of is niet te lezen."),
    ],
)
def test_an_unknown_edition_gets_a_suggestion(draai: Draai, naam: str, melding: str) -> None:
    resultaat = draai("criteria", "lees", naam)

    assert resultaat.exit_code == 1
    assert melding in resultaat.stderr


def test_an_edition_is_found_by_its_own_name_while_only_one_set_has_it(draai: Draai) -> None:
    assert draai("criteria", "lees", "2020-1").exit_code == 0

    (EDITIE.parent.parent / "andere").mkdir()
    (EDITIE.parent.parent / "andere" / "2020-1.yaml").write_bytes(EDITIE.read_bytes())
    resultaat = draai("criteria", "lees", "2020-1")

    assert resultaat.exit_code == 1
    assert resultaat.stderr == (
        "Meer sets hebben een editie '2020-1'. Schrijf erbij welke: andere/2020-1, meierij-wmo/2020-1.\n"
    )


@pytest.mark.parametrize("naam", ["meierij-wmo", "meierij-wmo/2020-1", "2020-1", "criteria/meierij-wmo/2020-1.yaml"])
def test_a_set_or_edition_is_checked_by_its_name_as_well(draai: Draai, naam: str) -> None:
    resultaat = draai("criteria", "controleer", naam)

    assert resultaat.exit_code == 0, resultaat.output
    assert " gecontroleerd: geen fouten" in resultaat.stdout


def test_a_set_that_does_not_exist_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("criteria", "controleer", "meierij-wmoo/2020-1")

    assert resultaat.exit_code == 1
    assert "Bedoelt u" in resultaat.stderr + resultaat.stdout


def test_a_warning_is_said_at_its_place_and_stands_in_the_way_of_nothing(draai: Draai) -> None:
    plek = spoil(EDITIE, "niet ouder is dan zes maanden", "niet ouder is dan drie maanden", gericht_op="6\n")

    resultaat = draai("criteria", "controleer", str(EDITIE))

    assert resultaat.exit_code == 0
    assert resultaat.stdout == (
        f"{EDITIE}:{plek}: let op: De eis noemt 3 maanden, de toets 6. Maak ze gelijk.\n"
        "1 bestand gecontroleerd: geen fouten, 1 keer let op.\n"
    )


def test_a_fact_that_nobody_asks_for_is_told_at_its_place_with_the_name_that_was_meant(draai: Draai) -> None:
    zaak = Path("criteria/meierij-wmo/scenarios/M1.yaml")
    plek = spoil(zaak, "document: klachtenregeling", "document: klachtregeling", gericht_op="klachtregeling")

    resultaat = draai("criteria", "controleer", str(zaak))

    assert resultaat.exit_code == 0
    assert resultaat.stdout == (
        f"{zaak}:{plek}: let op: Geen enkel criterium van editie 2020-1 vraagt document 'klachtregeling', dus dit "
        'telt niet mee. Bedoelt u "klachtenregeling"?\n'
        "1 bestand gecontroleerd: geen fouten, 1 keer let op.\n"
    )


def test_an_edition_is_read_with_the_procedure_that_uses_it(draai: Draai) -> None:
    plek = spoil(EDITIE, "kenmerken: [verblijf]", "kenmerken: [verblijven]", gericht_op="verblijven")

    resultaat = draai("criteria", "controleer", str(EDITIE))

    assert resultaat.exit_code == 1
    assert f"{EDITIE}:{plek}: Criterium M-02 noemt kenmerk 'verblijven'" in resultaat.stdout


def test_a_new_edition_is_read_with_the_procedure_of_its_set_and_an_old_one_is_left_alone(draai: Draai) -> None:
    nieuw, oud = EDITIE.with_name("2021-1.yaml"), EDITIE.with_name("2019-1.yaml")
    for pad in (nieuw, oud):
        pad.write_text(EDITIE.read_text().replace("kenmerken: [verblijf]", "kenmerken: [verblijven]"))

    assert draai("criteria", "controleer", str(nieuw)).exit_code == 1
    assert draai("criteria", "controleer", str(oud)).exit_code == 0
    assert draai("criteria", "controleer", str(oud), "--procedure", "meierij-2020").exit_code == 1


def test_a_procedure_that_cannot_be_read_is_named_and_not_compared(draai: Draai) -> None:
    spoil(Path("procedures/meierij-2020.yaml"), "wet: wmo", "wet: wmoo")

    resultaat = draai("criteria", "controleer", str(EDITIE))

    assert resultaat.exit_code == 0
    assert "let op: procedure meierij-2020 heeft fouten en is niet vergeleken." in resultaat.stdout


def test_an_unknown_procedure_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("criteria", "controleer", str(EDITIE), "--procedure", "meierij-2002")

    assert resultaat.exit_code == 1
    assert 'Bedoelt u "meierij-2020"?' in resultaat.stderr
