"""Beoordeling, and how judgements are weighed: two different people, blind, on exactly this evidence."""

from datetime import UTC, date, datetime

import pytest

from inkoop.domain.criteria.dossier import Oordeelrol
from inkoop.domain.criteria.oordelen import Oordeelstand, weigh_oordelen
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    PERCEEL_1A,
    PERCEEL_1B,
    beoordelingtoets,
    document,
    judge,
    make_criterium,
    make_dossier,
    oordeel,
    oordelen,
    run,
)

CRITERIUM = make_criterium(beoordelingtoets())
PLAN = document("plan", bewijs=("plan.pdf",))


def test_without_a_document_there_is_nothing_to_judge():
    assert judge(CRITERIUM).uitkomst is Uitkomst.HERSTELBAAR


@pytest.mark.parametrize(
    ("datum", "uitkomst"), [(date(2020, 3, 31), Uitkomst.TE_BEOORDELEN), (date(2020, 4, 1), Uitkomst.VOLDOET_NIET)]
)
def test_a_document_must_exist_before_people_judge_it(datum, uitkomst):
    assert judge(CRITERIUM, document("plan", datum)).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("ja", "uitkomst", "grond"),
    [(True, Uitkomst.VOLDOET, "oordeel-ja"), (False, Uitkomst.VOLDOET_NIET, "oordeel-nee")],
)
def test_two_people_decide(ja, uitkomst, grond):
    bevinding = judge(CRITERIUM, PLAN, oordelen=oordelen(ja, PLAN))
    assert (bevinding.uitkomst, bevinding.grond) == (uitkomst, grond)
    assert "Redenen: Reden van b1. Reden van b2." in bevinding.toelichting


def test_one_judgement_is_not_seen():
    zonder = judge(CRITERIUM, PLAN)
    assert judge(CRITERIUM, PLAN, oordelen=[oordeel(True, "b1", PLAN.bewijs)]) == zonder
    assert judge(CRITERIUM, PLAN, oordelen=[oordeel(False, "b1", PLAN.bewijs)]) == zonder


def test_one_person_twice_is_one_person():
    twee_keer = [
        oordeel(True, "b1", PLAN.bewijs),
        oordeel(True, "b1", PLAN.bewijs, op=datetime(2020, 4, 21, tzinfo=UTC)),
    ]
    assert judge(CRITERIUM, PLAN, oordelen=twee_keer).uitkomst is Uitkomst.TE_BEOORDELEN


def test_a_judgement_on_other_evidence_does_not_count():
    ander = oordelen(True, document("plan", bewijs=("ouder-plan.pdf",)))
    assert judge(CRITERIUM, PLAN, oordelen=ander).uitkomst is Uitkomst.TE_BEOORDELEN


def test_a_judgement_on_part_of_the_evidence_does_not_count():
    meer = document("plan", bewijs=("bijlage.pdf",))
    assert judge(CRITERIUM, PLAN, meer, oordelen=oordelen(True, PLAN)).uitkomst is Uitkomst.TE_BEOORDELEN


def test_a_judgement_on_another_criterion_does_not_count():
    assert judge(CRITERIUM, PLAN, oordelen=oordelen(True, PLAN, criterium="X-02")).uitkomst is Uitkomst.TE_BEOORDELEN


def test_a_judgement_without_perceel_counts_for_every_perceel():
    dossier = make_dossier(PLAN, percelen=(PERCEEL_1A, PERCEEL_1B), oordelen=oordelen(True, PLAN))
    assert [b.uitkomst for b in run(CRITERIUM, dossier).bevindingen] == [Uitkomst.VOLDOET, Uitkomst.VOLDOET]


def test_a_judgement_for_one_perceel_counts_there_only():
    dossier = make_dossier(PLAN, percelen=(PERCEEL_1A, PERCEEL_1B), oordelen=oordelen(True, PLAN, perceel="1B"))
    assert [b.uitkomst for b in run(CRITERIUM, dossier).bevindingen] == [Uitkomst.TE_BEOORDELEN, Uitkomst.VOLDOET]


def test_a_jurist_does_not_take_the_place_of_a_beoordelaar():
    samen = [oordeel(True, "b1", PLAN.bewijs), oordeel(True, "j1", PLAN.bewijs, rol=Oordeelrol.JURIST)]
    assert judge(CRITERIUM, PLAN, oordelen=samen).uitkomst is Uitkomst.TE_BEOORDELEN


def test_who_judged_does_not_settle_the_difference_as_jurist():
    oneens = [oordeel(True, "b1", PLAN.bewijs), oordeel(False, "b2", PLAN.bewijs)]
    zelfde = oordeel(True, "b1", PLAN.bewijs, rol=Oordeelrol.JURIST)
    assert weigh_oordelen([*oneens, zelfde]).stand is Oordeelstand.VERSCHIL


@pytest.mark.parametrize(("ja", "uitkomst"), [(True, Uitkomst.VOLDOET), (False, Uitkomst.VOLDOET_NIET)])
def test_a_jurist_settles_a_difference(ja, uitkomst):
    oneens = [oordeel(True, "b1", PLAN.bewijs), oordeel(False, "b2", PLAN.bewijs)]
    jurist = oordeel(ja, "j1", PLAN.bewijs, rol=Oordeelrol.JURIST)
    bevinding = judge(CRITERIUM, PLAN, oordelen=[*oneens, jurist])
    assert bevinding.uitkomst is uitkomst
    assert "Een jurist heeft beslist" in bevinding.toelichting
    assert "Reden van b1" not in bevinding.toelichting


def test_the_last_judgement_of_a_person_counts():
    eerst = oordelen(False, PLAN)
    later = oordelen(True, PLAN, op=datetime(2020, 4, 21, tzinfo=UTC))
    assert judge(CRITERIUM, PLAN, oordelen=[*later, *eerst]).uitkomst is Uitkomst.VOLDOET


def test_a_judgement_for_this_perceel_goes_before_one_for_all():
    algemeen = oordelen(True, PLAN, op=datetime(2020, 4, 21, tzinfo=UTC))
    gericht = oordelen(False, PLAN, perceel="1A")
    assert judge(CRITERIUM, PLAN, oordelen=[*algemeen, *gericht]).uitkomst is Uitkomst.VOLDOET_NIET
