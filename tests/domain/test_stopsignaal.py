"""No cure, no more pay: the talk in time, the stop never backwards, each step reported once."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.bewaking import find_melding
from inkoop.domain.stopsignaal import Stopsignaal, Stopuitkomst, check_afronding, guard_signaal, has_stopregel
from inkoop.settings import CHECKOUT

DAG = date(2020, 3, 2)
SIGNAAL = Stopsignaal(
    kenmerk="HVB-2019-0001-S01",
    contractnummer="HVB-2019-0001",
    gemeente="Tilburg",
    product="5a-2",
    toewijzingen=2,
    gesignaleerd_op=DAG,
)
GESTOPT = msgspec.structs.replace(
    SIGNAAL, uitkomst=Stopuitkomst.STOPPEN, besproken_op=date(2020, 3, 10), stopt_op=date(2020, 4, 1)
)


def list_gemeld(signaal: Stopsignaal, van: date, tot: date) -> list[tuple[date, str]]:
    """On which day each report is made when somebody looks every day; a report with a known key is not made again."""
    gemeld: dict[str, tuple[date, str]] = {}
    for n in range((tot - van).days + 1):
        op = van + timedelta(days=n)
        for term in guard_signaal(signaal):
            moment = find_melding(term, op)
            if moment is not None:
                gemeld.setdefault(moment.sleutel, (op, moment.rol))
    return list(gemeld.values())


def test_a_signal_is_reported_at_once_three_days_before_and_when_nobody_talked():
    assert list_gemeld(SIGNAAL, DAG, date(2020, 6, 1)) == [
        (DAG, "contractmanager"),
        (date(2020, 3, 13), "contractmanager"),
        (date(2020, 3, 17), "contractmanager"),
    ]


def test_a_stop_is_reported_once_to_finance_also_after_a_missed_run_and_not_after_it_was_worked_in():
    assert list_gemeld(GESTOPT, date(2020, 3, 10), date(2020, 6, 1)) == [(date(2020, 3, 10), "financien")]
    assert list_gemeld(GESTOPT, date(2020, 5, 1), date(2020, 6, 1)) == [(date(2020, 5, 1), "financien")]
    assert list(guard_signaal(msgspec.structs.replace(GESTOPT, verwerkt=True))) == []


@pytest.mark.parametrize("uitkomst", [Stopuitkomst.DOORGAAN, Stopuitkomst.BIJSTELLEN])
def test_support_that_goes_on_asks_for_nothing_more(uitkomst):
    assert list(guard_signaal(msgspec.structs.replace(SIGNAAL, uitkomst=uitkomst, besproken_op=DAG))) == []


@pytest.mark.parametrize(
    ("uitkomst", "besproken", "stopt", "codes"),
    [
        (Stopuitkomst.STOPPEN, date(2020, 3, 10), date(2020, 3, 12), []),
        (Stopuitkomst.STOPPEN, date(2020, 3, 10), date(2020, 3, 11), ["signaal-terug"]),
        (Stopuitkomst.STOPPEN, date(2020, 3, 10), None, ["signaal-stop"]),
        (Stopuitkomst.DOORGAAN, date(2020, 3, 10), None, []),
        (Stopuitkomst.DOORGAAN, date(2020, 3, 1), date(2020, 4, 1), ["signaal-besproken", "signaal-stop"]),
        (Stopuitkomst.BIJSTELLEN, date(2020, 3, 12), None, ["signaal-besproken"]),
    ],
)
def test_payment_never_stops_backwards_and_only_with_a_stop(uitkomst, besproken, stopt, codes):
    gevonden = check_afronding(SIGNAAL, uitkomst, besproken, stopt, date(2020, 3, 11))
    assert [een.code for een in gevonden] == codes


def test_a_signal_is_concluded_once():
    gevonden = check_afronding(GESTOPT, Stopuitkomst.DOORGAAN, date(2020, 3, 10), None, date(2020, 3, 11))
    assert [een.code for een in gevonden] == ["signaal-stand"]


def test_the_rule_holds_for_what_is_paid_by_result_and_for_nothing_else():
    hvb = load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")
    meierij = load_procedure(CHECKOUT / "procedures" / "meierij-2020.yaml")
    assert all(has_stopregel(hvb, een.code) for perceel in hvb.percelen for een in perceel.producten)
    assert not any(has_stopregel(meierij, een.code) for perceel in meierij.percelen for een in perceel.producten)
