from datetime import date

import msgspec
import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.fasen import Stapstand
from inkoop.domain.instroom import check_ronde, list_dagen
from inkoop.domain.looptijd import check_looptijd
from inkoop.domain.uitstel import apply_uitstel, count_uitstel, shift_jaar
from tests.domain.voorbeeldprocedure import FEESTDAGEN, TERMIJNEN, make_procedure, make_ronde, make_stap


def no_go(orgaan="overleg", op=date(2019, 5, 21)):
    return Stapstand(stap="go", orgaan=orgaan, uitkomst="no_go", op=op)


def test_every_planned_day_moves_a_year():
    later = shift_jaar(make_procedure(), FEESTDAGEN)
    ronde = later.find_ronde("M-2020-2")
    assert (ronde.opening, ronde.ingang) == (date(2021, 2, 3), date(2021, 7, 1))
    assert ronde.sluiting.isoformat() == "2021-03-31T23:59:59+02:00"
    assert (later.looptijd.ingang, later.looptijd.max_einddatum) == (date(2021, 1, 1), date(2026, 12, 31))
    assert [tabel.ingang for tabel in later.tarieftabellen] == [date(2021, 1, 1), date(2022, 1, 1)]
    assert [stap.uiterlijk for stap in later.stappen if stap.uiterlijk] == [date(2020, 5, 31)]


def test_a_besluit_that_would_fall_on_a_saturday_is_taken_on_friday_and_its_term_rolls_forward():
    ronde = shift_jaar(make_procedure(), FEESTDAGEN).find_ronde("M-2020-2")
    assert ronde.besluit == date(2021, 5, 14)
    assert ronde.vervaltermijn == date(2021, 6, 4)


def test_a_term_that_would_end_on_a_sunday_ends_on_monday():
    definitie = make_procedure()
    ronde = make_ronde(herstel_tot=date(2020, 4, 24))
    definitie = msgspec.structs.replace(
        definitie, instroom=msgspec.structs.replace(definitie.instroom, rondes=(ronde,))
    )
    assert shift_jaar(definitie, FEESTDAGEN).find_ronde("M-2020-2").herstel_tot == date(2021, 4, 26)


def test_what_is_a_fact_stays_where_it_is():
    definitie = make_procedure()
    later = shift_jaar(definitie, FEESTDAGEN)
    assert later.mandaten == definitie.mandaten
    assert later.geografie == definitie.geografie
    assert later.tarieftabellen[0].vastgesteld_op == definitie.tarieftabellen[0].vastgesteld_op
    assert [r.kenmerk for r in later.instroom.rondes] == ["M-2020-2", "M-2021-1"]


def test_a_shifted_planning_can_stand():
    later = shift_jaar(make_procedure(), FEESTDAGEN)
    assert check_looptijd(later.looptijd) == []
    for ronde in later.instroom.rondes:
        assert check_ronde(ronde, TERMIJNEN, FEESTDAGEN) == []


def test_another_planning_has_another_hash_and_the_same_planning_the_same():
    een, twee = (shift_jaar(make_procedure(), FEESTDAGEN) for _ in range(2))
    assert een.hash == twee.hash != make_procedure().hash


@pytest.mark.parametrize(
    ("standen", "jaren"),
    [
        ([], 0),
        ([no_go()], 1),
        ([no_go(), no_go("college A")], 1),
        ([no_go(), no_go(op=date(2020, 5, 19))], 2),
        ([Stapstand(stap="go", orgaan="overleg", uitkomst="go", op=date(2019, 5, 21))], 0),
        ([Stapstand(stap="strategie", orgaan="college A", uitkomst="no_go", op=date(2019, 5, 21))], 0),
    ],
)
def test_each_no_go_of_one_body_moves_the_planning_one_year(standen, jaren):
    definitie = make_procedure()
    assert count_uitstel(definitie, standen) == jaren
    verschoven = apply_uitstel(definitie, standen, FEESTDAGEN)
    assert verschoven.looptijd.ingang == date(2020 + jaren, 1, 1)


def test_the_29th_of_february_becomes_the_28th():
    stap = make_stap("s", make_procedure().stappen[0].fase, make_procedure().stappen[0].soort, "x")
    stap = msgspec.structs.replace(stap, uiterlijk=date(2020, 2, 29))
    assert shift_jaar(make_procedure(stappen=(stap,)), FEESTDAGEN).stappen[0].uiterlijk == date(2021, 2, 28)


def test_a_no_go_moves_the_days_of_selection_and_dialogue_too(checkout):
    definitie = load_procedure(checkout / "procedures" / "hvb-2021-begeleiding.yaml")
    verschoven = shift_jaar(definitie, load_feestdagen(2020, 2026))
    voor, na = definitie.instroom.rondes[0], verschoven.instroom.rondes[0]
    assert [naam for naam, _ in list_dagen(voor)] == [naam for naam, _ in list_dagen(na)]
    assert {dag.year - dict(list_dagen(voor))[naam].year for naam, dag in list_dagen(na)} == {1}
    assert check_ronde(na, verschoven.termijnen, load_feestdagen(2020, 2026)) == []
