"""A value can never change the structure of a document, whatever it holds."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from inkoop.documents.boom import Document, Tekst
from inkoop.documents.html import Opmaakkeuze, render_html
from inkoop.documents.metagegevens import Documentvorm
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.waarden import clean_tekst
from tests.documents.proefsjabloon import read_boom, write_bron

TEKST = """\
::: adres
{{ x }}
:::

# Titel {{ x }}

::: kenmerken
Label: {{ x }}
:::

{{ x }}. Een zin met **{{ x }}** en *{{ x }}*{{ x }}.

{{ x }}

## Kop {{ x }} [#kop]

1. {{ x }} [#punt]
   - {{ x }}
2. Zie [@kop] en [@punt] {{ x }}

| Kop {{ x }} | B |
|:---|---:|
| {{ x }} | {{ x ~ x }} |

::: kader {{ x }}
{{ x }}
:::

::: handtekeningen
- {{ x }} | {{ x }} | {{ x }}
:::

::: bijlage {{ x }} [#b]
{{ x }}
:::
"""
STUKKEN = [
    "**X**", "|", "{{ y }}", "{% if %}", "[@z]", "[#kop]", "\n", "\n\n", ":::", "::: kader", "<script>", "</p>", "# ",
    "- ", "1. ", "\\", "`", "&lt;", "&",
    "\ue0020\ue003", "\ue000x:1\ue001", "\ue004\n", "\x00", "\u2028", "*", "_", "\t", "a", "é", "漢",
]  # fmt: skip
VIJANDIG = st.one_of(
    st.lists(st.sampled_from(STUKKEN), min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=30)
).filter(lambda tekst: bool(clean_tekst(tekst).strip()))
_BRON: list[Sjabloonbron] = []


def _bron() -> Sjabloonbron:
    if not _BRON:
        _BRON.append(write_bron(Path(tempfile.mkdtemp()), TEKST))
    return _BRON[0]


def _structure(document: Document) -> object:
    """The whole tree with its words left out."""
    return _blank(msgspec.to_builtins(document))


def _blank(deel: object) -> object:
    if isinstance(deel, dict):
        return {naam: "" if naam == "tekst" else _blank(waarde) for naam, waarde in deel.items()}
    return [_blank(stuk) for stuk in deel] if isinstance(deel, list | tuple) else deel


@settings(max_examples=300, deadline=None)
@given(VIJANDIG)
def test_the_tree_is_the_same_for_every_value(waarde: str) -> None:
    assert _structure(read_boom(_bron(), {"x": waarde})) == _structure(read_boom(_bron(), {"x": "gewoon"}))


@settings(max_examples=100, deadline=None)
@given(VIJANDIG)
def test_a_value_stands_in_the_tree_as_it_was_given_but_on_one_line(waarde: str) -> None:
    kader = read_boom(_bron(), {"x": waarde}).blokken[-3]
    (deel,) = kader.blokken[0].inhoud  # type: ignore[union-attr]
    assert isinstance(deel, Tekst)
    assert deel.tekst == clean_tekst(waarde).strip(" ")


_OM_EEN_NAAM = re.compile(r'<span class="heel">([^<>]*)</span>')
"""The one element that a value may get: a title keeps a name with a hyphen on one line."""


@settings(max_examples=100, deadline=None)
@given(VIJANDIG)
def test_a_value_adds_no_element_to_the_page(waarde: str) -> None:
    keuze = Opmaakkeuze(vorm=Documentvorm.BRIEF, kenmerk="k", afzender="a", inhoudsopgave=True)

    def count(x: str) -> tuple[int, int]:
        html = render_html(read_boom(_bron(), {"x": x}), keuze)
        html = _OM_EEN_NAAM.sub(r"\1", html)
        return html.count("<"), html.count(">")

    assert count(waarde) == count("gewoon")


def test_control_characters_and_private_characters_vanish() -> None:
    assert clean_tekst("a\x00b\ue000c\nd\u2028e\u00a0f\u202eg\u200bh e\u0301") == "abc d e\u00a0fgh é"
