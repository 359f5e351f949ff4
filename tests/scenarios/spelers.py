"""Every scenario file of the checkout, and how to play one; shared by the tests of this folder."""

from functools import cache
from pathlib import Path

import msgspec

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.criteria.bevinding import Bevinding, Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Criterium
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.scenario import Scenario, Verwachting
from inkoop.domain.scenariospel import Scenarioverslag, play_scenario

WORTEL = Path(__file__).resolve().parent.parent.parent
SETS = sorted(map_.parent.name for map_ in WORTEL.glob("criteria/*/scenarios"))
SCENARIOS = {
    f"{scenario.zaak}{scenario.variant}": (naam, scenario)
    for naam in SETS
    for scenario in load_scenarios(WORTEL / "criteria" / naam / "scenarios")
}
"""Per case and variant (`H4b`): the set and the scenario."""

Sleutel = tuple[str, str | None, str | None, str | None]
"""criterium, perceel, product, lid"""


@cache
def find_procedure(naam: str) -> Proceduredefinitie:
    return load_procedure(WORTEL / "procedures" / f"{naam}.yaml")


@cache
def find_set(naam: str) -> Criteriaset:
    """The edition of a set that the rounds of its scenarios use."""
    (scenario, *_) = (scenario for eigen, scenario in SCENARIOS.values() if eigen == naam)
    procedure = find_procedure(scenario.procedure)
    return load_criteriaset(WORTEL / "criteria" / naam / f"{procedure.find_ronde(scenario.ronde).criteria_editie}.yaml")


def find_criterium(set_: str, id_: str) -> Criterium:
    (criterium,) = (criterium for criterium in find_set(set_).criteria if criterium.id == id_)
    return criterium


def play(naam: str, editie: Criteriaset | None = None) -> Scenarioverslag:
    """Play a case with the set beside it, or with another edition."""
    set_, scenario = SCENARIOS[naam]
    return play_scenario(scenario, editie or find_set(set_), find_procedure(scenario.procedure))


def play_blind(naam: str) -> Scenarioverslag:
    """Play a case without what its file expects, so that only the rules speak."""
    set_, scenario = SCENARIOS[naam]
    blind: Scenario = msgspec.structs.replace(scenario, verwacht=Verwachting(besluiten=()))
    return play_scenario(blind, find_set(set_), find_procedure(scenario.procedure))


def list_afwijkend(toets: Toetsresultaat | None) -> dict[Sleutel, tuple[str, str]]:
    """The findings that are not a plain voldoet, by what they are about."""
    assert toets is not None
    return {_key(b): (b.uitkomst.value, b.grond) for b in toets.bevindingen if not _is_gewoon(b)}


def _key(b: Bevinding) -> Sleutel:
    return (b.criterium, b.perceel, b.product, b.lid)


def _is_gewoon(b: Bevinding) -> bool:
    return b.uitkomst is Uitkomst.VOLDOET and b.grond == "voldoet"
