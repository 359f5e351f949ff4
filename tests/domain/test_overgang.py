"""Until when support runs on after agreements ended."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.overeenkomstdelen import Overgang, Overgangswijze
from inkoop.domain.overgang import Clientstand, end_of_zorg, limit_overgang, list_verplichtingen

EINDE = date(2022, 6, 30)


def make_overgang(uiterste: date | None) -> Overgang:
    wijze = Overgangswijze.EINDE_BESCHIKKING if uiterste is None else Overgangswijze.UITERSTE_DATUM
    return Overgang(
        wijze=wijze, uiterste_datum=uiterste, per_gemeente=False, alleen_zelfde_aanbieder=False, bron="S2 L172-174"
    )


def stand(gemeente: str, clienten: int, laatste: date, peildatum: date = date(2022, 7, 1)) -> Clientstand:
    return Clientstand(gemeente=gemeente, peildatum=peildatum, clienten=clienten, laatste=laatste)


@pytest.mark.dekking("SP-13", "WO-14", "JD-13", "VV-12")
@pytest.mark.parametrize(
    ("uiterste", "laatste", "verwacht"),
    [
        (date(2022, 12, 31), date(2022, 12, 30), date(2022, 12, 30)),
        (date(2022, 12, 31), date(2023, 5, 1), date(2022, 12, 31)),
        (None, date(2029, 5, 1), date(2029, 5, 1)),
    ],
)
def test_support_ends_with_its_beschikking_and_at_the_last_possible_day(uiterste, laatste, verwacht):
    standen = [stand("Tilburg", 4, laatste)]
    assert end_of_zorg(make_overgang(uiterste), EINDE, standen, ["Tilburg"]) == verwacht


def test_a_last_day_before_the_end_of_these_agreements_was_meant_for_those_before_them():
    assert limit_overgang(make_overgang(date(2022, 12, 31)), date(2026, 12, 31)) is None
    assert limit_overgang(make_overgang(date(2022, 12, 31)), date(2022, 12, 31)) == date(2022, 12, 31)


def test_the_last_day_is_not_known_until_every_gemeente_counted_on_or_after_the_end():
    overgang, gemeenten = make_overgang(None), ["Dongen", "Tilburg"]
    vroeg = [stand("Dongen", 0, EINDE, date(2022, 6, 29)), stand("Tilburg", 1, date(2023, 1, 1))]
    assert end_of_zorg(overgang, EINDE, vroeg, gemeenten) is None
    op_tijd = [*vroeg, stand("Dongen", 0, EINDE, EINDE)]
    assert end_of_zorg(overgang, EINDE, op_tijd, gemeenten) == date(2023, 1, 1)


def test_without_clients_it_ends_with_the_agreement():
    assert end_of_zorg(None, EINDE, [stand("Tilburg", 0, date(2022, 7, 1))], ["Tilburg"]) == EINDE


def test_what_runs_on_is_said_per_gemeente_with_what_is_not_counted_yet():
    een, ander = list_verplichtingen(
        make_overgang(None), EINDE, [stand("Tilburg", 4, date(2023, 1, 1))], ["Dongen", "Tilburg"]
    )
    assert (een.tot, ander.tot) == (None, date(2023, 1, 1))
    assert "nog niet vastgelegd" in een.waarom
    assert "4 cliënten" in ander.waarom


@given(st.dates(min_value=EINDE), st.none() | st.dates())
def test_support_never_ends_before_the_agreement_or_after_what_is_possible(laatste: date, uiterste: date | None):
    einde = end_of_zorg(make_overgang(uiterste), EINDE, [stand("T", 2, laatste, EINDE)], ["T"])
    assert einde is not None
    assert EINDE <= einde <= max(laatste, EINDE)
    grens = limit_overgang(make_overgang(uiterste), EINDE)
    assert grens is None or einde <= grens
