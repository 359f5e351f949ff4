"""What a criterion asks to be told about a file: one question for each fact that it looks at.

A criterion says what is fixed (the name of the document), what can be chosen, and what it looks at; which fields a
question has follows from the kind of fact (web/bewijsvormen).

Bron: issue web application, 6; ontwerp 4; docs/handleiding/criteria.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criterium,
    Documenttoets,
    EenToets,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Personeeltoets,
    Registertoets,
    Uitsluitingtoets,
    Verklaringtoets,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.verwoording import write_hoofdletter, write_naam, write_norm

UITVOER = "aanbieder"
"""The party of a statement that is the applicant itself: its signature is the statement's own."""


class Vraagblok(NamedTuple):
    """One fact that a criterion asks for: its kind, a title, what is fixed, what can be chosen, what is looked at.

    `delen` are the names of the parts of a document, the answers of a statement or the parties that sign it.
    """

    soort: str
    titel: str
    vast: Mapping[str, str]
    keuzes: Mapping[str, tuple[str, ...]]
    gevraagd: frozenset[str]
    onderdelen: tuple[str, ...] = ()
    gegevens: tuple[str, ...] = ()
    handtekeningen: tuple[str, ...] = ()
    door: bool = False


def list_vragen(criterium: Criterium, producten: Sequence[str], percelen: Sequence[str]) -> list[Vraagblok]:
    """Every fact that a criterion looks at, for the products and percelen that are offered."""
    samen: dict[tuple[object, ...], Vraagblok] = {}
    for blad in list_bladen(criterium.toets):
        for vraag in _list_vragen(blad, producten, percelen):
            # What one file says once is asked once, whatever parts of the criterion look at it.
            eigen = () if vraag.soort in _MEERDERE else (vraag.soort, *sorted(vraag.vast.items()))
            sleutel = eigen or (len(samen),)
            samen[sleutel] = _merge(samen[sleutel], vraag) if sleutel in samen else vraag
    return list(samen.values())


_MEERDERE = frozenset({"certificaat", "ervaring", "personeel"})
"""Kinds of which a file often holds several: each part of a criterion asks its own."""


def _merge(een: Vraagblok, ander: Vraagblok) -> Vraagblok:
    """One question for two that are about the same thing."""
    return een._replace(
        keuzes={
            n: tuple(dict.fromkeys((*een.keuzes.get(n, ()), *w))) for n, w in {**een.keuzes, **ander.keuzes}.items()
        },
        gevraagd=een.gevraagd | ander.gevraagd,
        onderdelen=tuple(dict.fromkeys((*een.onderdelen, *ander.onderdelen))),
        gegevens=tuple(dict.fromkeys((*een.gegevens, *ander.gegevens))),
        handtekeningen=tuple(dict.fromkeys((*een.handtekeningen, *ander.handtekeningen))),
        door=een.door or ander.door,
    )


def _list_vragen(toets: EenToets, producten: Sequence[str], percelen: Sequence[str]) -> Iterator[Vraagblok]:
    maak = _MAKERS.get(type(toets))
    if maak is not None:
        yield from maak(toets, producten, percelen)


def _certificaat(toets: Certificaattoets, _producten: Sequence[str], percelen: Sequence[str]) -> Iterator[Vraagblok]:
    woorden = [w for perceel in percelen or toets.scope_per_perceel for w in toets.scope_per_perceel.get(perceel, ())]
    gevraagd = {
        "instelling": bool(toets.instellingen),
        "geaccrediteerd": toets.accreditatie_vereist,
        "registerstatus": toets.registerstatus_vereist,
        "register_gezien_op": toets.registercontrole is not None,
        "locaties": toets.locaties_functie is not None,
    }
    yield Vraagblok(
        soort="certificaat",
        titel=f"Certificaat {write_norm(toets.norm)}" + (" of gelijkwaardig" if toets.gelijkwaardig else ""),
        vast={},
        keuzes={
            "norm": (toets.norm, *toets.gelijkwaardig),
            "instelling": toets.instellingen,
            "scope": tuple(dict.fromkeys(woorden)),
        },
        gevraagd=frozenset(naam for naam, waar in gevraagd.items() if waar),
    )


def _document(toets: Documenttoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    gevraagd = {"versie": bool(toets.versies), "op_naam_van": toets.op_naam}
    yield Vraagblok(
        soort="document",
        titel=write_hoofdletter(write_naam(toets.document)),
        vast={"document": toets.document},
        keuzes={"versie": toets.versies},
        gevraagd=frozenset(naam for naam, waar in gevraagd.items() if waar),
        onderdelen=toets.onderdelen,
        door=bool(toets.onderdelen_door),
    )


def _beoordeling(toets: Beoordelingtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    vast = {"document": toets.document}
    yield Vraagblok("document", write_hoofdletter(write_naam(toets.document)), vast, {}, frozenset())


def _verklaring(toets: Verklaringtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    yield Vraagblok(
        soort="verklaring",
        titel=f"Verklaring {write_naam(toets.verklaring)}",
        vast={"verklaring": toets.verklaring},
        keuzes={},
        gevraagd=frozenset({"ondertekenaar", "bevoegd"} if toets.bevoegd_ondertekend else ()),
        gegevens=tuple(dict.fromkeys((*toets.gegevens, *toets.antwoorden))),
        handtekeningen=tuple(partij for partij in toets.ondertekend_door if partij != UITVOER),
    )


def _ervaring(_toets: Ervaringtoets, producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for product in producten:
        yield Vraagblok("ervaring", f"Ervaring met {product}", {"product": product}, {}, frozenset())


def _personeel(toets: Personeeltoets, producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    gevraagd = frozenset(
        {*(("totaal",) if toets.minimum_aandeel else ()), *(("register", "registerstatus") if toets.registers else ())}
    )
    keuzes = {"kwalificatie": toets.kwalificaties, "register": toets.registers}
    for product in producten:
        yield Vraagblok("personeel", f"Personeel voor {product}", {"product": product}, keuzes, gevraagd)


def _locatie(toets: Locatietoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    yield Vraagblok("locatie", f"Locatie voor {write_naam(toets.functie)}", {"functie": toets.functie}, {}, frozenset())


def _getal(toets: Getaltoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for grootheid in dict.fromkeys((toets.grootheid, *((toets.als.grootheid,) if toets.als else ()))):
        titel = f"Aantal: {write_naam(grootheid)}"
        yield Vraagblok("getal", titel, {"grootheid": grootheid}, {}, frozenset())


def _register(toets: Registertoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for register in toets.registers:
        yield Vraagblok("registratie", f"Inschrijving in {register}", {"register": register}, {}, frozenset())


def _uitsluiting(toets: Uitsluitingtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    titel = f"Uitsluitingsgrond: {write_naam(toets.uitsluitingsgrond)}"
    yield Vraagblok("uitsluiting", titel, {"uitsluitingsgrond": toets.uitsluitingsgrond}, {}, frozenset())


_MAKERS: Mapping[type, Any] = {
    Certificaattoets: _certificaat,
    Documenttoets: _document,
    Beoordelingtoets: _beoordeling,
    Verklaringtoets: _verklaring,
    Ervaringtoets: _ervaring,
    Personeeltoets: _personeel,
    Locatietoets: _locatie,
    Getaltoets: _getal,
    Registertoets: _register,
    Uitsluitingtoets: _uitsluiting,
}
"""How each kind of leaf asks for its fact; a kind that is about the parties themselves asks for none."""


def fits(feit: Mapping[str, Any], vraag: Vraagblok) -> bool:
    """Whether a fact is what is asked: of that kind, with what is fixed."""
    return feit.get("soort") == vraag.soort and all(feit.get(naam) == waarde for naam, waarde in vraag.vast.items())


def has_woorden(feit: Mapping[str, Any], vraag: Vraagblok) -> bool:
    """Whether a fact that fits says one of the words that can be chosen, wherever there are any."""
    gekozen = ((feit.get(naam), woorden) for naam, woorden in vraag.keuzes.items() if woorden)
    return all(waarde in woorden for waarde, woorden in gekozen if isinstance(waarde, str) and waarde)
