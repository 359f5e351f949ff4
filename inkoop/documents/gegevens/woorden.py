"""How the values of enums read in a letter; templates find them under `woord`.

A template looks a word up by its value, `{{ woord.uitkomst[perceel.uitkomst] }}`, so that no document
prints the computer form of a value.

Bron: project default (B1, u-form); Besluitsoort and the other enums of the domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.criterium import Groep, Herstelbaarheid, Peilmoment, Toepassing
from inkoop.domain.procedure import Wet

WOORDEN: Mapping[str, Mapping[StrEnum, str]] = {
    "uitkomst": {
        Besluitsoort.TOEGELATEN: "toegelaten",
        Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE: "toegelaten onder voorwaarde",
        Besluitsoort.AFGEWEZEN: "niet toegelaten",
        Besluitsoort.BUITEN_BEHANDELING: "niet in behandeling genomen",
        Besluitsoort.VERVANGEN: "vervangen door een latere aanmelding",
        Besluitsoort.INGETROKKEN: "ingetrokken",
        Besluitsoort.TOELATING_VERVALLEN: "toelating vervallen",
        Besluitsoort.TOELATING_INGETROKKEN: "toelating ingetrokken",
        Besluitsoort.GESELECTEERD: "geselecteerd",
        Besluitsoort.RESERVE: "op de reservelijst",
        Besluitsoort.NIET_GESELECTEERD: "niet geselecteerd",
        Besluitsoort.GUNNINGSVOORNEMEN: "voornemen om de opdracht te geven",
        Besluitsoort.NIET_GEGUND: "opdracht niet gekregen",
        Besluitsoort.AANBOD_VERMINDERD: "aanbod verminderd op uw verzoek",
    },
    "moment": {
        Peilmoment.INDIENING: "de dag van indiening",
        Peilmoment.SLUITING: "de sluiting van de ronde",
        Peilmoment.BESLUIT: "de dag van het besluit",
        Peilmoment.INGANG: "de ingang van de overeenkomst",
        Peilmoment.LOOPTIJD: "het einde van de eerste looptijd",
    },
    "groep": {
        Groep.FORMEEL: "formele eis",
        Groep.UITSLUITINGSGROND: "uitsluitingsgrond",
        Groep.GESCHIKTHEIDSEIS: "geschiktheidseis",
        Groep.MINIMUMEIS: "minimumeis",
        Groep.SELECTIECRITERIUM: "selectiecriterium",
        Groep.INFORMATIEF: "ter informatie, telt niet mee",
    },
    "toepassing": {
        Toepassing.ELK_LID: "elk lid afzonderlijk",
        Toepassing.GEZAMENLIJK: "de leden samen",
        Toepassing.PENVOERDER: "de penvoerder",
        Toepassing.ELKE_UITVOERDER: "elk lid en elke onderaannemer afzonderlijk",
    },
    "herstel": {
        Herstelbaarheid.NEE: "niet te herstellen",
        Herstelbaarheid.ALLEEN_VERDUIDELIJKING: "alleen verduidelijken, niet aanvullen",
        Herstelbaarheid.BEWIJS_BESTOND_AL: "aanvullen met bewijs dat op de peildatum al bestond",
        Herstelbaarheid.VRIJ: "vrij aanvullen binnen de hersteltermijn",
    },
    "wet": {
        Wet.WMO: "de Wet maatschappelijke ondersteuning 2015",
        Wet.JEUGDWET: "de Jeugdwet",
    },
}

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def list_woorden() -> dict[str, dict[str, str]]:
    """The words as plain values, for the mapping that a template reads; months by their two digits."""
    woord = {soort: {waarde.value: woord for waarde, woord in woorden.items()} for soort, woorden in WOORDEN.items()}
    return {**woord, "maand": {f"{nummer:02}": maand for nummer, maand in enumerate(MAANDEN, 1)}}
