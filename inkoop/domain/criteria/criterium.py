"""What a criterion asks: the closed language of criteria sets as values.

One struct per kind. The YAML of a criteria set maps one to one on these (definitions/criteriaset);
how a kind is judged stands in `inkoop.domain.criteria.soorten`.

Bron: ontwerp 4; F.0.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Peilmoment(StrEnum):
    """The named reference moments; a ronde binds each to a date (E.5)."""

    INDIENING = "indiening"
    SLUITING = "sluiting"
    BESLUIT = "besluit"
    INGANG = "ingang"
    LOOPTIJD = "looptijd"


class Groep(StrEnum):
    """To which group a criterion belongs; `informatief` never counts."""

    FORMEEL = "formeel"
    UITSLUITINGSGROND = "uitsluitingsgrond"
    GESCHIKTHEIDSEIS = "geschiktheidseis"
    MINIMUMEIS = "minimumeis"
    SELECTIECRITERIUM = "selectiecriterium"
    INFORMATIEF = "informatief"


class Per(StrEnum):
    """For what a criterion is decided."""

    AANMELDING = "aanmelding"
    PERCEEL = "perceel"
    PRODUCT = "product"


class Toepassing(StrEnum):
    """Who in a combination must satisfy the criterion (B.4)."""

    ELK_LID = "elk_lid"
    GEZAMENLIJK = "gezamenlijk"
    PENVOERDER = "penvoerder"


class Moment(StrEnum):
    """At which occasions a criterion is tested."""

    TOELATING = "toelating"
    JAARLIJKS = "jaarlijks"
    BIJ_WIJZIGING = "bij_wijziging"
    DOORLOPEND = "doorlopend"


class Herstelbaarheid(StrEnum):
    """What may be repaired after closing (B.2.7)."""

    NEE = "nee"
    ALLEEN_VERDUIDELIJKING = "alleen_verduidelijking"
    BEWIJS_BESTOND_AL = "bewijs_bestond_al"
    VRIJ = "vrij"


class Toepassingsbereik(msgspec.Struct, frozen=True, kw_only=True):
    """`alleen`: to which part of the offer a criterion applies; all empty = to everything.

    Depends on the offer only, never on evidence. A part that is filled must be met.
    """

    percelen: tuple[str, ...] = ()
    producten: tuple[str, ...] = ()
    kenmerken: tuple[str, ...] = ()
    rechtsvormen: tuple[str, ...] = ()


class Vraag(msgspec.Struct, frozen=True, kw_only=True):
    """A published yes/no question for the beoordelaars."""

    id: str
    tekst: str


class Toets(msgspec.Struct, frozen=True, kw_only=True, tag_field="soort"):
    """What is tested; a leaf (one of the kinds) or a combinator."""


class Certificaattoets(Toets, frozen=True, kw_only=True, tag="certificaat"):
    """A certificate of `norm`, or one on the published list, valid on each of `geldig_op`.

    `scope_per_perceel`: scope words of which at least one must stand on the certificate, per perceel
    (empty = scope is not asked). An unlisted norm goes to two people with `gelijkwaardigheidsvragen`.
    """

    norm: str
    gelijkwaardig: tuple[str, ...]
    geldig_op: tuple[Peilmoment, ...]
    gelijkwaardigheidsvragen: tuple[Vraag, ...]
    scope_per_perceel: dict[str, tuple[str, ...]] = {}
    registerstatus_vereist: bool


class Documenttoets(Toets, frozen=True, kw_only=True, tag="document"):
    """A document that exists on `peilmoment`, not older than `max_leeftijd_maanden` on it, with parts.

    The document and each part must be dated on or before `peilmoment`: what did not exist then does not count.
    """

    document: str
    peilmoment: Peilmoment
    max_leeftijd_maanden: int | None = None
    niet_ouder_dan: date | None = None
    onderdelen: tuple[str, ...] = ()
    op_naam: bool


class Verklaringtoets(Toets, frozen=True, kw_only=True, tag="verklaring"):
    """A statement, signed by someone who may sign, without reservation, with `gegevens` filled in.

    `ondertekening_herstelbaar` is the repairability of the signature where it differs from the rest.
    """

    verklaring: str
    peilmoment: Peilmoment
    bevoegd_ondertekend: bool
    gegevens: tuple[str, ...] = ()
    ondertekening_herstelbaar: Herstelbaarheid | None = None


class Ervaringsbereik(StrEnum):
    """Over which products experience is asked (BP-01)."""

    ALLE_CATEGORIEEN = "alle_categorieen_van_subperceel"
    PER_CATEGORIE = "per_categorie"


class Ervaringtoets(Toets, frozen=True, kw_only=True, tag="ervaring"):
    """At least `minimum_clienten` per product within `periode_maanden` before `peilmoment`."""

    minimum_clienten: int
    periode_maanden: int
    peilmoment: Peilmoment
    ervaring_bereik: Ervaringsbereik


class Locatietoets(Toets, frozen=True, kw_only=True, tag="locatie"):
    """A location with `functie` within `regio` (a dated region table) on `peilmoment`."""

    functie: str
    regio: str
    peilmoment: Peilmoment


class Personeeltoets(Toets, frozen=True, kw_only=True, tag="personeel"):
    """At least `minimum` people with one of `kwalificaties`, for each product that is applied for."""

    kwalificaties: tuple[str, ...]
    minimum: int
    peilmoment: Peilmoment
    register: str | None = None


class Getaltoets(Toets, frozen=True, kw_only=True, tag="getal"):
    """A quantity that is at least `minimum` (and at most `maximum`) on `peilmoment`."""

    grootheid: str
    peilmoment: Peilmoment
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Registertoets(Toets, frozen=True, kw_only=True, tag="register"):
    """An active registration in each of `registers` (all), or in at least one of them, on `peilmoment`."""

    registers: tuple[str, ...]
    alle: bool
    peilmoment: Peilmoment


class Uitsluitingtoets(Toets, frozen=True, kw_only=True, tag="uitsluiting"):
    """A ground for exclusion does not apply; where it does, self-cleaning goes to two people."""

    uitsluitingsgrond: str
    peilmoment: Peilmoment
    zelfreiniging_mogelijk: bool


class Beoordelingtoets(Toets, frozen=True, kw_only=True, tag="beoordeling"):
    """Two people judge `document` on published yes/no questions; no scores."""

    document: str
    peilmoment: Peilmoment
    vragen: tuple[Vraag, ...]


class AlleVan(Toets, frozen=True, kw_only=True, tag="alle_van"):
    """Each of the parts must be satisfied: the lowest counts."""

    delen: tuple[EenToets, ...]


class EenVan(Toets, frozen=True, kw_only=True, tag="een_van"):
    """At least one of the parts must be satisfied: the highest counts."""

    delen: tuple[EenToets, ...]


EenToets = (
    Certificaattoets
    | Documenttoets
    | Verklaringtoets
    | Ervaringtoets
    | Locatietoets
    | Personeeltoets
    | Getaltoets
    | Registertoets
    | Uitsluitingtoets
    | Beoordelingtoets
    | AlleVan
    | EenVan
)
"""Every kind of test: leaves and combinators."""


class Criterium(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of a set; `id` is stable over editions, `eis` is the literal published text."""

    id: str
    titel: str
    eis: str
    bron: str
    groep: Groep
    per: Per
    alleen: Toepassingsbereik
    toepassing: Toepassing
    momenten: tuple[Moment, ...]
    herstelbaar: Herstelbaarheid
    motivering: str
    bewijs: str
    toets: EenToets


class Gebied(msgspec.Struct, frozen=True, kw_only=True):
    """A gemeente or a place (kern) that belongs to a region over a period (both days inclusive)."""

    gemeente: str | None = None
    plaats: str | None = None
    van: date | None = None
    tot: date | None = None


class Regiotabel(msgspec.Struct, frozen=True, kw_only=True):
    """A dated region: which gemeenten and places belong to it, and since when (M20-02)."""

    naam: str
    bron: str
    gebieden: tuple[Gebied, ...]


class Criteriaset(msgspec.Struct, frozen=True, kw_only=True):
    """One immutable edition of a criteria set. `hash` is the sha256 of the file it was read from."""

    set: str
    editie: str
    titel: str
    wet: str
    bron: str
    criteria: tuple[Criterium, ...]
    regios: tuple[Regiotabel, ...] = ()
    hash: str
