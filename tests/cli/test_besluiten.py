"""Deciding: checked by a jurist, taken under mandate, by somebody who did not prepare it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from inkoop.domain.procedure import Fase
from tests.cli.conftest import Draai
from tests.cli.oefenronde import tick

RONDE = "M-2020-2"


@pytest.fixture
def ronde(draai: Draai, zet_klaar: Callable[[str], Path]) -> Draai:
    """The round of the manual with its besluiten proposed."""
    tick(zet_klaar("Concretiseren"), Fase.CONCRETISEREN, RONDE, "2020-04-22T10:30")

    def run(*woorden: str, nu: str = "2020-05-15T09:00") -> Result:
        return draai(*woorden, "--nu", nu)

    return run


def test_proposals_are_listed_with_their_products(ronde: Draai) -> None:
    regels = json.loads(ronde("besluiten", "lijst", RONDE, "--als", "j.hendriks", "--json").stdout)

    assert [(r["perceel"], r["besluit"], r["status"]) for r in regels] == [
        ("1A", "toegelaten", "concept"),
        ("1B", "toegelaten", "concept"),
    ]
    assert regels[1]["producten"] == ["DB-basis", "DB-extra"]


def test_besluiten_are_checked_before_they_are_taken(ronde: Draai) -> None:
    zonder = ronde("besluiten", "nemen", RONDE, "--als", "w.verbeek")
    assert "Er zijn geen besluiten met de status 'gecontroleerd'." in zonder.stderr

    assert ronde("besluiten", "controleren", RONDE, "--als", "j.hendriks").stdout == (
        "2 besluiten van ronde M-2020-2 gecontroleerd.\n"
    )
    assert ronde("besluiten", "nemen", RONDE, "--als", "w.verbeek").exit_code == 0
    regels = json.loads(ronde("besluiten", "lijst", RONDE, "--als", "j.hendriks", "--json").stdout)
    assert {(r["status"], r["kenmerk"]) for r in regels} == {("genomen", "M-2020-2-B01")}


@pytest.mark.parametrize(
    ("als", "zegt"),
    [
        ("i.dekker", "De rol inkoper mag dit niet: besluit controleren."),
        ("w.verbeek", "De rol gemandateerde mag dit niet: besluit controleren."),
    ],
)
def test_only_a_jurist_checks(ronde: Draai, als: str, zegt: str) -> None:
    resultaat = ronde("besluiten", "controleren", RONDE, "--als", als)

    assert resultaat.exit_code == 1
    assert zegt in resultaat.stderr


def test_a_mandate_that_has_expired_takes_no_besluit(ronde: Draai) -> None:
    ronde("besluiten", "controleren", RONDE, "--als", "j.hendriks")

    laatste_dag = "2023-12-31T23:59:59"
    te_laat = ronde("besluiten", "nemen", RONDE, "--als", "w.verbeek", nu="2024-01-01T00:00:00")
    op_tijd = ronde("besluiten", "nemen", RONDE, "--als", "w.verbeek", nu=laatste_dag)

    assert te_laat.exit_code == 1
    assert "mandaat" in te_laat.stderr.lower()
    assert op_tijd.exit_code == 0, op_tijd.stderr


def test_nothing_is_sent_before_its_letter_is_approved(ronde: Draai) -> None:
    ronde("besluiten", "controleren", RONDE, "--als", "j.hendriks")
    ronde("besluiten", "nemen", RONDE, "--als", "w.verbeek")

    resultaat = ronde("besluiten", "verzenden", RONDE, "--als", "i.dekker")

    assert resultaat.exit_code == 1
    assert "is nog niet goedgekeurd" in resultaat.stderr


def test_repair_evidence_without_a_request_is_refused_and_faults_are_named(draai: Draai, ronde: Draai) -> None:
    Path("aanvulling.yaml").write_text(
        "aanleiding: herstel\nbewijsstukken:\n  - bestand: a.pdf\n    omschrijving: A\n    lid: noor\n    feiten: []\n"
    )
    woorden = ("herstel", "ontvangen", "M-2020-2-A001", "aanvulling.yaml", "--als", "m.lindeboom")

    fout = ronde(*woorden)
    assert fout.exit_code == 1
    assert "aanvulling.yaml:5:10: 'noor' staat niet onder 'leden'." in fout.stderr

    Path("aanvulling.yaml").write_text("aanleiding: indiening\nbewijsstukken: []\n")
    verwacht = "aanvulling.yaml:1:13: De waarde 'indiening' is hier niet bekend. Mogelijk: herstel, voorwaarde."
    assert verwacht in ronde(*woorden).stderr

    Path("aanvulling.yaml").write_text("aanleiding: herstel\nbewijsstukken: []\n")
    assert "is geen herstelverzoek verzonden" in ronde(*woorden).stderr
