"""The index by the explicit method (B.5)."""

from decimal import Decimal

import msgspec
import pytest

from inkoop.domain.indexering import Indexcijfer, compute_index
from inkoop.domain.overeenkomstdelen import Indexmethode, Indexwijze

METHODE = Indexmethode(
    wijze=Indexwijze.VERSCHIL,
    loongewicht=Decimal(90),
    prijsgewicht=Decimal(10),
    nacalculatie_eerste_jaar=False,
    bron="B.5",
)
OVA = Indexcijfer(voorlopig=Decimal("4.94"), definitief=Decimal("6.00"), voorlopig_volgend=Decimal("4.18"))
PPC = Indexcijfer(voorlopig=Decimal("2.51"), definitief=Decimal("3.10"), voorlopig_volgend=Decimal("1.82"))


def test_the_difference_method_gives_4_957_and_4_96_percent():
    uitkomst = compute_index(METHODE, OVA, PPC, eerste_jaar=False)
    assert uitkomst.voorlopig_volgend == Decimal("3.944")
    assert uitkomst.correctie == Decimal("1.013")
    assert uitkomst.exact == Decimal("4.957")
    assert uitkomst.percentage == Decimal("4.96")


def test_the_ratio_method_gives_4_91_percent():
    verhouding = msgspec.structs.replace(METHODE, wijze=Indexwijze.VERHOUDING)
    uitkomst = compute_index(verhouding, OVA, PPC, eerste_jaar=False)
    assert uitkomst.percentage == Decimal("4.91")


@pytest.mark.parametrize(("eerste_jaar", "nacalculatie", "percentage"), [(True, False, "3.94"), (True, True, "4.96")])
def test_the_first_year_has_no_correction_unless_the_method_says_so(eerste_jaar, nacalculatie, percentage):
    methode = msgspec.structs.replace(METHODE, nacalculatie_eerste_jaar=nacalculatie)
    assert compute_index(methode, OVA, PPC, eerste_jaar=eerste_jaar).percentage == Decimal(percentage)
