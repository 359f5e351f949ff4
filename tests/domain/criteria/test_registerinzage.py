"""A fact is not established on a look into a register that a criterium calls too early."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import AlleVan, Peilmoment, Registercontrole
from inkoop.domain.criteria.dossier import Registerstatus
from inkoop.domain.criteria.registerinzage import check_registerinzage
from tests.domain.criteria.bouwstenen import (
    PEILDATUMS,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    make_criterium,
    make_editie,
    registertoets,
    registratie,
)

CONTROLE = Registercontrole(peilmoment=Peilmoment.SLUITING, maximaal_dagen=30)
EDITIE = make_editie(
    make_criterium(AlleVan(delen=(documenttoets(), certificaattoets(registercontrole=CONTROLE))), id="K-1"),
    make_criterium(registertoets(registers=("AGB",), registercontrole=CONTROLE), id="K-2"),
)
VROEG, OP_TIJD = date(2020, 2, 29), date(2020, 3, 1)


def list_codes(feit, editie=EDITIE):
    return [beletsel.tekst for beletsel in check_registerinzage(editie, PEILDATUMS, "f1", feit)]


@pytest.mark.parametrize("feit", [certificaat(register_gezien_op=VROEG), registratie(gezien_op=VROEG)])
def test_a_look_of_a_day_too_early_is_refused_with_the_day_from_which_it_counts(feit):
    (tekst,) = list_codes(feit)
    assert "bekeken op 29 februari 2020" in tekst
    assert "vraagt op of na 1 maart 2020" in tekst


def test_the_criterium_that_asks_is_named():
    assert "Criterium K-1 vraagt" in list_codes(certificaat(register_gezien_op=VROEG))[0]
    assert "Criterium K-2 vraagt" in list_codes(registratie(gezien_op=VROEG))[0]


def test_a_look_that_is_not_dated_is_refused():
    assert "op een dag die niet bekend is" in list_codes(certificaat())[0]


@pytest.mark.parametrize(
    "feit",
    [
        certificaat(register_gezien_op=OP_TIJD),
        registratie(gezien_op=OP_TIJD),
        registratie("VECOZO", gezien_op=VROEG),
        certificaat("Keurmerk", register_gezien_op=VROEG),
        certificaat(register_gezien_op=VROEG, registerstatus=Registerstatus.INGETROKKEN),
        document(),
    ],
)
def test_what_no_criterium_asks_and_what_is_seen_in_time_can_be_established(feit):
    assert list_codes(feit) == []


def test_without_a_control_any_look_will_do():
    editie = make_editie(make_criterium(certificaattoets()), make_criterium(registertoets(), id="X-02"))
    assert list_codes(certificaat(), editie) == []
