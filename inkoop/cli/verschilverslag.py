"""Telling what changes from one edition to another."""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.cli.uitvoer import print_regels
from inkoop.domain.criteria.verschil.richting import Richting
from inkoop.domain.criteria.verschil.vergelijking import Criteriumverschil, Editieverschil, Verschilsoort, Wijziging

_KOPPEN = {
    Verschilsoort.TOEGEVOEGD: "Nieuw",
    Verschilsoort.VERVALLEN: "Vervallen",
    Verschilsoort.STRENGER: "Strenger",
    Verschilsoort.SOEPELER: "Soepeler",
    Verschilsoort.GEWIJZIGD: "Gewijzigd",
    Verschilsoort.VERWOORD: "Alleen anders verwoord",
}
_RICHTINGEN = {
    Richting.STRENGER: "strenger",
    Richting.SOEPELER: "soepeler",
    Richting.ANDERS: "anders; beoordeel zelf wie dit raakt",
    Richting.VERWOORD: "andere woorden",
}
_SLEUTELS = {
    "als": "alleen als",
    "delen": "een deel",
    "ervaring_bereik": "waarover de ervaring gaat",
    "geldig_op": "geldig op",
    "leeftijd_op": "leeftijd gemeten op",
    "locaties_functie": "locaties op het certificaat",
    "max_leeftijd_maanden": "hoogste leeftijd in maanden",
    "minimum_clienten": "minimum aantal cliënten",
    "momenten": "wanneer wordt getoetst",
    "onbekende_entiteit": "certificaat op naam van anderen",
    "ondertekening_herstelbaar": "herstel van de handtekening",
    "per": "waarvoor wordt beslist",
    "periode_maanden": "periode in maanden",
    "herstelbaar": "herstel",
    "set": "naam van de set",
    "toepassing": "wie moet voldoen",
}
"""Keys that do not read as words by themselves."""


def print_verschil(verschil: Editieverschil) -> None:
    """The whole comparison, the kinds of change under each other."""
    print_regels(_list_regels(verschil))


def _list_regels(verschil: Editieverschil) -> Iterator[str]:
    yield f"Van {verschil.oud} naar {verschil.nieuw}"
    if not verschil.algemeen and not verschil.criteria:
        yield "Er is geen verschil in wat deze edities vragen."
        return
    tellingen = {soort: sum(1 for c in verschil.criteria if c.soort is soort) for soort in Verschilsoort}
    yield ", ".join(f"{aantal} {_KOPPEN[soort].lower()}" for soort, aantal in tellingen.items() if aantal)
    for wijziging in verschil.algemeen:
        yield from ("", f"Voor de hele set: {_name_sleutel(wijziging.sleutel)}", *_describe_wijziging(wijziging))
    for soort in Verschilsoort:
        for criterium in verschil.criteria:
            if criterium.soort is soort:
                yield from ("", *_describe_criterium(criterium))
    if verschil.ongewijzigd:
        yield from ("", f"Ongewijzigd: {', '.join(verschil.ongewijzigd)}.")


def _describe_criterium(verschil: Criteriumverschil) -> Iterator[str]:
    yield f"{_KOPPEN[verschil.soort]}: {verschil.criterium}  {verschil.titel}"
    if verschil.lijkt_op:
        yield f"  Toetst hetzelfde als het vervallen {verschil.lijkt_op}. Hetzelfde criterium houdt beter dezelfde id."
    for wijziging in verschil.wijzigingen:
        yield from _describe_wijziging(wijziging, kop=f"  {_name_sleutel(wijziging.sleutel)}")
    was = [regel for regel in verschil.was if regel not in verschil.wordt]
    wordt = [regel for regel in verschil.wordt if regel not in verschil.was]
    for kop, regels in (("Was", was), ("Wordt", wordt)):
        if regels:
            yield f"  {kop}:"
            yield from (f"    {regel}" for regel in regels)
    yield f"  Geldt voor: {verschil.geldt_voor}."
    yield f"  Gevolg: {verschil.gevolg}"


def _name_sleutel(sleutel: str) -> str:
    """Where a key stands, in words: `toets.max_leeftijd_maanden` becomes "toets: hoogste leeftijd in maanden"."""
    return ": ".join(_SLEUTELS.get(deel, deel.replace("_", " ")) for deel in sleutel.split("."))


def _describe_wijziging(wijziging: Wijziging, kop: str = "") -> Iterator[str]:
    richting = " en ".join(_RICHTINGEN[r] for r in wijziging.richting)
    if kop:
        yield f"{kop} ({richting})"
    else:
        yield f"  ({richting})"
    yield f"    van:  {wijziging.oud}"
    yield f"    naar: {wijziging.nieuw}"
