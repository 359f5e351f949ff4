"""No library reports about its use, in whichever way the product is started."""

import os
import subprocess
import sys

import pytest

from inkoop import GEEN_TELEMETRIE
from tests.architecture.broncode import CHECKOUT


def _run(code: str, **extra: str) -> str:
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam not in {*GEEN_TELEMETRIE, "CI"}}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=omgeving | extra, capture_output=True, text=True, check=True
    ).stdout.strip()


TOON = f"import os; print(*[os.environ.get(naam) for naam in {list(GEEN_TELEMETRIE)!r}])"


@pytest.mark.parametrize("ingang", ["inkoop", "flows", "inkoop.domain.procedure", "inkoop.doctor"])
def test_every_entrance_switches_reporting_off(ingang):
    assert _run(f"import {ingang}; {TOON}").split() == list(GEEN_TELEMETRIE.values())


def test_without_the_product_nothing_would_be_switched_off():
    assert set(_run(TOON).split()) == {"None"}


def test_the_choice_of_an_administrator_stays():
    assert _run(f"import inkoop; {TOON}", DO_NOT_TRACK="0").split()[0] == "0"


@pytest.mark.slow
def test_prefect_itself_says_that_it_reports_nothing():
    vraag = (
        "import inkoop\n"
        "from prefect._internal.analytics.enabled import is_telemetry_enabled\n"
        "from prefect.settings import get_current_settings as s\n"
        "print(is_telemetry_enabled(), s().server.analytics_enabled, s().cloud.enable_orchestration_telemetry)"
    )
    assert _run(vraag) == "False False False"


def test_the_start_script_switches_reporting_off_as_well():
    script = (CHECKOUT / "run").read_text()
    assert "export DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false" in script
