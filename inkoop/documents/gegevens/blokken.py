"""The blocks that several documents share: who writes, to whom, about what, and what follows from it.

Amounts are Decimal, days are date, instants are aware datetimes; a name is printed as it stands.

Bron: domein C (common data blocks), B.2.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.criteria.criterium import Herstelbaarheid
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.procedure import Kwalificatie, Wet


class Organisatiegegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The contracting organisation; `gemeenten` are the names of all gemeenten for which it acts."""

    naam: str
    samenwerkingsverband: str
    centrumgemeente: str
    gemeenten: tuple[str, ...]
    adres: str
    postcode_plaats: str
    contactpersoon: str
    email: str
    telefoon: str
    platform: str


class Proceduregegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The procedure as letters name it; `naam` is the name of its file."""

    naam: str
    titel: str
    kwalificatie: Kwalificatie
    wet: Wet
    regio: str


class Rondegegevens(msgspec.Struct, frozen=True, kw_only=True):
    """One intake round with its calendar (E.1)."""

    kenmerk: str
    opening: date
    sluiting: datetime
    herstelverzoek: date
    herstel_tot: date
    besluit: date
    vervaltermijn: date
    tekenen: date
    ingang: date


class VolgendeRonde(msgspec.Struct, frozen=True, kw_only=True):
    """The next round in which the provider may apply again."""

    kenmerk: str
    opening: date
    sluiting: datetime
    ingang: date


class Lidgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """One legal person of the aanbieder, and who signs for it."""

    naam: str
    rol: Lidrol
    rechtsvorm: str
    kvk: str
    agb: str | None = None
    adres: str
    postcode_plaats: str
    tekenbevoegde: str
    tekenfunctie: str
    tekenwijze: Tekenwijze


class Aanbiedergegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The aanbieder: one legal person (rol enkel), or a combination (penvoerder and leden, by name)."""

    naam: str
    leden: tuple[Lidgegevens, ...]


class Ondertekenaar(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs a letter or takes a besluit; with `mandaat` also for whom and on what ground.

    `namens` are the names of the gemeenten whose colleges decide. Both are needed for every besluit
    and may be left out of letters that decide nothing (Awb 10:10).
    """

    naam: str
    functie: str
    namens: tuple[str, ...] = ()
    mandaat: str | None = None


class Behandelaars(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the people who prepared a besluit (C.31: B1, B2, jurist)."""

    beoordelaars: tuple[str, ...]
    jurist: str


class Rechtsbeschermingsgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The civil remedy; `einde` is the last day, already rolled to a working day (B.2.4, B.2.5)."""

    rechtbank: str
    termijn_dagen: int
    einde: date
    melding_adres: str
    klachtadres: str
    geschillencommissie: str | None = None


class Productregel(msgspec.Struct, frozen=True, kw_only=True):
    """A product by its code and name."""

    code: str
    naam: str


class Perceelregel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel that is applied for, with the products in it that are applied for."""

    code: str
    naam: str
    producten: tuple[Productregel, ...]


class Perceelbesluit(msgspec.Struct, frozen=True, kw_only=True):
    """The besluit on one perceel; `uitkomst` is a value of Besluitsoort.

    `vervallen_producten` are dropped by the provider; `toelichting` says why it is not taken up.
    """

    code: str
    naam: str
    uitkomst: str
    toegelaten_producten: tuple[Productregel, ...]
    afgewezen_producten: tuple[Productregel, ...]
    vervallen_producten: tuple[Productregel, ...] = ()
    toelichting: str = ""


class Bestandsregel(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was received; `lid` is the name of the member that it concerns."""

    bestand: str
    omschrijving: str
    lid: str | None = None
    sha256: str
    grootte: int


class Bewijsregel(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence on which a finding rests."""

    bestand: str
    omschrijving: str
    ontvangen_op: date


class Peildatumregel(msgspec.Struct, frozen=True, kw_only=True):
    """The day on which a criterion had to be met; `moment` is a value of Peilmoment."""

    moment: str
    datum: date


class Onduidelijkheid(msgspec.Struct, frozen=True, kw_only=True):
    """A file in which something is not clear, and what."""

    bestand: str
    waarom: str


class Reden(msgspec.Struct, frozen=True, kw_only=True):
    """Why one criterion is not met: the literal eis, what was handed in, what was found, what about repair.

    `percelen` are codes, `producten` names; `lid` is the name of the member it concerns (None = the whole
    aanbieder). `toelichting` states the facts, with their dates. `herstel_gevraagd_op` None = repair was
    not asked for; `herstel_antwoord_op` is the day of the answer in time on this very point (None = there was
    none), `herstel_te_laat_op` of one after the term; `herstel_zonder_stuk`: there was an answer, with nothing on
    this point. `herstel_zinloos`: mending it could not have saved the perceel, so it was not asked for.
    `onduidelijk` is evidence on which nobody could establish anything: it did not count, and it is not what fell
    short. Bron: B.2.2, B.2.7, C.16, C.31.
    """

    criterium: str
    titel: str
    eis: str
    bron: str
    percelen: tuple[str, ...]
    producten: tuple[str, ...] = ()
    lid: str | None = None
    toelichting: str
    peildatums: tuple[Peildatumregel, ...]
    bewijs: tuple[Bewijsregel, ...]
    herstelbaarheid: Herstelbaarheid
    herstel_gevraagd_op: date | None = None
    herstel_antwoord_op: date | None = None
    herstel_te_laat_op: date | None = None
    herstel_zonder_stuk: bool = False
    herstel_zinloos: bool = False
    onduidelijk: tuple[Onduidelijkheid, ...] = ()


class Voldaancriterium(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that is met; `toelichting`: whole sentences, only where the ground deserves it (gelijkwaardig)."""

    criterium: str
    titel: str
    percelen: tuple[str, ...]
    toelichting: str | None = None


class Voorwaardegegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What must still be shown: true on `geldig_op`, with evidence received on `bewijs_uiterlijk` at the latest.

    `toelichting` says why there is a condition, in whole sentences; `bewijs` is what was submitted.
    """

    criterium: str
    titel: str
    tekst: str
    percelen: tuple[str, ...]
    lid: str | None = None
    toelichting: str
    bewijs: tuple[Bewijsregel, ...] = ()
    geldig_op: date
    bewijs_uiterlijk: date


class Gemeentepartij(msgspec.Struct, frozen=True, kw_only=True):
    """A gemeente as a party to an agreement, and who represents it on what ground (FE-5)."""

    naam: str
    kvk: str
    adres: str
    postcode_plaats: str
    vertegenwoordiger: str
    functie: str
    volmacht_grondslag: str
    volmacht_datum: date


class Tariefproduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product with what it is and its amount per unit.

    In a matrix a line is one cell: `resultaat` is the result area without the trede, `trede` the column.
    """

    code: str
    naam: str
    omschrijving: str
    bedrag: Decimal
    resultaat: str | None = None
    trede: str | None = None


class Tariefperceel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel with its products and their amounts; `tredes` are the columns of a matrix, by name."""

    code: str
    naam: str
    prestatie: str
    omschrijving: str
    producten: tuple[Tariefproduct, ...]
    tredes: tuple[str, ...] = ()


class Tariefversie(msgspec.Struct, frozen=True, kw_only=True):
    """The version of the tariffs: since when, per what, decided when and on what ground."""

    versie: str
    ingang: date
    eenheid: str
    vastgesteld_op: date
    grondslag: str


class Uitzonderingregel(msgspec.Struct, frozen=True, kw_only=True):
    """What a gemeente organises outside the agreements (M20-11); `gemeente` is its name."""

    gemeente: str
    prestatie: str
    tekst: str


class Verlengingsoptie(msgspec.Struct, frozen=True, kw_only=True):
    """An option that is exact: its number, its months and the end date that follows from it."""

    nummer: int
    maanden: int
    einddatum: date


class Looptijdgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The term: fixed end of the first term, how it is extended, notice, last possible day.

    `verlenging` is "stilzwijgend" (by `verlenging_maanden` each time), "optie" (then `opties` are filled) or "geen".
    """

    ingang: date
    einde_eerste_termijn: date
    verlenging_maanden: int
    opzegtermijn_maanden: int
    max_einddatum: date
    verlenging: str = Verlengingswijze.STILZWIJGEND.value
    opties: tuple[Verlengingsoptie, ...] = ()


class Gebiedsregel(msgspec.Struct, frozen=True, kw_only=True):
    """A gemeente or place (by name) in which the agreement holds; the days are inclusive, None = no bound."""

    naam: str
    van: date | None = None
    tot: date | None = None


class Vervangenbesluit(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier besluit that is replaced: its kenmerk and day, and why it was looked at again."""

    besluit: str
    datum: date
    aanleiding: str


class Intrekkingsgrondgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """Why an admission is withdrawn; `zienswijze` is empty when no answer came. Bron: B.2.2, C.16."""

    aanleiding: str
    bevinding: str
    regel: str
    bron: str
    bewijs: str
    zienswijze_gevraagd_op: date
    zienswijze: str = ""
