"""Every document type with its struct; the key is the name of its folder in `sjablonen/`.

Bron: domein C.1-C.30.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inkoop.documents.gegevens import afspraken, archiefstukken, beleid, contractstukken, inkoopstukken

VOORBEREIDING: Mapping[str, type[msgspec.Struct]] = {
    "projectplan": beleid.Projectplangegevens,
    "communicatieplan": beleid.Communicatieplangegevens,
    "uitgangspuntennotitie": beleid.Uitgangspuntengegevens,
    "houtskoolschets": beleid.Houtskoolschetsgegevens,
    "raadsinformatiebrief": beleid.Raadsinformatiebriefgegevens,
    "reactienota": beleid.Reactienotagegevens,
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
    "programma-van-eisen": inkoopstukken.Programmagegevens,
    "toetsingsformulier": inkoopstukken.Toetsingsformuliergegevens,
    "proces-verbaal-toetsing": inkoopstukken.Toetsverslaggegevens,
    "proces-verbaal-gunning": inkoopstukken.Gunningsverslaggegevens,
    "aankondiging-gegunde-opdracht": inkoopstukken.Aankondiginggegevens,
}
AFSPRAKEN: Mapping[str, type[msgspec.Struct]] = {
    "samenwerkingsovereenkomst-aanbieder": afspraken.Samenwerkingsgegevens,
    "gegevensafspraken": afspraken.Gegevensovereenkomst,
    "dienstverleningsovereenkomst": afspraken.Dienstverleningsgegevens,
    "overeenkomst-van-opdracht": afspraken.Opdrachtgegevens,
    "overgangsovereenkomst": afspraken.Overgangsgegevens,
    "bestuursakkoord": afspraken.Bestuursakkoordgegevens,
    "samenwerkingsovereenkomst-gemeenten": afspraken.Gemeentesamenwerking,
    "mandaatbesluit": afspraken.Mandaatbesluitgegevens,
}
CONTRACTSTUKKEN: Mapping[str, type[msgspec.Struct]] = {
    "verlengingsbrief": contractstukken.Verlengingsbriefgegevens,
    "niet-verlengingsbrief": contractstukken.NietVerlengingsbriefgegevens,
    "opzeggingsbrief": contractstukken.Opzeggingsbriefgegevens,
    "toetredingsbesluit": contractstukken.Toetredingsbesluitgegevens,
    "intentiebrief": contractstukken.Intentiebriefgegevens,
    "kwartaalrapportage": contractstukken.Kwartaalrapportagegegevens,
    "terugkoppeling-toegang": contractstukken.Terugkoppelinggegevens,
    "gespreksverslag": contractstukken.Gespreksverslaggegevens,
    "overlegtafelverslag": contractstukken.Overlegtafelgegevens,
    "waarschuwingsbrief": contractstukken.Waarschuwingsbriefgegevens,
    "voornemen-maatregel": contractstukken.Voornemenbriefgegevens,
    "maatregelbesluit": contractstukken.Maatregelbesluitgegevens,
    "catalogusvermelding": contractstukken.Catalogusgegevens,
    "archief-index": contractstukken.Archiefindexgegevens,
    "verklaring-van-vernietiging": archiefstukken.Vernietigingsverklaringgegevens,
}
MEER_SOORTEN: Mapping[str, type[msgspec.Struct]] = {
    **VOORBEREIDING,
    **PROCEDURESTUKKEN,
    **AFSPRAKEN,
    **CONTRACTSTUKKEN,
}
"""The types beside those of the round and the framework agreement."""
