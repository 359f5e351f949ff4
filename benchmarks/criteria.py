"""How long a toets takes: reading the files, building a dossier, judging it, and writing its receipt.

    ./run bench criteria [--json] [--herhalingen N]

Plays the first toets of every worked example that was received in time. Prints the median of each
step in microseconds, per aanmelding and in total.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, Toetsresultaat, encode_resultaat
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.criteria.toets import assess
from inkoop.domain.dossierbouw import build_dossier
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.scenario import Scenario

CHECKOUT = Path(__file__).resolve().parent.parent
EDITIE = CHECKOUT / "criteria" / "meierij-wmo" / "2020-1.yaml"
SCENARIOS = CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"
PROCEDURES = CHECKOUT / "procedures"


def measure(doe: Callable[[], object], herhalingen: int) -> float:
    """The median time of one call, in microseconds."""
    tijden = []
    for _ in range(herhalingen):
        begin = time.perf_counter()
        doe()
        tijden.append(time.perf_counter() - begin)
    return statistics.median(tijden) * 1_000_000


def measure_scenario(scenario: Scenario, herhalingen: int) -> dict[str, float | int | str]:
    """Measure one example: its dossier, its toets, and the receipt of it."""
    editie = load_criteriaset(EDITIE)
    procedure = load_procedure(PROCEDURES / f"{scenario.procedure}.yaml")
    ronde = procedure.find_ronde(scenario.ronde)
    opgave = scenario.aanmelding
    if opgave.ontvangen_op is None:
        raise ValueError(f"scenario {scenario.zaak}{scenario.variant} has no moment of receipt")
    ontvangen = opgave.ontvangen_op
    feiten = tuple(itertools.chain.from_iterable(stuk.feiten for stuk in opgave.bewijsstukken))

    def build():  # noqa: ANN202 - the dossier of this example
        return build_dossier(opgave, procedure, aanmelding=scenario.zaak, ingediend_op=ontvangen, feiten=feiten)

    dossier = build()
    peildatums = bind_peildatums(procedure, ronde, ontvangen)

    def test() -> Toetsresultaat:
        return assess(
            editie,
            dossier,
            peildatums,
            herstelverloop=Herstelverloop.OPEN,
            feitenbasis=Feitenbasis.ALS_OPGEGEVEN,
            moment=Moment.TOELATING,
        )

    resultaat = test()
    return {
        "zaak": f"{scenario.zaak}{scenario.variant}",
        "feiten": len(feiten),
        "bevindingen": len(resultaat.bevindingen),
        "dossier_us": round(measure(build, herhalingen), 1),
        "toets_us": round(measure(test, herhalingen), 1),
        "coderen_us": round(measure(lambda: encode_resultaat(resultaat), herhalingen), 1),
    }


def main() -> None:
    """Measure and print, as a table or as JSON."""
    lezer = argparse.ArgumentParser(description="Meet hoe lang een toets duurt.")
    lezer.add_argument("--json", action="store_true", help="geef de cijfers als JSON")
    lezer.add_argument("--herhalingen", type=int, default=50, help="hoe vaak elke stap wordt gemeten")
    keuze = lezer.parse_args()

    lezen = {
        "criteriaset_ms": round(measure(lambda: load_criteriaset(EDITIE), 3) / 1000, 1),
        "scenarios_ms": round(measure(lambda: load_scenarios(SCENARIOS), 3) / 1000, 1),
    }
    zaken = []
    for scenario in load_scenarios(SCENARIOS):
        procedure = load_procedure(PROCEDURES / f"{scenario.procedure}.yaml")
        sluiting = procedure.find_ronde(scenario.ronde).sluiting
        if scenario.aanmelding.ontvangen_op and scenario.aanmelding.ontvangen_op <= sluiting:
            zaken.append(measure_scenario(scenario, keuze.herhalingen))
    if keuze.json:
        print(json.dumps({"lezen": lezen, "zaken": zaken}, indent=2))
        return
    print(f"lezen: criteriaset {lezen['criteriaset_ms']} ms, alle voorbeelden {lezen['scenarios_ms']} ms\n")
    kop = ("zaak", "feiten", "bevindingen", "dossier_us", "toets_us", "coderen_us")
    print("".join(f"{naam:>20}" for naam in kop))
    for zaak in zaken:
        print("".join(f"{zaak[naam]:>20}" for naam in kop))


if __name__ == "__main__":
    main()
