"""How dates, amounts and lists read in Dutch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from inkoop.documents.filters import (
    FilterwaardeError,
    format_aantal,
    format_bedrag,
    format_dag,
    format_datum,
    format_opsomming,
    format_tijdstip,
)


def test_a_day_is_written_with_its_month_in_dutch() -> None:
    assert format_datum(date(2020, 3, 31)) == "31 maart 2020"


def test_a_day_can_carry_its_weekday() -> None:
    assert format_dag(date(2020, 3, 31)) == "dinsdag 31 maart 2020"


def test_an_instant_is_written_to_the_second_in_amsterdam_time() -> None:
    assert format_tijdstip(datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC)) == "1 april 2020 om 00:00:30 uur"


def test_the_day_of_an_instant_is_its_day_in_amsterdam() -> None:
    assert format_datum(datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC)) == "1 april 2020"


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(FilterwaardeError, match="tijdzone"):
        format_tijdstip(datetime(2020, 3, 31, 12, 0))


def test_an_amount_has_two_decimals_and_a_euro_sign() -> None:
    assert format_bedrag(Decimal("1234.5")) == "€\u00a01.234,50"


def test_a_part_of_a_cent_is_refused_rather_than_rounded() -> None:
    with pytest.raises(FilterwaardeError, match="hele centen"):
        format_bedrag(Decimal("0.005"))


@pytest.mark.parametrize("waarde", [1.5, "12", True, Decimal("NaN"), None])
def test_what_is_no_exact_number_is_no_amount(waarde: object) -> None:
    with pytest.raises(FilterwaardeError, match="'bedrag' verwacht een getal"):
        format_bedrag(waarde)


@pytest.mark.parametrize(("waarde", "tekst"), [(1234, "1.234"), (Decimal("3.25"), "3,25"), (0, "0")])
def test_a_number_keeps_all_its_decimals(waarde: object, tekst: str) -> None:
    assert format_aantal(waarde) == tekst


@pytest.mark.parametrize(
    ("delen", "tekst"), [(["a", "b", "c"], "a, b en c"), (["a", "b"], "a en b"), (["a"], "a"), ([], "")]
)
def test_a_list_reads_as_a_sentence(delen: list[str], tekst: str) -> None:
    assert format_opsomming(delen) == tekst


@pytest.mark.parametrize("waarde", ["abc", 3, [date(2020, 1, 1)], [True]])
def test_a_text_or_a_list_of_other_things_is_no_opsomming(waarde: object) -> None:
    with pytest.raises(FilterwaardeError):
        format_opsomming(waarde)
