"""Where the public catalogue begins: at A, or at the letter of the day when every procedure asks for that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inkoop.domain.samenwerking import Catalogusvolgorde, find_beginletter

A, W = Catalogusvolgorde.ALFABETISCH, Catalogusvolgorde.WILLEKEURIG


@pytest.mark.parametrize("volgordes", [[], [A], [A, W], [W, A, W]])
def test_one_procedure_that_asks_for_the_alphabet_keeps_the_list_at_a(volgordes):
    assert find_beginletter(volgordes, date(2020, 1, 2)) == ""


def test_over_a_year_every_letter_comes_first_and_a_day_always_gives_the_same():
    dagen = [date(2020, 1, 1) + timedelta(days=n) for n in range(366)]
    letters = [find_beginletter([W, W], dag) for dag in dagen]
    assert set(letters) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert letters == [find_beginletter([W], dag) for dag in dagen]
