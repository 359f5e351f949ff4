"""Indexation as acts: calculated by one, adopted by the colleges and recorded by another, used by the addenda."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from inkoop.cli.demo.personen import FINANCIEN, INKOPER, JURIST
from inkoop.domain.indexering import Indexcijfer, Indexcijfers
from inkoop.domain.tarief import find_tarief, tarieftabel_op
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import indexeringen
from inkoop.services.addenda import find_wijziging
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import NietGevondenError
from inkoop.services.overeenkomsten import find_aanmelding, find_overeenkomst
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
CIJFERS = Indexcijfers(
    jaar=2020,
    lonen=Indexcijfer(voorlopig=Decimal("4.94"), definitief=Decimal("6.00"), voorlopig_volgend=Decimal("4.18")),
    prijzen=Indexcijfer(voorlopig=Decimal("2.51"), definitief=Decimal("3.10"), voorlopig_volgend=Decimal("1.82")),
    bron="bericht van 20 september",
)
CIJFERS_2021 = msgspec.structs.replace(CIJFERS, jaar=2021)


def adopt(proef: Proef, jaar: int = 2020, wie: str = JURIST, grond: str = "collegebesluiten van september"):
    return indexeringen.adopt_tarieven(proef.huis, proef.act_as(wie), HVB, jaar, grond=grond)


def record(proef: Proef, cijfers: Indexcijfers = CIJFERS, wie: str = FINANCIEN):
    return indexeringen.record_index(proef.huis, proef.act_as(wie), HVB, cijfers)


@pytest.mark.dekking("B.5")
def test_the_first_year_is_not_corrected_and_the_second_is(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 8, 1))
    assert record(proef).uitkomst.percentage == Decimal("3.94")
    assert record(proef, CIJFERS_2021).uitkomst.percentage == Decimal("4.96")


@pytest.mark.dekking("B.5", "H19-55")
def test_adopted_tariffs_are_used_from_their_day_and_by_the_addenda(begin_op):
    proef = begin_op(HVB)
    nummers = add_contracten(proef, 1, date(2019, 8, 1))
    record(proef)
    tabel = adopt(proef)
    assert (tabel.versie, tabel.ingang) == ("2020", date(2020, 1, 1))
    definitie = proef.definitie
    assert tarieftabel_op(definitie, date(2019, 12, 31)).versie == "2019"
    assert find_tarief(tarieftabel_op(definitie, date(2020, 1, 1)), "5a", "beperkt").bedrag == Decimal("2707.90")
    with proef.huis.winkel.lezen() as sessie:
        rij = find_overeenkomst(sessie, nummers[0])
        zaak = load_zaak(sessie, proef.huis.feestdagen, find_aanmelding(sessie, rij))
        wijziging = find_wijziging(zaak, rij, date(2019, 9, 2))
    assert wijziging is not None
    assert wijziging.tarieven is not None
    assert wijziging.tarieven.nieuw.versie == "2020"


def test_better_figures_replace_a_proposal_until_it_is_adopted(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 8, 1))
    record(proef)
    beter = msgspec.structs.replace(
        CIJFERS, prijzen=msgspec.structs.replace(CIJFERS.prijzen, voorlopig_volgend=Decimal("2.82"))
    )
    assert record(proef, beter).uitkomst.percentage == Decimal("4.04")
    adopt(proef)
    with proef.refuses("index-vastgesteld", "index-tabel"):
        record(proef)
    with proef.refuses("index-vastgesteld"):
        adopt(proef)


def test_who_calculated_does_not_record_the_adoption_and_a_wrong_role_does_nothing(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 8, 1))
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        record(proef, wie=JURIST)
    record(proef)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        adopt(proef, wie=FINANCIEN)
    with proef.refuses("grond"):
        adopt(proef, grond="  ")
    with pytest.raises(NietGevondenError):
        adopt(proef, jaar=2022)


def test_an_index_does_not_work_backwards_nor_outside_the_agreements(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 12, 31))
    record(proef)
    proef.klok.set(proef.at(date(2020, 1, 1), 0))
    with proef.refuses("index-terugwerkend"):
        adopt(proef)
    with proef.refuses("index-looptijd"):
        record(proef, msgspec.structs.replace(CIJFERS, jaar=2024))


def test_without_a_method_in_the_agreement_nothing_is_indexed(begin_op):
    proef = begin_op("meierij-2020")
    if proef.definitie.contract.indexmethode is not None:
        pytest.fail("this test needs a procedure whose agreement names no method")
    with proef.refuses("index-methode"):
        indexeringen.record_index(
            proef.huis, proef.act_as(INKOPER), "meierij-2020", msgspec.structs.replace(CIJFERS, jaar=2021)
        )
