"""What the formal besluit on a whole round needs, and the publication of a procedure.

Bron: domein C.10, C.15, C.16, C.31; Awb 10:10.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from inkoop.documents.gegevens.blokken import (
    Behandelaars,
    Intrekkingsgrondgegevens,
    Ondertekenaar,
    Organisatiegegevens,
    Perceelbesluit,
    Proceduregegevens,
    Rechtsbeschermingsgegevens,
    Reden,
    Rondegegevens,
    Vervangenbesluit,
    Voldaancriterium,
    Voorwaardegegevens,
)


class Aanmeldingsbesluit(msgspec.Struct, frozen=True, kw_only=True):
    """The besluit on one aanmelding, with its complete motivation and the hash of its toets.

    `kvk` are the numbers of all members. `toets_hash` is the sha256 of the receipt of the last toets.
    `wijzigt` is the number of the agreement that a mutatie changes.
    """

    aanmelding: str
    aanbieder: str
    kvk: tuple[str, ...]
    ontvangen_op: datetime
    percelen: tuple[Perceelbesluit, ...]
    voorwaarden: tuple[Voorwaardegegevens, ...] = ()
    redenen: tuple[Reden, ...] = ()
    voldaan: tuple[Voldaancriterium, ...] = ()
    toets_hash: str
    wijzigt: str | None = None


class OverigeAanmelding(msgspec.Struct, frozen=True, kw_only=True):
    """An aanmelding that was not assessed; `afdoening` is buiten_behandeling, vervangen or ingetrokken."""

    aanmelding: str
    aanbieder: str
    ontvangen_op: datetime
    afdoening: str
    toelichting: str


class Auditverwijzing(msgspec.Struct, frozen=True, kw_only=True):
    """The last row of the audit log before the besluit: its number and hash."""

    nummer: int
    hash: str


class Toelatingsbesluitgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The besluit on all applications of one round, taken under mandate."""

    kenmerk: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    ronde: Rondegegevens
    criteriaset: str
    editie: str
    editie_hash: str
    behandelaars: Behandelaars
    ondertekenaar: Ondertekenaar
    aanmeldingen: tuple[Aanmeldingsbesluit, ...]
    overige: tuple[OverigeAanmelding, ...]
    rechtsbescherming: Rechtsbeschermingsgegevens
    audit: Auditverwijzing


class Vervolgregel(msgspec.Struct, frozen=True, kw_only=True):
    """One aanmelding in a follow-up besluit: what it replaces and why, and the whole motivation.

    `rang` explains places in a ranking, one sentence per perceel (only with selection).
    """

    besluit: Aanmeldingsbesluit
    vervangt: tuple[Vervangenbesluit, ...] = ()
    aanleiding: str = ""
    gronden: tuple[Intrekkingsgrondgegevens, ...] = ()
    rang: tuple[str, ...] = ()


class Vervolgbesluitgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The formal besluit on what is decided after the first besluit of a round, taken under mandate.

    `stadium` is `selectie` or `gunning` in a procedure with selection, where the first besluit has this form too.
    """

    kenmerk: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    ronde: Rondegegevens
    criteriaset: str
    editie: str
    editie_hash: str
    behandelaars: Behandelaars
    ondertekenaar: Ondertekenaar
    stadium: str = ""
    regels: tuple[Vervolgregel, ...]
    rechtsbescherming: Rechtsbeschermingsgegevens
    audit: Auditverwijzing


class Criteriumregel(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion as it is published; enum fields hold the values of their enums.

    `geldt_voor` says in words to which percelen or products it applies; `peilmomenten` are values of Peilmoment.
    `toetswijze` says in sentences how it is tested, with the questions that people answer.
    """

    criterium: str
    titel: str
    eis: str
    bron: str
    groep: str
    geldt_voor: str
    bewijs: str
    peilmomenten: tuple[str, ...]
    toepassing: str
    toetswijze: tuple[str, ...]
    herstelbaar: str
    motivering: str
