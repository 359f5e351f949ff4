"""`inkoop procedure`: list, show, plan and check procedure files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inkoop.definitions.procedure import load_procedure
from tests.cli.conftest import Draai, list_bestanden, spoil

MEIERIJ = Path("procedures/meierij-2020.yaml")


def test_the_list_names_every_procedure_with_its_rounds(draai: Draai) -> None:
    resultaat = draai("procedure", "lijst", "--json")

    assert resultaat.exit_code == 0
    regels = {regel["naam"]: regel for regel in json.loads(resultaat.stdout)}
    assert regels["meierij-2020"]["rondes"] == ["M-2020-1", "M-2020-2", "M-2021-1", "M-2021-2"]
    assert regels["meierij-2020"]["kwalificatie"] == "toelating"


def test_a_procedure_is_shown_with_what_an_inkoper_looks_for(draai: Draai) -> None:
    uitvoer = draai("procedure", "toon", "meierij-2020").stdout

    for stuk in ("IB-waakvlam", "118,00", "M-2020-2", "2020-03-31 23:59:59", "go-no-go", "wethouder sociaal domein"):
        assert stuk in uitvoer


def test_json_is_the_same_bytes_each_time(draai: Draai) -> None:
    eerste, tweede = (draai("procedure", "toon", "meierij-2020", "--json").stdout for _ in range(2))

    assert eerste == tweede
    assert json.loads(eerste)["instroom"]["rondes"][1]["kenmerk"] == "M-2020-2"


def test_the_plan_gives_each_day_with_why(draai: Draai) -> None:
    regels = json.loads(draai("procedure", "plan", "meierij-2020", "--json").stdout)

    assert [regel["dag"] for regel in regels] == sorted(regel["dag"] for regel in regels)
    (verval,) = [r for r in regels if r["ronde"] == "M-2020-2" and "kort geding" in r["wat"]]
    assert verval["dag"] == "2020-06-04"
    assert "20 kalenderdagen" in verval["waarom"]
    assert "2020-06-04" in draai("procedure", "plan", "meierij-2020").stdout


def test_an_unknown_procedure_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("procedure", "toon", "meijerij-2020")

    assert resultaat.exit_code == 1
    assert resultaat.stdout == ""
    assert "Er is geen procedure 'meijerij-2020'. Bedoelt u \"meierij-2020\"?" in resultaat.stderr


def test_good_procedures_are_counted(draai: Draai) -> None:
    resultaat = draai("procedure", "controleer")

    assert (resultaat.exit_code, resultaat.stdout) == (0, "9 bestanden gecontroleerd: geen fouten.\n")


def test_a_misspelled_key_is_named_at_its_place_and_nothing_is_written(draai: Draai, omgeving: Path) -> None:
    plek = spoil(MEIERIJ, "kwalificatie: toelating", "kwalificatei: toelating")
    voor = list_bestanden(omgeving)

    resultaat = draai("procedure", "controleer")

    assert resultaat.exit_code == 1
    (melding,) = [regel for regel in resultaat.stdout.splitlines() if "kwalificatei" in regel]
    assert melding.startswith(f"{MEIERIJ}:{plek}: ")
    assert "kwalificatie" in melding
    assert list_bestanden(omgeving) == voor


def test_an_edition_that_does_not_exist_is_a_fault_of_the_round(draai: Draai) -> None:
    plek = spoil(MEIERIJ, "criteria_editie: 2020-1", "criteria_editie: 2020-9", gericht_op="2020-9")

    resultaat = draai("procedure", "controleer", str(MEIERIJ))

    assert resultaat.exit_code == 1
    assert resultaat.stdout.splitlines() == [
        f"{MEIERIJ}:{plek}: Er is geen editie '2020-9'. Bedoelt u \"2020-1\"?",
    ]


def test_a_set_that_does_not_exist_is_a_fault_of_the_procedure(draai: Draai) -> None:
    plek = spoil(MEIERIJ, "criteriaset: meierij-wmo", "criteriaset: meierij-wno", gericht_op="meierij-wno")

    resultaat = draai("procedure", "controleer", str(MEIERIJ))

    assert resultaat.stdout.splitlines() == [
        f"{MEIERIJ}:{plek}: Er is geen criteriaset 'meierij-wno'. Bedoelt u \"meierij-wmo\"?",
    ]


def test_a_set_that_is_still_to_be_written_is_a_fault_that_says_where_it_goes(draai: Draai) -> None:
    spoil(MEIERIJ, "criteriaset: meierij-wmo", "criteriaset: zandrecht-zorg", gericht_op="zandrecht-zorg")

    resultaat = draai("procedure", "controleer", str(MEIERIJ))

    assert resultaat.stdout.rstrip().endswith("Of schrijf haar eerst, in criteria/zandrecht-zorg/.")


def test_a_criterion_for_a_feature_that_no_product_has_is_a_fault(draai: Draai) -> None:
    spoil(Path("criteria/meierij-wmo/2020-1.yaml"), "kenmerken: [verblijf]", "kenmerken: [verblijv]")

    resultaat = draai("procedure", "controleer", str(MEIERIJ))

    assert resultaat.exit_code == 1
    assert "geldt alleen voor kenmerk 'verblijv'" in resultaat.stdout
    assert 'Bedoelt u "verblijf"?' in resultaat.stdout


def test_a_file_that_is_not_there_is_a_fault_and_no_traceback(draai: Draai) -> None:
    resultaat = draai("procedure", "controleer", "procedures/weg.yaml")

    assert resultaat.exit_code == 1
    assert resultaat.stdout == "procedures/weg.yaml:1:1: Dit bestand bestaat niet of is niet te lezen.\n"


def test_a_folder_without_files_is_said(draai: Draai, omgeving: Path) -> None:
    (omgeving / "leeg").mkdir()

    resultaat = draai("procedure", "controleer", "leeg")

    assert resultaat.exit_code == 1
    assert resultaat.stdout == "Hier staan geen YAML-bestanden om te controleren.\n"


def test_a_file_with_the_other_extension_is_not_silently_left_out(draai: Draai) -> None:
    MEIERIJ.rename("procedures/meierij-2020.yml")

    resultaat = draai("procedure", "controleer", "procedures")

    assert resultaat.exit_code == 1
    assert resultaat.stdout.startswith("procedures/meierij-2020.yml:1:1: Geef dit bestand de extensie .yaml")


def test_a_setting_that_does_not_exist_is_named(draai: Draai, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKOOP_PROCEDURS", "x")

    resultaat = draai("procedure", "lijst")

    assert resultaat.exit_code == 1
    assert "INKOOP_PROCEDURS bestaat niet" in resultaat.stderr


def test_a_procedure_is_checked_by_its_name_as_well(draai: Draai) -> None:
    goed = draai("procedure", "controleer", "meierij-2020")
    onbekend = draai("procedure", "controleer", "meierij-2002")

    assert (goed.exit_code, goed.stdout) == (0, "1 bestand gecontroleerd: geen fouten.\n")
    assert onbekend.exit_code == 1
    assert 'Bedoelt u "meierij-2020"?' in onbekend.output


def test_a_folder_where_a_file_belongs_is_called_a_folder(draai: Draai, omgeving: Path) -> None:
    (omgeving / "lindehof").mkdir()

    waarin = ("--procedure", "meierij-2020", "--ronde", "M-2020-2")
    resultaat = draai("criteria", "toets", "2020-1", "--dossier", "lindehof", *waarin)

    assert resultaat.exit_code == 1
    assert "lindehof:1:1: Dit is een map. Noem het bestand dat erin staat." in resultaat.output


def test_the_answers_of_a_procedure_lead_to_its_kind(draai: Draai) -> None:
    resultaat = draai("procedure", "kwalificeer", "hvb-2021-begeleiding")

    assert resultaat.exit_code == 0
    assert "zemvi-3" in resultaat.stdout
    assert "Het aantal aanbieders is begrensd" in " ".join(resultaat.stdout.split())


def test_answers_in_a_file_of_their_own_are_advice_until_a_jurist_confirms(draai: Draai, omgeving: Path) -> None:
    antwoorden = omgeving / "antwoorden.yaml"
    antwoorden.write_text(
        "iedereen_die_voldoet: ja\nvergelijken: nee\nbegrensd: nee\nkeuze_door: client\ntoetreding: doorlopend\n"
        "ramingen: {A: 1000}\nmotivering: Iedereen.\n"
    )

    resultaat = draai("procedure", "kwalificeer", str(antwoorden))

    assert resultaat.exit_code == 0
    assert "nee: dit is een advies" in resultaat.stdout


def test_a_wrong_answer_is_named_with_its_place(draai: Draai, omgeving: Path) -> None:
    antwoorden = omgeving / "antwoorden.yaml"
    antwoorden.write_text("iedereen_die_voldoet: misschien\n")

    resultaat = draai("procedure", "kwalificeer", str(antwoorden))

    assert resultaat.exit_code == 1
    assert "antwoorden.yaml:1:23: Schrijf hier 'ja' of 'nee'." in resultaat.output


def test_a_plan_can_be_an_agenda_and_a_picture(draai: Draai, omgeving: Path) -> None:
    ics, svg = omgeving / "plan" / "plan.ics", omgeving / "plan.svg"

    resultaat = draai("procedure", "plan", "meierij-2020", "--ics", str(ics), "--svg", str(svg))

    assert resultaat.exit_code == 0
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert svg.read_text().startswith("<svg ")
    assert "M-2020-2" in svg.read_text()


def test_a_new_procedure_starts_from_an_old_one_with_its_choices_open(draai: Draai, omgeving: Path) -> None:
    resultaat = draai("procedure", "nieuw", "zorg-zuid-2028", "--van", "meierij-2020", "--titel", 'Zorg "Zuid": 2028')

    assert resultaat.exit_code == 0, resultaat.output
    assert "Nog te kiezen onder 'keuzes', vóór de publicatie: BP-01, BP-02, BP-03, BP-04, BP-06." in resultaat.output
    nieuw = load_procedure(omgeving / "procedures" / "zorg-zuid-2028.yaml")
    assert nieuw.titel == 'Zorg "Zuid": 2028'
    assert nieuw.looptijd.nader_te_bepalen
    assert set(nieuw.keuzes) == {"BP-05"}
    assert draai("procedure", "controleer", "zorg-zuid-2028").exit_code == 0


@pytest.mark.parametrize(
    ("naam", "titel", "deel"),
    [
        ("Zorg Zuid", "Zorg", "kleine letters, cijfers en streepjes"),
        ("hvb-wmo-2019", "Zorg", "bestaat al"),
        ("zorg", " ", "Geef de nieuwe procedure een titel"),
        ("../zorg", "Zorg", "kleine letters"),
    ],
)
def test_a_new_procedure_that_cannot_be_made_leaves_nothing(
    draai: Draai, omgeving: Path, naam: str, titel: str, deel: str
) -> None:
    voor = list_bestanden(omgeving)

    resultaat = draai("procedure", "nieuw", naam, "--van", "meierij-2020", "--titel", titel)

    assert resultaat.exit_code == 1
    assert deel in resultaat.output
    assert list_bestanden(omgeving) == voor
