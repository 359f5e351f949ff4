"""The API: who gets what with which token, as the policy has it; and what a program is told when it may not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.routing import APIRoute

from inkoop.domain.persoon import Rol
from inkoop.services import tokens
from inkoop.services.aanmeldingen import find_aanmelding
from inkoop.services.tokens import Bereik
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.web import TokenRow
from inkoop.web.api.beschrijving import ROUTERS
from inkoop.web.api.toegang import Tokeneis
from inkoop.web.toegang import list_eisen
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, Start, open_browser
from tests.web.test_toegang import ROLLEN, read_matrix

STAND = "feiten_vaststellen"
ALLES = frozenset(Bereik)


def give_token(proef: Proef, wie: str, *, rol: Rol | None = None, bereik: frozenset[Bereik] = ALLES) -> str:
    """A token for somebody, given out by a beheerder."""
    with proef.huis.winkel.lezen() as sessie:
        bestaat = sessie.get(PersoonRow, "beheer") is not None
    if not bestaat:
        proef.add_persoon("beheer", "beheerder", Rol.BEHEERDER)
    door = proef.act_as_rol("beheer", Rol.BEHEERDER)
    return tokens.issue(proef.huis, door, wie, rol, bereik, "een proef")[1]


def call(browser: Bezoeker, token: str, pad: str, methode: str = "GET", **meer):
    """A request as a program makes it: a token, no cookie."""
    browser.cookies.clear()
    koppen = {"authorization": f"Bearer {token}", **meer.pop("headers", {})}
    return browser.request(methode, f"/api/v1{pad}", headers=koppen, **meer)


def codes(antwoord) -> set[str]:
    """The codes of the reasons in a problem."""
    assert antwoord.headers["content-type"] == "application/problem+json"
    return {reden["code"] for reden in antwoord.json()["redenen"]}


def test_each_route_of_the_api_is_open_to_the_roles_in_the_table_and_shut_to_the_others(bezoek: Start):
    browser, proef = bezoek(STAND)
    matrix = {sleutel: cellen for sleutel, cellen in read_matrix().items() if sleutel[1].startswith("/api/")}
    assert len(matrix) >= 19
    anders = []
    for rol in ROLLEN:
        kvk = "90009999" if rol is Rol.AANBIEDER else None
        token = give_token(proef, proef.add_persoon(f"api-{rol}", "proef", rol, kvk=kvk))
        for (methode, pad), cellen in matrix.items():
            adres = re.sub(r"\{[a-z]+\}", "00000000-0000-4000-8000-000000000000", pad).removeprefix("/api/v1")
            antwoord = call(browser, token, adres, methode, **({"json": {}} if methode == "POST" else {}))
            assert antwoord.status_code not in {401, 500}, (rol, methode, pad)
            if (antwoord.status_code != 403) is not cellen[rol]:
                anders.append((str(rol), methode, pad, antwoord.status_code))
    assert anders == []


def test_every_route_but_the_description_asks_for_a_token(bezoek: Start):
    browser, _ = bezoek(STAND)
    eisen = {(m, pad): eis for m, pad, eis in list_eisen(browser.app) if pad.startswith("/api/")}
    assert {pad for (_, pad), eis in eisen.items() if not isinstance(eis, Tokeneis)} == {"/api/v1/openapi.json"}
    for (methode, pad), eis in eisen.items():
        if isinstance(eis, Tokeneis):
            antwoord = browser.request(methode, re.sub(r"\{[a-z]+\}", "x", pad))
            assert (antwoord.status_code, antwoord.json()["type"]) == (401, "urn:inkoop:fout:token")
            assert antwoord.headers["www-authenticate"].startswith("Bearer")


def test_who_is_signed_in_with_a_cookie_gets_nothing_from_the_api(bezoek: Start):
    browser, _ = bezoek(STAND)
    browser.log_in("i.dekker")
    assert browser.get("/procedures").status_code == 200
    assert browser.get("/api/v1/procedures").status_code == 401


@pytest.mark.parametrize("token", ["", "inkoop_" + "x" * 43, "iets anders", "inkoop_\u00e9"])
def test_a_token_that_nobody_gave_out_is_worth_nothing(bezoek: Start, token):
    browser, _ = bezoek(STAND)
    kop = f"Bearer {token}".encode("latin-1")
    assert browser.get("/api/v1/procedures", headers={"authorization": kop}).status_code == 401


def test_a_token_works_until_the_second_it_ends_and_not_in_it(bezoek: Start):
    _, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    houder = tokens.find(proef.huis, token, datetime.now(UTC))
    assert houder is not None
    einde = houder.geldig_tot
    assert tokens.find(proef.huis, token, einde - timedelta(seconds=1)) is not None
    assert tokens.find(proef.huis, token, einde) is None


def test_a_token_that_was_taken_back_is_worth_nothing_at_once(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    assert call(browser, token, "/ik").status_code == 200
    kenmerk = call(browser, token, "/ik").json()["kenmerk"]
    tokens.revoke(proef.huis, proef.act_as_rol("beheer", Rol.BEHEERDER), kenmerk)
    assert call(browser, token, "/ik").status_code == 401


def test_a_token_ends_with_the_role_of_its_person(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    assert call(browser, token, "/ik").json()["rol"] == "beoordelaar"
    proef.set_rollen("b.vanloon", "jurist", Rol.JURIST)
    assert call(browser, token, "/ik").status_code == 401


def test_the_store_holds_no_token_and_says_when_one_was_used(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    (stand,) = tokens.list_tokens(proef.huis, proef.act_as_rol("beheer", Rol.BEHEERDER))
    assert stand.gebruikt_op is None
    call(browser, token, "/ik")
    (stand,) = tokens.list_tokens(proef.huis, proef.act_as_rol("beheer", Rol.BEHEERDER))
    assert stand.gebruikt_op is not None
    with proef.huis.winkel.lezen() as sessie:
        rij = sessie.get(TokenRow, stand.kenmerk)
        assert rij is not None
        assert token not in str(rij.model_dump())


@pytest.mark.parametrize(
    ("bereik", "open_", "dicht"), [(Bereik.LEZEN, "/procedures", "/runs"), (Bereik.FLOWS, "/runs", "/procedures")]
)
def test_a_token_reaches_no_further_than_its_scope(bezoek: Start, bereik, open_, dicht):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker", bereik=frozenset({bereik}))
    assert call(browser, token, open_).status_code == 200
    assert codes(call(browser, token, dicht)) == {"bereik"}


def test_after_forty_wrong_tokens_an_address_waits_and_a_good_token_does_not(bezoek: Start):
    _, proef = bezoek(STAND)
    browser = open_browser(proef.huis, factor=1)
    goed = give_token(proef, "b.vanloon")
    assert [call(browser, "inkoop_fout", "/ik").status_code for _ in range(41)] == [401] * 40 + [429]
    antwoord = call(browser, "inkoop_fout", "/ik")
    assert int(antwoord.headers["retry-after"]) > 0
    assert call(browser, goed, "/ik").status_code == 200


@pytest.mark.parametrize("wie", ["i.dekker", "b.vanloon", "j.hendriks"])
def test_before_the_opening_the_api_tells_nothing_of_an_aanmelding(bezoek: Start, wie):
    browser, proef = bezoek("gepubliceerd")
    ronde = proef.definitie.find_ronde("M-2020-2")
    opgave = next(iter(bezoek("aangemeld")[1].zaken.values())).aanmelding
    kenmerk = proef.submit(opgave, ontvangen_op=proef.at(ronde.opening, 10))
    browser = open_browser(proef.huis)
    token = give_token(proef, wie)
    for pad in (
        "/rondes/M-2020-2/aanmeldingen",
        "/rondes/M-2020-2/besluiten",
        f"/aanmeldingen/{kenmerk}",
        f"/aanmeldingen/{kenmerk}/toetsen",
        f"/aanmeldingen/{kenmerk}/toetsen/laatste",
    ):
        antwoord = call(browser, token, pad)
        assert (antwoord.status_code, codes(antwoord)) == (403, {"voor-sluiting", "niet-geopend"}), pad
    for pad in ("/documenten", "/taken", "/rondes/M-2020-2", "/procedures"):
        tekst = call(browser, token, pad).text
        assert opgave.naam not in tekst
        assert kenmerk not in tekst
    assert call(browser, token, "/rondes/M-2020-2").json()["aanmeldingen"] is None
    for pad in ("/documenten/M-2020-2-D001", "/documenten/M-2020-2-D001/bestand/pdf"):
        assert call(browser, token, pad).status_code in {403, 404}


def test_an_aanbieder_sees_its_own_aanmelding_and_of_others_not_even_that_they_are_there(bezoek: Start):
    browser, proef = bezoek(STAND)
    een, ander = proef.find("M1"), proef.find("M4")
    with proef.huis.winkel.lezen() as sessie:
        kvk = find_aanmelding(sessie, een).kvk
    token = give_token(proef, proef.add_persoon("eigenaar", "bestuurder", Rol.AANBIEDER, kvk=kvk))
    eigen = call(browser, token, f"/aanmeldingen/{een}")
    assert (eigen.status_code, eigen.json()["kenmerk"]) == (200, een)
    vreemd, niets = call(browser, token, f"/aanmeldingen/{ander}"), call(browser, token, "/aanmeldingen/M-2020-2-A999")
    assert (vreemd.status_code, niets.status_code) == (404, 404)
    assert vreemd.json()["detail"] == niets.json()["detail"]
    assert call(browser, token, f"/aanmeldingen/{een}/toetsen").status_code == 403
    assert call(browser, token, "/rondes/M-2020-2/aanmeldingen").status_code == 403


def test_what_does_not_exist_says_nothing_about_what_does(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    antwoord = call(browser, token, "/aanmeldingen/M-2020-2-A999")
    assert antwoord.status_code == 404
    assert not [kenmerk for kenmerk in proef.zaken if kenmerk in antwoord.text]


def test_a_list_walks_by_cursor_through_every_line_once(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    alle = [een["kenmerk"] for een in call(browser, token, "/rondes/M-2020-2/aanmeldingen?aantal=200").json()["regels"]]
    gezien, na = [], ""
    for _ in alle:
        blad = call(browser, token, f"/rondes/M-2020-2/aanmeldingen?aantal=2&na={na}").json()
        gezien += [een["kenmerk"] for een in blad["regels"]]
        if not (na := blad["volgende"]):
            break
    assert gezien == alle == sorted(alle)
    assert len(alle) > 2


def test_the_same_data_is_not_sent_twice(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "b.vanloon")
    merk = call(browser, token, "/procedures").headers["etag"]
    opnieuw = call(browser, token, "/procedures", headers={"if-none-match": merk})
    assert (opnieuw.status_code, opnieuw.content) == (304, b"")


@pytest.mark.parametrize("vraag", ["aantal=0", "aantal=201", "aantal=veel", "na=%ff", "na=AA", "na=geen_cursor"])
def test_a_question_that_cannot_be_read_is_refused_in_dutch(bezoek: Start, vraag):
    browser, proef = bezoek(STAND)
    antwoord = call(browser, give_token(proef, "b.vanloon"), f"/rondes/M-2020-2/aanmeldingen?{vraag}")
    assert antwoord.status_code == 422
    assert codes(antwoord) == {vraag.split("=")[0]}


def test_every_route_of_the_api_is_described_in_dutch_with_who_may_call_it(bezoek: Start):
    browser, _ = bezoek(STAND)
    beschrijving = browser.get("/api/v1/openapi.json").json()
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for methode in route.methods:
                werking = beschrijving["paths"][route.path][methode.lower()]
                assert werking["summary"]
                assert "Bereik: " in werking["description"] or werking["security"] == []
    assert "Rollen: beheerder, contractmanager, inkoper." in beschrijving["paths"]["/api/v1/runs"]["get"]["description"]
