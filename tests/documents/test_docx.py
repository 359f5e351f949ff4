"""The Word document: native numbering, live references, styles, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree

from inkoop.documents.docx import render_docx
from inkoop.documents.html import Opmaakkeuze
from inkoop.documents.metagegevens import Documentvorm
from tests.documents.proefsjabloon import read_boom, write_bron

TEKST = """\
# Overeenkomst

::: kenmerken
Datum: 1 mei 2020
:::

## Begrippen [#begrippen]

1. Lid. [#lid]
   1. onderdeel [#onderdeel]
2. Zie [@lid], [@onderdeel] en [@pve].

| a | b |
|:--|--:|
| 1 | 2 |

- bullet

::: handtekeningen
- A | b | C
:::

::: bijlage Eisen [#pve]
## Deel

1. x
:::
"""
TIJDSTIP = datetime(2020, 5, 1, 10, tzinfo=UTC)


def _docx(map_: Path, tekst: str = TEKST, vorm: Documentvorm = Documentvorm.OVEREENKOMST) -> bytes:
    keuze = Opmaakkeuze(vorm=vorm, kenmerk="K-1 & co", afzender="Regio", inhoudsopgave=True)
    return render_docx(read_boom(write_bron(map_, tekst), genummerd=True), keuze, tijdstip=TIJDSTIP)


def _part(inhoud: bytes, naam: str) -> str:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        return zip_.read(naam).decode()


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _docx(tmp_path) == _docx(tmp_path)


def test_no_part_carries_the_time_of_writing(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(_docx(tmp_path))) as zip_:
        assert {deel.date_time for deel in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed_and_word_libraries_open_it(tmp_path: Path) -> None:
    inhoud = _docx(tmp_path)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        for naam in zip_.namelist():
            etree.fromstring(zip_.read(naam))
    document = docx.Document(io.BytesIO(inhoud))
    assert (document.core_properties.title, document.core_properties.subject) == ("Overeenkomst", "K-1 & co")
    assert document.core_properties.created == TIJDSTIP


def test_every_style_that_is_used_is_defined(tmp_path: Path) -> None:
    inhoud = _docx(tmp_path)
    gebruikt = set(re.findall(r'<w:(?:pStyle|tblStyle) w:val="(\w+)"', _part(inhoud, "word/document.xml")))
    assert gebruikt <= set(re.findall(r'w:styleId="(\w+)"', _part(inhoud, "word/styles.xml")))


def test_numbers_are_native_and_not_typed(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(_docx(tmp_path)))
    lid = next(alinea for alinea in document.paragraphs if alinea.text == "Lid.")
    assert '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>' in re.sub(r"\s*\n\s*", "", lid._p.xml)


def test_each_sequence_has_a_definition_of_its_own(tmp_path: Path) -> None:
    inhoud = _docx(tmp_path)
    lijsten = set(re.findall(r'<w:numId w:val="(\d+)"/>', _part(inhoud, "word/document.xml")))
    nummering = _part(inhoud, "word/numbering.xml")
    assert lijsten == set(re.findall(r'<w:num w:numId="(\d+)">', nummering)) == {"1", "2", "3"}
    assert len(set(re.findall(r'<w:nsid w:val="(\w+)"', nummering))) == 3


def test_references_are_fields_to_bookmarks_that_exist(tmp_path: Path) -> None:
    xml = _part(_docx(tmp_path), "word/document.xml")
    doelen = re.findall(r"> REF (\w+) ", xml)
    bladwijzers = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml)
    assert doelen == ["_Ref_art_1_1", "_Ref_art_1_1", "_Ref_art_1_1_a", "_Ref_bijlage_1"]
    assert set(doelen) <= set(bladwijzers)
    assert len(bladwijzers) == len(set(bladwijzers))


def test_fields_open_and_close(tmp_path: Path) -> None:
    xml = _part(_docx(tmp_path), "word/document.xml")
    soorten = re.findall(r'fldCharType="(\w+)"', xml)
    assert soorten.count("begin") == soorten.count("separate") == soorten.count("end") > 4


def test_the_table_of_contents_is_a_field_filled_with_entries(tmp_path: Path) -> None:
    xml = _part(_docx(tmp_path), "word/document.xml")
    assert 'TOC \\o "1-1" \\h' in xml  # and not \n, which would leave out page numbers
    assert '<w:updateFields w:val="true"/><w:compat>' in _part(_docx(tmp_path), "word/settings.xml")
    document = docx.Document(io.BytesIO(_docx(tmp_path)))
    regels = [
        alinea.text for alinea in document.paragraphs if alinea.style is not None and alinea.style.name == "toc 1"
    ]
    assert regels == ["1.\tBegrippen", "Bijlage 1\tEisen"]


def test_what_follows_the_table_of_contents_begins_a_page_by_itself(tmp_path: Path) -> None:
    xml = _part(_docx(tmp_path), "word/document.xml")
    assert xml.count("<w:pageBreakBefore/>") == 2  # the table of contents, behind a title page, and what follows it
    assert '<w:br w:type="page"/>' not in xml
    _, _, na = xml.partition("Inhoudtitel")
    assert na.index("<w:pageBreakBefore/>") < na.index("Begrippen</w:t></w:r><w:bookmarkEnd")


def test_the_footer_counts_pages(tmp_path: Path) -> None:
    voet = _part(_docx(tmp_path), "word/footer1.xml")
    assert "> PAGE <" in voet
    assert "> NUMPAGES <" in voet


def test_a_header_row_returns_on_each_page_and_rows_stay_whole(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(_docx(tmp_path)))
    tabel = next(tabel for tabel in document.tables if tabel.style is not None and tabel.style.name == "Huistabel")
    kop, rij = (rij._tr.trPr.xml for rij in tabel.rows)
    assert "tblHeader" in kop
    assert "tblHeader" not in rij
    assert "cantSplit" in rij


def test_the_language_is_dutch(tmp_path: Path) -> None:
    assert 'w:lang w:val="nl-NL"' in _part(_docx(tmp_path), "word/styles.xml")


@pytest.mark.parametrize(
    ("vorm", "verwacht"),
    [(Documentvorm.OVEREENKOMST, True), (Documentvorm.BRIEF, False), (Documentvorm.BESLUIT, False)],
)
def test_only_who_signs_a_contract_fills_in_place_and_date(tmp_path: Path, vorm: Documentvorm, verwacht: bool) -> None:
    assert ("Plaats:" in _part(_docx(tmp_path, vorm=vorm), "word/document.xml")) is verwacht


def test_markup_in_a_value_is_text(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n\n{{ x }}\n")
    keuze = Opmaakkeuze(vorm=Documentvorm.BRIEF, kenmerk="", afzender="", inhoudsopgave=False)
    inhoud = render_docx(read_boom(bron, {"x": "</w:t><w:br/>&"}), keuze, tijdstip=TIJDSTIP)
    assert docx.Document(io.BytesIO(inhoud)).paragraphs[1].text == "</w:t><w:br/>&"


def test_a_bold_line_and_a_line_with_a_colon_stay_with_what_follows(tmp_path: Path) -> None:
    inhoud = _docx(tmp_path, "# A\n\n**Partijen**\n\nDe planning is:\n\nGewoon.\n")
    alineas = {alinea.text: alinea for alinea in docx.Document(io.BytesIO(inhoud)).paragraphs}
    blijft = [alineas[tekst].paragraph_format.keep_with_next for tekst in ("Partijen", "De planning is:", "Gewoon.")]
    assert blijft == [True, True, None]


def test_the_last_paragraph_of_a_letter_stays_with_its_closing(tmp_path: Path) -> None:
    tekst = "# A\n\nEerste.\n\nLaatste.\n\nMet vriendelijke groet,\\\nInkoop\n"
    document = _part(_docx(tmp_path, tekst, Documentvorm.BRIEF), "word/document.xml")
    alineas = {
        tekst: alinea for alinea in document.split("<w:p>") for tekst in ("Eerste.", "Laatste.") if tekst in alinea
    }
    assert "<w:keepNext/>" in alineas["Laatste."]
    assert "<w:keepNext/>" not in alineas["Eerste."]


@pytest.mark.parametrize(("vorm", "bijeen"), [(Documentvorm.BRIEF, 4), (Documentvorm.OVEREENKOMST, 0)])
def test_a_signature_under_a_letter_stays_with_the_ground_of_the_mandate(
    tmp_path: Path, vorm: Documentvorm, bijeen: int
) -> None:
    tekst = "# A\n\n::: handtekeningen\n- M. Jansen | wethouder | de colleges\n:::\n"
    document = _part(_docx(tmp_path, tekst, vorm), "word/document.xml")
    assert sum("<w:keepNext/>" in alinea for alinea in document.split("<w:p>") if '"Tekenvak"' in alinea) == bijeen
