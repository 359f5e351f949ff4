"""The acceptance cases as data: every scenario file, played with the criteria set beside it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.criteria.aansluiting import check_aansluiting
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Gebied, Herstelbaarheid, Moment, Peilmoment
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.scenariospel import play_scenario

WORTEL = Path(__file__).resolve().parent.parent.parent
SETS = sorted(map_.parent.name for map_ in WORTEL.glob("criteria/*/scenarios"))
SCENARIOS = [
    pytest.param(scenario, id=f"{naam}-{scenario.zaak}{scenario.variant}")
    for naam in SETS
    for scenario in load_scenarios(WORTEL / "criteria" / naam / "scenarios")
]

# F.1 typed over: what is decided, per case and variant.
BESLUITEN = {
    "M1a": {"1A": ("toegelaten", "IB-basis IB-extra IB-waakvlam"), "1B": ("toegelaten", "DB-basis DB-extra")},
    "M2a": {"1A": ("toegelaten", "IB-basis IB-extra IB-waakvlam")},
    "M2b": {"1A": ("toelating_vervallen", "")},
    "M3a": {"1B": ("toegelaten", "DB-basis DB-extra")},
    "M3b": {"1B": ("afgewezen", "")},
    "M4a": {"1A": ("afgewezen", ""), "1B": ("afgewezen", "")},
    "M5a": {"1A": ("afgewezen", ""), "1C": ("afgewezen", "")},
    "M5b": {"1A": ("toegelaten", "IB-waakvlam"), "1C": ("afgewezen", "")},
    "M6a": {None: ("buiten_behandeling", "")},
}


@cache
def procedure(naam: str) -> Proceduredefinitie:
    return load_procedure(WORTEL / "procedures" / f"{naam}.yaml")


@cache
def editie(scenario_set: str, naam: str) -> Criteriaset:
    return load_criteriaset(WORTEL / "criteria" / scenario_set / f"{naam}.yaml")


def find_editie(scenario: Scenario) -> Criteriaset:
    definitie = procedure(scenario.procedure)
    return editie(definitie.criteriaset, definitie.find_ronde(scenario.ronde).criteria_editie)


def find(zaak: str, variant: str = "a") -> Scenario:
    (gevonden,) = [p.values[0] for p in SCENARIOS if (p.values[0].zaak, p.values[0].variant) == (zaak, variant)]
    return gevonden


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario):
    assert play_scenario(scenario, find_editie(scenario), procedure(scenario.procedure)).verschillen == ()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_assessed_scenario_names_every_criterium_of_its_set(scenario: Scenario):
    verslag = play_scenario(scenario, find_editie(scenario), procedure(scenario.procedure))
    genoemd = {regel.criterium for regel in scenario.verwacht.uitkomsten}
    mutatie = scenario.aanmelding.wijzigt is not None  # tests only what a change touches
    alle = {
        criterium.id
        for criterium in find_editie(scenario).criteria
        if not mutatie or Moment.BIJ_WIJZIGING in criterium.momenten
    }
    assert genoemd == (set() if verslag.laatste is None else alle)


def test_the_cases_of_the_meierij_are_decided_as_f1_says():
    gevonden = {}
    for naam in BESLUITEN:
        scenario = find(naam[:-1], naam[-1])
        verslag = play_scenario(scenario, find_editie(scenario), procedure(scenario.procedure))
        gevonden[naam] = {b.perceel: (b.besluit, " ".join(sorted(b.producten))) for b in verslag.besluiten}
    assert gevonden == BESLUITEN


def list_afwijkend(naam: str) -> dict[tuple[str, str | None, str | None, str | None], tuple[str, str]]:
    """The findings of a case that are neither nvt nor a plain voldoet."""
    scenario = find(naam[:-1], naam[-1])
    laatste = play_scenario(scenario, find_editie(scenario), procedure(scenario.procedure)).laatste
    assert laatste is not None
    return {
        (b.criterium, b.perceel, b.product, b.lid): (b.uitkomst.value, b.grond)
        for b in laatste.bevindingen
        if b.uitkomst is not Uitkomst.NVT and (b.uitkomst is not Uitkomst.VOLDOET or b.grond == "gelijkwaardig")
    }


@pytest.mark.parametrize(
    ("naam", "afwijkend"),
    [
        ("M1a", {("M-05", p, None, None): ("voldoet", "gelijkwaardig") for p in ("1A", "1B")}),
        (
            "M2b",
            {(c, "1A", None, None): ("voorwaardelijk", "verloopt-voor-ingang") for c in ("M-03", "M-05")},
        ),
        ("M3a", {(c, "1B", None, None): ("voldoet", "gelijkwaardig") for c in ("M-03", "M-05")}),
        ("M3b", {(c, "1B", None, None): ("voldoet_niet", "niet-gelijkwaardig") for c in ("M-03", "M-05")}),
        (
            "M4a",
            {
                ("M-11", None, None, "noor"): ("voldoet_niet", "gedateerd-na-peildatum"),
                **{("M-05", p, None, None): ("voldoet", "gelijkwaardig") for p in ("1A", "1B")},
            },
        ),
        (
            "M5a",
            {
                ("M-01", "1A", None, None): ("voldoet_niet", "ervaring-tekort"),
                ("M-02", "1C", None, None): ("voldoet_niet", "locatie-buiten-regio"),
                **{("M-05", p, None, None): ("voldoet", "gelijkwaardig") for p in ("1A", "1C")},
            },
        ),
    ],
)
def test_nothing_but_what_f1_names_departs_from_a_plain_voldoet(naam: str, afwijkend: dict[object, object]):
    assert list_afwijkend(naam) == afwijkend


@pytest.mark.parametrize("naam", SETS)
def test_a_set_fits_the_procedure_of_its_scenarios(naam: str):
    for scenario in load_scenarios(WORTEL / "criteria" / naam / "scenarios"):
        assert check_aansluiting(find_editie(scenario), procedure(scenario.procedure)) == []


def change(id_: str, breek: Callable[[Criterium], Criterium]) -> Criteriaset:
    heel = editie("meierij-wmo", "2020-1")
    assert id_ in {criterium.id for criterium in heel.criteria}
    return msgspec.structs.replace(heel, criteria=tuple(breek(c) if c.id == id_ else c for c in heel.criteria))


def set_toets(**anders: object) -> Callable[[Criterium], Criterium]:
    return lambda criterium: msgspec.structs.replace(
        criterium, toets=msgspec.structs.replace(criterium.toets, **anders)
    )


@pytest.mark.parametrize(
    ("zaak", "variant", "criterium", "breek"),
    [
        ("M1", "a", "M-01", set_toets(minimum_clienten=5)),
        ("M1", "a", "M-05", set_toets(gelijkwaardig=("NEN-EN 15224",))),
        ("M1", "a", "M-03", set_toets(scope_per_perceel={"1A": ("jeugdhulp",)})),
        (
            "M1",
            "a",
            "U-02",
            set_toets(max_leeftijd_maanden=None, peilmoment=Peilmoment.INGANG, op_naam=False, document="x"),
        ),
        ("M2", "b", "M-03", set_toets(geldig_op=(Peilmoment.SLUITING,))),
        (
            "M2",
            "a",
            "M-03",
            set_toets(geldig_op=(Peilmoment.SLUITING, Peilmoment.INGANG), norm="ISO 27001", gelijkwaardig=()),
        ),
        ("M3", "a", "M-03", set_toets(gelijkwaardig=("Kwaliteit laat je zien",))),
        ("M4", "a", "M-11", lambda c: msgspec.structs.replace(c, herstelbaar=Herstelbaarheid.VRIJ)),
        ("M4", "a", "M-11", set_toets(onderdelen=("datalekprocedure",))),
        ("M5", "a", "M-02", set_toets(peilmoment=Peilmoment.INGANG, functie="kantoor")),
        ("M5", "b", "M-01", set_toets(minimum_clienten=0)),
    ],
)
def test_a_broken_criterium_makes_a_scenario_red(zaak, variant, criterium, breek):
    scenario = find(zaak, variant)
    assert play_scenario(scenario, change(criterium, breek), procedure(scenario.procedure)).verschillen


def test_a_region_that_would_hold_boxtel_makes_m5_red():
    heel = editie("meierij-wmo", "2020-1")
    (regio,) = heel.regios
    ruimer = msgspec.structs.replace(regio, gebieden=(*regio.gebieden, Gebied(gemeente="Boxtel")))
    scenario = find("M5")
    verslag = play_scenario(scenario, msgspec.structs.replace(heel, regios=(ruimer,)), procedure(scenario.procedure))
    assert any("M-02 (perceel 1C) voldoet" in verschil for verschil in verslag.verschillen)


@pytest.mark.parametrize("weg", [f"U-0{n}" for n in range(1, 5)] + [f"M-{n:02d}" for n in range(1, 14)])
def test_a_set_that_loses_a_criterium_makes_m1_red(weg: str):
    heel = editie("meierij-wmo", "2020-1")
    kleiner = msgspec.structs.replace(heel, criteria=tuple(c for c in heel.criteria if c.id != weg))
    scenario = find("M1")
    verslag = play_scenario(scenario, kleiner, procedure(scenario.procedure))
    assert any(weg in verschil for verschil in verslag.verschillen)
