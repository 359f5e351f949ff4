"""What the flows did, as somebody at a terminal reads it: a narrow table, and each reason whole below it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inkoop.domain.procedure import Fase
from inkoop.services import aandrijving
from tests.cli.conftest import Draai
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import PROCEDURE

REDENEN = "- [fase] De procedure staat in voorbereiden; publiceren kan daarna.\n- [recht] Dit mag alleen een inkoper."


def test_each_reason_of_a_refusal_stands_whole_below_the_table(
    tmp_path: Path, draai: Draai, monkeypatch: pytest.MonkeyPatch
):
    proef = begin_procedure(tmp_path / "winkel", PROCEDURE)
    aandrijving.record_weigering(proef.huis, Fase.PUBLICEREN, PROCEDURE, "c.jansen", proef.klok.nu, REDENEN)
    proef.huis.winkel.close()
    monkeypatch.setenv("COLUMNS", "100")
    uit = draai("flow", "tikken", "--winkel", str(tmp_path / "winkel"))
    assert uit.exit_code == 0, uit.output
    tabel, _, meldingen = uit.stdout.partition("Meldingen (de nieuwste eerst):")
    assert "publiceren" in tabel
    assert "c.jansen" in tabel
    assert "voorbereiden" not in tabel
    assert meldingen.splitlines()[1].startswith(f"- publiceren {PROCEDURE}, ")
    assert [regel.strip() for regel in meldingen.splitlines()[1:] if "[recht]" in regel] == [
        "- [recht] Dit mag alleen een inkoper."
    ]
    (vorm,) = json.loads(draai("flow", "tikken", "--winkel", str(tmp_path / "winkel"), "--json").stdout)
    assert vorm["melding"] == REDENEN
