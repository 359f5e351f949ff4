"""The command that shows and writes the schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

from inkoop.settings import CHECKOUT
from tests.cli.conftest import Draai


def test_without_a_name_the_kinds_are_listed(draai: Draai) -> None:
    resultaat = draai("criteria", "schema")

    assert resultaat.exit_code == 0
    for naam in ("criteria", "scenario", "dossier", "aanmelding", "aanvulling", "procedure"):
        assert naam in resultaat.stdout


def test_one_schema_is_printed_as_json(draai: Draai) -> None:
    resultaat = draai("criteria", "schema", "criteria")

    assert json.loads(resultaat.stdout)["title"] == "Criteriaset (één editie)"


def test_an_unknown_kind_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("criteria", "schema", "criterium")

    assert (resultaat.exit_code, resultaat.stdout) == (1, "")
    assert resultaat.stderr == "Er is geen schema 'criterium'. Bedoelt u \"criteria\"?\n"


def test_all_schemas_are_written_as_they_are_shipped_and_only_where_they_differ(draai: Draai, omgeving: Path) -> None:
    assert "6 geschreven" in draai("criteria", "schema", "--naar", "mijn/schemas").stdout
    for pad in (omgeving / "mijn" / "schemas").iterdir():
        assert pad.read_bytes() == (CHECKOUT / "schemas" / pad.name).read_bytes()
    (omgeving / "mijn" / "schemas" / "criteria.json").write_text("{}")

    assert "1 geschreven" in draai("criteria", "schema", "--naar", "mijn/schemas").stdout
