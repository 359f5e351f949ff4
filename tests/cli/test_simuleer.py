"""`inkoop procedure simuleer`: a whole life in a store of its own, kept or thrown away."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from inkoop.cli.app import app
from inkoop.settings import CHECKOUT
from inkoop.storage.winkel import Winkel, Winkelsoort

PROCEDURES = sorted(pad.stem for pad in (CHECKOUT / "procedures").glob("*.yaml"))


def simuleer(*woorden: str) -> Result:
    return CliRunner().invoke(app, ["procedure", "simuleer", *woorden], prog_name="inkoop")


@pytest.fixture(autouse=True)
def _omgeving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKOOP_CRITERIA", str(CHECKOUT / "criteria"))
    monkeypatch.setenv("INKOOP_PROCEDURES", str(CHECKOUT / "procedures"))
    monkeypatch.setenv("INKOOP_SJABLONEN", str(CHECKOUT / "sjablonen"))


@pytest.mark.parametrize("naam", [pytest.param(naam, marks=pytest.mark.slow) for naam in PROCEDURES])
def test_every_procedure_is_played_to_its_last_day_with_every_round_to_its_last_fase(naam: str) -> None:
    resultaat = simuleer(naam, "--json")

    assert resultaat.exit_code == 0, resultaat.output
    verslag = json.loads(resultaat.stdout)
    assert verslag["gepubliceerd_op"] is not None
    assert {ronde["fase"] for ronde in verslag["rondes"]} == {"implementeren"}
    assert verslag["levensloop"]["gebeurtenissen"][-1]["dag"] >= verslag["levensloop"]["einde"]


@pytest.mark.slow
def test_what_is_kept_is_a_store_for_simulation_the_events_and_a_picture(tmp_path: Path) -> None:
    resultaat = simuleer("hvb-wmo-2019", "--map", str(tmp_path / "sim"))

    assert resultaat.exit_code == 0, resultaat.output
    assert "verlopen op 31 december" in resultaat.stdout
    winkel = Winkel.open(tmp_path / "sim" / "winkel")
    assert winkel.soort is Winkelsoort.SIMULATIE
    winkel.close()
    beeld = ET.parse(tmp_path / "sim" / "werklast.svg").getroot()
    titels = [deel.text for deel in beeld.iter("{http://www.w3.org/2000/svg}title")]
    assert "2017-12 jurist: 7" in titels


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    vol = tmp_path / "vol"
    vol.mkdir()
    (vol / "iets.txt").write_text("van mij")

    resultaat = simuleer("hvb-wmo-2019", "--map", str(vol))

    assert resultaat.exit_code == 1
    assert "is niet leeg" in resultaat.stderr
    assert [pad.name for pad in vol.iterdir()] == ["iets.txt"]
