"""The parts of an agreement beside the agreement itself: what they say, and which version of each holds on a day.

A jurist lays down what a part says, for all agreements of a procedure or for one; for data that includes the role of
the provider, which nothing chooses by itself.

Bron: H19-42, H19-52..H19-54, BP-14; domein B.7, C.18, C.19, C.20, C.31.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.overeenkomstdelen import Contract, GegevensafspraakRol, Onderdeelsoort

BEWERKER_TOT = date(2018, 5, 25)
"""From this day on the law speaks of a verwerker (AVG); before, of a bewerker (Wbp)."""

MELDTERMIJN_UREN = 72
"""The AVG gives the gemeente this long to report a data leak, so a provider cannot have longer."""


class Onderwerpregel(msgspec.Struct, frozen=True, kw_only=True):
    """A subject with what is agreed on it."""

    onderwerp: str
    tekst: str


class Overlegafspraak(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that is agreed: what, who, how often."""

    overleg: str
    wie: str
    frequentie: str


class Verwerkingsregel(msgspec.Struct, frozen=True, kw_only=True):
    """One processing of personal data."""

    verwerking: str
    doel: str
    grondslag: str
    betrokkenen: str
    gegevens: str


class Samenwerkinginhoud(msgspec.Struct, frozen=True, kw_only=True):
    """What the cooperation agreement with a provider says (C.18)."""

    doel: str
    ontwikkelagenda: tuple[Onderwerpregel, ...]
    overleg: tuple[Overlegafspraak, ...]
    kosten: str
    indicatoren: tuple[str, ...]
    evaluatie: str


class Gegevensinhoud(msgspec.Struct, frozen=True, kw_only=True):
    """What the processor agreement or the data arrangements say, with the role that the jurist chose and why (C.19)."""

    rol: GegevensafspraakRol
    motivering: str
    verwerkingen: tuple[Verwerkingsregel, ...]
    maatregelen: tuple[Onderwerpregel, ...]
    fg_gemeenten: str
    fg_aanbieder: str
    meldtermijn_uren: int
    aansprakelijkheid: str
    subverwerkers: tuple[Onderwerpregel, ...] = ()


class Dienstverleninginhoud(msgspec.Struct, frozen=True, kw_only=True):
    """What the agreement on services to the process says (C.20); `vergoeding` in euro per `eenheid`."""

    omschrijving: str
    stappen: tuple[Onderwerpregel, ...]
    normen: tuple[Onderwerpregel, ...]
    deskundigheid: str
    vergoeding: Decimal
    eenheid: str
    betaling: str
    overleg: tuple[Overlegafspraak, ...]
    opzegtermijn_maanden: int


Onderdeelinhoud = Samenwerkinginhoud | Gegevensinhoud | Dienstverleninginhoud


class Onderdelenbestand(msgspec.Struct, frozen=True, kw_only=True):
    """A file with what one or more parts say."""

    samenwerking: Samenwerkinginhoud | None = None
    gegevens: Gegevensinhoud | None = None
    dienstverlening: Dienstverleninginhoud | None = None

    @property
    def delen(self) -> dict[Onderdeelsoort, Onderdeelinhoud]:
        """The parts that the file speaks of."""
        paren = ((soort, getattr(self, soort.value)) for soort in Onderdeelsoort)
        return {soort: inhoud for soort, inhoud in paren if inhoud is not None}


def check_onderdelen(bestand: Onderdelenbestand) -> list[Beletsel]:
    """Every reason why this content cannot be laid down; empty = it can."""
    beletselen = []
    if not bestand.delen:
        wel = ", ".join(Onderdeelsoort)
        beletselen.append(Beletsel("onderdeel-leeg", f"Het bestand noemt geen onderdeel. Schrijf er een op: {wel}."))
    for soort, inhoud in bestand.delen.items():
        beletselen += [
            Beletsel("onderdeel-tekst", f"{soort}: '{naam}' is leeg. Vul het in.")
            for naam, tekst in list_teksten(inhoud)
            if not tekst.strip()
        ]
        beletselen += [
            Beletsel("onderdeel-lijst", f"{soort}: noem bij '{naam}' ten minste één regel.")
            for naam in inhoud.__struct_fields__
            if getattr(inhoud, naam) == () and naam != "subverwerkers"
        ]
    gegevens, dienst = bestand.gegevens, bestand.dienstverlening
    if gegevens is not None and not 1 <= gegevens.meldtermijn_uren <= MELDTERMIJN_UREN:
        tekst = f"gegevens: 'meldtermijn_uren' ligt tussen 1 en {MELDTERMIJN_UREN}."
        beletselen.append(Beletsel("onderdeel-meldtermijn", tekst))
    if dienst is not None and dienst.vergoeding < 0:
        beletselen.append(Beletsel("onderdeel-vergoeding", "dienstverlening: 'vergoeding' is geen negatief bedrag."))
    if dienst is not None and dienst.opzegtermijn_maanden < 1:
        beletselen.append(Beletsel("onderdeel-opzegtermijn", "dienstverlening: 'opzegtermijn_maanden' is 1 of meer."))
    return beletselen


def list_teksten(inhoud: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """Every text of a part, with the name of its field."""
    for naam in inhoud.__struct_fields__:
        waarde = getattr(inhoud, naam)
        for een in waarde if isinstance(waarde, tuple) else (waarde,):
            if isinstance(een, msgspec.Struct):
                yield from ((f"{naam}, {veld}", tekst) for veld, tekst in list_teksten(een))
            elif type(een) is str:
                yield naam, een


def list_open(contract: Contract, vastgesteld: Collection[Onderdeelsoort]) -> list[str]:
    """The parts that always belong to an agreement and of which nobody laid down what they say; their names.

    Bron: H19-42 (three parts always, a fourth where it is needed).
    """
    return [
        een.naam
        for een in contract.onderdelen
        if een.verplicht and een.stuk is not None and een.stuk not in vastgesteld
    ]


def is_bewerker(rol: GegevensafspraakRol, datum: date) -> bool:
    """Whether a processor agreement bears the old name: only before 25 May 2018 (B.7)."""
    return rol is GegevensafspraakRol.VERWERKER and datum < BEWERKER_TOT


def name_onderdeel(soort: Onderdeelsoort, rol: GegevensafspraakRol | None, datum: date) -> str:
    """What a part is called that is drawn up on a day; `rol` only for data."""
    if soort is not Onderdeelsoort.GEGEVENS:
        return "Samenwerkingsovereenkomst" if soort is Onderdeelsoort.SAMENWERKING else "Dienstverleningsovereenkomst"
    if rol is GegevensafspraakRol.VERWERKER:
        return "Bewerkersovereenkomst" if is_bewerker(rol, datum) else "Verwerkersovereenkomst"
    return (
        "Regeling gezamenlijke verantwoordelijkheid" if rol is GegevensafspraakRol.GEZAMENLIJK else "Gegevensafspraken"
    )


class Deelwijziging(msgspec.Struct, frozen=True):
    """An addendum in force: its number, its first day, and the parts that it changes ("" = the agreement itself)."""

    addendum: str
    ingang: date
    delen: frozenset[str]


class Deelversie(msgspec.Struct, frozen=True):
    """Which version of a part holds: its number, since when, and the addendum that made it ("" = as it was signed)."""

    versie: int
    vanaf: date
    addendum: str


def find_versie(deel: str, ingang: date, wijzigingen: Sequence[Deelwijziging]) -> Deelversie:
    """The version of one part after these changes, in order of their first day; what was signed is version 1.

    A change of one part gives a new version of that part alone.

    Bron: issue contract years (parts versioned apart); C.21.
    """
    eigen = [een for een in wijzigingen if deel in een.delen]
    if not eigen:
        return Deelversie(1, ingang, "")
    return Deelversie(1 + len(eigen), eigen[-1].ingang, eigen[-1].addendum)
