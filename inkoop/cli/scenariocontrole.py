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
from inkoop.definitions.suggestie import find_naaste, suggest
from inkoop.definitions.yamlbron import DefinitieError, Fout, Yamlbron, read_yaml
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.dossierbouw import check_aanbod
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.scenarioafwijking import apply_afwijkingen

SCENARIOMAP = "scenarios"
_GENOEMD = frozenset({"verwacht", "beoordelingen"})
"""Where a scenario names products that must be offered in it."""
_GRONDENLIJST = " De lijst staat in de handleiding over criteria, bij Scenario's."


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
    fouten = [*_check_criteria(bron, editie), *_check_gronden(bron)]
    fouten += _check_aanbod(bron, scenarios, procedure) or _check_producten(bron, scenarios[0], procedure)
    for scenario in scenarios:
        try:
            apply_afwijkingen(editie, scenario.afwijkingen)
        except KeyError as fout:
            tekst = f"Criterium {fout.args[0]} vraagt geen ervaring, dus 'ervaring_bereik' kan niet anders."
            fouten += [
                bron.fout(loc, tekst) for loc, naam in _find_waarden(bron.waarde, "criterium") if naam == fout.args[0]
            ]
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
    for loc, naam in _find_waarden(bron.waarde, "criterium"):
        if naam not in bekend:
            yield bron.fout(loc, f"Editie {editie.editie} heeft geen criterium '{naam}'.{suggest(str(naam), bekend)}")


def _check_gronden(bron: Yamlbron) -> Iterator[Fout]:
    """Grounds that no outcome can have; those of a fact (`uitsluiting`) are another key."""
    for loc, naam in _find_waarden(bron.waarde, "grond"):
        if "verwacht" in loc and naam not in list(Grond):
            # All of them is too long a list for one line.
            hulp = suggest(str(naam), Grond) if find_naaste(str(naam), Grond) else _GRONDENLIJST
            yield bron.fout(loc, f"De grond '{naam}' is niet bekend.{hulp}")


def _check_producten(bron: Yamlbron, scenario: Scenario, procedure: Proceduredefinitie) -> list[Fout]:
    """Products that are not there: in a fact, of the procedure; elsewhere, of the offer in the perceel beside them."""
    aangemeld = scenario.aanmelding
    per_perceel = {
        code: [
            product.code
            for product in procedure.find_perceel(code).producten
            if not aangemeld.producten or product.code in aangemeld.producten
        ]
        for code in aangemeld.percelen
    }
    alle = [product.code for perceel in procedure.percelen for product in perceel.producten]
    fouten = [
        bron.fout(loc, f"Deze procedure heeft geen product '{code}'.{suggest(str(code), alle)}")
        for loc, code in _find_waarden(bron.waarde, "product")
        if "feiten" in loc and code not in alle
    ]
    for sleutel in ("product", "producten"):
        for loc, waarde in _find_waarden(bron.waarde, sleutel):
            if not _GENOEMD & {*loc}:
                continue
            blok = _follow(bron.waarde, loc[:-1])
            genoemd = [blok["perceel"]] if "perceel" in blok else blok.get("percelen") or list(per_perceel)
            bekend = [product for code in genoemd for product in per_perceel.get(code, ())]
            paren = [(loc, waarde)] if sleutel == "product" else [((*loc, i), code) for i, code in enumerate(waarde)]
            for plek, code in paren:
                if bekend and code not in bekend:
                    waar = f" voor perceel {' en '.join(map(str, genoemd))}" if len(genoemd) < len(per_perceel) else ""
                    tekst = f"Product '{code}' wordt{waar} niet aangeboden.{suggest(str(code), bekend)}"
                    fouten.append(bron.fout(plek, tekst))
    return fouten


def _follow(waarde: Any, loc: tuple[str | int, ...]) -> Any:
    for stap in loc:
        waarde = waarde[stap]
    return waarde


def _find_waarden(
    waarde: Any, naam: str, loc: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value with this key in a file, with its place."""
    paren: list[tuple[str | int, Any]] = []
    if isinstance(waarde, Mapping):
        paren = list(waarde.items())
    elif isinstance(waarde, list):
        paren = list(enumerate(waarde))
    for sleutel, deel in paren:
        if sleutel == naam:
            yield (*loc, sleutel), deel
        yield from _find_waarden(deel, naam, (*loc, sleutel))


def _check_aanbod(bron: Yamlbron, scenarios: tuple[Scenario, ...], procedure: Proceduredefinitie) -> list[Fout]:
    teksten = {beletsel.tekst for scenario in scenarios for beletsel in check_aanbod(scenario.aanmelding, procedure)}
    return [bron.fout(("aanmelding", "percelen"), tekst) for tekst in sorted(teksten)]
