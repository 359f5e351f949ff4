"""Fill the real templates with sample data: what the tests of the texts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path

import msgspec

from inkoop.documents.boom import Document
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import build_document
from inkoop.documents.metagegevens import Metagegevens, read_metagegevens
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.tekst import render_tekst

SJABLONEN = Sjabloonbron(Path(__file__).parents[2] / "sjablonen")


@cache
def read_meta(soort: str) -> Metagegevens:
    """The metadata of a template of the product."""
    return read_metagegevens(SJABLONEN, soort)


def build(soort: str, gegevens: msgspec.Struct | Mapping[str, object]) -> Document:
    """The clause tree of a document, complete and past its gates."""
    velden = to_gegevens(gegevens) if isinstance(gegevens, msgspec.Struct) else gegevens
    return build_document(SJABLONEN, soort, velden, read_meta(soort))


def read(soort: str, gegevens: msgspec.Struct | Mapping[str, object]) -> str:
    """The text of a document, on one line so that a sentence is found whole."""
    return " ".join(render_tekst(build(soort, gegevens)).replace("\u00a0", " ").split())


def empty_veld(gegevens: Mapping[str, object], pad: str) -> dict[str, object]:
    """A copy in which one field is empty; through a list: in its first element."""
    kopie = deepcopy(dict(gegevens))
    blok: object = kopie
    *stappen, laatste = pad.split(".")
    for stap in stappen:
        assert isinstance(blok, dict)
        blok = blok[stap]
        if isinstance(blok, list | tuple):
            blok = blok[0]
    assert isinstance(blok, dict)
    assert laatste in blok, f"{pad} staat niet in de voorbeeldgegevens"
    blok[laatste] = None
    return kopie
