"""Every row of the domain has a test, and none is open."""

from __future__ import annotations

import pytest

from tests.dekking.bladzijde import (
    BLADZIJDE,
    Rij,
    check_dekking,
    close_rijen,
    read_rijen,
    write_bladzijde,
)
from tests.dekking.verzamelen import Gevonden, collect, guess_hoe, is_alles, read_rijen_van


def make_rij(naam: str, *, deel: str = "A.3", nog_open: bool = False) -> Rij:
    return Rij(rij=naam, deel=deel, systeem="SYS", wat="iets", open=nog_open)


@pytest.fixture(scope="module")
def gevonden(request: pytest.FixtureRequest) -> Gevonden:
    return read_rijen_van(request.session) if is_alles(request.session) else collect()


@pytest.mark.slow
def test_every_row_has_a_test_or_is_open_and_every_cited_row_exists(gevonden: Gevonden) -> None:
    assert check_dekking(read_rijen(), gevonden) == []


@pytest.mark.slow
def test_the_page_is_made_from_the_tests(gevonden: Gevonden) -> None:
    assert BLADZIJDE.read_text(encoding="utf-8") == write_bladzijde(read_rijen(), gevonden), "geef ./run dekking"


@pytest.mark.parametrize(
    ("rij", "gevonden", "zegt"),
    [
        (make_rij("H19-45"), {}, "heeft geen test"),
        (make_rij("H19-45", nog_open=True), {"H19-45": {"t": "gedrag"}}, "staat op open"),
        (make_rij("H19-45", nog_open=True), {"H19-99": {"t": "gedrag"}}, "H19-99 bestaat niet"),
        (make_rij("H19-45", nog_open=True), {}, None),
        (make_rij("H19-45"), {"H19-45": {"t": "gedrag"}, "B.1.6": {"t": "gedrag"}}, None),
    ],
)
def test_a_row_without_test_a_covered_open_row_and_an_unknown_row_are_found(
    rij: Rij, gevonden: Gevonden, zegt: str | None
) -> None:
    fouten = check_dekking([rij], gevonden)
    assert (zegt is None and fouten == []) or (zegt is not None and any(zegt in fout for fout in fouten))


def test_closing_never_opens_a_row() -> None:
    rijen = [make_rij("a", nog_open=True), make_rij("b")]
    assert [rij.open for rij in close_rijen(rijen, {})] == [True, False]
    assert [rij.open for rij in close_rijen(rijen, {"a": {"t": "gedrag"}})] == [False, False]


def test_rows_that_resemble_each_other_are_printed_apart() -> None:
    tekst = write_bladzijde([make_rij("W21-BG-01", nog_open=True), make_rij("BG-01", deel="A.7", nog_open=True)], {})
    assert "| W21-BG-01 |" in tekst
    assert "| A.7 BG-01 |" in tekst


def test_no_row_of_the_domain_is_open() -> None:
    assert [rij.naam for rij in read_rijen() if rij.open] == []


def test_all_rows_of_the_domain_are_there_once() -> None:
    namen = [rij.rij for rij in read_rijen()]
    assert len(namen) == len(set(namen)) == 268


@pytest.mark.parametrize(
    ("test", "hoe"),
    [
        ("tests/documents/test_x.py::t", "tekst"),
        ("tests/definitions/t.py::t", "instelling"),
        ("tests/cli/t.py::t", "gedrag"),
    ],
)
def test_how_a_test_shows_a_row_follows_from_its_floor(test: str, hoe: str) -> None:
    assert guess_hoe(test) == hoe
