"""The import contracts hold, and they would notice when they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.broncode import CHECKOUT

pytestmark = pytest.mark.slow


def _lint_imports(map_: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=map_,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def kopie(tmp_path):
    """A copy of the product in which a test may break a rule."""
    for map_ in ("inkoop", "flows"):
        shutil.copytree(CHECKOUT / map_, tmp_path / map_, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_import_only_what_is_below_them():
    uitvoer = _lint_imports(CHECKOUT)
    assert uitvoer.returncode == 0, uitvoer.stdout + uitvoer.stderr


@pytest.mark.parametrize(
    ("module", "regel", "contract"),
    [
        ("inkoop/domain/fouten.py", "import inkoop.storage", "Each floor imports only"),
        ("inkoop/documents/__init__.py", "import inkoop.storage", "Each floor imports only"),
        ("inkoop/domain/fouten.py", "import sqlalchemy", "Rules are pure"),
        ("inkoop/settings.py", "import flows", "never imports its flows"),
        ("flows/__init__.py", "import inkoop.storage", "A flow asks services"),
    ],
)
def test_an_import_against_the_stream_is_refused(kopie, module, regel, contract):
    with (kopie / module).open("a") as bestand:
        bestand.write(f"\n{regel}\n")
    uitvoer = _lint_imports(kopie)
    assert uitvoer.returncode == 1, uitvoer.stdout + uitvoer.stderr
    assert any(contract in deel and "BROKEN" in deel for deel in uitvoer.stdout.replace("\n", " ").split("KEPT"))


def test_a_module_without_a_floor_is_refused(kopie):
    (kopie / "inkoop" / "los.py").write_text("")
    uitvoer = _lint_imports(kopie)
    assert uitvoer.returncode == 1
    assert "inkoop.los" in uitvoer.stdout
