"""The grounds of a finding: stable words that letters, screens and tests refer to.

Bron: ontwerp 4; F.0 ("gelijkwaardig" is a ground of voldoet).
"""

from __future__ import annotations

from enum import StrEnum


class Grond(StrEnum):
    """Why an outcome is what it is. A value never changes its meaning between versions."""

    VOLDOET = "voldoet"
    GELIJKWAARDIG = "gelijkwaardig"
    NIET_VAN_TOEPASSING = "niet-van-toepassing"
    FEIT_NOG_VAST_TE_STELLEN = "feit-nog-vast-te-stellen"

    # Certificaat
    GEEN_CERTIFICAAT = "geen-certificaat"
    NIET_GELDIG = "niet-geldig"
    VERLOOPT_VOOR_INGANG = "verloopt-voor-ingang"
    MOGELIJK_GELIJKWAARDIG = "mogelijk-gelijkwaardig"
    NIET_GELIJKWAARDIG = "niet-gelijkwaardig"
    ANDERE_ENTITEIT = "andere-entiteit"
    INSTELLING_NIET_GEACCREDITEERD = "instelling-niet-geaccrediteerd"
    REGISTERSTATUS_NIET_ACTIEF = "registerstatus-niet-actief"
    REGISTERSTATUS_ONBEKEND = "registerstatus-onbekend"
    SCOPE_TEKORT = "scope-tekort"
    SCOPE_ONBEKEND = "scope-onbekend"
    REGISTER_OPNIEUW_BEKIJKEN = "register-opnieuw-bekijken"
    ACCREDITATIE_ONBEKEND = "accreditatie-onbekend"
    INSTELLING_ONBEKEND = "instelling-onbekend"
    ANDERE_INSTELLING = "andere-instelling"
    LOCATIE_NIET_OP_CERTIFICAAT = "locatie-niet-op-certificaat"
    CERTIFICAATLOCATIES_ONBEKEND = "certificaatlocaties-onbekend"
    NIET_AANEENGESLOTEN = "niet-aaneengesloten"

    # Document and verklaring
    ONTBREEKT = "ontbreekt"
    GEDATEERD_NA_PEILDATUM = "gedateerd-na-peildatum"
    TE_OUD = "te-oud"
    ANDERE_NAAM = "andere-naam"
    NAAM_ONBEKEND = "naam-onbekend"
    ONDERDEEL_ONTBREEKT = "onderdeel-ontbreekt"
    ONDERDEEL_DOOR_ONBEKEND = "onderdeel-door-onbekend"
    ONDERDEEL_DOOR_ANDER = "onderdeel-door-ander"
    ANDERE_VERSIE = "andere-versie"
    VERSIE_ONBEKEND = "versie-onbekend"
    GEGEVENS_ONTBREKEN = "gegevens-ontbreken"
    GEGEVENS_NIET_BEVESTIGD = "gegevens-niet-bevestigd"
    ANTWOORD_VOLDOET_NIET = "antwoord-voldoet-niet"
    NIET_ONDERTEKEND = "niet-ondertekend"
    NIET_BEVOEGD_ONDERTEKEND = "niet-bevoegd-ondertekend"
    BEVOEGDHEID_ONBEKEND = "bevoegdheid-onbekend"
    VOORBEHOUD = "voorbehoud"
    VOORBEHOUD_BEVESTIGD = "voorbehoud-bevestigd"

    # Ervaring, locatie, personeel, getal, register
    ERVARING_TEKORT = "ervaring-tekort"
    LOCATIE_BUITEN_REGIO = "locatie-buiten-regio"
    LOCATIE_NIET_BESCHIKBAAR = "locatie-niet-beschikbaar"
    PERSONEEL_TEKORT = "personeel-tekort"
    PERSONEELSAANDEEL_TEKORT = "personeelsaandeel-tekort"
    PERSONEELSTOTAAL_ONBEKEND = "personeelstotaal-onbekend"
    TENZIJ = "tenzij"
    GETAL_TE_LAAG = "getal-te-laag"
    GETAL_TE_HOOG = "getal-te-hoog"
    EIS_GELDT_NIET_BIJ_DIT_GETAL = "eis-geldt-niet-bij-dit-getal"
    PARTIJEN_TEKORT = "partijen-tekort"
    PARTIJEN_TE_VEEL = "partijen-te-veel"
    GROOTTE_ONBEKEND = "grootte-onbekend"
    NIET_OP_PEILDATUM = "niet-op-peildatum"
    NIET_INGESCHREVEN = "niet-ingeschreven"

    # Uitsluiting and beoordeling
    UITSLUITINGSGROND = "uitsluitingsgrond"
    ZELFREINIGING = "zelfreiniging"
    ZELFREINIGING_NIET_TOEGELICHT = "zelfreiniging-niet-toegelicht"
    TE_BEOORDELEN = "te-beoordelen"
    OORDELEN_VERSCHILLEN = "oordelen-verschillen"
    OORDEEL_JA = "oordeel-ja"
    OORDEEL_NEE = "oordeel-nee"
