"""Load a koppelingsbestand: which column of a platform's export is what in an aanmelding.

The part `aanmelding` is an aanmeldingsbestand in which a value may be taken from a column:

    kvk: {kolom: "KvK-nummer"}
    percelen: {kolom: "Percelen", scheiding: ";", waarden: {"Perceel 1A": "1A"}}

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from inkoop.definitions.fout import Fout
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import Yamlbron, read_yaml


class Kolomsoort(StrEnum):
    """How the text of a column is read."""

    TEKST = "tekst"
    DAG = "dag"
    GETAL = "getal"
    JA_NEE = "ja_nee"


class Kolomwaarde(msgspec.Struct, frozen=True, kw_only=True):
    """A value that comes from a column; `waarden` turns the platform's words into ours, `plek` is its line."""

    kolom: str
    soort: Kolomsoort = Kolomsoort.TEKST
    scheiding: str | None = None
    waarden: Mapping[str, str] = {}
    plek: Fout


class Overige(StrEnum):
    """What happens to files that the aanmelding does not name: the row is refused, or they come with it."""

    WEIGEREN = "weigeren"
    BEWAREN = "bewaren"


class Koppeling(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping. The content comes from the form of the round (`formulier`, a file name) or from `aanmelding`.

    `aanmelding` holds plain values with a Kolomwaarde where a column gives the value.
    """

    platform: str
    referentie: Kolomwaarde
    ontvangen_op: Kolomwaarde
    map: Kolomwaarde | None = None
    kvk: Kolomwaarde | None = None
    blad: str | None = None
    kopregel: int = 1
    formulier: str | None = None
    aanmelding: Any = None
    overige_bestanden: Overige = Overige.WEIGEREN

    def list_kolommen(self) -> Iterator[Kolomwaarde]:
        """Every column that is asked for."""
        vast = (self.referentie, self.ontvangen_op, self.map, self.kvk)
        yield from (kolom for kolom in vast if kolom is not None)
        yield from walk_kolommen(self.aanmelding)


def walk_kolommen(deel: Any) -> Iterator[Kolomwaarde]:
    """Every column in a part of the template."""
    if isinstance(deel, Kolomwaarde):
        yield deel
    elif isinstance(deel, Mapping):
        for waarde in deel.values():
            yield from walk_kolommen(waarde)
    elif isinstance(deel, list):
        for waarde in deel:
            yield from walk_kolommen(waarde)


_VERPLICHT = ("platform", "referentie", "ontvangen_op")
_KOLOMMEN = ("referentie", "ontvangen_op", "map", "kvk")
_SLEUTELS = (*_VERPLICHT, "map", "kvk", "blad", "kopregel", "formulier", "aanmelding", "overige_bestanden")
KOLOMSLEUTELS = ("kolom", "soort", "scheiding", "waarden")


def load_koppeling(pad: Path) -> Koppeling:
    """Read and check a koppelingsbestand. Raises DefinitieError with every fault, by place."""
    bron = read_yaml(pad)
    waarde = bron.waarde
    fouten: list[Fout] = []
    if not isinstance(waarde, dict):
        bron.raise_fouten([bron.fout((), "Hier horen sleutels: platform, referentie, ontvangen_op.")])
    fouten += _check_sleutels(bron, waarde)
    velden: dict[str, Any] = {}
    for sleutel in _KOLOMMEN:
        if sleutel in waarde:
            velden[sleutel] = read_deel(bron, (sleutel,), waarde[sleutel], fouten)
            if not isinstance(velden[sleutel], Kolomwaarde):
                fouten.append(bron.fout((sleutel,), 'Noem hier een kolom: {kolom: "Naam van de kolom"}.'))
    for sleutel in ("platform", "blad", "formulier"):
        if sleutel in waarde:
            velden[sleutel] = str(waarde[sleutel])
    velden["kopregel"] = waarde.get("kopregel", 1)
    if not isinstance(velden["kopregel"], int) or velden["kopregel"] < 1:
        fouten.append(bron.fout(("kopregel",), "Hier hoort het nummer van de regel met de koppen, vanaf 1."))
    overige = waarde.get("overige_bestanden", Overige.WEIGEREN)
    if overige not in tuple(Overige):
        fouten.append(bron.fout(("overige_bestanden",), "Schrijf 'weigeren' of 'bewaren'."))
    if "aanmelding" in waarde:
        velden["aanmelding"] = read_deel(bron, ("aanmelding",), waarde["aanmelding"], fouten)
        if not isinstance(waarde["aanmelding"], dict):
            fouten.append(bron.fout(("aanmelding",), "Hier horen de sleutels van een aanmeldingsbestand."))
    bron.raise_fouten(fouten)
    return Koppeling(**velden, overige_bestanden=Overige(overige))


def _check_sleutels(bron: Yamlbron, waarde: Mapping[str, Any]) -> Iterator[Fout]:
    """Keys that are unknown, missing, or go ill together."""
    for sleutel in waarde:
        if sleutel not in _SLEUTELS:
            tekst = f"De sleutel '{sleutel}' is hier onbekend.{suggest(sleutel, _SLEUTELS)}"
            yield bron.fout((sleutel,), tekst, sleutel=True)
    for sleutel in _VERPLICHT:
        if sleutel not in waarde:
            yield bron.fout((), f"De sleutel '{sleutel}' ontbreekt.")
    if ("formulier" in waarde) == ("aanmelding" in waarde):
        yield bron.fout((), "Geef 'formulier' (de naam van het ingevulde formulier) of 'aanmelding', niet beide.")


def read_deel(bron: Yamlbron, loc: Loc, deel: Any, fouten: list[Fout]) -> Any:
    """A part of the template with its columns made into values."""
    if isinstance(deel, list):
        return [read_deel(bron, (*loc, i), waarde, fouten) for i, waarde in enumerate(deel)]
    if not isinstance(deel, dict):
        return deel
    if "kolom" not in deel:
        return {sleutel: read_deel(bron, (*loc, sleutel), waarde, fouten) for sleutel, waarde in deel.items()}
    begin = len(fouten)
    for sleutel in deel:
        if sleutel not in KOLOMSLEUTELS:
            tekst = f"De sleutel '{sleutel}' hoort niet bij een kolom.{suggest(sleutel, KOLOMSLEUTELS)}"
            fouten.append(bron.fout((*loc, sleutel), tekst, sleutel=True))
    if deel.get("soort", "tekst") not in tuple(Kolomsoort):
        tekst = f"Deze soort bestaat niet.{suggest(str(deel['soort']), list(Kolomsoort))}"
        fouten.append(bron.fout((*loc, "soort"), tekst))
    if not isinstance(deel.get("waarden", {}), dict):
        fouten.append(bron.fout((*loc, "waarden"), "Hier horen woorden van het platform met hun waarde."))
    plek = bron.fout((*loc, "kolom"), "")
    if len(fouten) > begin:
        return Kolomwaarde(kolom=str(deel["kolom"]), plek=plek)
    return Kolomwaarde(
        kolom=str(deel["kolom"]),
        soort=Kolomsoort(deel.get("soort", "tekst")),
        scheiding=None if "scheiding" not in deel else str(deel["scheiding"]),
        waarden={str(van): str(naar) for van, naar in deel.get("waarden", {}).items()},
        plek=plek,
    )
