"""Selection: the shapes of a social-services tender, the weighed criteria, the dialogue, ties.

Only a procedure with `selectie: ja` has any of this; without selection the engine refuses it.

Bron: ontwerp 2.5; B.1.1, B.1.6, B.1.7; F.0 hvb21.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel

LOTING = "loting"
"""The last resort in `gelijke_stand`: a lot drawn in public with a recorded seed (F.0)."""

_HONDERD = Decimal(100)


class Procedurevorm(StrEnum):
    """The shape of the procedure (B.1.7): without or with EMVI, or an admission."""

    TOELATING = "toelating"
    ZEMVI_1 = "zemvi-1"
    ZEMVI_2 = "zemvi-2"
    ZEMVI_3 = "zemvi-3"
    ZEMVI_4 = "zemvi-4"
    EMVI_1 = "emvi-1"
    EMVI_2 = "emvi-2"
    EMVI_3 = "emvi-3"


class Vormkenmerken(msgspec.Struct, frozen=True, kw_only=True):
    """What a shape does: whether it selects participants, holds a dialogue (None = may), weighs offers."""

    naam: str
    selecteert: bool
    dialoog: bool | None
    weegt: bool

    @property
    def kiest(self) -> bool:
        """Whether providers are compared at any moment."""
        return self.selecteert or self.weegt


VORMEN: Mapping[Procedurevorm, Vormkenmerken] = {
    Procedurevorm.TOELATING: Vormkenmerken(
        naam="toelating: iedereen die aan de eisen voldoet", selecteert=False, dialoog=False, weegt=False
    ),
    Procedurevorm.ZEMVI_1: Vormkenmerken(
        naam="zonder EMVI, alle geschikte aanbieders", selecteert=False, dialoog=False, weegt=False
    ),
    Procedurevorm.ZEMVI_2: Vormkenmerken(
        naam="zonder EMVI, geselecteerde aanbieders", selecteert=True, dialoog=False, weegt=False
    ),
    Procedurevorm.ZEMVI_3: Vormkenmerken(
        naam="zonder EMVI, dialoog met geselecteerde aanbieders", selecteert=True, dialoog=True, weegt=False
    ),
    Procedurevorm.ZEMVI_4: Vormkenmerken(
        naam="zonder EMVI, geselecteerde aanbieders, dialoog als dat nodig is",
        selecteert=True,
        dialoog=None,
        weegt=False,
    ),
    Procedurevorm.EMVI_1: Vormkenmerken(
        naam="met EMVI, elke geschikte inschrijver wordt gewogen", selecteert=False, dialoog=False, weegt=True
    ),
    Procedurevorm.EMVI_2: Vormkenmerken(
        naam="met EMVI, na selectie van deelnemers", selecteert=True, dialoog=False, weegt=True
    ),
    Procedurevorm.EMVI_3: Vormkenmerken(
        naam="met EMVI, na selectie en dialoog", selecteert=True, dialoog=True, weegt=True
    ),
}
"""The shapes without EMVI are B.1.7; how the three with EMVI differ is a project default."""


class Weegsoort(StrEnum):
    """Whether a weighed criterion is about price; price never counts alone (B.1.6)."""

    KWALITEIT = "kwaliteit"
    PRIJS = "prijs"


class Weegcriterium(msgspec.Struct, frozen=True, kw_only=True):
    """A published criterion with its weight in percent."""

    id: str
    naam: str
    weging: Decimal
    soort: Weegsoort
    bron: str
    omschrijving: str = ""


class Dialoog(msgspec.Struct, frozen=True, kw_only=True):
    """The dialogue with selected participants: how many rounds, about what (B.1.7, E.3)."""

    rondes: int
    onderwerpen: tuple[str, ...]
    bron: str


class Selectieregels(msgspec.Struct, frozen=True, kw_only=True):
    """How a procedure with selection chooses: who may go on, who wins, what decides a tie.

    `selectiecriteria` choose participants, `gunningscriteria` weigh final offers (only with EMVI).
    `gelijke_stand` are ids of criteria, and `loting` at the end. `deelnemers` = how many may go on to an offer on each
    perceel, with EMVI after a selection; None = as many as can win.
    """

    selectiecriteria: tuple[Weegcriterium, ...]
    gelijke_stand: tuple[str, ...]
    reservelijst: bool
    motivering: str
    gunningscriteria: tuple[Weegcriterium, ...] = ()
    dialoog: Dialoog | None = None
    deelnemers: int | None = None


def check_wegingen(criteria: tuple[Weegcriterium, ...], naam: str) -> list[Beletsel]:
    """Why weights cannot stand: not 100 together, one not above nul, or price alone.

    Bron: B.1.6 (never on price alone; Jeugdwet 2.12, Wmo by analogy).
    """
    if not criteria:
        return []
    beletselen = [
        Beletsel(f"weging-{i}", f"De weging van {criterium.id} is {criterium.weging}; dat moet meer dan 0 zijn.")
        for i, criterium in enumerate(criteria)
        if criterium.weging <= 0
    ]
    totaal = sum((criterium.weging for criterium in criteria), Decimal(0))
    if totaal != _HONDERD:
        tekst = f"De wegingen onder '{naam}' zijn samen {totaal}; dat moet precies 100 zijn."
        beletselen.append(Beletsel("weging-som", tekst))
    if all(criterium.soort is Weegsoort.PRIJS for criterium in criteria):
        tekst = (
            f"Onder '{naam}' telt alleen de prijs. Kiezen op prijs alleen mag niet; voeg een criterium met soort "
            f"'{Weegsoort.KWALITEIT}' toe."
        )
        beletselen.append(Beletsel("weging-prijs", tekst))
    return beletselen
