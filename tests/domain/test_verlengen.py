"""Extensions: the exact next one, in time, in order, under a mandate that also covers its first day."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.bewakingprocedure import explain_mandaat
from inkoop.domain.looptijd import list_verlengingen
from inkoop.domain.procedure import Mandaat
from inkoop.domain.verlengen import (
    Verlengingskeuze,
    check_besluit,
    check_optieronde,
    describe_stand,
    einddatum_na,
    next_verlenging,
)
from inkoop.settings import CHECKOUT

JA, NEE = Verlengingskeuze.VERLENGEN, Verlengingskeuze.NIET_VERLENGEN
POHO = "gemandateerde portefeuillehouder in het portefeuillehoudersoverleg"


@pytest.fixture(scope="module")
def hvb19():
    return load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")


@pytest.fixture(scope="module")
def meierij():
    return load_procedure(CHECKOUT / "procedures" / "meierij-2020.yaml")


def with_opvolger(definitie, tot=date(2022, 12, 31)):
    opvolger = Mandaat(
        id="opvolger",
        functie=POHO,
        namens=tuple(g.code for g in definitie.gemeenten),
        onderwerpen=("verlenging",),
        geldig_van=date(2021, 1, 1),
        geldig_tot=tot,
        grondslag="opvolger",
        volmacht_burgemeester=True,
    )
    return msgspec.structs.replace(definitie, mandaten=(*definitie.mandaten, opvolger))


def ask(definitie, nummer=1, keuze=JA, tot=None, eerder=None, op=date(2020, 6, 1), functie=POHO):
    return [b.code for b in check_besluit(definitie, nummer, keuze, tot, eerder or {}, functie=functie, op=op)]


@pytest.mark.dekking("BP-13", "H19-40")
def test_an_option_past_the_akkoord_waits_for_the_successor_mandate(hvb19):
    assert set(ask(hvb19)) == {"mandaat-verlopen"}
    assert ask(with_opvolger(hvb19)) == []


@pytest.mark.dekking("H19-40")
@pytest.mark.parametrize(("tot", "codes"), [(date(2021, 12, 31), []), (date(2021, 6, 30), ["verlenging-duur"])])
def test_only_the_exact_end_date_passes(hvb19, tot, codes):
    assert ask(with_opvolger(hvb19), tot=tot) == codes


def test_the_last_day_to_decide_is_in_time_and_the_next_is_not(hvb19):
    uiterlijk = list_verlengingen(hvb19.looptijd)[0].uiterlijk
    assert ask(with_opvolger(hvb19), op=uiterlijk) == []
    later = date.fromordinal(uiterlijk.toordinal() + 1)
    assert "verlenging-te-laat" in ask(with_opvolger(hvb19), op=later)


@pytest.mark.parametrize(
    ("nummer", "eerder", "code"),
    [
        (1, {1: JA}, "verlenging-besloten"),
        (2, {}, "verlenging-volgorde"),
        (2, {1: NEE}, "verlenging-gestopt"),
        (3, {1: JA, 2: JA}, "verlenging-onbekend"),
    ],
)
def test_options_go_in_order_and_once(hvb19, nummer, eerder, code):
    assert code in ask(with_opvolger(hvb19), nummer=nummer, eerder=eerder)


def test_somebody_else_s_post_cannot_extend(hvb19):
    assert "mandaat-functie" in ask(with_opvolger(hvb19), functie="wethouder sport")


def test_agreements_without_extension_cannot_be_extended(hvb19):
    looptijd = msgspec.structs.replace(
        hvb19.looptijd,
        verlenging="geen",
        verlenging_maanden=0,
        aantal_opties=None,
        max_einddatum=hvb19.looptijd.einde_eerste_termijn,
    )
    assert ask(msgspec.structs.replace(hvb19, looptijd=looptijd)) == ["verlenging-geen"]


@pytest.mark.dekking("M20-32")
def test_a_tacit_renewal_needs_no_decision_and_can_be_stopped_in_time(meierij):
    functie = meierij.mandaten[0].functie
    op = date(2021, 6, 30)
    assert "verlenging-stilzwijgend" in ask(meierij, op=op, functie=functie)
    assert ask(meierij, keuze=NEE, op=op, functie=functie) == []
    assert "verlenging-te-laat" in ask(meierij, keuze=NEE, op=date(2021, 7, 1), functie=functie)


@pytest.mark.dekking("H19-43", "M20-32")
def test_the_end_date_follows_what_was_decided(hvb19, meierij):
    assert einddatum_na(hvb19, {}, date(2021, 6, 1)) == date(2020, 12, 31)
    assert einddatum_na(hvb19, {1: JA}, date(2020, 6, 1)) == date(2021, 12, 31)
    assert einddatum_na(hvb19, {1: JA, 2: NEE}, date(2021, 6, 1)) == date(2021, 12, 31)
    assert einddatum_na(meierij, {}, date(2021, 6, 30)) == date(2021, 12, 31)
    assert einddatum_na(meierij, {}, date(2021, 7, 1)) == date(2022, 12, 31)
    assert einddatum_na(meierij, {2: NEE}, date(2025, 1, 1)) == date(2022, 12, 31)


def test_where_an_extension_stands_is_said_in_words(hvb19, meierij):
    een, twee = list_verlengingen(hvb19.looptijd)
    assert describe_stand(hvb19, een, {}, date(2020, 6, 1)) == "nog te besluiten"
    assert describe_stand(hvb19, een, {}, date(2020, 12, 1)) == "niet uitgeoefend"
    assert describe_stand(hvb19, een, {1: NEE}, date(2020, 12, 1)) == "niet verlengen"
    assert describe_stand(hvb19, twee, {1: NEE}, date(2020, 12, 1)) == "vervalt"
    assert describe_stand(meierij, list_verlengingen(meierij.looptijd)[0], {}, date(2021, 7, 1)) == (
        "stilzwijgend verlengd"
    )


def test_the_next_extension_is_the_first_without_a_decision(hvb19, meierij):
    assert next_verlenging(hvb19, [1], date(2021, 1, 1)).nummer == 2
    assert next_verlenging(hvb19, [1, 2], date(2021, 1, 1)) is None
    assert next_verlenging(meierij, [], date(2021, 7, 1)).nummer == 2


def test_a_round_of_an_option_is_held_only_when_it_was_exercised(hvb19):
    ronde = next(r for r in hvb19.instroom.rondes if r.alleen_bij_optie == 1)
    assert [b.code for b in check_optieronde(ronde, {})] == ["ronde-optie"]
    assert [b.code for b in check_optieronde(ronde, {1: NEE})] == ["ronde-optie"]
    assert check_optieronde(ronde, {1: JA}) == []
    assert check_optieronde(hvb19.instroom.rondes[0], {}) == []


def with_eigen_colleges(definitie, zonder=()):
    """Each college mandates its own portefeuillehouder, and nobody decides for another gemeente."""
    mandaten = tuple(
        Mandaat(
            id=f"college-{g.code}",
            functie=f"portefeuillehouder {g.naam}",
            namens=(g.code,),
            onderwerpen=("verlenging", "opzegging"),
            geldig_van=date(2019, 1, 1),
            geldig_tot=date(2020, 12, 31) if g.code in zonder else date(2022, 12, 31),
            grondslag="collegebesluit",
            volmacht_burgemeester=True,
        )
        for g in definitie.gemeenten
    )
    return msgspec.structs.replace(definitie, mandaten=mandaten)


@pytest.mark.parametrize("keuze", [JA, NEE])
def test_mandates_that_together_cover_all_gemeenten_are_enough(hvb19, keuze):
    eerste = hvb19.gemeenten[0]
    assert ask(with_eigen_colleges(hvb19), keuze=keuze, functie=f"portefeuillehouder {eerste.naam}") == []
    assert "mandaat-functie" in ask(with_eigen_colleges(hvb19), keuze=keuze, functie="wethouder sport")


def test_one_college_without_successor_blocks_the_option_of_all_and_is_named(hvb19):
    laatste = hvb19.gemeenten[-1]
    definitie = with_eigen_colleges(hvb19, zonder=(laatste.code,))
    redenen = check_besluit(
        definitie, 1, JA, None, {}, functie=f"portefeuillehouder {hvb19.gemeenten[0].naam}", op=date(2020, 6, 1)
    )
    assert [reden.code for reden in redenen] == ["mandaat-gemeente"]
    assert laatste.code in redenen[0].tekst
    assert "geblokkeerd" in explain_mandaat(definitie, list_verlengingen(definitie.looptijd)[0])


def test_the_guard_explains_a_block_by_the_rule_of_the_act(hvb19):
    eerste = list_verlengingen(hvb19.looptijd)[0]
    assert explain_mandaat(with_eigen_colleges(hvb19), eerste) == ""
    assert "geblokkeerd" in explain_mandaat(hvb19, eerste)
