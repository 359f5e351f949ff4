"""Whether people can work, and whether the machine keeps up: two kinds of trouble, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inkoop.domain.procedure import Fase
from inkoop.services import gezondheid
from inkoop.services.aandrijving import MAX_POGINGEN
from inkoop.services.gezondheid import examine_gezondheid, examine_kern, is_bruikbaar
from inkoop.services.huis import Huis
from inkoop.storage.databasefout import DatabaseOnbereikbaarError
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis

NU = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


@pytest.fixture
def huis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Huis]:
    monkeypatch.setattr(gezondheid, "RUIMTE", 1)
    (tmp_path / "plek").mkdir()
    with Winkel.create(tmp_path / "plek" / "winkel", Winkelsoort.ECHT, klok=lambda: NU) as winkel:
        yield build_huis(winkel)


def add_tik(huis: Huis, stand: Tikstand, gevraagd_op: datetime, poging: int = 0) -> None:
    with huis.winkel.machinekamer() as sessie:
        sessie.add(
            TikRow(
                id=huis.nieuw_id(),
                sleutel=f"selecteren/x/{gevraagd_op}",
                flow=Fase.SELECTEREN,
                onderwerp="x",
                gevraagd_door="systeem",
                gevraagd_op=gevraagd_op,
                geeindigd_op=NU,
                stand=stand,
                poging=poging,
            )
        )


def list_fout(huis: Huis) -> list[str]:
    return [punt.onderdeel for punt in examine_gezondheid(huis) if not punt.goed]


def test_a_new_store_is_healthy(huis):
    assert list_fout(huis) == []


@pytest.mark.parametrize(("seconden", "fout"), [(3600, []), (3601, ["Wachtend werk"])])
def test_a_tick_may_wait_an_hour_and_not_a_second_longer(huis, seconden, fout):
    add_tik(huis, Tikstand.GEVRAAGD, NU - timedelta(seconds=seconden))
    assert list_fout(huis) == fout
    assert is_bruikbaar(examine_gezondheid(huis))


@pytest.mark.parametrize(("poging", "fout"), [(MAX_POGINGEN - 1, []), (MAX_POGINGEN, ["Flows die het opgaven"])])
def test_a_flow_that_gave_up_needs_somebody_and_one_that_tries_again_does_not(huis, poging, fout):
    add_tik(huis, Tikstand.MISLUKT, NU, poging)
    assert list_fout(huis) == fout


def test_a_disk_that_fills_up_is_said_while_there_is_still_room(huis, monkeypatch):
    monkeypatch.setattr(gezondheid, "RUIMTE", 2**80)
    assert list_fout(huis) == ["Vrije ruimte"]
    assert is_bruikbaar(examine_gezondheid(huis))


def test_without_its_database_or_its_files_nobody_can_work(huis, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(huis.winkel, "lezen", lambda: (_ for _ in ()).throw(DatabaseOnbereikbaarError("weg")))
        assert not is_bruikbaar(examine_gezondheid(huis))
        assert "INKOOP_DATABASE_URL" in next(punt.advies for punt in examine_kern(huis) if not punt.goed)
    huis.winkel.map.rename(huis.winkel.map.with_name("elders"))
    assert not is_bruikbaar(examine_kern(huis))
