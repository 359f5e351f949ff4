"""Repair by hand: something is missing, it is asked for, checked by another, sent, answered in time or not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from inkoop import bootstrap
from inkoop.cli.opties import read_tijdstip
from inkoop.domain.procedure import Fase
from inkoop.services import fasewerk
from tests.cli.conftest import Draai
from tests.cli.oefenronde import tick

A, RONDE = "M-2020-2-A001", "M-2020-2"
STUK = r"^- bestand: kvk-uittreksel.pdf\n(?:  .*\n)+"


@pytest.fixture
def verzoek(draai: Draai, zet_klaar: Callable[[str], Path]) -> Draai:
    """The round of the manual without the extract: every fact established and judged, the request drafted."""
    winkel = zet_klaar("Aanmelden")

    def run(*woorden: str, nu: str) -> Result:
        resultaat = draai(*woorden, "--nu", nu)
        assert resultaat.exit_code == 0, (woorden, resultaat.output)
        return resultaat

    draai("aanmelding", "voorbeeld", "meierij-wmo/M1", "--naar", "lindehof")
    bestand = Path("lindehof/aanmelding.yaml")
    tekst = bestand.read_text(encoding="utf-8")
    stuk = re.search(STUK, tekst, re.MULTILINE)
    assert stuk is not None
    bestand.write_text(tekst.replace(stuk[0], ""), encoding="utf-8")
    Path("aanvulling.yaml").write_text(f"aanleiding: herstel\nbewijsstukken:\n{stuk[0]}", encoding="utf-8")
    run("aanmelding", "indienen", str(bestand), "--ronde", RONDE, "--als", "m.lindeboom", nu="2020-03-12T10:41")
    dag = "2020-04-01T10:00"
    run("ronde", "verzoek", RONDE, "--als", "i.dekker", nu=dag)
    run("ronde", "open", RONDE, "--als", "j.hendriks", nu=dag)
    run("ronde", "belangen", RONDE, "--belang", "geen", "--toelichting", "Geen.", "--als", "b.vanloon", nu=dag)
    run("ronde", "belangen", RONDE, "--belang", "geen", "--toelichting", "Geen.", "--als", "j.hendriks", nu=dag)
    run("feiten", "vaststellen", A, "--alle", "--reden", "gelezen", "--als", "b.vanloon", nu=dag)
    tick(winkel, Fase.SELECTEREN, RONDE, "2020-04-01T11:00")
    return draai


def make_documenten(nu: str) -> None:
    huis = bootstrap.open_huis(Path("winkel"))
    try:
        fasewerk.render_alles(huis, bootstrap.act_as_systeem(huis, read_tijdstip(nu)))
    finally:
        huis.winkel.close()


def list_verzoeken(draai: Draai) -> list[dict[str, object]]:
    return json.loads(
        draai("herstel", "lijst", RONDE, "--als", "i.dekker", "--nu", "2020-04-22T09:00", "--json").stdout
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ontvangen", "melding", "uitkomst"),
    [
        ("2020-04-21T23:59:59", "is op tijd ontvangen.", "voldoet"),
        ("2020-04-22T00:00:00", "is te laat ontvangen: zij blijft bewaard en telt niet mee.", "voldoet_niet"),
    ],
)
def test_what_is_missing_is_asked_for_and_counts_when_it_comes_in_time(
    verzoek: Draai, ontvangen: str, melding: str, uitkomst: str
) -> None:
    (concept,) = list_verzoeken(verzoek)
    assert concept["status"] == "concept"
    assert [punt["criterium"] for punt in concept["punten"]] == ["U-02"]
    make_documenten("2020-04-02T09:00")
    for opdracht, wie in (("controleren", "j.hendriks"), ("verzenden", "i.dekker")):
        assert verzoek("herstel", opdracht, A, "--als", wie, "--nu", "2020-04-07T09:00").exit_code == 0
    beantwoord = ("herstel", "ontvangen", A, "aanvulling.yaml", "--bewijs", "lindehof", "--als", "m.lindeboom")

    antwoord = verzoek(*beantwoord, "--nu", ontvangen)

    assert antwoord.stdout == f"De aanvulling bij {A} {melding}\n"
    dag = "2020-04-22T09:00"
    verzoek("feiten", "vaststellen", A, "--alle", "--reden", "gelezen", "--als", "b.vanloon", "--nu", dag)
    tick(Path("winkel"), Fase.SELECTEREN, RONDE, dag)
    toets = json.loads(verzoek("aanmelding", "toon", A, "--als", "i.dekker", "--nu", dag, "--json").stdout)["toets"]
    assert {b["uitkomst"] for b in toets["bevindingen"] if b["criterium"] == "U-02"} == {uitkomst}


@pytest.mark.slow
def test_a_request_is_not_sent_before_it_was_checked_nor_by_who_checked_it(verzoek: Draai) -> None:
    make_documenten("2020-04-02T09:00")
    vroeg = verzoek("herstel", "verzenden", A, "--als", "i.dekker", "--nu", "2020-04-07T09:00")
    rol = verzoek("herstel", "controleren", A, "--als", "i.dekker", "--nu", "2020-04-07T09:00")

    assert vroeg.exit_code == 1
    assert "status 'concept'" in vroeg.stderr
    assert "De rol inkoper mag dit niet: herstelverzoek controleren." in rol.stderr


@pytest.mark.slow
def test_an_answer_with_a_wrong_file_is_refused_whole(verzoek: Draai) -> None:
    make_documenten("2020-04-02T09:00")
    verzoek("herstel", "controleren", A, "--als", "j.hendriks", "--nu", "2020-04-07T09:00")
    verzoek("herstel", "verzenden", A, "--als", "i.dekker", "--nu", "2020-04-07T09:00")
    Path("lindehof/kvk-uittreksel.pdf").write_bytes(b"")

    resultaat = verzoek(
        "herstel", "ontvangen", A, "aanvulling.yaml", "--bewijs", "lindehof", "--als", "m.lindeboom",
        "--nu", "2020-04-10T09:00",
    )  # fmt: skip

    assert resultaat.exit_code == 1
    assert "er is niets bewaard" in resultaat.stderr
    assert list_verzoeken(verzoek)[0]["status"] == "verzonden"
