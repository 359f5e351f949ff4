"""Reading the text language: every mistake has a file, a line and a Dutch sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.documents.boom import Kader, Kenmerken, Lijst, Tabel, Tekst, Uitlijning, plat
from inkoop.documents.fouten import SjabloonError
from tests.documents.proefsjabloon import read_boom, write_bron


def _fouten(map_: Path, tekst: str, *, genummerd: bool = False) -> list[str]:
    bron = write_bron(map_, tekst)
    with pytest.raises(SjabloonError) as gevangen:
        read_boom(bron, genummerd=genummerd)
    return [str(fout).replace(f"{map_}/proef/sjabloon.md:", "") for fout in gevangen.value.fouten]


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("tekst\n", "1: Het document heeft geen titel: begin met één regel '# Titel'."),
        ("# A\n\n# B\n", "3: Het document heeft al een titel ('#'); gebruik hier '##'."),
        ("## B\n\n# A\n", "1: Boven deze kop hoort eerst de titel van het document ('#')."),
        ("# A\n\n### C\n", "3: Deze kop slaat een niveau over: na # komt hooguit ##."),
        ("# A\n\n## B\n\n#### D\n", "5: Deze kop slaat een niveau over: na ## komt hooguit ###."),
        ("# A\n\n##\n", "3: Deze kop is leeg."),
        ("# A\n\n##B\n", "3: Achter de hekjes van een kop hoort een spatie."),
        ("# A\n\n::: kader\nx\n", "3: Het blok 'kader' is niet gesloten met een regel ':::'."),
        ("# A\n\n:::\n", "3: Deze ':::' sluit een blok, maar er is geen blok open."),
        ("# A\n\n::: kaeder\nx\n:::\n", "3: Onbekend blok 'kaeder'. Bedoelt u 'kader'?"),
        ("# A\n\n- x\n\n  ::: kader\n", "5: Een blok met ':::' begint vooraan de regel, niet ingesprongen."),
        ("# A\n\n::: adres\n:::\n", "3: Het blok 'adres' is leeg."),
        ("# A\n\n::: adres titel\nx\n:::\n", "3: Het blok 'adres' krijgt geen titel of label."),
        ("# A\n\n::: kenmerken\nzonder scheiding\n:::\n",
         "4: In het blok 'kenmerken' staat op elke regel 'Label: waarde'."),
        ("# A\n\n::: handtekeningen\n- a | b\n:::\n",
         "4: In het blok 'handtekeningen' staat op elke regel '- naam | functie | namens wie'."),
        ("# A\n\n::: bijlage\nx\n:::\n", "3: Een bijlage heeft een titel nodig: '::: bijlage Titel'."),
        ("# A\n\n::: kader\n::: bijlage B\nx\n:::\n:::\n", "4: Het blok 'bijlage' kan niet in het blok 'kader' staan."),
        ("# A\n\n::: kader\n## B\n:::\n", "4: Een kop kan niet in een kader staan; geef het kader zelf een titel."),
        ("# A\n\n::: paginaeinde\nx\n:::\n", "4: Het blok 'paginaeinde' heeft geen inhoud; sluit het met ':::'."),
        ("# A\n\n| a | b |\n| c | d |\n",
         "3: Deze tabel heeft geen kopregel: zet boven de rijen een regel met koppen en een regel met |:---|."),
        ("# A\n\n| a |  |\n|:--|:--|\n| c | d |\n",
         "3: Elke kolom van een tabel heeft een kop nodig; ook wie niet ziet, leest de tabel."),
        ("# A\n\n| a | b |\n|:--|:--|\n| c |\n", "5: Deze rij heeft 1 cellen; de tabel heeft 2 kolommen."),
        ("# A\n\n| a |\n|:--|\n", "3: Deze tabel heeft geen rijen; zet er een {% if %} omheen als dat kan voorkomen."),
        ("# A\n\ntekst [#x]\n", "3: Het label 'x' hoort bij een kop, een genummerd punt of een bijlage."),
        ("# A\n\n## B [#x] c\n", "3: Het label 'x' staat niet aan het einde van de kop of het punt."),
        ("# A\n\n## B [#Groot]\n", "3: Het label 'Groot' mag alleen kleine letters, cijfers en streepjes hebben."),
        ("# A\n\n1. a\n   1. b\n      1. c\n         1. d\n", "6: Een lijst gaat hooguit 3 treden diep."),
        ("# A\n\n- # kop\n", "3: Een kop kan niet in een lijst staan."),
        ("# A\n\n> citaat\n", "3: Een citaat hoort niet bij de opmaaktaal; gebruik '::: kader'."),
        ("# A\n\n<script>x</script>\n", "3: HTML hoort niet bij de opmaaktaal."),
        ("# A\n\nzie [hier](http://x)\n",
         "3: Een koppeling hoort niet bij de opmaaktaal; schrijf het adres als tekst."),
        ("# A\n\n---\n", "3: Een streep hoort niet bij de opmaaktaal."),
        ("# A\n\n```\nx\n```\n", "3: Programmatekst hoort niet bij de opmaaktaal."),
        ("# A\n\na. eerste\n", "3: Schrijf '1.' voor elk punt; a, b en i, ii volgen uit het inspringen."),
        ("# A\n\nzie [@wg]\n\n## B [#weg]\n", "3: Er is geen kop, punt of bijlage met label 'wg'. Bedoelt u 'weg'?"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, tekst: str, fout: str) -> None:
    assert fout in _fouten(tmp_path, tekst)


def test_a_label_used_twice_names_both_lines(tmp_path: Path) -> None:
    (fout,) = _fouten(tmp_path, "# A\n\n## B [#x]\n\n## C [#x]\n")
    assert fout == "5: Het label 'x' staat ook al in 3."  # both places lose their folder here


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    assert len(_fouten(tmp_path, "# A\n\n### B\n\n::: fout\n:::\n\n| x |\n")) == 3


def test_a_mistake_behind_a_loop_keeps_the_line_of_the_template(tmp_path: Path) -> None:
    (fout,) = _fouten(tmp_path, "# A\n{% for i in range(20) %}\n\nalinea\n{% endfor %}\n\n### B\n")
    assert fout.startswith("7: ")


def test_values_stand_apart_in_a_line_of_kenmerken(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n\n::: kenmerken\nDatum: {{ x }}\nTijd: 10:30\n:::\n")
    blok = read_boom(bron, {"x": "a: b | c"}).blokken[1]
    assert isinstance(blok, Kenmerken)
    assert [(plat(label), plat(waarde)) for label, waarde in blok.paren] == [("Datum", "a: b | c"), ("Tijd", "10:30")]


def test_columns_keep_their_alignment(tmp_path: Path) -> None:
    tabel = read_boom(write_bron(tmp_path, "# A\n\n| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n")).blokken[1]
    assert isinstance(tabel, Tabel)
    assert tabel.uitlijning == (Uitlijning.LINKS, Uitlijning.RECHTS, Uitlijning.MIDDEN)


def test_a_frame_may_hold_lists_and_tables(tmp_path: Path) -> None:
    kader = read_boom(write_bron(tmp_path, "# A\n\n::: kader Let op\n- x\n\n| a |\n|:--|\n| 1 |\n:::\n")).blokken[1]
    assert isinstance(kader, Kader)
    assert (plat(kader.titel), [type(blok) for blok in kader.blokken]) == ("Let op", [Lijst, Tabel])


def test_bold_and_italic_hold_around_a_value_with_any_edge(tmp_path: Path) -> None:
    alinea = read_boom(write_bron(tmp_path, "# A\n\n**{{ x }}** en *{{ x }}*\n"), {"x": " *a*."}).blokken[1]
    assert alinea.inhoud[0] == Tekst(" *a*.".lstrip(), True, False, True)  # type: ignore[union-attr]
    assert alinea.inhoud[2].cursief  # type: ignore[union-attr]


def test_a_backslash_prints_a_character_that_has_a_meaning(tmp_path: Path) -> None:
    alinea = read_boom(write_bron(tmp_path, "# A\n\n\\*niet vet\\* \\[@x]\n")).blokken[1]
    assert plat(alinea.inhoud) == "*niet vet* [@x]"  # type: ignore[union-attr]
