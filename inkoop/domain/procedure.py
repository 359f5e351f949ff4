"""A procedure as data: everything that differs between one purchasing system and another.

One struct per block of `procedures/<naam>.yaml` (definitions/procedure). A value here never changes
while a procedure runs; what happens to a procedure are records.

Bron: ontwerp 5; domein A.1, A.6, E.1, F.0.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from inkoop.domain.aanbod import Bekostiging, Lumpsum, Marktcijfer, Optioneel, Segment, Toeslag, Trede
from inkoop.domain.archief import Bewaarregel
from inkoop.domain.beleid import Beleid
from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.kwalificatie import Kwalificatietoets
from inkoop.domain.ontvangst import Ontvangstsysteem
from inkoop.domain.overeenkomstdelen import Contract, Grondslag, Overgang, Voorganger
from inkoop.domain.rooster import Rooster
from inkoop.domain.samenwerking import (
    Catalogus,
    Deelname,
    Gemeenteaanhaak,
    Kandidaatgemeente,
    Regeling,
    VerwanteProcedure,
)
from inkoop.domain.selectie import Procedurevorm, Selectieregels


class Kwalificatie(StrEnum):
    """The legal kind of procedure (B.1)."""

    TOELATING = "toelating"
    AANHAAK = "aanhaak"
    SAS = "sas"


class Wet(StrEnum):
    """The law under which support is bought."""

    WMO = "wmo"
    JEUGDWET = "jeugdwet"


class Fase(StrEnum):
    """The six fasen, in order; the first two belong to a procedure, the rest to a ronde (ontwerp 2.6)."""

    VOORBEREIDEN = "voorbereiden"
    PUBLICEREN = "publiceren"
    SELECTEREN = "selecteren"
    CONCRETISEREN = "concretiseren"
    CONTRACTEREN = "contracteren"
    IMPLEMENTEREN = "implementeren"


class Gemeente(msgspec.Struct, frozen=True, kw_only=True):
    """A participating gemeente, how it is represented and on what ground (FE-5).

    With `deelname` voorbehoud it may still withdraw before contracts are signed (H19-02). `vanaf` is the day
    from which a gemeente that joined later takes part (H19-45); None = from the start.
    """

    code: str
    naam: str
    kvk: str
    adres: str
    postcode_plaats: str
    vertegenwoordiger: str
    functie: str
    volmacht_grondslag: str
    volmacht_datum: date
    deelname: Deelname = Deelname.VAST
    vanaf: date | None = None


class Organisatie(msgspec.Struct, frozen=True, kw_only=True):
    """The contracting organisation as printed on documents."""

    naam: str
    samenwerkingsverband: str
    centrumgemeente: str
    adres: str
    postcode_plaats: str
    contactpersoon: str
    email: str
    telefoon: str
    platform: str


class Mandaat(msgspec.Struct, frozen=True, kw_only=True):
    """Who may take which decision for whom, over which period (both days inclusive).

    `regeling` is the id of the arrangement it rests on: a mandate never outlives that (H19-05).
    """

    id: str
    functie: str
    namens: tuple[str, ...]
    onderwerpen: tuple[str, ...]
    geldig_van: date
    geldig_tot: date
    grondslag: str
    volmacht_burgemeester: bool
    regeling: str | None = None


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product (prestatie x categorie) of a perceel, with what it is and its features.

    `bekostiging` goes before that of the perceel; `optioneel` are cells that only some gemeenten buy.
    """

    code: str
    naam: str
    omschrijving: str
    kenmerken: tuple[str, ...] = ()
    bekostiging: Bekostiging | None = None
    optioneel: tuple[Optioneel, ...] = ()


class Perceel(msgspec.Struct, frozen=True, kw_only=True):
    """A (sub)perceel: the unit of application and decision (M20-07).

    `tredes` make its products the rows of a matrix (A.2.3). `max_aanbieders` is for selection only. `doelen` are
    codes of the goals of policy to which it contributes (M20-59).
    """

    code: str
    naam: str
    prestatie: str
    omschrijving: str
    producten: tuple[Product, ...]
    schaal: str
    bekostiging: Bekostiging | None = None
    tredes: tuple[Trede, ...] = ()
    max_aanbieders: int | None = None
    segment: str | None = None
    doelen: tuple[str, ...] = ()

    def bekostiging_van(self, product: Product) -> Bekostiging | None:
        """How a product of this perceel is paid; None when the file does not say (refused by its control)."""
        return product.bekostiging or self.bekostiging


class Perceelreeks(msgspec.Struct, frozen=True, kw_only=True):
    """Percelen that are alike, made in one action: codes `voorvoegsel`01.. (W21-BG-01).

    In `naam` and `omschrijving` `{nummer}` becomes the number; product codes get the code of the perceel in front.
    """

    voorvoegsel: str
    aantal: int
    naam: str
    prestatie: str
    omschrijving: str
    producten: tuple[Product, ...]
    schaal: str
    bekostiging: Bekostiging | None = None
    max_aanbieders: int | None = None
    segment: str | None = None
    doelen: tuple[str, ...] = ()


class Tarief(msgspec.Struct, frozen=True, kw_only=True):
    """An amount for one product; in a matrix for one cell. `eenheid` goes before that of the table."""

    product: str
    bedrag: Decimal
    trede: str | None = None
    eenheid: str | None = None


class Tarieftabel(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the tariffs, in force from a day on; one amount for every product, cell or lumpsum."""

    versie: str
    ingang: date
    eenheid: str
    vastgesteld_op: date
    grondslag: str
    tarieven: tuple[Tarief, ...] = ()
    lumpsums: tuple[Lumpsum, ...] = ()
    toeslagen: tuple[Toeslag, ...] = ()


class Rondedefinitie(msgspec.Struct, frozen=True, kw_only=True):
    """One intake round with its explicit dates; instants are Europe/Amsterdam (E.1).

    The dates after `historisch` are for procedures that have them: questions and nota, selection and
    dialogue (then `besluit` is the award intention), the draft agreement. A round with `alleen_bij_optie`
    is held only when that option was exercised before its opening (E.5).
    """

    kenmerk: str
    opening: date
    sluiting: datetime
    herstelverzoek: date
    herstel_tot: date
    besluit: date
    vervaltermijn: date
    tekenen: date
    ingang: date
    criteria_editie: str
    historisch: bool = False
    vragen_tot: date | None = None
    nota: date | None = None
    selectiebesluit: date | None = None
    selectie_vervaltermijn: date | None = None
    dialoog_van: date | None = None
    dialoog_tot: date | None = None
    voorstel_tot: datetime | None = None
    concept: date | None = None
    alleen_bij_optie: int | None = None


class Looptijd(msgspec.Struct, frozen=True, kw_only=True):
    """The term of the agreements: fixed end date, tacit renewal with a maximum (M20-32, BP-03).

    `aantal_opties` says how many extensions of `verlenging_maanden` there are. While `nader_te_bepalen` is
    true the days are an assumption for the planning, and nothing can be published (J21-xx-04, BP-08).
    """

    ingang: date
    einde_eerste_termijn: date
    verlenging: str
    verlenging_maanden: int
    opzegtermijn_maanden: int
    max_einddatum: date
    aantal_opties: int | None = None
    nader_te_bepalen: bool = False
    motivering_langer: str | None = None


class Instroom(msgspec.Struct, frozen=True, kw_only=True):
    """How often providers may join, and the rounds: explicit, computed by a rooster, or both."""

    periodiciteit: str
    rondes: tuple[Rondedefinitie, ...] = ()
    rooster: Rooster | None = None


ROLBAAR = ("sluiting", "herstel_tot", "selectie_vervaltermijn", "voorstel_tot", "vervaltermijn")
"""The ends of terms in a round of which a procedure chooses whether they roll; the law rolls none of them (B.2.5)."""


class Termijnen(msgspec.Struct, frozen=True, kw_only=True):
    """Terms in calendar days; ends roll forward to a working day where `doorrollen` (B.2.5).

    With `doorrollen_voor` only those ends do (keys of `ROLBAAR`), without it all of them.
    """

    herstel_dagen: int
    vervaltermijn_dagen: int
    doorrollen: bool
    bron: str
    doorrollen_voor: tuple[str, ...] = ()

    def rolt(self, naam: str) -> bool:
        """Whether the end of a term, by the key of its day in a round, rolls to a working day."""
        return self.doorrollen and (not self.doorrollen_voor or naam in self.doorrollen_voor)


class Rechtsbescherming(msgspec.Struct, frozen=True, kw_only=True):
    """The civil remedy and the complaints address that letters print (B.2.1-B.2.4, B.2.10)."""

    rechtbank: str
    melding_adres: str
    klachtadres: str
    geschillencommissie: str | None


class Stapsoort(StrEnum):
    """What kind of record closes a governance step."""

    BESLUIT = "besluit"
    GO_NO_GO = "go_no_go"
    CONSULTATIE = "consultatie"
    VASTSTELLING = "vaststelling"
    CONTROLE = "controle"
    PUBLICATIE = "publicatie"


class Stap(msgspec.Struct, frozen=True, kw_only=True):
    """A governance step of a fase: who records it, which bodies decide, what must be there first.

    `rol` is the role that may record the step; `organen` are the bodies that must each be recorded
    (for instance every college). `na` are steps that must be done before.
    """

    id: str
    fase: Fase
    naam: str
    soort: Stapsoort
    rol: str
    organen: tuple[str, ...]
    na: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    uiterlijk: date | None = None
    bron: str
    toelichting: str = ""


class Kwaliteitseis(msgspec.Struct, frozen=True, kw_only=True):
    """One requirement of the programme of requirements (PvE) with its source."""

    id: str
    thema: str
    tekst: str
    bron: str


class Geografie(msgspec.Struct, frozen=True, kw_only=True):
    """The area in which the agreements apply, dated (M20-02)."""

    regio: str
    gebieden: tuple[Gebied, ...]


class Proceduredefinitie(msgspec.Struct, frozen=True, kw_only=True):
    """A whole procedure. `hash` is the sha256 of the file it was read from.

    `keuzes` are the settings that the seeds leave open (BP-01..25); a mandatory one that is empty
    blocks publication.
    """

    naam: str
    titel: str
    omschrijving: str
    bron: str
    kwalificatie: Kwalificatie
    selectie: bool
    wet: Wet
    motivering_kwalificatie: str
    organisatie: Organisatie
    gemeenten: tuple[Gemeente, ...]
    mandaten: tuple[Mandaat, ...]
    criteriaset: str
    uitgesloten_producten: dict[str, str]
    tarieftabellen: tuple[Tarieftabel, ...]
    instroom: Instroom
    termijnen: Termijnen
    looptijd: Looptijd
    geografie: Geografie
    stappen: tuple[Stap, ...]
    rechtsbescherming: Rechtsbescherming
    contract: Contract
    programma_van_eisen: tuple[Kwaliteitseis, ...]
    keuzes: dict[str, str]
    verplichte_keuzes: tuple[str, ...]
    max_deelname_per_perceel: int
    bewaartermijnen: dict[str, str]
    hash: str
    percelen: tuple[Perceel, ...] = ()
    percelenreeksen: tuple[Perceelreeks, ...] = ()
    segmenten: tuple[Segment, ...] = ()
    procedurevorm: Procedurevorm | None = None
    kwalificatietoets: Kwalificatietoets | None = None
    selectieregels: Selectieregels | None = None
    regelingen: tuple[Regeling, ...] = ()
    kandidaten: tuple[Kandidaatgemeente, ...] = ()
    gemeente_aanhaak: Gemeenteaanhaak | None = None
    overgang: Overgang | None = None
    voorgangers: tuple[Voorganger, ...] = ()
    verwante_procedures: tuple[VerwanteProcedure, ...] = ()
    catalogus: Catalogus | None = None
    marktcijfers: tuple[Marktcijfer, ...] = ()
    grondslagen: tuple[Grondslag, ...] = ()
    beleid: Beleid | None = None
    ontvangst: Ontvangstsysteem | None = None
    bewaarregels: tuple[Bewaarregel, ...] = ()

    def find_perceel(self, code: str) -> Perceel:
        """The perceel with this code; KeyError when there is none."""
        for perceel in self.percelen:
            if perceel.code == code:
                return perceel
        raise KeyError(code)

    def gemeenten_op(self, dag: date) -> tuple[Gemeente, ...]:
        """The gemeenten that take part on a day: without those that joined from a later day on (H19-45)."""
        return tuple(gemeente for gemeente in self.gemeenten if gemeente.vanaf is None or gemeente.vanaf <= dag)

    def find_ronde(self, kenmerk: str) -> Rondedefinitie:
        """The round with this kenmerk; KeyError when there is none."""
        for ronde in self.instroom.rondes:
            if ronde.kenmerk == kenmerk:
                return ronde
        raise KeyError(kenmerk)
