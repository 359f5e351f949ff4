"""A day that moves takes along what must move, and a gemeente with a reservation can leave (domein 0.11, BP-17)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.procedurecontrole import check_procedure
from inkoop.domain.instroom import list_dagen
from inkoop.domain.verzetten import move_dag
from tests.domain.voorbeeldprocedure import make_procedure

FEESTDAGEN = load_feestdagen(2016, 2030)


@pytest.fixture(scope="module")
def hvb19(checkout):
    return load_procedure(checkout / "procedures" / "hvb-wmo-2019.yaml")


def move(dag, naar, definitie=None):
    return move_dag(definitie or make_procedure(), "M-2020-2", dag, naar, FEESTDAGEN)


def list_wijzigingen(verzetting):
    return {wijziging.dag: wijziging.wordt for wijziging in verzetting.wijzigingen}


def test_a_day_with_room_behind_it_moves_alone():
    verzetting = move("herstelverzoek", date(2020, 4, 7))
    assert (verzetting.wijzigingen, verzetting.beletselen) == ((), ())
    assert list_wijzigingen(move("opening", date(2020, 2, 10))) == {"opening": date(2020, 2, 10)}


def test_a_later_request_lengthens_the_time_for_repair_and_nothing_else():
    verzetting = move("herstelverzoek", date(2020, 4, 14))
    assert list_wijzigingen(verzetting) == {"herstelverzoek": date(2020, 4, 14), "herstel_tot": date(2020, 4, 28)}
    assert verzetting.beletselen == ()


def test_a_later_besluit_pushes_the_remedy_and_the_signing():
    verzetting = move("besluit", date(2020, 6, 5))
    assert list_wijzigingen(verzetting) == {
        "besluit": date(2020, 6, 5),
        "vervaltermijn": date(2020, 6, 25),
        "tekenen": date(2020, 6, 26),
    }
    assert verzetting.beletselen == ()


def test_what_no_longer_fits_before_the_start_is_refused_with_the_pair():
    verzetting = move("besluit", date(2020, 6, 12))
    assert [b.code for b in verzetting.beletselen] == ["ronde-ingang"]
    assert "na tekenen (3 juli 2020)" in verzetting.beletselen[0].tekst


def test_closing_keeps_its_hour_when_it_moves_into_winter_time():
    verzetting = move("sluiting", date(2020, 3, 27))
    sluiting = verzetting.definitie.find_ronde("M-2020-2").sluiting
    assert sluiting.isoformat() == "2020-03-27T23:59:59+01:00"


def test_a_closing_on_a_free_day_is_refused():
    assert [b.code for b in move("sluiting", date(2020, 4, 5)).beletselen] == ["ronde-sluiting"]


@pytest.mark.parametrize(("kenmerk", "dag"), [("M-2020-9", "besluit"), ("M-2020-2", "dialoog_van")])
def test_an_unknown_round_or_day_is_refused_with_what_there_is(kenmerk, dag):
    (beletsel,) = move_dag(make_procedure(), kenmerk, dag, date(2020, 6, 1), FEESTDAGEN).beletselen
    assert beletsel.code == "verzet-onbekend"
    assert "Wel: " in beletsel.tekst


@pytest.mark.dekking("BP-17")
def test_hart_van_brabant_starts_three_months_later_with_the_same_end_date(hvb19):
    verzetting = move_dag(hvb19, "H-2019", "ingang", date(2019, 4, 1), FEESTDAGEN)
    assert verzetting.beletselen == ()
    assert verzetting.definitie.looptijd.ingang == date(2019, 4, 1)
    assert verzetting.definitie.looptijd.einde_eerste_termijn == date(2020, 12, 31)
    assert list(check_procedure(verzetting.definitie, FEESTDAGEN)) == []


def test_a_move_out_of_the_mandate_is_refused(hvb19):
    (beletsel,) = [
        b
        for b in move_dag(hvb19, "H-2020", "tekenen", date(2021, 1, 4), FEESTDAGEN).beletselen
        if b.code == "verzet-mandaat"
    ]
    assert "ondertekenen" in beletsel.tekst


@given(dag=st.sampled_from(["sluiting", "herstelverzoek", "besluit", "tekenen"]), dagen=st.integers(0, 60))
def test_after_a_move_that_is_allowed_everything_stands_in_order(dag, dagen):
    definitie = make_procedure()
    oud = dict(list_dagen(definitie.find_ronde("M-2020-2")))
    verzetting = move(dag, date.fromordinal(oud[dag].toordinal() + dagen))
    if not verzetting.beletselen:
        reeks = [d for _, d in list_dagen(verzetting.definitie.find_ronde("M-2020-2"))]
        assert reeks == sorted(reeks)
    assert {w.dag for w in verzetting.wijzigingen} <= set(list(oud)[list(oud).index(dag) :])
