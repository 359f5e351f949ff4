"""Does a worked example fit the criteria, the procedure and the round that it names?

A scenario file can be right in itself (definitions/scenario) and still name a criterion or a perceel
that does not exist. Each fault has its place in the scenario file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from inkoop.cli.regelkast import NietGevondenError, Regelkast, find_ronde
from inkoop.definitions.scenario import load_scenario
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import DefinitieError, Fout, Yamlbron, read_yaml
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.dossierbouw import check_aanbod
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.scenarioafwijking import apply_afwijkingen

SCENARIOMAP = "scenarios"


class Scenariobestand(NamedTuple):
    """A worked example with the rules against which it is played."""

    scenarios: tuple[Scenario, ...]
    editie: Criteriaset
    procedure: Proceduredefinitie


def is_scenario(pad: Path) -> bool:
    """Whether a file is a worked example: those stand in a folder of their own, beside the editions."""
    return pad.resolve().parent.name == SCENARIOMAP


def load_scenariobestand(pad: Path, kast: Regelkast) -> Scenariobestand:
    """Read a scenario file with its procedure and criteria. Raises DefinitieError with every fault."""
    scenarios = load_scenario(pad)
    bron = read_yaml(pad)
    procedure = _find_procedure(bron, scenarios[0], kast)
    editie = _find_editie(bron, scenarios[0], procedure, kast, pad.parent.parent)
    fouten = [*_check_criteria(bron, editie), *_check_aanbod(bron, scenarios, procedure)]
    for scenario in scenarios:
        try:
            apply_afwijkingen(editie, scenario.afwijkingen)
        except KeyError as fout:
            tekst = f"Criterium {fout.args[0]} vraagt geen ervaring, dus 'ervaring_bereik' kan niet anders."
            fouten += [bron.fout(loc, tekst) for loc, naam in _find_criteria(bron.waarde) if naam == fout.args[0]]
    if fouten:
        raise DefinitieError(fouten)
    return Scenariobestand(scenarios, editie, procedure)


def _find_procedure(bron: Yamlbron, scenario: Scenario, kast: Regelkast) -> Proceduredefinitie:
    """The procedure; its own faults are passed on, an unknown name is a fault of the scenario."""
    if scenario.procedure not in kast.list_procedures():
        tekst = f"Er is geen procedure '{scenario.procedure}'.{suggest(scenario.procedure, kast.list_procedures())}"
        raise DefinitieError([bron.fout(("procedure",), tekst)])
    return kast.find_procedure(scenario.procedure)


def _find_editie(
    bron: Yamlbron, scenario: Scenario, procedure: Proceduredefinitie, kast: Regelkast, setmap: Path
) -> Criteriaset:
    """The edition that the round names, of the set in whose folder the scenario stands."""
    try:
        ronde = find_ronde(procedure, scenario.ronde)
    except NietGevondenError as fout:
        raise DefinitieError([bron.fout(("ronde",), str(fout))]) from None
    if procedure.criteriaset != (set_ := setmap.resolve().name):
        tekst = f"Procedure {procedure.naam} toetst aan '{procedure.criteriaset}'; dit scenario staat bij '{set_}'."
        raise DefinitieError([bron.fout(("procedure",), tekst)])
    return kast.find_editie(str(setmap / f"{ronde.criteria_editie}.yaml"))


def _check_criteria(bron: Yamlbron, editie: Criteriaset) -> Iterator[Fout]:
    bekend = [criterium.id for criterium in editie.criteria]
    for loc, naam in _find_criteria(bron.waarde):
        if naam not in bekend:
            yield bron.fout(loc, f"Editie {editie.editie} heeft geen criterium '{naam}'.{suggest(str(naam), bekend)}")


def _find_criteria(waarde: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every key `criterium` in a file, with its place."""
    paren: list[tuple[str | int, Any]] = []
    if isinstance(waarde, Mapping):
        paren = list(waarde.items())
    elif isinstance(waarde, list):
        paren = list(enumerate(waarde))
    for sleutel, deel in paren:
        if sleutel == "criterium":
            yield (*loc, sleutel), deel
        yield from _find_criteria(deel, (*loc, sleutel))


def _check_aanbod(bron: Yamlbron, scenarios: tuple[Scenario, ...], procedure: Proceduredefinitie) -> Iterator[Fout]:
    teksten = {beletsel.tekst for scenario in scenarios for beletsel in check_aanbod(scenario.aanmelding, procedure)}
    for tekst in sorted(teksten):
        yield bron.fout(("aanmelding", "percelen"), tekst)
