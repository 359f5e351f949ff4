"""The flows as Prefect runs them: each a tick that ends and lists what waits for people."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self

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


BALIE = """
import asyncio, contextlib, io, json, os, sys
from pathlib import Path
from inkoop.cli.app import main
from inkoop.cli.stroom import Prefectserver, prepare_prefect

prepare_prefect(Path(os.environ["PREFECT_HOME"]))
server = Prefectserver()
asyncio.run(server._await_gereed())
os.environ["PREFECT_API_URL"] = server._url
for regel in sys.stdin:
    woorden, omgeving = json.loads(regel)
    sys.argv = ["inkoop", *woorden]
    os.environ.update(omgeving)
    uit, fout, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(uit), contextlib.redirect_stderr(fout):
        try:
            main()
        except SystemExit as einde:
            code = einde.code or 0
    for naam in omgeving:
        del os.environ[naam]
    print(json.dumps([code, uit.getvalue(), fout.getvalue()]), flush=True)
server.stop()
"""
"""One process that takes commands as they are typed and has Prefect and a server of its own ready: each command that
brings these itself pays some ten seconds for them."""


class Balie:
    """Commands one after another, against a server that stays."""

    def __init__(self) -> None:
        self._proces = subprocess.Popen(
            [sys.executable, "-c", BALIE], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, woorden: list[str], omgeving: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """One command, and how it ended."""
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.write(json.dumps([woorden, omgeving]) + "\n")
        self._proces.stdin.flush()
        code, uit, fout = json.loads(self._proces.stdout.readline())
        return subprocess.CompletedProcess(woorden, code, uit, fout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """No more commands."""
        self._proces.communicate(timeout=600)


def make_woorden(proef: Proef, flow: str, *waarover: str) -> list[str]:
    """The command as an officer gives it."""
    keuzes = ["--winkel", str(proef.huis.winkel.map), "--als", INKOPER, "--nu", proef.klok.tick().isoformat(), "--json"]
    return ["flow", "start", flow, *waarover, *keuzes]


def call_alleen(woorden: list[str]) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, that brings its own server."""
    programma = [sys.executable, "-c", "from inkoop.cli.app import main; main()"]
    return subprocess.run(
        [*programma, *woorden], cwd=CHECKOUT, capture_output=True, text=True, timeout=900, check=False
    )


def test_there_is_a_flow_for_every_fase_in_order_and_four_by_the_clock():
    klok = ("instroom", "addendumcyclus", "bewaking", "verzoening")
    assert list_stromen() == (*(fase.value for fase in Fase), *klok)
    assert all(describe_stroom(naam) for naam in list_stromen())


@pytest.mark.slow
def test_a_flow_started_as_a_command_does_what_is_due_and_each_that_follows_does_it_once(proef: Proef, tmp_path: Path):
    eerste = call_alleen(make_woorden(proef, "verzoening"))
    assert eerste.returncode == 0, eerste.stderr
    assert json.loads(eerste.stdout)["gedaan"] == [f"voorbereiden {PROCEDURE}: naar de fase publiceren"]
    # The database of Prefect stands there from here on; two servers cannot both make it.
    with Balie() as balie:
        check_herhaald(proef, balie)
        check_weigering(proef, balie, tmp_path / "geen-criteria")
        proef.record_stappen(Fase.PUBLICEREN)
        assert start(proef, balie, Fase.PUBLICEREN, "--procedure", PROCEDURE)["gedaan"]
        check_verzegeld(proef, balie)


def start(proef: Proef, balie: Balie, fase: Fase, *waarover: str) -> dict[str, Any]:
    """The report of a flow that must succeed."""
    klaar = balie.call(make_woorden(proef, fase.value, *waarover), {})
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    verslag: dict[str, Any] = json.loads(klaar.stdout)
    return verslag


def check_herhaald(proef: Proef, balie: Balie) -> None:
    """What was done is not done again; what waits for people is said."""
    voor = read_alles(proef.huis.winkel.map)
    tweede = start(proef, balie, Fase.VOORBEREIDEN, "--procedure", PROCEDURE)
    assert (tweede["fase"], tweede["gedaan"]) == ("voorbereiden", [])
    assert [taak["deel"] for taak in tweede["taken"]] == ["publicatiebesluit", "publicatie"]
    assert read_alles(proef.huis.winkel.map) == voor


def check_weigering(proef: Proef, balie: Balie, leeg: Path) -> None:
    """What cannot be done is said without a traceback and kept, and changes nothing."""
    voor = read_alles(proef.huis.winkel.map)
    leeg.mkdir()
    fout = balie.call(make_woorden(proef, "publiceren", "--procedure", PROCEDURE), {"INKOOP_CRITERIA": str(leeg)})
    assert fout.returncode == 1
    assert str(leeg) in fout.stderr
    assert "Traceback" not in fout.stdout + fout.stderr
    laatste = list_tikken(proef.huis, aantal=1)[0]
    assert (laatste.flow, laatste.stand, laatste.gevraagd_door) == ("publiceren", "mislukt", INKOPER)
    assert read_alles(proef.huis.winkel.map) == voor


def check_verzegeld(proef: Proef, balie: Balie) -> None:
    """Before the opening a flow of the round reads nothing, and reports who must open."""
    kenmerk = proef.submit(find_scenario("M1").aanmelding, ontvangen_op=datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE))
    proef.klok.set(NA_SLUITING)
    verslag = start(proef, balie, Fase.SELECTEREN, "--ronde", RONDE)
    assert [(taak["rol"], taak["wat"], taak["onderwerp"]) for taak in verslag["taken"]] == [
        ("inkoper", "om de opening van de ronde vragen", RONDE)
    ]
    with proef.huis.winkel.lezen() as sessie:
        assert not documenten.list_documenten(sessie, onderwerp=kenmerk)  # sealed: its papers follow at the opening
    voor = read_alles(proef.huis.winkel.map)
    assert start(proef, balie, Fase.SELECTEREN, "--ronde", RONDE)["gedaan"] == []
    assert read_alles(proef.huis.winkel.map) == voor
