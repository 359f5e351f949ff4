"""Parts of a document: set once, joined into one file that is as sound as one set in one go."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from inkoop.documents.delen import Deel, Delenvoorraad
from inkoop.documents.maken import Gemaakt, make_document
from inkoop.documents.sjabloon import Sjabloonbron
from tests.documents.proefsjabloon import write_bron

TEKST = """\
# Overeenkomst met {{ naam }}

::: kenmerken
Partij: {{ naam }}
:::

## Voorwerp [#voorwerp]

1. {{ naam }} levert volgens [@eisen] en [@duur].

| Perceel | Wat |
|:---|:---|
| 1A | {{ naam }} |

::: paginaeinde
:::

## Duur [#duur]

{% for nummer in range(60) %}
1. Lid {{ nummer }}, zie [@voorwerp].
{% endfor %}

| Jaar | Bedrag |
|:---|---:|
| 2020 | 1 |

## Einde [#einde]

1. Slot, zie [@eisen].

::: bijlage Eisen [#eisen]
Zie [@voorwerp].

| Nummer | Eis |
|:---|:---|
| 1 | {{ eis }} |
:::

::: bijlage Tarieven [#tarieven]
Zie [@eisen] en [@tarieven].
:::
"""


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Sjabloonbron:
    return write_bron(tmp_path_factory.mktemp("s"), TEKST, genummerd="ja", inhoudsopgave="ja", soort="overeenkomst")


def _make(bron: Sjabloonbron, naam: str, eis: str = "goed", voorraad: Delenvoorraad | None = None) -> Gemaakt:
    return make_document(bron, "proef", {"naam": naam, "eis": eis}, kenmerk=f"P-{naam} <&>", voorraad=voorraad)


@pytest.fixture(scope="module")
def gemaakt(bron: Sjabloonbron) -> Gemaakt:
    return _make(bron, "De Eik")


@pytest.fixture(scope="module")
def pdf(gemaakt: Gemaakt) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(gemaakt.pdf)) as open_:
        yield open_


def test_reused_parts_change_no_byte_and_are_set_once(bron: Sjabloonbron, gemaakt: Gemaakt) -> None:
    voorraad = Delenvoorraad()
    _make(bron, "Zorg & Zo", voorraad=voorraad)
    eerst = voorraad.gezet
    assert _make(bron, "De Eik", voorraad=voorraad).pdf == gemaakt.pdf
    # Anew is the part that says who it is with; kept are contents, duur, both annexes and the numbers of pages.
    assert (voorraad.gezet - eerst, voorraad.gevonden) == (1, 5)
    assert _make(bron, "De Eik", voorraad=voorraad).pdf == gemaakt.pdf


def test_another_text_in_a_part_is_another_part(bron: Sjabloonbron) -> None:
    voorraad = Delenvoorraad()
    _make(bron, "De Eik", voorraad=voorraad)
    anders = _make(bron, "De Eik", "beter", voorraad)
    assert "beter" in "".join(blad.extract_text() for blad in PdfReader(io.BytesIO(anders.pdf)).pages)
    assert anders.pdf == _make(bron, "De Eik", "beter").pdf


def test_a_joined_document_is_archivable_and_accessible(gemaakt: Gemaakt) -> None:
    for profiel in ("3a", "ua1"):
        fouten = page.validate_pdf_bytes(gemaakt.pdf, profile=profiel).failures
        assert [fout.rule_id for fout in fouten if "STREAM-LENGTH" not in fout.rule_id] == []


def _list_bladen(gemaakt: Gemaakt) -> list[str]:
    return [blad.extract_text() for blad in PdfReader(io.BytesIO(gemaakt.pdf)).pages]


def test_each_page_has_its_number_and_the_kenmerk_once(gemaakt: Gemaakt) -> None:
    bladen = _list_bladen(gemaakt)
    assert len(bladen) == gemaakt.aantal_paginas >= 7
    for nummer, tekst in enumerate(bladen, 1):
        assert tekst.count(f"pagina {nummer} van {len(bladen)}") == 1
        assert tekst.count("P-De Eik <&>") == 1
        assert tekst.count("pagina ") == 1


def test_the_table_of_contents_and_the_bookmarks_name_the_page_where_a_heading_stands(gemaakt: Gemaakt) -> None:
    koppen = ("Voorwerp", "Duur", "Einde", "Eisen", "Tarieven")
    _, inhoud, *bladen = _list_bladen(gemaakt)
    plekken = [next(n for n, tekst in enumerate(bladen, 3) if re.search(rf"\s{kop}\s", tekst)) for kop in koppen]
    assert plekken == sorted(set(plekken))
    assert plekken[-1] == len(bladen) + 2
    assert [int(regel) for regel in inhoud.splitlines() if regel.isdigit()] == plekken
    lezer = PdfReader(io.BytesIO(gemaakt.pdf))
    titel, onder = lezer.outline
    assert isinstance(onder, list)
    assert not isinstance(titel, list)
    assert titel.title == "Overeenkomst met De Eik"
    assert [w.title for w in onder if not isinstance(w, list)] == [
        "1. Voorwerp",
        "2. Duur",
        "3. Einde",
        "Bijlage 1 Eisen",
        "Bijlage 2 Tarieven",
    ]
    doelen = [lezer.get_destination_page_number(w) for w in onder if not isinstance(w, list)]
    assert doelen == [plek - 1 for plek in plekken]


def test_every_link_has_a_target_and_none_leads_out_of_the_document(pdf: pikepdf.Pdf) -> None:
    namen = list(pdf.Root.Names.Dests.Names)
    doelen = {str(naam): doel for naam, doel in zip(namen[::2], namen[1::2], strict=True)}
    assert list(doelen) == sorted(doelen)
    bladen = {blad.obj.objgen for blad in pdf.pages}
    schakels = [a for blad in pdf.pages for a in blad.obj.get("/Annots", ())]
    assert len(schakels) > 60
    for schakel in schakels:
        assert "/A" not in schakel
        assert doelen[str(schakel.Dest)][0].objgen in bladen


def _find_wortel(tak: pikepdf.Object) -> pikepdf.Object:
    return tak if tak.get("/Type") == pikepdf.Name.StructTreeRoot else _find_wortel(tak.P)


def test_the_tags_of_all_parts_form_one_tree(pdf: pikepdf.Pdf) -> None:
    """Each mark and link on a page is tied to a tag on that page, and each tag to the one root."""
    boom = pdf.Root.StructTreeRoot
    paren = list(boom.ParentTree.Nums)
    sleutels = [int(sleutel) for sleutel in paren[::2]]
    assert sleutels == list(range(boom.ParentTreeNextKey))
    waarden = dict(zip(sleutels, paren[1::2], strict=True))
    for blad in pdf.pages:
        for tak in waarden.pop(int(blad.obj.StructParents)):
            assert tak.Pg.objgen == blad.obj.objgen
            assert _find_wortel(tak).objgen == boom.objgen
        for schakel in blad.obj.get("/Annots", ()):
            assert str(waarden.pop(int(schakel.StructParent)).S) == "/Link"
    assert waarden == {}


def test_cells_of_tables_in_different_parts_have_heads_of_their_own(pdf: pikepdf.Pdf) -> None:
    namen = [str(tag.ID) for tag in pdf.objects if isinstance(tag, pikepdf.Dictionary) and "/ID" in tag]
    assert len(namen) == len(set(namen)) == 7
    for tag in pdf.objects:
        if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == pikepdf.Name.TD:
            assert {str(kop) for kop in tag.A.Headers} <= set(namen)


def test_a_value_that_looks_like_a_line_of_the_table_of_contents_stays_text(bron: Sjabloonbron) -> None:
    naam = '<li><a href="#art-1">'
    tekst = PdfReader(io.BytesIO(_make(bron, naam).pdf)).pages[2].extract_text()
    assert naam in tekst.replace("\n", "")


def test_the_stock_never_holds_more_than_its_bound() -> None:
    voorraad = Delenvoorraad(grens=10)
    for nummer in range(6):
        voorraad.find_or_set(str(nummer), lambda: Deel(b"1234", 1, {}, ()))
    voorraad.find_or_set("5", lambda: Deel(b"other", 1, {}, ()))
    voorraad.find_or_set("4", lambda: Deel(b"other", 1, {}, ()))
    assert (voorraad.gezet, voorraad.gevonden) == (6, 2)
    voorraad.find_or_set("0", lambda: Deel(b"1234", 1, {}, ()))
    assert voorraad.gezet == 7


def test_a_document_of_one_part_is_set_in_one_go(tmp_path: Path) -> None:
    voorraad = Delenvoorraad()
    brief = make_document(write_bron(tmp_path, "# Brief\n\nTekst.\n"), "proef", {}, kenmerk="B", voorraad=voorraad)
    assert (voorraad.gezet, voorraad.gevonden, brief.aantal_paginas) == (0, 0, 1)
