"""What `verschil` calls stricter or looser is so in the outcomes, for every kind, on directed dossiers."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.criterium import Toepassing
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verschil.vergelijking import Verschilsoort, compare_criteria
from tests.domain.criteria.generatoren import SOORTEN, enough, gevallen

VAN_CRITERIUM = ("toepassing", "herstelbaar", "beroep_op_derden")
# Goes with another `per`, so with other units, which cannot be compared one by one.
MET_ANDERE_EENHEDEN = {"ervaring_bereik"}
BEKEND = (Verschilsoort.STRENGER, Verschilsoort.SOEPELER)


def find_passing(geval, criterium):
    """The units for which every party that must, satisfies; what does not apply asks nothing."""
    per_eenheid = {}
    for bevinding in geval.run(criterium=criterium).bevindingen:
        goed = bevinding.uitkomst in (Uitkomst.VOLDOET, Uitkomst.NVT)
        per_eenheid.setdefault((bevinding.perceel, bevinding.product), []).append(goed)
    return {eenheid for eenheid, goed in per_eenheid.items() if all(goed)}


def list_changes(oud, ander):
    """The criterium with one key as it is in another of its kind, for every key that gives a direction."""
    for naam in VAN_CRITERIUM:
        keuzes = (oud.toepassing, ander.toepassing)
        if naam == "toepassing" and oud.beroep_op_derden and Toepassing.ELKE_UITVOERDER in keuzes:
            continue  # a file cannot say this
        yield msgspec.structs.replace(oud, **{naam: getattr(ander, naam)})
    for naam in set(oud.toets.__struct_fields__) - MET_ANDERE_EENHEDEN:
        toets = msgspec.structs.replace(oud.toets, **{naam: getattr(ander.toets, naam)})
        yield msgspec.structs.replace(oud, toets=toets)


@pytest.mark.parametrize("soort", SOORTEN)
def test_who_satisfies_the_stricter_one_satisfies_the_looser_one(soort):
    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(gevallen(soort, oordelen=False), gevallen(soort, max_feiten=0, oordelen=False), st.booleans())
    def holds(geval, ander, genoeg):
        oud = geval.criterium
        verschillen = [(nieuw, compare_criteria(oud, nieuw)) for nieuw in list_changes(oud, ander.criterium)]
        bekend = [(nieuw, verschil) for nieuw, verschil in verschillen if verschil and verschil.soort in BEKEND]
        assume(bekend)
        erbij = enough(geval) if genoeg else []
        dicht = replace(geval.with_feiten([*geval.dossier.feiten, *erbij]), herstelverloop=Herstelverloop.GESLOTEN)
        eerst = find_passing(dicht, oud)
        for nieuw, verschil in bekend:
            dan = find_passing(dicht, nieuw)
            streng, soepel = (dan, eerst) if verschil.soort is Verschilsoort.STRENGER else (eerst, dan)
            assert streng <= soepel, verschil.wijzigingen

    holds()
