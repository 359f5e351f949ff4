"""The samples in docs/voorbeelden are those that the templates make now.

Text is compared, not bytes: another version of Pango may break a line elsewhere.
"""

from __future__ import annotations

from pypdf import PdfReader

from inkoop.documents.gegevens import SOORTEN
from tests.documents.maak_voorbeelden import DOEL, list_alle

VOORBEELDEN = list_alle()


def test_every_document_type_has_a_sample_in_word_pdf_and_pictures() -> None:
    for soort in SOORTEN:
        folder = DOEL / soort
        assert (folder / f"{soort}.docx").is_file()
        assert (folder / f"{soort}.pdf").is_file()
        assert (folder / f"{soort}-bladzijde-1.png").is_file()


def test_the_manual_lists_every_document_type_once() -> None:
    handleiding = (DOEL.parent / "handleiding" / "sjablonen.md").read_text(encoding="utf-8")
    genoemd = [regel.split("`")[1] for regel in handleiding.splitlines() if regel.startswith("| `")]
    assert {soort: genoemd.count(soort) for soort in SOORTEN} == dict.fromkeys(SOORTEN, 1)


def test_there_are_no_samples_of_what_no_longer_exists() -> None:
    assert {pad.stem for pad in DOEL.glob("*/*.pdf")} == set(VOORBEELDEN)


def test_the_samples_are_small_enough_to_keep() -> None:
    assert sum(pad.stat().st_size for pad in DOEL.rglob("*") if pad.is_file()) < 25_000_000


def test_every_page_of_a_sample_has_its_picture() -> None:
    for naam in VOORBEELDEN:
        folder = DOEL / naam.partition("--")[0]
        bladen = len(PdfReader(folder / f"{naam}.pdf").pages)
        assert len(list(folder.glob(f"{naam}-bladzijde-*.png"))) == bladen
