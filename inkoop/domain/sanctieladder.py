"""The ladder of measures when a provider does not keep the agreement: step by step, and heard before it is decided.

A measure begins as an intention. The provider gives its view, or the term for that ends; then somebody else than who
drafted it decides, weighing that view. A step is only skipped for a reason that is written down.

Bron: H19-58; B.8 (project default): hoor en wederhoor of 14 days, proportionality, four eyes, level of mandate.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.mandaat import Onderwerp, check_mandaat
from inkoop.domain.overeenkomstdelen import Contract, Sanctiestap
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie


class Maatregelstand(StrEnum):
    """Where a measure stands."""

    VOORGENOMEN = "voorgenomen"
    BESLOTEN = "besloten"
    INGETROKKEN = "ingetrokken"


class Maatregelgevolg(StrEnum):
    """What a measure does to the agreement: nothing by itself, no new clients for a time, or its end."""

    GEEN = "geen"
    CLIENTENSTOP = "clientenstop"
    BEEINDIGING = "beeindiging"


def check_stap(contract: Contract, stap: int, besloten: Collection[int], sprong: str) -> list[Beletsel]:
    """Why this step (from 1) cannot be begun: the agreement has no such step, or one is skipped without a reason.

    `besloten` are the steps that were decided before; going back to a lighter one or doing one again is allowed.

    Bron: B.8 (the lightest first; direct jump for fraud or danger); ontwerp 5 (sanction ladder).
    """
    if not contract.sanctieladder or not contract.sanctiestappen:
        tekst = (
            "De overeenkomst heeft geen sanctieladder; zet in de procedure 'sanctieladder: ja' met 'sanctiestappen'."
        )
        return [Beletsel("ladder-geen", tekst)]
    if not 1 <= stap <= len(contract.sanctiestappen):
        wel = ", ".join(f"{nummer} ({een.naam})" for nummer, een in enumerate(contract.sanctiestappen, start=1))
        return [Beletsel("ladder-stap", f"Stap {stap} bestaat niet. Wel: {wel}.")]
    volgende = max(besloten, default=0) + 1
    if stap > volgende and not sprong.strip():
        tekst = (
            f"Stap {volgende} ({contract.sanctiestappen[volgende - 1].naam}) is nog niet genomen. Overslaan kan alleen "
            "bij ernst, zoals fraude of onveilige zorg; schrijf dan waarom."
        )
        return [Beletsel("ladder-overgeslagen", tekst)]
    return []


def end_of_zienswijze(stap: Sanctiestap, verzonden_op: date) -> date:
    """The last day on which the provider can give its view on an intention that was sent on a day (B.8)."""
    return verzonden_op + timedelta(days=stap.zienswijze_dagen)


def check_gevolg(
    gevolg: Maatregelgevolg, ingang: date, einde: date | None, clienten: str, overdracht_op: date | None, tot: date
) -> list[Beletsel]:
    """Why a consequence is not whole: clients, the plan for their transfer, a beginning after the view was heard.

    `tot` is the last day for the view of the provider.

    Bron: B.8 (transfer of clients); CS 3.5 as structure (cliëntenstop).
    """
    beletselen = []
    if ingang <= tot:
        tekst = f"De maatregel gaat in na de termijn voor de zienswijze, dus na {format_dag(tot)}."
        beletselen.append(Beletsel("maatregel-ingang", tekst))
    if einde is not None and einde < ingang:
        beletselen.append(Beletsel("maatregel-einde", "De maatregel eindigt voordat hij ingaat."))
    if gevolg is Maatregelgevolg.CLIENTENSTOP and einde is None:
        beletselen.append(Beletsel("maatregel-einde", "Noem bij een cliëntenstop de laatste dag."))
    if gevolg is not Maatregelgevolg.GEEN and not clienten.strip():
        beletselen.append(Beletsel("maatregel-clienten", "Zeg wat er met cliënten gebeurt."))
    if gevolg is Maatregelgevolg.BEEINDIGING and (overdracht_op is None or not overdracht_op <= ingang):
        tekst = (
            "Noem bij beëindiging wanneer het overdrachtsplan er is: uiterlijk op de dag dat de overeenkomst eindigt."
        )
        beletselen.append(Beletsel("maatregel-overdracht", tekst))
    return beletselen


def check_besluit(
    definitie: Proceduredefinitie,
    stap: Sanctiestap,
    *,
    zienswijze_tot: date,
    gehoord: bool,
    rol: Rol,
    functie: str,
    op: date,
) -> list[Beletsel]:
    """Why a measure cannot be decided now by somebody in this role: not heard yet, or not the right level.

    Bron: B.8 (mandate level: contractmanager, jurist, POHO); FE-4.
    """
    beletselen = []
    if not gehoord and op <= zienswijze_tot:
        tekst = (
            f"De aanbieder kan tot en met {format_dag(zienswijze_tot)} reageren en deed dat nog niet. Besluit daarna, "
            "of zodra de zienswijze er is."
        )
        beletselen.append(Beletsel("zienswijze-termijn", tekst))
    nodig = find_beslisser(stap)
    if rol is not nodig:
        tekst = f"Over '{stap.naam}' besluit {stap.besluit_door} (rol {nodig}), niet de rol {rol}."
        beletselen.append(Beletsel("maatregel-niveau", tekst))
    if nodig is Rol.GEMANDATEERDE:
        namens = [gemeente.code for gemeente in definitie.gemeenten_op(op)]
        beletselen += check_mandaat(
            definitie.mandaten, functie=functie, onderwerp=Onderwerp.OPZEGGING, namens=namens, op=op
        )
    return beletselen


def find_beslisser(stap: Sanctiestap) -> Rol:
    """In which role a step is decided; a body decides through who has its mandate for notice (project default)."""
    bekend = {str(rol): rol for rol in (Rol.CONTRACTMANAGER, Rol.JURIST)}
    return bekend.get(stap.besluit_door, Rol.GEMANDATEERDE)
