import json
import subprocess
import sys

import pytest

from tests.architecture.broncode import CHECKOUT

pytestmark = pytest.mark.slow


def test_the_measurement_of_criteria_covers_every_example_that_was_in_time():
    uitvoer = subprocess.run(
        [sys.executable, CHECKOUT / "benchmarks" / "criteria.py", "--json", "--herhalingen", "1"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    zaken = json.loads(uitvoer)["zaken"]
    assert {zaak["zaak"][:2] for zaak in zaken} == {"M1", "M2", "M3", "M4", "M5"}
    assert [zaak for zaak in zaken if not zaak["bevindingen"] or zaak["toets_us"] <= 0] == []
