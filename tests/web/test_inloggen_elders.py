"""Signing in through a gemeente or a broker, and everything that somebody could try on the way back."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc import jwk
from sqlmodel import select

from inkoop.domain.fouten import BeletselenError
from inkoop.domain.inlog import Identiteitsbron, Inlogkeuzes
from inkoop.domain.persoon import Rol
from inkoop.services import accounts, inloggen, personen, websessies
from inkoop.services.huis import systeem
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from inkoop.web.toegang import COOKIE
from tests.services.proefspel import build_huis
from tests.web.conftest import WACHTWOORD, Bezoeker
from tests.web.inlogwereld import GEMEENTE, MAKELAAR, NU, Wereld, build_wereld


@pytest.fixture(scope="module")
def lege_winkel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    map_ = tmp_path_factory.mktemp("inlog") / "winkel"
    huis = build_huis(Winkel.create(map_, Winkelsoort.SIMULATIE))
    personen.add_persoon(
        huis, systeem(NU), id="s.kuijpers", naam="S. Kuijpers", functie="beheerder", rollen=[Rol.BEHEERDER]
    )
    huis.winkel.close()
    yield map_
    shutil.rmtree(map_)


@pytest.fixture
def wereld(lege_winkel: Path, tmp_path: Path) -> Iterator[Wereld]:
    with build_wereld(lege_winkel, tmp_path) as wereld:
        yield wereld


@pytest.fixture(scope="module")
def _dicht(lege_winkel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wereld]:
    with build_wereld(lege_winkel, tmp_path_factory.mktemp("dicht")) as wereld:
        yield wereld


@pytest.fixture
def dicht(_dicht: Wereld) -> Iterator[Wereld]:
    """A world for attempts that let nobody in: afterwards it is as it was."""
    wie = personen.list_personen(_dicht.browser.huis)
    yield _dicht
    _dicht.gemeente.verdraai, _dicht.gemeente.alg, _dicht.makelaar.verdraai = {}, "RS256", {}
    assert personen.list_personen(_dicht.browser.huis) == wie
    assert not _is_in(_dicht.browser)


def _is_in(browser: Bezoeker) -> bool:
    token = browser.cookies.get(COOKIE)
    return token is not None and websessies.find(browser.huis, token, datetime.now(UTC)) is not None


def test_a_colleague_signs_in_with_the_roles_of_her_groups_and_comes_back_at_the_page_she_asked_for(wereld: Wereld):
    antwoord = wereld.sign_in(terug="/procedures")
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/procedures")
    assert wereld.browser.get("/procedures").status_code == 200
    assert wereld.rollen("i.dekker") == {Rol.INKOPER}
    assert [p.functie for p in personen.list_personen(wereld.browser.huis) if p.id == "i.dekker"] == ["inkoper"]
    assert "Iris Dekker" in wereld.browser.get("/taken").text


def test_the_inlog_page_names_every_source_and_the_password_only_where_that_is_allowed(wereld: Wereld):
    tekst = wereld.browser.get("/inloggen?terug=/procedures").text
    assert 'href="/inloggen/bij/gemeente?terug=%2Fprocedures"' in tekst
    assert 'name="wachtwoord"' in tekst
    zonder = wereld.open(Inlogkeuzes(lokale_accounts=False, bronnen=wereld.keuzes.bronnen))
    assert 'name="wachtwoord"' not in zonder.get("/inloggen").text
    accounts.set_wachtwoord(zonder.huis, systeem(NU), "s.kuijpers", WACHTWOORD)
    assert zonder.post("/inloggen", data={"naam": "s.kuijpers", "wachtwoord": WACHTWOORD}).status_code == 403
    assert not _is_in(zonder)


@pytest.mark.parametrize("groepen", [["x"], [], None, "x", {"inkopers": 1}, [["inkopers"]], ["Inkopers"], ["verkeerd"]])
def test_who_is_in_no_group_that_gives_a_role_gets_in_nowhere_and_becomes_nobody(dicht: Wereld, groepen):
    dicht.gemeente.verdraai = {"groups": groepen}
    antwoord = dicht.sign_in()
    assert antwoord.status_code == 403
    assert "geen enkele groep" in antwoord.text
    assert not _is_in(dicht.browser)
    assert dicht.rollen("i.dekker") == set()


@pytest.mark.parametrize(
    ("groepen", "tekst"),
    [
        (["juristen"], "maar geen functie"),
        (["inkopers", "team-zorg"], "meer dan één functie (inkoper, senior inkoper)"),
    ],
)
def test_who_is_new_and_gets_no_single_post_from_a_group_becomes_nobody(dicht: Wereld, groepen, tekst):
    dicht.gemeente.verdraai = {"groups": groepen}
    antwoord = dicht.sign_in()
    assert antwoord.status_code == 403
    assert tekst in antwoord.text
    assert dicht.rollen("i.dekker") == set()


def test_who_left_the_group_loses_the_role_at_the_next_sign_in_and_every_session_with_it(wereld: Wereld):
    wereld.sign_in()
    ander = wereld.open()
    ander.cookies.set(COOKIE, wereld.browser.cookies[COOKIE])
    wereld.gemeente.verdraai = {"groups": ["juristen"]}
    assert wereld.sign_in().status_code == 303
    assert wereld.rollen("i.dekker") == {Rol.JURIST}
    assert not _is_in(ander)
    wereld.gemeente.verdraai = {"groups": []}
    assert wereld.sign_in().status_code == 403
    assert not _is_in(wereld.browser)
    with wereld.browser.huis.winkel.lezen() as sessie:
        regels = sessie.exec(select(AuditRow).where(AuditRow.handeling == "inlog_verwerken")).all()
    assert [(r.van, r.naar) for r in regels] == [("inkoper", "jurist"), ("jurist", "geen rol")]


def test_the_name_of_somebody_we_know_is_not_taken_over_until_the_beheerder_ties_it(wereld: Wereld):
    huis = wereld.browser.huis
    personen.add_persoon(huis, systeem(NU), id="i.dekker", naam="I. Dekker", functie="inkoper", rollen=[Rol.INKOPER])
    antwoord = wereld.sign_in()
    assert antwoord.status_code == 403
    assert "koppelen" in antwoord.text
    with huis.winkel.lezen() as sessie:
        beheerder = personen.find_persoon(sessie, "s.kuijpers")
    door = inloggen.Optreden(persoon=beheerder, rol=Rol.BEHEERDER, nu=NU)
    inloggen.link_naam(huis, door, wereld.keuzes.bronnen[0], "I.Dekker@boxtel.example", "i.dekker")
    assert wereld.sign_in().status_code == 303
    assert "I. Dekker" in wereld.browser.get("/taken").text
    # From now on the subject counts: somebody else who gets the name later is somebody else.
    wereld.gemeente.verdraai = {"sub": "een-ander"}
    assert wereld.sign_in().status_code == 403
    assert inloggen.unlink(huis, door, "i.dekker") == 1
    wereld.gemeente.verdraai = {}
    assert wereld.sign_in().status_code == 403


def test_only_a_beheerder_ties_names_and_never_one_of_an_aanbieder(wereld: Wereld):
    huis = wereld.browser.huis
    wereld.sign_in("eherkenning")
    (aanbieder,) = [p.id for p in personen.list_personen(huis) if Rol.AANBIEDER in p.rollen]
    with pytest.raises(BeletselenError, match="kan niet"):
        inloggen.link_naam(huis, systeem(NU), wereld.keuzes.bronnen[0], "x@y.example", aanbieder)
    wereld.sign_in()
    with huis.winkel.lezen() as sessie:
        inkoper = personen.find_persoon(sessie, "i.dekker")
    door = inloggen.Optreden(persoon=inkoper, rol=Rol.INKOPER, nu=NU)
    with pytest.raises(BeletselenError, match="mag dit niet"):
        inloggen.link_naam(huis, door, wereld.keuzes.bronnen[0], "x@y.example", "s.kuijpers")


def test_an_aanbieder_acts_for_the_company_that_the_broker_names_and_for_no_other(wereld: Wereld):
    wereld.sign_in("eherkenning")
    eerste = websessies.find(wereld.browser.huis, wereld.browser.cookies[COOKIE], datetime.now(UTC))
    assert (eerste.kvk, eerste.rol, eerste.bron) == ("91234567", Rol.AANBIEDER, "eherkenning")
    wereld.makelaar.verdraai = {"kvk": "90000001"}
    wereld.sign_in("eherkenning")
    tweede = websessies.find(wereld.browser.huis, wereld.browser.cookies[COOKIE], datetime.now(UTC))
    assert tweede.kvk == "90000001"
    assert tweede.persoon.id != eerste.persoon.id
    wereld.makelaar.verdraai = {}
    wereld.sign_in("eherkenning")
    weer = websessies.find(wereld.browser.huis, wereld.browser.cookies[COOKIE], datetime.now(UTC))
    assert weer.persoon.id == eerste.persoon.id


@pytest.mark.parametrize(
    ("verdraai", "reden"),
    [
        ({"acr": "eh2plus"}, "niveau EH2+"),
        ({"acr": "urn:etoegang:core:assurance-class:loa2"}, "niveau EH2;"),
        ({"acr": "eh9"}, "geen betrouwbaarheidsniveau"),
        ({"acr": None}, "geen betrouwbaarheidsniveau"),
        ({"acr": ["eh4"]}, "geen betrouwbaarheidsniveau"),
        ({"kvk": None}, "geen KvK-nummer"),
        ({"kvk": "9123456"}, "geen KvK-nummer"),
        ({"kvk": ["91234567", "90000001"]}, "geen KvK-nummer"),
        ({"kvk": "９１２３４５６７"}, "geen KvK-nummer"),
    ],
)
def test_an_aanbieder_without_a_company_or_at_too_low_a_level_gets_in_nowhere(dicht: Wereld, verdraai, reden):
    dicht.makelaar.verdraai = verdraai
    antwoord = dicht.sign_in("eherkenning")
    assert antwoord.status_code == 403
    assert reden in antwoord.text
    assert not _is_in(dicht.browser)


@pytest.mark.parametrize("niveau", ["eh3", "eh4", "EH4", "urn:etoegang:core:assurance-class:loa4"])
def test_the_minimum_level_itself_and_everything_above_it_is_enough(wereld: Wereld, niveau):
    wereld.makelaar.verdraai = {"acr": niveau}
    assert wereld.sign_in("eherkenning").status_code == 303


class Na(int):
    """So many seconds after the moment at which the token is made."""


@pytest.mark.parametrize(
    "verdraai",
    [
        {"nonce": "een andere"},
        {"nonce": None},
        {"aud": "een-ander"},
        {"aud": None},
        {"aud": ["inkoop", "een-ander"]},
        {"aud": ["inkoop", "een-ander"], "azp": "een-ander"},
        {"azp": "een-ander"},
        {"iss": MAKELAAR},
        {"iss": f"{GEMEENTE}/"},
        {"exp": Na(-61)},
        {"exp": None},
        {"exp": "morgen"},
        {"iat": Na(-3600)},
        {"iat": Na(600)},
        {"iat": None},
        {"nbf": Na(600)},
        {"sub": ""},
        {"sub": None},
        {"sub": "x" * 256},
        {"sub": 7},
    ],
    ids=str,
)
def test_a_token_with_one_claim_that_is_not_right_signs_nobody_in(dicht: Wereld, verdraai):
    nu = int(datetime.now(UTC).timestamp())
    dicht.gemeente.verdraai = {
        naam: nu + waarde if isinstance(waarde, Na) else waarde for naam, waarde in verdraai.items()
    }
    assert dicht.sign_in().status_code == 403
    assert not _is_in(dicht.browser)


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_a_token_without_a_signature_of_the_source_signs_nobody_in(dicht: Wereld, alg):
    dicht.gemeente.alg = alg
    assert dicht.sign_in().status_code == 403
    assert not _is_in(dicht.browser)


def test_a_token_signed_with_a_key_of_somebody_else_signs_nobody_in(wereld: Wereld):
    adres = wereld.leave("gemeente")
    wereld.gemeente.sleutel = "vals"
    vraag = wereld.gemeente.let_inloggen(adres)
    bron = wereld.browser.app.state.kern.bronnen["gemeente"]
    assert bron._bekend.gegevens["issuer"] == GEMEENTE
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    # A minute later the keys are asked for again: then it is a new key of the source.
    bron._bekend.sleutels_op -= 61
    assert wereld.sign_in().status_code == 303


def test_a_code_and_an_attempt_are_used_once(wereld: Wereld):
    vraag = wereld.gemeente.let_inloggen(wereld.leave("gemeente"))
    koekje = wereld.browser.cookies["inkoop_inlog"]
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 303
    dief = wereld.open()
    dief.cookies.set("inkoop_inlog", koekje)
    assert dief.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    eigen = wereld.gemeente.let_inloggen(_leave(dief)) | {"code": vraag["code"]}
    assert dief.get("/inloggen/terug/gemeente", params=eigen).status_code == 403
    assert not _is_in(dief)


def _leave(browser: Bezoeker, bron: str = "gemeente") -> str:
    return browser.get(f"/inloggen/bij/{bron}").headers["location"]


def test_the_answer_to_somebody_elses_attempt_signs_nobody_in(wereld: Wereld):
    """An attacker who lets a victim open his own way back would have her work under his name."""
    aanvaller = wereld.open()
    vraag = wereld.gemeente.let_inloggen(_leave(aanvaller))
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    wereld.leave("gemeente")
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    assert not _is_in(wereld.browser)


def test_a_code_that_was_injected_in_an_own_attempt_fails_on_the_proof_key(wereld: Wereld):
    gestolen = wereld.gemeente.let_inloggen(_leave(wereld.open()))["code"]
    vraag = wereld.gemeente.let_inloggen(wereld.leave("gemeente")) | {"code": gestolen}
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 403


def test_the_code_of_one_source_brought_to_the_address_of_another_stays_there(wereld: Wereld):
    """Mix-up: the browser left for the broker, and is sent back as if from the gemeente."""
    vraag = wereld.makelaar.let_inloggen(wereld.leave("eherkenning"))
    assert wereld.browser.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    assert not [v for v in wereld.gemeente.verzoeken if v.url.path.endswith("/token")]
    wereld.gemeente.noemt_afzender = True
    vraag = wereld.gemeente.let_inloggen(_leave(vers := wereld.open()))
    assert vers.get("/inloggen/terug/gemeente", params=vraag | {"iss": MAKELAAR}).status_code == 403
    vraag = wereld.gemeente.let_inloggen(_leave(vers))
    del vraag["iss"]
    assert vers.get("/inloggen/terug/gemeente", params=vraag).status_code == 403
    assert vers.get("/inloggen/terug/gemeente", params=wereld.gemeente.let_inloggen(_leave(vers))).status_code == 303


@pytest.mark.parametrize("vraag", [{}, {"state": "x"}, {"code": "x"}, {"error": "access_denied"}])
def test_a_way_back_without_what_belongs_to_it_says_so_plainly(dicht: Wereld, vraag):
    dicht.leave("gemeente")
    antwoord = dicht.browser.get("/inloggen/terug/gemeente", params=vraag)
    assert antwoord.status_code == 403
    assert "Inloggen is niet gelukt" in antwoord.text


def test_who_stays_away_for_more_than_ten_minutes_begins_again(wereld: Wereld):
    huis = wereld.browser.huis
    for na, leeft in ((timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)):
        token, _ = inloggen.begin_poging(huis, wereld.keuzes.bronnen[0], "", NU)
        assert (inloggen.take_poging(huis, "gemeente", token, NU + na) is not None) is leeft


@pytest.mark.parametrize("terug", ["https://kwaad.example", "//kwaad.example", "/\\kwaad.example", "javascript:x"])
def test_nobody_is_sent_to_another_site_after_signing_in(wereld: Wereld, terug):
    assert wereld.sign_in(terug=terug).headers["location"] == "/taken"


def test_a_session_from_before_is_worth_nothing_after_signing_in(wereld: Wereld):
    wereld.sign_in()
    eerste = wereld.browser.cookies[COOKIE]
    wereld.sign_in()
    assert wereld.browser.cookies[COOKIE] != eerste
    assert websessies.find(wereld.browser.huis, eerste, datetime.now(UTC)) is None


def test_signing_out_ends_the_session_here_and_offers_to_end_it_there(wereld: Wereld):
    wereld.sign_in()
    token = wereld.browser.cookies[COOKIE]
    antwoord = wereld.browser.post("/uitloggen")
    assert antwoord.headers["location"] == "/uitgelogd?bron=gemeente"
    assert websessies.find(wereld.browser.huis, token, datetime.now(UTC)) is None
    tekst = wereld.browser.get("/uitgelogd?bron=gemeente").text
    assert f'href="{GEMEENTE}/uitloggen?client_id=inkoop&amp;post_logout_redirect_uri=' in tekst


def test_a_source_that_is_away_or_answers_nonsense_is_said_in_plain_words(wereld: Wereld, monkeypatch):
    leeg = wereld.open(Inlogkeuzes(bronnen=(_elders(wereld.keuzes.bronnen[0]),)))
    antwoord = leeg.get("/inloggen/bij/gemeente")
    assert antwoord.status_code == 403
    assert "antwoordt niet goed" in antwoord.text
    assert wereld.browser.get("/inloggen/bij/onbekend").status_code == 404


def _elders(bron: Identiteitsbron) -> Identiteitsbron:
    velden = {naam: getattr(bron, naam) for naam in bron.__struct_fields__}
    return Identiteitsbron(**{**velden, "uitgever": "https://nergens.example"})


@pytest.mark.parametrize(("sub", "goed"), [("persoon-1", True), ("een-ander", False)])
def test_what_the_source_gives_at_its_own_address_counts_for_the_same_subject_only(wereld: Wereld, sub, goed):
    velden = {naam: getattr(wereld.keuzes.bronnen[0], naam) for naam in Identiteitsbron.__struct_fields__}
    wereld.browser = wereld.open(Inlogkeuzes(bronnen=(Identiteitsbron(**{**velden, "gegevensadres": True}),)))
    wereld.gemeente.claims = {"preferred_username": "i.dekker"}
    wereld.gemeente.gegevens = {"sub": sub, "groups": ["inkopers"]}
    assert (wereld.sign_in().status_code == 303) is goed


def test_no_secret_code_token_or_name_comes_in_the_log(wereld: Wereld, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    vraag = wereld.gemeente.let_inloggen(wereld.leave("gemeente"))
    wereld.gemeente.verdraai = {"nonce": "vals"}
    wereld.browser.get("/inloggen/terug/gemeente", params=vraag)
    wereld.makelaar.verdraai = {"acr": "eh2"}
    wereld.sign_in("eherkenning")
    eigen = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith(("inkoop", "httpcore")))
    assert "sign-in failed at source gemeente: nonce" in eigen
    assert "niveau-te-laag" in eigen
    for geheim in (vraag["code"], vraag["state"], "een gedeeld geheim", "Dekker", "dekker", "91234567", "eyJ"):
        assert geheim not in eigen
    assert "een gedeeld geheim" not in repr(wereld.keuzes)


def test_a_client_with_a_key_of_its_own_signs_who_it_is(wereld: Wereld, tmp_path: Path):
    eigen, ander = (jwk.RSAKey.generate_key(2048) for _ in range(2))
    (tmp_path / "sleutel.pem").write_bytes(eigen.as_pem(private=True))
    velden = {naam: getattr(wereld.keuzes.bronnen[0], naam) for naam in Identiteitsbron.__struct_fields__}
    velden |= {"geheim_bestand": None, "sleutel_bestand": str(tmp_path / "sleutel.pem")}
    wereld.browser = wereld.open(Inlogkeuzes(bronnen=(Identiteitsbron(**velden),)))
    assert wereld.sign_in().status_code == 403
    wereld.gemeente.sleutel_klant = eigen
    assert wereld.sign_in().status_code == 303
    wereld.gemeente.sleutel_klant = ander
    assert wereld.sign_in().status_code == 403
