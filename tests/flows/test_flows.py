"""The flows as Prefect runs them: each a tick that ends and lists what waits for people."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import INKOPER
from inkoop.cli.stroom import list_stromen
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.services import documenten
from inkoop.services.aandrijving import list_tikken
from inkoop.services.flowstart import describe_stroom
from inkoop.settings import CHECKOUT
from tests.services.proefspel import (
    PROCEDURE,
    RONDE,
    Proef,
    create_spel,
    find_scenario,
    make_plaatsvervanger,
    read_alles,
)

NA_SLUITING = datetime(2020, 4, 1, 9, tzinfo=TIJDZONE)


@pytest.fixture
def proef(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proef]:
    """A procedure of which every step of the preparation was recorded."""
    monkeypatch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
    spel = create_spel(
        tmp_path, group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    )
    spel.prepare()
    yield Proef(spel.huis, spel.spel.klok, PROCEDURE, RONDE)
    spel.huis.winkel.close()


def start(proef: Proef, fase: Fase, *waarover: str) -> dict[str, Any]:
    """Run a flow on the store from the command line."""
    klaar = call(proef, fase.value, *waarover)
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    return json.loads(klaar.stdout)


def call(proef: Proef, flow: str, *waarover: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    """The command as an officer gives it, and how it ended."""
    opdracht = [sys.executable, "-c", "from inkoop.cli.app import main; main()", "flow", "start", flow]
    keuzes = ["--winkel", str(proef.huis.winkel.map), "--als", INKOPER, "--nu", proef.klok.tick().isoformat(), "--json"]
    return subprocess.run(
        [*opdracht, *waarover, *keuzes],
        cwd=CHECKOUT,
        env={**os.environ, **omgeving},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_there_is_a_flow_for_every_fase_in_order_and_four_by_the_clock():
    klok = ("instroom", "addendumcyclus", "bewaking", "verzoening")
    assert list_stromen() == (*(fase.value for fase in Fase), *klok)
    assert all(describe_stroom(naam) for naam in list_stromen())


@pytest.mark.slow
def test_what_is_due_is_done_once_and_what_cannot_be_done_is_said_without_a_traceback(proef: Proef, tmp_path: Path):
    eerste = call(proef, "verzoening")
    assert eerste.returncode == 0, eerste.stderr
    assert json.loads(eerste.stdout)["gedaan"] == [f"voorbereiden {PROCEDURE}: naar de fase publiceren"]
    voor = read_alles(proef.huis.winkel.map)
    tweede = start(proef, Fase.VOORBEREIDEN, "--procedure", PROCEDURE)
    assert (tweede["fase"], tweede["gedaan"]) == ("voorbereiden", [])
    assert [taak["deel"] for taak in tweede["taken"]] == ["publicatiebesluit", "publicatie"]
    assert read_alles(proef.huis.winkel.map) == voor
    leeg = tmp_path / "geen-criteria"
    leeg.mkdir()
    fout = call(proef, "publiceren", "--procedure", PROCEDURE, INKOOP_CRITERIA=str(leeg))
    assert fout.returncode == 1
    assert str(leeg) in fout.stderr
    assert "Traceback" not in fout.stdout + fout.stderr
    laatste = list_tikken(proef.huis, aantal=1)[0]
    assert (laatste.flow, laatste.stand, laatste.gevraagd_door) == ("publiceren", "mislukt", INKOPER)
    assert read_alles(proef.huis.winkel.map) == voor


@pytest.mark.slow
def test_a_flow_of_a_round_reads_nothing_before_the_opening_and_reports_who_must_open(proef: Proef):
    proef.tick(Fase.VOORBEREIDEN)
    proef.record_stappen(Fase.PUBLICEREN)
    proef.tick(Fase.PUBLICEREN)
    kenmerk = proef.submit(find_scenario("M1").aanmelding, ontvangen_op=datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE))
    proef.klok.set(NA_SLUITING)
    verslag = start(proef, Fase.SELECTEREN, "--ronde", RONDE)
    assert [(taak["rol"], taak["wat"], taak["onderwerp"]) for taak in verslag["taken"]] == [
        ("inkoper", "om de opening van de ronde vragen", RONDE)
    ]
    with proef.huis.winkel.lezen() as sessie:
        assert not documenten.list_documenten(sessie, onderwerp=kenmerk)  # sealed: its papers follow at the opening
    voor = read_alles(proef.huis.winkel.map)
    assert start(proef, Fase.SELECTEREN, "--ronde", RONDE)["gedaan"] == []
    assert read_alles(proef.huis.winkel.map) == voor
