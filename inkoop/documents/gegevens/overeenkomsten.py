"""What the raamovereenkomst and an addendum on it need.

Bron: domein C.17, C.19, C.21, C.31; A.1.4, A.1.5.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.blokken import (
    Aanbiedergegevens,
    Gebiedsregel,
    Gemeentepartij,
    Looptijdgegevens,
    Organisatiegegevens,
    Perceelregel,
    Proceduregegevens,
    Tariefperceel,
    Tariefversie,
    Uitzonderingregel,
)
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.overeenkomstdelen import GegevensafspraakRol


class Eisregel(msgspec.Struct, frozen=True, kw_only=True):
    """One requirement of the programme of requirements."""

    id: str
    thema: str
    tekst: str
    bron: str


class Gegevensafspraakgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The data arrangements: the role that the jurist chose, with why."""

    rol: GegevensafspraakRol
    motivering: str
    doelen: tuple[str, ...]
    gegevens: tuple[str, ...]
    bewaartermijn: str
    datalekcontact: str


class Taakregel(msgspec.Struct, frozen=True, kw_only=True):
    """What one member of a combination does; both are words that people read."""

    lid: str
    taak: str


class Cyclusgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """Day and month (MM-DD) of the yearly addendum cycle; the template writes them in words."""

    concept_uiterlijk: str
    tekenen_uiterlijk: str
    ingang: str


class Onderdeelregel(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is signed with an agreement: what it is called, and its kenmerk."""

    naam: str
    kenmerk: str


class Raamovereenkomstgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """A framework agreement with one aanbieder or one combination, for what it was admitted to.

    `percelen` hold the admitted products only. `taakverdeling` is filled for a combination. `besluit` is
    the kenmerk of the toelatingsbesluit. `voorwaarde` completes the sentence that S3 leaves open (BP-04).
    `rangorde` are the documents that come after the agreement and its addenda, the highest first (nota's
    van inlichtingen, published documents). `betaalwijzen` are the ways of paying (domain `Bekostiging`) of what
    was admitted: they choose the articles on payment. `procedure_hash` is the sha256 of the procedure definition.
    """

    kenmerk: str
    contractnummer: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    ronde: str
    besluit: str
    besluit_datum: date
    voorwaarde: str
    gemeenten: tuple[Gemeentepartij, ...]
    aanbieder: Aanbiedergegevens
    taakverdeling: tuple[Taakregel, ...] = ()
    percelen: tuple[Tariefperceel, ...]
    tarief: Tariefversie
    gebied: tuple[Gebiedsregel, ...]
    gebied_later: tuple[Gebiedsregel, ...] = ()
    looptijd: Looptijdgegevens
    tekenen_uiterlijk: date
    volume: str
    bekostiging: str
    betaalwijzen: tuple[str, ...] = (Bekostiging.MAANDBEDRAG.value,)
    indexering: str
    declaratie: str
    social_return: str
    verzekering: str
    sanctieladder: bool
    kwartaalthemas: tuple[str, ...]
    kwaliteitsaspecten: tuple[str, ...] = ()
    jaarcontrole_kwartaal: int
    programma_van_eisen: tuple[Eisregel, ...]
    gegevensafspraak: Gegevensafspraakgegevens
    uitzonderingen: tuple[Uitzonderingregel, ...]
    addendumcyclus: Cyclusgegevens
    rechtbank: str
    klachtadres: str
    geschillencommissie: str | None = None
    rangorde: tuple[str, ...]
    exemplaren: int
    procedure_hash: str
    profiel: str = ""
    onderdelen: tuple[Onderdeelregel, ...] = ()


class Tariefwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """The amount of one product before and after."""

    product: str
    naam: str
    was: Decimal
    wordt: Decimal


class Tariefherziening(msgspec.Struct, frozen=True, kw_only=True):
    """A new version of the tariff table, for the products of this agreement."""

    oud: Tariefversie
    nieuw: Tariefversie
    regels: tuple[Tariefwijziging, ...]


class Gebiedswijziging(msgspec.Struct, frozen=True, kw_only=True):
    """The area before and after (names of gemeenten and places), with why."""

    was: tuple[str, ...]
    wordt: tuple[str, ...]
    reden: str


class Aanbodwijziginggegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What comes into an agreement (with its tariffs), what goes out, and the whole offer after that."""

    erbij: tuple[Tariefperceel, ...]
    eraf: tuple[Perceelregel, ...]
    wordt: tuple[Perceelregel, ...]
    tarief: Tariefversie


class Tekstwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """Another article that changes; `artikel` such as "artikel 14" or "artikel 14.2"."""

    artikel: str
    onderwerp: str
    was: str
    wordt: str
    reden: str


class Vindplaatsen(msgspec.Struct, frozen=True, kw_only=True):
    """Where an agreement says what an addendum changes, as printed; the defaults are those of a raamovereenkomst.

    `gebied` empty = no article names the area; `tarieventabel` empty = no table, the article on money has
    the amounts themselves.
    """

    voorwerp: str = "artikel 2"
    gebied: str = "artikel 2"
    bedragen: str = "artikel 12"
    tarieventabel: str = "bijlage 2"


class Addendumgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one agreement, in force from `ingang` on once both sides have signed.

    At least one of `tarieven`, `gebied`, `aanbod` and `wijzigingen` is filled. `nummer` counts the addenda of the
    contract. `overeenkomstsoort` is what the agreement is called, `vindplaatsen` where it says what changes.
    """

    kenmerk: str
    contractnummer: str
    nummer: int
    cyclusjaar: int
    datum: date
    overeenkomst_datum: date
    overeenkomstsoort: str = "raamovereenkomst"
    vindplaatsen: Vindplaatsen = Vindplaatsen()
    aanleiding: str
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    gemeenten: tuple[Gemeentepartij, ...]
    aanbieder: Aanbiedergegevens
    tarieven: Tariefherziening | None = None
    gebied: Gebiedswijziging | None = None
    aanbod: Aanbodwijziginggegevens | None = None
    wijzigingen: tuple[Tekstwijziging, ...] = ()
    concept_uiterlijk: date
    tekenen_uiterlijk: date
    ingang: date
    rechtbank: str
