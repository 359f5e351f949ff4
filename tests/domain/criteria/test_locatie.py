"""Locatie: dated regions, places that move, availability."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import Gebied, Peilmoment, Regiotabel
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    PEILDATUMS,
    PERCEEL_1C,
    judge,
    locatie,
    locatietoets,
    make_criterium,
    make_dossier,
    make_editie,
    run,
)

CRITERIUM = make_criterium(locatietoets())


def on(dag):
    return PEILDATUMS | {Peilmoment.INGANG: dag}


def test_a_location_in_the_region_is_enough():
    assert judge(CRITERIUM, locatie("Schijndel", "Meierijstad")).uitkomst is Uitkomst.VOLDOET


def test_a_location_outside_the_region_falls_short():
    bevinding = judge(CRITERIUM, locatie("Boxtel", "Boxtel"), percelen=(PERCEEL_1C,))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "locatie-buiten-regio")
    assert "Boxtel" in bevinding.toelichting
    assert "1 juli 2020" in bevinding.toelichting


def test_without_a_location_one_can_still_be_shown():
    assert judge(CRITERIUM).uitkomst is Uitkomst.HERSTELBAAR


def test_a_location_with_another_function_says_nothing():
    assert judge(CRITERIUM, locatie("Vught", "Vught", functie="dagbesteding")).uitkomst is Uitkomst.HERSTELBAAR


def test_one_location_in_the_region_is_enough():
    feiten = (locatie("Boxtel", "Boxtel"), locatie("Vught", "Vught"))
    bevinding = judge(CRITERIUM, *feiten)
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert bevinding.bewijs == feiten[1].bewijs


@pytest.mark.dekking("M20-02")
@pytest.mark.parametrize(
    ("dag", "uitkomst"), [(date(2020, 12, 31), Uitkomst.VOLDOET_NIET), (date(2021, 1, 1), Uitkomst.VOLDOET)]
)
@pytest.mark.parametrize("gemeente", ["Haaren", "Vught"])
def test_helvoirt_joins_the_region_on_the_first_of_january_2021(dag, uitkomst, gemeente):
    assert judge(CRITERIUM, locatie("Helvoirt", gemeente), peildatums=on(dag)).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("van", "tot", "uitkomst"),
    [
        (date(2020, 7, 1), None, Uitkomst.VOLDOET),
        (date(2020, 7, 2), None, Uitkomst.VOLDOET_NIET),
        (date(2019, 1, 1), date(2020, 7, 1), Uitkomst.VOLDOET),
        (date(2019, 1, 1), date(2020, 6, 30), Uitkomst.VOLDOET_NIET),
    ],
)
def test_a_location_must_be_available_on_the_day(van, tot, uitkomst):
    bevinding = judge(CRITERIUM, locatie("Vught", "Vught", van=van, tot=tot))
    assert bevinding.uitkomst is uitkomst
    if uitkomst is Uitkomst.VOLDOET_NIET:
        assert bevinding.grond == "locatie-niet-beschikbaar"


def test_a_location_keeps_until_it_or_its_region_ends():
    assert judge(CRITERIUM, locatie("Vught", "Vught", tot=date(2021, 3, 1))).houdbaar_tot == date(2021, 3, 1)
    assert judge(CRITERIUM, locatie("Vught", "Vught")).houdbaar_tot is None


def test_evidence_of_before_a_border_change_may_name_the_old_gemeente():
    regio = Regiotabel(
        naam="meierij", bron="proef", gebieden=(Gebied(gemeente="Vught", plaats="Helvoirt", van=date(2021, 1, 1)),)
    )
    editie = make_editie(CRITERIUM)
    editie = type(editie)(**{veld: getattr(editie, veld) for veld in editie.__struct_fields__} | {"regios": (regio,)})
    oud = locatie("Helvoirt", "Haaren", ontvangen_op=date(2020, 12, 31))
    nieuw = locatie("Helvoirt", "Haaren", ontvangen_op=date(2021, 1, 1))
    dag = on(date(2021, 7, 1))
    assert run(editie, make_dossier(oud), peildatums=dag).bevindingen[0].uitkomst is Uitkomst.VOLDOET
    assert run(editie, make_dossier(nieuw), peildatums=dag).bevindingen[0].uitkomst is Uitkomst.VOLDOET_NIET
