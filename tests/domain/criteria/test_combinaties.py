"""alle_van and een_van: which outcome, which evidence, what to ask, how long it holds."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import AlleVan, EenVan, Herstelbaarheid
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    beoordelingtoets,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    judge,
    make_criterium,
    registertoets,
    registratie,
    verklaring,
    verklaringtoets,
)

EEN = make_criterium(EenVan(delen=(registertoets(registers=("AGB",)), verklaringtoets())))
ALLE = make_criterium(AlleVan(delen=(documenttoets(document="plan"), beoordelingtoets())))


def test_one_of_two_is_enough_and_only_that_is_cited():
    feit = verklaring()
    bevinding = judge(EEN, feit)
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert bevinding.bewijs == feit.bewijs
    assert [deel.uitkomst for deel in bevinding.delen] == [Uitkomst.HERSTELBAAR, Uitkomst.VOLDOET]


def test_where_neither_is_there_one_point_offers_the_choice():
    bevinding = judge(EEN)
    assert bevinding.uitkomst is Uitkomst.HERSTELBAAR
    (punt,) = bevinding.herstelpunten
    assert " of " in punt.gevraagd
    assert punt.uiterste_bewijsdatum == date(2020, 7, 1)


def test_the_lowest_part_decides_where_all_are_asked():
    bevinding = judge(ALLE, document("plan"))
    assert bevinding.uitkomst is Uitkomst.TE_BEOORDELEN
    assert judge(ALLE).uitkomst is Uitkomst.HERSTELBAAR


def test_every_ground_comes_out_without_stopping_at_the_first():
    criterium = make_criterium(
        AlleVan(delen=(documenttoets(document="een"), documenttoets(document="twee"))),
        herstelbaar=Herstelbaarheid.NEE,
    )
    bevinding = judge(criterium)
    assert "'een'" in bevinding.toelichting
    assert "'twee'" in bevinding.toelichting


def test_a_point_that_two_parts_ask_is_asked_once():
    (punt,) = judge(ALLE).herstelpunten
    assert punt.gevraagd == "het stuk 'plan'"


def test_a_choice_inside_a_whole_is_combined_from_the_inside_out():
    criterium = make_criterium(AlleVan(delen=(EenVan(delen=(documenttoets(), verklaringtoets())), certificaattoets())))
    assert judge(criterium, verklaring(), certificaat()).uitkomst is Uitkomst.VOLDOET
    assert judge(criterium, certificaat()).uitkomst is Uitkomst.HERSTELBAAR


@pytest.mark.parametrize(("soort", "einde"), [(AlleVan, date(2020, 9, 1)), (EenVan, date(2020, 12, 1))])
def test_a_whole_ends_with_its_first_part_and_a_choice_with_its_last(soort, einde):
    criterium = make_criterium(soort(delen=(registertoets(registers=("AGB",)), registertoets(registers=("VECOZO",)))))
    feiten = (registratie("AGB", tot=date(2020, 9, 1)), registratie("VECOZO", tot=date(2020, 12, 1)))
    assert judge(criterium, *feiten).houdbaar_tot == einde


def test_a_choice_with_a_part_without_end_has_no_end():
    criterium = make_criterium(EenVan(delen=(registertoets(registers=("AGB",)), verklaringtoets())))
    assert judge(criterium, registratie("AGB", tot=date(2020, 9, 1)), verklaring()).houdbaar_tot is None


def test_equivalence_shows_through_a_whole():
    criterium = make_criterium(AlleVan(delen=(documenttoets(), certificaattoets())))
    assert judge(criterium, document(), certificaat("NEN-EN 15224")).grond == "gelijkwaardig"
