"""Gemeenten that leave or join a procedure: every place in which they stand, and who cannot."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.procedurecontrole import check_procedure
from inkoop.domain.deelnemers import check_uittreden, join_vanaf, withdraw
from inkoop.domain.procedure import Fase
from inkoop.settings import CHECKOUT

VIERLINDEN = {"code": "Vierlinden", "naam": "Vierlinden"}


@pytest.fixture(scope="module")
def hvb19():
    return load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")


@pytest.mark.dekking("H19-02")
def test_heusden_with_its_reservation_can_leave_and_the_rest_still_holds(hvb19):
    assert check_uittreden(hvb19, "Heusden", gepubliceerd=True) == []
    zonder = withdraw(hvb19, "Heusden", date(2018, 6, 1), "collegebesluit")
    assert "Heusden" not in {g.code for g in zonder.gemeenten}
    assert not any("Heusden" in orgaan for stap in zonder.stappen for orgaan in stap.organen)
    assert list(check_procedure(zonder, load_feestdagen(2016, 2024))) == []


@pytest.mark.dekking("H19-02")
@pytest.mark.parametrize(
    ("code", "gepubliceerd", "codes"),
    [
        ("Goirle", True, ["deelname-zonder-voorbehoud"]),
        ("Goirle", False, []),
        ("Tilburg", True, ["deelname-centrum", "deelname-zonder-voorbehoud"]),
        ("Breda", False, ["deelname-onbekend"]),
    ],
)
def test_who_cannot_leave_is_told_every_reason(hvb19, code, gepubliceerd, codes):
    assert [b.code for b in check_uittreden(hvb19, code, gepubliceerd=gepubliceerd)] == codes


def test_the_last_gemeente_cannot_leave(hvb19):
    alleen = msgspec.structs.replace(hvb19, gemeenten=hvb19.gemeenten[:1])
    assert "deelname-laatste" in [b.code for b in check_uittreden(alleen, hvb19.gemeenten[0].code, gepubliceerd=False)]


@pytest.mark.dekking("H19-45")
def test_who_joins_later_is_a_party_from_its_first_day_and_not_a_day_before(hvb19):
    nieuw = msgspec.structs.replace(hvb19.gemeenten[0], **VIERLINDEN)
    erbij = join_vanaf(hvb19, nieuw, date(2020, 1, 1), {"2b": True})
    assert "Vierlinden" not in {g.code for g in erbij.gemeenten_op(date(2019, 12, 31))}
    assert "Vierlinden" in {g.code for g in erbij.gemeenten_op(date(2020, 1, 1))}
    (gebied,) = [g for g in erbij.geografie.gebieden if g.gemeente == "Vierlinden"]
    assert gebied.van == date(2020, 1, 1)
    assert erbij.hash != hvb19.hash


def test_who_joins_later_buys_only_the_optional_products_it_chose(hvb19):
    nieuw = msgspec.structs.replace(hvb19.gemeenten[0], **VIERLINDEN)
    for koopt in (True, False):
        erbij = join_vanaf(hvb19, nieuw, date(2020, 1, 1), {"2b": koopt})
        (product,) = [p for perceel in erbij.percelen for p in perceel.producten if p.code == "2b"]
        assert all(("Vierlinden" in optie.gemeenten) is koopt for optie in product.optioneel)


def test_who_joins_later_is_not_asked_for_what_was_decided_before_publication(hvb19):
    nieuw = msgspec.structs.replace(hvb19.gemeenten[0], **VIERLINDEN)
    erbij = join_vanaf(hvb19, nieuw, date(2020, 1, 1), {"2b": False})
    bij = {stap.fase for stap in erbij.stappen if any("Vierlinden" in orgaan for orgaan in stap.organen)}
    assert bij
    assert bij.isdisjoint({Fase.VOORBEREIDEN, Fase.PUBLICEREN})
