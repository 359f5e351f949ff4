"""Defined terms: where a contract defines them, and whether it uses them as it defines them.

A term is a point that begins with its name in bold and a colon, under the heading with label
`begrippen`:

    ## Begrippen [#begrippen]
    1. In deze overeenkomst betekent:
       1. **Aanbieder**: de partij die de Ondersteuning levert;

Only the fixed text is read: what comes from the data is not ours to spell.

Bron: domein C.17 (D1, article 1); project default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from inkoop.documents.boom import (
    Alinea,
    Bijlage,
    Blok,
    Document,
    Inhoud,
    Kop,
    Lijst,
    Punt,
    Regeleinde,
    Tekst,
    Verwijzing,
    list_binnen,
    list_inhoud,
)
from inkoop.documents.fouten import Plaats
from inkoop.documents.tekst import Regel

LABEL = "begrippen"
_UITGANG = r"(?:en|n|s|'s|’s|ën)?"
_BEPALEND = r"(?:de|het)"
_NA_LIDWOORD = re.compile(r"\b(?i:de|het) (\S+)")
_HOOFDLETTERWOORD = re.compile(rf"\b(?:{_BEPALEND}|een|elke|haar|zijn) ([A-Z][a-zé]+)\b")


class Begrip(msgspec.Struct, frozen=True):
    """A defined term, and the template line that defines it."""

    naam: str
    plaats: Plaats


def list_begrippen(document: Document) -> list[Begrip]:
    """The terms that a document defines, in order."""
    begrippen: list[Begrip] = []
    binnen = False
    for blok in document.blokken:
        if isinstance(blok, Kop):
            binnen = blok.label == LABEL
        elif binnen and isinstance(blok, Lijst):
            begrippen += _find_begrippen(blok)
    return begrippen


def _find_begrippen(lijst: Lijst) -> Iterator[Begrip]:
    for punt in lijst.punten:
        if (naam := _read_naam(punt)) is not None:
            yield Begrip(naam, punt.plaats)
        for blok in punt.blokken:
            if isinstance(blok, Lijst):
                yield from _find_begrippen(blok)


def _read_naam(punt: Punt) -> str | None:
    eerste = punt.blokken[0]
    if not isinstance(eerste, Alinea) or len(eerste.inhoud) < 2:
        return None
    naam, rest = eerste.inhoud[:2]
    is_begrip = isinstance(naam, Tekst) and naam.vet and isinstance(rest, Tekst) and rest.tekst.startswith((":", " ("))
    return naam.tekst.strip() if is_begrip and isinstance(naam, Tekst) else None


def check_begrippen(document: Document, _: Sequence[Regel], __: Mapping[str, object]) -> Iterator[tuple[Plaats, str]]:
    """Each term is defined once, is used, and keeps its capital; what has a capital like a term is defined.

    From the definitions on, "de aanbieder" means the defined Aanbieder and is a fault; "een aanbieder" and
    "alle aanbieders" are ordinary words. Annexes may write a term without its capital.

    Bron: domein C.17 (D1, article 1: begrippen); project default.
    """
    begrippen = list_begrippen(document)
    if not begrippen:
        yield document.blokken[0].plaats, f"er zijn geen begrippen omschreven onder een kop met label '{LABEL}'"
        return
    eerste: dict[str, Begrip] = {}
    for begrip in begrippen:
        if begrip.naam in eerste:
            yield begrip.plaats, f"het begrip '{begrip.naam}' is ook al omschreven in {eerste[begrip.naam].plaats}"
        eerste.setdefault(begrip.naam, begrip)
    hoofdtekst = list(_list_vast(blok for blok in document.blokken if not isinstance(blok, Bijlage)))
    alles = [*hoofdtekst, *_list_vast(blok for blok in document.blokken if isinstance(blok, Bijlage))]
    vanaf = list(_list_vast(_after_begrippen(document)))
    samen = "\n".join(tekst for _, tekst in vanaf)  # searched first: seldom is there more to do
    klein_begin = " ".join(f" {woord.lower()}" for woord in _NA_LIDWOORD.findall(samen) if woord[0].islower())
    for begrip in eerste.values():
        vorm = re.compile(rf"\b{re.escape(begrip.naam)}{_UITGANG}\b")
        if not any(begrip.naam in tekst and plaats != begrip.plaats and vorm.search(tekst) for plaats, tekst in alles):
            yield begrip.plaats, f"het begrip '{begrip.naam}' is omschreven, maar wordt nergens gebruikt"
        klein = begrip.naam[:1].lower() + begrip.naam[1:]
        if klein == begrip.naam or f" {klein.lower().split(' ')[0]}" not in klein_begin:
            continue
        klein_geschreven = re.compile(rf"\b{_BEPALEND} {re.escape(klein)}{_UITGANG}\b", re.IGNORECASE)
        if not any(g[0].split(" ", 1)[1][:1].islower() for g in klein_geschreven.finditer(samen)):
            continue
        for plaats, tekst in vanaf:
            for gevonden in klein_geschreven.finditer(tekst):
                if gevonden[0].split(" ", 1)[1][:1].islower():
                    yield plaats, f"'{gevonden[0]}' is het begrip '{begrip.naam}': schrijf het met een hoofdletter"
    yield from _find_onbekend(vanaf, set(eerste))


def _after_begrippen(document: Document) -> Iterator[Blok]:
    """The document proper from its definitions on: what stands above, such as the names of the parties, is no term."""
    binnen = False
    for blok in document.blokken:
        binnen = binnen or (isinstance(blok, Kop) and blok.label == LABEL)
        if binnen and not isinstance(blok, Bijlage):
            yield blok


def _find_onbekend(regels: Sequence[Regel], namen: set[str]) -> Iterator[tuple[Plaats, str]]:
    """Words with a capital like a term that also occur without one: one of the two is a mistake."""
    woorden = set(re.findall(r"\b[a-zé]+\b", "\n".join(tekst for _, tekst in regels)))
    gemeld: set[str] = set()
    bekend = re.compile("|".join(rf"{re.escape(naam)}{_UITGANG}" for naam in namen))
    for plaats, tekst in regels:
        for woord in _HOOFDLETTERWOORD.findall(tekst):
            if bekend.fullmatch(woord) or woord in gemeld:
                continue
            if woord[:1].lower() + woord[1:] in woorden:
                gemeld.add(woord)
                yield plaats, f"'{woord}' staat er met een hoofdletter, als een begrip, maar is niet omschreven"


def _list_vast(blokken: Iterable[Blok]) -> Iterator[Regel]:
    """The fixed text of blocks, with a mark where a value stands."""
    for blok in blokken:
        for inhoud in list_inhoud(blok):
            yield blok.plaats, _read_vast(inhoud)
        yield from _list_vast(list_binnen(blok))


def _read_vast(inhoud: Inhoud) -> str:
    delen = []
    for deel in inhoud:
        if isinstance(deel, Regeleinde):
            delen.append(" ")
        elif isinstance(deel, Verwijzing) or deel.waarde:
            delen.append("…")
        else:
            delen.append(deel.tekst)
    return "".join(delen)
