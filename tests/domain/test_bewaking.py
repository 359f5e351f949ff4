"""When a term is reported: fixed days before, what follows after, one report for all that were missed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.bewaking import (
    Bewaaktstuk,
    Plichtmeting,
    find_melding,
    guard_kwartaal,
    guard_plicht,
    guard_stuk,
    is_nagekomen,
    list_meldmomenten,
    list_peildatums,
)
from inkoop.domain.bewakingprocedure import list_procedureterms
from inkoop.domain.overeenkomstdelen import Contractplicht, Plichtgrens
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.settings import CHECKOUT

VERLOOPT = date(2020, 6, 30)
STUK = guard_stuk(
    "C-0001",
    Bewaaktstuk(naam="M-05 HKZ", geldig_tot=VERLOOPT, waarom="certificaat", bron="S3 6.1"),
    herstel_dagen=14,
    maatregel="gesprek met verslag",
)


@pytest.mark.parametrize(
    ("op", "verwacht"),
    [
        ("2020-03-31", None),
        ("2020-04-01", "-90"),
        ("2020-05-30", "-90"),
        ("2020-05-31", "-30"),
        ("2020-06-30", "-30"),
        ("2020-07-01", "+1"),
        ("2020-07-14", "+1"),
        ("2020-07-15", "+15"),
        ("2023-01-01", "+15"),
    ],
)
def test_a_certificate_is_reported_at_90_and_30_days_then_repair_then_the_measure(op: str, verwacht: str | None):
    melding = find_melding(STUK, date.fromisoformat(op))
    assert (None if melding is None else melding.sleutel.rpartition("|")[2]) == verwacht


def test_repair_and_measure_say_what_to_do():
    herstel, maatregel = (find_melding(STUK, date(2020, 7, dag)) for dag in (1, 15))
    assert herstel is not None
    assert "vraag herstel, met 14 dagen de tijd vanaf 1 juli 2020" in herstel.wat
    assert maatregel is not None
    assert "gesprek met verslag" in maatregel.wat


@given(st.dates(date(2019, 1, 1), date(2022, 1, 1)), st.integers(0, 400))
def test_looking_every_day_says_nothing_that_looking_once_would_not_end_with(begin: date, dagen: int):
    gezien = [find_melding(STUK, begin + timedelta(days=n)) for n in range(dagen + 1)]
    laatste = find_melding(STUK, begin + timedelta(days=dagen))
    assert gezien[-1] == laatste
    sleutels = [een.sleutel for een in gezien if een is not None]
    bekend = [een.sleutel for een in list_meldmomenten(STUK)]
    assert [bekend.index(een) for een in sleutels] == sorted(bekend.index(een) for een in sleutels)


def test_a_quarter_is_asked_for_after_it_ended_and_when_it_was_forgotten():
    term = guard_kwartaal("C-0001", 2020, 4, date(2020, 12, 31), jaarcontrole=["M-03"])
    assert find_melding(term, date(2020, 12, 31)) is None
    eerste = find_melding(term, date(2021, 1, 1))
    assert eerste is not None
    assert "met de jaarlijkse controle van M-03" in eerste.wat
    te_laat = find_melding(term, date(2021, 1, 31))
    assert te_laat is not None
    assert "niet vastgelegd" in te_laat.wat


PLAATSEN = Contractplicht(
    code="plaatsen", wat="plaatsen in de regio", eenheid="plaatsen", grens=Plichtgrens.TEN_MINSTE, waarde=Decimal(15),
    elke_maanden=3, bron="W21-BW-01",
)  # fmt: skip


@pytest.mark.dekking("W21-BW-01", "W21-BW-02")
@pytest.mark.parametrize(
    ("grens", "waarde", "goed"),
    [
        (Plichtgrens.TEN_MINSTE, "14.99", False),
        (Plichtgrens.TEN_MINSTE, "15", True),
        (Plichtgrens.TEN_HOOGSTE, "15", True),
        (Plichtgrens.TEN_HOOGSTE, "15.01", False),
    ],
)
def test_a_duty_is_kept_at_its_limit_and_never_rounded(grens: Plichtgrens, waarde: str, goed: bool):
    plicht = Contractplicht(code="x", wat="x", eenheid="x", grens=grens, waarde=Decimal(15), elke_maanden=3, bron="B.6")
    assert is_nagekomen(plicht, Decimal(waarde)) is goed


def test_a_duty_asks_for_each_period_and_reports_what_falls_short_until_it_is_made_good():
    ingang, dagen = date(2022, 1, 1), [date(2022, 3, 31), date(2022, 6, 30)]
    assert list(list_peildatums(PLAATSEN, ingang, ingang, date(2022, 7, 1))) == dagen
    te_laag = [Plichtmeting(plicht="plaatsen", peildatum=dagen[0], waarde=Decimal(14))]
    termen = list(guard_plicht("C-1", PLAATSEN, dagen, te_laag, maatregel="gesprek"))
    assert [een.deel for een in termen] == ["plaatsen 2022-06-30", "plaatsen tekort"]
    melding = find_melding(termen[1], date(2022, 4, 1))
    assert melding is not None
    assert "vraag herstel, anders volgt gesprek" in melding.wat
    hersteld = [*te_laag, Plichtmeting(plicht="plaatsen", peildatum=dagen[1], waarde=Decimal(15))]
    assert list(guard_plicht("C-1", PLAATSEN, dagen, hersteld, maatregel="gesprek")) == []


@pytest.mark.dekking("BP-13")
def test_an_option_is_reported_with_what_blocks_it_until_it_is_decided(hvb: Proceduredefinitie):
    op = date(2020, 2, 1)
    (optie,) = [t for t in list_procedureterms(hvb, {}, op, ()) if (t.soort, t.deel) == ("verlenging", "1")]
    assert optie.dag == date(2020, 4, 30), "the round of the option opens on 1 May"
    assert "geblokkeerd" in optie.waarom
    besloten = list_procedureterms(hvb, {1: Verlengingskeuze.VERLENGEN}, op, ())
    assert [t.deel for t in besloten if t.soort == "verlenging"] == ["2"]


def test_a_mandate_that_ends_before_the_agreements_can_is_reported_half_a_year_before(hvb: Proceduredefinitie):
    termen = [t for t in list_procedureterms(hvb, {}, date(2020, 2, 1), ()) if t.soort == "mandaat"]
    assert {t.dag for t in termen} == {date(2020, 12, 31)}
    assert find_melding(termen[0], date(2020, 7, 3)) is None
    assert find_melding(termen[0], date(2020, 7, 4)) is not None


def test_letters_that_wait_are_reported_until_they_are_out(hvb: Proceduredefinitie):
    keuze = {1: Verlengingskeuze.VERLENGEN}
    assert [t for t in list_procedureterms(hvb, keuze, date(2020, 6, 1), ()) if t.soort == "brief"] == []
    (brief,) = [t for t in list_procedureterms(hvb, keuze, date(2020, 6, 1), (1,)) if t.soort == "brief"]
    assert brief.dag == date(2020, 6, 30)


@pytest.fixture(scope="module")
def hvb() -> Proceduredefinitie:
    return load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")
