"""What a publication text needs, for an admission as well as for a selection.

Bron: domein C.10, C.31; B.1.2, B.1.6, B.2.4, B.2.11, B.2.12.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.besluiten import Criteriumregel
from inkoop.documents.gegevens.blokken import (
    Looptijdgegevens,
    Ondertekenaar,
    Organisatiegegevens,
    Proceduregegevens,
    Tariefversie,
    Uitzonderingregel,
)


class Prijsregel(msgspec.Struct, frozen=True, kw_only=True):
    """What is paid for one product, cell of a matrix, perceel or surcharge, and per what."""

    code: str
    naam: str
    omschrijving: str
    bedrag: Decimal
    eenheid: str


class Publicatieperceel(msgspec.Struct, frozen=True, kw_only=True):
    """A perceel with everything that is paid in it; `max_aanbieders` is filled only where providers are chosen."""

    code: str
    naam: str
    omschrijving: str
    producten: tuple[Prijsregel, ...]
    max_aanbieders: int | None = None


class Publicatieronde(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its one closing instant, until when questions can be asked, and until when an offer stands."""

    kenmerk: str
    opening: date
    vragen_tot: datetime
    nota_uiterlijk: date
    sluiting: datetime
    gestand_tot: date
    besluit: date
    tekenen: date
    ingang: date


class Publicatiekeuze(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion on which applicants are compared, with its weight in percent."""

    criterium: str
    naam: str
    weging: Decimal


class Publicatietekstgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The publication: what, for whom, criteria, tariffs, calendar, court.

    `motivering` is why this kind of procedure was chosen; `voorwaarde` completes the sentence that S3
    leaves open (BP-04) and is there in an admission; `volume` says what is not guaranteed. `aanbesteed`
    says whether it is a public contract, `selectie` whether providers are chosen, `vorm` how.
    `verlenging` is the kind of extension: geen, optie or stilzwijgend. `marktconsultatie` is a sentence that
    says where the report of the consultation stands (None = there was none). `instroom` are sentences on who can
    join from an older agreement (M20-06).
    """

    kenmerk: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    aanbesteed: bool
    selectie: bool
    vorm: str | None = None
    raming: Decimal | None = None
    omschrijving: str
    motivering: str
    voorwaarde: str | None = None
    marktconsultatie: str | None = None
    volume: str
    bekostiging: str
    indexering: str
    percelen: tuple[Publicatieperceel, ...]
    tarief: Tariefversie
    looptijd: Looptijdgegevens
    verlenging: str
    aantal_opties: int = 0
    criteriaset: str
    editie: str
    editie_hash: str
    criteria: tuple[Criteriumregel, ...]
    keuzecriteria: tuple[Publicatiekeuze, ...] = ()
    rondes: tuple[Publicatieronde, ...]
    nota_dagen: int
    herstel_dagen: int
    vervaltermijn_dagen: int
    gestand_dagen: int
    rechtbank: str
    melding_adres: str
    klachtadres: str
    uitzonderingen: tuple[Uitzonderingregel, ...]
    uitgesloten: tuple[str, ...] = ()
    instroom: tuple[str, ...] = ()
    ondertekenaar: Ondertekenaar
