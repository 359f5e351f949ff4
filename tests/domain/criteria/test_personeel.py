"""Personeel: numbers, qualifications, registers and the 'tenzij'."""

from datetime import date

import pytest

from inkoop.domain.criteria.dossier import AangebodenPerceel, AangebodenProduct, Registerstatus
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import judge, make_criterium, oordelen, personeel, personeeltoets

CRITERIUM = make_criterium(personeeltoets())
EEN_PRODUCT = AangebodenPerceel(code="1A", producten=(AangebodenProduct(code="IB-basis"),))
TWEE = AangebodenPerceel(code="1A", producten=(AangebodenProduct(code="IB-basis"), AangebodenProduct(code="IB-extra")))


def one(*feiten, toets=None, **keuzes):
    criterium = CRITERIUM if toets is None else make_criterium(toets)
    return judge(criterium, *feiten, percelen=(EEN_PRODUCT,), **keuzes)


def test_one_qualified_person_is_enough():
    assert one(personeel()).uitkomst is Uitkomst.VOLDOET


def test_each_product_needs_its_own_people():
    bevinding = judge(CRITERIUM, personeel("IB-basis"), percelen=(TWEE,))
    assert bevinding.uitkomst is Uitkomst.HERSTELBAAR
    assert [(deel.product, deel.uitkomst) for deel in bevinding.delen] == [
        ("IB-basis", Uitkomst.VOLDOET),
        ("IB-extra", Uitkomst.HERSTELBAAR),
    ]


def test_another_qualification_does_not_count():
    assert one(personeel(kwalificatie="mbo-2")).grond == "personeel-tekort"


@pytest.mark.parametrize(
    ("van", "tot", "uitkomst"),
    [
        (date(2020, 7, 1), None, Uitkomst.VOLDOET),
        (date(2020, 7, 2), None, Uitkomst.VOLDOET_NIET),
        (date(2019, 1, 1), date(2020, 7, 1), Uitkomst.VOLDOET),
        (date(2019, 1, 1), date(2020, 6, 30), Uitkomst.VOLDOET_NIET),
    ],
)
def test_people_must_be_there_on_the_day(van, tot, uitkomst):
    assert one(personeel(van=van, tot=tot)).uitkomst is uitkomst


def test_qualifications_are_added_up_and_statements_about_one_are_not():
    toets = personeeltoets(minimum=3)
    assert one(personeel(aantal=2), personeel(aantal=1, kwalificatie="mbo-4"), toets=toets).uitkomst is Uitkomst.VOLDOET
    assert one(personeel(aantal=2), personeel(aantal=2), toets=toets).uitkomst is Uitkomst.VOLDOET_NIET


def test_one_qualification_in_two_spellings_is_not_added_up():
    feiten = (personeel(aantal=1, kwalificatie="mbo-4"), personeel(aantal=1, kwalificatie="MBO 4"))
    assert one(*feiten, toets=personeeltoets(minimum=2)).uitkomst is Uitkomst.VOLDOET_NIET


@pytest.mark.parametrize(
    ("velden", "uitkomst"),
    [
        ({"register": "BIG", "registerstatus": Registerstatus.ACTIEF}, Uitkomst.VOLDOET),
        ({"register": "BIG", "registerstatus": Registerstatus.ONBEKEND}, Uitkomst.HERSTELBAAR),
        ({}, Uitkomst.HERSTELBAAR),
        ({"register": "BIG", "registerstatus": Registerstatus.GESCHORST}, Uitkomst.VOLDOET_NIET),
        ({"register": "SKJ", "registerstatus": Registerstatus.ACTIEF}, Uitkomst.VOLDOET_NIET),
    ],
)
def test_the_register_that_is_asked_must_be_active(velden, uitkomst):
    assert one(personeel(**velden), toets=personeeltoets(registers=("BIG",))).uitkomst is uitkomst


def test_a_tenzij_goes_to_people_even_where_the_number_is_reached():
    gewoon, uitzondering = personeel(), personeel(kwalificatie="orthopedagoog", tenzij="Werkt onder toezicht")
    bevinding = one(gewoon, uitzondering)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "tenzij")
    assert "Werkt onder toezicht." in bevinding.toelichting
    assert one(gewoon, uitzondering, oordelen=oordelen(True, gewoon, uitzondering)).uitkomst is Uitkomst.VOLDOET
    assert one(gewoon, uitzondering, oordelen=oordelen(False, gewoon, uitzondering)).uitkomst is Uitkomst.VOLDOET_NIET


def test_people_keep_until_too_few_are_left():
    toets = personeeltoets(minimum=2)
    feiten = (
        personeel(aantal=1, tot=date(2021, 1, 31)),
        personeel(aantal=1, kwalificatie="mbo-4", tot=date(2020, 9, 30)),
    )
    assert one(*feiten, toets=toets).houdbaar_tot == date(2020, 9, 30)
    assert one(*feiten, personeel(aantal=2), toets=toets).houdbaar_tot is None
