"""Like cases alike: which earlier judgement is like, and which differ from a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from inkoop.domain.precedent import Precedent, compare_kenmerken, find_precedenten, list_afwijkend

AUDIT = frozenset({"certificaat:Kwaliteit laat je zien", "scope:dagbesteding", "geaccrediteerd:False"})


def make(aanmelding: str, *, ja: bool, kenmerken: frozenset[str] = AUDIT, uur: int = 9) -> Precedent:
    return Precedent(
        aanmelding=aanmelding,
        criterium="M-03",
        ja=ja,
        kenmerken=kenmerken,
        antwoorden={},
        redenen=("Het rapport is van een onafhankelijke partij.",),
        op=datetime(2020, 4, 1, uur, tzinfo=UTC),
    )


def find(*precedenten: Precedent, criterium: str = "M-03", kenmerken: frozenset[str] = AUDIT) -> list[str]:
    gevonden = find_precedenten(precedenten, aanmelding="nieuw", criterium=criterium, kenmerken=kenmerken)
    return [een.aanmelding for _, een in gevonden]


def test_the_most_like_comes_first_and_then_the_latest():
    half = frozenset({"certificaat:Kwaliteit laat je zien", "scope:dagbesteding", "geaccrediteerd:True", "scope:zorg"})
    vroeg, laat, minder = make("a", ja=True), make("b", ja=True, uur=10), make("c", ja=True, kenmerken=half)
    assert find(minder, vroeg, laat) == ["b", "a"]
    assert compare_kenmerken(AUDIT, half) == 0.4


def test_its_own_judgement_another_criterium_or_other_evidence_is_no_precedent():
    assert find(make("nieuw", ja=True)) == []
    assert find(make("a", ja=True), criterium="M-05") == []
    assert find(make("a", ja=True), kenmerken=frozenset({"certificaat:ISO 27001"})) == []
    assert find(make("a", ja=True, kenmerken=frozenset()), kenmerken=frozenset()) == []


def test_only_judgements_the_other_way_round_are_a_warning():
    paren = find_precedenten(
        [make("a", ja=True), make("b", ja=False)], aanmelding="n", criterium="M-03", kenmerken=AUDIT
    )
    assert [een.aanmelding for een in list_afwijkend(paren, ja=False)] == ["a"]
    assert [een.aanmelding for een in list_afwijkend(paren, ja=True)] == ["b"]
