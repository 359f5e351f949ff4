"""Templates at the command line: checked, tried out, and a house style begun."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pikepdf
import pytest

from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import make_document
from inkoop.settings import CHECKOUT
from tests.cli.conftest import Draai
from tests.documents.sjabloonproef import SJABLONEN
from tests.documents.voorbeeldgegevens import make_voorbeelden

pytestmark = pytest.mark.slow


@pytest.fixture
def sjablonen(omgeving: Path) -> Path:
    return Path(shutil.copytree(CHECKOUT / "sjablonen", omgeving / "sjablonen"))


def test_templates_without_faults_say_so(draai: Draai, sjablonen: Path) -> None:
    uit = draai("sjabloon", "controleer", "--map", str(sjablonen))
    assert uit.exit_code == 0
    assert "geen fouten" in uit.output


def test_every_fault_is_named_with_file_and_line(draai: Draai, sjablonen: Path) -> None:
    pad = sjablonen / "toelatingsbrief" / "sjabloon.md"
    pad.write_text(pad.read_text() + "\n{% if x %}\n")
    meta = sjablonen / "addendum" / "metagegevens.yaml"
    meta.write_text(meta.read_text().replace("geen-gunnen", "geen-gunen"))
    uit = draai("sjabloon", "controleer", "--map", str(sjablonen))
    assert uit.exit_code == 1
    assert f"{pad}:{len(pad.read_text().splitlines())}: Een {{% if %}}" in uit.output
    assert "Bedoelt u 'geen-gunnen'?" in uit.output


def test_a_template_is_tried_with_the_data_of_an_earlier_document(draai: Draai, sjablonen: Path) -> None:
    eerder = make_document(
        SJABLONEN, "toelatingsbrief", to_gegevens(make_voorbeelden()["toelatingsbrief"]), kenmerk="M-1"
    )
    with pikepdf.open(io.BytesIO(eerder.pdf)) as pdf:
        Path("gegevens.json").write_bytes(pdf.attachments["gegevens.json"].get_file().read_bytes())
    opdracht = ("sjabloon", "proef", "toelatingsbrief", "--gegevens", "gegevens.json", "--naar", "proef")
    uit = draai(*opdracht, "--map", str(sjablonen))
    assert uit.exit_code == 0, uit.output
    assert Path("proef/toelatingsbrief.docx").read_bytes() != b""
    assert Path("proef/toelatingsbrief.pdf").read_bytes().startswith(b"%PDF")
    Path("gegevens.json").write_text("{}")
    uit = draai(*opdracht)
    assert uit.exit_code == 1
    assert "de gegevens passen niet bij dit soort document" in uit.output


def test_a_house_style_is_begun_for_word_and_never_written_over(draai: Draai, sjablonen: Path) -> None:
    uit = draai("sjabloon", "huisstijl", "Regio Nieuw", "--map", str(sjablonen))
    pad = sjablonen / "huisstijl" / "regio-nieuw" / "huisstijl.docx"
    assert "Zet er een huisstijl.yaml naast" in uit.output
    word = docx.Document(str(pad))
    assert "heading 1: zo ziet deze stijl eruit" in [alinea.text for alinea in word.paragraphs]
    word.paragraphs[0].text = "aangepast"
    word.save(str(pad))
    assert draai("sjabloon", "huisstijl", "Regio Nieuw", "--map", str(sjablonen)).exit_code == 1


def test_a_paper_is_made_from_a_procedure_and_its_criteria(draai: Draai) -> None:
    opdracht = ("sjabloon", "stuk", "programma-van-eisen", "--procedure", "meierij-2020", "--op", "2019-08-01")
    uit = draai(*opdracht, "--naar", "concept", "--versie", "0.2")
    assert uit.exit_code == 0, uit.output
    assert Path("concept/programma-van-eisen.pdf").read_bytes().startswith(b"%PDF")
    assert "0.2 van 1 augustus 2019" in Path("concept/programma-van-eisen.html").read_text(encoding="utf-8")


def test_a_kind_of_paper_that_no_procedure_fills_is_refused(draai: Draai) -> None:
    uit = draai("sjabloon", "stuk", "verslag", "--procedure", "meierij-2020", "--naar", "concept")
    assert uit.exit_code == 1
    assert "Wel: inkoopstrategie, leidraad, programma-van-eisen" in uit.output


def test_what_a_paper_misses_is_named_by_its_key_at_its_place_in_the_procedure(draai: Draai) -> None:
    pad = Path("procedures/meierij-2020.yaml")
    tekst = pad.read_text()
    assert tekst.count("\n  toegang: ") == 1
    regel = tekst[: tekst.index("\nbeleid:\n") + 1].count("\n") + 1
    kop, rest = tekst.split("\n  toegang: ", 1)
    over = rest.splitlines(keepends=True)[1:]
    while over and over[0].startswith("    "):
        over.pop(0)
    pad.write_text(kop + "\n" + "".join(over))

    uit = draai("sjabloon", "stuk", "programma-van-eisen", "--procedure", "meierij-2020", "--naar", "concept")

    assert uit.exit_code == 1
    assert uit.stderr.strip() == (
        f"{pad}:{regel}:1: Vul onder 'beleid' de sleutel 'toegang' in, of geef het veld 'toewijzing' mee in het "
        "bestand met gegevens."
    )
    assert not Path("concept").exists()
