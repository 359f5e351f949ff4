"""What the tender documents and the records of the procedure itself need.

Bron: domein C.8, C.9, C.11, C.14, C.28, C.31; B.2.4-B.2.12, B.4.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.besluiten import Criteriumregel
from inkoop.documents.gegevens.blokken import Bewijsregel, Ondertekenaar, Peildatumregel, Uitzonderingregel
from inkoop.documents.gegevens.bouwstenen import (
    Aanbodperceel,
    Cijfer,
    Documentversie,
    Planningstap,
    Regeling,
    Stuk,
    Toelichting,
)
from inkoop.documents.gegevens.overeenkomsten import Eisregel


class Leidraadronde(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its one closing instant and every other step."""

    kenmerk: str
    opening: date
    sluiting: datetime
    stappen: tuple[Planningstap, ...]


class Vragenronde(msgspec.Struct, frozen=True, kw_only=True):
    """Until when questions may be asked, and when the nota with the answers appears."""

    nummer: int
    vragen_tot: datetime
    nota_uiterlijk: date


class Wegingsregel(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion on which applicants are compared, with its weight in percent."""

    criterium: str
    titel: str
    weging: Decimal
    toelichting: str


class Selectiegegevens(msgspec.Struct, frozen=True, kw_only=True):
    """How is chosen, in a procedure with selection only (B.1.6, B.1.7)."""

    selectiecriteria: tuple[Wegingsregel, ...]
    gelijke_stand: str
    dialoog: tuple[Toelichting, ...]
    gunningscriteria: tuple[Wegingsregel, ...] = ()
    gunning: str


class Leidraadgegevens(Stuk, frozen=True, kw_only=True):
    """The tender document (C.9).

    `selectie` is filled in a procedure with selection only, `voorwaarde` (BP-04) in a toelating only.
    `atw` = terms that end on a day off run on to the next working day. `max_deelname` is how often one
    legal person may apply for one perceel, `ontvangstsysteem` the system whose receipt counts. `aanhaken` are
    sentences on who can join from an older agreement (M20-06).
    """

    mandaat: str
    omschrijving: str
    motivering: str
    voorwaarde: str | None = None
    beleidsdoelen: tuple[str, ...]
    inkoopdoelen: tuple[str, ...]
    percelen: tuple[Aanbodperceel, ...]
    uitgesloten: tuple[str, ...]
    uitzonderingen: tuple[Uitzonderingregel, ...] = ()
    cijfers: tuple[Cijfer, ...]
    volume: str
    toeleiding: str
    sturing: str
    bekostiging: str
    indexering: str
    looptijd: Regeling
    instroom: str
    uitsluitingsgronden: tuple[str, ...]
    criteriaset: str
    editie: str
    criteria: tuple[Criteriumregel, ...]
    bibob: str | None = None
    rondes: tuple[Leidraadronde, ...]
    vragenrondes: tuple[Vragenronde, ...]
    atw: bool
    herstel_dagen: int
    vervaltermijn_dagen: int
    gestanddoening_dagen: int
    max_deelname: int
    ontvangstsysteem: str | None = None
    rechtbank: str
    melding_adres: str
    klachtadres: str
    geschillencommissie: str | None = None
    marktconsultatie: Documentversie | None = None
    tariefbijlage: Documentversie
    conceptovereenkomst: Documentversie
    programma_van_eisen: Documentversie
    gegevensafspraken: Documentversie
    verblijf: bool = False
    matrix: tuple[Toelichting, ...] = ()
    selectie: Selectiegegevens | None = None
    aanhaken: tuple[str, ...] = ()


class Vraagantwoord(msgspec.Struct, frozen=True, kw_only=True):
    """A question without the asker's name, and the answer; `plaats` is the paragraph of the document.

    `wijziging` says what changes, None = nothing. `binnen_termijn` = it came in before the closing of the questions.
    """

    nummer: int
    ontvangen_op: datetime
    binnen_termijn: bool
    document: str
    plaats: str
    vraag: str
    antwoord: str
    wijziging: str | None = None


class Documentwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """A published document that is replaced."""

    titel: str
    oud: str
    nieuw: str
    wat: str


class Notagegevens(Stuk, frozen=True, kw_only=True):
    """The answers to a round of questions (C.11); `sluiting` is the closing as it holds after this nota.

    `planning` holds what changes in the calendar (empty = nothing). `akkoord_op` is the day on which the jurist agreed.
    """

    ronde: str
    nummer: int
    leidraad: Documentversie
    sluiting: datetime
    vragen: tuple[Vraagantwoord, ...]
    wijzigingen: tuple[Documentwijziging, ...]
    planning: tuple[Planningstap, ...]
    beantwoord_door: str
    jurist: str
    akkoord_op: date


class Productbeschrijving(msgspec.Struct, frozen=True, kw_only=True):
    """A product in the product book; `doelgroep` and `doelen` where they are not already in what it is."""

    code: str
    naam: str
    perceel: str
    omschrijving: str
    doelgroep: str | None = None
    doelen: tuple[str, ...] = ()
    eenheid: str
    bijzonderheden: str | None = None


class Programmagegevens(Stuk, frozen=True, kw_only=True):
    """The programme of requirements with the product book (C.8).

    `geen_beschikking` = residents get support without a decision unless they ask for one: the caveat is printed (B.24).
    `grondslagen` are the legal bases by subject (M20-36); `toegangsvragen` what the toegang looks at (M20-52).
    """

    inleiding: str
    producten: tuple[Productbeschrijving, ...]
    eisen: tuple[Eisregel, ...]
    toewijzing: str
    geen_beschikking: bool = False
    berichten: str
    toezicht: str
    ingang: date
    grondslagen: tuple[Toelichting, ...] = ()
    toegangsvragen: tuple[str, ...] = ()


class Toetsregel(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion on the form: the eis, the evidence and the outcome; `uitkomst` is written in words."""

    criterium: str
    titel: str
    eis: str
    geldt_voor: str
    lid: str | None = None
    peildatums: tuple[Peildatumregel, ...]
    bewijs: tuple[Bewijsregel, ...]
    uitkomst: str
    toelichting: str


class Toetsingsformuliergegevens(Stuk, frozen=True, kw_only=True):
    """The form of one assessor on one aanmelding (C.14); judged without seeing the other assessor's."""

    ronde: str
    aanmelding: str
    aanbieder: str
    ontvangen_op: datetime
    criteriaset: str
    editie: str
    editie_hash: str
    beoordelaar: str
    belangenverklaring_op: date
    regels: tuple[Toetsregel, ...]
    afgerond_op: datetime


class Verschilregel(msgspec.Struct, frozen=True, kw_only=True):
    """Two judgements that differ and what the jurist decided."""

    aanmelding: str
    criterium: str
    eerste: str
    tweede: str
    beslissing: str
    motivering: str


class Toetsverloop(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one aanmelding; `uitkomst` in words."""

    aanmelding: str
    aanbieder: str
    ontvangen_op: datetime
    herstel: str
    uitkomst: str
    toets_hash: str


class Toetsverslaggegevens(Stuk, frozen=True, kw_only=True):
    """The record of the assessment of a round (C.14)."""

    ronde: str
    sluiting: datetime
    geopend_op: datetime
    geopend_door: str
    getuige: str
    criteriaset: str
    editie: str
    editie_hash: str
    beoordelaars: tuple[str, ...]
    jurist: str
    aanmeldingen: tuple[Toetsverloop, ...]
    verschillen: tuple[Verschilregel, ...] = ()
    bijzonderheden: tuple[str, ...] = ()


class Inschrijvingsuitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """A tender in a procedure with selection: `uitkomst` and `motivering` in words; `score` where there is one."""

    inschrijver: str
    perceel: str
    uitkomst: str
    score: Decimal | None = None
    motivering: str


class Scoreverantwoording(msgspec.Struct, frozen=True, kw_only=True):
    """How one score came about: what each beoordelaar gave apart, what counts, and what it adds to the total.

    `wijze` says whether the two agreed or the jurist settled it; numbers run from 0 to 10, `weging` in percent.
    """

    inschrijver: str
    perceel: str
    stadium: str
    criterium: str
    naam: str
    weging: Decimal
    gegeven: tuple[Decimal, ...]
    definitief: Decimal
    punten: Decimal
    wijze: str
    reden: str


class Gunningsverslaggegevens(Stuk, frozen=True, kw_only=True):
    """The record of the award in a procedure with selection (C.28)."""

    aankondiging_nummer: str
    aankondiging_datum: date
    sluiting: datetime
    voornemen: date
    einde_termijn: date
    kort_geding: str
    percelen: tuple[Aanbodperceel, ...]
    uitkomsten: tuple[Inschrijvingsuitkomst, ...]
    scores: tuple[Scoreverantwoording, ...] = ()
    gelijke_stand: str = ""
    lotingen: tuple[str, ...] = ()
    belangen: str
    ondertekenaar: Ondertekenaar
    jurist: str


class Gegundperceel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel with who got it; `waarde` in euro, excluding options when `zonder_opties`."""

    code: str
    naam: str
    inschrijvingen: int
    aanbieders: tuple[str, ...]
    waarde: Decimal
    gesloten_op: date


class Aankondiginggegevens(Stuk, frozen=True, kw_only=True):
    """The announcement of the awarded contract (C.28; Aw 2.39)."""

    aankondiging_nummer: str
    cpv: tuple[str, ...]
    omschrijving: str
    looptijd: Regeling
    percelen: tuple[Gegundperceel, ...]
    rechtbank: str
    rechtsgang: str
