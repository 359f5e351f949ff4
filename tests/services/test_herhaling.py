"""A flow is a repeatable tick: run again, it changes nothing (ontwerp 2.1)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inkoop.domain.procedure import Fase
from tests.services.proefspel import Proefspel


@pytest.mark.parametrize("fase", list(Fase))
def test_a_tick_that_is_run_twice_changes_nothing_the_second_time(fase: Fase, spellen: Mapping[str, Proefspel]):
    gedaan = [h for spel in spellen.values() for h in spel.herhalingen if h.fase is fase]
    assert any(h.eerste for h in gedaan), "no tick of this fase did anything the first time"
    assert [h for h in gedaan if h.tweede or h.gewijzigd] == []
