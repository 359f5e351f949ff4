import json

import pytest

from inkoop.cli import doctor
from inkoop.cli.app import load_opdracht
from inkoop.doctor import Controlepunt, Staat

GOED = Controlepunt(onderdeel="Python", staat=Staat.GOED, gevonden="3.11.7")
HANDIG = Controlepunt(onderdeel="uv", staat=Staat.ADVIES, gevonden="niet gevonden", advies="geef ./run setup")
WEG = Controlepunt(onderdeel="Pango", staat=Staat.ONTBREEKT, gevonden="niet gevonden", advies="geef apt-get install x")


def _run(monkeypatch, capsys, punten, *opties):
    monkeypatch.setenv("INKOOP_WINKEL", "nergens")
    monkeypatch.setattr(doctor, "examine", lambda _instellingen: punten)
    opdracht = load_opdracht("doctor")
    code = opdracht.main(list(opties), prog_name="inkoop doctor", standalone_mode=False)
    return code or 0, capsys.readouterr().out


def test_a_machine_that_misses_something_is_told_what_to_do_and_the_exit_code_says_so(monkeypatch, capsys):
    code, uitvoer = _run(monkeypatch, capsys, (GOED, WEG))
    assert code == 1
    assert "Dit moet u nog doen:\n  - Pango: geef apt-get install x" in uitvoer
    assert "Alles wat nodig is" not in uitvoer


def test_a_machine_on_which_only_something_handy_is_missing_is_ready(monkeypatch, capsys):
    code, uitvoer = _run(monkeypatch, capsys, (GOED, HANDIG))
    assert code == 0
    assert "Dit is niet nodig, wel handig:\n  - uv: geef ./run setup" in uitvoer
    assert "Alles wat nodig is, is er." in uitvoer


@pytest.mark.parametrize(("punten", "verwacht"), [((GOED,), 0), ((GOED, WEG), 1)])
def test_programs_read_the_points_as_json(monkeypatch, capsys, punten, verwacht):
    code, uitvoer = _run(monkeypatch, capsys, punten, "--json")
    assert code == verwacht
    assert [punt["onderdeel"] for punt in json.loads(uitvoer)] == [punt.onderdeel for punt in punten]
