"""Whether a scenario can be played with this criteria set and this procedure at all.

Bron: conventies "Errors" (every reason at once).
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.dossierbouw import check_aanbod
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mutatie import Houder, check_mutatie, list_partijen
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.scenarioafwijking import apply_afwijkingen


def check_speelbaar(scenario: Scenario, criteriaset: Criteriaset, procedure: Proceduredefinitie) -> Iterator[str]:
    """Every reason why the scenario cannot be played, as a Dutch sentence; empty = it can."""
    if scenario.procedure != procedure.naam:
        yield f"Dit scenario hoort bij de procedure '{scenario.procedure}', niet bij '{procedure.naam}'."
    yield from (beletsel.tekst for beletsel in check_aanbod(scenario.aanmelding, procedure))
    yield from (beletsel.tekst for beletsel in check_mutatie(scenario.aanmelding, procedure, find_houder(scenario)))
    yield from _check_criteria(scenario, criteriaset)
    rondes = {ronde.kenmerk: ronde for ronde in procedure.instroom.rondes}
    ontvangen = scenario.aanmelding.ontvangen_op
    if scenario.ronde not in rondes:
        yield f"De ronde '{scenario.ronde}' bestaat niet. Deze procedure heeft: {', '.join(rondes)}."
    if ontvangen is None:
        yield "Bij de aanmelding ontbreekt wanneer zij is ontvangen."
    elif scenario.ronde in rondes and local_date(ontvangen) < rondes[scenario.ronde].opening:
        opening = format_dag(rondes[scenario.ronde].opening)
        yield f"De aanmelding is ontvangen voor de opening van de ronde op {opening}."


def find_houder(scenario: Scenario) -> Houder | None:
    """The agreement that a mutatie in a scenario changes; None for any other aanmelding."""
    opgave = scenario.aanmelding
    if opgave.wijzigt is None:
        return None
    return Houder(contractnummer=opgave.wijzigt, partijen=list_partijen(opgave), aanbod=scenario.houdt)


def _check_criteria(scenario: Scenario, criteriaset: Criteriaset) -> Iterator[str]:
    """Criteria that the scenario names and the set does not have, or that cannot be set otherwise."""
    bekend = {criterium.id for criterium in criteriaset.criteria}
    verwacht = scenario.verwacht
    genoemd = [
        *(regel.criterium for regel in scenario.beoordelingen),
        *(regel.criterium for regel in scenario.afwijkingen),
        *(regel.criterium for regel in (*verwacht.eerste_toets, *verwacht.uitkomsten)),
    ]
    for onbekend in dict.fromkeys(naam for naam in genoemd if naam not in bekend):
        yield f"Het criterium '{onbekend}' staat niet in de set {criteriaset.set}, editie {criteriaset.editie}."
    for afwijking in scenario.afwijkingen:
        if afwijking.criterium in bekend:
            try:
                apply_afwijkingen(criteriaset, [afwijking])
            except KeyError:
                yield f"Criterium {afwijking.criterium} vraagt geen ervaring, dus 'ervaring_bereik' kan niet anders."
