"""What the product needs while it runs comes along when it is packed."""

import subprocess
import tomllib

from tests.architecture.broncode import CHECKOUT, list_bestanden, show


def test_every_data_file_inside_the_package_is_packed():
    # hatchling packs all files of these packages, except those that git ignores.
    pakketten = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert pakketten == {"packages": ["inkoop", "flows"]}
    genegeerd = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "inkoop", "flows"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert [pad for pad in genegeerd if "__pycache__" not in pad] == []


def test_every_dependency_has_a_lower_bound():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert [eis for eis in project["dependencies"] if ">=" not in eis and "==" not in eis] == []


def test_the_scheduler_and_the_server_keep_versions_that_work_together():
    eisen = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {"prefect==3.8.8", "fastapi>=0.139,<0.151", "sqlalchemy[asyncio]>=2.0,<2.1"} <= set(eisen)


def test_the_lock_file_holds_versions_that_work_together():
    slot = tomllib.loads((CHECKOUT / "uv.lock").read_text())["package"]
    versies = {pakket["name"]: tuple(int(deel) for deel in pakket["version"].split(".")[:2]) for pakket in slot
               if pakket["name"] in {"prefect", "fastapi", "sqlalchemy"}}  # fmt: skip
    assert versies["prefect"] == (3, 8)
    assert (0, 139) <= versies["fastapi"] < (0, 151)
    assert (2, 0) <= versies["sqlalchemy"] < (2, 1)


def test_everything_is_fetched_from_the_public_registry_with_its_hash():
    slot = tomllib.loads((CHECKOUT / "uv.lock").read_text())["package"]
    bronnen = {str(pakket["source"]) for pakket in slot if pakket["name"] != "inkoop"}
    assert bronnen == {"{'registry': 'https://pypi.org/simple'}"}
    bestanden = [bestand for pakket in slot for bestand in pakket.get("wheels", [])]
    assert [bestand["url"] for bestand in bestanden if not bestand["hash"].startswith("sha256:")] == []


def test_scripts_can_be_executed():
    scripts = [CHECKOUT / "run", CHECKOUT / ".ci" / "run"]
    assert [show(pad) for pad in scripts if not pad.stat().st_mode & 0o111] == []
    assert set(scripts) <= set(list_bestanden(""))
