"""Ervaring: counts, periods, products."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import Ervaringsbereik, Herstelbaarheid, Per
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    COMBINATIE,
    PERCEEL_1A,
    PERCEEL_1B,
    ervaring,
    ervaringtoets,
    judge,
    make_criterium,
    make_dossier,
    run,
)

VERDUIDELIJKING = Herstelbaarheid.ALLEEN_VERDUIDELIJKING
CRITERIUM = make_criterium(ervaringtoets(), herstelbaar=VERDUIDELIJKING)
PER_CATEGORIE = make_criterium(ervaringtoets(Ervaringsbereik.PER_CATEGORIE), herstelbaar=VERDUIDELIJKING)
IB = ("IB-waakvlam", "IB-basis", "IB-extra")


def test_experience_with_every_product_of_the_perceel_is_enough():
    bevinding = judge(CRITERIUM, *(ervaring(product) for product in IB))
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert [deel.product for deel in bevinding.delen] == sorted(IB)


def test_experience_that_was_stated_and_leaves_out_a_product_falls_short():
    bevinding = judge(CRITERIUM, ervaring("IB-waakvlam", 4))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "ervaring-tekort")
    assert "IB-basis" in bevinding.toelichting
    assert "IB-extra" in bevinding.toelichting


def test_experience_that_was_not_stated_at_all_can_be_stated():
    assert judge(CRITERIUM).uitkomst is Uitkomst.HERSTELBAAR
    later = [ervaring(product, aanleiding=Aanleiding.HERSTEL) for product in IB]
    assert judge(CRITERIUM, *later).uitkomst is Uitkomst.VOLDOET


def test_experience_that_was_stated_and_falls_short_is_not_made_up_in_repair():
    later = [ervaring(product, aanleiding=Aanleiding.HERSTEL) for product in IB]
    assert judge(CRITERIUM, ervaring("IB-waakvlam"), *later).uitkomst is Uitkomst.VOLDOET_NIET


def test_silence_on_one_perceel_is_not_a_statement_on_the_other():
    dossier = make_dossier(*(ervaring(product) for product in IB), percelen=(PERCEEL_1A, PERCEEL_1B))
    een, twee = run(CRITERIUM, dossier).bevindingen
    assert (een.perceel, een.uitkomst) == ("1A", Uitkomst.VOLDOET)
    assert (twee.perceel, twee.uitkomst) == ("1B", Uitkomst.HERSTELBAAR)


def test_per_categorie_decides_per_product_whatever_per_says():
    resultaat = run(PER_CATEGORIE, make_dossier(ervaring("IB-waakvlam", 4)))
    assert PER_CATEGORIE.per is Per.PERCEEL
    assert {b.product: b.uitkomst for b in resultaat.bevindingen} == {
        "IB-waakvlam": Uitkomst.VOLDOET,
        "IB-basis": Uitkomst.VOLDOET_NIET,
        "IB-extra": Uitkomst.VOLDOET_NIET,
    }


@pytest.mark.parametrize(("clienten", "uitkomst"), [(2, Uitkomst.VOLDOET), (1, Uitkomst.VOLDOET_NIET)])
def test_the_minimum_itself_is_enough(clienten, uitkomst):
    criterium = make_criterium(ervaringtoets(minimum=2))
    assert judge(criterium, *(ervaring(product, clienten) for product in IB)).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("van", "tot", "uitkomst"),
    [
        (date(2015, 1, 1), date(2017, 3, 31), Uitkomst.VOLDOET),
        (date(2015, 1, 1), date(2017, 3, 30), Uitkomst.VOLDOET_NIET),
        (date(2020, 3, 31), date(2020, 12, 31), Uitkomst.VOLDOET),
        (date(2020, 4, 1), date(2020, 12, 31), Uitkomst.VOLDOET_NIET),
    ],
)
def test_one_day_of_overlap_with_the_reference_period_is_enough(van, tot, uitkomst):
    assert judge(CRITERIUM, *(ervaring(product, van=van, tot=tot) for product in IB)).uitkomst is uitkomst


def test_two_statements_of_one_member_may_be_about_the_same_clients():
    criterium = make_criterium(ervaringtoets(minimum=5))
    feiten = [ervaring(p, n, lid="wilgenpad") for p in IB for n in (3, 4)]
    assert judge(criterium, *feiten, leden=COMBINATIE).uitkomst is Uitkomst.VOLDOET_NIET


def test_members_of_a_combination_are_added_up():
    criterium = make_criterium(ervaringtoets(minimum=5))
    feiten = [ervaring(p, n, lid=lid) for p in IB for lid, n in (("wilgenpad", 3), ("noor", 2))]
    assert judge(criterium, *feiten, leden=COMBINATIE).uitkomst is Uitkomst.VOLDOET


def test_experience_keeps_until_the_first_product_leaves_the_reference_period():
    feiten = [
        ervaring(p, tot=tot) for p, tot in zip(IB, (date(2020, 3, 31), date(2019, 6, 1), date(2020, 1, 1)), strict=True)
    ]
    assert judge(CRITERIUM, *feiten).houdbaar_tot == date(2022, 6, 1)


def test_one_client_is_told_as_one_client():
    assert "1 cliënt in" in judge(CRITERIUM, *(ervaring(product) for product in IB)).toelichting
