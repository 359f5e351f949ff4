"""The list of what waits for somebody over all procedures: each role asks only for what can hold something for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inkoop.domain.persoon import Rol
from inkoop.services.definitiekast import Definities
from inkoop.services.taakregel import Werk
from inkoop.services.takenlijst import LIJSTEN
from tests.services.conftest import Begin

STANDEN = ("opening_verzoeken", "feiten_vaststellen", "herstel_controleren", "tekenen")


@pytest.mark.parametrize("stand", STANDEN)
def test_a_list_that_names_a_role_is_asked_for_that_role(begin: Begin, stand: str) -> None:
    proef = begin(stand)
    gemist, gezien = [], 0
    with proef.huis.winkel.lezen() as sessie:
        for rol in Rol:
            door = replace(proef.act_as("j.hendriks"), rol=rol)
            werk = Werk(proef.huis, sessie, door, Definities(sessie))
            for rollen, lijst in LIJSTEN:
                for regel in lijst(werk):
                    gezien += 1
                    gemist += [(lijst.__name__, str(een)) for een in regel.rollen - rollen]
    assert gezien > 0
    assert gemist == []
