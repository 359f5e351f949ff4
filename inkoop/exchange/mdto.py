"""Metadata of what is transferred to an archive, as MDTO 1.0.1 describes it: one XML file beside each file.

A dossier is an informatieobject, a file in it a bestand. Elements stand in the order of the schema.

Bron: MDTO (Nationaal Archief), XML 1.0.1; C.30.
"""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree as ET

import msgspec

RUIMTE = "https://www.nationaalarchief.nl/mdto"
_BRON = "inkoop"


class Informatieobject(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier: its name, its class, its term, who made it, and who may use it.

    `vanaf` and `tot` are the days between which it is kept; `categorie` that of the selection list, empty when no
    archivaris set one.
    """

    kenmerk: str
    naam: str
    soort: str
    waardering: str
    vanaf: date
    jaren: int
    categorie: str
    archiefvormer: str
    beperking: str
    bestanden: tuple[str, ...]


class Bestand(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a dossier; `gehasht_op` is when its hash was made (aware)."""

    kenmerk: str
    naam: str
    omvang: int
    mediatype: str
    sha256: str
    gehasht_op: datetime
    dossier: str


def render_informatieobject(een: Informatieobject) -> bytes:
    """The metadata of a dossier."""
    wortel, object_ = _begin("informatieobject", een.kenmerk, een.naam)
    _begrip(object_, "aggregatieniveau", "Dossier", "MDTO aggregatieniveaus")
    _begrip(object_, "classificatie", een.soort, "dossiersoorten van inkoop")
    _leaf(object_, "taal", "nl")
    label = "Te vernietigen" if een.waardering == "vernietigen" else "Blijvend te bewaren"
    _begrip(object_, "waardering", label, "MDTO waarderingen", code="V" if een.waardering == "vernietigen" else "B")
    termijn = ET.SubElement(object_, _tag("bewaartermijn"))
    _leaf(termijn, "termijnStartdatumLooptijd", een.vanaf.isoformat())
    _leaf(termijn, "termijnLooptijd", f"P{een.jaren}Y")
    if een.categorie:
        _begrip(object_, "informatiecategorie", een.categorie, "selectielijst van de organisatie", code=een.categorie)
    for naam in een.bestanden:
        _verwijzing(object_, "heeftRepresentatie", naam, naam)
    _verwijzing(object_, "archiefvormer", een.archiefvormer)
    beperking = ET.SubElement(object_, _tag("beperkingGebruik"))
    _begrip(beperking, "beperkingGebruikType", een.beperking, "openbaarheid van inkoop")
    return _render(wortel)


def render_bestand(een: Bestand) -> bytes:
    """The metadata of a file."""
    wortel, object_ = _begin("bestand", een.kenmerk, een.naam)
    _leaf(object_, "omvang", str(een.omvang))
    _begrip(object_, "bestandsformaat", een.mediatype, "IANA media types")
    som = ET.SubElement(object_, _tag("checksum"))
    _begrip(som, "checksumAlgoritme", "SHA-256", "MDTO checksumalgoritmen")
    _leaf(som, "checksumWaarde", een.sha256)
    _leaf(som, "checksumDatum", een.gehasht_op.isoformat(timespec="seconds"))
    _verwijzing(object_, "isRepresentatieVan", een.dossier, een.dossier)
    return _render(wortel)


def _begin(soort: str, kenmerk: str, naam: str) -> tuple[ET.Element, ET.Element]:
    wortel = ET.Element(_tag("MDTO"))
    object_ = ET.SubElement(wortel, _tag(soort))
    _identificatie(object_, "identificatie", kenmerk)
    _leaf(object_, "naam", naam)
    return wortel, object_


def _identificatie(ouder: ET.Element, naam: str, kenmerk: str) -> None:
    element = ET.SubElement(ouder, _tag(naam))
    _leaf(element, "identificatieKenmerk", kenmerk)
    _leaf(element, "identificatieBron", _BRON)


def _verwijzing(ouder: ET.Element, naam: str, tekst: str, kenmerk: str = "") -> None:
    element = ET.SubElement(ouder, _tag(naam))
    _leaf(element, "verwijzingNaam", tekst)
    if kenmerk:
        _identificatie(element, "verwijzingIdentificatie", kenmerk)


def _begrip(ouder: ET.Element, naam: str, label: str, lijst: str, *, code: str = "") -> None:
    element = ET.SubElement(ouder, _tag(naam))
    _leaf(element, "begripLabel", label)
    if code:
        _leaf(element, "begripCode", code)
    _verwijzing(element, "begripBegrippenlijst", lijst)


def _leaf(ouder: ET.Element, naam: str, tekst: str) -> None:
    ET.SubElement(ouder, _tag(naam)).text = tekst


def _tag(naam: str) -> str:
    return f"{{{RUIMTE}}}{naam}"


def _render(wortel: ET.Element) -> bytes:
    ET.register_namespace("", RUIMTE)
    ET.indent(wortel)
    tekst: bytes = ET.tostring(wortel, encoding="utf-8", xml_declaration=True)
    return tekst + b"\n"
