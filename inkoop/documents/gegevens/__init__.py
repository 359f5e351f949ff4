"""What each document needs, as typed values: one struct per document type, shared blocks beside them.

A service fills the struct of a document; `to_gegevens` makes the mapping that a template reads.
A struct says what can be there; which of it must be filled stands in `verplichte_velden` of the
template's metagegevens.yaml, and generation refuses what is missing there.

Bron: domein C, C.31.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents.gegevens.besluiten import (
    Aanmeldingsbesluit,
    Auditverwijzing,
    Criteriumregel,
    OverigeAanmelding,
    Toelatingsbesluitgegevens,
    Vervolgbesluitgegevens,
    Vervolgregel,
)
from inkoop.documents.gegevens.blokken import (
    Aanbiedergegevens,
    Behandelaars,
    Bestandsregel,
    Bewijsregel,
    Gebiedsregel,
    Gemeentepartij,
    Intrekkingsgrondgegevens,
    Lidgegevens,
    Looptijdgegevens,
    Ondertekenaar,
    Onduidelijkheid,
    Organisatiegegevens,
    Peildatumregel,
    Perceelbesluit,
    Perceelregel,
    Proceduregegevens,
    Productregel,
    Rechtsbeschermingsgegevens,
    Reden,
    Rondegegevens,
    Tariefperceel,
    Tariefproduct,
    Tariefversie,
    Uitzonderingregel,
    Verlengingsoptie,
    Vervangenbesluit,
    Voldaancriterium,
    VolgendeRonde,
    Voorwaardegegevens,
)
from inkoop.documents.gegevens.brieven import (
    Afwijzingsbriefgegevens,
    Besluitbriefgegevens,
    BriefTeLaatgegevens,
    BriefVervangengegevens,
    Herstelpuntgegevens,
    Herstelverzoekgegevens,
    Intrekkingsbevestiginggegevens,
    OntvangstAanvullinggegevens,
    Ontvangstbevestiginggegevens,
    Rangplaats,
    Scoregegevens,
    Selectiebriefgegevens,
    Storingsonderzoek,
    ToelatingIngetrokkengegevens,
    Toelatingsbriefgegevens,
    ToelatingVervaltgegevens,
    VervuldeVoorwaarde,
    VoorwaardeVervuldgegevens,
)
from inkoop.documents.gegevens.overeenkomsten import (
    Aanbodwijziginggegevens,
    Addendumgegevens,
    Cyclusgegevens,
    Eisregel,
    Gebiedswijziging,
    Gegevensafspraakgegevens,
    Raamovereenkomstgegevens,
    Taakregel,
    Tariefherziening,
    Tariefwijziging,
    Tekstwijziging,
    Vindplaatsen,
)
from inkoop.documents.gegevens.publicatie import (
    Prijsregel,
    Publicatiekeuze,
    Publicatieperceel,
    Publicatieronde,
    Publicatietekstgegevens,
)
from inkoop.documents.gegevens.soorten import MEER_SOORTEN
from inkoop.documents.gegevens.woorden import WOORDEN, list_woorden

SOORTEN: Mapping[str, type[msgspec.Struct]] = {
    "ontvangstbevestiging": Ontvangstbevestiginggegevens,
    "brief-te-laat": BriefTeLaatgegevens,
    "herstelverzoek": Herstelverzoekgegevens,
    "ontvangst-aanvulling": OntvangstAanvullinggegevens,
    "toelatingsbrief": Toelatingsbriefgegevens,
    "afwijzingsbrief": Afwijzingsbriefgegevens,
    "besluitbrief": Besluitbriefgegevens,
    "brief-voorwaarde-vervuld": VoorwaardeVervuldgegevens,
    "brief-toelating-vervalt": ToelatingVervaltgegevens,
    "brief-toelating-ingetrokken": ToelatingIngetrokkengegevens,
    "vervolgbesluit": Vervolgbesluitgegevens,
    "selectiebrief": Selectiebriefgegevens,
    "intrekkingsbevestiging": Intrekkingsbevestiginggegevens,
    "brief-vervangen": BriefVervangengegevens,
    "toelatingsbesluit": Toelatingsbesluitgegevens,
    "raamovereenkomst": Raamovereenkomstgegevens,
    "addendum": Addendumgegevens,
    "publicatietekst": Publicatietekstgegevens,
    **MEER_SOORTEN,
}
"""The struct of each document type; the key is the name of its folder in `sjablonen/`."""


def to_gegevens(gegevens: msgspec.Struct) -> dict[str, object]:
    """The mapping that a template reads; dates, instants and amounts stay what they are.

    Under `woord` stand the words for the values of enums (`woorden`).

    Raises ValueError for an instant without time zone: it could be printed an hour or two wrong.
    """
    velden: dict[str, object] = msgspec.to_builtins(gegevens, builtin_types=(date, datetime, Decimal))
    _refuse_naive_instants(velden, type(gegevens).__name__)
    return {**velden, "woord": list_woorden()}


def _refuse_naive_instants(waarde: object, pad: str) -> None:
    if isinstance(waarde, datetime) and waarde.utcoffset() is None:
        raise ValueError(f"{pad}: een tijdstip zonder tijdzone ({waarde.isoformat()}) kan niet op een document staan")
    if isinstance(waarde, Mapping):
        for naam, veld in waarde.items():
            _refuse_naive_instants(veld, f"{pad}.{naam}")
    elif isinstance(waarde, list | tuple):
        for nummer, veld in enumerate(waarde):
            _refuse_naive_instants(veld, f"{pad}[{nummer}]")


__all__ = [
    "SOORTEN",
    "WOORDEN",
    "Aanbiedergegevens",
    "Aanbodwijziginggegevens",
    "Aanmeldingsbesluit",
    "Addendumgegevens",
    "Afwijzingsbriefgegevens",
    "Auditverwijzing",
    "Behandelaars",
    "Besluitbriefgegevens",
    "Bestandsregel",
    "Bewijsregel",
    "BriefTeLaatgegevens",
    "BriefVervangengegevens",
    "Criteriumregel",
    "Cyclusgegevens",
    "Eisregel",
    "Gebiedsregel",
    "Gebiedswijziging",
    "Gegevensafspraakgegevens",
    "Gemeentepartij",
    "Herstelpuntgegevens",
    "Herstelverzoekgegevens",
    "Intrekkingsbevestiginggegevens",
    "Intrekkingsgrondgegevens",
    "Lidgegevens",
    "Looptijdgegevens",
    "Ondertekenaar",
    "Onduidelijkheid",
    "OntvangstAanvullinggegevens",
    "Ontvangstbevestiginggegevens",
    "Organisatiegegevens",
    "OverigeAanmelding",
    "Peildatumregel",
    "Perceelbesluit",
    "Perceelregel",
    "Prijsregel",
    "Proceduregegevens",
    "Productregel",
    "Publicatiekeuze",
    "Publicatieperceel",
    "Publicatieronde",
    "Publicatietekstgegevens",
    "Raamovereenkomstgegevens",
    "Rangplaats",
    "Rechtsbeschermingsgegevens",
    "Reden",
    "Rondegegevens",
    "Scoregegevens",
    "Selectiebriefgegevens",
    "Storingsonderzoek",
    "Taakregel",
    "Tariefherziening",
    "Tariefperceel",
    "Tariefproduct",
    "Tariefversie",
    "Tariefwijziging",
    "Tekstwijziging",
    "ToelatingIngetrokkengegevens",
    "ToelatingVervaltgegevens",
    "Toelatingsbesluitgegevens",
    "Toelatingsbriefgegevens",
    "Uitzonderingregel",
    "Verlengingsoptie",
    "Vervangenbesluit",
    "Vervolgbesluitgegevens",
    "Vervolgregel",
    "VervuldeVoorwaarde",
    "Vindplaatsen",
    "Voldaancriterium",
    "VolgendeRonde",
    "VoorwaardeVervuldgegevens",
    "Voorwaardegegevens",
    "to_gegevens",
]
