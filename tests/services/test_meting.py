"""Numbers for an administrator: complete from the first moment, and in the form that monitoring reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inkoop.domain.post import Poststand
from inkoop.domain.procedure import Fase
from inkoop.services.meting import format_prometheus, measure
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis

NU = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


def test_every_kind_is_there_before_anything_happened_and_a_waiting_tick_counts_its_seconds(tmp_path: Path):
    with Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE, klok=lambda: NU) as winkel:
        huis = build_huis(winkel)
        leeg = {(een.naam, een.stand): een.waarde for een in measure(huis)}
        assert set(leeg.values()) == {0}
        assert {stand for naam, stand in leeg if naam == "inkoop_tikken"} == {str(een) for een in Tikstand}
        assert {stand for naam, stand in leeg if naam == "inkoop_post"} == {str(een) for een in Poststand}
        with winkel.machinekamer() as sessie:
            sessie.add(
                TikRow(
                    id=huis.nieuw_id(),
                    sleutel="selecteren/x/dag",
                    flow=Fase.SELECTEREN,
                    onderwerp="x",
                    gevraagd_door="systeem",
                    gevraagd_op=NU - timedelta(seconds=90),
                    stand=Tikstand.GEVRAAGD,
                )
            )
        vol = {(een.naam, een.stand): een.waarde for een in measure(huis)}
    assert vol["inkoop_tikken", "gevraagd"] == 1
    assert vol["inkoop_tik_wacht_seconden", ""] == 90


def test_the_text_for_monitoring_names_each_number_once_and_has_only_lines_that_it_reads(tmp_path: Path):
    with Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE, klok=lambda: NU) as winkel:
        regels = format_prometheus(measure(build_huis(winkel))).splitlines()
    koppen = [regel.split()[2] for regel in regels if regel.startswith("# TYPE")]
    assert len(koppen) == len(set(koppen))
    waarden = [regel for regel in regels if not regel.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{stand="[a-z]+"\})? [0-9.e+]+', regel) for regel in waarden)
