"""The house style of a region: files that people edit, and what documents take over from them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.shared import Pt, RGBColor

from inkoop.documents.docx.beginstijl import make_beginstijl
from inkoop.documents.docx.openen import open_docx
from inkoop.documents.docx.wordstijl import read_wordstijl
from inkoop.documents.fouten import SjabloonError
from inkoop.documents.huisstijl import find_huisstijlmap, measure_contrast, read_huisstijl, read_huisstijlmap
from inkoop.documents.proef import find_sjabloonfouten
from tests.documents.proefsjabloon import make_proef, write_bron
from tests.documents.sjabloonproef import SJABLONEN

MEIERIJ = SJABLONEN.map / "huisstijl" / "regio-meierij"
GEGEVENS = {"procedure": {"regio": "Regio Proef"}, "organisatie": {"naam": "Regio Proef"}}
TEKST = "# Brief\n\n## Kop\n\nTekst.\n\n1. punt\n\n| a |\n|:--|\n| 1 |\n"


def _make_huis(map_: Path, **sleutels: str) -> Path:
    huis = map_ / "huisstijl" / "regio-proef"
    huis.mkdir(parents=True)
    shutil.copy(MEIERIJ / "logo.png", huis)
    regels = {"kleur": '"7A1F5C"', "logo": "logo.png", "logo_tekst": "Logo Proef", "logo_breedte_mm": "40"} | sleutels
    (huis / "huisstijl.yaml").write_text("".join(f"{naam}: {waarde}\n" for naam, waarde in regels.items() if waarde))
    return huis


def _parts(inhoud: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        return {naam: zip_.read(naam).decode("utf-8", "replace") for naam in zip_.namelist()}


@pytest.mark.parametrize(
    ("regio", "map_"), [("Regio Meierij", "regio-meierij"), ("Midden-Brabant ’s-H.", "midden-brabant-s-h")]
)
def test_a_region_finds_its_folder_by_its_name(regio: str, map_: str) -> None:
    assert find_huisstijlmap(regio) == map_


def test_a_document_carries_the_colours_and_the_logo_of_its_region(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST)
    _make_huis(tmp_path)
    gemaakt = make_proef(bron, GEGEVENS)
    delen = _parts(gemaakt.docx)
    assert '"7A1F5C"' in delen["word/styles.xml"]
    assert "17375E" not in "".join(delen.values())
    assert 'descr="Logo Proef"' in delen["word/header1.xml"]
    assert delen["word/media/header1-1.png"]
    assert "#7a1f5c" in gemaakt.html
    assert 'alt="Logo Proef"' in gemaakt.html
    with pikepdf.open(io.BytesIO(gemaakt.pdf)) as pdf:
        assert any(obj.get("/Subtype") == "/Image" for obj in pdf.objects if isinstance(obj, pikepdf.Stream))


def test_another_region_keeps_the_style_of_the_product(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST)
    _make_huis(tmp_path)
    assert '"17375E"' in _parts(make_proef(bron, {"procedure": {"regio": "Elders"}}).docx)["word/styles.xml"]


def test_styles_and_header_that_were_edited_in_word_are_taken_over(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST, genummerd="ja")
    huis = _make_huis(tmp_path)
    word = docx.Document(io.BytesIO(make_beginstijl(read_huisstijlmap(huis))))
    word.styles["Heading 1"].font.size = Pt(17)
    word.styles["Heading 1"].font.color.rgb = RGBColor(1, 2, 3)
    word.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
    word.sections[0].left_margin = Pt(100)
    word.save(str(huis / "huisstijl.docx"))
    gemaakt = docx.Document(io.BytesIO(make_proef(bron, GEGEVENS).docx))
    assert gemaakt.styles["Heading 1"].font.size == Pt(17)
    assert gemaakt.sections[0].header.paragraphs[0].text == "Vertrouwelijk"
    assert gemaakt.sections[0].left_margin == Pt(100)
    assert "P-1" in gemaakt.sections[0].footer.paragraphs[0].text
    assert "pagina" in gemaakt.sections[0].footer.paragraphs[0].text


def test_styles_that_word_renamed_in_its_own_language_are_still_known(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST)
    huis = _make_huis(tmp_path)
    delen = dict(open_docx(make_beginstijl(read_huisstijlmap(huis)), "h"))
    delen["word/styles.xml"] = (
        delen["word/styles.xml"]
        .replace(b'"Heading1"', b'"Kop1"')
        .replace(b'w:basedOn w:val="Normal"', b'w:basedOn w:val="Standaard"')
        .replace(b'w:styleId="Normal"', b'w:styleId="Standaard"')
    )
    with zipfile.ZipFile(huis / "huisstijl.docx", "w") as zip_:
        for naam, deel in delen.items():
            zip_.writestr(naam, deel)
    stijlen = _parts(make_proef(bron, GEGEVENS).docx)["word/styles.xml"]
    assert 'w:styleId="Heading1"' in stijlen
    assert "Kop1" not in stijlen
    assert "Standaard" not in stijlen


def test_a_house_file_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST)
    huis = _make_huis(tmp_path)
    (huis / "huisstijl.docx").write_bytes(make_beginstijl(read_huisstijlmap(huis)))
    assert make_proef(bron, GEGEVENS).docx == make_proef(write_bron(tmp_path, TEKST), GEGEVENS).docx


def test_a_footer_without_the_kenmerk_or_the_page_is_refused(tmp_path: Path) -> None:
    huis = _make_huis(tmp_path)
    word = docx.Document(io.BytesIO(make_beginstijl(read_huisstijlmap(huis))))
    for alinea in word.sections[0].footer.paragraphs:
        alinea.text = "geen van beide"
    word.save(str(huis / "huisstijl.docx"))
    with pytest.raises(SjabloonError) as gevangen:
        read_wordstijl(read_huisstijlmap(huis))
    assert "ontbreekt [kenmerk]" in str(gevangen.value)
    assert "paginanummer" in str(gevangen.value)


@pytest.mark.parametrize(
    ("sleutels", "melding"),
    [
        ({"kleur": '"blauw"'}, "huisstijl.yaml:1: Bij 'kleur' hoort een kleur"),
        ({"kleur": '"FFE680"'}, "te licht voor tekst"),
        ({"kleuren": "x"}, "Onbekende sleutel 'kleuren'"),
        ({"logo": "../logo.png"}, "staat niet in deze map"),
        ({"logo_tekst": ""}, "hoort 'logo_tekst'"),
        ({"logo_breedte_mm": "400"}, "een getal van 10 tot 120"),
        ({"lettertype": "Eigen Sans"}, "'EigenSans-Regular.ttf' staat niet in deze map"),
    ],
)
def test_a_fault_in_a_house_style_is_named_with_its_line(
    tmp_path: Path, sleutels: dict[str, str], melding: str
) -> None:
    _make_huis(tmp_path, **sleutels)
    with pytest.raises(SjabloonError, match=re.escape(melding)):
        read_huisstijl(tmp_path, "Regio Proef")


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert measure_contrast("000000") == pytest.approx(21)
    assert measure_contrast("FFFFFF") == pytest.approx(1)
    assert measure_contrast("767676") == pytest.approx(4.54, abs=0.01)


def test_a_region_can_bring_its_own_font(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# Brief\n\nTekst **vet** *cursief* \u2265\n")
    huis = _make_huis(tmp_path, lettertype="Eigen Sans")
    letters = Path(__file__).parents[2] / "inkoop" / "documents" / "lettertypen"
    for vorm in ("Regular", "Bold", "Italic", "BoldItalic"):
        shutil.copy(letters / f"NotoSans-{vorm}.ttf", huis / f"EigenSans-{vorm}.ttf")
    assert make_proef(bron, GEGEVENS).pdf.startswith(b"%PDF")


def test_every_template_and_house_style_of_the_product_is_without_faults() -> None:
    assert find_sjabloonfouten(SJABLONEN, SJABLONEN.list_soorten()) == []


@pytest.mark.slow
def test_a_house_file_that_libreoffice_saved_is_usable(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    bron = write_bron(tmp_path, TEKST, genummerd="ja")
    huis = _make_huis(tmp_path)
    (tmp_path / "huisstijl.docx").write_bytes(make_beginstijl(read_huisstijlmap(huis)))
    opdracht = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/p",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run(
        [*opdracht, "--outdir", str(huis), str(tmp_path / "huisstijl.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    gemaakt = docx.Document(io.BytesIO(make_proef(bron, GEGEVENS).docx))
    assert [alinea.style.name for alinea in gemaakt.paragraphs if alinea.text == "Kop" and alinea.style] == [
        "Heading 1"
    ]
