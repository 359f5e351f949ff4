"""What each letter to an aanbieder needs.

Bron: domein C.12-C.16, C.31.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.blokken import (
    Aanbiedergegevens,
    Behandelaars,
    Bestandsregel,
    Bewijsregel,
    Intrekkingsgrondgegevens,
    Ondertekenaar,
    Onduidelijkheid,
    Organisatiegegevens,
    Perceelbesluit,
    Perceelregel,
    Proceduregegevens,
    Rechtsbeschermingsgegevens,
    Reden,
    Rondegegevens,
    Vervangenbesluit,
    Voldaancriterium,
    VolgendeRonde,
    Voorwaardegegevens,
)
from inkoop.domain.criteria.criterium import Herstelbaarheid


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What every letter has; `datum` is the day on which it is sent, `aanmelding` the kenmerk of the application."""

    kenmerk: str
    datum: date
    organisatie: Organisatiegegevens
    procedure: Proceduregegevens
    ronde: Rondegegevens
    aanbieder: Aanbiedergegevens
    aanmelding: str
    ondertekenaar: Ondertekenaar


class Ontvangstbevestiginggegevens(Brief, frozen=True, kw_only=True):
    """Receipt: the instant, what was applied for, each file with its hash; `op_tijd` = at or before closing."""

    ontvangen_op: datetime
    op_tijd: bool
    percelen: tuple[Perceelregel, ...]
    bestanden: tuple[Bestandsregel, ...]


class Storingsonderzoek(msgspec.Struct, frozen=True, kw_only=True):
    """What a late applicant said about the platform, and what was found (B.2.8)."""

    melding: str
    bevinding: str


class BriefTeLaatgegevens(Brief, frozen=True, kw_only=True):
    """Received after closing: not assessed. The closing instant is that of the ronde."""

    ontvangen_op: datetime
    storingsonderzoek: Storingsonderzoek | None = None
    volgende_ronde: VolgendeRonde | None
    rechtsbescherming: Rechtsbeschermingsgegevens


class Herstelpuntgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """One point: what was found, what is asked, and from when its evidence must date at the latest."""

    criterium: str
    titel: str
    eis: str
    bron: str
    percelen: tuple[str, ...]
    lid: str | None = None
    bevinding: str
    gevraagd: str
    herstelbaarheid: Herstelbaarheid
    uiterste_bewijsdatum: date | None


class Herstelverzoekgegevens(Brief, frozen=True, kw_only=True):
    """All points at once, with one last day (a working day, until 23.59).

    `niet_gevraagd` are percelen that no answer can save; `onduidelijk` says what could not be read.
    """

    ontvangen_op: datetime
    punten: tuple[Herstelpuntgegevens, ...]
    herstel_tot: date
    niet_gevraagd: tuple[str, ...] = ()
    onduidelijk: tuple[Onduidelijkheid, ...] = ()


class OntvangstAanvullinggegevens(Brief, frozen=True, kw_only=True):
    """Receipt of evidence after submission; `op_tijd` = at or before `uiterlijk`, both to the second."""

    aanleiding: str
    ontvangen_op: datetime
    uiterlijk: datetime
    op_tijd: bool
    bestanden: tuple[Bestandsregel, ...]


class Besluitbrief(Brief, frozen=True, kw_only=True):
    """What every letter has that makes a besluit known to one aanbieder.

    `besluit` is the kenmerk of the toelatingsbesluit and `besluit_datum` the day on which it was taken.
    `vervangt` is the besluit that it replaces, when one was looked at again; `wijzigt` the number of the
    agreement, when it is about a mutatie. `ter_informatie` are the criteria that only ask for information (id and
    title): a letter that turns somebody down says that they are no reason for it.
    """

    besluit: str
    besluit_datum: date
    ontvangen_op: datetime
    herstel_gevraagd_op: date | None = None
    herstel_antwoord_op: date | None = None
    behandelaars: Behandelaars
    percelen: tuple[Perceelbesluit, ...]
    rechtsbescherming: Rechtsbeschermingsgegevens
    vervangt: Vervangenbesluit | None = None
    wijzigt: str | None = None
    ter_informatie: tuple[str, ...] = ()


class Toelatingsbriefgegevens(Besluitbrief, frozen=True, kw_only=True):
    """Every perceel applied for is admitted in full; with `voorwaarden` under condition."""

    voorwaarden: tuple[Voorwaardegegevens, ...]
    voldaan: tuple[Voldaancriterium, ...]


class Afwijzingsbriefgegevens(Besluitbrief, frozen=True, kw_only=True):
    """No perceel is admitted: every reason, and what was met."""

    redenen: tuple[Reden, ...]
    voldaan: tuple[Voldaancriterium, ...]
    volgende_ronde: VolgendeRonde | None


class Besluitbriefgegevens(Besluitbrief, frozen=True, kw_only=True):
    """A mixed besluit: some percelen or products are admitted (maybe under condition), others are not."""

    voorwaarden: tuple[Voorwaardegegevens, ...]
    redenen: tuple[Reden, ...]
    voldaan: tuple[Voldaancriterium, ...]
    volgende_ronde: VolgendeRonde | None


class VervuldeVoorwaarde(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that was met, and the evidence that shows it."""

    voorwaarde: Voorwaardegegevens
    toelichting: str
    bewijs: tuple[Bewijsregel, ...]


class VoorwaardeVervuldgegevens(Brief, frozen=True, kw_only=True):
    """The admission is now unconditional, by the besluit `nieuw_besluit`.

    `besluit` and `besluit_datum` are those of the conditional admission.
    """

    besluit: str
    besluit_datum: date
    nieuw_besluit: str
    nieuw_besluit_datum: date
    percelen: tuple[Perceelbesluit, ...]
    vervuld: tuple[VervuldeVoorwaarde, ...]


class ToelatingVervaltgegevens(Brief, frozen=True, kw_only=True):
    """A condition was not met in time: a new besluit, with its own term.

    `besluit` and `besluit_datum` are those of the conditional admission, `nieuw_besluit` lets it lapse;
    `redenen` why the condition is not met.
    """

    besluit: str
    besluit_datum: date
    nieuw_besluit: str
    nieuw_besluit_datum: date
    behandelaars: Behandelaars
    percelen: tuple[Perceelbesluit, ...]
    voorwaarden: tuple[Voorwaardegegevens, ...]
    redenen: tuple[Reden, ...]
    volgende_ronde: VolgendeRonde | None
    rechtsbescherming: Rechtsbeschermingsgegevens


class ToelatingIngetrokkengegevens(Brief, frozen=True, kw_only=True):
    """An admission is withdrawn before there was a contract: a new besluit, with its own term.

    `besluit` and `besluit_datum` are those of the admission, `nieuw_besluit` withdraws it.
    """

    besluit: str
    besluit_datum: date
    nieuw_besluit: str
    nieuw_besluit_datum: date
    behandelaars: Behandelaars
    percelen: tuple[Perceelbesluit, ...]
    gronden: tuple[Intrekkingsgrondgegevens, ...]
    volgende_ronde: VolgendeRonde | None
    rechtsbescherming: Rechtsbeschermingsgegevens


class Scoregegevens(msgspec.Struct, frozen=True, kw_only=True):
    """A score as a candidate reads it, in points on the published scale, with the reason."""

    criterium: str
    naam: str
    weging: Decimal
    score: Decimal
    reden: str


class Rangplaats(msgspec.Struct, frozen=True, kw_only=True):
    """Why this perceel ended like this: the sentences on the place, and the scores where candidates were compared.

    `begunstigden` are who was chosen instead, `voordelen` in what they were better; empty for who was chosen.
    """

    perceel: str
    uitkomst: str
    uitleg: str
    scores: tuple[Scoregegevens, ...] = ()
    begunstigden: tuple[str, ...] = ()
    voordelen: tuple[str, ...] = ()


class Selectiebriefgegevens(Besluitbrief, frozen=True, kw_only=True):
    """Who may go on in a procedure with selection, or to whom the assignment is meant to go (`stadium`).

    `vervolg` says what comes now, in whole sentences.
    """

    stadium: str
    plaatsen: tuple[Rangplaats, ...]
    redenen: tuple[Reden, ...]
    voldaan: tuple[Voldaancriterium, ...]
    vervolg: tuple[str, ...]


class Intrekkingsbevestiginggegevens(Brief, frozen=True, kw_only=True):
    """The aanbieder withdrew the application."""

    ingetrokken_op: datetime
    ingetrokken_door: str
    ingetrokken_functie: str
    percelen: tuple[Perceelregel, ...]
    volgende_ronde: VolgendeRonde | None


class BriefVervangengegevens(Brief, frozen=True, kw_only=True):
    """A later application before closing took the place of this one (`aanmelding`)."""

    ontvangen_op: datetime
    vervangen_door: str
    vervangen_op: datetime
