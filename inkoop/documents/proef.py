"""Trying out a template: everything wrong with it at once, and a document from data in a file.

Bron: ontwerp 6; project default.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inkoop.documents.controles import check_controlenamen
from inkoop.documents.docx.openen import DocxGeweigerdError
from inkoop.documents.docx.wordstijl import read_wordstijl
from inkoop.documents.fouten import SjabloonError, Sjabloonfout
from inkoop.documents.gegevens import SOORTEN, to_gegevens
from inkoop.documents.huisstijl import HUISSTIJLEN, list_huisstijlen, read_huisstijlmap
from inkoop.documents.maken import Gemaakt, check_sjabloon, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.sjabloon import METAGEGEVENS, Sjabloonbron
from inkoop.domain.fouten import InkoopError


class GegevensbestandError(InkoopError):
    """A file with data does not fit the document type."""

    def __init__(self, bestand: str, reden: str) -> None:
        super().__init__(f"{bestand}: de gegevens passen niet bij dit soort document. ({reden})")


def find_sjabloonfouten(bron: Sjabloonbron, soorten: Sequence[str]) -> list[Sjabloonfout]:
    """Every fault in templates and house styles that shows without data, in order of file and line."""
    fouten: list[Sjabloonfout] = []
    for soort in soorten:
        try:
            check_sjabloon(bron, soort)
            check_controlenamen(read_metagegevens(bron, soort), str(bron.map / soort / METAGEGEVENS))
        except SjabloonError as fout:
            fouten += fout.fouten
    for naam in list_huisstijlen(bron.map):
        try:
            read_wordstijl(read_huisstijlmap(bron.map / HUISSTIJLEN / naam))
        except SjabloonError as fout:
            fouten += fout.fouten
        except DocxGeweigerdError as fout:
            fouten += [Sjabloonfout.at(fout.naam, 1, beletsel.tekst) for beletsel in fout.beletselen]
    return sorted(set(fouten))


def try_sjabloon(bron: Sjabloonbron, soort: str, gegevens: bytes, bestand: str) -> Gemaakt:
    """Make a document from JSON: the data that sits in the PDF of an earlier one, changed or not.

    Raises GegevensbestandError, and what `make_document` raises.
    """
    bron.find_bestand(soort, METAGEGEVENS)
    try:
        if soort in SOORTEN:
            velden = to_gegevens(msgspec.json.decode(gegevens, type=SOORTEN[soort]))
        else:
            velden = msgspec.json.decode(gegevens, type=dict[str, object])
    except msgspec.MsgspecError as fout:
        raise GegevensbestandError(bestand, str(fout)) from fout
    return make_document(bron, soort, velden, kenmerk=str(velden.get("kenmerk", "PROEF")))
