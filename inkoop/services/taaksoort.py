"""What a task is: for whom, about what, until when.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class Taaksoort(StrEnum):
    """What kind of act a task asks for."""

    STAP_VASTLEGGEN = "stap_vastleggen"
    OPENING_VERZOEKEN = "opening_verzoeken"
    RONDE_OPENEN = "ronde_openen"
    SAMENLOOP_BESLISSEN = "samenloop_beslissen"
    FEITEN_VASTSTELLEN = "feiten_vaststellen"
    BEOORDELEN = "beoordelen"
    BESLECHTEN = "beslechten"
    HERSTEL_CONTROLEREN = "herstel_controleren"
    HERSTEL_VERZENDEN = "herstel_verzenden"
    HERSTEL_BEANTWOORDEN = "herstel_beantwoorden"
    BESLUITEN_CONTROLEREN = "besluiten_controleren"
    BESLUITEN_NEMEN = "besluiten_nemen"
    BESLUITEN_VERZENDEN = "besluiten_verzenden"
    BESLUIT_HERZIEN = "besluit_herzien"
    GESCHIL_AFHANDELEN = "geschil_afhandelen"
    VOORWAARDE_VERVULLEN = "voorwaarde_vervullen"
    SCOREN = "scoren"
    SCORE_BESLECHTEN = "score_beslechten"
    LOTEN = "loten"
    DIALOOG_VOEREN = "dialoog_voeren"
    VOORSTEL_INDIENEN = "voorstel_indienen"
    GUNNING_DEFINITIEF = "gunning_definitief"
    DOCUMENT_GOEDKEUREN = "document_goedkeuren"
    DOCUMENT_VERZENDEN = "document_verzenden"
    DOCUMENT_HERZIEN = "document_herzien"
    TEKENEN = "tekenen"
    IMPLEMENTEREN = "implementeren"
    HANDTEKENING_CONTROLEREN = "handtekening_controleren"
    VRAAG_BEANTWOORDEN = "vraag_beantwoorden"
    NOTA_OPSTELLEN = "nota_opstellen"
    NOTA_GOEDKEUREN = "nota_goedkeuren"
    NOTA_PUBLICEREN = "nota_publiceren"
    AANKONDIGING_REGISTREREN = "aankondiging_registreren"
    GESTAND_VERLENGEN = "gestand_verlengen"
    APART_GEZET = "apart_gezet"
    MELDING_AFHANDELEN = "melding_afhandelen"
    STORING_BESLISSEN = "storing_beslissen"
    VERZENDING_BEWIJZEN = "verzending_bewijzen"


class Taak(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person has to do. `onderwerp` is the kenmerk that the command is given.

    `deel` says which part of it: a step, a criterium, the party that signs.
    """

    soort: Taaksoort
    rol: str
    wat: str
    onderwerp: str
    deel: str = ""
    uiterlijk: date | None = None
