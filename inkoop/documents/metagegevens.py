"""What is known about a template besides its text: `sjablonen/<soort>/metagegevens.yaml`.

Read strictly: every key is needed, an unknown or double key is a fault with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node

from inkoop.documents.fouten import OntbrekendVeld, SjabloonError, Sjabloonfout
from inkoop.documents.sjabloon import METAGEGEVENS, Sjabloonbron, read_tekst
from inkoop.documents.sjabloonregels import suggest
from inkoop.documents.waarden import is_leeg


class Documentvorm(StrEnum):
    """How a document looks and is signed: a letter to one party, an internal decision, a contract, an annex."""

    BRIEF = "brief"
    BESLUIT = "besluit"
    OVEREENKOMST = "overeenkomst"
    BIJLAGE = "bijlage"


class JaNee(StrEnum):
    """Yes or no, as people write it in a file."""

    JA = "ja"
    NEE = "nee"

    def __bool__(self) -> bool:
        return self is JaNee.JA


class Metagegevens(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The metadata of one template.

    `verplichte_velden` maps the path of a field to its name for people; a path through a list
    (`punten.gevraagd`) holds for each element. `controles` names the gates of `controles.py`.
    `termijndagen` are the paths of days on which a term ends; it may be left out.
    """

    titel: str
    soort: Documentvorm
    versie: str
    opgesteld_door: str
    gecontroleerd_door: str
    besloten_door: str
    gebeurtenis: str
    openbaarheid: str
    bewaarcategorie: str
    bron: str
    verplichte_velden: dict[str, str]
    controles: tuple[str, ...]
    inhoudsopgave: JaNee
    genummerd: JaNee
    termijndagen: tuple[str, ...] = ()


def read_metagegevens(bron: Sjabloonbron, soort: str) -> Metagegevens:
    """Read the metadata of a document type.

    Raises SjabloonError with every fault: unknown type, unreadable YAML, unknown, missing or empty key.
    """
    if soort not in bron.metagegevens:
        bron.metagegevens[soort] = _read_metagegevens(bron, soort)
    gelezen = bron.metagegevens[soort]
    assert isinstance(gelezen, Metagegevens)
    return gelezen


def _read_metagegevens(bron: Sjabloonbron, soort: str) -> Metagegevens:
    pad = bron.find_bestand(soort, METAGEGEVENS)
    bestand = str(pad)
    waarden, regels = read_yaml(bestand, read_tekst(pad))
    if fouten := [Sjabloonfout.at(bestand, regel, tekst) for regel, tekst in _find_fouten(waarden, regels)]:
        raise SjabloonError(fouten)
    try:
        return msgspec.convert(waarden, Metagegevens, strict=True)
    except msgspec.ValidationError as fout:
        sleutel = _find_sleutel(str(fout))
        verwacht = _VERWACHT.get(sleutel, "tekst tussen aanhalingstekens")
        melding = f"De waarde bij '{sleutel}' past hier niet; verwacht: {verwacht}."
        raise SjabloonError([Sjabloonfout.at(bestand, regels.get(sleutel, 1), melding)]) from fout


_VERWACHT: Mapping[str, str] = {
    "soort": ", ".join(Documentvorm),
    "inhoudsopgave": "ja of nee",
    "genummerd": "ja of nee",
    "verplichte_velden": "een blok met per veld 'pad.naar.veld: naam voor de lezer', of {}",
    "termijndagen": "een lijst met per dag het pad van het veld, zoals [rechtsbescherming.einde]",
    "controles": "een lijst namen van controles, of []",
}


_MAG_WEG = frozenset({"termijndagen"})
_MAG_LEEG = frozenset({"verplichte_velden", "controles", "termijndagen"})


def _find_sleutel(bericht: str) -> str:
    gevonden = re.search(r"\$\.(\w+)", bericht)
    return gevonden[1] if gevonden else ""


def read_yaml(bestand: str, tekst: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Give the values and the line of each key; two equal keys and text that is no YAML are refused."""
    yaml = YAML(typ="safe", pure=True)
    try:
        boom: Node | None = yaml.compose(tekst)
        waarden = yaml.load(tekst)
    except MarkedYAMLError as fout:
        merk = fout.problem_mark or fout.context_mark
        regel = merk.line + 1 if merk else 1
        dubbel = "duplicate key" in str(fout)
        melding = "Deze sleutel staat er twee keer." if dubbel else f"Dit is geen leesbare YAML. ({fout.problem})"
        raise SjabloonError([Sjabloonfout.at(bestand, regel, melding)]) from fout
    if not isinstance(boom, MappingNode) or not isinstance(waarden, dict):
        raise SjabloonError([Sjabloonfout.at(bestand, 1, "Dit bestand bevat geen sleutels met waarden.")])
    return waarden, {str(sleutel.value): sleutel.start_mark.line + 1 for sleutel, _ in boom.value}


def _find_fouten(waarden: Mapping[str, Any], regels: Mapping[str, int]) -> list[tuple[int, str]]:
    velden = Metagegevens.__struct_fields__
    fouten = [
        (regels[str(sleutel)], f"Onbekende sleutel '{sleutel}'.{suggest(str(sleutel), velden)}")
        for sleutel in waarden
        if sleutel not in velden
    ]
    fouten += [(1, f"De sleutel '{veld}' ontbreekt.") for veld in velden if veld not in {*waarden, *_MAG_WEG}]
    leeg = (veld for veld in velden if veld in waarden and veld not in _MAG_LEEG)
    fouten += [(regels[veld], f"Bij '{veld}' staat niets.") for veld in leeg if is_leeg(waarden[veld])]
    return fouten


def find_ontbrekend(metagegevens: Metagegevens, gegevens: Mapping[str, object]) -> list[OntbrekendVeld]:
    """Every required field that is absent or empty; an element of a list is named by its number."""
    ontbrekend: list[OntbrekendVeld] = []
    for pad, label in metagegevens.verplichte_velden.items():
        gemist = _miss(gegevens, pad.split("."), "")
        ontbrekend += [OntbrekendVeld(pad=pad_, label=label) for pad_ in gemist]
    return ontbrekend


def _miss(waarde: object, stappen: list[str], pad: str) -> list[str]:
    """The paths below `waarde` that lead to nothing."""
    if is_leeg(waarde):
        return [".".join(filter(None, [pad, *stappen]))]
    if isinstance(waarde, list | tuple):
        gemist = [_miss(deel, stappen, f"{pad}[{nummer}]") for nummer, deel in enumerate(waarde, 1)]
        return [pad_ for paden in gemist for pad_ in paden]
    if not stappen:
        return []
    volgende = waarde.get(stappen[0]) if isinstance(waarde, Mapping) else None
    return _miss(volgende, stappen[1:], f"{pad}.{stappen[0]}" if pad else stappen[0])
