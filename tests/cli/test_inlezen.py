"""`aanmelding sjabloon` and `importeer` as people type them; the mappings of the manual can be loaded."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inkoop.definitions.koppeling import load_koppeling
from inkoop.definitions.yamlbron import read_yaml
from tests.cli.conftest import Draai
from tests.cli.handleidingtekst import HANDLEIDING
from tests.exchange.invullen import fill_in


@pytest.fixture
def export(draai: Draai, zet_klaar: Callable[[str], Path], oefenwinkels: Path) -> None:
    """A published round, a filled form with its evidence, and the export of a platform."""
    zet_klaar("Aanmelden")
    gemaakt = draai(
        "aanmelding", "sjabloon", "M-2020-2", "--naar", "leeg.xlsx", "--als", "i.dekker", "--nu", "2020-02-03T09:00"
    )
    assert gemaakt.exit_code == 0, gemaakt.stderr
    map_ = Path(shutil.copytree(oefenwinkels.parent / "lindehof", "bewijs/R-1"))
    (map_ / "aanmelding.xlsx").write_bytes(
        fill_in(Path("leeg.xlsx").read_bytes(), read_yaml(map_ / "aanmelding.yaml").waarde)
    )
    (map_ / "aanmelding.yaml").unlink()
    Path("export.csv").write_text("Nummer;Ingediend\nR-1;12-03-2020 10:41:00\nR-2;13-03-2020 10:41:00\n")
    Path("koppeling.yaml").write_text(
        "platform: Inkoopplatform Regio Meierij\nreferentie: {kolom: Nummer}\nontvangen_op: {kolom: Ingediend}\n"
        "formulier: aanmelding.xlsx\n"
    )


@pytest.mark.usefixtures("export")
def test_an_export_is_shown_first_then_taken_in_and_never_twice(draai: Draai) -> None:
    opdracht = (
        "aanmelding", "importeer", "export.csv", "--ronde", "M-2020-2", "--koppeling", "koppeling.yaml",
        "--bewijs", "bewijs", "--als", "i.dekker", "--nu", "2020-04-01T08:00",
    )  # fmt: skip
    proef = draai(*opdracht)
    assert proef.exit_code == 1
    assert "Rij 3 (R-2) wordt geweigerd:" in proef.stdout
    assert "In te lezen: 1 op tijd en 0 te laat. Al eerder ingelezen: 0. Geweigerd: 1." in proef.stdout
    assert "Er is nog niets opgeslagen." in proef.stdout

    echt = draai(*opdracht, "--voer-uit")
    assert "Ingelezen: 1 op tijd en 0 te laat." in echt.stdout
    assert "M-2020-2-A001" in echt.stdout

    nog_eens = draai(*opdracht, "--voer-uit")
    assert "Ingelezen: 0 op tijd en 0 te laat. Al eerder ingelezen: 1. Geweigerd: 1." in nog_eens.stdout
    assert draai("audit", "controleer").exit_code == 0


@pytest.mark.usefixtures("export")
def test_a_form_is_an_excel_file(draai: Draai) -> None:
    resultaat = draai(
        "aanmelding", "sjabloon", "M-2020-2", "--naar", "leeg.pdf", "--als", "i.dekker", "--nu", "2020-02-03T09:00"
    )
    assert resultaat.exit_code != 0
    assert ".xlsx" in resultaat.stderr


def test_the_mappings_of_the_manual_can_be_loaded(tmp_path: Path) -> None:
    blokken = re.findall(r"```yaml\n(.*?)```", (HANDLEIDING / "importeren.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blokken) == 2
    for nummer, blok in enumerate(blokken):
        (tmp_path / f"{nummer}.yaml").write_text(blok, encoding="utf-8")
        assert load_koppeling(tmp_path / f"{nummer}.yaml").platform == "Inkoopplatform Regio Meierij"
