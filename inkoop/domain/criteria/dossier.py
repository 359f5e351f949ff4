"""What is known of one aanmelding when it is tested: the offer, the members, the facts, the judgements.

A dossier is a value. Services build it from records; a dossier file (`criteria toets --dossier`)
and a scenario build the same value, so an outcome can be tried out without a database.

Bron: ontwerp 2.9 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec


class Herkomst(StrEnum):
    """Where a fact comes from; only the last two carry a besluit (ontwerp 2.9)."""

    OPGEGEVEN = "opgegeven"
    VASTGESTELD = "vastgesteld"
    REGISTER = "register"


class Aanleiding(StrEnum):
    """At which moment evidence was handed in."""

    INDIENING = "indiening"
    HERSTEL = "herstel"
    VOORWAARDE = "voorwaarde"


class Lidrol(StrEnum):
    """The part a legal person plays in an aanmelding."""

    ENKEL = "enkel"
    PENVOERDER = "penvoerder"
    LID = "lid"
    ONDERAANNEMER = "onderaannemer"
    DERDE = "derde"


class Grootte(StrEnum):
    """The size class of an undertaking, as stated in its application.

    Bron: Aanbeveling 2003/361/EG (the EU classes); B.3.16, BP-09.
    """

    MICRO = "micro"
    KLEIN = "klein"
    MIDDELGROOT = "middelgroot"
    GROOT = "groot"


class Lid(msgspec.Struct, frozen=True, kw_only=True):
    """One legal person in the aanmelding; `id` is a short name that is unique within it."""

    id: str
    naam: str
    rol: Lidrol
    kvk: str
    rechtsvorm: str = ""
    grootte: Grootte | None = None


class AangebodenProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product (prestatie x categorie) that is applied for; kenmerken such as `verblijf`."""

    code: str
    kenmerken: frozenset[str] = frozenset()


class AangebodenPerceel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel that is applied for, with the products in it that are applied for."""

    code: str
    producten: tuple[AangebodenProduct, ...]
    kenmerken: frozenset[str] = frozenset()


class Feit(msgspec.Struct, frozen=True, kw_only=True, tag_field="soort"):
    """A fact about one member (`lid`), or about the application as a whole (`lid` None).

    `bewijs` names the evidence it was read from (a hash, or a file name in a dossier file).
    `ontvangen_op` is the day on which that evidence was handed in.
    """

    id: str
    lid: str | None
    bewijs: tuple[str, ...]
    herkomst: Herkomst
    ontvangen_op: date
    aanleiding: Aanleiding


class Registerstatus(StrEnum):
    """The state of a registration in a public register."""

    ACTIEF = "actief"
    GESCHORST = "geschorst"
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"
    ONBEKEND = "onbekend"


class Certificaatfeit(Feit, frozen=True, kw_only=True, tag="certificaat"):
    """A certificate: norm, validity (both days inclusive), scope, who and what stands on it."""

    norm: str
    van: date
    tot: date
    scope: tuple[str, ...]
    entiteiten: tuple[str, ...] = ()
    locaties: tuple[str, ...] = ()
    instelling: str | None = None
    geaccrediteerd: bool | None = None
    registerstatus: Registerstatus | None = None
    register_gezien_op: date | None = None


class Documentonderdeel(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is present in a document (or set of documents), with its own date.

    `door` is the member, onderaannemer or third party that provides what this part is about (B-01).
    """

    naam: str
    datum: date
    door: str | None = None


class Documentfeit(Feit, frozen=True, kw_only=True, tag="document"):
    """A document of a named type, its date, its version and the parts found in it."""

    document: str
    datum: date
    versie: str | None = None
    onderdelen: tuple[Documentonderdeel, ...] = ()
    op_naam_van: str | None = None


class Handtekening(msgspec.Struct, frozen=True, kw_only=True):
    """A signature under a statement: on behalf of which party, and whether that person may sign for it."""

    namens: str
    ondertekenaar: str | None = None
    bevoegd: bool | None = None


class Verklaringfeit(Feit, frozen=True, kw_only=True, tag="verklaring"):
    """A signed statement. `gegevens` holds answers that were filled in (software named, ...).

    `ondertekend` is the signature of the applicant; `handtekeningen` are those of other parties.
    `vooringevuld` are the answers that stood there beforehand and were not confirmed.
    """

    verklaring: str
    datum: date
    ondertekend: bool
    ondertekenaar: str | None = None
    bevoegd: bool | None = None
    voorbehoud: bool = False
    gegevens: Mapping[str, str] = {}
    handtekeningen: tuple[Handtekening, ...] = ()
    vooringevuld: tuple[str, ...] = ()


class Ervaringfeit(Feit, frozen=True, kw_only=True, tag="ervaring"):
    """Clients served with one product over a period (counts, never names: M-01, B.7)."""

    product: str
    clienten: int
    van: date
    tot: date


class Locatiefeit(Feit, frozen=True, kw_only=True, tag="locatie"):
    """A place from which is worked; `functie` such as `verblijf`; tot None = no end known."""

    functie: str
    plaats: str
    gemeente: str
    van: date
    tot: date | None = None


class Personeelfeit(Feit, frozen=True, kw_only=True, tag="personeel"):
    """How many people with one qualification work (or are contracted) for one product.

    `totaal` is how many people this member has for the product in all, with any qualification or none.
    """

    product: str
    kwalificatie: str
    aantal: int
    totaal: int | None = None
    van: date
    tot: date | None = None
    register: str | None = None
    registerstatus: Registerstatus | None = None
    tenzij: str | None = None


class Getalfeit(Feit, frozen=True, kw_only=True, tag="getal"):
    """A quantity with its name (`plaatsen`, `personeel_fte`), true over a period."""

    grootheid: str
    waarde: Decimal
    van: date
    tot: date | None = None


class Registratiefeit(Feit, frozen=True, kw_only=True, tag="registratie"):
    """A registration in a named register (KvK, AGB, VECOZO, BIG, SKJ)."""

    register: str
    nummer: str
    status: Registerstatus
    van: date
    tot: date | None = None
    gezien_op: date


class Uitsluitingfeit(Feit, frozen=True, kw_only=True, tag="uitsluiting"):
    """Whether a ground for exclusion applies, and what was done about it (self-cleaning)."""

    uitsluitingsgrond: str
    van_toepassing: bool
    datum: date
    zelfreiniging: str | None = None


EenFeit = (
    Certificaatfeit
    | Documentfeit
    | Verklaringfeit
    | Ervaringfeit
    | Locatiefeit
    | Personeelfeit
    | Getalfeit
    | Registratiefeit
    | Uitsluitingfeit
)
"""Every kind of fact: the union to decode into (`msgspec.convert(..., EenFeit)`)."""


class Antwoord(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one published question: yes or no, with a remark."""

    vraag: str
    ja: bool
    toelichting: str = ""


class Oordeelrol(StrEnum):
    """Who judges: one of the two beoordelaars, or the jurist who settles a difference."""

    BEOORDELAAR = "beoordelaar"
    JURIST = "jurist"


class Oordeel(msgspec.Struct, frozen=True, kw_only=True):
    """One person's final yes/no on one criterion, bound to the evidence it was given on.

    `bewijs` are the evidence ids that were judged; a judgement on other evidence does not count.
    `perceel`, `product` and `lid` say for what the judgement was given; None = for all of it.
    """

    criterium: str
    perceel: str | None
    product: str | None
    lid: str | None
    bewijs: tuple[str, ...]
    persoon: str
    rol: Oordeelrol
    ja: bool
    reden: str
    op: datetime
    antwoorden: tuple[Antwoord, ...] = ()


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a toets reads about one aanmelding."""

    aanmelding: str
    ingediend_op: datetime
    leden: tuple[Lid, ...]
    percelen: tuple[AangebodenPerceel, ...]
    feiten: tuple[EenFeit, ...]
    oordelen: tuple[Oordeel, ...] = ()
