"""Deciding: checked by a jurist, taken under mandate by somebody else, sent with approved letters of that day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import BELEIDSADVISEUR, BEOORDELAARS, CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import aanmeldingen, besluiten, documenten, herstel
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.besluit import BesluitRow
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario

WETHOUDER = "wethouder sociaal domein"


def list_statussen(proef: Proef) -> set[Besluitstatus]:
    with proef.huis.winkel.lezen() as sessie:
        return set(sessie.exec(select(BesluitRow.status)).all())


def test_who_judged_an_aanmelding_does_not_check_the_besluit_on_it(begin: Begin):
    proef = begin("besluiten_controleren")
    proef.set_rollen(BEOORDELAARS[0], "jurist", Rol.BEOORDELAAR, Rol.JURIST)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        besluiten.check_besluiten(proef.huis, proef.act_as_rol(BEOORDELAARS[0], Rol.JURIST), RONDE)


@pytest.mark.parametrize("wie", [BEOORDELAARS[1], JURIST])
def test_who_judged_or_checked_does_not_take_the_besluit(begin: Begin, wie: str):
    proef = begin("besluiten_nemen")
    proef.set_rollen(wie, WETHOUDER, Rol.GEMANDATEERDE)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        besluiten.take_besluiten(proef.huis, proef.act_as(wie), RONDE)


@pytest.mark.parametrize("wie", [INKOPER, BELEIDSADVISEUR, CONTRACTMANAGER, GEMANDATEERDE, BEOORDELAARS[0]])
def test_only_a_jurist_checks_a_besluit(begin: Begin, wie: str):
    proef = begin("besluiten_controleren")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        besluiten.check_besluiten(proef.huis, proef.act_as(wie), RONDE)


@pytest.mark.parametrize("wie", [INKOPER, JURIST, BELEIDSADVISEUR, CONTRACTMANAGER, BEOORDELAARS[0]])
def test_only_a_gemandateerde_takes_a_besluit(begin: Begin, wie: str):
    proef = begin("besluiten_nemen")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        besluiten.take_besluiten(proef.huis, proef.act_as(wie), RONDE)


def test_a_role_that_somebody_does_not_have_is_not_taken_on(begin: Begin):
    proef = begin("besluiten_nemen")
    with proef.refuses("rol-niet-toegekend", fout=GeenToegangError):
        besluiten.take_besluiten(proef.huis, proef.act_as_rol(INKOPER, Rol.GEMANDATEERDE), RONDE)


def test_nobody_takes_a_besluit_without_a_mandate_for_his_post(begin: Begin):
    proef = begin("besluiten_nemen")
    directeur = proef.add_persoon("d.groot", "directeur", Rol.GEMANDATEERDE)
    with proef.refuses("mandaat-functie"):
        besluiten.take_besluiten(proef.huis, proef.act_as(directeur), RONDE)


def test_nobody_takes_a_besluit_on_the_day_after_his_mandate_ended(begin: Begin):
    proef = begin("besluiten_nemen")
    proef.klok.set(datetime(2024, 1, 1, 9, tzinfo=TIJDZONE))
    with proef.refuses("mandaat-verlopen"):
        besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)


def test_a_besluit_can_be_taken_on_the_last_day_of_a_mandate(begin: Begin):
    proef = begin("besluiten_nemen")
    proef.klok.set(datetime(2023, 12, 31, 9, tzinfo=TIJDZONE))
    assert besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE) > 0
    assert list_statussen(proef) == {Besluitstatus.GENOMEN}


def test_a_besluit_that_no_jurist_checked_is_not_taken(begin: Begin):
    proef = begin("besluiten_controleren")
    with proef.refuses("geen"):
        besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)


def test_a_besluit_that_was_not_taken_is_not_sent(begin: Begin):
    proef = begin("besluiten_nemen")
    with proef.refuses("geen"):
        besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)


def test_a_besluit_is_not_taken_twice(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.refuses("geen"):
        besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)


def test_a_besluit_without_an_approved_letter_is_not_sent(begin: Begin):
    proef = begin("besluiten_nemen")
    proef.perform_alle(Taaksoort.BESLUITEN_NEMEN)
    proef.tick(Fase.CONCRETISEREN)
    assert proef.list_taken(Taaksoort.BESLUITEN_VERZENDEN) == []
    with proef.refuses("niet-akkoord"):
        besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)


def test_a_letter_with_another_date_than_today_is_not_sent(begin: Begin):
    proef = begin("besluiten_verzenden")
    proef.klok.set(proef.klok.nu + timedelta(days=1))
    with proef.refuses("datum"):
        besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)


def test_a_letter_that_stands_by_itself_is_not_sent_on_another_day_either(begin: Begin):
    proef = begin("document_verzenden")
    (taak,) = proef.list_taken(Taaksoort.DOCUMENT_VERZENDEN)
    proef.klok.set(proef.klok.nu + timedelta(days=1))
    with proef.refuses("datum"):
        documenten.send(proef.huis, proef.act_as(INKOPER), taak.onderwerp)


@pytest.mark.parametrize("wie", [BEOORDELAARS[0], GEMANDATEERDE, CONTRACTMANAGER])
def test_a_letter_is_approved_by_the_role_that_its_kind_asks_for(begin: Begin, wie: str):
    proef = begin("document_goedkeuren")
    taak = proef.list_taken(Taaksoort.DOCUMENT_GOEDKEUREN)[0]
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        documenten.approve(proef.huis, proef.act_as(wie), taak.onderwerp)


def test_sent_besluiten_carry_the_day_on_which_the_term_of_twenty_days_ends(begin: Begin):
    proef = begin("besluiten_verzenden")
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        dagen = {b.vervaldatum for b in sessie.exec(select(BesluitRow)).all()}
    assert dagen == {date(2020, 6, 4)}


@pytest.mark.parametrize(
    ("op", "volgt"),
    [(datetime(2020, 6, 19, 23, 50, tzinfo=TIJDZONE), False), (datetime(2020, 6, 20, 0, 10, tzinfo=TIJDZONE), True)],
)
def test_an_admission_lapses_once_the_last_day_of_its_condition_is_over(begin: Begin, op: datetime, volgt: bool):
    proef = begin("voorwaarde_vervullen")
    proef.tick(Fase.CONCRETISEREN, op)
    with proef.huis.winkel.lezen() as sessie:
        alle = besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M2")))
    assert (len(alle) == 2) is volgt


def test_proof_of_the_last_evening_is_read_before_an_admission_can_lapse(begin: Begin):
    proef = begin("voorwaarde_vervullen")
    kenmerk = proef.find("M2")
    (antwoord,) = find_scenario("M2").aanvullingen
    avond = datetime(2020, 6, 19, 23, 59, 59, tzinfo=TIJDZONE)
    proef.klok.set(avond)
    antwoord = msgspec.structs.replace(antwoord, ontvangen_op=avond)
    herstel.receive_aanvulling(
        proef.huis,
        proef.act_as(aanbieder_id(find_scenario("M2").aanmelding.penvoerder.kvk)),
        kenmerk,
        antwoord,
        make_bestanden(find_scenario("M2").aanmelding, antwoord.bewijsstukken),
    )
    proef.tick(Fase.CONCRETISEREN, datetime(2020, 6, 20, 0, 10, tzinfo=TIJDZONE))
    assert _list_soorten(proef, kenmerk) == [Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE]
    proef.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    proef.tick(Fase.CONCRETISEREN, datetime(2020, 6, 22, 9, tzinfo=TIJDZONE))
    assert _list_soorten(proef, kenmerk) == [Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, Besluitsoort.TOEGELATEN]


def _list_soorten(proef: Proef, kenmerk: str) -> list[Besluitsoort]:
    with proef.huis.winkel.lezen() as sessie:
        alle = besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
        return [besluit.soort for besluit in alle]


def test_everybody_who_was_assessed_is_decided_on_at_once(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.huis.winkel.lezen() as sessie:
        statussen = {zaak.zaak: aanmeldingen.find_aanmelding(sessie, k).status for k, zaak in proef.zaken.items()}
        kenmerken = {b.kenmerk for b in sessie.exec(select(BesluitRow)).all()}
    assert statussen.pop("M6") is Aanmeldingsstatus.TE_LAAT
    assert set(statussen.values()) == {Aanmeldingsstatus.BESLOTEN}
    assert kenmerken == {f"{RONDE}-B01"}
