"""Mail that says that something waits: for whom after which act, in which words, and how often it is tried.

A mail is a notice with a link and nothing else. Who reads it signs in to see what it is about, so that no
name, outcome or piece of evidence travels outside the system.

Bron: ontwerp 8 (no personal data outside); domein D (who does what next); project default (times, words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.handeling import Handeling
from inkoop.domain.persoon import Rol


class Postkeuze(StrEnum):
    """When somebody wants mail: at each new piece of work, once a day, or never."""

    METEEN = "meteen"
    DAGOVERZICHT = "dagoverzicht"
    GEEN = "geen"


class Postsoort(StrEnum):
    """What a mail says: there is work, a term comes near, something lies ready for an aanbieder, all of a day."""

    TAAK = "taak"
    TERMIJN = "termijn"
    BERICHT = "bericht"
    DAGOVERZICHT = "dagoverzicht"


class Poststand(StrEnum):
    """Where a mail stands: to be sent, being sent, sent, to be tried again, or set apart for a person."""

    KLAAR = "klaar"
    BEZIG = "bezig"
    VERZONDEN = "verzonden"
    MISLUKT = "mislukt"
    APART = "apart"


class Aanzet(msgspec.Struct, frozen=True):
    """Who has work after an act, and what. `aanbieder`: who applied gets a notice too (`voor_aanbieder`)."""

    rollen: frozenset[Rol]
    wat: str = ""
    voor_aanbieder: str = ""


def _voor(wat: str, *rollen: Rol) -> Aanzet:
    return Aanzet(frozenset(rollen), wat)


def _aanbieder(tekst: str, wat: str = "", *rollen: Rol) -> Aanzet:
    return Aanzet(frozenset(rollen), wat, tekst)


_ONTVANGEN = "Wij hebben ontvangen wat u hebt ingediend"
_BERICHT = "Er staat een bericht voor u klaar"

AANZETTEN: Mapping[Handeling, Aanzet] = {
    Handeling.OPENING_VERZOEKEN: _voor("een ronde openen als tweede persoon", Rol.INKOPER, Rol.JURIST),
    Handeling.RONDE_OPENEN: _voor("uw belangen verklaren en aanmeldingen beoordelen", Rol.BEOORDELAAR),
    Handeling.STORING_REGISTREREN: _voor("over een storing beslissen", Rol.JURIST, Rol.GEMANDATEERDE),
    Handeling.AANMELDING_INDIENEN: _aanbieder(_ONTVANGEN),
    Handeling.HERSTELVERZOEK_OPSTELLEN: _voor("herstelverzoeken controleren", Rol.JURIST, Rol.BEOORDELAAR),
    Handeling.HERSTELVERZOEK_CONTROLEREN: _voor("herstelverzoeken verzenden", Rol.INKOPER),
    Handeling.HERSTELVERZOEK_VERZENDEN: _aanbieder("Er staat een herstelverzoek voor u klaar"),
    Handeling.HERSTEL_ONTVANGEN: _aanbieder(_ONTVANGEN, "nieuw bewijs vaststellen", Rol.BEOORDELAAR),
    Handeling.BESLUIT_VOORBEREIDEN: _voor("besluiten controleren", Rol.JURIST),
    Handeling.BESLUIT_CONTROLEREN: _voor("besluiten nemen", Rol.GEMANDATEERDE),
    Handeling.BESLUIT_NEMEN: _voor("besluiten verzenden", Rol.INKOPER),
    Handeling.BESLUIT_VERZENDEN: _aanbieder("Er staat een besluit voor u klaar"),
    Handeling.GESCHIL_REGISTREREN: _voor("een klacht of geschil afhandelen", Rol.JURIST),
    Handeling.VOORSTEL_INDIENEN: _aanbieder(_ONTVANGEN, "een voorstel beoordelen", Rol.BEOORDELAAR),
    Handeling.VOORWAARDE_ONTVANGEN: _aanbieder(_ONTVANGEN, "een voorwaarde vaststellen", Rol.BEOORDELAAR, Rol.INKOPER),
    Handeling.DOCUMENT_VOORLEGGEN: _voor("een document goedkeuren", Rol.JURIST),
    Handeling.DOCUMENT_TERUGGEVEN: _voor("een document herzien", Rol.INKOPER),
    Handeling.DOCUMENT_VERZENDEN: _aanbieder(_BERICHT),
    Handeling.OVEREENKOMST_OPSTELLEN: _voor("overeenkomsten controleren", Rol.JURIST),
    Handeling.OVEREENKOMST_CONTROLEREN: _aanbieder(
        "Er staat een overeenkomst klaar om te tekenen", "overeenkomsten tekenen", Rol.GEMANDATEERDE
    ),
    Handeling.ADDENDUM_OPSTELLEN: _voor("addenda controleren", Rol.JURIST),
    Handeling.VRAAG_STELLEN: _voor("een vraag beantwoorden", Rol.INKOPER, Rol.BELEIDSADVISEUR),
    Handeling.NOTA_OPSTELLEN: _voor("een nota goedkeuren", Rol.JURIST),
    Handeling.NOTA_GOEDKEUREN: _voor("een nota publiceren", Rol.INKOPER),
    Handeling.AANHAAK_VASTLEGGEN: _voor("over een gemeente-aanhaak besluiten", Rol.GEMANDATEERDE),
    Handeling.INDEX_BEREKENEN: _voor("een tarief vaststellen", Rol.JURIST, Rol.FINANCIEN),
}
"""Who gets a notice after which act; the next act of the matrix (domein D)."""

MAX_POGINGEN = 8
"""After so many attempts a mail is set apart with its reason (project default: after about three days)."""

NADERT = timedelta(days=3)
"""How long before its last day a task is mailed about (project default)."""

MAX_REGELS = 40
"""The most lines in one overview; the rest is counted (project default)."""


def plan_poging(poging: int, nu: datetime) -> datetime | None:
    """When to try again after this many failed attempts: after five minutes, then four times as long each time.

    A day at most. None: a person looks first.
    """
    if poging >= MAX_POGINGEN:
        return None
    return nu + min(timedelta(minutes=5 * 4 ** (poging - 1)), timedelta(days=1))


_LOKAAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMEIN = r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADRES = re.compile(rf"{_LOKAAL}@{_DOMEIN}")

MAX_ADRES = 254
"""The longest address that mail servers take, in characters (RFC 5321)."""


def check_postadres(adres: str) -> list[Beletsel]:
    """Why this is no address that can be mailed to; empty = it is. Nothing that could end a header passes."""
    if len(adres) <= MAX_ADRES and _ADRES.fullmatch(adres) and len(adres.partition("@")[0]) <= 64:
        return []
    return [Beletsel("adres", "Dit is geen e-mailadres. Schrijf bijvoorbeeld a.jansen@gemeente.example.")]


class Werkregel(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an overview: what kind of work, about which round or procedure, how much, until when."""

    wat: str
    onderwerp: str
    aantal: int = 1
    uiterlijk: date | None = None


def write_werkregel(regel: Werkregel, vandaag: date) -> str:
    """One line for a person; a term that has passed says so."""
    aantal = f" ({regel.aantal})" if regel.aantal > 1 else ""
    if regel.uiterlijk is None:
        wanneer = ""
    elif regel.uiterlijk < vandaag:
        wanneer = f", moest uiterlijk {regel.uiterlijk:%d-%m-%Y}"
    else:
        wanneer = f", uiterlijk {regel.uiterlijk:%d-%m-%Y}"
    return f"{regel.wat}{aantal}: {regel.onderwerp}{wanneer}"


def cut_regels(regels: Iterable[str]) -> tuple[str, ...]:
    """The first lines of a long overview, and how many more there are."""
    alle = tuple(regels)
    rest = len(alle) - MAX_REGELS
    return alle if rest <= 0 else (*alle[:MAX_REGELS], f"en nog {rest} andere regels")


def write_tekst(soort: Postsoort, regels: Iterable[str], link: str) -> str:
    """The whole body: what there is, where to look, and why somebody gets this."""
    aanhef = {
        Postsoort.TAAK: "Er wacht werk op u in inkoop:",
        Postsoort.TERMIJN: "Van dit werk komt de laatste dag dichtbij, of die is voorbij:",
        Postsoort.BERICHT: "Er is nieuws over een aanmelding:",
        Postsoort.DAGOVERZICHT: "Dit wacht vandaag op u in inkoop:",
    }[soort]
    lijst = "\n".join(f"- {regel}" for regel in regels)
    return (
        f"Goedendag,\n\n{aanhef}\n\n{lijst}\n\nLog in om het te lezen of te doen:\n{link}\n\n"
        "In dit bericht staan met opzet geen gegevens. U krijgt het omdat uw adres bij inkoop bekend is.\n"
        "Wilt u geen berichten meer, of alleen een overzicht per dag? Vraag het de beheerder.\n"
    )
