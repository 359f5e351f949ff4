from datetime import date

import msgspec
import pytest

from inkoop.domain.planning import plan
from inkoop.domain.procedure import Instroom
from tests.domain.voorbeeldprocedure import FEESTDAGEN, make_procedure, make_ronde


def regels_op(dag, **anders):
    return [regel for regel in plan(make_procedure(**anders), FEESTDAGEN) if regel.dag == dag]


def test_the_plan_is_in_order_of_days():
    dagen = [regel.dag for regel in plan(make_procedure(), FEESTDAGEN)]
    assert dagen == sorted(dagen)
    assert len(dagen) > 20


def test_each_line_says_what_why_and_where_it_stands():
    for regel in plan(make_procedure(), FEESTDAGEN):
        assert regel.wat.strip()
        assert regel.waarom.strip()
        assert regel.bron.strip()


def test_each_day_of_a_round_stands_in_the_plan():
    dagen = [regel.dag for regel in plan(make_procedure(), FEESTDAGEN) if regel.ronde == "M-2020-2"]
    assert dagen == [
        date(2020, 2, 3),
        date(2020, 3, 31),
        date(2020, 4, 7),
        date(2020, 4, 21),
        date(2020, 5, 15),
        date(2020, 6, 4),
        date(2020, 6, 19),
        date(2020, 7, 1),
    ]


def test_the_end_of_a_term_says_from_which_day_it_was_counted():
    (regel,) = regels_op(date(2020, 6, 4))
    assert regel.waarom == "20 kalenderdagen na het besluit van 15 mei 2020 is donderdag 4 juni 2020."
    assert regel.bron == "E.5"


@pytest.mark.parametrize(
    ("velden", "dag", "deel"),
    [
        (
            {"besluit": date(2020, 10, 12), "vervaltermijn": date(2020, 11, 2)},
            date(2020, 11, 2),
            "zondag 1 november 2020; dat is geen werkdag (zondag), dus maandag 2 november 2020.",
        ),
        (
            {"vervaltermijn": date(2020, 6, 5)},
            date(2020, 6, 5),
            "donderdag 4 juni 2020; de procedure geeft langer, tot en met vrijdag 5 juni 2020.",
        ),
    ],
)
def test_the_plan_explains_why_a_day_rolled_or_was_set_later(velden, dag, deel):
    instroom = Instroom(periodiciteit="halfjaar", rondes=(make_ronde(**velden),))
    (regel,) = [regel for regel in regels_op(dag, instroom=instroom) if "kort geding" in regel.wat]
    assert regel.waarom.endswith(deel)


def test_a_gemeente_that_joins_later_becomes_a_party_on_its_day():
    eerste, *andere = make_procedure().gemeenten
    later = msgspec.structs.replace(eerste, vanaf=date(2021, 1, 1))
    (regel,) = [r for r in regels_op(date(2021, 1, 1), gemeenten=(later, *andere)) if "partij" in r.wat]
    assert regel.wat == f"{eerste.naam} wordt partij bij de overeenkomsten"
    assert not [r for r in plan(make_procedure(), FEESTDAGEN) if "partij bij" in r.wat]


def test_notice_ends_and_maximum_stand_in_the_plan():
    assert [regel.wat for regel in regels_op(date(2021, 6, 30))] == ["laatste dag om op te zeggen vóór verlenging 1"]
    assert [regel.wat for regel in regels_op(date(2025, 12, 31))] == ["laatste mogelijke einddatum"]


def test_an_option_is_decided_on_and_not_ended_by_notice():
    looptijd = msgspec.structs.replace(make_procedure().looptijd, verlenging="optie")
    assert [regel.wat for regel in regels_op(date(2021, 6, 30), looptijd=looptijd)] == [
        "laatste dag om te besluiten over optie 1"
    ]


def test_addenda_come_in_the_years_in_which_agreements_run():
    concepten = [regel.dag for regel in plan(make_procedure(), FEESTDAGEN) if "concept" in regel.wat]
    assert concepten == [date(jaar, 10, 1) for jaar in range(2020, 2025)]


def test_the_area_tariffs_mandates_and_steps_stand_in_the_plan():
    wat = {regel.dag: regel.wat for regel in plan(make_procedure(), FEESTDAGEN)}
    assert wat[date(2023, 12, 31)] == "mandaat m-1 eindigt"
    assert wat[date(2019, 5, 31)] == "Go (fase voorbereiden)"
    assert {regel.wat for regel in regels_op(date(2021, 1, 1))} >= {
        "tarieven 2021 gaan in",
        "Helvoirt (gemeente Vught) hoort voortaan bij regio Meierij",
    }
