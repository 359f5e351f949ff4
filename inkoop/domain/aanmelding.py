"""An aanmelding as it is handed in: who, for what, with which evidence, stating which facts.

The aanmeldingsbestand (definitions/aanmelding), the CLI and a scenario all give this value.
An aanmelding is a provider's application (glossary: not S4's "aangemelde" clients).

Bron: issue intake; domein C blok_aanbieder, B.4.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.dossier import Aanleiding, EenFeit, Grootte, Lidrol

PARTIJEN = (Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID)
"""Who applies and signs, in the order in which they are named; onderaannemers and third parties do not."""


class Tekenwijze(StrEnum):
    """Whether the signatory may sign alone or only together with others (B.3.4)."""

    ALLEEN = "alleen"
    GEZAMENLIJK = "gezamenlijk"


class Tekenbevoegde(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs for a legal person."""

    naam: str
    functie: str
    wijze: Tekenwijze


class Ondernemer(msgspec.Struct, frozen=True, kw_only=True):
    """One legal person in an aanmelding; `id` is a short name, unique within the aanmelding."""

    id: str
    rol: Lidrol
    naam: str
    handelsnaam: str | None = None
    rechtsvorm: str
    grootte: Grootte | None = None
    kvk: str
    agb: str | None = None
    adres: str
    postcode: str
    plaats: str
    email: str
    tekenbevoegde: Tekenbevoegde


class Bewijsstuk(msgspec.Struct, frozen=True, kw_only=True):
    """One evidence file and the facts that the applicant says can be read from it.

    Each fact's `bewijs` holds this file's name, until a service replaces it by the file's hash.
    `eerder` is the kenmerk of an aanmelding of an earlier round with which the same file was handed in already;
    then it is not sent again, and without `feiten` what was stated then is stated again (domain/hergebruik).
    `eerder_sha256` says which of its files, where the name alone does not; at receipt it is always filled in.
    """

    bestand: str
    omschrijving: str
    lid: str | None
    feiten: tuple[EenFeit, ...]
    eerder: str | None = None
    eerder_sha256: str | None = None


class Aanmeldingsopgave(msgspec.Struct, frozen=True, kw_only=True):
    """A whole application. `naam` is the name of the combination, or of the single provider.

    `producten` empty = every product of the percelen that are applied for.
    `wijzigt` makes it a mutatie of the agreement with that number: `percelen` and `producten` are what is
    added, `vervalt` are codes of products (or whole percelen) that are dropped.
    `ontvangen_op` is filled in by a receipt (a scenario, a platform export), never by the applicant.
    """

    naam: str
    leden: tuple[Ondernemer, ...]
    percelen: tuple[str, ...]
    producten: tuple[str, ...] = ()
    wijzigt: str | None = None
    vervalt: tuple[str, ...] = ()
    specialisme: str = ""
    werkgebied: str = ""
    bewijsstukken: tuple[Bewijsstuk, ...] = ()
    ontvangen_op: datetime | None = None

    @property
    def penvoerder(self) -> Ondernemer:
        """The single provider, or the penvoerder of the combination."""
        for lid in self.leden:
            if lid.rol in (Lidrol.ENKEL, Lidrol.PENVOERDER):
                return lid
        raise ValueError("geen enkele aanbieder of penvoerder onder de leden")


class Aanvulling(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence that comes after submission: in answer to a herstelverzoek, or to meet a condition."""

    aanleiding: Aanleiding
    ontvangen_op: datetime
    bewijsstukken: tuple[Bewijsstuk, ...]
    toelichting: str = ""
