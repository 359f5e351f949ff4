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

from inkoop.domain.criteria.dossier import Grootte, Lidrol


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
    """Who in an application must satisfy the criterion (B.4); elke_uitvoerder = each member and each onderaannemer."""

    ELK_LID = "elk_lid"
    GEZAMENLIJK = "gezamenlijk"
    PENVOERDER = "penvoerder"
    ELKE_UITVOERDER = "elke_uitvoerder"


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

    Depends on the offer only, never on evidence. A part that is filled must be met. A member that did
    not state its size is covered by every `groottes`, so that leaving it out never helps (project default).
    `rollen` are parts that are played in an application: with penvoerder and lid it is about combinations only.
    """

    percelen: tuple[str, ...] = ()
    producten: tuple[str, ...] = ()
    kenmerken: tuple[str, ...] = ()
    rechtsvormen: tuple[str, ...] = ()
    groottes: tuple[Grootte, ...] = ()
    rollen: tuple[Lidrol, ...] = ()


class Registercontrole(msgspec.Struct, frozen=True, kw_only=True):
    """How recently the register must have been looked into: within days before a moment, and or since a day.

    Looking again is work of a beoordelaar, so an older look gives te_beoordelen and is never asked of the
    applicant. Bron: B.3.7 (status with check date).
    """

    peilmoment: Peilmoment | None = None
    maximaal_dagen: int | None = None
    vanaf: date | None = None


class Naambeleid(StrEnum):
    """What happens with evidence in the name of a legal person that was not declared (B.4; H4)."""

    BEOORDELEN = "beoordelen"
    TELT_NIET = "telt_niet"


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
    `instellingen`: bodies that may have issued it; `locaties_functie`: each location with that function must be
    named on a certificate; `aaneengesloten`: no day without a certificate between the first and the last day;
    `onbekende_entiteit`: what a certificate that names only legal persons outside the application gives
    (None = two people, as `beoordelen`).
    """

    norm: str
    gelijkwaardig: tuple[str, ...]
    geldig_op: tuple[Peilmoment, ...]
    gelijkwaardigheidsvragen: tuple[Vraag, ...]
    scope_per_perceel: dict[str, tuple[str, ...]] = {}
    registerstatus_vereist: bool
    registercontrole: Registercontrole | None = None
    accreditatie_vereist: bool = False
    instellingen: tuple[str, ...] = ()
    locaties_functie: str | None = None
    aaneengesloten: bool = False
    onbekende_entiteit: Naambeleid | None = None


class Uitvoering(StrEnum):
    """Who may provide a part of what is asked (B-01): the applicant, an onderaannemer or a third party."""

    EIGEN = "eigen"
    ONDERAANNEMER = "onderaannemer"
    DERDE = "derde"


class Documenttoets(Toets, frozen=True, kw_only=True, tag="document"):
    """A document that exists on `peilmoment`, not older than `max_leeftijd_maanden` on it, with parts.

    The document and each part must be dated on or before `peilmoment`: what did not exist then does not count.
    `leeftijd_op` is the moment on which the age is measured where that is another one; `versies` are the
    versions of which it must be one; `onderdelen_door` says by whom each part may be provided.
    """

    document: str
    peilmoment: Peilmoment
    max_leeftijd_maanden: int | None = None
    leeftijd_op: Peilmoment | None = None
    niet_ouder_dan: date | None = None
    versies: tuple[str, ...] = ()
    onderdelen: tuple[str, ...] = ()
    onderdelen_door: tuple[Uitvoering, ...] = ()
    op_naam: bool


class Verklaringtoets(Toets, frozen=True, kw_only=True, tag="verklaring"):
    """A statement, signed by someone who may sign, without reservation, with `gegevens` filled in.

    `ondertekening_herstelbaar` is the repairability of the signature where it differs from the rest.
    `ondertekend_door` names each party whose signature is asked (the word `aanbieder` is the applicant itself);
    `antwoorden` are the answers that satisfy, per question.
    """

    verklaring: str
    peilmoment: Peilmoment
    bevoegd_ondertekend: bool
    ondertekend_door: tuple[str, ...] = ()
    gegevens: tuple[str, ...] = ()
    antwoorden: dict[str, tuple[str, ...]] = {}
    ondertekening_herstelbaar: Herstelbaarheid | None = None


class Ervaringsbereik(StrEnum):
    """Over which products experience is asked (BP-01)."""

    ALLE_CATEGORIEEN = "alle_categorieen_van_subperceel"
    PER_CATEGORIE = "per_categorie"
    TOTAAL = "totaal"


class Ervaringtoets(Toets, frozen=True, kw_only=True, tag="ervaring"):
    """At least `minimum_clienten` per product (or in total) within `periode_maanden` before `peilmoment`."""

    minimum_clienten: int
    periode_maanden: int
    peilmoment: Peilmoment
    ervaring_bereik: Ervaringsbereik


class Locatietoets(Toets, frozen=True, kw_only=True, tag="locatie"):
    """A location with `functie` within `regio` (a dated region table) on `peilmoment`."""

    functie: str
    regio: str
    peilmoment: Peilmoment


class Aandeel(msgspec.Struct, frozen=True, kw_only=True):
    """An exact share: `deel` out of every `van`; nothing is rounded."""

    deel: int
    van: int


class Personeeltoets(Toets, frozen=True, kw_only=True, tag="personeel"):
    """At least `minimum` people, and or a share of all people, with one of `kwalificaties`, for each product.

    `registers`: in at least one of these each of them must be active.
    """

    kwalificaties: tuple[str, ...]
    minimum: int | None = None
    minimum_aandeel: Aandeel | None = None
    peilmoment: Peilmoment
    registers: tuple[str, ...] = ()


class Aanbodmaat(StrEnum):
    """What of the offer a threshold is multiplied by."""

    PER_PRODUCT = "per_product"
    PER_PERCEEL = "per_perceel"


class Getalvoorwaarde(msgspec.Struct, frozen=True, kw_only=True):
    """A demand that holds only where another quantity lies above `boven`, or is at least `vanaf` (one of both)."""

    grootheid: str
    boven: Decimal | None = None
    vanaf: Decimal | None = None


class Getaltoets(Toets, frozen=True, kw_only=True, tag="getal"):
    """A quantity that is at least `minimum` (and at most `maximum`) on `peilmoment`.

    `maal`: the bounds are meant per product or per perceel that is offered. `als`: the demand holds only
    where another quantity is large enough (a supervisory board above so many staff).
    """

    grootheid: str
    peilmoment: Peilmoment
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    maal: Aanbodmaat | None = None
    als: Getalvoorwaarde | None = None


class Partijentoets(Toets, frozen=True, kw_only=True, tag="partijen"):
    """How many parties of the application have one of `rollen` and one of `groottes` (empty = any).

    Counts who is in the application, not evidence. Bron: F.0 B-02 (one large and one small party).
    """

    rollen: tuple[Lidrol, ...]
    groottes: tuple[Grootte, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


class Registertoets(Toets, frozen=True, kw_only=True, tag="register"):
    """An active registration in each of `registers` (all), or in at least one of them, on `peilmoment`."""

    registers: tuple[str, ...]
    alle: bool
    peilmoment: Peilmoment
    registercontrole: Registercontrole | None = None


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
    | Partijentoets
    | Registertoets
    | Uitsluitingtoets
    | Beoordelingtoets
    | AlleVan
    | EenVan
)
"""Every kind of test: leaves and combinators."""


class Criterium(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of a set; `id` is stable over editions, `eis` is the literal published text.

    `beroep_op_derden`: whether evidence of declared onderaannemers and third parties counts for whoever must
    satisfy it. None = what `toepassing` says: it counts for all together, not for one party.
    """

    id: str
    titel: str
    eis: str
    bron: str
    groep: Groep
    per: Per
    alleen: Toepassingsbereik
    toepassing: Toepassing
    beroep_op_derden: bool | None = None
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
