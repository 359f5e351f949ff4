"""The round of the manual, typed line by line: real flows, real documents, from an empty store to the addendum."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inkoop.settings import CHECKOUT
from tests.cli.handleidingspel import list_laatste_flow, run

CONTRACT = "RM-2020-0001"


@pytest.fixture(scope="module")
def gespeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the manual was played."""
    map_ = tmp_path_factory.mktemp("met-de-hand")
    weg = ("INKOOP_", "PREFECT_")
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(weg)}
    klaar = subprocess.run(
        [sys.executable, "-m", "tests.cli.handleidingspel"],
        cwd=map_,
        env={**omgeving, "PYTHONPATH": str(CHECKOUT), "XDG_STATE_HOME": str(map_ / "staat")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stderr[-4000:]
    return map_


@pytest.fixture
def uitvoer(gespeeld: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What each line printed; the folder of the play is the working folder."""
    monkeypatch.chdir(gespeeld)
    monkeypatch.setenv("INKOOP_WINKEL", "oefenwinkel")
    for naam in ("INKOOP_CRITERIA", "INKOOP_PROCEDURES"):
        monkeypatch.delenv(naam)
    gelezen: dict[str, str] = json.loads(Path("uitvoer.json").read_text(encoding="utf-8"))
    return gelezen


def read(*woorden: str) -> object:
    resultaat = run(*woorden, "--json")
    assert resultaat.exit_code == 0, resultaat.output
    return json.loads(resultaat.stdout)


@pytest.mark.slow
def test_the_round_ends_with_an_agreement_and_an_addendum_in_force(uitvoer: dict[str, str]) -> None:
    regels = read("overeenkomst", "lijst", "M-2020-2", "--als", "c.jansen", "--nu", "2021-01-04T09:00")

    assert [(r["nummer"], r["status"], r["ingang"]) for r in regels] == [
        (CONTRACT, "actief", "2020-07-01"),
        (f"{CONTRACT}-A01", "actief", "2021-01-01"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("dag", "bedrag"), [("2020-12-31", "118.00"), ("2021-01-01", "121.66")])
def test_the_tariff_follows_the_day(uitvoer: dict[str, str], dag: str, bedrag: str) -> None:
    getoond = read("overeenkomst", "toon", CONTRACT, "--op", dag, "--als", "c.jansen", "--nu", "2021-01-04T09:00")

    tarieven = {regel["product"]: regel["bedrag"] for regel in getoond["tarieven"]}
    assert tarieven["IB-waakvlam"] == bedrag
    assert len(tarieven) == 5
    assert {t["partij"] for t in getoond["ondertekeningen"]} == {"gemeenten", "aanbieder"}


@pytest.mark.slow
def test_every_document_stands_on_disk_twice_and_is_sent_or_signed(uitvoer: dict[str, str]) -> None:
    documenten = read("document", "lijst", "--ronde", "M-2020-2", "--als", "i.dekker", "--nu", "2021-01-04T09:00")

    assert {d["soort"]: d["status"] for d in documenten} == {
        "ontvangstbevestiging": "verzonden",
        "toelatingsbrief": "verzonden",
        "toelatingsbesluit": "akkoord",
        "raamovereenkomst": "getekend",
        "addendum": "getekend",
    }
    for document in documenten:
        for soort, begin in (("pdf", b"%PDF-"), ("docx", b"PK")):
            assert Path(f"alles/{document['kenmerk']}-{document['soort']}.{soort}").read_bytes().startswith(begin)


@pytest.mark.slow
def test_before_the_opening_the_flow_makes_and_tests_nothing(uitvoer: dict[str, str]) -> None:
    voor_sluiting = uitvoer["inkoop flow start selecteren --ronde M-2020-2 --als i.dekker --nu 2020-03-12T11:00"]

    assert voor_sluiting.startswith("Er was niets te doen.")
    assert Path("ontvangstbevestiging.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_a_flow_that_runs_again_changes_nothing(uitvoer: dict[str, str]) -> None:
    voor, flow, na = (uitvoer[f"nog eens: {' '.join(woorden)}"] for woorden in list_laatste_flow())

    assert flow.startswith("Er was niets te doen.")
    assert voor == f"{json.loads(na)['aantal']} regels gecontroleerd: het logboek is ongeschonden.\n"


@pytest.mark.slow
def test_an_export_never_writes_over_another_text(uitvoer: dict[str, str]) -> None:
    pad = Path("alles/M-2020-2-D002-toelatingsbrief.pdf")
    inhoud = pad.read_bytes()
    pad.write_bytes(b"iets anders")
    opnieuw = ("document", "exporteer", "--ronde", "M-2020-2", "--naar", "alles", "--als", "i.dekker")

    resultaat = run(*opnieuw, "--nu", "2021-01-04T10:00")

    assert resultaat.exit_code == 1
    assert f"{pad} bestaat al en is anders." in resultaat.stderr
    pad.write_bytes(inhoud)
    assert run(*opnieuw, "--nu", "2021-01-04T10:00").exit_code == 0
