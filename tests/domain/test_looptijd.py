from datetime import date

import msgspec
import pytest

from inkoop.domain.looptijd import check_looptijd, einddatum_op, list_verlengingen, notice_date
from tests.domain.voorbeeldprocedure import LOOPTIJD


def anders(**velden):
    return msgspec.structs.replace(LOOPTIJD, **velden)


OPTIES = anders(
    einde_eerste_termijn=date(2020, 12, 31),
    verlenging="optie",
    aantal_opties=2,
    verlenging_maanden=12,
    max_einddatum=date(2022, 12, 31),
)


def test_tacit_renewal_goes_year_by_year_up_to_the_maximum():
    assert [(v.nummer, v.van, v.tot) for v in list_verlengingen(LOOPTIJD)] == [
        (1, date(2022, 1, 1), date(2022, 12, 31)),
        (2, date(2023, 1, 1), date(2023, 12, 31)),
        (3, date(2024, 1, 1), date(2024, 12, 31)),
        (4, date(2025, 1, 1), date(2025, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("einde", "maanden", "uiterlijk"),
    [
        (date(2021, 12, 31), 6, date(2021, 6, 30)),
        (date(2022, 6, 30), 6, date(2021, 12, 31)),
        (date(2021, 12, 31), 3, date(2021, 9, 30)),
        (date(2021, 8, 31), 6, date(2021, 2, 28)),
    ],
)
def test_notice_leaves_whole_months(einde, maanden, uiterlijk):
    assert notice_date(einde, maanden) == uiterlijk


@pytest.mark.parametrize(
    ("op", "einde"),
    [
        (date(2020, 7, 1), date(2021, 12, 31)),
        (date(2021, 6, 30), date(2021, 12, 31)),
        (date(2021, 7, 1), date(2022, 12, 31)),
        (date(2022, 6, 30), date(2022, 12, 31)),
        (date(2024, 7, 1), date(2025, 12, 31)),
        (date(2025, 12, 31), date(2025, 12, 31)),
    ],
)
def test_a_tacit_renewal_is_certain_the_day_after_notice_could_be_given(op, einde):
    assert einddatum_op(LOOPTIJD, op) == einde


@pytest.mark.parametrize(
    ("uitgeoefend", "einde"), [(0, date(2020, 12, 31)), (1, date(2021, 12, 31)), (2, date(2022, 12, 31))]
)
def test_an_option_extends_nothing_until_it_is_exercised(uitgeoefend, einde):
    assert einddatum_op(OPTIES, date(2022, 1, 1), uitgeoefend=uitgeoefend) == einde


def test_without_renewal_the_first_term_is_the_whole_term():
    vast = anders(verlenging="geen", verlenging_maanden=0, max_einddatum=LOOPTIJD.einde_eerste_termijn)
    assert check_looptijd(vast) == []
    assert list_verlengingen(vast) == ()
    assert einddatum_op(vast, date(2025, 1, 1)) == date(2021, 12, 31)


@pytest.mark.parametrize("goed", [LOOPTIJD, OPTIES])
def test_a_sound_term_has_no_obstacle(goed):
    assert check_looptijd(goed) == []


@pytest.mark.parametrize(
    ("velden", "code"),
    [
        ({"ingang": date(2021, 12, 31)}, "looptijd-volgorde"),
        ({"max_einddatum": date(2021, 12, 30)}, "looptijd-volgorde"),
        ({"max_einddatum": date(2025, 6, 30)}, "looptijd-maximum"),
        ({"verlenging_maanden": 24, "max_einddatum": date(2024, 12, 31)}, "looptijd-maximum"),
        ({"verlenging_maanden": 0}, "looptijd-verlenging"),
        ({"opzegtermijn_maanden": 0}, "looptijd-opzegtermijn"),
        ({"opzegtermijn_maanden": 25}, "looptijd-opzegtermijn"),
        ({"verlenging": "geen"}, "looptijd-geen-verlenging"),
    ],
)
def test_a_contradiction_in_the_term_is_named(velden, code):
    assert [beletsel.code for beletsel in check_looptijd(anders(**velden))] == [code]
