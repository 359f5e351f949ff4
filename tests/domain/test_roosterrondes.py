"""Rounds computed backwards from their start hold the same invariants as typed ones (E.5, M20-41)."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.domain.herleiding import describe_herleiding
from inkoop.domain.instroom import check_ronde, list_dagen
from inkoop.domain.kalender import is_werkdag, local_date
from inkoop.domain.rooster import Rooster
from inkoop.domain.roosterrondes import check_rooster, compute_rondes, trace_ronde
from inkoop.domain.termijnen import end_of_vervaltermijn
from tests.domain.voorbeeldprocedure import TERMIJNEN

FEESTDAGEN = load_feestdagen(2015, 2035)


def make_rooster(**anders):
    rooster = Rooster(
        voorvoegsel="M",
        ingangsdagen=("01-01", "07-01"),
        eerste_ingang=date(2020, 7, 1),
        laatste_ingang=date(2021, 7, 1),
        sluitingstijd="23:59:59",
        venster_dagen=56,
        vragen_dagen=7,
        nota_dagen_voor_sluiting=14,
        herstelverzoek_dagen=7,
        beoordeling_dagen=45,
        tekentermijn_dagen=12,
        criteria_editie="2020-1",
        bron="E.5",
    )
    return msgspec.structs.replace(rooster, **anders)


DIALOOG = {"dialoog_dagen": 80, "voorstel_dagen": 10, "beoordeling_dagen": 28}


@pytest.mark.dekking("M20-41")
def test_half_yearly_intake_gives_two_rounds_a_year():
    rondes = compute_rondes(make_rooster(), TERMIJNEN, FEESTDAGEN)
    assert [(r.kenmerk, r.ingang) for r in rondes] == [
        ("M-2020-2", date(2020, 7, 1)),
        ("M-2021-1", date(2021, 1, 1)),
        ("M-2021-2", date(2021, 7, 1)),
    ]


def test_a_round_counts_back_from_its_start():
    ronde = compute_rondes(make_rooster(), TERMIJNEN, FEESTDAGEN)[0]
    assert ronde.tekenen == date(2020, 6, 19)
    assert ronde.besluit == date(2020, 5, 29)
    assert ronde.vervaltermijn == date(2020, 6, 18)
    assert ronde.sluiting.isoformat() == "2020-04-14T23:59:59+02:00"
    assert ronde.nota == date(2020, 3, 31)


@pytest.mark.parametrize(
    ("ingang", "sluiting"),
    [(date(2021, 5, 1), "2021-02-15T12:00:00+01:00"), (date(2021, 11, 1), "2021-08-16T12:00:00+02:00")],
)
def test_closing_is_the_same_hour_in_winter_and_in_summer(ingang, sluiting):
    rooster = make_rooster(
        ingangsdagen=(ingang.strftime("%m-%d"),), eerste_ingang=ingang, laatste_ingang=ingang, sluitingstijd="12:00:00"
    )
    (ronde,) = compute_rondes(rooster, TERMIJNEN, FEESTDAGEN)
    assert ronde.sluiting.isoformat() == sluiting


@given(
    ingang=st.dates(date(2019, 1, 1), date(2030, 12, 31)),
    venster=st.integers(30, 120),
    beoordeling=st.integers(30, 90),
    tekenen=st.integers(1, 60),
    nota=st.integers(12, 25),
    dialoog=st.booleans(),
)
def test_every_computed_round_can_stand(ingang, venster, beoordeling, tekenen, nota, dialoog):
    maanddag = ingang.strftime("%m-%d")
    if maanddag == "02-29":
        return
    rooster = make_rooster(
        ingangsdagen=(maanddag,),
        eerste_ingang=ingang,
        laatste_ingang=ingang,
        venster_dagen=max(venster, nota + 15),
        nota_dagen_voor_sluiting=nota,
        beoordeling_dagen=beoordeling,
        tekentermijn_dagen=tekenen,
        **({"dialoog_dagen": 60, "voorstel_dagen": 14} if dialoog else {}),
    )
    assert check_rooster(rooster) == []
    (ronde,) = compute_rondes(rooster, TERMIJNEN, FEESTDAGEN)
    assert check_ronde(ronde, TERMIJNEN, FEESTDAGEN) == []


@given(ingang=st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_the_besluit_is_the_last_working_day_whose_remedy_ends_before_signing(ingang):
    spoor = trace_ronde(ingang, make_rooster(), TERMIJNEN, FEESTDAGEN)
    tekenen, besluit = spoor["tekenen"].dag, spoor["besluit"].dag
    assert end_of_vervaltermijn(TERMIJNEN, besluit, FEESTDAGEN) <= tekenen
    later = besluit + timedelta(days=1)
    while not is_werkdag(later, FEESTDAGEN):
        later += timedelta(days=1)
    assert end_of_vervaltermijn(TERMIJNEN, later, FEESTDAGEN) > tekenen


def test_each_day_says_from_where_it_was_counted():
    spoor = trace_ronde(date(2020, 7, 1), make_rooster(), TERMIJNEN, FEESTDAGEN)
    assert (
        describe_herleiding(spoor["tekenen"])
        == "12 kalenderdagen vóór de ingang (1 juli 2020) is vrijdag 19 juni 2020."
    )
    ronde = compute_rondes(make_rooster(), TERMIJNEN, FEESTDAGEN)[0]
    assert set(spoor) == {naam for naam, _ in list_dagen(ronde)} - {"ingang"}


def test_a_dialogue_stands_between_selection_and_proposal():
    rooster = make_rooster(
        ingangsdagen=("01-01",), eerste_ingang=date(2022, 1, 1), laatste_ingang=date(2022, 1, 1), **DIALOOG
    )
    (ronde,) = compute_rondes(rooster, TERMIJNEN, FEESTDAGEN)
    dagen = [naam for naam, _ in list_dagen(ronde)]
    assert dagen.index("selectie_vervaltermijn") < dagen.index("dialoog_van") < dagen.index("voorstel_tot")
    assert check_ronde(ronde, TERMIJNEN, FEESTDAGEN) == []


@pytest.mark.parametrize(
    ("velden", "sleutel"),
    [
        ({"ingangsdagen": ()}, "ingangsdagen"),
        ({"ingangsdagen": ("02-29",)}, "ingangsdagen"),
        ({"ingangsdagen": ("01-01", "01-01")}, "ingangsdagen"),
        ({"ingangsdagen": ("08-15",)}, "ingangsdagen"),
        ({"sluitingstijd": "24:00:00"}, "sluitingstijd"),
        ({"sluitingstijd": "12:00"}, "sluitingstijd"),
        ({"laatste_ingang": date(2019, 1, 1)}, "laatste_ingang"),
        ({"venster_dagen": 0}, "venster_dagen"),
        ({"dialoog_dagen": 10}, "dialoog_dagen"),
        ({"voorstel_dagen": -1}, "dialoog_dagen"),
    ],
)
def test_a_rooster_that_gives_nothing_says_why(velden, sleutel):
    if velden == {"ingangsdagen": ("08-15",)}:
        velden = {**velden, "laatste_ingang": date(2020, 8, 14)}
    assert {b.code for b in check_rooster(make_rooster(**velden))} == {f"rooster-{sleutel}"}


def test_a_nota_too_close_to_closing_is_refused_with_the_pair():
    ronde = compute_rondes(make_rooster(nota_dagen_voor_sluiting=5), TERMIJNEN, FEESTDAGEN)[0]
    assert [b.code for b in check_ronde(ronde, TERMIJNEN, FEESTDAGEN)] == ["ronde-nota"]


def test_without_dialogue_those_selected_have_three_weeks_for_a_proposal():
    ronde = compute_rondes(make_rooster(voorstel_dagen=14), TERMIJNEN, FEESTDAGEN)[0]
    assert check_ronde(ronde, TERMIJNEN, FEESTDAGEN) == []
    assert ronde.dialoog_van is None
    assert (local_date(ronde.voorstel_tot) - ronde.selectie_vervaltermijn).days >= 21
