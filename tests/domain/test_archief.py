"""How long a file is kept, and what keeps it longer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.archief import (
    STANDAARD,
    Archiefdossier,
    Bewaarregel,
    Dossiersoort,
    Waardering,
    begin_na,
    check_regels,
    find_regel,
    is_standaard,
)
from inkoop.domain.bewakingafloop import guard_archief, guard_telling, guard_zorg


def make_regel(soort: Dossiersoort, jaren: int, waardering: Waardering = Waardering.VERNIETIGEN) -> Bewaarregel:
    return Bewaarregel(soort=soort, waardering=waardering, jaren=jaren, bron="de archivaris")


def make_dossier(vanaf: date | None = date(2020, 5, 15), **anders: object) -> Archiefdossier:
    velden: dict[str, object] = {"open": "loopt nog", **anders}
    return Archiefdossier(
        naam="M-1-A001", soort=Dossiersoort.AFWIJZING, procedure="p", ronde="M-1",
        regel=STANDAARD[Dossiersoort.AFWIJZING], vanaf=vanaf, **velden,
    )  # type: ignore[arg-type]  # fmt: skip


def test_a_rejection_is_kept_to_the_last_day_of_its_fifth_year_and_is_free_the_day_after():
    dossier = make_dossier()
    assert (dossier.tot, dossier.vrij_op) == (date(2025, 5, 15), date(2025, 5, 16))
    assert not dossier.is_vrij(date(2025, 5, 15))
    assert dossier.is_vrij(date(2025, 5, 16))


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"vast": ("geschil",)}, "archief-vast"),
        ({"lijst": "O-0001"}, "archief-overgebracht"),
        ({"vanaf": None}, "archief-open"),
    ],
)
def test_what_is_held_transferred_or_not_over_is_never_free(anders: dict[str, object], code: str):
    dossier = make_dossier(**anders)  # type: ignore[arg-type]
    assert not dossier.is_vrij(date(2999, 1, 1))
    assert [b.code for b in dossier.list_beletselen(date(2999, 1, 1))] == [code]


def test_a_term_that_nobody_set_says_so_and_one_that_was_set_names_who_did():
    assert "niet vastgesteld" in make_dossier().describe_grond()
    gezet = find_regel([make_regel(Dossiersoort.AFWIJZING, 3)], Dossiersoort.AFWIJZING)
    assert not is_standaard(gezet)
    assert is_standaard(find_regel([], Dossiersoort.AFWIJZING))


@pytest.mark.parametrize(
    ("regels", "codes"),
    [
        ([make_regel(Dossiersoort.OVEREENKOMST, 10)], ["bewaarregel-toelating"]),
        ([make_regel(Dossiersoort.OVEREENKOMST, 10), make_regel(Dossiersoort.TOELATING, 10)], []),
        ([make_regel(Dossiersoort.OVEREENKOMST, 7, Waardering.BEWAREN)], ["bewaarregel-toelating"]),
        ([make_regel(Dossiersoort.AFWIJZING, 1), make_regel(Dossiersoort.AFWIJZING, 2)], ["bewaarregel-dubbel"]),
        ([make_regel(Dossiersoort.AFWIJZING, -1)], ["bewaarregel-jaren"]),
    ],
)
def test_rules_that_cannot_be_are_refused(regels: list[Bewaarregel], codes: list[str]):
    assert [b.code for b in check_regels(regels)] == codes


@given(st.lists(st.none() | st.dates()))
def test_a_term_never_begins_before_the_last_event_or_while_one_is_not_known(dagen: list[date | None]):
    begin = begin_na(dagen)
    if not dagen or None in dagen:
        assert begin is None
    else:
        assert begin == max(dag for dag in dagen if dag is not None)


def test_what_became_free_in_a_year_is_asked_for_in_january_after_it_once_a_year():
    (term,) = guard_archief("p", [make_dossier(), make_dossier(vanaf=date(2020, 1, 2))], date(2027, 1, 1))
    assert (term.dag, term.deel) == (date(2026, 1, 31), "2025")
    assert "(2 te vernietigen)" in term.wat
    assert list(guard_archief("p", [make_dossier(vast=("geschil",))], date(2027, 1, 1))) == []


def test_the_count_after_the_end_is_asked_until_each_gemeente_did_it_and_the_last_support_is_announced():
    (term,) = guard_telling("C-1", date(2022, 12, 31), ["Dongen"])
    assert term.dag == date(2023, 1, 30)
    assert list(guard_telling("C-1", date(2022, 12, 31), [])) == []
    (zorg,) = guard_zorg("C-1", date(2022, 12, 31), date(2023, 9, 30), "B.6")
    assert (zorg.dag, zorg.herinner) == (date(2023, 9, 30), (90, 30))
    assert list(guard_zorg("C-1", date(2022, 12, 31), date(2022, 12, 31), "B.6")) == []
