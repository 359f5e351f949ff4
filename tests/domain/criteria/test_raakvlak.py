"""Which facts a criterium looks at."""

from datetime import date

import pytest

from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit, Herkomst
from inkoop.domain.criteria.raakvlak import looks_at
from tests.scenarios.spelers import SCENARIOS, find_criterium

FEITEN = [
    feit for _, scenario in [SCENARIOS["M4a"]] for stuk in scenario.aanmelding.bewijsstukken for feit in stuk.feiten
]


@pytest.mark.parametrize(
    ("criterium", "soort", "naam"),
    [
        ("M-06", "Documentfeit", "klachtenregeling"),
        ("M-03", "Certificaatfeit", None),
        ("M-05", "Certificaatfeit", None),
        ("U-01", "Verklaringfeit", "uea"),
    ],
)
def test_a_criterium_looks_at_facts_of_its_kind_and_name_only(criterium: str, soort: str, naam: str | None):
    gezien = [feit for feit in FEITEN if looks_at(find_criterium("meierij-wmo", criterium), feit)]
    assert gezien
    assert {type(feit).__name__ for feit in gezien} == {soort}
    if naam is not None:
        namen = {getattr(feit, "document", None) or getattr(feit, "verklaring", None) for feit in gezien}
        assert {str(een).lower() for een in namen} == {naam}


def test_a_fact_of_another_member_is_not_looked_at():
    criterium = find_criterium("meierij-wmo", "M-11")
    leden = {feit.lid for feit in FEITEN if isinstance(feit, Documentfeit) and looks_at(criterium, feit)}
    assert len(leden) > 1
    (een, *_) = sorted(leden - {None})
    eigen = [feit for feit in FEITEN if isinstance(feit, Documentfeit) and looks_at(criterium, feit, een)]
    assert {feit.lid for feit in eigen} <= {een, None}


def test_spelling_of_a_name_makes_no_other_document():
    feit = Documentfeit(
        id="F1", lid=None, bewijs=("x",), herkomst=Herkomst.OPGEGEVEN, ontvangen_op=date(2020, 3, 12),
        aanleiding=Aanleiding.INDIENING, document="KLACHTENREGELING", datum=date(2020, 1, 1),
    )  # fmt: skip
    assert looks_at(find_criterium("meierij-wmo", "M-06"), feit)
    assert not looks_at(find_criterium("meierij-wmo", "M-13"), feit)
