"""A signal that support does not help, from the record to what finance worked in."""

from __future__ import annotations

from datetime import date

import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER
from inkoop.domain.stopsignaal import Stopuitkomst
from inkoop.services import bewaking, stopsignalen
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB, NUMMER = "hvb-wmo-2019", "HVB-2019-0001"


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2020, 3, 2)))
    return proef


def record(proef: Proef, **anders: object) -> str:
    product = proef.definitie.percelen[0].producten[0].code
    velden: dict[str, object] = {
        "gemeente": "Tilburg", "product": product, "toewijzingen": 2, "gesignaleerd_op": date(2020, 3, 2),
        "bevinding": "geen vooruitgang",
    }  # fmt: skip
    door = proef.act_as(CONTRACTMANAGER)
    return stopsignalen.record_signaal(proef.huis, door, NUMMER, **{**velden, **anders})  # type: ignore[arg-type]


def watch(proef: Proef, op: date) -> list[str]:
    """What is newly reported about signals on a day, with two runs of guarding."""
    proef.klok.set(proef.at(op, 5))
    zinnen = [
        zin
        for _ in range(2)
        for zin in bewaking.watch(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    ]
    return [zin for zin in zinnen if "-S0" in zin]


def test_a_signal_is_guarded_until_finance_worked_the_stop_in_and_nothing_is_said_twice(proef: Proef):
    kenmerk = record(proef)
    with proef.refuses("signaal-dubbel"):
        record(proef)
    assert [len(watch(proef, date(2020, 3, dag))) for dag in (3, 4, 13, 14, 17, 18)] == [1, 0, 1, 0, 1, 0]
    stopsignalen.finish_signaal(
        proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, Stopuitkomst.STOPPEN, besproken_op=date(2020, 3, 18),
        stopt_op=date(2020, 4, 1), toelichting="geen resultaat te verwachten",
    )  # fmt: skip
    # The run of a month was missed: one report, and none after it.
    assert [len(watch(proef, dag)) for dag in (date(2020, 4, 20), date(2020, 5, 20))] == [1, 0]
    stopsignalen.settle_signaal(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "boeking 88")
    watch(proef, date(2020, 5, 21))
    with proef.huis.winkel.lezen() as sessie:
        assert [een for een in bewaking.list_meldingen(sessie) if een.soort == "stopsignaal"] == []
        (signaal,) = stopsignalen.list_signalen(sessie, NUMMER)
    assert signaal.stand == "betaling stopt per 1 april 2020 (verwerkt)"
    with proef.refuses("signaal-dubbel"):
        stopsignalen.settle_signaal(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "boeking 88")


def test_a_signal_that_cannot_be_is_refused_with_all_reasons(proef: Proef):
    with proef.refuses("signaal-bevinding", "signaal-dag", "signaal-gemeente", "signaal-product", "signaal-aantal"):
        record(
            proef, bevinding=" ", gesignaleerd_op=date(2021, 1, 1), gemeente="Waalwijk", product="99", toewijzingen=0
        )
    with proef.refuses("bsn"):
        record(proef, bevinding="gaat over 111222333")
