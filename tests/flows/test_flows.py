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
    opdracht = [sys.executable, "-c", "from inkoop.cli.app import main; main()", "flow", "start", fase.value]
    keuzes = ["--winkel", str(proef.huis.winkel.map), "--als", INKOPER, "--nu", proef.klok.tick().isoformat(), "--json"]
    klaar = subprocess.run(
        [*opdracht, *waarover, *keuzes],
        cwd=CHECKOUT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    return json.loads(klaar.stdout)


def test_there_is_a_flow_for_every_fase_in_order():
    assert list_stromen() == tuple(fase.value for fase in Fase)


@pytest.mark.slow
def test_a_flow_of_a_procedure_does_what_is_due_once_and_reports_the_open_steps(proef: Proef):
    eerste = start(proef, Fase.VOORBEREIDEN, "--procedure", PROCEDURE)
    assert eerste["fase"] == "voorbereiden"
    assert eerste["gedaan"] == ["naar de fase publiceren"]
    assert [taak["deel"] for taak in eerste["taken"]] == ["publicatiebesluit", "publicatie"]
    voor = read_alles(proef.huis.winkel.map)
    tweede = start(proef, Fase.VOORBEREIDEN, "--procedure", PROCEDURE)
    assert tweede == {**eerste, "gedaan": []}
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
