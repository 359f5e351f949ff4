"""Who gets in, and what a browser is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inkoop import bootstrap
from inkoop.services import accounts, websessies
from inkoop.web.paginas.inloggen import check_terug
from inkoop.web.toegang import COOKIE
from tests.web.conftest import WACHTWOORD, Start, open_browser

STAND = "feiten_vaststellen"


def _geef_account(proef, wie):
    accounts.set_wachtwoord(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()), wie, WACHTWOORD)


def test_somebody_with_an_account_signs_in_and_comes_back_at_the_page_that_was_asked_for(bezoek: Start):
    browser, proef = bezoek(STAND)
    _geef_account(proef, "i.dekker")
    assert browser.get("/procedures").headers["location"] == "/inloggen?terug=%2Fprocedures"
    formulier = {"naam": "i.dekker", "wachtwoord": WACHTWOORD, "terug": "/procedures"}
    antwoord = browser.post("/inloggen", data=formulier)
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/procedures")
    assert browser.get("/procedures").status_code == 200


def test_the_cookie_is_for_the_server_only_and_stays_on_our_own_site(bezoek: Start):
    browser, proef = bezoek(STAND)
    _geef_account(proef, "i.dekker")
    cookie = browser.post("/inloggen", data={"naam": "i.dekker", "wachtwoord": WACHTWOORD}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(("naam", "wachtwoord"), [("i.dekker", "een ander lang woord"), ("niemand", WACHTWOORD)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(bezoek: Start, naam, wachtwoord):
    browser, proef = bezoek(STAND)
    _geef_account(proef, "i.dekker")
    antwoord = browser.post("/inloggen", data={"naam": naam, "wachtwoord": wachtwoord})
    assert antwoord.status_code == 422
    assert "De gebruikersnaam of het wachtwoord klopt niet" in antwoord.text
    assert "set-cookie" not in antwoord.headers
    assert wachtwoord not in antwoord.text


def test_a_token_from_before_signing_in_gets_no_rights(bezoek: Start):
    browser, proef = bezoek(STAND)
    _geef_account(proef, "i.dekker")
    browser.cookies.set(COOKIE, "van-een-ander")
    browser.post("/inloggen", data={"naam": "i.dekker", "wachtwoord": WACHTWOORD})
    assert browser.cookies.get(COOKIE, domain="inkoop.test") != "van-een-ander"
    vreemd = open_browser(proef.huis)
    vreemd.cookies.set(COOKIE, "van-een-ander")
    assert vreemd.get("/taken").status_code == 303


def test_after_signing_out_the_token_is_worth_nothing(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    token = browser.cookies[COOKIE]
    assert browser.post("/uitloggen").status_code == 303
    opnieuw = open_browser(proef.huis)
    opnieuw.cookies.set(COOKIE, token)
    assert opnieuw.get("/taken").status_code == 303


def test_a_new_password_signs_everybody_out_who_used_the_old_one(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    _geef_account(proef, "i.dekker")
    assert browser.get("/taken").status_code == 303


@pytest.mark.parametrize(("na", "leeft"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)])
def test_a_session_ends_an_hour_after_it_was_last_used(bezoek: Start, na, leeft):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    begonnen = websessies.find(proef.huis, browser.cookies[COOKIE], proef.klok.nu).begonnen_op
    assert (websessies.find(proef.huis, browser.cookies[COOKIE], begonnen + na) is not None) is leeft


def test_somebody_who_is_no_longer_active_is_out_at_once(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    proef.set_rollen("i.dekker", "inkoper")
    assert browser.get("/taken").status_code == 303


@pytest.mark.parametrize(
    "vreemd", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"}]
)
def test_a_form_from_another_site_is_refused_whoever_is_signed_in(bezoek: Start, vreemd):
    browser, _ = bezoek("opening_verzoeken")
    browser.log_in("i.dekker")
    assert browser.post("/rondes/M-2020-2/opening", headers=vreemd).status_code == 403
    assert "heeft om de opening gevraagd" not in browser.get("/rondes/M-2020-2").text


@pytest.mark.parametrize(
    ("koppen", "mag"),
    [
        ({"origin": "http://inkoop.test"}, True),
        ({"origin": "http://kwaad.test"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_an_older_browser_says_its_origin_and_who_says_nothing_is_refused(bezoek: Start, koppen, mag):
    browser, _ = bezoek("opening_verzoeken")
    browser.log_in("i.dekker")
    del browser.headers["sec-fetch-site"]
    assert (browser.post("/rondes/M-2020-2/opening", headers=koppen).status_code == 303) is mag


def test_every_answer_tells_a_browser_to_run_nothing_but_our_own_files(bezoek: Start):
    browser, _ = bezoek(STAND)
    for pad in ("/", "/inloggen", "/bestaat-niet", "/statisch/inkoop.css"):
        koppen = browser.get(pad).headers
        assert "default-src 'none'" in koppen["content-security-policy"]
        assert "unsafe" not in koppen["content-security-policy"]
        assert koppen["x-content-type-options"] == "nosniff"
    assert browser.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("terug", "veilig"),
    [
        ("/taken", "/taken"),
        ("//kwaad.nl", ""),
        ("https://kwaad.nl", ""),
        ("/\\kwaad.nl", ""),
        ("/inloggen", ""),
        ("", ""),
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(terug, veilig):
    assert check_terug(terug) == veilig


def test_after_eight_wrong_passwords_a_name_waits(bezoek: Start):
    _, proef = bezoek(STAND)
    browser = open_browser(proef.huis, factor=1)
    poging = {"naam": "i.dekker", "wachtwoord": "een ander lang woord"}
    assert [browser.post("/inloggen", data=poging).status_code for _ in range(9)] == [422] * 8 + [429]
    assert "Wacht 15 minuten" in browser.post("/inloggen", data=poging).text


def test_a_request_that_is_too_large_is_refused_before_it_is_read(bezoek: Start):
    browser, _ = bezoek(STAND)
    antwoord = browser.post("/inloggen", content=b"x", headers={"content-length": str(61 * 1024 * 1024)})
    assert antwoord.status_code == 413


@pytest.mark.parametrize("pad", ["/statisch/../../pyproject.toml", "/statisch/%2e%2e/app.py", "/statisch/..%2fapp.py"])
def test_no_path_leads_out_of_the_folder_with_our_own_files(bezoek: Start, pad):
    browser, _ = bezoek(STAND)
    assert browser.get(pad).status_code == 404


def test_a_password_of_eleven_characters_is_too_short_and_twelve_is_enough(bezoek: Start):
    browser, _ = bezoek(STAND)
    assert browser.log_in("s.kuijpers").get("/accounts").status_code == 200
    kort = browser.post("/accounts", data={"wie": "i.dekker", "wachtwoord": "elf tekens!"})
    assert kort.status_code == 422
    assert "ten minste 12 tekens" in kort.text
    assert browser.post("/accounts", data={"wie": "i.dekker", "wachtwoord": "twaalf teken"}).status_code == 200
