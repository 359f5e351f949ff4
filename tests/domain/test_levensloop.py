"""The life of a procedure: nothing after its last day, every month counted, every rule asked on its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.levensloop import Levensloop, Levenssoort, count_werklast
from inkoop.domain.levensloopspel import play_levensloop
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.settings import CHECKOUT

FEESTDAGEN = load_feestdagen(2015, 2040)
PROCEDURES = sorted((CHECKOUT / "procedures").glob("*.yaml"))


def load(naam: str) -> Proceduredefinitie:
    return load_procedure(CHECKOUT / "procedures" / f"{naam}.yaml")


def play(definitie: Proceduredefinitie) -> Levensloop:
    return play_levensloop(definitie, FEESTDAGEN)


@pytest.mark.parametrize("pad", PROCEDURES, ids=lambda pad: pad.stem)
def test_a_procedure_lives_until_its_last_possible_end_date_and_not_longer(pad: Path):
    definitie = load_procedure(pad)
    loop = play(definitie)
    (einde,) = [een for een in loop.gebeurtenissen if een.soort is Levenssoort.EINDE]
    assert einde.dag == definitie.looptijd.max_einddatum == loop.einde
    assert [e.wat for e in loop.gebeurtenissen if e.dag > loop.einde] == []


@pytest.mark.parametrize("pad", PROCEDURES, ids=lambda pad: pad.stem)
def test_the_workload_counts_every_act_once_and_every_month_between(pad: Path):
    loop = play(load_procedure(pad))
    werklast = count_werklast(loop)
    geteld = sum(aantal for per_rol in werklast.values() for aantal in per_rol.values())
    assert geteld == sum(een.handelingen for een in loop.gebeurtenissen if een.rol is not None)
    eerste, laatste = loop.gebeurtenissen[0].dag, loop.gebeurtenissen[-1].dag
    assert len(werklast) == (laatste.year - eerste.year) * 12 + laatste.month - eerste.month + 1


OPVOLGER = Mandaat(
    id="opvolger",
    functie="gemandateerde portefeuillehouder in het portefeuillehoudersoverleg",
    namens=("Dongen", "Gilze-en-Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Oisterwijk", "Tilburg"),
    onderwerpen=("toelating", "afwijzing", "ondertekenen", "addendum", "verlenging"),
    geldig_van=date(2020, 1, 1),
    geldig_tot=date(2022, 12, 31),
    grondslag="de opvolger van het bestuursakkoord",
    volmacht_burgemeester=True,
)


@pytest.mark.dekking("BP-13", "H19-05")
def test_an_extension_beyond_the_bestuursakkoord_is_blocked_until_a_successor_mandate_is_there():
    definitie = load("hvb-wmo-2019")
    zonder = play(definitie)
    geblokkeerd = [e.wat.split(",")[0] for e in zonder.schendingen if e.soort is Levenssoort.VERLENGING]
    assert geblokkeerd == ["besluiten over optie 1", "besluiten over optie 2"]
    assert zonder.zeker_tot == date(2020, 12, 31)
    met = play(msgspec.structs.replace(definitie, mandaten=(*definitie.mandaten, OPVOLGER)))
    assert met.schendingen == ()
    assert met.zeker_tot == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("tot", "zeker"), [(date(2022, 12, 31), date(2022, 12, 31)), (date(2021, 12, 31), date(2021, 12, 31))]
)
def test_a_successor_covers_only_the_extensions_that_begin_within_it(tot: date, zeker: date):
    definitie = load("hvb-wmo-2019")
    opvolger = msgspec.structs.replace(OPVOLGER, geldig_tot=tot)
    assert play(msgspec.structs.replace(definitie, mandaten=(*definitie.mandaten, opvolger))).zeker_tot == zeker


@pytest.mark.dekking("E.5")
def test_the_decision_on_an_option_comes_before_the_round_that_needs_it_opens():
    loop = play(load("hvb-wmo-2019"))
    besluit = next(e.dag for e in loop.gebeurtenissen if e.wat.startswith("besluiten over optie 1"))
    opening = next(e.dag for e in loop.gebeurtenissen if e.wat == "H-2021: ronde gaat open")
    assert (besluit, opening) == (date(2020, 4, 30), date(2020, 5, 1))


@pytest.mark.dekking("H19-55")
def test_each_year_has_an_addendum_cycle_with_three_reminders():
    loop = play(load("hvb-wmo-2019"))
    wat = [(e.dag, e.wat) for e in loop.gebeurtenissen if "addenda voor 2020" in e.wat]
    assert [dag for dag, _ in wat] == [
        date(2019, 10, 1),
        date(2019, 11, 17),
        date(2019, 11, 24),
        date(2019, 11, 30),
        date(2019, 12, 1),
        date(2020, 1, 1),
    ]


@pytest.mark.dekking("H19-45")
def test_a_gemeente_can_join_until_the_day_before_the_first_of_may():
    loop = play(load("hvb-wmo-2019"))
    dagen = [e.dag for e in loop.gebeurtenissen if e.soort is Levenssoort.AANHAAK]
    assert dagen == [date(2019, 4, 30), date(2020, 4, 30), date(2021, 4, 30)]


def test_a_signing_after_ninety_days_is_a_warning_and_no_violation():
    loop = play(load("hvb-wmo-2019"))
    assert [e.dag for e in loop.waarschuwingen][:2] == [date(2018, 9, 13), date(2019, 9, 15)]
    assert all(e.soort is not Levenssoort.HERINNERING for e in loop.schendingen)
