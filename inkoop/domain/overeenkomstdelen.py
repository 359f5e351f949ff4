"""The agreement and what goes with it: its content, its pieces, its sanctions, its index, what went before.

Bron: H19-42, BP-14 (pieces); H19-58, B.8 (SYS-HTHP); B.5 (index); M20-05 (SYS-M20-P23); A.2.5, A.4 (transition).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from inkoop.domain.ondertekening import Tekenvolgorde


class Onderdeelsoort(StrEnum):
    """A part beside the agreement itself that the system composes (C.18, C.19, C.20)."""

    SAMENWERKING = "samenwerking"
    GEGEVENS = "gegevens"
    DIENSTVERLENING = "dienstverlening"


class Contractonderdeel(msgspec.Struct, frozen=True, kw_only=True):
    """A piece that is composed and signed with the agreement; a not mandatory one only where it is needed.

    `stuk` says which part it is of those that the system composes; None = the agreement itself, or made elsewhere.
    """

    code: str
    naam: str
    verplicht: bool
    bron: str
    wanneer: str = ""
    stuk: Onderdeelsoort | None = None


class Sanctiestap(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the ladder, the lightest first; who decides and how long the provider has to answer (B.8)."""

    naam: str
    besluit_door: str
    zienswijze_dagen: int
    bron: str


class Indexwijze(StrEnum):
    """How the difference between the forecast and the final index counts (B.5)."""

    VERSCHIL = "verschil"
    VERHOUDING = "verhouding"


class Indexmethode(msgspec.Struct, frozen=True, kw_only=True):
    """The explicit method of indexation: weights (percent, together 100) and how differences count (B.5)."""

    wijze: Indexwijze
    loongewicht: Decimal
    prijsgewicht: Decimal
    nacalculatie_eerste_jaar: bool
    bron: str


class Overgangswijze(StrEnum):
    """Until when support under an old beschikking goes on (H19-56, SP-13, WO-14)."""

    EINDE_BESCHIKKING = "einde_beschikking"
    UITERSTE_DATUM = "uiterste_datum"


class Overgang(msgspec.Struct, frozen=True, kw_only=True):
    """The transition of running support to the new agreements.

    With `uiterste_datum` support ends on the earlier of that day and the end of the beschikking. Who
    reports on or after `nieuwe_clienten_vanaf` falls under the new agreements.

    Bron: M20-37, H19-56, H19-57, J21-xx-02.
    """

    wijze: Overgangswijze
    per_gemeente: bool
    alleen_zelfde_aanbieder: bool
    bron: str
    uiterste_datum: date | None = None
    nieuwe_clienten_vanaf: date | None = None


class Voorganger(msgspec.Struct, frozen=True, kw_only=True):
    """An older agreement that runs beside or before this procedure, with its extension (SYS-M20-P23, M20-03).

    `opvolger` names the procedure or purchase that follows it. `instroom` are the percelen of this procedure that
    its providers can join in an ordinary round, on the same conditions as anybody (M20-06).
    """

    code: str
    naam: str
    einde: date
    bron: str
    verlengd_met_maanden: int = 0
    verlengd_tot: date | None = None
    opvolger: str | None = None
    instroom: tuple[str, ...] = ()


def end_of_voorganger(voorganger: Voorganger) -> date:
    """The day on which older agreements end, with the extension that was given (M20-05)."""
    return voorganger.verlengd_tot or voorganger.einde


class Grondslag(msgspec.Struct, frozen=True, kw_only=True):
    """A legal basis, by subject (B.5: the verordening with the price rules)."""

    onderwerp: str
    tekst: str
    bron: str


class LokaleUitzondering(msgspec.Struct, frozen=True, kw_only=True):
    """A transparency clause about what a gemeente organises outside the agreements (M20-11)."""

    gemeente: str
    prestatie: str
    tekst: str


class GegevensafspraakRol(StrEnum):
    """In which capacity the provider handles personal data; a jurist chooses (insight 8)."""

    VERWERKER = "verwerker"
    ZELFSTANDIG = "zelfstandig_verwerkingsverantwoordelijke"
    GEZAMENLIJK = "gezamenlijk"


class Gegevensafspraak(msgspec.Struct, frozen=True, kw_only=True):
    """The data arrangements that go with the agreement (C.19)."""

    rol: GegevensafspraakRol
    motivering: str
    doelen: tuple[str, ...]
    gegevens: tuple[str, ...]
    bewaartermijn: str
    datalekcontact: str


class Addendumcyclus(msgspec.Struct, frozen=True, kw_only=True):
    """Day and month (MM-DD) by which an addendum is drafted, signed and in force (H19-55)."""

    concept_uiterlijk: str
    tekenen_uiterlijk: str
    ingang: str


class Plichtgrens(StrEnum):
    """On which side of the number a duty is kept; the number itself still keeps it."""

    TEN_MINSTE = "ten_minste"
    TEN_HOOGSTE = "ten_hoogste"


class Contractplicht(msgspec.Struct, frozen=True, kw_only=True):
    """A duty with a number that is measured again and again: places, days until somebody is placed.

    Measured over periods of `elke_maanden` months from the start of the agreements; `percelen` empty = all.

    Bron: W21-BW-01, W21-BW-02; B.6 (acceptatieplicht, capacity).
    """

    code: str
    wat: str
    eenheid: str
    grens: Plichtgrens
    waarde: Decimal
    elke_maanden: int
    bron: str
    percelen: tuple[str, ...] = ()


class Puntherkomst(StrEnum):
    """From which records a point of the checklist follows by itself."""

    AFSCHRIFTEN = "afschriften"


class Implementatiepunt(msgspec.Struct, frozen=True, kw_only=True):
    """A point of putting an agreement to work: what, in which role, how many days before the first day it is done.

    With `vanzelf` it is done once the records say so. `percelen` empty = all. Rules: domain/implementatie.
    """

    code: str
    wat: str
    rol: str
    dagen_voor_ingang: int
    bron: str
    vanzelf: Puntherkomst | None = None
    percelen: tuple[str, ...] = ()


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """What the framework agreement says beyond percelen, tariffs and term (C.17).

    `delen` are the published documents that belong to it, the highest in rank first; the agreement itself
    and its addenda go before them. `toegangsvragen` are what the local toegang looks at per client (M20-52),
    `kwaliteitsaspecten` on what both it and contract management address a provider (M20-53). With `geen_beschikking`
    support may begin without one, and the papers say that a resident can always ask for a decision (B.24).
    `implementatie` empty = the points that hold for every agreement.
    """

    profiel: str
    overeenkomstsoort: str
    contractnummer_voorvoegsel: str
    delen: tuple[str, ...]
    volume: str
    bekostiging: str
    indexering: str
    social_return: str
    sanctieladder: bool
    verzekering: str
    declaratie: str
    kwartaalthemas: tuple[str, ...]
    jaarcontrole_kwartaal: int
    gegevensafspraak: Gegevensafspraak
    lokale_uitzonderingen: tuple[LokaleUitzondering, ...]
    addendumcyclus: Addendumcyclus
    onderdelen: tuple[Contractonderdeel, ...] = ()
    sanctiestappen: tuple[Sanctiestap, ...] = ()
    indexmethode: Indexmethode | None = None
    meetinstrumenten: tuple[str, ...] = ()
    toegangsvragen: tuple[str, ...] = ()
    kwaliteitsaspecten: tuple[str, ...] = ()
    geen_beschikking: bool = False
    plichten: tuple[Contractplicht, ...] = ()
    implementatie: tuple[Implementatiepunt, ...] = ()
    tekenvolgorde: Tekenvolgorde | None = None
