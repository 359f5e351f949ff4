"""What letters, reports and decisions need while an agreement runs, and when a file is closed.

Bron: domein C.22, C.25-C.27, C.29, C.30, C.31; A.1.8, A.2.5; B.7, B.8.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.documents.gegevens.blokken import Aanbiedergegevens, Ondertekenaar
from inkoop.documents.gegevens.bouwstenen import Aanbiedersbrief, Deelname, Stuk, Toelichting


class Contractbrief(Aanbiedersbrief, frozen=True, kw_only=True):
    """A letter about one agreement by virtue of an article of it; `besluit_datum` is when it was decided."""

    contractnummer: str
    artikel: str
    huidige_einddatum: date
    besluit_datum: date
    verzendwijze: str


class Verlengingsbriefgegevens(Contractbrief, frozen=True, kw_only=True):
    """Extension (C.22): `optienummer` counts the extensions. `stilzwijgend` = it follows from the agreement itself.

    `duur_maanden` is exactly the term that the agreement gives; `kennisgeving_uiterlijk` the last day to send this.
    """

    stilzwijgend: bool
    optienummer: int
    duur_maanden: int
    nieuwe_einddatum: date
    kennisgeving_uiterlijk: date
    kennisgeving_gehaald: bool


class NietVerlengingsbriefgegevens(Contractbrief, frozen=True, kw_only=True):
    """No extension (C.22), with why and what happens to clients."""

    reden: str
    kennisgeving_uiterlijk: date
    kennisgeving_gehaald: bool
    clienten: str
    overdrachtsplan_uiterlijk: date


class Opzeggingsbriefgegevens(Contractbrief, frozen=True, kw_only=True):
    """Notice of termination (C.22); `zienswijze_op` is when the aanbieder gave its view, None = it gave none."""

    grond: str
    toelichting: str
    opzegtermijn_maanden: int
    einde_door_opzegging: date
    zienswijze_gevraagd_op: date
    zienswijze_op: date | None = None
    zienswijze_weging: str
    clienten: str
    overdrachtsplan_uiterlijk: date
    rechtbank: str


class Aanhaaktoets(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three conditions for a gemeente that joins; it must be met before 1 May (H19-45)."""

    voorwaarde: str
    voldaan_op: date
    bewijs: str


class Toetredingsbesluitgegevens(Stuk, frozen=True, kw_only=True):
    """A gemeente joins (C.25): three conditions, what it takes over, options in the matrix.

    `toestemming_raad` says how its council gave permission; None = the paper does not speak of it.
    """

    gemeente: str
    akkoord: str
    toetsen: tuple[Aanhaaktoets, ...]
    peildatum: date
    ingang: date
    afspraken: tuple[str, ...]
    opties: tuple[Toelichting, ...]
    afwijkingen: tuple[Toelichting, ...]
    toestemming_raad: str | None = None
    ondertekenaar: Ondertekenaar


class Intentiebriefgegevens(Aanbiedersbrief, frozen=True, kw_only=True):
    """A gemeente tells every aanbieder that it means to join (C.25); `verzonden_aan` counts the letters."""

    gemeente: str
    contractnummer: str
    ingang: date
    gevolgen: tuple[str, ...]
    opties: tuple[Toelichting, ...]
    verzonden_aan: int
    aantal_aanbieders: int
    vragen_tot: date


class Meting(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported on one fixed subject; numbers about groups, never about people who can be recognised."""

    onderwerp: str
    stand: str
    vorig_kwartaal: str
    toelichting: str


class Kwartaalrapportagegegevens(Stuk, frozen=True, kw_only=True):
    """The report of an aanbieder over a quarter (C.26).

    `themas` are the subjects that the procedure file gives (the eight of M20-51, the three of H19-32), and
    `metingen` are exactly those, in that order. `jaarcontrole` is filled in the quarter of the yearly check
    (`jaarcontrole_kwartaal`, where the procedure says which) and in no other.

    Raises ValueError when a subject is missing, added or out of order, or the yearly check in another quarter.
    """

    contractnummer: str
    aanbieder: Aanbiedergegevens
    jaar: int
    kwartaal: int
    themas: tuple[str, ...]
    metingen: tuple[Meting, ...]
    jaarcontrole: tuple[Toelichting, ...]
    signalen: str
    vooruitblik: str
    ingevuld_door: str
    jaarcontrole_kwartaal: int | None = None

    def __post_init__(self) -> None:
        if self.jaarcontrole_kwartaal is not None and bool(self.jaarcontrole) != (
            self.kwartaal == self.jaarcontrole_kwartaal
        ):
            raise ValueError(f"de jaarlijkse controle hoort in kwartaal {self.jaarcontrole_kwartaal} en in geen ander")
        onderwerpen = tuple(meting.onderwerp for meting in self.metingen)
        if onderwerpen != self.themas:
            mis = [thema for thema in self.themas if thema not in onderwerpen]
            te_veel = [onderwerp for onderwerp in onderwerpen if onderwerp not in self.themas]
            wat = [f"er ontbreekt: {', '.join(mis)}"] if mis else []
            wat += [f"er is te veel: {', '.join(te_veel)}"] if te_veel else []
            reden = "; ".join(wat) or "de volgorde is anders"
            raise ValueError(f"de rapportage gaat precies over de onderwerpen van de procedure, maar {reden}")


class Toegangsregel(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the toegang, its answer in a word, and what was seen."""

    vraag: str
    antwoord: str
    toelichting: str


class Terugkoppelinggegevens(Stuk, frozen=True, kw_only=True):
    """What the local toegang saw of support to one client, who is not named (M20-52).

    `antwoorden` are on the questions that the procedure file gives; `kwaliteit` on its aspects of quality (M20-53).
    """

    contractnummer: str
    aanbieder: Aanbiedergegevens
    gemeente: str
    product: str
    aanleiding: str
    antwoorden: tuple[Toegangsregel, ...]
    kwaliteit: tuple[Toelichting, ...] = ()
    ingevuld_door: str


class Gespreksafspraak(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed in a talk, by whom and when it is done."""

    afspraak: str
    wie: str
    gereed: date


class Gespreksverslaggegevens(Stuk, frozen=True, kw_only=True):
    """The record of a talk with an aanbieder (C.26, C.27); `soort` is kwartaalgesprek or gesprek na een signaal."""

    contractnummer: str
    aanbieder: Aanbiedergegevens
    soort: str
    aanwezig: tuple[str, ...]
    aanleiding: str
    onderwerpen: tuple[Toelichting, ...]
    reactie: str
    afspraken: tuple[Gespreksafspraak, ...]
    reageren_tot: date
    contractmanager: str


class Tekortkoming(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed, what was found and on what that rests."""

    afspraak: str
    bevinding: str
    bron: str


class Handhavingsbrief(Aanbiedersbrief, frozen=True, kw_only=True):
    """What every letter in the sanction ladder has (C.27, B.8)."""

    contractnummer: str
    artikel: str
    tekortkomingen: tuple[Tekortkoming, ...]
    eerder: tuple[str, ...]


class Waarschuwingsbriefgegevens(Handhavingsbrief, frozen=True, kw_only=True):
    """Written warning with a plan for improvement."""

    gevraagd: tuple[str, ...]
    plan_uiterlijk: date
    hersteld_uiterlijk: date
    volgende_stap: str


class Voornemenbriefgegevens(Handhavingsbrief, frozen=True, kw_only=True):
    """The intention to take a measure; the aanbieder gives its view until `zienswijze_tot` (14 days or more)."""

    maatregel: str
    evenredigheid: str
    ingang: date
    zienswijze_tot: date
    overgeslagen: str | None = None


class Maatregelbesluitgegevens(Handhavingsbrief, frozen=True, kw_only=True):
    """The decision on a measure, after the view of the aanbieder."""

    voornemen_datum: date
    zienswijze_op: date | None = None
    zienswijze: str
    weging: str
    maatregel: str
    evenredigheid: str
    ingang: date
    einde_maatregel: date | None = None
    clienten: str
    besluit_datum: date
    voorbereid_door: tuple[str, ...]
    rechtbank: str


class Catalogusregel(msgspec.Struct, frozen=True, kw_only=True):
    """What is on offer and where."""

    ondersteuning: str
    gebied: str
    wachttijd: str


class Catalogusgegevens(Stuk, frozen=True, kw_only=True):
    """What stands in the catalogue about one aanbieder (C.29), in words for residents."""

    contractnummer: str
    aanbieder: Aanbiedergegevens
    omschrijving: str
    aanbod: tuple[Catalogusregel, ...]
    specialismen: tuple[str, ...]
    werkgebied: str
    kwaliteit: tuple[Toelichting, ...]
    telefoon: str
    website: str
    zichtbaar_vanaf: date
    bevestigd_door: str
    bevestigd_op: date


class Archiefstuk(msgspec.Struct, frozen=True, kw_only=True):
    """A document in the file; `grond` is the ground of the Woo when it is not public, None = public."""

    nummer: int
    stuk: str
    datum: date
    versie: str
    openbaarheid: str
    grond: str | None = None
    bewaarcategorie: str
    sha256: str


class Bewaarregel(msgspec.Struct, frozen=True, kw_only=True):
    """How long a category is kept: set by the archivaris, so `vastgesteld_door` names who did."""

    categorie: str
    bewaren: str
    start: str
    vernietigen_na: date | None = None
    vastgesteld_door: str


class Archiefindexgegevens(Stuk, frozen=True, kw_only=True):
    """The index of a closed round or procedure (C.30) for archive and Woo."""

    dossier: str
    afgesloten_op: date
    stukken: tuple[Archiefstuk, ...]
    bewaarregels: tuple[Bewaarregel, ...]
    logboek_nummer: int
    logboek_hash: str
    archivaris: str


class Overlegtafelgegevens(Stuk, frozen=True, kw_only=True):
    """Agenda and record of the table on in-, through- and outflow for beschermd wonen (W21-BW-05)."""

    deelnemers: tuple[Deelname, ...]
    wachtlijst: int
    langste_wachttijd_dagen: int
    acceptatie_maanden: int
    plaatsen: tuple[Toelichting, ...]
    onderwerpen: tuple[Toelichting, ...]
    afspraken: tuple[Gespreksafspraak, ...]
    volgende: date
