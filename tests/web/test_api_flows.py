"""Starting a flow through the API: the same refusals and the same record as on the command line."""

from __future__ import annotations

from sqlmodel import select

from inkoop.services import aandrijving
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.aandrijving import Tikstand
from tests.web.conftest import Start
from tests.web.test_api import STAND, call, codes, give_token


def test_a_flow_that_is_started_runs_and_its_run_can_be_followed(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    antwoord = call(browser, token, "/flows/selecteren/runs", "POST", json={"ronde": "M-2020-2"})
    assert antwoord.status_code == 202
    assert (antwoord.json()["stand"], antwoord.json()["door"]) == ("gevraagd", "i.dekker")
    run = call(browser, token, antwoord.headers["location"].removeprefix("/api/v1")).json()
    assert (run["stand"], run["pogingen"], run["over"]) == ("klaar", 1, "M-2020-2")
    assert call(browser, token, "/runs?over=M-2020-2").json()["regels"][0] == run
    with proef.huis.winkel.lezen() as sessie:
        vraag = select(AuditRow.persoon).where(AuditRow.handeling == "flow_starten", AuditRow.onderwerp == "M-2020-2")
        assert sessie.exec(vraag).all() == ["i.dekker"]


def test_a_flow_that_may_not_start_is_refused_with_all_reasons_and_that_is_kept(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    antwoord = call(browser, token, "/flows/selecteren/runs", "POST", json={"procedure": "meierij-2020"})
    assert antwoord.status_code == 409
    assert codes(antwoord) == {"ontbreekt", "teveel"}
    assert "veld ronde" in antwoord.text
    (geweigerd, *_) = aandrijving.list_tikken(proef.huis)
    assert (geweigerd.stand, geweigerd.gevraagd_door) == (Tikstand.GEWEIGERD, "i.dekker")


def test_a_flow_whose_fase_has_not_come_is_refused(bezoek: Start):
    browser, proef = bezoek(STAND)
    antwoord = call(
        browser, give_token(proef, "i.dekker"), "/flows/contracteren/runs", "POST", json={"ronde": "M-2020-2"}
    )
    assert (antwoord.status_code, codes(antwoord)) == (409, {"fase"})


def test_what_does_not_exist_cannot_be_started_and_says_nothing_about_what_does(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    ronde = call(browser, token, "/flows/selecteren/runs", "POST", json={"ronde": "Z-1"})
    assert ronde.status_code == 404
    assert "M-2020-2" not in ronde.text
    assert call(browser, token, "/flows/feestvieren/runs", "POST", json={}).status_code == 404


def test_a_request_that_is_no_json_or_says_more_than_it_may_is_refused(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    for inhoud in (
        b"",
        b"{",
        b"[]",
        b'{"ronde": 1}',
        b'{"ronde": "M-2020-2", "nu": "2020-01-01"}',
        b"x" * 20_000,
        b"\xff",
    ):
        antwoord = call(browser, token, "/flows/selecteren/runs", "POST", content=inhoud)
        assert (antwoord.status_code, codes(antwoord)) == (422, {"vraag"}), inhoud
    assert aandrijving.list_tikken(proef.huis) == ()


def test_asked_for_again_while_it_waits_it_is_the_same_run(bezoek: Start):
    _, proef = bezoek(STAND)
    door = proef.act_as("i.dekker")
    een = aandrijving.request_tik(proef.huis, door, "selecteren", "M-2020-2")
    assert aandrijving.request_tik(proef.huis, door, "selecteren", "M-2020-2").id == een.id
