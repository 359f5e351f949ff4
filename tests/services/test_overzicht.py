"""The list of procedures is kept for a state of the store: what an act changed is in it, and what the day changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec

from inkoop.cli.demo.personen import INKOPER
from inkoop.services import overzicht, procedures
from tests.services.conftest import Begin
from tests.services.proefspel import PROCEDURE


def test_the_list_of_procedures_shows_what_was_added_since_and_the_round_of_the_day(begin: Begin) -> None:
    proef = begin("opening_verzoeken")
    door = proef.act_as(INKOPER)
    (regel,) = overzicht.list_regels(proef.huis, door)
    with proef.huis.winkel.lezen() as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, PROCEDURE))
    nieuw = msgspec.structs.replace(definitie, naam="een-andere", titel="Een andere")

    procedures.create_procedure(proef.huis, door, nieuw)

    regels = {een.naam: een for een in overzicht.list_regels(proef.huis, door)}
    assert regels[PROCEDURE] == regel
    assert (regels["een-andere"].titel, regels["een-andere"].ronde) == ("Een andere", None)

    sluitingen = sorted(ronde.sluiting for ronde in definitie.instroom.rondes if not ronde.historisch)
    gezien = {}
    for sluiting in (sluitingen[0], sluitingen[0] + timedelta(seconds=1)):
        op_de_dag = overzicht.list_regels(proef.huis, replace(door, nu=sluiting))
        gezien[sluiting] = next(een for een in op_de_dag if een.naam == PROCEDURE).sluiting
    assert gezien[sluitingen[0]] == sluitingen[0]
    assert len(sluitingen) == 1 or gezien[sluitingen[0] + timedelta(seconds=1)] == sluitingen[1]
