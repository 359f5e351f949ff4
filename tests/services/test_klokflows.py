"""Flows that run by the clock, started by a person: refused with every reason, and kept with who asked."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.services import aandrijving
from inkoop.services.aandrijving import plan_tikken
from inkoop.services.flowstart import check_start
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aandrijving import Tikstand
from inkoop.storage.tabellen.ronde import RondeRow
from tests.services.conftest import Begin
from tests.services.proefspel import PROCEDURE, RONDE


@pytest.mark.parametrize("flow", ["verzoening", "bewaking"])
def test_a_flow_over_everything_is_refused_to_somebody_without_the_right_and_that_is_kept(begin: Begin, flow: str):
    proef = begin("voorbereid")
    with pytest.raises(InkoopError, match="gemandateerde"):
        check_start(proef.huis, proef.act_as(GEMANDATEERDE), flow, None, None)
    (geweigerd,) = aandrijving.list_tikken(proef.huis)
    assert (geweigerd.stand, geweigerd.flow) == (Tikstand.GEWEIGERD, flow)
    assert check_start(proef.huis, proef.act_as(INKOPER), flow, None, None) == ""


def test_what_a_flow_by_the_clock_did_is_kept_with_who_asked_and_starts_nothing(begin: Begin):
    proef = begin("voorbereid")
    nu = proef.huis.winkel.read_klok()
    aandrijving.record_gang(proef.huis, "bewaking", "bewaking", INKOPER, nu, ("een taak",))
    aandrijving.record_gang(proef.huis, "verzoening", "verzoening", INKOPER, nu, (), "de schijf is vol")
    gang = {tik.flow: (tik.stand, tik.gevraagd_door, tik.melding) for tik in aandrijving.list_tikken(proef.huis)}
    assert gang == {
        "bewaking": (Tikstand.KLAAR, INKOPER, ""),
        "verzoening": (Tikstand.MISLUKT, INKOPER, "de schijf is vol"),
    }
    assert {tik.onderwerp for tik in plan_tikken(proef.huis, proef.klok.nu)} == {PROCEDURE}


def test_the_cycle_of_addenda_asks_for_a_tick_of_each_closed_round_once_a_day(begin: Begin):
    proef = begin("gepubliceerd")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol="inkoper"), proef.klok.nu) as eenheid:
        for rij in eenheid.sessie.exec(select(RondeRow)):
            rij.fase = Fase.IMPLEMENTEREN
            eenheid.sessie.add(rij)
        eenheid.audit("proef", RONDE)
    for _ in range(2):
        aandrijving.request_cyclus(proef.huis, PROCEDURE, datetime(2020, 10, 1, 6, tzinfo=TIJDZONE))
    gevraagd = sorted(tik.sleutel for tik in aandrijving.list_tikken(proef.huis))
    gesloten = ["M-2020-1", "M-2020-2"]
    assert gevraagd[: len(gesloten)] == [f"implementeren/{ronde}/cyclus-2020-10-01" for ronde in gesloten]
    assert len(gevraagd) == len(set(gevraagd))
