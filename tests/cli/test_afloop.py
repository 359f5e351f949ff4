"""How a run ends: codes, messages, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inkoop.cli.afloop import OnderbrokenError, end_of_run, write_foutverslag
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError


@pytest.fixture(autouse=True)
def verslagen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "staat"))
    return tmp_path / "staat" / "inkoop"


def fail(fout: BaseException) -> None:
    raise fout


def test_a_mendable_error_is_its_message_on_stderr_and_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert end_of_run(lambda: fail(InkoopError("Er is geen ronde M-1."))) == 1
    assert capsys.readouterr() == ("", "Er is geen ronde M-1.\n")


def test_who_stops_a_command_reads_what_stands_and_the_code_says_that_it_was_stopped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert end_of_run(lambda: fail(OnderbrokenError("De flow is gestopt."))) == 130
    assert capsys.readouterr().err == "De flow is gestopt.\n"


def test_every_beletsel_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    fout = BeletselenError("Dit kan niet.", [Beletsel("a", "Geen GO."), Beletsel("b", "Geen mandaat.")])

    assert end_of_run(lambda: fail(fout)) == 1
    assert capsys.readouterr().err.splitlines() == ["Dit kan niet.", "  - Geen GO.", "  - Geen mandaat."]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tmp_path / "weg.yaml"

    assert end_of_run(pad.read_bytes) == 1
    assert capsys.readouterr().err == f"'{pad}' bestaat niet.\n"


def test_an_unexpected_error_gives_code_70_and_a_file_without_its_message(
    verslagen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end_of_run(lambda: fail(KeyError("Jansen, 123456782"))) == 70

    melding = capsys.readouterr().err
    (verslag,) = verslagen.iterdir()
    assert str(verslag) in melding
    assert "KeyError" in melding
    assert "Traceback" not in melding
    assert "Jansen" not in melding + verslag.read_text()
    assert "builtins.KeyError" in verslag.read_text()
    assert f"{__file__}:" in verslag.read_text()


def test_the_report_follows_the_causes(verslagen: Path) -> None:
    try:
        try:
            fail(ValueError("binnen"))
        except ValueError as binnen:
            raise RuntimeError("buiten") from binnen
    except RuntimeError as buiten:
        tekst = write_foutverslag(buiten, datetime(2020, 3, 31, 12, 0, tzinfo=UTC)).read_text()

    assert tekst.index("builtins.RuntimeError") < tekst.index("builtins.ValueError")
    assert "2020-03-31T12:00:00+00:00" in tekst


def test_the_report_goes_elsewhere_when_the_home_folder_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "bestand"))

    pad = write_foutverslag(KeyError("x"), datetime(2020, 3, 31, 12, 0, tzinfo=UTC))

    assert pad.exists()
    pad.unlink()


def test_a_run_that_ends_well_is_code_0() -> None:
    assert end_of_run(lambda: None) == 0


@pytest.mark.slow
def test_the_installed_script_shows_dutch_and_no_traceback(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("inkoop")
    omgeving = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"}

    klaar = subprocess.run([script, "critera"], capture_output=True, check=False, env=omgeving)

    assert klaar.returncode == 2
    assert "Bedoelt u 'criteria'?" in klaar.stderr.decode()
    assert b"Traceback" not in klaar.stderr
