"""A finished document: refused when anything is wrong, else complete, the same bytes, with its fingerprints."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from inkoop.documents import pdf as pdfmodule
from inkoop.documents.fouten import ControleError, OntbrekendeVeldenError, SjabloonError
from inkoop.documents.maken import check_sjabloon, find_tijdstip
from inkoop.documents.opmaakmotor import Pdfgegevens
from inkoop.documents.pdf import DocumentTeGrootError, render_pdf
from tests.documents.proefsjabloon import make_proef, write_bron

TEKST = (
    "# Brief aan {{ naam }}\n\n## Eerste [#een]\n\nBedrag {{ bedrag | bedrag }}, zie [@een].\n\n## Tweede\n\nSlot.\n"
)
GEGEVENS: dict[str, object] = {
    "naam": "Zorgboerderij De Eik",
    "bedrag": Decimal("12.50"),
    "datum": date(2020, 5, 15),
    "organisatie": {"naam": "Regio"},
}


def test_the_same_input_gives_the_same_bytes_and_another_value_gives_others(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST, genummerd="ja", inhoudsopgave="ja")
    eerste, tweede = (
        make_proef(bron, GEGEVENS),
        make_proef(write_bron(tmp_path, TEKST, genummerd="ja", inhoudsopgave="ja"), GEGEVENS),
    )
    anders = make_proef(bron, {**GEGEVENS, "naam": "Iemand anders"})
    assert (eerste.pdf, eerste.docx, eerste.html) == (tweede.pdf, tweede.docx, tweede.html)
    assert eerste.gegevens_hash == tweede.gegevens_hash != anders.gegevens_hash
    assert eerste.sjabloon_hash == anders.sjabloon_hash
    assert eerste.pdf != anders.pdf


def test_the_pdf_carries_its_data_title_language_outline_and_date(tmp_path: Path) -> None:
    gemaakt = make_proef(write_bron(tmp_path, TEKST, genummerd="ja"), GEGEVENS)
    with pikepdf.open(io.BytesIO(gemaakt.pdf)) as pdf:
        assert json.loads(pdf.attachments["gegevens.json"].get_file().read_bytes())["bedrag"] == "12.50"
        assert str(pdf.docinfo["/Title"]) == "Brief aan Zorgboerderij De Eik"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20200515100000")
        assert str(pdf.Root.Lang) == "nl"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as overzicht:
            assert [punt.title for punt in overzicht.root[0].children] == ["1. Eerste", "2. Tweede"]
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
            assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_the_metadata_of_the_pdf_can_be_read_without_a_decoder(tmp_path: Path) -> None:
    assert b"pdfuaid:part>1<" in make_proef(write_bron(tmp_path, TEKST), GEGEVENS).pdf


def test_every_font_is_embedded(tmp_path: Path) -> None:
    gemaakt = make_proef(write_bron(tmp_path, "# A **b** *c* ***d*** ≥ →\n"), {})
    with pikepdf.open(io.BytesIO(gemaakt.pdf)) as pdf:
        namen = {
            str(obj.FontName) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontFile2" in obj
        }
    assert namen
    assert all("Noto-Sans" in naam or "NotoSans" in naam for naam in namen)


def test_all_missing_fields_are_named_at_once_with_label_and_place(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, TEKST, verplichte_velden="{bedrag: het bedrag, contact.email: e-mailadres}")
    with pytest.raises(OntbrekendeVeldenError) as gevangen:
        make_proef(bron, {"bedrag": None, "contact": {"email": ""}})
    assert {(veld.pad, veld.label, veld.plaats.regel if veld.plaats else 0) for veld in gevangen.value.velden} == {
        ("bedrag", "het bedrag", 5),
        ("contact.email", "e-mailadres", 0),
        ("naam", "naam", 1),
    }


def test_a_required_field_that_the_text_does_not_use_is_required_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(OntbrekendeVeldenError, match=r"grondslag \(mandaat.grond\)"):
        make_proef(write_bron(tmp_path, "# A\n", verplichte_velden="{mandaat.grond: grondslag}"), {})


def test_a_gate_holds_the_document_back(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n\nMaak bezwaar.\n\nTODO\n", controles="[geen-bezwaar, geen-plaatshouders]")
    with pytest.raises(ControleError) as gevangen:
        make_proef(bron)
    assert [(fout.controle, fout.plaats.regel) for fout in gevangen.value.fouten] == [
        ("geen-bezwaar", 3),
        ("geen-plaatshouders", 5),
    ]


def test_the_instant_of_a_document_is_noon_on_its_own_day_and_never_today() -> None:
    assert find_tijdstip({"datum": date(2020, 5, 15)}) == datetime(2020, 5, 15, 10, tzinfo=UTC)
    assert find_tijdstip({"datum": datetime(2020, 5, 15, 9, tzinfo=UTC)}) == datetime(2020, 5, 15, 9, tzinfo=UTC)
    assert find_tijdstip({}) == datetime(2000, 1, 1, 12, tzinfo=UTC)


def test_a_template_can_be_checked_without_data(tmp_path: Path) -> None:
    assert check_sjabloon(write_bron(tmp_path / "goed", TEKST), "proef").titel == "Proef"
    with pytest.raises(SjabloonError, match="Onbekend filter"):
        check_sjabloon(write_bron(tmp_path / "fout", "# {{ a | b }}\n"), "proef")


@pytest.mark.parametrize("adres", ["file:///etc/passwd", "http://localhost:1/x.png", "inkoop:../pdf.py"])
def test_nothing_outside_the_product_is_fetched(adres: str) -> None:
    gegevens = Pdfgegevens(titel="t", kenmerk="", auteur="", tijdstip=datetime(2020, 1, 1, tzinfo=UTC), gegevens=b"{}")
    with pytest.raises(BaseException, match="not part of the document"):
        render_pdf([f'<html lang="nl"><title>t</title><img alt="" src="{adres}"></html>'], gegevens)


def test_a_page_that_is_too_large_is_refused_before_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfmodule, "MAX_HTML", 10)
    gegevens = Pdfgegevens(titel="t", kenmerk="", auteur="", tijdstip=datetime(2020, 1, 1, tzinfo=UTC), gegevens=b"{}")
    with pytest.raises(DocumentTeGrootError, match="11 tekens"):
        render_pdf(["x" * 6, "x" * 5], gegevens)
