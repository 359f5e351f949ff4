"""What agreements need beside the framework agreement: with an aanbieder, and between gemeenten.

Bron: domein C.18-C.20, C.23, C.24, C.31; A.1.8, A.2.1, A.2.5, A.3; B.6, B.7, B.9; BP-23.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.blokken import (
    Gemeentepartij,
    Ondertekenaar,
    Organisatiegegevens,
    Proceduregegevens,
    Verlengingsoptie,
)
from inkoop.documents.gegevens.bouwstenen import Aanbodperceel, Afspraak, Stuk, Toelichting
from inkoop.documents.gegevens.overeenkomsten import Eisregel, Gegevensafspraakgegevens, Onderdeelregel, Taakregel


class Overlegregel(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that is agreed: what, who, how often."""

    overleg: str
    wie: str
    frequentie: str


class Samenwerkingsgegevens(Afspraak, frozen=True, kw_only=True):
    """Cooperation with an aanbieder beside its framework agreement (C.18); ends when that ends."""

    deelnemers: tuple[str, ...]
    doel: str
    ontwikkelagenda: tuple[Toelichting, ...]
    overleg: tuple[Overlegregel, ...]
    kosten: str
    indicatoren: tuple[str, ...]
    evaluatie: str
    ingang: date
    einde: date


class Verwerking(msgspec.Struct, frozen=True, kw_only=True):
    """One processing of personal data."""

    verwerking: str
    doel: str
    grondslag: str
    betrokkenen: str
    gegevens: str


class Gegevensovereenkomst(Afspraak, frozen=True, kw_only=True):
    """Processor agreement or data arrangements (C.19); which, the jurist chose (`gegevensafspraak.rol`).

    `oude_naam` = concluded before 25-5-2018, when the law spoke of a bewerker (B.10).
    """

    gegevensafspraak: Gegevensafspraakgegevens
    verwerkingen: tuple[Verwerking, ...]
    subverwerkers: tuple[Toelichting, ...]
    maatregelen: tuple[Toelichting, ...]
    fg_gemeenten: str
    fg_aanbieder: str
    meldtermijn_uren: int
    aansprakelijkheid: str
    ingang: date
    einde: date
    oude_naam: bool = False


class Dienstverleningsgegevens(Afspraak, frozen=True, kw_only=True):
    """Services to the process that are bought apart (C.20), such as coordination.

    `contractnummer` and `raamovereenkomst_datum` are those of the framework agreement that it belongs to.
    """

    raamovereenkomst_datum: date
    omschrijving: str
    stappen: tuple[Toelichting, ...]
    normen: tuple[Toelichting, ...]
    deskundigheid: str
    vergoeding: Decimal
    eenheid: str
    betaling: str
    overleg: tuple[Overlegregel, ...]
    ingang: date
    einde: date
    opzegtermijn_maanden: int


class Budgetjaar(msgspec.Struct, frozen=True, kw_only=True):
    """The lump sum of one year, in euro."""

    perceel: str
    jaar: int
    bedrag: Decimal


class Opdrachtgegevens(Afspraak, frozen=True, kw_only=True):
    """An agreement for a task against a lump sum (BG, BW, J21-SP): no framework, one party per area.

    `acceptatie_maanden` is filled for beschermd wonen; `geen_beschikking` prints the caveat of B.24.
    `bijzonderheden` are further agreements of this perceel, each with its heading.
    """

    besluit: str
    besluit_datum: date
    percelen: tuple[Aanbodperceel, ...]
    budget: tuple[Budgetjaar, ...]
    betaling: str
    indexering: str
    volumerisico: str
    ingang: date
    einde: date
    opties: tuple[Verlengingsoptie, ...]
    opzegtermijn_maanden: int
    geen_beschikking: bool
    acceptatie_maanden: int | None = None
    taakverdeling: tuple[Taakregel, ...] = ()
    onderaannemers: tuple[Taakregel, ...] = ()
    programma_van_eisen: tuple[Eisregel, ...]
    verantwoording: tuple[Toelichting, ...]
    bijzonderheden: tuple[Toelichting, ...] = ()
    overgang: str
    social_return: str
    verzekering: str
    gegevensafspraak: Gegevensafspraakgegevens
    rangorde: tuple[str, ...]
    klachtadres: str
    geschillencommissie: str | None = None
    exemplaren: int
    profiel: str = ""
    onderdelen: tuple[Onderdeelregel, ...] = ()


class Overgangsclienten(msgspec.Struct, frozen=True, kw_only=True):
    """Clients whose support runs on: numbers only, never names."""

    ondersteuning: str
    aantal: int
    laatste_einddatum: date


class Overgangsgegevens(Afspraak, frozen=True, kw_only=True):
    """The transition with an aanbieder of the old system (C.23), by one gemeente; `uiterlijk` ends it in any case."""

    oude_overeenkomst: str
    oude_einddatum: date
    nieuw_stelsel: date
    reden: str
    clienten: tuple[Overgangsclienten, ...]
    tarief: str
    overdracht: tuple[Toelichting, ...]
    uiterlijk: date


class Machtiging(msgspec.Struct, frozen=True, kw_only=True):
    """What one organ lets another do: `soort` is mandaat, volmacht or machtiging."""

    van: str
    aan: str
    soort: str
    bevoegdheid: str
    grens: str


class Bestuursakkoordgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of the colleges to buy together (C.24, S4 hoofdstuk 5): no body, no legal person."""

    kenmerk: str
    versie: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    gemeenten: tuple[Gemeentepartij, ...]
    doel: str
    reikwijdte: tuple[str, ...]
    buiten_reikwijdte: tuple[str, ...]
    machtigingen: tuple[Machtiging, ...]
    ondermandaat: str
    overleg: str
    besluitvorming: str
    projectorganisatie: tuple[Toelichting, ...]
    kosten: str
    lokale_afwijking: str
    toetreding: str
    uittreding: str
    ingang: date
    einde: date
    toestemming_raden: str


class Kostenverdeling(msgspec.Struct, frozen=True, kw_only=True):
    """The share of a gemeente in the costs, in percent."""

    gemeente: str
    aandeel: Decimal


class Gemeentesamenwerking(msgspec.Struct, frozen=True, kw_only=True):
    """Cooperation between gemeenten under a centrumgemeente (C.24, M20-55); not to be mixed up with C.18 (BP-23)."""

    kenmerk: str
    versie: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    gemeenten: tuple[Gemeentepartij, ...]
    doel: str
    taken_centrum: tuple[str, ...]
    taken_gemeenten: tuple[str, ...]
    machtigingen: tuple[Machtiging, ...]
    overleg: tuple[Overlegregel, ...]
    kosten: str
    verdeling: tuple[Kostenverdeling, ...]
    informatie: str
    evaluatie: str
    ingang: date
    einde: date
    opzegtermijn_maanden: int
    toestemming_raden: str


class Mandaatbesluitgegevens(Stuk, frozen=True, kw_only=True):
    """Mandate, power of attorney and authorisation of one college and mayor (C.24; Awb 10:3-10:12)."""

    gemeente: str
    machtigingen: tuple[Machtiging, ...]
    ondermandaat: str
    instructies: tuple[str, ...]
    verantwoording: str
    ingang: date
    einde: date
    college: str
    burgemeester: Ondertekenaar
    secretaris: Ondertekenaar
