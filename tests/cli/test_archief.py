"""`inkoop archief` from the list to the statement: what a person sees, and what is refused with what to do next."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inkoop.cli.app import app
from inkoop.cli.demo.personen import JURIST
from tests.services.ingetrokken import ARCHIVARIS, PROCEDURE, VRIJ, begin_ingetrokken

Draaien = Callable[..., tuple[int, str]]


@pytest.fixture
def draaien(tmp_path: Path) -> Draaien:
    proef, _, _ = begin_ingetrokken(tmp_path / "dossiers")
    proef.huis.winkel.close()
    uur = iter(range(8, 24))

    def run(*woorden: str, als: str = ARCHIVARIS) -> tuple[int, str]:
        vast = ["--als", als, "--winkel", str(tmp_path / "dossiers"), "--nu", f"{VRIJ.isoformat()}T{next(uur):02d}:00"]
        resultaat = CliRunner().invoke(app, ["archief", *woorden, *vast], prog_name="inkoop")
        return resultaat.exit_code, resultaat.output

    return run


WEG = "H-2019-A009"
LOPEND = "HVB-2019-0001"


def test_what_may_go_is_shown_held_released_listed_approved_by_another_and_destroyed(draaien: Draaien, tmp_path: Path):
    code, tekst = draaien("termijnen", PROCEDURE, "--json")
    regels = {een["soort"]: een for een in json.loads(tekst)}
    assert (code, regels["intrekking"]["jaren"], regels["intrekking"]["vastgesteld"]) == (0, 1, "nee")
    assert "de archivaris stelt de termijn vast" in regels["overeenkomst"]["bron"]

    code, tekst = draaien("lijst", "--vrij", "--json")
    assert (code, [een["naam"] for een in json.loads(tekst)]) == (0, [WEG])
    assert draaien("lijst", "--naar", str(tmp_path / "d.csv"))[0] == 0
    assert LOPEND in (tmp_path / "d.csv").read_text(encoding="utf-8-sig")

    assert draaien("vasthouden", WEG, "--reden", "claim aangekondigd", als=JURIST)[0] == 0
    code, tekst = draaien("voorstel", "vernietiging", WEG, LOPEND, "--toelichting", "jaarlijks")
    assert code == 1
    for reden in ("claim aangekondigd", "de overeenkomst is nog niet geëindigd"):
        assert reden in tekst  # all reasons at once
    assert draaien("vrijgeven", WEG, "--reden", "claim ingetrokken", als=JURIST)[0] == 0
    code, tekst = draaien("voorstel", "vernietiging", "--toelichting", "jaarlijks")
    assert (code, "V-0001" in tekst, "1 dossiers" in tekst) == (0, True, True)

    code, tekst = draaien("goedkeuren", "V-0001")
    assert (code, "iemand anders" in tekst.lower()) == (1, True)
    code, tekst = draaien("vernietig", "V-0001", "--voer-uit")
    assert (code, "voorgesteld" in tekst) == (1, True)
    code, tekst = draaien("goedkeuren", "V-0001", "--zonder", WEG, als=JURIST)
    assert (code, "--zonder DOSSIER=REDEN" in tekst) == (2, True)
    assert draaien("goedkeuren", "V-0001", als=JURIST)[0] == 0

    code, tekst = draaien("vernietig", "V-0001")
    assert (code, "zou worden vernietigd" in tekst, "Er is niets vernietigd" in tekst) == (0, True, True)
    code, tekst = draaien("vernietig", "V-0001", "--voer-uit")
    assert (code, f"vernietigd: {WEG}" in tekst, "verklaring van vernietiging" in tekst) == (0, True, True)
    code, tekst = draaien("lijst", "--over", PROCEDURE)
    assert "vernietigd op 4 januari 2021 (V-0001)" in " ".join(tekst.split())


def test_a_transfer_is_refused_for_what_is_to_be_destroyed_and_for_a_name_that_is_no_zip(
    draaien: Draaien, tmp_path: Path
):
    code, tekst = draaien("voorstel", "overbrenging", WEG, "--toelichting", "overdracht")
    assert (code, "hoort niet op deze lijst" in tekst) == (1, True)
    code, tekst = draaien("overbrengen", "O-0001", "--naar", str(tmp_path / "a.tar"))
    assert (code, ".zip" in tekst) == (2, True)
    code, tekst = draaien("overbrengen", "O-0001", "--naar", str(tmp_path / "a.zip"))
    assert (code, "O-0001" in tekst, (tmp_path / "a.zip").exists()) == (1, True, False)
    assert not zipfile.is_zipfile(tmp_path / "a.zip")


def test_a_file_is_closed_with_an_index_and_a_procedure_that_runs_is_not(draaien: Draaien, tmp_path: Path):
    code, tekst = draaien("sluit", PROCEDURE)
    assert (code, LOPEND in tekst) == (1, True)
    code, tekst = draaien("sluit", WEG, "--naar", str(tmp_path / "index.xlsx"))
    assert (code, f"{WEG} is gesloten" in tekst) == (0, True)
    assert (tmp_path / "index.xlsx").read_bytes()[:2] == b"PK"
    code, tekst = draaien("sluit", "bestaat-niet")
    assert (code, "bestaat-niet" in tekst) == (1, True)
