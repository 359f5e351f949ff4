"""What papers get from a procedure file alone: gemeenten of their day, lumpsums, the note on a beschikking."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services.brieven import blokken
from inkoop.services.brieven.inkoopdocumenten import compose_programma
from inkoop.services.brieven.overeenkomst import find_tariefherziening

PROCEDURES = Path(__file__).parents[2] / "procedures"


@pytest.fixture(scope="module")
def begeleiding() -> Proceduredefinitie:
    return load_procedure(PROCEDURES / "hvb-2021-begeleiding.yaml")


def test_a_gemeente_that_joins_later_stands_in_no_paper_of_before() -> None:
    definitie = load_procedure(PROCEDURES / "hvb-wmo-2019.yaml")
    *eerder, laatste = definitie.gemeenten
    later = msgspec.structs.replace(
        definitie, gemeenten=(*eerder, msgspec.structs.replace(laatste, vanaf=date(2020, 1, 1)))
    )
    assert laatste.naam not in blokken.organisatie(later).gemeenten
    assert laatste.naam not in blokken.organisatie(later, date(2019, 12, 31)).gemeenten
    assert laatste.naam in blokken.organisatie(later, date(2020, 1, 1)).gemeenten


def test_before_the_contracts_begin_papers_name_who_takes_part_on_their_first_day() -> None:
    definitie = load_procedure(PROCEDURES / "hvb-wmo-2019.yaml")
    op = date(2018, 5, 1)
    assert blokken.organisatie(definitie, op).gemeenten == tuple(
        gemeente.naam for gemeente in definitie.gemeenten_op(definitie.looptijd.ingang)
    )


def test_an_addendum_holds_a_lumpsum_that_changes_for_its_own_perceel_only(begeleiding: Proceduredefinitie) -> None:
    was = begeleiding.tarieftabellen[0]
    eerste, *rest = was.lumpsums
    wordt = msgspec.structs.replace(
        was, versie="2024", lumpsums=(msgspec.structs.replace(eerste, bedrag=eerste.bedrag + Decimal("1.05")), *rest)
    )
    assert rest
    herziening = find_tariefherziening(begeleiding, was, wordt, {eerste.perceel: ()})
    assert herziening is not None
    assert [(r.product, r.was, r.wordt) for r in herziening.regels] == [
        (eerste.perceel, eerste.bedrag, eerste.bedrag + Decimal("1.05"))
    ]
    assert find_tariefherziening(begeleiding, was, wordt, {rest[0].perceel: ()}) is None
    assert find_tariefherziening(begeleiding, was, was, {eerste.perceel: ()}) is None


@pytest.mark.parametrize(("naam", "verwacht"), [("hvb-2021-begeleiding", True), ("meierij-2020", False)])
def test_the_programme_notes_the_formal_decision_where_support_begins_without_beschikking(
    naam: str, *, verwacht: bool
) -> None:
    definitie = load_procedure(PROCEDURES / f"{naam}.yaml")
    programma = compose_programma(definitie, kenmerk="P", versie="0.1", datum=date(2021, 6, 1))
    assert programma.geen_beschikking is verwacht


@pytest.mark.parametrize("pad", sorted(PROCEDURES.glob("*.yaml")), ids=lambda pad: pad.stem)
def test_a_figure_names_its_source_as_a_reader_knows_it(pad: Path) -> None:
    code = re.compile(r"\b(?:S[1-5] (?:L?\d)|BP-\d|regels? \d)")
    assert [cijfer.bron for cijfer in load_procedure(pad).marktcijfers if code.search(cijfer.bron)] == []
