"""Guarding day by day: reported once, caught up, closed when the cause is gone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, INKOPER
from inkoop.domain.overeenkomstdelen import Contractplicht, Plichtgrens
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.exchange.ics import render_ics
from inkoop.services import bewaking, procedures, takenlijst, verlengingen
from inkoop.services.bewakingstermen import list_termen
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.eenheid import Actor, StrijdigeGegevensError
from inkoop.storage.tabellen.bewaking import MeldingRow
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(HVB)
    add_contracten(proef, 2, date(2019, 1, 2))
    return proef


def watch(proef: Proef, op: date) -> list[str]:
    proef.klok.set(proef.at(op, 5))
    bewaking.watch(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    return read_open(proef)


def read_open(proef: Proef, soort: str = "") -> list[str]:
    with proef.huis.winkel.lezen() as sessie:
        return [een.wat for een in bewaking.list_meldingen(sessie) if soort in ("", een.soort)]


def count_alle(proef: Proef) -> int:
    with proef.huis.winkel.lezen() as sessie:
        return len(bewaking.list_meldingen(sessie, alle=True))


def test_a_quarter_is_reported_for_each_contract_once_however_often_one_looks(proef: Proef):
    assert not any("kwartaalgesprek" in een for een in watch(proef, date(2019, 3, 31)))
    gemeld = [een for een in watch(proef, date(2019, 4, 1)) if "kwartaalgesprek 2019-1" in een]
    assert len(gemeld) == 2
    aantal = count_alle(proef)
    for dag in (1, 2, 3):
        watch(proef, date(2019, 4, dag))
    assert count_alle(proef) == aantal


def test_days_that_were_missed_are_caught_up_by_the_last_report_alone(proef: Proef):
    open_ = [een for een in watch(proef, date(2019, 5, 3)) if "2019-1" in een]
    assert len(open_) == 2
    assert all("is niet vastgelegd" in een for een in open_)


def test_a_report_closes_when_its_cause_is_gone_and_never_comes_back(proef: Proef):
    contract = "HVB-2019-0001"
    door = proef.act_as(CONTRACTMANAGER)
    bewaking.record_stuk(proef.huis, door, contract, "verzekeringspolis", date(2019, 6, 30), "polis 12")
    assert any("verzekeringspolis" in een for een in watch(proef, date(2019, 4, 1)))
    bewaking.record_stuk(
        proef.huis, proef.act_as(CONTRACTMANAGER), contract, "verzekeringspolis", date(2020, 6, 30), "polis 13"
    )
    assert not any("verzekeringspolis" in een for een in watch(proef, date(2019, 4, 3)))
    assert not any("verzekeringspolis" in een for een in watch(proef, date(2019, 7, 15)))


def test_a_piece_that_ended_asks_for_repair_and_then_for_the_first_step_of_the_ladder(proef: Proef):
    door = proef.act_as(CONTRACTMANAGER)
    bewaking.record_stuk(proef.huis, door, "HVB-2019-0001", "polis", date(2019, 6, 30), "polis 12")
    assert any("vraag herstel" in een for een in watch(proef, date(2019, 7, 1)))
    dagen = 1 + proef.definitie.termijnen.herstel_dagen
    (maatregel,) = [een for een in watch(proef, date(2019, 6, 30) + timedelta(days=dagen)) if "polis" in een]
    assert "gesprek met verslag" in maatregel


def test_what_was_dealt_with_stays_dealt_with(proef: Proef):
    watch(proef, date(2019, 4, 1))
    with proef.huis.winkel.lezen() as sessie:
        kenmerk = next(een.kenmerk for een in bewaking.list_meldingen(sessie) if een.soort == "kwartaal")
    bewaking.handle_melding(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "gesprek gepland op 12 april")
    with proef.refuses("melding-klaar", "melding-wat"):
        bewaking.handle_melding(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, " ")
    watch(proef, date(2019, 4, 2))
    with proef.huis.winkel.lezen() as sessie:
        assert kenmerk not in [een.kenmerk for een in bewaking.list_meldingen(sessie)]


def test_the_database_refuses_a_second_report_under_one_key(proef: Proef):
    watch(proef, date(2019, 4, 1))
    with proef.huis.winkel.lezen() as sessie:
        oud = bewaking.list_meldingen(sessie)[0]
    with (
        pytest.raises(StrijdigeGegevensError),
        proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid,
    ):
        velden = {
            naam: getattr(oud, naam) for naam in MeldingRow.model_fields if naam not in ("id", "kenmerk", "versie")
        }
        eenheid.sessie.add(MeldingRow(id=proef.huis.nieuw_id(), kenmerk="B-99999", **velden))
        eenheid.sessie.flush()


def test_a_decision_takes_its_term_away_and_letters_that_wait_come_in_its_place(proef: Proef):
    assert any("over optie 1 besluiten" in een for een in watch(proef, date(2020, 4, 1)))
    proef.klok.set(proef.at(date(2020, 4, 2)))
    verlengingen.decide_verlenging(
        proef.huis,
        proef.act_as(GEMANDATEERDE),
        HVB,
        1,
        Verlengingskeuze.NIET_VERLENGEN,
        grond="besluit",
        clienten="gaan over",
        overdracht_op=date(2020, 10, 1),
    )
    open_ = watch(proef, date(2020, 6, 1))
    assert not any("over optie 1" in een for een in open_)
    assert any("brieven over verlenging 1 verzenden" in een for een in open_)


def test_the_agenda_has_every_term_in_order_with_why_and_as_a_calendar(proef: Proef):
    with proef.huis.winkel.lezen() as sessie:
        op = date(2019, 2, 1)
        termen = bewaking.read_agenda(sessie, op, date(2020, 12, 31))
        een = bewaking.read_agenda(sessie, op, date(2020, 12, 31), "HVB-2019-0001")
    assert [t.dag for t in termen] == sorted(t.dag for t in termen)
    assert {t.soort for t in termen} >= {"kwartaal", "verlenging", "mandaat", "aanhaak", "einde"}
    assert all(t.waarom and t.bron for t in termen)
    assert {t.onderwerp for t in een} == {"HVB-2019-0001"}
    from inkoop.domain.bewaking import to_planregel

    ics = render_ics("contracten", "Termijnen", map(to_planregel, termen))
    assert ics.count(b"BEGIN:VEVENT") == len(termen)


def test_what_is_open_stands_in_the_list_of_tasks_of_its_role(proef: Proef):
    watch(proef, date(2019, 4, 1))
    regels = takenlijst.list_taken(proef.huis, proef.act_as(CONTRACTMANAGER))
    (regel,) = [r for r in regels if r.soort is Taaksoort.MELDING_AFHANDELEN and "kwartaal" in r.wat]
    assert (regel.onderwerp, regel.aantal, regel.uiterlijk) == (HVB, 2, date(2019, 4, 30))


def test_a_measured_duty_is_asked_for_each_period_and_recorded_once(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 1, 2))
    plicht = Contractplicht(
        code="plaatsen", wat="plaatsen", eenheid="plaatsen", grens=Plichtgrens.TEN_MINSTE, waarde=Decimal(15),
        elke_maanden=6, bron="W21-BW-01",
    )  # fmt: skip
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, HVB)
        oud = procedures.decode_definitie(rij)
        nieuw = msgspec.structs.replace(oud, contract=msgspec.structs.replace(oud.contract, plichten=(plicht,)))
        rij.definitie = msgspec.json.encode(nieuw).decode()
        eenheid.sessie.add(rij)
        eenheid.audit("proef", HVB)
    assert any(
        "plaatsen meten over de periode tot en met 30 juni 2019" in een for een in watch(proef, date(2019, 7, 1))
    )
    nummer, peil = "HVB-2019-0001", date(2019, 6, 30)
    with proef.refuses("meting-dag", "meting-bewijs"):
        bewaking.record_meting(
            proef.huis, proef.act_as(CONTRACTMANAGER), nummer, "plaatsen", date(2019, 6, 29), Decimal(14), ""
        )
    bewaking.record_meting(proef.huis, proef.act_as(CONTRACTMANAGER), nummer, "plaatsen", peil, Decimal(14), "opgave")
    with proef.refuses("meting-dubbel"):
        bewaking.record_meting(proef.huis, proef.act_as(CONTRACTMANAGER), nummer, "plaatsen", peil, Decimal(15), "x")
    open_ = watch(proef, date(2019, 7, 3))
    assert any("14 plaatsen op 30 juni 2019, ten minste 15 plaatsen is nodig" in een for een in open_)


def test_only_who_may_records_and_an_expired_piece_is_no_piece(proef: Proef):
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        bewaking.record_stuk(proef.huis, proef.act_as(GEMANDATEERDE), "HVB-2019-0001", "x", date(2020, 1, 1), "x")
    with proef.refuses("stuk-verlopen", "stuk-naam", "stuk-bewijs"):
        bewaking.record_stuk(proef.huis, proef.act_as(CONTRACTMANAGER), "HVB-2019-0001", " ", date(2018, 1, 1), "")


def test_an_admitted_provider_is_guarded_by_what_its_toets_rests_on(begin):
    proef = begin("einde")
    with proef.huis.winkel.lezen() as sessie:
        termen = [t for _, t in list_termen(sessie, date(2020, 7, 1), date(2021, 12, 31))]
    eigen = {(t.deel.split()[0], t.dag) for t in termen if t.soort == "stuk" and t.onderwerp == "RM-2020-0001"}
    assert eigen == {("M-03", date(2021, 4, 30)), ("M-05", date(2021, 4, 30))}, "experience is only asked at a change"
