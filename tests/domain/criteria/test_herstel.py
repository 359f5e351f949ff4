"""Which evidence of after submission counts: only for what it was asked for."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.criterium import AlleVan, EenVan, Herstelbaarheid
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    beoordelingtoets,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    judge,
    locatie,
    locatietoets,
    make_criterium,
    onderdeel,
    oordelen,
    registertoets,
)

HERSTEL = Aanleiding.HERSTEL


@pytest.mark.parametrize(
    ("herstelbaar", "uitkomst"),
    [
        (Herstelbaarheid.NEE, Uitkomst.VOLDOET_NIET),
        (Herstelbaarheid.ALLEEN_VERDUIDELIJKING, Uitkomst.VOLDOET),
        (Herstelbaarheid.BEWIJS_BESTOND_AL, Uitkomst.VOLDOET),
        (Herstelbaarheid.VRIJ, Uitkomst.VOLDOET),
    ],
)
def test_evidence_that_existed_mends_what_was_missing_unless_repair_is_excluded(herstelbaar, uitkomst):
    criterium = make_criterium(documenttoets(), herstelbaar=herstelbaar)
    assert judge(criterium, document(aanleiding=HERSTEL)).uitkomst is uitkomst


def test_what_was_stated_and_falls_short_is_not_mended_by_something_else():
    criterium = make_criterium(locatietoets())
    feiten = (locatie("Boxtel", "Boxtel"), locatie("Vught", "Vught", aanleiding=HERSTEL))
    assert judge(criterium, *feiten).uitkomst is Uitkomst.VOLDOET_NIET


def test_an_answer_of_after_the_peildatum_falls_short_while_repair_is_open():
    criterium = make_criterium(documenttoets())
    assert judge(criterium, document(datum=date(2020, 4, 12), aanleiding=HERSTEL)).uitkomst is Uitkomst.VOLDOET_NIET


def test_people_judge_the_mended_document_where_repair_was_asked_for_the_criterion():
    criterium = make_criterium(
        AlleVan(delen=(documenttoets(document="plan", onderdelen=("deel",)), beoordelingtoets()))
    )
    half = document("plan")
    heel = document("plan", onderdelen=(onderdeel("deel", date(2019, 1, 1)),), aanleiding=HERSTEL)
    bevinding = judge(criterium, half, heel)
    assert bevinding.uitkomst is Uitkomst.TE_BEOORDELEN
    assert bevinding.delen[1].bewijs == (*half.bewijs, *heel.bewijs)
    assert judge(criterium, half, heel, oordelen=oordelen(True, half, heel)).uitkomst is Uitkomst.VOLDOET


def test_a_document_that_nobody_asked_for_does_not_change_what_people_judge():
    criterium = make_criterium(beoordelingtoets())
    eerst, later = document("plan"), document("plan", aanleiding=HERSTEL)
    assert judge(criterium, eerst, later).bewijs == eerst.bewijs


def test_evidence_in_answer_to_something_else_may_meet_a_condition():
    criterium = make_criterium(certificaattoets())
    oud = certificaat(tot=date(2020, 6, 12))
    nieuw = certificaat(van=date(2020, 4, 1), tot=date(2023, 3, 31), aanleiding=HERSTEL)
    assert judge(criterium, oud, nieuw).uitkomst is Uitkomst.VOLDOET


def test_evidence_for_a_condition_mends_nothing_else():
    criterium = make_criterium(documenttoets())
    assert judge(criterium, document(aanleiding=Aanleiding.VOORWAARDE)).uitkomst is Uitkomst.HERSTELBAAR


def test_closed_repair_closes_each_part_of_a_choice():
    criterium = make_criterium(EenVan(delen=(registertoets(), documenttoets())))
    bevinding = judge(criterium, herstelverloop=Herstelverloop.GESLOTEN)
    assert bevinding.uitkomst is Uitkomst.VOLDOET_NIET
    assert {deel.uitkomst for deel in bevinding.delen} == {Uitkomst.VOLDOET_NIET}


@pytest.mark.parametrize("herstelverloop", list(Herstelverloop))
def test_closed_repair_changes_only_what_was_herstelbaar(herstelverloop):
    voorwaardelijk = judge(
        make_criterium(certificaattoets()), certificaat(tot=date(2020, 6, 12)), herstelverloop=herstelverloop
    )
    te_beoordelen = judge(make_criterium(beoordelingtoets()), document("plan"), herstelverloop=herstelverloop)
    assert voorwaardelijk.uitkomst is Uitkomst.VOORWAARDELIJK
    assert te_beoordelen.uitkomst is Uitkomst.TE_BEOORDELEN
