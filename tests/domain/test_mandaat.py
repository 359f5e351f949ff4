from datetime import date

import pytest

from inkoop.domain.mandaat import check_mandaat, list_mandaten
from tests.domain.voorbeeldprocedure import make_mandaat

FUNCTIE = "wethouder sociaal domein"


def codes(mandaten, **anders):
    vraag = {"functie": FUNCTIE, "onderwerp": "toelating", "namens": ["Vught"], "op": date(2020, 5, 15), **anders}
    return [beletsel.code for beletsel in check_mandaat(mandaten, **vraag)]


@pytest.mark.parametrize(
    ("op", "verwacht"),
    [
        (date(2018, 12, 31), ["mandaat-nog-niet-geldig"]),
        (date(2019, 1, 1), []),
        (date(2023, 12, 31), []),
        (date(2024, 1, 1), ["mandaat-verlopen"]),
    ],
)
def test_a_mandate_holds_from_its_first_up_to_and_including_its_last_day(op, verwacht):
    assert codes([make_mandaat()], op=op) == verwacht


@pytest.mark.parametrize(
    ("op", "onderwerpen", "functie", "aantal"),
    [
        (date(2018, 12, 31), {"toelating"}, None, 0),
        (date(2019, 1, 1), {"toelating"}, None, 1),
        (date(2023, 12, 31), {"toelating", "verlenging"}, FUNCTIE, 1),
        (date(2024, 1, 1), {"toelating"}, None, 0),
        (date(2020, 5, 15), {"verlenging"}, None, 0),
        (date(2020, 5, 15), {"toelating"}, "inkoper", 0),
    ],
)
def test_a_letter_rests_on_the_mandates_in_force_that_day_for_that_subject_and_post(op, onderwerpen, functie, aantal):
    assert len(list_mandaten([make_mandaat()], onderwerpen, op, functie)) == aantal


def test_another_function_has_no_mandate():
    assert codes([make_mandaat()], functie="inkoper") == ["mandaat-functie"]


def test_another_subject_is_not_covered_and_the_reason_says_what_is():
    (beletsel,) = check_mandaat(
        [make_mandaat()], functie=FUNCTIE, onderwerp="verlenging", namens=["Vught"], op=date(2020, 5, 15)
    )
    assert beletsel.code == "mandaat-onderwerp"
    assert "toelating" in beletsel.tekst


def test_a_gemeente_that_gave_no_mandate_is_named():
    beletselen = check_mandaat(
        [make_mandaat()], functie=FUNCTIE, onderwerp="toelating", namens=["Vught", "Haaren"], op=date(2020, 5, 15)
    )
    assert [beletsel.code for beletsel in beletselen] == ["mandaat-gemeente"]
    assert "Haaren" in beletselen[0].tekst


def test_every_gemeente_that_is_not_covered_gives_a_reason_of_its_own():
    assert codes([make_mandaat()], namens=["Vught", "Meierijstad"], op=date(2024, 1, 1)) == ["mandaat-verlopen"] * 2


def test_two_mandates_of_two_colleges_together_cover_both_gemeenten():
    twee = [make_mandaat(namens=("Vught",)), make_mandaat(id="m-2", namens=("Meierijstad",))]
    assert codes(twee, namens=["Vught", "Meierijstad"]) == []


def test_deciding_needs_no_volmacht_and_signing_does():
    zonder = [make_mandaat(volmacht_burgemeester=False)]
    assert codes(zonder) == []
    assert codes(zonder, tekenen=True) == ["mandaat-volmacht"]
    assert codes([make_mandaat()], tekenen=True) == []


def test_a_volmacht_in_an_expired_mandate_does_not_help():
    oud = make_mandaat(geldig_tot=date(2019, 12, 31))
    nieuw = make_mandaat(id="m-2", geldig_van=date(2020, 1, 1), volmacht_burgemeester=False)
    assert codes([oud, nieuw], tekenen=True) == ["mandaat-volmacht"]


def test_between_two_mandates_the_later_one_is_said_to_begin():
    oud = make_mandaat(geldig_tot=date(2019, 12, 31))
    later = make_mandaat(id="m-2", geldig_van=date(2021, 1, 1))
    assert codes([oud, later]) == ["mandaat-nog-niet-geldig"]


def test_acting_for_nobody_is_refused():
    assert codes([make_mandaat()], namens=[]) == ["mandaat-namens"]


def test_without_any_mandate_nobody_may_act():
    assert codes([]) == ["mandaat-functie"]
