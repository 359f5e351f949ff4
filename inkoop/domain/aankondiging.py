"""Notices of a procedure: which ones the law asks for, and whether they were registered.

A selection under the light regime is announced on TenderNed before it can begin, and again when it is
awarded. An admission is no public contract, but must be made public beforehand as well.

Bron: B.1.2, B.1.6 (art. 2.38/2.39 Aanbestedingswet).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Fase, Kwalificatie, Proceduredefinitie


class Aankondigingsoort(StrEnum):
    """A notice. `rectificatie` corrects an earlier one; `openbaar` is the publication of an admission."""

    VOORAANKONDIGING = "vooraankondiging"
    AANKONDIGING = "aankondiging"
    RECTIFICATIE = "rectificatie"
    GEGUND = "gegunde_opdracht"
    OPENBAAR = "openbaar"


VERPLICHT: Mapping[tuple[Kwalificatie, Fase], tuple[Aankondigingsoort, ...]] = {
    (Kwalificatie.SAS, Fase.PUBLICEREN): (Aankondigingsoort.AANKONDIGING,),
    (Kwalificatie.SAS, Fase.CONTRACTEREN): (Aankondigingsoort.GEGUND,),
}
"""The notices that must be registered before a fase can end (B.1.6). An admission records its publication as a step."""


def check_aankondigd(
    definitie: Proceduredefinitie, fase: Fase, geregistreerd: Collection[Aankondigingsoort]
) -> list[Beletsel]:
    """The notices that are still to be registered before this fase ends."""
    return [
        Beletsel(
            "aankondiging-ontbreekt",
            f"De {soort.replace('_', ' ')} is nog niet geregistreerd. Plaats die op TenderNed en leg het nummer vast "
            "met: inkoop voorbereiding aankondiging.",
        )
        for soort in VERPLICHT.get((definitie.kwalificatie, fase), ())
        if soort not in geregistreerd
    ]


def check_aankondiging(
    definitie: Proceduredefinitie, soort: Aankondigingsoort, nummer: str, plaats: str, geplaatst_op: date, op: date
) -> list[Beletsel]:
    """Every reason why a notice cannot be registered like this."""
    beletselen = []
    aanbesteed = definitie.kwalificatie is Kwalificatie.SAS
    if not aanbesteed and soort is Aankondigingsoort.GEGUND:
        tekst = "Een toelating kent geen aankondiging van een gegunde opdracht: er wordt niet gekozen."
        beletselen.append(Beletsel("aankondiging-soort", tekst))
    if aanbesteed and soort is Aankondigingsoort.OPENBAAR:
        tekst = "Een aanbesteding wordt aangekondigd met de soort 'aankondiging'; 'openbaar' is voor een toelating."
        beletselen.append(Beletsel("aankondiging-soort", tekst))
    if not nummer.strip():
        beletselen.append(Beletsel("aankondiging-nummer", "Geef het nummer waaronder de aankondiging te vinden is."))
    if not plaats.strip():
        beletselen.append(Beletsel("aankondiging-plaats", "Noem waar de aankondiging staat, bijvoorbeeld TenderNed."))
    if geplaatst_op > op:
        tekst = f"De aankondiging kan niet op {format_dag(geplaatst_op)} zijn geplaatst: dat is na vandaag."
        beletselen.append(Beletsel("aankondiging-datum", tekst))
    return beletselen
