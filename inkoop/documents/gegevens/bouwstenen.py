"""Small blocks that policy papers, tender documents and reports share.

Prose that an officer writes is a field here; everything that the procedure file or the records know
comes from there. Days are date, instants are aware datetimes, amounts are Decimal.

Bron: domein C (conventions), C.4, C.6, C.9, C.31.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.blokken import (
    Aanbiedergegevens,
    Gemeentepartij,
    Ondertekenaar,
    Organisatiegegevens,
    Proceduregegevens,
)


class Stuk(msgspec.Struct, frozen=True, kw_only=True):
    """What every paper about a procedure has; `versie` is that of the paper itself, such as "0.9"."""

    kenmerk: str
    versie: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens


class Afspraak(msgspec.Struct, frozen=True, kw_only=True):
    """What every agreement between gemeenten and an aanbieder has."""

    kenmerk: str
    contractnummer: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    gemeenten: tuple[Gemeentepartij, ...]
    aanbieder: Aanbiedergegevens
    rechtbank: str


class Aanbiedersbrief(msgspec.Struct, frozen=True, kw_only=True):
    """What every letter to an aanbieder has that is not about an aanmelding; `datum` is the day it is sent."""

    kenmerk: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    aanbieder: Aanbiedergegevens
    ondertekenaar: Ondertekenaar


class Toelichting(msgspec.Struct, frozen=True, kw_only=True):
    """A subject with what is to be said about it, in sentences."""

    onderwerp: str
    tekst: str


class Keuze(msgspec.Struct, frozen=True, kw_only=True):
    """A choice with what else was possible and why this was chosen."""

    onderwerp: str
    gekozen: str
    alternatieven: tuple[str, ...]
    argument: str


class Cijfer(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its year and source; `eenheid` such as "cliënten" or "euro"."""

    onderwerp: str
    gebied: str
    aantal: int
    eenheid: str
    jaar: int
    bron: str


class Risico(msgspec.Struct, frozen=True, kw_only=True):
    """A risk, what it would do, what is done about it and who sees to that."""

    risico: str
    gevolg: str
    maatregel: str
    eigenaar: str


class Planningstap(msgspec.Struct, frozen=True, kw_only=True):
    """A step with its day; `tijdstip` where the hour counts, and then it holds instead of the day."""

    stap: str
    datum: date
    tijdstip: datetime | None = None
    wie: str | None = None


class Documentversie(msgspec.Struct, frozen=True, kw_only=True):
    """A document in one version; `sha256` is the hash of its file."""

    titel: str
    versie: str
    datum: date
    sha256: str | None = None


class Deelname(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in a consultation: for whom, when, how many took part."""

    doelgroep: str
    datum: date
    aantal: int


class Regeling(msgspec.Struct, frozen=True, kw_only=True):
    """The term in words and days; `verlenging` is a sentence that says how it is extended, or that it is not."""

    ingang: date
    einde_eerste_termijn: date
    verlenging: str
    max_einddatum: date


class Aanbodproduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product; without `bedrag` it has no tariff of its own (lump sum, or to be offered)."""

    code: str
    naam: str
    omschrijving: str
    bedrag: Decimal | None = None


class Aanbodperceel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel; `maximum` is the number of aanbieders (None = no maximum), `raming` what is estimated, in euro."""

    code: str
    naam: str
    omschrijving: str
    schaal: str | None = None
    maximum: int | None = None
    raming: Decimal | None = None
    producten: tuple[Aanbodproduct, ...] = ()
