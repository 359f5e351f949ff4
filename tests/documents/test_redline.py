"""Redlines: what a person sees changed, in a browser and in Word; all taken over is the new, all undone the old."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from inkoop.documents.bewerken import empty_waarden, mark_document
from inkoop.documents.boom import Document
from inkoop.documents.docx import render_docx
from inkoop.documents.docx.openen import HOOFDDEEL, open_docx, parse_deel
from inkoop.documents.docx.redline import follow_wijzigingen, make_redline
from inkoop.documents.docx.revisies import accept_all, reject_all, w
from inkoop.documents.html import Opmaakkeuze
from inkoop.documents.metagegevens import Documentvorm
from inkoop.documents.verschil import Soort, compare_documents, compare_woorden, render_verschil
from tests.documents.proefsjabloon import read_boom, write_bron
from tests.documents.sjabloonproef import build
from tests.documents.voorbeeldovereenkomsten import make_combinatieovereenkomst, make_raamovereenkomst
from tests.documents.wordwerk import edit, list_teksten

MOMENT = datetime(2020, 5, 4, 9, tzinfo=UTC)
KEUZE = Opmaakkeuze(vorm=Documentvorm.OVEREENKOMST, kenmerk="K-1", afzender="Regio", inhoudsopgave=True)
BEGIN = """\
# Overeenkomst

## Begin [#begin]

1. Eerste lid over de termijn van drie maanden.
2. Tweede lid, zie [@slot].

| Product | Bedrag |
|:--|--:|
| een | 1 |
| twee | 2 |

## Slot [#slot]

1. Laatste lid.
"""


def _word(document: Document) -> bytes:
    return render_docx(document, KEUZE, tijdstip=MOMENT)


def _boom(map_: Path, tekst: str) -> Document:
    return mark_document(read_boom(write_bron(map_, tekst), genummerd=True))


TABEL = "| Product | Bedrag |\n|:--|--:|\n| een | 1 |\n| twee | 2 |"
VERANDERINGEN = {
    "woord": ("drie maanden", "zes maanden"),
    "lid erbij": ("2. Tweede lid", "2. Nieuw lid ertussen.\n3. Tweede lid"),
    "lid weg": ("1. Eerste lid over de termijn van drie maanden.\n", ""),
    "rij erbij": ("| twee | 2 |", "| twee | 2 |\n| drie | 3 |"),
    "rij weg": ("| een | 1 |\n", ""),
    "tabel met andere kolommen": (TABEL, "| A | B | C |\n|:--|:--|:--|\n| 1 | 2 | 3 |"),
    "artikel erbij": ("## Slot", "## Midden\n\n1. Tussenin.\n\n## Slot"),
    "artikel weg": ("## Begin [#begin]\n", "Inleiding.\n"),
    "lijst die niet onder een artikel staat": ("## Begin", "1. los punt\n2. nog een\n\n## Begin"),
    "alles anders": (BEGIN, "# Iets heel anders\n\nMaar dan ook alles.\n"),
    "bijlage erbij": ("1. Laatste lid.\n", "1. Laatste lid.\n\n::: bijlage Extra\n## Deel\n\n1. Iets.\n:::\n"),
}  # fmt: skip


@pytest.mark.parametrize("naam", VERANDERINGEN)
@pytest.mark.parametrize("richting", ["heen", "terug"])
def test_all_taken_over_is_the_new_and_all_undone_is_the_old(tmp_path: Path, naam: str, richting: str) -> None:
    oud, nieuw = _word(_boom(tmp_path, BEGIN)), _word(_boom(tmp_path, BEGIN.replace(*VERANDERINGEN[naam])))
    assert oud != nieuw
    if richting == "terug":
        oud, nieuw = nieuw, oud
    redline = make_redline(oud, nieuw, "mr. K. Aarts", MOMENT)
    assert list_teksten(redline, accept_all) == list_teksten(nieuw)
    assert list_teksten(redline, reject_all) == list_teksten(oud)


_ZIN = st.lists(
    st.sampled_from("de het aanbieder levert zorg binnen drie zes weken, ; (artikel)".split()), min_size=1, max_size=8
)
_LID = st.lists(_ZIN.map(" ".join), min_size=1, max_size=4)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(oud=st.lists(_LID, min_size=1, max_size=4), nieuw=st.lists(_LID, min_size=1, max_size=4))
def test_any_two_documents_come_back_whole(tmp_path: Path, oud: list[list[str]], nieuw: list[list[str]]) -> None:
    woorden = []
    for artikelen in (oud, nieuw):
        tekst = "# Titel\n\n" + "".join(
            f"## Artikel\n\n{''.join(f'1. x {lid}{chr(10)}' for lid in leden)}\n" for leden in artikelen
        )
        woorden.append(_word(_boom(tmp_path, tekst)))
    redline = make_redline(woorden[0], woorden[1], "A", MOMENT)
    assert list_teksten(redline, accept_all) == list_teksten(woorden[1])
    assert list_teksten(redline, reject_all) == list_teksten(woorden[0])


def test_a_redline_is_the_same_bytes_and_names_who_and_when(tmp_path: Path) -> None:
    oud, nieuw = _word(_boom(tmp_path, BEGIN)), _word(_boom(tmp_path, BEGIN.replace("drie", "zes")))
    redline = make_redline(oud, nieuw, "mr. K. Aarts", MOMENT)
    assert redline == make_redline(oud, nieuw, "mr. K. Aarts", MOMENT)
    boom = parse_deel(open_docx(redline, "r")[HOOFDDEEL])
    merken = [*boom.iter(w("ins")), *boom.iter(w("del"))]
    assert {(m.get(w("author")), m.get(w("date"))) for m in merken} == {("mr. K. Aarts", "2020-05-04T09:00:00Z")}
    nummers = [m.get(w("id")) for m in merken]
    assert len(nummers) == len(set(nummers)) == 2


def test_what_stays_is_not_marked(tmp_path: Path) -> None:
    oud, nieuw = _word(_boom(tmp_path, BEGIN)), _word(_boom(tmp_path, BEGIN.replace("drie", "zes")))
    boom = parse_deel(open_docx(make_redline(oud, nieuw, "A", MOMENT), "r")[HOOFDDEEL])
    assert ["".join(m.itertext()) for m in boom.iter(w("del"), w("ins"))] == ["drie", "zes"]


def test_word_tracks_what_the_next_reader_changes(tmp_path: Path) -> None:
    word = _word(_boom(tmp_path, BEGIN))
    for bestand in (make_redline(word, word, "A", MOMENT), follow_wijzigingen(word)):
        assert b"<w:trackRevisions/>" in open_docx(bestand, "r")["word/settings.xml"]
    assert list_teksten(follow_wijzigingen(word)) == list_teksten(word)


def test_the_two_forms_of_the_real_agreement_differ_in_what_a_combination_adds() -> None:
    verschil = compare_documents(
        build("raamovereenkomst", make_raamovereenkomst()), build("raamovereenkomst", make_combinatieovereenkomst())
    )
    nieuw = [v.nieuw.tekst for v in verschil if v.soort is Soort.NIEUW and v.nieuw]
    assert any("hoofdelijk aansprakelijk" in tekst for tekst in nieuw)
    assert {v.soort for v in verschil} == set(Soort)


def test_a_clause_that_only_moves_has_changed_for_who_refers_to_it(tmp_path: Path) -> None:
    oud, nieuw = _boom(tmp_path, BEGIN), _boom(tmp_path, BEGIN.replace(*VERANDERINGEN["artikel erbij"]))
    slot = next(v for v in compare_documents(oud, nieuw) if v.nieuw and v.nieuw.tekst == "Slot")
    assert slot.soort is Soort.GEWIJZIGD
    assert slot.nieuw
    assert slot.nieuw.nummer == "3."


def test_the_bare_template_shows_every_value_as_filled_in() -> None:
    document = build("raamovereenkomst", make_raamovereenkomst())
    verschil = compare_documents(empty_waarden(document), document)
    titel = next(v for v in verschil if v.nieuw and v.nieuw.tekst.startswith("Raamovereenkomst"))
    assert next((deel.soort, deel.tekst) for deel in titel.woorden) == (Soort.GELIJK, "Raamovereenkomst ")
    gewijzigd = [v for v in verschil if v.soort is Soort.GEWIJZIGD]
    assert len(gewijzigd) > 20
    vast = next(v for v in verschil if v.nieuw and v.nieuw.tekst.startswith("Die einddatum is voor alle aanbieders"))
    assert vast.soort is Soort.GELIJK


def test_clauses_are_named_as_people_name_them(tmp_path: Path) -> None:
    tekst = BEGIN + "\n1. Met onderdelen:\n   1. het eerste\n\n::: bijlage Extra\n## Deel\n\n1. Iets.\n:::\n"
    verschil = compare_documents(_boom(tmp_path, tekst), _boom(tmp_path, tekst))
    cellen = [f"artikel 1, tabel rij {rij} kolom {kolom}" for rij in (0, 1, 2) for kolom in (1, 2)]
    bijlage = ["bijlage 1", "bijlage 1, onderdeel 1", "bijlage 1, onderdeel 1.1"]
    assert [v.aanduiding for v in verschil] == [
        "titel", "artikel 1", "artikel 1.1", "artikel 1.2", *cellen,
        "artikel 2", "artikel 2.1", "artikel 2.2", "artikel 2.2 onder a", *bijlage,
    ]  # fmt: skip


def test_the_browser_page_marks_words_and_escapes_them(tmp_path: Path) -> None:
    oud, nieuw = _boom(tmp_path, BEGIN), _boom(tmp_path, BEGIN.replace("drie", "\\<b\\>zes"))
    pagina = render_verschil(compare_documents(oud, nieuw), "Vergelijking", "Versie 1 en 2")
    assert "1 gewijzigd, 0 nieuw, 0 vervallen" in pagina
    assert '<del><span class="verborgen">vervallen: </span>drie</del>' in pagina
    assert "&lt;b&gt;zes</ins>" in pagina
    assert "<script" not in pagina


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_words_of_a_comparison_are_both_texts(oud: str, nieuw: str) -> None:
    delen = compare_woorden(oud, nieuw)
    assert "".join(deel.tekst for deel in delen if deel.soort is not Soort.NIEUW) == oud
    assert "".join(deel.tekst for deel in delen if deel.soort is not Soort.VERVALLEN) == nieuw


@pytest.mark.slow
def test_libreoffice_reads_the_taken_over_as_the_new_and_the_undone_as_the_old(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    oud, nieuw = (_word(build("raamovereenkomst", g)) for g in (make_raamovereenkomst(), make_combinatieovereenkomst()))
    redline = make_redline(oud, nieuw, "mr. K. Aarts", MOMENT)
    bestanden = {
        "oud": oud,
        "nieuw": nieuw,
        "undone": edit(redline, reject_all),
        "over": edit(redline, accept_all),
        "redline": redline,
    }
    for naam, inhoud in bestanden.items():
        (tmp_path / f"{naam}.docx").write_bytes(inhoud)
    opdracht = [soffice, f"-env:UserInstallation=file://{tmp_path}/p", "--headless", "--convert-to", "txt:Text"]
    paden = [str(tmp_path / f"{naam}.docx") for naam in bestanden]
    subprocess.run([*opdracht, "--outdir", str(tmp_path), *paden], check=True, capture_output=True, timeout=240)
    gelezen = {naam: (tmp_path / f"{naam}.txt").read_text(encoding="utf-8-sig") for naam in bestanden}
    assert "Begrippen" in gelezen["oud"]
    assert gelezen["undone"] == gelezen["oud"] != gelezen["nieuw"]
    assert gelezen["over"] == gelezen["nieuw"]
    assert gelezen["redline"]


def test_a_tracked_part_that_word_knows_and_we_do_not_write_is_settled_too() -> None:
    ruw = (
        '<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:p><w:pPr><w:jc w:val="left"/>'
        '<w:pPrChange w:id="1" w:author="a"><w:pPr><w:jc w:val="right"/></w:pPr></w:pPrChange></w:pPr>'
        '<w:moveFrom w:id="2" w:author="a"><w:r><w:t>hier</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="3" w:author="a"><w:r><w:t>daar</w:t></w:r></w:moveTo></w:p></w:body>'
    )
    over, terug = etree.fromstring(ruw), etree.fromstring(ruw)
    accept_all(over)
    reject_all(terug)
    assert "".join(over.itertext()) == "daar"
    assert "".join(terug.itertext()) == "hier"
    assert b'w:val="right"' in etree.tostring(terug)
    assert b'w:val="left"' in etree.tostring(over)
