"""What every test run shares: no reports to anyone, a Prefect home of its own, reproducible examples."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

import inkoop  # noqa: F401  # switches usage reporting off before anything imports Prefect

_PREFECT_HOME = tempfile.mkdtemp(prefix="inkoop-prefect-")
os.environ["PREFECT_HOME"] = _PREFECT_HOME
atexit.register(shutil.rmtree, _PREFECT_HOME, ignore_errors=True)

# Settings of the person who runs the tests may not change what they show. Where the kits of third parties are
# stays in the environment: the workers of a parallel run are started with it after this was read.
_STANDAARDEN = os.environ.get("INKOOP_STANDAARDEN", "")
_BLIJFT = {"INKOOP_STANDAARDEN", "INKOOP_LANGE_SPELEN"}
for _naam in [naam for naam in os.environ if naam.startswith("INKOOP_") and naam not in _BLIJFT]:
    del os.environ[_naam]

# The same examples on every machine: a failure in CI is a failure at the desk.
hypothesis.settings.register_profile("huis", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("huis")

# What thousands of tests import lives to the end: looking at it again and again took a twentieth of the time.
gc.set_threshold(50_000, 25, 50)


def pytest_collection_finish() -> None:
    """What was loaded to collect the tests is not looked at by the collector any more."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout: the folder with `run`, `criteria/`, `sjablonen/` and `docs/`."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def standaarden() -> Path:
    """The folder with third-party validation kits; the test is skipped, with the reason, when it is not given."""
    if not _STANDAARDEN:
        pytest.skip("INKOOP_STANDAARDEN is niet gezet: wijs de map met de controlebestanden van derden aan")
    pad = Path(_STANDAARDEN)
    if not pad.is_dir():
        pytest.fail(f"INKOOP_STANDAARDEN wijst naar {pad}, en die map is er niet")
    return pad
