"""A publication text from concept to definitief at the command line: out to Word, back, judged, made anew, traced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inkoop import bootstrap
from inkoop.cli.opties import read_tijdstip
from inkoop.services import documenten
from tests.cli.conftest import Draai
from tests.documents.wordwerk import OPMERKINGEN, add_alinea, edit, list_teksten, remark, replace_woord

pytestmark = pytest.mark.slow
DOCUMENT, NU = "meierij-2020-D001", "2019-08-01T10:00"


@pytest.fixture
def winkel(zet_klaar: Callable[[str], Path]) -> Path:
    """The store of the manual before applications come in, with its publication text really made."""
    map_ = zet_klaar("Selecteren")
    huis = bootstrap.open_huis(map_)
    try:
        documenten.render(huis, bootstrap.act_as_systeem(huis, read_tijdstip(NU)), DOCUMENT)
    finally:
        huis.winkel.close()
    return map_


def _run(draai: Draai, *woorden: str, als: str, code: int = 0) -> str:
    uit = draai("document", *woorden, "--als", als, "--nu", NU)
    assert uit.exit_code == code, uit.output
    return uit.output


def test_a_document_goes_out_to_word_comes_back_and_is_made_anew(draai: Draai, winkel: Path) -> None:
    jurist, inkoper = "j.hendriks", "i.dekker"
    assert "voorgelegd" in _run(draai, "voorleggen", DOCUMENT, als=inkoper)
    _run(draai, "leesversie", DOCUMENT, "--naar", "uit", als=jurist)
    word = Path("uit", f"{DOCUMENT}-leesversie.docx").read_bytes()
    titel = list_teksten(word)[1]
    terug = edit(edit(word, replace_woord("stilzwijgend", "vanzelf")), add_alinea(titel, "Lees dit goed."))
    terug = edit(terug, remark("Looptijd"), **{"word__comments.xml": OPMERKINGEN})
    Path("terug.docx").write_bytes(terug)
    uit = _run(draai, "terugkomst", DOCUMENT, "terug.docx", als=jurist)
    assert "2 wijzigingen en 1 opmerkingen" in uit
    wijzigingen = json.loads(_run(draai, "wijzigingen", DOCUMENT, "--json", als=inkoper))
    assert {(w["soort"], w["bijgehouden"], w["oordeel"]) for w in wijzigingen} == {
        ("nieuw", True, "open"),
        ("gewijzigd", True, "open"),
    }
    assert "nog niet beslist" in _run(draai, "verwerk", DOCUMENT, als=inkoper, code=1)
    for wijziging in wijzigingen:
        nummer = str(wijziging["nummer"])
        _run(draai, "wijziging", DOCUMENT, nummer, "overgenomen", "--reden", "duidelijker", als=inkoper)
    nieuw = _run(draai, "verwerk", DOCUMENT, als=inkoper).split()[1]
    assert "Waarom drie maanden?" in _run(draai, "opmerkingen", DOCUMENT, als=inkoper)
    uit = _run(draai, "redline", nieuw, "--naar", "vergelijking", als=jurist)
    assert ": nieuw" in uit
    assert ": gewijzigd" in uit
    stam = Path("vergelijking", f"{nieuw}-tegen-{DOCUMENT}")
    assert "<ins>" in stam.with_suffix(".html").read_text()
    assert "Lees dit goed." in list_teksten(stam.with_suffix(".docx").read_bytes())
    _run(draai, "redline", nieuw, "--naar", "vergelijking", "--tegen", "sjabloon", als=jurist)
    _run(draai, "goedkeuren", nieuw, als=jurist)
    assert "definitief" in _run(draai, "vaststellen", nieuw, als=inkoper)
    herleiding = json.loads(_run(draai, "herleid", nieuw, "--json", als=inkoper))
    assert herleiding["pdf_gelijk"]
    assert herleiding["docx_gelijk"]


def test_a_remark_and_a_change_are_refused_with_a_sentence(draai: Draai, winkel: Path) -> None:
    uit = _run(draai, "opmerking", DOCUMENT, "--clausule", "artikel 99", "--tekst", "?", als="j.hendriks", code=1)
    assert "De clausule 'artikel 99' bestaat niet" in uit
    uit = _run(draai, "wijziging", DOCUMENT, "1", "overgenomen", "--reden", "x", als="i.dekker", code=1)
    assert "bestaat niet" in uit
    Path("kapot.docx").write_bytes(b"PK\x03\x04")
    uit = _run(draai, "terugkomst", DOCUMENT, "kapot.docx", als="i.dekker", code=1)
    assert "kapot.docx is geweigerd" in uit
    uit = _run(draai, "terugkomst", DOCUMENT, "weg.docx", als="i.dekker", code=1)
    assert "Het bestand weg.docx bestaat niet." in uit


def test_what_nobody_may_is_refused(draai: Draai, winkel: Path) -> None:
    assert "mag dit niet" in _run(draai, "vaststellen", DOCUMENT, als="j.hendriks", code=1)
