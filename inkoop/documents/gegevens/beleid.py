"""What the papers need that come before the tender documents: principles, choices, consultation, tariffs, GO.

Bron: domein C.1-C.7, C.31; A.1.2, A.1.6, A.5, A.9; B.5, B.9.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.blokken import Ondertekenaar, Uitzonderingregel
from inkoop.documents.gegevens.bouwstenen import (
    Aanbodperceel,
    Cijfer,
    Deelname,
    Documentversie,
    Keuze,
    Planningstap,
    Regeling,
    Risico,
    Stuk,
    Toelichting,
)


class Uitgangspuntengegevens(Stuk, frozen=True, kw_only=True):
    """The principles that the raden lay down (C.1); `vragen` are the points on which a decision is asked."""

    aanleiding: str
    cijfers: tuple[Cijfer, ...]
    knelpunten: tuple[str, ...]
    bewegingen: tuple[str, ...]
    uitgangspunten: tuple[Toelichting, ...]
    afbakening: tuple[str, ...]
    vragen: tuple[str, ...]
    planning: tuple[Planningstap, ...]


class Segmentschets(msgspec.Struct, frozen=True, kw_only=True):
    """One segment of the sketch, along the four instruments of purchasing (A.3)."""

    naam: str
    inhoud: str
    denkrichting: tuple[str, ...]
    bekostiging: str
    toegang: tuple[str, ...]
    leveranciers: tuple[str, ...]
    contract: tuple[str, ...]
    schaal: str
    keuzes: tuple[Keuze, ...]


class Houtskoolschetsgegevens(Stuk, frozen=True, kw_only=True):
    """Vision and choices per segment (C.2); `reactie_tot` is the last day for the raden and sociale raden."""

    visie: tuple[str, ...]
    segmenten: tuple[Segmentschets, ...]
    financieel: str
    vragen: tuple[str, ...]
    reactie_tot: date
    planning: tuple[Planningstap, ...]


class Raadsinformatiebriefgegevens(Stuk, frozen=True, kw_only=True):
    """A letter of the college to the raad (C.3); `raad` is the gemeente. With `reactie_tot` the raad may react."""

    gemeente: str
    kernboodschap: str
    aanleiding: str
    inhoud: tuple[Toelichting, ...]
    gevolgen: tuple[Toelichting, ...]
    vervolg: tuple[Planningstap, ...]
    reactie_tot: date | None = None
    bijlagen: tuple[str, ...] = ()
    ondertekenaar: Ondertekenaar


class Raadsreactie(msgspec.Struct, frozen=True, kw_only=True):
    """A wish or worry of a raad or council, the answer, and whether the papers change."""

    nummer: int
    gemeente: str
    orgaan: str
    reactie: str
    antwoord: str
    wijziging: str


class Reactienotagegevens(Stuk, frozen=True, kw_only=True):
    """The answers to wishes and worries (C.3); `zonder_reactie` are gemeenten whose raad had none."""

    stuk: Documentversie
    termijn_van: date
    termijn_tot: date
    reacties: tuple[Raadsreactie, ...]
    zonder_reactie: tuple[str, ...] = ()
    conclusie: str


class Strategiecriterium(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion as the strategy proposes it; `soort` says in words what kind it is."""

    criterium: str
    soort: str
    eis: str
    motivering: str


class Strategiegesprek(msgspec.Struct, frozen=True, kw_only=True):
    """A talk while the strategy was made; `aantal` is how many took part, None = not recorded."""

    doelgroep: str
    datum: date
    aantal: int | None = None


class Inkoopstrategiegegevens(Stuk, frozen=True, kw_only=True):
    """The purchasing strategy (C.4), chapter by chapter.

    The last fields are of the variant with a matrix and yearly joining (S4); empty ones leave no heading.
    `toetsmoment` is the day of GO/NO-GO, `fallback` what happens on NO-GO. `vastgelegd` are the choices that the
    sources leave open, by their number (BP-05); `instroom` says who can join from an older agreement (M20-06).
    """

    aanleiding: str
    scope: tuple[str, ...]
    buiten_scope: tuple[str, ...]
    totstandkoming: str
    consultaties: tuple[Strategiegesprek, ...]
    samenvatting: tuple[str, ...]
    gevolgen_clienten: str
    beleidsdoelen: tuple[str, ...]
    toegang: str
    inkoopdoelen: tuple[str, ...]
    percelen: tuple[Aanbodperceel, ...]
    perceelindeling: str
    uitzonderingen: tuple[Uitzonderingregel, ...]
    cijfers: tuple[Cijfer, ...]
    markt: str
    bekostiging: str
    tarieven: str
    kwaliteit: str
    contract: tuple[Toelichting, ...]
    looptijd: Regeling
    keuzes: tuple[Keuze, ...]
    motivering_procedure: str
    criteria: tuple[Strategiecriterium, ...]
    periodiciteit: str
    marktconsultatie: str
    toetsmoment: date | None
    toetscriteria: tuple[str, ...]
    fallback: str
    monitoring: tuple[Toelichting, ...]
    governance: tuple[Toelichting, ...]
    communicatie: tuple[Toelichting, ...]
    planning: tuple[Planningstap, ...]
    risicos: tuple[Risico, ...]
    werkgroep: tuple[Toelichting, ...] = ()
    vastgelegd: tuple[Toelichting, ...] = ()
    instroom: tuple[str, ...] = ()
    principes: tuple[Toelichting, ...] = ()
    matrix: tuple[Toelichting, ...] = ()
    randvoorwaarden: tuple[str, ...] = ()
    afrekening: str | None = None
    aanhaak: str | None = None
    overgang: str | None = None
    addenda: str | None = None


class Toetspunt(msgspec.Struct, frozen=True, kw_only=True):
    """A point of readiness; `oordeel` is "gereed", "deels gereed" or "niet gereed"."""

    punt: str
    oordeel: str
    toelichting: str


class GoNoGoMemogegevens(Stuk, frozen=True, kw_only=True):
    """The advice before GO/NO-GO (C.5); `advies` is GO or NO-GO."""

    strategie: Documentversie
    toetspunten: tuple[Toetspunt, ...]
    risicos: tuple[Risico, ...]
    advies: str
    onderbouwing: str
    fallback: str
    nieuwe_planning: tuple[Planningstap, ...] = ()
    opsteller: str
    jurist: str


class GoNoGoBesluitgegevens(Stuk, frozen=True, kw_only=True):
    """The decision GO or NO-GO (C.5); `orgaan` decides. `geagendeerd` = it stood on the agenda as such."""

    strategie: Documentversie
    memo: Documentversie
    orgaan: str
    vergadering: date
    geagendeerd: bool
    uitkomst: str
    motivering: str
    voorwaarden: tuple[str, ...] = ()
    fallback: str
    nieuwe_planning: tuple[Planningstap, ...] = ()
    ondertekenaar: Ondertekenaar


class Consultatievraag(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the market."""

    nummer: int
    thema: str
    vraag: str


class Marktconsultatieuitnodiging(Stuk, frozen=True, kw_only=True):
    """The public invitation to a market consultation (C.6)."""

    doel: str
    achtergrond: str
    documenten: tuple[Documentversie, ...]
    bijeenkomsten: tuple[Planningstap, ...]
    vragen: tuple[Consultatievraag, ...]
    reageren_tot: datetime
    verslag_uiterlijk: date
    ondertekenaar: Ondertekenaar


class Consultatiereactie(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought in, without a name; what the organisation answers; `gevolg` names document and artikel."""

    thema: str
    ingebracht: str
    reactie: str
    gevolg: str


class Marktconsultatieverslaggegevens(Stuk, frozen=True, kw_only=True):
    """The public report of a market consultation (C.6); `namen` only of who agreed to be named."""

    opzet: str
    sessies: tuple[Deelname, ...]
    schriftelijk: int
    deelnemers: tuple[str, ...]
    namen: tuple[str, ...] = ()
    reacties: tuple[Consultatiereactie, ...]
    tariefreacties: tuple[Consultatiereactie, ...] = ()
    vragen: tuple[Consultatievraag, ...]


class Kostenelement(msgspec.Struct, frozen=True, kw_only=True):
    """One element that the law names for a fair price, and how it was counted in."""

    element: str
    invulling: str
    bron: str


class Tariefopbouw(msgspec.Struct, frozen=True, kw_only=True):
    """How the amount of one product is built; hours per `eenheid`, percentages as Decimal, amounts in euro."""

    code: str
    naam: str
    functiemix: str
    loonkosten_per_uur: Decimal
    productiviteit: Decimal
    uren: Decimal
    overhead: Decimal
    reis_en_opleiding: Decimal
    verplichtingen: Decimal
    risico: Decimal
    bedrag: Decimal


class Tariefonderbouwinggegevens(Stuk, frozen=True, kw_only=True):
    """Why the tariffs are what they are (C.7); `elementen` are those of the law (Wmo 6, Jeugdwet 4)."""

    tariefversie: str
    ingang: date
    eenheid: str
    grondslag_verordening: str
    prijssoort: str
    methode: str
    bronnen: tuple[str, ...]
    elementen: tuple[Kostenelement, ...]
    opbouw: tuple[Tariefopbouw, ...]
    consultatie: tuple[Consultatiereactie, ...]
    indexering: str
    gewichten: tuple[Toelichting, ...]
    uitkomst: str


class Projectrol(msgspec.Struct, frozen=True, kw_only=True):
    """A role in the project, who has it and what it does."""

    rol: str
    wie: str
    taak: str


class Projectplangegevens(Stuk, frozen=True, kw_only=True):
    """The plan of the project (M20-44, M20-58): result, roles, planning, budget, risks."""

    opdrachtgever: str
    doel: str
    resultaten: tuple[str, ...]
    buiten_project: tuple[str, ...]
    rollen: tuple[Projectrol, ...]
    overleg: tuple[Toelichting, ...]
    planning: tuple[Planningstap, ...]
    begroting: tuple[Toelichting, ...]
    risicos: tuple[Risico, ...]
    randvoorwaarden: tuple[str, ...]
    kwaliteit: str
    ondertekenaar: Ondertekenaar


class Doelgroep(msgspec.Struct, frozen=True, kw_only=True):
    """Who must hear what, how and when, and who sees to it (H19-59)."""

    doelgroep: str
    belang: str
    boodschap: str
    middel: str
    moment: str
    wie: str


class Communicatieplangegevens(Stuk, frozen=True, kw_only=True):
    """The communication plan; `kernboodschap` is the one message that everybody hears (H19-59)."""

    doel: str
    kernboodschap: str
    doelgroepen: tuple[Doelgroep, ...]
    spelregels: tuple[str, ...]
    contactpersoon_procedure: str
    planning: tuple[Planningstap, ...]
    evaluatie: str
