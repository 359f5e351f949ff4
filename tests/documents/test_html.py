"""The page: numbers in the text, everything escaped, tables that can be read aloud."""

from __future__ import annotations

import re
from pathlib import Path

from inkoop.documents.boom import Tabel
from inkoop.documents.html import Opmaakkeuze, render_html
from inkoop.documents.kolombreedte import divide_breedte
from inkoop.documents.metagegevens import Documentvorm
from tests.documents.proefsjabloon import read_boom, write_bron

KEUZE = Opmaakkeuze(vorm=Documentvorm.OVEREENKOMST, kenmerk="K-1", afzender="Regio", inhoudsopgave=True)


def _html(map_: Path, tekst: str, **gegevens: object) -> str:
    return render_html(read_boom(write_bron(map_, tekst), gegevens, genummerd=True), KEUZE)


def test_the_page_is_dutch_and_carries_its_title(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A & B\n")
    assert '<html lang="nl">' in html
    assert "<title>A &amp; B</title>" in html


def test_a_value_is_text_and_never_an_element(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n{{ x }}\n", x="<script>alert('&')</script>")
    assert "<p>&lt;script&gt;alert('&amp;')&lt;/script&gt;</p>" in html


def test_a_reference_leads_to_what_it_names(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n## B\n\n1. x\n   1. y [#y]\n\nZie [@y].\n")
    assert '<li id="art-1-1-a">' in html
    assert '<a href="#art-1-1-a">artikel 1.1 onder a</a>' in html


def test_the_table_of_contents_stands_below_title_and_kenmerken_and_lists_annexes(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n::: kenmerken\nX: y\n:::\n\n## B\n\n::: bijlage C\nx\n:::\n")
    begin, nav = html.split('<nav class="inhoud">')
    assert "kenmerken" in begin
    assert '<a href="#art-1">1.\tB</a>' in nav
    assert '<a href="#bijlage-1">Bijlage 1\tC</a>' in nav


def test_every_header_cell_says_what_it_heads(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n::: kenmerken\nX: y\n:::\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    assert '<th scope="row">X</th>' in html
    assert '<th scope="col">a</th><th scope="col" class="rechts">b</th>' in html


def test_column_widths_follow_the_text_and_fill_the_line(tmp_path: Path) -> None:
    tekst = "# A\n\n| Nr | Omschrijving |\n|:--|:--|\n| 1 | een tamelijk lange omschrijving van iets |\n"
    tabel = read_boom(write_bron(tmp_path, tekst)).blokken[1]
    assert isinstance(tabel, Tabel)
    smal, breed = divide_breedte(tabel)
    assert smal + breed == 100
    assert smal < breed / 2


def test_a_short_head_stays_whole_beside_five_wide_columns(tmp_path: Path) -> None:
    koppen = "| Nummer | Eis | Soort | Geldt voor | Bij een combinatie | Herstel |\n|:--|:--|:--|:--|:--|:--|\n"
    rij = "| M-01 | Ervaring | geschiktheidseis | alle percelen | elk lid afzonderlijk | aanvullen met ouder bewijs |\n"
    tabel = read_boom(write_bron(tmp_path, f"# A\n\n{koppen}{rij}")).blokken[1]
    assert isinstance(tabel, Tabel)
    breedtes = divide_breedte(tabel)
    assert sum(breedtes) == 100
    assert breedtes[0] >= 11
    assert breedtes[2] >= 16


def test_columns_that_together_want_more_than_the_line_share_it(tmp_path: Path) -> None:
    kop = "|" + " verantwoordelijkheid |" * 8 + "\n|" + ":--|" * 8 + "\n|" + " x |" * 8 + "\n"
    tabel = read_boom(write_bron(tmp_path, f"# A\n\n{kop}")).blokken[1]
    assert isinstance(tabel, Tabel)
    breedtes = divide_breedte(tabel)
    assert sum(breedtes) == 100
    assert min(breedtes) >= 12


def test_white_space_counts_in_a_whole_paragraph_only_when_it_is_one_run(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n- gewoon {{ x }}\n- met **vet**\n", x="woord")
    assert '<p class="n w">•\tgewoon woord</p>' in html
    assert '<p class="n"><span class="w">•\t</span>met <strong>vet</strong></p>' in html


def test_a_bold_line_and_a_line_with_a_colon_stay_with_what_follows(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\n**Partijen**\n\nDe planning is:\n\nGewoon **vet** woord.\n")
    assert '<p class="tussenkop"><strong>Partijen</strong></p>' in html
    assert '<p class="aanloop">De planning is:</p>' in html
    assert "<p>Gewoon " in html


def test_the_closing_of_a_letter_stays_with_the_text_before_it(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\nTekst.\n\nMet vriendelijke groet,\\\nInkoop\n")
    assert '<p class="aanloop">Tekst.</p>' in html
    assert '<p class="groet">Met vriendelijke groet,' in html


def test_a_paragraph_before_a_table_stays_on_its_page(tmp_path: Path) -> None:
    html = _html(tmp_path, "# A\n\nEerste.\n\nTweede.\n\n| A | B |\n|:--|:--|\n| 1 | 2 |\n")
    assert "<p>Eerste.</p>" in html
    assert '<p class="aanloop">Tweede.</p>' in html


def test_a_number_in_a_title_stays_on_one_line_and_its_text_stays_the_same(tmp_path: Path) -> None:
    html = _html(tmp_path, "# Overeenkomst HVB-BG-G3\n\nTekst met HVB-BG-G3.\n")
    assert '>Overeenkomst <span class="heel">HVB-BG-G3</span></h1>' in html
    assert "<p>Tekst met HVB-BG-G3.</p>" in html


def test_a_point_that_leads_to_a_table_stays_on_its_page(tmp_path: Path) -> None:
    tekst = "# Titel\n\n## Kop\n\n1. Een.\n2. Twee.\n\n| A |\n|:--|\n| b |\n"
    html = _html(tmp_path, tekst)
    assert re.findall(r'<li id="art-[^"]*"( class="aanloop")?>', html) == ["", ' class="aanloop"']
