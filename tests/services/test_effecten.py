"""A new edition held against the played round: who falls, on what, and what can still be handed in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER
from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    Documenttoets,
    Getaltoets,
    Moment,
    Peilmoment,
    Toepassingsbereik,
)
from inkoop.domain.criteria.effect import Effectsoort
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import effecten
from inkoop.services.effecten import Aanmeldingseffect, Overgeslagen, Positie
from inkoop.services.huis import NietGevondenError
from inkoop.settings import CHECKOUT
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, read_alles

OP = date(2020, 9, 1)


@pytest.fixture
def besloten(begin: Begin) -> Proef:
    """The round with every besluit taken."""
    return begin("addendum_tekenen")


def load() -> Criteriaset:
    return bootstrap.load_criteriaset(CHECKOUT / "criteria" / "meierij-wmo" / "2020-1.yaml")


def add(editie: Criteriaset, **anders: object) -> Criteriaset:
    """The edition with one criterium more, made from its last one."""
    nieuw = msgspec.structs.replace(editie.criteria[-1], id="N-01", alleen=Toepassingsbereik(), **anders)
    return msgspec.structs.replace(editie, criteria=(*editie.criteria, nieuw))


def measure(proef: Proef, editie: Criteriaset, op: date = OP) -> list[Aanmeldingseffect]:
    uitkomsten = effecten.list_effecten(proef.huis, proef.act_as(INKOPER), editie, op)
    return [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Aanmeldingseffect)]


def effects(gemeten: list[Aanmeldingseffect]) -> set[Effectsoort]:
    return {perceel.effect for regel in gemeten for perceel in regel.percelen}


PLAN = Documenttoets(document="plan-dat-nog-niemand-heeft", peilmoment=Peilmoment.BESLUIT, op_naam=False)
PLAATSEN = Getaltoets(grootheid="plaatsen", peilmoment=Peilmoment.BESLUIT, minimum=Decimal(1))


def test_the_same_edition_changes_nothing_for_anybody_and_writes_nothing(besloten: Proef):
    voor = read_alles(besloten.huis.winkel.map)
    gemeten = measure(besloten, load())
    assert {regel.positie for regel in gemeten} == {Positie.TOEGELATEN}
    assert effects(gemeten) == {Effectsoort.ONGEWIJZIGD}
    assert [reden for regel in gemeten for perceel in regel.percelen for reden in perceel.redenen] == []
    assert read_alles(besloten.huis.winkel.map) == voor


def test_a_new_yearly_demand_can_still_be_met_by_who_is_admitted(besloten: Proef):
    gemeten = measure(besloten, add(load(), toets=PLAN, momenten=(Moment.TOELATING, Moment.JAARLIJKS)))
    assert gemeten
    assert effects(gemeten) == {Effectsoort.KAN_HERSTELLEN}
    redenen = {r.criterium: r.nog_mogelijk for g in gemeten for p in g.percelen for r in p.redenen}
    assert list(redenen) == ["N-01"]
    assert "plan dat nog niemand heeft" in redenen["N-01"][0]


def test_a_demand_that_counts_only_at_admission_does_not_touch_who_is_admitted(besloten: Proef):
    gemeten = measure(besloten, add(load(), toets=PLAN, momenten=(Moment.TOELATING, Moment.BIJ_WIJZIGING)))
    assert effects(gemeten) == {Effectsoort.ONGEWIJZIGD}


def test_a_continuous_demand_without_repair_makes_everybody_fall(besloten: Proef):
    nee = type(load().criteria[0].herstelbaar)("nee")
    editie = add(load(), toets=PLAATSEN, momenten=(Moment.DOORLOPEND,), herstelbaar=nee)
    gemeten = measure(besloten, editie)
    assert effects(gemeten) == {Effectsoort.VALT_UIT}
    assert {len(r.nog_mogelijk) for g in gemeten for p in g.percelen for r in p.redenen} == {0}


def test_a_demand_for_one_perceel_leaves_the_others_alone(besloten: Proef):
    editie = load()
    nieuw: Criterium = msgspec.structs.replace(
        editie.criteria[-1],
        id="N-01",
        per=type(editie.criteria[0].per)("perceel"),
        alleen=Toepassingsbereik(percelen=("1A",)),
        toets=PLAN,
        momenten=(Moment.JAARLIJKS,),
    )
    gemeten = measure(besloten, msgspec.structs.replace(editie, criteria=(*editie.criteria, nieuw)))
    per_perceel = {(p.perceel, p.effect) for g in gemeten for p in g.percelen}
    assert ("1A", Effectsoort.KAN_HERSTELLEN) in per_perceel
    assert {effect for perceel, effect in per_perceel if perceel != "1A"} == {Effectsoort.ONGEWIJZIGD}


def test_an_open_aanmelding_is_tested_in_its_own_round(begin: Begin):
    proef = begin("ronde_openen")
    uitkomsten = list(effecten.list_effecten(proef.huis, proef.act_as(INKOPER), load(), OP))
    assert [type(uitkomst) for uitkomst in uitkomsten] == [Overgeslagen]
    assert uitkomsten[0].aantal > 0
    assert "nog niet door twee mensen geopend" in uitkomsten[0].reden

    beoordeeld = begin("feiten_vaststellen")
    gemeten = measure(beoordeeld, add(load(), toets=PLAN, momenten=(Moment.TOELATING,)))
    assert {regel.positie for regel in gemeten} == {Positie.OPEN}
    assert Effectsoort.KAN_HERSTELLEN in effects(gemeten)


def test_who_may_not_read_aanmeldingen_sees_no_effect(besloten: Proef):
    with pytest.raises(GeenToegangError):
        list(effecten.list_effecten(besloten.huis, besloten.act_as(GEMANDATEERDE), load(), OP))


def test_a_set_that_no_procedure_uses_and_an_edition_that_does_not_fit_are_refused(besloten: Proef):
    with pytest.raises(NietGevondenError, match="meierij-wmo"):
        measure(besloten, msgspec.structs.replace(load(), set="andere"))
    with pytest.raises(BeletselenError, match="past niet bij procedure"):
        measure(besloten, msgspec.structs.replace(load(), wet="jeugdwet"))
