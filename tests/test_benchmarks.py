import json
import subprocess
import sys

import pytest

from tests.architecture.broncode import CHECKOUT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cijfers():
    opdracht = [sys.executable, CHECKOUT / "benchmarks" / "criteria.py", "--json", "--keer", "1"]
    uitvoer = subprocess.run(
        [*opdracht, "--aantal", "200", "--groot", "200"], capture_output=True, text=True, check=True
    ).stdout
    return json.loads(uitvoer)


def test_every_outcome_of_the_engine_is_that_of_rules_written_by_hand(cijfers):
    vol = cijfers["vol"]
    assert vol["gelijke_uitkomsten"] > 200 * 40
    assert vol["bewijsstukken_per_aanmelding"] > 20


def test_every_measurement_gives_a_figure(cijfers):
    assert [rij["aanmeldingen"] for rij in cijfers["schaal"]] == [100, 200]
    assert {rij["motor"] for rij in cijfers["plat"]} >= {"inkoop", "ifs, met de hand"}
    assert all(rij["us_per_aanmelding"] > 0 for rij in (*cijfers["plat"], *cijfers["schaal"]))
    assert all(waarde > 0 for waarde in cijfers["invoer"].values())


def test_an_engine_that_is_not_installed_is_named(cijfers):
    gemeten = {rij["motor"] for rij in cijfers["plat"]}
    anderen = {"common-expression-language", "jsonschema", "zen-engine"}
    assert set(cijfers["ontbreekt"]) == anderen - gemeten
