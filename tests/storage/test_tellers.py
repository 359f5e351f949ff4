import pytest

from inkoop.storage.audit import check_keten
from inkoop.storage.tellers import next_nummer
from tests.storage.conftest import ACTOR, OP

BUITEN_OM = "buiten de handelingen om"


def _next(winkel, teller: str) -> int:
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("overeenkomst_opstellen", teller)
        return next_nummer(eenheid.sessie, teller)


def test_a_counter_starts_at_one_and_goes_up(winkel):
    assert [_next(winkel, "contract") for _ in range(3)] == [1, 2, 3]


def test_counters_do_not_touch_each_other(winkel):
    assert [_next(winkel, naam) for naam in ("a", "b", "a", "b", "a")] == [1, 1, 2, 2, 3]


def test_several_numbers_in_one_unit_differ(winkel):
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("overeenkomst_opstellen", "x")
        assert [next_nummer(eenheid.sessie, "a") for _ in range(3)] == [1, 2, 3]


def test_a_number_of_a_failed_unit_was_never_given(winkel):
    _next(winkel, "a")
    with pytest.raises(ZeroDivisionError), winkel.eenheid(ACTOR, OP) as eenheid:
        assert next_nummer(eenheid.sessie, "a") == 2
        1 / 0  # noqa: B018
    assert _next(winkel, "a") == 2


def test_a_counter_that_was_turned_back_is_found(winkel, sloop):
    _next(winkel, "a")
    _next(winkel, "a")
    sloop("UPDATE teller SET stand = 1")
    assert check_keten(winkel).fouten == (
        f"In 'teller' is rij a {BUITEN_OM} gewijzigd (laatst vastgelegd in regel 2: overeenkomst_opstellen, a).",
    )
