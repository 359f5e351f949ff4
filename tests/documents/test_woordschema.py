"""Word files hold to the schema: every kind of document, a redline, a reading copy; and the judge finds faults."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inkoop.documents.docx.redline import follow_wijzigingen, make_redline
from tests.documents.maak_voorbeelden import DOEL
from tests.documents.woordschema import find_schemafouten

BRIEF = (DOEL / "toelatingsbrief" / "toelatingsbrief.docx").read_bytes()
OVEREENKOMST = (DOEL / "raamovereenkomst" / "raamovereenkomst.docx").read_bytes()


@pytest.mark.parametrize("pad", sorted(DOEL.glob("*/*.docx")), ids=lambda pad: pad.stem)
def test_a_sample_holds_to_the_schema_of_word(pad: Path) -> None:
    """Another test sees that the samples are what the templates make now."""
    assert find_schemafouten(pad.read_bytes()) == []


def test_a_redline_and_a_reading_copy_hold_to_the_schema() -> None:
    anders = DOEL / "gegevensafspraken" / "gegevensafspraken--verwerker.docx"
    oud = DOEL / "gegevensafspraken" / "gegevensafspraken.docx"
    redline = make_redline(oud.read_bytes(), anders.read_bytes(), "K. Aarts", datetime(2020, 5, 1, tzinfo=UTC))
    assert b"<w:ins " in zipfile.ZipFile(io.BytesIO(redline)).read("word/document.xml")
    assert find_schemafouten(redline) == []
    assert find_schemafouten(follow_wijzigingen(OVEREENKOMST)) == []


def _spoil(docx: bytes, deel: str, oud: str, nieuw: str) -> bytes:
    """The same file with one thing wrong in one part."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for naam in bron.namelist():
            tekst = bron.read(naam)
            if naam == deel:
                assert oud.encode() in tekst
                tekst = tekst.replace(oud.encode(), nieuw.encode(), 1)
            doel.writestr(naam, tekst)
    return uit.getvalue()


HOOFD, STIJLEN, INSTELLINGEN = "word/document.xml", "word/styles.xml", "word/settings.xml"


@pytest.mark.parametrize(
    ("deel", "oud", "nieuw", "fout"),
    [
        (HOOFD, "<w:tblGrid>", "<w:tblGrid><w:gridCol/>", "een rij heeft"),
        (HOOFD, '<w:pStyle w:val="TOC1"/>', '<w:keepNext/><w:pStyle w:val="TOC1"/>', "<pStyle> staat in <pPr> na"),
        (HOOFD, '<w:pStyle w:val="TOC1"/>', '<w:pStyle w:val="Weg"/>', "stijl Weg bestaat niet"),
        (HOOFD, "<w:body>", '<w:body><w:p><w:hyperlink w:anchor="nergens"/></w:p>', "koppeling naar nergens"),
        (HOOFD, "<w:body>", "<w:body><w:tc/>", "<tc> hoort niet in <body>"),
        (HOOFD, '<w:numId w:val="', '<w:numId w:val="99', "nummering"),
        (HOOFD, '<w:bookmarkEnd w:id="1"/>', "", "bladwijzers gaan niet precies"),
        (STIJLEN, "<w:style ", "<w:style><w:basedOn/><w:name/></w:style><w:style ", "<name> staat in <style> na"),
        (INSTELLINGEN, "<w:compat>", "<w:listSeparator/><w:compat>", "<compat> staat in <settings> na"),
        ("[Content_Types].xml", 'PartName="/word/styles.xml"', 'PartName="/word/stijl.xml"', "stijl.xml, dat er niet"),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="weg.xml"', "weg.xml is er niet"),
    ],
)  # fmt: skip
def test_the_judge_finds(deel: str, oud: str, nieuw: str, fout: str) -> None:
    assert any(fout in gevonden for gevonden in find_schemafouten(_spoil(OVEREENKOMST, deel, oud, nieuw)))


def test_a_letter_has_no_table_of_contents_to_fill_in() -> None:
    assert b"updateFields" not in zipfile.ZipFile(io.BytesIO(BRIEF)).read(INSTELLINGEN)
