"""Document: dates, age, parts, names."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.criterium import Herstelbaarheid, Peilmoment, Per, Toepassing
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    SLUITING,
    document,
    documenttoets,
    judge,
    make_criterium,
    onderdeel,
)

ENKEL = make_criterium(documenttoets())
SET = make_criterium(documenttoets(onderdelen=("beleid", "register")))
OUD = make_criterium(documenttoets(peilmoment=Peilmoment.INDIENING, max_leeftijd_maanden=6))


def test_a_document_that_is_not_there_can_still_be_shown():
    bevinding = judge(ENKEL)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "ontbreekt")
    assert bevinding.herstelpunten[0].uiterste_bewijsdatum == SLUITING


@pytest.mark.parametrize(
    ("datum", "uitkomst"), [(date(2020, 3, 31), Uitkomst.VOLDOET), (date(2020, 4, 1), Uitkomst.VOLDOET_NIET)]
)
def test_a_document_must_exist_on_its_peildatum(datum, uitkomst):
    assert judge(ENKEL, document(datum=datum)).uitkomst is uitkomst


def test_a_document_of_after_the_peildatum_is_named_with_its_date():
    bevinding = judge(ENKEL, document(datum=date(2020, 4, 12)))
    assert bevinding.grond == "gedateerd-na-peildatum"
    assert "12 april 2020" in bevinding.toelichting
    assert "31 maart 2020" in bevinding.toelichting


@pytest.mark.parametrize(
    ("datum", "uitkomst"), [(date(2019, 9, 12), Uitkomst.VOLDOET), (date(2019, 9, 11), Uitkomst.HERSTELBAAR)]
)
def test_six_months_are_counted_from_the_peildatum(datum, uitkomst):
    assert judge(OUD, document(datum=datum)).uitkomst is uitkomst


def test_a_document_that_is_too_old_may_have_a_younger_brother():
    bevinding = judge(OUD, document(datum=date(2019, 9, 11)))
    assert bevinding.grond == "te-oud"
    assert judge(OUD, document(datum=date(2019, 9, 11)), document(datum=date(2020, 1, 2))).uitkomst is Uitkomst.VOLDOET


def test_a_document_keeps_until_it_becomes_too_old():
    assert judge(OUD, document(datum=date(2020, 2, 20))).houdbaar_tot == date(2020, 8, 20)


def test_a_fixed_oldest_day_counts_itself():
    criterium = make_criterium(documenttoets(niet_ouder_dan=date(2019, 1, 1)))
    assert judge(criterium, document(datum=date(2019, 1, 1))).uitkomst is Uitkomst.VOLDOET
    oud = judge(criterium, document(datum=date(2018, 12, 31)))
    assert oud.grond == "te-oud"
    assert "1 januari 2019" in oud.toelichting


def test_a_missing_part_can_still_be_shown_and_is_named():
    bevinding = judge(SET, document(onderdelen=(onderdeel("beleid", date(2019, 1, 1)),)))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "onderdeel-ontbreekt")
    assert "'register'" in bevinding.toelichting
    assert "'beleid'" not in bevinding.toelichting


def test_the_parts_may_come_in_several_files():
    bevinding = judge(
        SET,
        document(onderdelen=(onderdeel("beleid", date(2019, 1, 1)),)),
        document(onderdelen=(onderdeel("Register", date(2019, 1, 1)),)),
    )
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert len(bevinding.bewijs) == 2


def test_a_part_of_after_the_peildatum_falls_short_and_is_named_with_date_and_member():
    delen = (onderdeel("beleid", date(2020, 4, 12)), onderdeel("register", date(2019, 1, 1)))
    criterium = make_criterium(
        documenttoets(onderdelen=("beleid", "register")), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID
    )
    bevinding = judge(criterium, document(onderdelen=delen, lid="lindehof"))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "gedateerd-na-peildatum")
    assert "'beleid' van Stichting De Lindehof is van 12 april 2020" in bevinding.toelichting
    assert "'register'" not in bevinding.toelichting


def test_parts_of_the_same_late_day_are_told_in_one_sentence():
    delen = (onderdeel("beleid", date(2020, 4, 12)), onderdeel("register", date(2020, 4, 12)))
    criterium = make_criterium(
        documenttoets(onderdelen=("beleid", "register")), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID
    )
    assert judge(criterium, document(onderdelen=delen, lid="lindehof")).toelichting == (
        "De onderdelen 'beleid' en 'register' van Stichting De Lindehof zijn van 12 april 2020."
        " Dat is na 31 maart 2020 (de sluiting)."
    )


def test_a_part_of_after_the_peildatum_and_a_missing_part_are_told_together():
    bevinding = judge(SET, document(onderdelen=(onderdeel("beleid", date(2020, 4, 12)),)))
    assert bevinding.uitkomst is Uitkomst.VOLDOET_NIET
    assert "niet gevonden: 'register'" in bevinding.toelichting


def test_a_late_part_does_no_harm_where_an_earlier_one_exists():
    bevinding = judge(
        SET,
        document(onderdelen=(onderdeel("beleid", date(2019, 1, 1)), onderdeel("register", date(2019, 1, 1)))),
        document(onderdelen=(onderdeel("beleid", date(2020, 4, 12)),)),
    )
    assert bevinding.uitkomst is Uitkomst.VOLDOET


def test_a_part_that_nobody_asked_for_may_have_any_date():
    delen = tuple(onderdeel(naam, date(2019, 1, 1)) for naam in ("beleid", "register"))
    assert judge(SET, document(onderdelen=(*delen, onderdeel("extra", date(2020, 5, 1))))).uitkomst is Uitkomst.VOLDOET


def test_a_file_of_after_the_peildatum_carries_no_parts():
    delen = tuple(onderdeel(naam, date(2019, 1, 1)) for naam in ("beleid", "register"))
    assert judge(SET, document(datum=date(2020, 4, 1), onderdelen=delen)).grond == "gedateerd-na-peildatum"


def test_a_document_in_another_name_must_be_replaced():
    criterium = make_criterium(documenttoets(op_naam=True))
    holding = document(op_naam_van="Zonneroos Holding B.V.")
    bevinding = judge(criterium, holding)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "andere-naam")
    goed = document(op_naam_van="Stichting De Lindehof", aanleiding=Aanleiding.HERSTEL)
    assert judge(criterium, holding, goed).uitkomst is Uitkomst.VOLDOET


def test_a_name_that_is_asked_and_not_known_must_be_shown():
    assert judge(make_criterium(documenttoets(op_naam=True)), document()).grond == "naam-onbekend"


@pytest.mark.parametrize(
    ("herstelbaar", "uitkomst"),
    [
        (Herstelbaarheid.NEE, Uitkomst.VOLDOET_NIET),
        (Herstelbaarheid.BEWIJS_BESTOND_AL, Uitkomst.VOLDOET_NIET),
        (Herstelbaarheid.VRIJ, Uitkomst.VOLDOET),
    ],
)
def test_only_free_repair_accepts_a_document_of_after_the_peildatum(herstelbaar, uitkomst):
    criterium = make_criterium(documenttoets(), herstelbaar=herstelbaar)
    assert judge(criterium, document(datum=date(2020, 4, 10), aanleiding=Aanleiding.HERSTEL)).uitkomst is uitkomst


def test_closed_repair_turns_a_missing_document_into_a_shortcoming():
    bevinding = judge(ENKEL, herstelverloop=Herstelverloop.GESLOTEN)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "ontbreekt")
    assert bevinding.herstelpunten == ()
