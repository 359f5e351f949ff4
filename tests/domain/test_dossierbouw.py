from datetime import date, datetime

import pytest

from inkoop.domain.criteria.dossier import Aanleiding, Herkomst
from inkoop.domain.dossierbouw import (
    Dossieropgave,
    build_dossier,
    build_from_dossieropgave,
    check_aanbod,
    list_feiten,
    receive_aanvulling,
    receive_opgave,
)
from inkoop.domain.fouten import BeletselenError
from tests.domain.voorbeeldopgave import ONTVANGEN, PERCELEN, make_feit, make_opgave, make_stuk
from tests.domain.voorbeeldprocedure import make_procedure

PROCEDURE = make_procedure(percelen=PERCELEN, uitgesloten_producten={"ZG": "landelijk ingekocht"})


def build(opgave, feiten=()):
    return build_dossier(opgave, PROCEDURE, aanmelding="A-1", ingediend_op=ONTVANGEN, feiten=feiten)


def test_without_products_a_perceel_is_applied_for_as_a_whole():
    (perceel,) = build(make_opgave()).percelen
    assert [product.code for product in perceel.producten] == ["IB-basis", "IB-extra"]
    assert perceel.kenmerken == frozenset()


def test_products_narrow_the_offer_and_keep_their_kenmerken():
    een, twee = build(make_opgave(("1A", "1C"), ("IB-extra", "KDV-basis"))).percelen
    assert [product.code for product in een.producten] == ["IB-extra"]
    assert twee.kenmerken == frozenset({"verblijf"})


def test_a_dossier_holds_exactly_the_facts_that_it_is_given():
    opgave = make_opgave(stukken=(make_stuk(make_feit("plan")),))
    assert build(opgave).feiten == ()
    assert build(opgave, [make_feit("ander")]).feiten == (make_feit("ander"),)


@pytest.mark.parametrize(
    ("percelen", "producten", "codes"),
    [
        (("1A",), (), []),
        (("1Z",), (), ["perceel-onbekend"]),
        (("1A",), ("KDV-basis",), ["product-onbekend", "perceel-zonder-product"]),
        (("1A", "1C"), ("IB-basis",), ["perceel-zonder-product"]),
        (("1A",), ("IB-basis", "ZG"), ["product-uitgesloten"]),
    ],
)
def test_an_offer_outside_the_procedure_is_refused_with_every_reason(percelen, producten, codes):
    opgave = make_opgave(percelen, producten)
    assert [beletsel.code for beletsel in check_aanbod(opgave, PROCEDURE)] == codes
    if codes:
        with pytest.raises(BeletselenError) as gevangen:
            build(opgave)
        assert [beletsel.code for beletsel in gevangen.value.beletselen] == codes


def test_receipt_puts_the_dutch_day_on_each_fact():
    half_elf_utc = datetime.fromisoformat("2020-03-31T22:00:30+00:00")
    opgave = receive_opgave(make_opgave(stukken=(make_stuk(make_feit()),), ontvangen_op=None), half_elf_utc)
    assert opgave.ontvangen_op == half_elf_utc
    assert opgave.bewijsstukken[0].feiten[0].ontvangen_op == date(2020, 4, 1)


def test_evidence_that_comes_later_carries_its_occasion():
    aanvulling = receive_aanvulling(Aanleiding.VOORWAARDE, ONTVANGEN, (make_stuk(make_feit()),))
    (feit,) = aanvulling.bewijsstukken[0].feiten
    assert (feit.aanleiding, feit.ontvangen_op) == (Aanleiding.VOORWAARDE, date(2020, 3, 12))


def test_facts_are_listed_with_the_provenance_asked_for():
    (feit,) = list_feiten([make_stuk(make_feit())], Herkomst.REGISTER)
    assert feit.herkomst is Herkomst.REGISTER


def test_a_dossier_file_becomes_a_dossier_with_its_own_provenance():
    opgave = make_opgave(stukken=(make_stuk(make_feit()),))
    dossier = build_from_dossieropgave(
        Dossieropgave(opgave=opgave, ingediend_op=ONTVANGEN, herkomst=Herkomst.VASTGESTELD), PROCEDURE
    )
    assert dossier.ingediend_op == ONTVANGEN
    assert [feit.herkomst for feit in dossier.feiten] == [Herkomst.VASTGESTELD]
