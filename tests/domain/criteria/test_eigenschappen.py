"""The soundness of the rules, for every kind, on directed cases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.criteria import eigenschappen
from tests.domain.criteria.generatoren import SOORTEN, gevallen


def hold(check, soort, voorbeelden=15):
    """Run one check on many cases of one kind."""

    @settings(max_examples=voorbeelden, suppress_health_check=list(HealthCheck))
    @given(gevallen(soort), st.integers(0, 1))
    def holds(geval, data):
        check(geval, data)

    holds()


@pytest.mark.parametrize("soort", SOORTEN)
def test_the_order_of_arrival_changes_no_byte(soort):
    hold(eigenschappen.check_order, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_replay_gives_the_same_bytes(soort):
    hold(eigenschappen.check_replay, soort, 5)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_receipt_written_later_has_the_bytes_of_one_written_at_once(soort):
    hold(eigenschappen.check_later, soort, 20)


@pytest.mark.parametrize("soort", SOORTEN)
def test_no_shortcut_of_the_engine_changes_an_outcome(soort):
    hold(eigenschappen.check_plain, soort, 30)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_compiled_edition_picks_what_the_rules_say(soort):
    hold(eigenschappen.check_compiled, soort, 40)


@pytest.mark.parametrize("soort", SOORTEN)
def test_more_favourable_evidence_never_worsens_an_outcome(soort):
    hold(eigenschappen.check_favourable, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_the_cited_evidence_alone_suffices(soort):
    hold(eigenschappen.check_cited, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_nothing_changes_before_houdbaar_tot(soort):
    hold(eigenschappen.check_keeps, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_percelen_are_independent(soort):
    hold(eigenschappen.check_independent, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_closing_repair_only_ends_what_was_open(soort):
    hold(eigenschappen.check_closed, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_just_enough_is_enough_and_just_short_is_not(soort):
    hold(eigenschappen.check_enough, soort, 10)


@pytest.mark.parametrize("soort", SOORTEN)
def test_what_is_asked_in_repair_can_be_given(soort):
    hold(eigenschappen.check_second_chance, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_excluded_repair_counts_nothing_of_later(soort):
    hold(eigenschappen.check_excluded, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_what_is_only_stated_carries_nothing_on_established_facts(soort):
    hold(eigenschappen.check_stated, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_whole_is_as_low_and_a_choice_as_high_as_its_parts(soort):
    hold(eigenschappen.check_all_parts, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_finding_about_one_member_rests_on_nothing_of_another(soort):
    hold(eigenschappen.check_members, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_perceel_is_as_low_as_its_findings_and_as_good_as_its_best_product(soort):
    hold(eigenschappen.check_units, soort)


@pytest.mark.parametrize("soort", SOORTEN)
def test_only_a_condition_is_met_by_what_came_for_a_condition(soort):
    hold(eigenschappen.check_condition, soort, 5)


@pytest.mark.slow
@pytest.mark.parametrize("soort", SOORTEN)
def test_every_property_holds_on_many_more_cases(soort):
    """All on the same cases: to think of a case takes longer than to check it."""

    def check_every(geval, data):
        for check in eigenschappen.CHECKS:
            check(geval, data)

    hold(check_every, soort, 150)
