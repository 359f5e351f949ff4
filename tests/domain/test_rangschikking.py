"""Ranking: exact, the same in any order, never more than the published number, ties by what was published."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.fouten import BeletselenError
from inkoop.domain.rangschikking import (
    Plaatsing,
    Rangregels,
    Rangschikking,
    check_score,
    compute_totaal,
    draw,
    format_punten,
    place_allen,
    rank,
)
from inkoop.domain.selectie import Weegcriterium, Weegsoort

S01 = Weegcriterium(id="S-01", naam="eigen inzet", weging=Decimal(60), soort=Weegsoort.KWALITEIT, bron="F.0")
S02 = Weegcriterium(id="S-02", naam="kleine partijen", weging=Decimal(40), soort=Weegsoort.KWALITEIT, bron="F.0")
REGELS = Rangregels(criteria=(S01, S02), gelijke_stand=("S-01", "loting"), maximum=1, reservelijst=True)

Scores = dict[str, dict[str, Decimal]]


def make_scores(**paren: tuple[str, str]) -> Scores:
    return {naam: {"S-01": Decimal(een), "S-02": Decimal(twee)} for naam, (een, twee) in paren.items()}


def order(rangschikking: Rangschikking) -> list[str]:
    return [regel.kandidaat for regel in rangschikking.regels]


def codes(fout: BeletselenError) -> set[str]:
    return {beletsel.code for beletsel in fout.beletselen}


def test_a_total_is_weighed_and_never_rounded():
    assert compute_totaal((S01, S02), make_scores(a=("8.33", "7.01"))["a"]) == Decimal("7.802")
    assert format_punten(Decimal("7.802")) == "7,802"
    assert format_punten(Decimal(8)) == "8,00"


def test_a_hundredth_makes_the_difference():
    rangschikking = rank("G03", make_scores(a=("7.00", "7.00"), b=("7.00", "7.01")), REGELS)
    assert order(rangschikking) == ["b", "a"]
    assert [regel.plaatsing for regel in rangschikking.regels] == [Plaatsing.GEKOZEN, Plaatsing.RESERVE]


def test_equal_totals_are_decided_by_the_published_criterion():
    # 60% of 6 + 40% of 9 = 7,2 and 60% of 8 + 40% of 6 = 7,2
    rangschikking = rank("G03", make_scores(a=("6", "9"), b=("8", "6")), REGELS)
    assert order(rangschikking) == ["b", "a"]
    assert "de score op S-01 gaf de doorslag" in rangschikking.regels[0].uitleg
    assert rangschikking.zaad is None


def test_who_stays_equal_waits_for_a_lot_that_anybody_can_compute_again():
    gelijk = make_scores(a=("7", "7"), b=("7", "7"), c=("7", "7"))
    with pytest.raises(BeletselenError) as geweigerd:
        rank("G03", gelijk, REGELS)
    assert codes(geweigerd.value) == {"loting"}
    geloot = rank("G03", gelijk, REGELS, zaad="202107")
    assert order(geloot) == sorted(gelijk, key=lambda naam: draw("202107", "G03", naam))
    assert geloot.zaad == "202107"


def test_no_lot_is_needed_where_the_order_decides_nothing():
    ruim = msgspec.structs.replace(REGELS, maximum=2)
    assert rank("G03", make_scores(a=("7", "7"), b=("7", "7"), c=("1", "1")), ruim).zaad is None
    zonder = msgspec.structs.replace(REGELS, reservelijst=False)
    assert rank("G03", make_scores(a=("9", "9"), b=("7", "7"), c=("7", "7")), zonder).zaad is None


def test_without_a_published_lot_equals_are_not_ranked():
    zonder = msgspec.structs.replace(REGELS, gelijke_stand=("S-01",))
    with pytest.raises(BeletselenError) as geweigerd:
        rank("G03", make_scores(a=("7", "7"), b=("7", "7")), zonder, zaad="202107")
    assert codes(geweigerd.value) == {"gelijk"}


def test_every_missing_score_is_named_at_once():
    scores = {"a": {"S-01": Decimal(7)}, "b": {"S-02": Decimal(7)}}
    with pytest.raises(BeletselenError) as geweigerd:
        rank("G03", scores, REGELS)
    assert len(geweigerd.value.beletselen) == 2


@pytest.mark.parametrize(
    ("score", "mag"), [("0", True), ("10", True), ("10.01", False), ("-0.01", False), ("7.25", True), ("7.255", False)]
)
def test_a_score_runs_from_0_to_10_with_two_decimals(score: str, mag: bool):
    assert (check_score(Decimal(score)) == []) is mag


def test_where_there_is_room_for_all_nobody_is_compared():
    regels = place_allen("BW", ["b", "a"], 6).regels
    assert {(regel.plaats, regel.plaatsing, regel.scores) for regel in regels} == {(0, Plaatsing.GEKOZEN, ())}


punten = st.integers(0, 1000).map(lambda honderdsten: Decimal(honderdsten) / 100)
velden = st.dictionaries(
    st.sampled_from("abcdefgh"), st.fixed_dictionaries({"S-01": punten, "S-02": punten}), min_size=1
)


@given(scores=velden, maximum=st.integers(1, 8), zaad=st.text("0123456789", min_size=4, max_size=8), data=st.data())
def test_the_order_in_which_candidates_come_changes_nothing(
    scores: Scores, maximum: int, zaad: str, data: st.DataObject
):
    regels = msgspec.structs.replace(REGELS, maximum=maximum)
    anders = dict(data.draw(st.permutations(list(scores.items()))))
    assert rank("G03", scores, regels, zaad=zaad) == rank("G03", anders, regels, zaad=zaad)


@given(scores=velden, maximum=st.integers(1, 8), zaad=st.text("0123456789", min_size=4, max_size=8))
def test_at_most_the_published_number_is_chosen_and_nobody_better_is_left_out(scores: Scores, maximum: int, zaad: str):
    regels = rank("G03", scores, msgspec.structs.replace(REGELS, maximum=maximum), zaad=zaad).regels
    gekozen = [regel for regel in regels if regel.plaatsing is Plaatsing.GEKOZEN]
    anderen = [regel for regel in regels if regel.plaatsing is not Plaatsing.GEKOZEN]
    assert len(gekozen) == min(maximum, len(scores))
    assert all(g.totaal >= a.totaal for g in gekozen for a in anderen)
    assert [regel.plaats for regel in regels] == list(range(1, len(scores) + 1))


@given(scores=velden, kandidaat=st.sampled_from("abcdefgh"), erbij=punten, zaad=st.just("202107"))
def test_a_better_score_never_costs_a_place(scores: Scores, kandidaat: str, erbij: Decimal, zaad: str):
    if kandidaat not in scores:
        return
    beter = {**scores, kandidaat: {**scores[kandidaat], "S-01": min(Decimal(10), scores[kandidaat]["S-01"] + erbij)}}
    voor = order(rank("G03", scores, REGELS, zaad=zaad)).index(kandidaat)
    assert order(rank("G03", beter, REGELS, zaad=zaad)).index(kandidaat) <= voor
