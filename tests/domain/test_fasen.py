from datetime import date
from itertools import pairwise, product

import msgspec
import pytest

from inkoop.domain.fasen import (
    OVERGANGEN,
    STAPUITKOMSTEN,
    OvergangRefusedError,
    Stapstand,
    check_overgang,
    check_stap,
    list_open_stappen,
    require_overgang,
)
from inkoop.domain.procedure import Fase, Stapsoort
from tests.domain.voorbeeldprocedure import make_procedure, make_ronde

OP = date(2019, 6, 1)
STRATEGIE = [
    Stapstand(stap="strategie", orgaan="college A", uitkomst="vastgesteld", op=date(2018, 12, 11)),
    Stapstand(stap="strategie", orgaan="college B", uitkomst="vastgesteld", op=date(2018, 12, 18)),
]
GO = Stapstand(stap="go", orgaan="overleg", uitkomst="go", op=date(2019, 5, 21))
NO_GO = Stapstand(stap="go", orgaan="overleg", uitkomst="no_go", op=date(2019, 5, 21))
PUBLICATIE = Stapstand(stap="publicatie", orgaan="platform", uitkomst="gepubliceerd", op=date(2019, 8, 1))
OPENING = Stapstand(stap="opening", orgaan="jurist", uitkomst="akkoord", op=date(2020, 4, 1))
ALLES = [*STRATEGIE, GO, PUBLICATIE, OPENING]


def overgang(standen, van=Fase.VOORBEREIDEN, naar=Fase.PUBLICEREN, op=OP, **anders):
    return [b.code for b in check_overgang(make_procedure(**anders), van, naar, standen, op=op)]


def stap(stap_id, orgaan, standen, op=OP, **anders):
    return [b.code for b in check_stap(make_procedure(), stap_id, orgaan, standen, op, **anders)]


@pytest.mark.parametrize(("van", "naar"), list(product(Fase, Fase)))
def test_only_the_next_fase_can_follow(van, naar):
    verboden = [b.code for b in check_overgang(make_procedure(), van, naar, ALLES, op=date(2020, 4, 2))]
    assert verboden == ([] if (van, naar) in set(pairwise(Fase)) else ["volgorde"])


def test_every_pair_of_fasen_that_follow_has_guards_with_a_source():
    assert set(OVERGANGEN) == set(pairwise(Fase))
    assert all(wacht.bron for wachten in OVERGANGEN.values() for wacht in wachten)


def test_with_every_step_done_the_next_fase_may_begin():
    assert overgang([*STRATEGIE, GO]) == []


def test_every_step_that_is_missing_is_named_at_once():
    assert overgang([]) == ["stap-open", "stap-open"]


def test_one_college_of_two_is_not_enough():
    (beletsel,) = check_overgang(make_procedure(), Fase.VOORBEREIDEN, Fase.PUBLICEREN, [STRATEGIE[0], GO], op=OP)
    assert beletsel.code == "stap-open"
    assert "college B" in beletsel.tekst
    assert "college A" not in beletsel.tekst


def test_what_is_recorded_later_does_not_count_yet():
    assert overgang([*STRATEGIE, GO], op=date(2019, 5, 20)) == ["stap-open"]
    assert overgang([*STRATEGIE, GO], op=date(2019, 5, 21)) == []


def test_a_no_go_stops_the_procedure_and_is_said_once():
    assert overgang([*STRATEGIE, NO_GO]) == ["no-go"]


def test_a_no_go_also_stops_a_procedure_that_is_being_published():
    standen = [*STRATEGIE, NO_GO, PUBLICATIE]
    assert overgang(standen, van=Fase.PUBLICEREN, naar=Fase.SELECTEREN, op=date(2020, 2, 3)) == ["no-go"]


def test_after_a_no_go_a_later_go_counts():
    later = Stapstand(stap="go", orgaan="overleg", uitkomst="go", op=date(2020, 5, 19))
    assert overgang([*STRATEGIE, NO_GO, later], op=date(2020, 5, 18)) == ["no-go"]
    assert overgang([*STRATEGIE, NO_GO, later], op=date(2020, 5, 19)) == []


def test_a_body_that_refused_is_named_with_its_outcome():
    tegen = Stapstand(stap="strategie", orgaan="college B", uitkomst="niet_vastgesteld", op=date(2018, 12, 18))
    (beletsel,) = check_overgang(make_procedure(), Fase.VOORBEREIDEN, Fase.PUBLICEREN, [STRATEGIE[0], tegen, GO], op=OP)
    assert "college B besloot op 18 december 2018: niet_vastgesteld" in beletsel.tekst


@pytest.mark.parametrize("keuzes", [{}, {"BP-04": " "}])
def test_a_mandatory_choice_that_is_empty_blocks_publication(keuzes):
    assert overgang([*STRATEGIE, GO], keuzes=keuzes) == ["keuze-ontbreekt"]


def test_a_choice_that_is_not_mandatory_blocks_nothing():
    assert overgang([*STRATEGIE, GO], keuzes={"BP-04": "alles bekend is"}, verplichte_keuzes=()) == []


def test_the_condition_of_bp_04_is_always_mandatory():
    assert overgang([*STRATEGIE, GO], keuzes={}, verplichte_keuzes=()) == ["keuze-ontbreekt"]


@pytest.mark.dekking("J21-xx-04", "BP-08")
def test_an_assumed_term_blocks_publication():
    looptijd = msgspec.structs.replace(make_procedure().looptijd, nader_te_bepalen=True)
    assert overgang([*STRATEGIE, GO], looptijd=looptijd) == ["looptijd-nader-te-bepalen"]


@pytest.mark.parametrize(
    ("van", "naar", "op", "verwacht"),
    [
        (Fase.PUBLICEREN, Fase.SELECTEREN, date(2020, 2, 2), ["ronde-niet-open"]),
        (Fase.PUBLICEREN, Fase.SELECTEREN, date(2020, 2, 3), []),
        (Fase.SELECTEREN, Fase.CONCRETISEREN, date(2020, 3, 31), ["stap-open", "ronde-niet-gesloten"]),
        (Fase.SELECTEREN, Fase.CONCRETISEREN, date(2020, 4, 1), []),
    ],
)
def test_the_days_of_a_round_guard_its_fasen(van, naar, op, verwacht):
    beletselen = check_overgang(make_procedure(), van, naar, ALLES, op=op, ronde=make_ronde())
    assert [beletsel.code for beletsel in beletselen] == verwacht


def test_a_refusal_carries_every_reason_and_both_fasen():
    with pytest.raises(OvergangRefusedError) as fout:
        require_overgang(make_procedure(), Fase.VOORBEREIDEN, Fase.PUBLICEREN, [], op=OP)
    assert len(fout.value.beletselen) == 2
    assert (fout.value.van, fout.value.naar) == (Fase.VOORBEREIDEN, Fase.PUBLICEREN)
    assert "Strategie" in str(fout.value)
    assert "Go" in str(fout.value)


def test_open_steps_come_in_the_order_of_the_definition():
    definitie = make_procedure()
    assert [s.id for s in list_open_stappen(definitie, Fase.VOORBEREIDEN, [])] == ["strategie", "go"]
    assert [s.id for s in list_open_stappen(definitie, Fase.VOORBEREIDEN, STRATEGIE)] == ["go"]
    assert list_open_stappen(definitie, Fase.VOORBEREIDEN, [*STRATEGIE, GO]) == ()


@pytest.mark.parametrize(
    ("stap_id", "orgaan", "standen", "verwacht"),
    [
        ("strategie", "college A", [], []),
        ("onzin", "college A", [], ["stap-onbekend"]),
        ("strategie", "raad", [], ["stap-orgaan"]),
        ("go", "overleg", STRATEGIE[:1], ["stap-te-vroeg"]),
        ("go", "overleg", STRATEGIE, []),
        ("strategie", "college A", STRATEGIE, ["stap-al-vastgelegd"]),
        ("go", "raad", [], ["stap-orgaan", "stap-te-vroeg"]),
    ],
)
def test_a_step_is_recorded_by_its_own_body_once_and_in_order(stap_id, orgaan, standen, verwacht):
    assert stap(stap_id, orgaan, standen) == verwacht


def test_a_body_that_refused_may_decide_again():
    tegen = Stapstand(stap="strategie", orgaan="college A", uitkomst="niet_vastgesteld", op=date(2018, 12, 11))
    assert stap("strategie", "college A", [tegen]) == []


def test_a_deadline_that_has_passed_is_no_obstacle():
    assert stap("go", "overleg", STRATEGIE, op=date(2019, 9, 1)) == []


@pytest.mark.parametrize("soort", Stapsoort)
def test_each_kind_of_step_knows_its_outcomes(soort):
    paar = STAPUITKOMSTEN[soort]
    assert paar.door != paar.stop


def test_an_outcome_that_does_not_belong_to_the_kind_is_refused():
    assert stap("go", "overleg", STRATEGIE, uitkomst="go") == []
    assert stap("go", "overleg", STRATEGIE, uitkomst="no_go") == []
    assert stap("go", "overleg", STRATEGIE, uitkomst="akkoord") == ["stap-uitkomst"]
