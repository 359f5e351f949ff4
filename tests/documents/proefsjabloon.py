"""A template folder with one document type, written for one test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from inkoop.documents.boom import Document
from inkoop.documents.lezer import read_document
from inkoop.documents.maken import Gemaakt, make_document
from inkoop.documents.nummering import number_document
from inkoop.documents.sjabloon import Sjabloonbron

METAGEGEVENS = {
    "titel": "Proef",
    "soort": "brief",
    "versie": '"1.0"',
    "opgesteld_door": "inkoper",
    "gecontroleerd_door": "jurist",
    "besloten_door": "gemandateerde",
    "gebeurtenis": "proef",
    "openbaarheid": "openbaar",
    "bewaarcategorie": "proef",
    "bron": "project default",
    "verplichte_velden": "{}",
    "controles": "[]",
    "inhoudsopgave": "nee",
    "genummerd": "nee",
}


def write_bron(
    map_: Path, tekst: str, *, delen: Mapping[str, str] | None = None, meta: Mapping[str, str] | None = None, **nog: str
) -> Sjabloonbron:
    """Write the type `proef` with this text, and give the folder."""
    (map_ / "proef").mkdir(parents=True, exist_ok=True)
    (map_ / "delen").mkdir(exist_ok=True)
    (map_ / "proef" / "sjabloon.md").write_text(tekst, encoding="utf-8")
    regels = "".join(
        f"{sleutel}: {waarde}\n" for sleutel, waarde in {**METAGEGEVENS, **(meta or {}), **nog}.items() if waarde
    )
    (map_ / "proef" / "metagegevens.yaml").write_text(regels, encoding="utf-8")
    for naam, inhoud in (delen or {}).items():
        (map_ / "delen" / naam).write_text(inhoud, encoding="utf-8")
    return Sjabloonbron(map_)


def read_boom(bron: Sjabloonbron, gegevens: Mapping[str, object] | None = None, *, genummerd: bool = False) -> Document:
    """Fill the type `proef` and give its numbered tree."""
    return number_document(read_document(bron.fill("proef", gegevens or {}), genummerd=genummerd))


def make_proef(bron: Sjabloonbron, gegevens: Mapping[str, object] | None = None) -> Gemaakt:
    """Make the document `proef`."""
    return make_document(bron, "proef", gegevens or {}, kenmerk="P-1")
