from datetime import date
from decimal import Decimal

import msgspec
import pytest

from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.procedure import Product
from inkoop.domain.tarief import (
    TariefOntbreektError,
    Tariefwijziging,
    apply_index,
    check_tarieftabel,
    diff_tarieven,
    find_tarief,
    tarieftabel_op,
)
from tests.domain.voorbeeldprocedure import make_procedure, make_tabel


def make_percelen(*producten):
    """One perceel with these products, each paid by the month."""
    (perceel,) = make_procedure().percelen
    rijen = tuple(Product(code=code, naam=code, omschrijving=code) for code in producten)
    return (msgspec.structs.replace(perceel, producten=rijen, bekostiging=Bekostiging.MAANDBEDRAG),)


TABEL = make_tabel("2020", date(2020, 1, 1), "412.50", "498.75")


@pytest.mark.parametrize(
    ("dag", "versie"),
    [
        (date(2020, 1, 1), "2020"),
        (date(2020, 12, 31), "2020"),
        (date(2021, 1, 1), "2021"),
        (date(2024, 1, 1), "2021"),
    ],
)
def test_the_last_table_that_has_begun_is_in_force(dag, versie):
    assert tarieftabel_op(make_procedure(), dag).versie == versie


def test_before_the_first_table_there_is_no_tariff():
    with pytest.raises(TariefOntbreektError, match="31 december 2019"):
        tarieftabel_op(make_procedure(), date(2019, 12, 31))


def test_the_order_of_tables_in_the_file_does_not_matter():
    tabellen = make_procedure().tarieftabellen
    assert tarieftabel_op(make_procedure(tarieftabellen=tabellen[::-1]), date(2021, 1, 1)).versie == "2021"


def test_a_product_has_its_amount_and_an_unknown_product_has_none():
    assert find_tarief(TABEL, "DB-basis").bedrag == Decimal("498.75")
    with pytest.raises(TariefOntbreektError, match="product KDV-basis"):
        find_tarief(TABEL, "KDV-basis")


def test_only_products_whose_amount_changes_stand_in_an_addendum():
    nieuw = make_tabel("2021", date(2021, 1, 1), "425.29", "498.75")
    assert diff_tarieven(TABEL, nieuw) == (
        Tariefwijziging(product="IB-basis", was=Decimal("412.50"), wordt=Decimal("425.29")),
    )


def test_a_product_that_comes_or_goes_has_one_amount():
    kort = make_tabel("2021", date(2021, 1, 1), "412.50")
    assert diff_tarieven(TABEL, kort) == (Tariefwijziging(product="DB-basis", was=Decimal("498.75"), wordt=None),)


@pytest.mark.parametrize(
    ("bedrag", "percentage", "wordt"),
    [("412.50", "3.10", "425.29"), ("498.75", "3.10", "514.21"), ("100.00", "0.005", "100.01"), ("1.00", "0", "1.00")],
)
def test_an_index_rounds_to_whole_cents_half_up(bedrag, percentage, wordt):
    (tarief,) = apply_index(make_tabel("2020", date(2020, 1, 1), bedrag), Decimal(percentage))
    assert tarief.bedrag == Decimal(wordt)


def test_a_complete_table_has_no_obstacle():
    assert check_tarieftabel(TABEL, make_percelen("IB-basis", "DB-basis")) == []


@pytest.mark.parametrize(
    ("tabel", "code"),
    [
        (make_tabel("x", date(2020, 1, 1), "412.50"), "tarief-ontbreekt"),
        (make_tabel("x", date(2020, 1, 1), "412.50", "0.00"), "tarief-bedrag"),
        (make_tabel("x", date(2020, 1, 1), "412.505", "1.00"), "tarief-bedrag"),
        (msgspec.structs.replace(TABEL, tarieven=(*TABEL.tarieven, TABEL.tarieven[0])), "tarief-dubbel"),
    ],
)
def test_a_table_with_a_gap_a_double_or_an_impossible_amount_is_refused(tabel, code):
    assert [beletsel.code for beletsel in check_tarieftabel(tabel, make_percelen("IB-basis", "DB-basis"))] == [code]


def test_a_tariff_for_a_product_that_is_not_bought_is_refused():
    assert [b.code for b in check_tarieftabel(TABEL, make_percelen("IB-basis"))] == ["tarief-onbekend-product"]
