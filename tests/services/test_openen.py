"""A round is opened by two people after closing (FE-8)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from inkoop.cli.demo.personen import BELEIDSADVISEUR, BEOORDELAARS, INKOPER, JURIST
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import feiten, opening, rondes
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE

LAATSTE_SECONDE = datetime(2020, 3, 31, 23, 59, 59, tzinfo=TIJDZONE)


def test_who_asked_for_the_opening_does_not_open(begin: Begin):
    proef = begin("ronde_openen")
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        opening.open_ronde(proef.huis, proef.act_as(INKOPER), RONDE)


def test_nobody_opens_a_round_alone(begin: Begin):
    proef = begin("opening_verzoeken")
    with proef.refuses("verzoek"):
        opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)


def test_another_inkoper_may_open(begin: Begin):
    proef = begin("ronde_openen")
    ander = proef.add_persoon("k.smit", "inkoper", Rol.INKOPER)
    opening.open_ronde(proef.huis, proef.act_as(ander), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        assert rondes.find_ronde(sessie, RONDE).geopend_door == ander


def test_a_round_is_not_opened_twice(begin: Begin):
    proef = begin("feiten_vaststellen")
    ander = proef.add_persoon("k.smit", "inkoper", Rol.INKOPER)
    with proef.refuses("geopend"):
        opening.open_ronde(proef.huis, proef.act_as(ander), RONDE)


def test_a_round_is_not_opened_in_its_last_second(begin: Begin):
    proef = begin("gepubliceerd")
    proef.klok.nu = LAATSTE_SECONDE - timedelta(minutes=1)
    with proef.refuses("niet-gesloten"):
        rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)


@pytest.mark.parametrize("wie", [BELEIDSADVISEUR, *BEOORDELAARS])
def test_a_role_that_is_no_witness_does_not_open(begin: Begin, wie: str):
    proef = begin("ronde_openen")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        opening.open_ronde(proef.huis, proef.act_as(wie), RONDE)


def test_nothing_is_established_before_the_opening(begin: Begin):
    proef = begin("ronde_openen")
    with proef.refuses("niet-geopend"):
        feiten.establish_feiten(proef.huis, proef.act_as(BEOORDELAARS[0]), proef.find("M1"), [])


@pytest.mark.parametrize(("geen_belang", "code"), [(None, "belangen"), (False, "belang")])
def test_somebody_with_an_interest_or_without_a_statement_establishes_nothing(
    begin: Begin, geen_belang: bool | None, code: str
):
    proef = begin("feiten_vaststellen")
    nieuw = proef.add_persoon("b.visser", "beoordelaar", Rol.BEOORDELAAR)
    if geen_belang is not None:
        rondes.declare_belangen(
            proef.huis, proef.act_as(nieuw), RONDE, geen_belang=geen_belang, toelichting="Mijn broer werkt er."
        )
    with proef.refuses(code, fout=BeletselenError):
        feiten.establish_feiten(proef.huis, proef.act_as(nieuw), proef.find("M1"), [])
