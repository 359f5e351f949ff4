"""The texts that papers are made of, as a library to search in: which paper says what, and who checks it.

Bron: issue web application (jurist: clause library); ontwerp 6.
"""

from __future__ import annotations

import re

import msgspec

from inkoop.documents.metagegevens import read_metagegevens
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services.huis import Huis, Optreden

_DEEL = "delen"
_COMMENTAAR = re.compile(r"\{#.*?#\}", re.DOTALL)


class Kastregel(msgspec.Struct, frozen=True, kw_only=True):
    """A paper or a shared part: what it is called, its version, who drafts, checks and decides."""

    soort: str
    titel: str
    versie: str
    opgesteld_door: str
    gecontroleerd_door: str
    besloten_door: str
    bron: str


class Clausulevondst(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that holds a word: in which file of the templates, on which line, under which heading."""

    bestand: str
    regel: int
    kop: str
    tekst: str


def list_kast(huis: Huis, door: Optreden) -> tuple[Kastregel, ...]:
    """Every kind of paper by its title."""
    require_toegang(door.persoon, door.rol, Handeling.DOCUMENT_OPMERKEN)
    regels = []
    for soort in huis.sjablonen.list_soorten():
        meta = read_metagegevens(huis.sjablonen, soort)
        regels.append(
            Kastregel(
                soort=soort,
                titel=meta.titel,
                versie=meta.versie,
                opgesteld_door=meta.opgesteld_door,
                gecontroleerd_door=meta.gecontroleerd_door,
                besloten_door=meta.besloten_door,
                bron=meta.bron,
            )
        )
    return tuple(sorted(regels, key=lambda een: een.titel.casefold()))


def search_clausules(huis: Huis, door: Optreden, woord: str, aantal: int = 100) -> tuple[Clausulevondst, ...]:
    """The passages that hold a word, at most `aantal`, by file; shared parts are called `delen/...`."""
    require_toegang(door.persoon, door.rol, Handeling.DOCUMENT_OPMERKEN)
    zoek = woord.strip().casefold()
    if len(zoek) < 2:
        return ()
    map_ = huis.sjablonen.map
    bestanden = [map_ / soort / "sjabloon.md" for soort in huis.sjablonen.list_soorten()]
    bestanden += sorted((map_ / _DEEL).rglob("*.md"))
    gevonden: list[Clausulevondst] = []
    for pad in bestanden:
        kop = ""
        tekst = _COMMENTAAR.sub(lambda stuk: "\n" * stuk.group().count("\n"), pad.read_text(encoding="utf-8"))
        for nummer, regel in enumerate(tekst.splitlines(), start=1):
            if regel.startswith("#"):
                kop = regel.lstrip("# ").strip()
            if zoek in regel.casefold():
                naam = str(pad.relative_to(map_)).removesuffix("/sjabloon.md").removesuffix(".md")
                gevonden.append(Clausulevondst(bestand=naam, regel=nummer, kop=kop, tekst=regel.strip()))
                if len(gevonden) >= aantal:
                    return tuple(gevonden)
    return tuple(gevonden)
