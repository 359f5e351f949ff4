"""Seeded mutants: each rule is broken on purpose, and the checks must see it.

A mutant that no check kills means that a rule is not held by any test. Nothing is compiled here, so that every
leaf is judged by the rule that is broken; what is compiled has its mutants in `test_gangbaar`.
"""

from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inkoop.domain.criteria import aanbodplan, toetsdossier, uitslag, vingerafdruk, weging
from inkoop.domain.criteria.criterium import AlleVan, EenVan
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.soorten import COMBINATIES, certificaat, certificaatdekking, document, ervaring, locatie
from inkoop.domain.criteria.soorten import register as registersoort
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.zicht import Zicht
from tests.domain.criteria import eigenschappen as e
from tests.domain.criteria.generatoren import gevallen


@dataclass(frozen=True)
class Mutant:
    """One broken rule: what is replaced by what, and the check on one kind that must see it."""

    waar: object
    naam: str
    door: object
    check: object
    soort: str


def _without_evidence(deel):
    return msgspec.structs.replace(deel, bewijs=())


def _a_day_longer(deel):
    if deel.houdbaar_tot is None:
        return deel
    return msgspec.structs.replace(deel, houdbaar_tot=deel.houdbaar_tot + timedelta(days=1))


def _kind_mutant(klasse, change, check, soort):
    """A kind of which every outcome is changed afterwards."""
    echt = klasse.assess
    return Mutant(klasse, "assess", lambda self, toets, zicht: change(echt(self, toets, zicht)), check, soort)


def _assess_once():
    """Judging that keeps the first outcome of a leaf in a view, whatever facts come later."""
    echt, gezien = weging.assess_blad, []

    def assess(blad, zicht, feiten):
        for eerder, nummer, uitkomst in gezien:
            if eerder is zicht and nummer == blad.nummer:
                return uitkomst
        gezien[:] = [rij for rij in gezien if rij[0] is zicht]
        gezien.append((zicht, blad.nummer, echt(blad, zicht, feiten)))
        return gezien[-1][2]

    return assess


_MUTANTEN = {
    "the last day of a certificate does not count": Mutant(
        certificaatdekking, "covers", lambda c, dag: c.van <= dag < c.tot, e.check_enough, "certificaat"
    ),
    "a certificate counts a day too long": Mutant(
        certificaatdekking,
        "covers",
        lambda c, dag: c.van <= dag <= c.tot + timedelta(days=1),
        e.check_enough,
        "certificaat",
    ),
    "a certificate cites no evidence": _kind_mutant(
        certificaat.Certificaat, _without_evidence, e.check_cited, "certificaat"
    ),
    "a certificate is said to keep a day too long": _kind_mutant(
        certificaat.Certificaat, _a_day_longer, e.check_keeps, "certificaat"
    ),
    "a document is said to keep a day too long": _kind_mutant(
        document.Document, _a_day_longer, e.check_keeps, "document"
    ),
    "a document of after its day counts": Mutant(
        Zicht, "is_op_tijd", lambda self, feit, datum, peil: True, e.check_enough, "document"
    ),
    "the day itself is too late": Mutant(
        Zicht, "is_op_tijd", lambda self, feit, datum, peil: datum < peil, e.check_enough, "verklaring"
    ),
    "clients are not counted": Mutant(ervaring, "count_clienten", lambda feiten: 1, e.check_enough, "ervaring"),
    "months are forgotten": Mutant(ervaring, "add_maanden", lambda dag, n: dag, e.check_enough, "ervaring"),
    "every location is in the region": Mutant(
        locatie, "find_gebied", lambda gebieden, feit, dag: gebieden[0], e.check_enough, "locatie"
    ),
    "a location need not be available": Mutant(
        locatie, "_is_beschikbaar", lambda f, dag: True, e.check_enough, "locatie"
    ),
    "a registration counts outside its period": Mutant(
        registersoort, "_is_in_force", lambda f, dag: True, e.check_enough, "register"
    ),
    "the first registration seen counts": Mutant(
        registersoort, "keep_last_seen", lambda feiten: feiten[:1], e.check_second_chance, "register"
    ),
    "what is in order is judged again after repair": Mutant(
        weging, "_mend", lambda eerst, dan, *, gevraagd: dan, e.check_second_chance, "locatie"
    ),
    "repair changes nothing": Mutant(
        weging, "_mend", lambda eerst, dan, *, gevraagd: eerst, e.check_second_chance, "document"
    ),
    "closing repair changes nothing": Mutant(weging, "close", lambda blad: blad, e.check_closed, "getal"),
    "closing repair ends what people must judge": Mutant(
        weging,
        "close",
        lambda blad: (
            msgspec.structs.replace(blad, uitkomst=Uitkomst.VOLDOET_NIET, herstelpunten=())
            if blad.uitkomst in (Uitkomst.HERSTELBAAR, Uitkomst.TE_BEOORDELEN)
            else blad
        ),
        e.check_closed,
        "beoordeling",
    ),
    "a stated fact counts as established": Mutant(
        weging, "_compare", lambda vastgesteld, alles: alles, e.check_stated, "getal"
    ),
    "facts are read in order of arrival": Mutant(
        toetsdossier, "order_feiten", lambda feiten: feiten, e.check_order, "locatie"
    ),
    "the hash follows the order of arrival": Mutant(
        vingerafdruk, "_canonical", lambda waarde: waarde, e.check_order, "getal"
    ),
    "what holds in one unit is taken for every unit": Mutant(
        Zicht, "eenheid", property(lambda self: self.waar), e.check_plain, "ervaring"
    ),
    "a leaf is never judged again, whatever came in": Mutant(
        weging, "assess_blad", _assess_once(), e.check_plain, "document"
    ),
    "what came for repair counts from the start": Mutant(
        weging, "_INDIENING", frozenset(Aanleiding), e.check_excluded, "getal"
    ),
    "what came for a condition counts for nothing": Mutant(
        weging, "_meet", lambda eerst, dan: eerst, e.check_condition, "certificaat"
    ),
    "what came for a condition mends what was short": Mutant(
        weging, "_meet", lambda eerst, dan: dan, e.check_condition, "locatie"
    ),
    "what is only stated is among the established facts": Mutant(
        Feiten, "keep_vastgesteld", lambda self: self, e.check_stated, "register"
    ),
    "a member is helped by what another handed in": Mutant(
        toetsdossier.Toetsdossier, "_select", lambda self, partij: self.alle_feiten, e.check_members, "document"
    ),
    "a perceel is as good as its best finding": Mutant(uitslag, "laagste", hoogste, e.check_units, "verklaring"),
    "a perceel is as low as its worst product": Mutant(uitslag, "hoogste", laagste, e.check_units, "ervaring"),
    "all of the parts are asked where one is enough": Mutant(
        COMBINATIES, EenVan, COMBINATIES[AlleVan], e.check_all_parts, "getal"
    ),
    "one of several registers is enough where all are asked": Mutant(
        COMBINATIES, AlleVan, COMBINATIES[EenVan], e.check_all_parts, "register"
    ),
}


def is_killed(mutant):
    """Whether the check that goes with a mutant fails on at least one case."""

    @settings(
        max_examples=120, phases=[Phase.generate], suppress_health_check=list(HealthCheck), report_multiple_bugs=False
    )
    @given(gevallen(mutant.soort), st.integers(0, 1))
    def holds(geval, data):
        mutant.check(geval, data)

    try:
        holds()
    except (AssertionError, IndexError):
        return True
    return False


@pytest.fixture(autouse=True)
def nothing_compiled(monkeypatch):
    monkeypatch.setattr(aanbodplan, "GANGBAAR", {})


@pytest.mark.parametrize("naam", _MUTANTEN)
def test_a_broken_rule_is_seen(naam, monkeypatch):
    mutant = _MUTANTEN[naam]
    if isinstance(mutant.waar, dict):
        monkeypatch.setitem(mutant.waar, mutant.naam, mutant.door)
    else:
        monkeypatch.setattr(mutant.waar, mutant.naam, mutant.door)
    assert is_killed(mutant)


@pytest.mark.slow
@pytest.mark.parametrize("naam", _MUTANTEN)
def test_the_whole_rule_passes_the_same_check(naam):
    assert not is_killed(_MUTANTEN[naam])
