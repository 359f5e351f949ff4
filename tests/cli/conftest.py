"""What the tests of the command line share: a copy of the definitions to spoil, and a way to run."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inkoop.cli.app import app
from inkoop.settings import CHECKOUT
from tests.cli.oefenronde import play_until

Draai = Callable[..., Result]


@pytest.fixture(autouse=True)
def omgeving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with copies of the real criteria and procedures; error reports stay inside it."""
    for map_ in ("criteria", "procedures"):
        shutil.copytree(CHECKOUT / map_, tmp_path / map_)
        monkeypatch.setenv(f"INKOOP_{map_.upper()}", map_)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "staat"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("INKOOP_WINKEL", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def draai() -> Draai:
    """Run the command line as a person does, with the words of one line."""

    def run(*woorden: str) -> Result:
        return CliRunner().invoke(app, list(woorden), prog_name="inkoop")

    return run


@pytest.fixture(scope="session")
def oefenwinkels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of the manual as it stands at the beginning of each chapter up to Concretiseren."""
    map_ = tmp_path_factory.mktemp("oefenronde")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(map_)
        patch.setenv("INKOOP_WINKEL", "oefenwinkel")
        for titel in play_until(map_ / "oefenwinkel", "Concretiseren"):
            if (map_ / "oefenwinkel").exists():
                shutil.copytree(map_ / "oefenwinkel", map_ / "standen" / titel)
    return map_ / "standen"


@pytest.fixture
def zet_klaar(oefenwinkels: Path, omgeving: Path) -> Callable[[str], Path]:
    """Put the store of a chapter in the working folder, under the name that commands look for by themselves."""

    def zet(hoofdstuk: str) -> Path:
        for map_ in ("sleutels", "sleutelkopie"):
            if (sleutels := oefenwinkels.parent / f"oefenwinkel-{map_}").exists():
                shutil.copytree(sleutels, omgeving / f"winkel-{map_}")
        return Path(shutil.copytree(oefenwinkels / hoofdstuk, omgeving / "winkel"))

    return zet


def spoil(pad: Path, oud: str, nieuw: str, *, gericht_op: str | None = None) -> str:
    """Replace the first `oud` in a file; gives `line:column` of `gericht_op` (default: `nieuw`) in it."""
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst, oud
    begin = tekst.index(oud)
    tekst = tekst[:begin] + nieuw + tekst[begin + len(oud) :]
    pad.write_text(tekst, encoding="utf-8")
    plek = tekst.index(gericht_op or nieuw, begin)
    return f"{tekst.count(chr(10), 0, plek) + 1}:{plek - tekst.rfind(chr(10), 0, plek)}"


def list_bestanden(map_: Path) -> dict[str, str]:
    """Every file under a folder with its hash, to see that nothing was written."""
    return {
        str(pad.relative_to(map_)): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in sorted(map_.rglob("*"))
        if pad.is_file()
    }
