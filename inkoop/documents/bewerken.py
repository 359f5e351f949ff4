"""Changing the texts of a whole tree: marking each one, emptying the values, taking over what a jurist changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

import msgspec

from inkoop.documents.boom import (
    Adres,
    Alinea,
    Bijlage,
    Blok,
    Document,
    Handtekening,
    Handtekeningen,
    Inhoud,
    Kader,
    Kenmerken,
    Kop,
    Lijst,
    Tabel,
    Tekst,
    Verwijzing,
)

Bewerking = Callable[[Inhoud], Inhoud]
INVULPLEK = "[…]"
"""What stands in a bare template where a value comes."""
_replace = msgspec.structs.replace


def map_inhoud(blokken: Sequence[Blok], bewerking: Bewerking) -> tuple[Blok, ...]:
    """The same blocks with each running text changed, in reading order."""
    return tuple(
        bewerker(blok, bewerking) if (bewerker := _BEWERKERS.get(type(blok))) is not None else blok for blok in blokken
    )


def _map_lijst(lijst: Lijst, bewerking: Bewerking) -> Blok:
    punten = tuple(_replace(punt, blokken=map_inhoud(punt.blokken, bewerking)) for punt in lijst.punten)
    return _replace(lijst, punten=punten)


def _map_tabel(tabel: Tabel, bewerking: Bewerking) -> Blok:
    koppen = tuple(bewerking(kop) for kop in tabel.koppen)
    return _replace(tabel, koppen=koppen, rijen=tuple(tuple(bewerking(cel) for cel in rij) for rij in tabel.rijen))


def _map_vakken(blok: Handtekeningen, bewerking: Bewerking) -> Blok:
    vakken = []
    for vak in blok.vakken:
        namens = bewerking(vak.namens)
        vakken.append(Handtekening(naam=bewerking(vak.naam), functie=bewerking(vak.functie), namens=namens))
    return _replace(blok, vakken=tuple(vakken))


def _map_omvattend(blok: Kader | Bijlage, bewerking: Bewerking) -> Blok:
    return _replace(blok, titel=bewerking(blok.titel), blokken=map_inhoud(blok.blokken, bewerking))


_BEWERKERS: Mapping[type[Blok], Callable[..., Blok]] = {
    Kop: lambda kop, bewerking: _replace(kop, inhoud=bewerking(kop.inhoud)),
    Alinea: lambda alinea, bewerking: _replace(alinea, inhoud=bewerking(alinea.inhoud)),
    Lijst: _map_lijst,
    Tabel: _map_tabel,
    Adres: lambda adres, bewerking: _replace(adres, regels=tuple(bewerking(regel) for regel in adres.regels)),
    Kenmerken: lambda blok, bewerking: _replace(
        blok, paren=tuple((bewerking(label), bewerking(waarde)) for label, waarde in blok.paren)
    ),
    Handtekeningen: _map_vakken,
    Kader: _map_omvattend,
    Bijlage: _map_omvattend,
}


def mark_document(document: Document) -> Document:
    """Give every running text its number in reading order, from 1: it keeps it in Word and in every comparison."""
    teller = count(1)

    def mark(inhoud: Inhoud) -> Inhoud:
        if not inhoud or not isinstance(inhoud[0], Tekst | Verwijzing):
            return inhoud
        return (_replace(inhoud[0], merk=next(teller)), *inhoud[1:])

    return _replace(document, blokken=map_inhoud(document.blokken, mark))


def empty_waarden(document: Document) -> Document:
    """The bare template: the fixed text of this document, with a mark where a value stands."""

    def empty(inhoud: Inhoud) -> Inhoud:
        return tuple(
            _replace(deel, tekst=INVULPLEK, waarde=False) if isinstance(deel, Tekst) and deel.waarde else deel
            for deel in inhoud
        )

    return _replace(document, blokken=map_inhoud(document.blokken, empty))
