"""The ladder of measures: in order, heard first, decided at its own level."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.sanctieladder import (
    Maatregelgevolg,
    check_besluit,
    check_gevolg,
    check_stap,
    end_of_zienswijze,
    find_beslisser,
)
from inkoop.settings import CHECKOUT


@pytest.fixture(scope="module")
def hvb() -> Proceduredefinitie:
    return load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")


@pytest.mark.dekking("H19-58")
@pytest.mark.parametrize(
    ("stap", "besloten", "sprong", "codes"),
    [
        (1, (), "", []),
        (2, (1,), "", []),
        (1, (1,), "", []),
        (2, (), "", ["ladder-overgeslagen"]),
        (5, (1,), "fraude", []),
        (0, (), "", ["ladder-stap"]),
        (6, (1, 2, 3, 4, 5), "", ["ladder-stap"]),
    ],
)
def test_steps_go_in_order_and_one_is_skipped_only_with_a_reason(
    hvb: Proceduredefinitie, stap: int, besloten: tuple[int, ...], sprong: str, codes: list[str]
):
    assert [b.code for b in check_stap(hvb.contract, stap, besloten, sprong)] == codes


def test_an_agreement_without_ladder_has_no_measure(hvb: Proceduredefinitie):
    zonder = msgspec.structs.replace(hvb.contract, sanctieladder=False, sanctiestappen=())
    assert [b.code for b in check_stap(zonder, 1, (), "")] == ["ladder-geen"]


def test_each_step_is_decided_at_its_own_level(hvb: Proceduredefinitie):
    rollen = [find_beslisser(stap) for stap in hvb.contract.sanctiestappen]
    assert rollen == [Rol.CONTRACTMANAGER, Rol.JURIST, Rol.GEMANDATEERDE, Rol.GEMANDATEERDE, Rol.GEMANDATEERDE]


@pytest.mark.parametrize(
    ("op", "gehoord", "codes"),
    [("2020-03-15", False, ["zienswijze-termijn"]), ("2020-03-15", True, []), ("2020-03-16", False, [])],
)
def test_nothing_is_decided_before_the_provider_was_heard_or_its_term_ended(
    hvb: Proceduredefinitie, op: str, gehoord: bool, codes: list[str]
):
    stap = hvb.contract.sanctiestappen[2]
    tot = end_of_zienswijze(stap, date(2020, 3, 1))
    assert tot == date(2020, 3, 15)
    functie = hvb.mandaten[0].functie
    beletselen = check_besluit(
        hvb, stap, zienswijze_tot=tot, gehoord=gehoord, rol=Rol.GEMANDATEERDE, functie=functie,
        op=date.fromisoformat(op),
    )  # fmt: skip
    assert [b.code for b in beletselen] == codes


def test_an_expired_mandate_decides_no_measure(hvb: Proceduredefinitie):
    beletselen = check_besluit(
        hvb, hvb.contract.sanctiestappen[4], zienswijze_tot=date(2021, 2, 1), gehoord=True, rol=Rol.GEMANDATEERDE,
        functie=hvb.mandaten[0].functie, op=date(2021, 2, 2),
    )  # fmt: skip
    assert "mandaat-verlopen" in {b.code for b in beletselen}


def test_ending_and_suspending_say_what_happens_to_clients():
    tot = date(2020, 3, 15)
    kaal = check_gevolg(Maatregelgevolg.BEEINDIGING, date(2020, 3, 15), None, "", None, tot)
    assert [b.code for b in kaal] == ["maatregel-ingang", "maatregel-clienten", "maatregel-overdracht"]
    stop = check_gevolg(Maatregelgevolg.CLIENTENSTOP, date(2020, 3, 16), None, "blijven", None, tot)
    assert [b.code for b in stop] == ["maatregel-einde"]
    heel = check_gevolg(Maatregelgevolg.BEEINDIGING, date(2020, 6, 30), None, "gaan over", date(2020, 6, 30), tot)
    assert heel == []
