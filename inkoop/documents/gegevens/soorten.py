"""Every document type with its struct; the key is the name of its folder in `sjablonen/`.

Bron: domein C.1-C.30.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inkoop.documents.gegevens import beleid, inkoopstukken

VOORBEREIDING: Mapping[str, type[msgspec.Struct]] = {
    "inkoopstrategie": beleid.Inkoopstrategiegegevens,
    "go-no-go-memo": beleid.GoNoGoMemogegevens,
    "go-no-go-besluit": beleid.GoNoGoBesluitgegevens,
    "marktconsultatie-uitnodiging": beleid.Marktconsultatieuitnodiging,
    "marktconsultatieverslag": beleid.Marktconsultatieverslaggegevens,
    "tariefonderbouwing": beleid.Tariefonderbouwinggegevens,
}
PROCEDURESTUKKEN: Mapping[str, type[msgspec.Struct]] = {
    "leidraad": inkoopstukken.Leidraadgegevens,
    "nota-van-inlichtingen": inkoopstukken.Notagegevens,
}
MEER_SOORTEN: Mapping[str, type[msgspec.Struct]] = {**VOORBEREIDING, **PROCEDURESTUKKEN}
"""The types beside those of the round and the framework agreement."""
