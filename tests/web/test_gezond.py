"""What a load balancer hears: one word, whoever asks, and nothing about why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inkoop.services import gezondheid
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.databasefout import DatabaseOnbereikbaarError
from inkoop.storage.winkel import Winkel, Winkelsoort
from inkoop.web.app import create_app
from tests.services.proefspel import build_huis


@pytest.fixture
def huis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Huis]:
    monkeypatch.setattr(gezondheid, "RUIMTE", 1)
    with Winkel.create(tmp_path / "winkel", Winkelsoort.ECHT) as winkel:
        yield build_huis(winkel)


def break_database(huis: Huis, monkeypatch: pytest.MonkeyPatch) -> None:
    weg = DatabaseOnbereikbaarError("connection to server at db.geheim.example failed")
    monkeypatch.setattr(huis.winkel, "lezen", lambda: (_ for _ in ()).throw(weg))


def test_a_balancer_hears_whether_people_can_work_and_no_visitor_hears_where_the_database_is(huis, monkeypatch):
    browser = TestClient(create_app(huis, read_instellingen({}, CHECKOUT)))
    assert (browser.get("/gezond").status_code, browser.get("/gezond").json()) == (200, {"stand": "goed"})
    monkeypatch.setattr(gezondheid, "RUIMTE", 2**80)
    assert (browser.get("/gezond").status_code, browser.get("/gezond").json()) == (200, {"stand": "aandacht"})
    break_database(huis, monkeypatch)
    assert (browser.get("/gezond").status_code, browser.get("/gezond").json()) == (503, {"stand": "storing"})
    bladzijde = browser.get("/")
    assert bladzijde.status_code == 503
    assert "Even niet bereikbaar" in bladzijde.text
    assert "geheim" not in bladzijde.text
