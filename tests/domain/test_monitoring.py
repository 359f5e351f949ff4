"""Reports are about exactly what the procedure asks, in its order, and the yearly check has its own quarter."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.domain.monitoring import (
    Controlepunt,
    Kwaliteitssignaal,
    Kwartaalmeting,
    Kwartaalopgave,
    Terugkoppeling,
    Toegangsantwoord,
    Toegangswoord,
    check_kwartaal,
    check_terugkoppeling,
    end_of_kwartaal,
    list_eindes_kwartaal,
)
from tests.domain.voorbeeldprocedure import make_procedure

PROCEDURE = make_procedure()
CONTRACT = msgspec.structs.replace(
    PROCEDURE.contract,
    kwartaalthemas=("klachten", "social return"),
    jaarcontrole_kwartaal=4,
    toegangsvragen=("volgens plan", "resultaat bereikt"),
    kwaliteitsaspecten=("veilig",),
)
PROCEDURE = msgspec.structs.replace(PROCEDURE, contract=CONTRACT)
GEMEENTE = PROCEDURE.gemeenten[0].code
CONTROLE = (Controlepunt(onderwerp="HKZ", tekst="geldig"),)


def make_opgave(*themas: str, jaarcontrole: tuple[Controlepunt, ...] = ()) -> Kwartaalopgave:
    metingen = tuple(
        Kwartaalmeting(onderwerp=thema, stand="1", vorig_kwartaal="0", toelichting="Geen.") for thema in themas
    )
    return Kwartaalopgave(
        metingen=metingen, signalen="Geen.", vooruitblik="Geen.", ingevuld_door="A", jaarcontrole=jaarcontrole
    )


def make_terugkoppeling(*vragen: str, **anders: object) -> Terugkoppeling:
    antwoorden = tuple(
        Toegangsantwoord(vraag=vraag, antwoord=Toegangswoord.JA, toelichting="Gezien.") for vraag in vragen
    )
    velden = {"gemeente": GEMEENTE, "product": "IB-basis", "aanleiding": "evaluatie", "antwoorden": antwoorden}
    return Terugkoppeling(**{**velden, **anders})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kwartaal", "einde"),
    [(1, date(2020, 3, 31)), (2, date(2020, 6, 30)), (3, date(2020, 9, 30)), (4, date(2020, 12, 31))],
)
def test_a_quarter_ends_on_its_last_day(kwartaal: int, einde: date) -> None:
    assert end_of_kwartaal(2020, kwartaal) == einde


def test_the_quarters_of_a_period_are_those_that_end_in_it() -> None:
    assert list(list_eindes_kwartaal(date(2019, 12, 31), date(2020, 3, 31))) == [
        (2019, 4, date(2019, 12, 31)),
        (2020, 1, date(2020, 3, 31)),
    ]
    assert list(list_eindes_kwartaal(date(2020, 1, 1), date(2020, 3, 30))) == []


@pytest.mark.dekking("M20-51")
@pytest.mark.parametrize(
    ("themas", "codes"),
    [
        (("klachten", "social return"), []),
        (("klachten",), ["thema-ontbreekt"]),
        (("klachten", "social return", "omzet"), ["thema-te-veel"]),
        (("social return", "klachten"), ["thema-volgorde"]),
        (("klachten", "klachten", "social return"), ["thema-volgorde"]),
        (("omzet",), ["thema-ontbreekt", "thema-ontbreekt", "thema-te-veel"]),
    ],
)
def test_a_report_has_exactly_the_subjects_of_the_procedure(themas: tuple[str, ...], codes: list[str]) -> None:
    assert [b.code for b in check_kwartaal(CONTRACT, make_opgave(*themas), 1)] == codes


@pytest.mark.dekking("M20-51")
@pytest.mark.parametrize(
    ("kwartaal", "controle", "codes"),
    [
        (4, CONTROLE, []),
        (4, (), ["jaarcontrole-ontbreekt"]),
        (3, CONTROLE, ["jaarcontrole-te-veel"]),
        (3, (), []),
    ],
)
def test_the_yearly_check_stands_in_its_own_quarter_and_no_other(
    kwartaal: int, controle: tuple[Controlepunt, ...], codes: list[str]
) -> None:
    opgave = make_opgave(*CONTRACT.kwartaalthemas, jaarcontrole=controle)
    assert [b.code for b in check_kwartaal(CONTRACT, opgave, kwartaal)] == codes


@pytest.mark.dekking("M20-52")
@pytest.mark.parametrize(
    ("anders", "codes"),
    [
        ({}, []),
        ({"gemeente": "Haaren"}, ["gemeente"]),
        ({"product": "KDV-extra"}, ["product"]),
        ({"kwaliteit": (Kwaliteitssignaal(aspect="veilig", tekst="Een losse mat."),)}, []),
        ({"kwaliteit": (Kwaliteitssignaal(aspect="goedkoop", tekst="Nee."),)}, ["aspect"]),
    ],
)
def test_the_toegang_answers_the_questions_of_the_procedure(anders: dict[str, object], codes: list[str]) -> None:
    opgave = make_terugkoppeling(*CONTRACT.toegangsvragen, **anders)
    assert [b.code for b in check_terugkoppeling(PROCEDURE, ["IB-basis"], opgave)] == codes


@pytest.mark.dekking("M20-52")
def test_a_question_of_the_toegang_cannot_be_left_out_and_a_procedure_without_questions_says_so() -> None:
    assert [b.code for b in check_terugkoppeling(PROCEDURE, ["IB-basis"], make_terugkoppeling("volgens plan"))] == [
        "vraag-ontbreekt"
    ]
    zonder = msgspec.structs.replace(PROCEDURE, contract=msgspec.structs.replace(CONTRACT, toegangsvragen=()))
    assert [b.code for b in check_terugkoppeling(zonder, ["IB-basis"], make_terugkoppeling())] == ["toegangsvragen"]
