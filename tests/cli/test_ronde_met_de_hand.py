"""The round of the manual, typed line by line: real flows, real documents, from an empty store to the addendum."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inkoop.cli.app import app
from tests.cli.handleidingtekst import HANDLEIDING, list_opdrachten

REGELS = list_opdrachten(HANDLEIDING / "ronde-met-de-hand.md")
CONTRACT = "RM-2020-0001"


def run(*woorden: str) -> Result:
    return CliRunner().invoke(app, list(woorden), prog_name="inkoop")


def read(*woorden: str) -> object:
    resultaat = run(*woorden, "--json")
    assert resultaat.exit_code == 0, resultaat.output
    return json.loads(resultaat.stdout)


@pytest.fixture(scope="module")
def gespeeld(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each line of the manual printed, by its words; a line that fails stops the play."""
    map_ = tmp_path_factory.mktemp("met-de-hand")
    uitvoer = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(map_)
        for woorden in REGELS:
            if woorden[0] == "export":
                patch.setenv(*woorden[1].split("=", 1))
                continue
            assert woorden[0] == "inkoop", woorden
            if woorden[1:3] == ["ondertekening", "registreren"]:
                _try_other_text(woorden)
            resultaat = run(*woorden[1:])
            assert resultaat.exit_code == 0, (" ".join(woorden), resultaat.output)
            uitvoer[" ".join(woorden)] = resultaat.stdout
        yield uitvoer | {"map": str(map_)}


def _try_other_text(woorden: list[str]) -> None:
    """Before each signature: a signature under another text is refused."""
    plek = woorden.index("--bestand") + 1
    Path("andere-tekst.pdf").write_bytes(Path(woorden[plek]).read_bytes() + b"\n")
    resultaat = run(*woorden[1:plek], "andere-tekst.pdf", *woorden[plek + 1 :])
    assert resultaat.exit_code == 1
    assert "De getekende tekst is niet de tekst die is aangeboden" in resultaat.stderr


@pytest.fixture
def winkel(gespeeld: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(gespeeld["map"])
    monkeypatch.setenv("INKOOP_WINKEL", "oefenwinkel")
    return Path("oefenwinkel")


@pytest.mark.slow
def test_the_round_ends_with_an_agreement_and_an_addendum_in_force(winkel: Path) -> None:
    regels = read("overeenkomst", "lijst", "M-2020-2", "--als", "c.jansen", "--nu", "2021-01-04T09:00")

    assert [(r["nummer"], r["status"], r["ingang"]) for r in regels] == [
        (CONTRACT, "actief", "2020-07-01"),
        (f"{CONTRACT}-A01", "actief", "2021-01-01"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("dag", "bedrag"), [("2020-12-31", "118.00"), ("2021-01-01", "121.66")])
def test_the_tariff_follows_the_day(winkel: Path, dag: str, bedrag: str) -> None:
    getoond = read("overeenkomst", "toon", CONTRACT, "--op", dag, "--als", "c.jansen", "--nu", "2021-01-04T09:00")

    tarieven = {regel["product"]: regel["bedrag"] for regel in getoond["tarieven"]}
    assert tarieven["IB-waakvlam"] == bedrag
    assert len(tarieven) == 5
    assert {t["partij"] for t in getoond["ondertekeningen"]} == {"gemeenten", "aanbieder"}


@pytest.mark.slow
def test_every_document_stands_on_disk_twice_and_is_sent_or_signed(winkel: Path) -> None:
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
def test_the_flow_sends_the_receipt_before_closing_and_touches_nothing_else(gespeeld: dict[str, str]) -> None:
    voor_sluiting = gespeeld["inkoop flow start selecteren --ronde M-2020-2 --als i.dekker --nu 2020-03-12T11:00"]

    assert "M-2020-2-D001" in voor_sluiting
    assert "getoetst" not in voor_sluiting


@pytest.mark.slow
def test_a_flow_that_runs_again_changes_nothing(winkel: Path) -> None:
    voor = read("audit", "controleer")

    assert run("flow", "start", "implementeren", "--ronde", "M-2020-2", "--als", "i.dekker", "--nu", "2021-01-04T09:00").exit_code == 0
    assert read("audit", "controleer") == voor


@pytest.mark.slow
def test_an_export_never_writes_over_another_text(winkel: Path) -> None:
    pad = Path("alles/M-2020-2-D002-toelatingsbrief.pdf")
    inhoud = pad.read_bytes()
    pad.write_bytes(b"iets anders")
    opnieuw = ("document", "exporteer", "--ronde", "M-2020-2", "--naar", "alles", "--als", "i.dekker")

    resultaat = run(*opnieuw, "--nu", "2021-01-04T10:00")

    assert resultaat.exit_code == 1
    assert f"{pad} bestaat al en is anders." in resultaat.stderr
    pad.write_bytes(inhoud)
    assert run(*opnieuw, "--nu", "2021-01-04T10:00").exit_code == 0
