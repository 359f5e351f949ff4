"""What holds up an award, and what never does."""

from __future__ import annotations

from datetime import date

import pytest

from inkoop.domain.geschil import (
    Geschil,
    Geschilsoort,
    Geschiluitkomst,
    check_opschorting,
    end_of_gestanddoening,
    end_of_klacht,
    is_opschortend,
)

KORT_GEDING = Geschil(kenmerk="BG-2021-G01", soort=Geschilsoort.KORT_GEDING, percelen=("G03",))


def codes(*, percelen: tuple[str, ...] = ("G03",), geschil: Geschil = KORT_GEDING, selectie: bool = True) -> list[str]:
    gevonden = check_opschorting(
        selectie=selectie,
        percelen=percelen,
        geschillen=[geschil],
        vervaldata=[date(2021, 12, 6)],
        op=date(2021, 12, 7),
    )
    return [beletsel.code for beletsel in gevonden]


def test_a_pending_kort_geding_holds_up_its_own_perceel_only():
    assert codes() == ["kort-geding"]
    assert codes(percelen=("G04",)) == []


def test_without_selection_nothing_is_ever_held_up():
    assert codes(selectie=False) == []


@pytest.mark.parametrize(
    ("uitkomst", "hervat", "houdt_op"),
    [
        (None, False, True),
        (Geschiluitkomst.AFGEWEZEN, False, False),
        (Geschiluitkomst.INGETROKKEN, False, False),
        (Geschiluitkomst.TOEGEWEZEN, False, True),
        (Geschiluitkomst.TOEGEWEZEN, True, False),
    ],
)
def test_after_a_judgment_for_the_summoner_the_perceel_waits_until_it_is_resumed(
    uitkomst: Geschiluitkomst | None, hervat: bool, houdt_op: bool
):
    geschil = Geschil(kenmerk="G", soort=Geschilsoort.KORT_GEDING, percelen=(), uitkomst=uitkomst, hervat=hervat)
    assert is_opschortend(geschil) is houdt_op
    assert (codes(geschil=geschil) == ["kort-geding"]) is houdt_op


def test_a_complaint_holds_up_nothing():
    assert codes(geschil=Geschil(kenmerk="G", soort=Geschilsoort.KLACHT, percelen=())) == []


@pytest.mark.parametrize(("op", "loopt"), [(date(2021, 12, 6), True), (date(2021, 12, 7), False)])
def test_the_term_stands_in_the_way_to_its_last_day_included(op: date, loopt: bool):
    gevonden = check_opschorting(selectie=True, percelen=("G03",), geschillen=[], vervaldata=[date(2021, 12, 6)], op=op)
    assert [beletsel.code for beletsel in gevonden] == (["termijn"] if loopt else [])


def test_a_complaint_is_decided_within_six_weeks():
    assert end_of_klacht(date(2020, 5, 20)) == date(2020, 7, 1)


@pytest.mark.parametrize(
    ("vonnis", "tot"),
    [
        (None, date(2021, 9, 29)),
        (date(2021, 9, 15), date(2021, 9, 29)),
        (date(2021, 9, 16), date(2021, 9, 30)),
    ],
)
def test_an_offer_stands_ninety_days_and_fourteen_after_a_judgment(vonnis: date | None, tot: date):
    assert end_of_gestanddoening(date(2021, 7, 1), 90, vonnis) == tot
