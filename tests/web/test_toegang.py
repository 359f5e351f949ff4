"""Every route against every role, as domein D says; and other people's things."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from fastapi import APIRouter
from jinja2 import Template

from inkoop.domain.persoon import Rol
from inkoop.web import app as webapp
from inkoop.web.toegang import list_eisen
from tests.web.conftest import Start, open_browser

MATRIX = Path(__file__).parent / "matrix.csv"
ROLLEN = tuple(rol for rol in Rol if rol is not Rol.SYSTEEM)
STAND = "feiten_vaststellen"


def read_matrix() -> dict[tuple[str, str], dict[str, bool]]:
    """The table as people read it: for each route who may open it; `niemand` is nobody signed in."""
    with MATRIX.open(encoding="utf-8", newline="") as bestand:
        return {
            (rij["methode"], rij["pad"]): {wie: rij[wie] == "ja" for wie in ("niemand", *ROLLEN)}
            for rij in csv.DictReader(bestand, delimiter=";")
        }


def test_every_route_stands_in_the_table_and_the_table_names_no_other(bezoek: Start):
    browser, _ = bezoek(STAND)
    assert {(methode, pad) for methode, pad, _ in list_eisen(browser.app)} == set(read_matrix())


def test_a_route_that_does_not_say_for_whom_it_is_breaks_the_start(bezoek: Start, monkeypatch):
    _, proef = bezoek(STAND)
    router = APIRouter()
    router.add_api_route("/geheim", lambda: "alles")
    monkeypatch.setattr(webapp, "ROUTERS", (router,))
    with pytest.raises(ValueError, match="/geheim names 0 requirements"):
        open_browser(proef.huis)


def test_each_cell_of_the_table_is_allowed_or_refused(bezoek: Start):
    """The address names things that do not exist: who may come in hears that, who may not is refused before.

    Only the status of an answer is read, so that no page is drawn: that would be half of the time.
    """
    browser, proef = bezoek(STAND)
    browser.app.state.kern.omgeving.get_template = lambda naam: Template("")
    anders = []
    for rol in ("niemand", *ROLLEN):
        if rol == "niemand":
            browser.cookies.clear()
        else:
            kvk = "90009999" if rol is Rol.AANBIEDER else None
            browser.log_in(proef.add_persoon(f"proef-{rol}", "proef", rol, kvk=kvk))
        for (methode, pad), cellen in read_matrix().items():
            if pad in {"/uitloggen", "/inloggen"} or pad.startswith("/api/"):
                continue  # who comes in by which token: test_api
            adres = re.sub(r"\{[a-z0-9_]+\}", "bestaat-niet", pad)
            antwoord = browser.request(methode, adres, data={} if methode == "POST" else None)
            naar_inloggen = antwoord.headers.get("location", "").startswith("/inloggen")
            mag = antwoord.status_code != 403 and not naar_inloggen
            assert antwoord.status_code != 500, (rol, methode, pad)
            if mag != cellen[rol]:
                anders.append((str(rol), methode, pad, antwoord.status_code))
    assert anders == []


@pytest.mark.parametrize("wie", ["i.dekker", "b.vanloon", "j.hendriks", "wethouder"])
def test_before_closing_nobody_reads_an_aanmelding_its_evidence_or_its_letters(bezoek: Start, wie):
    browser, proef = bezoek("gepubliceerd")
    ronde = proef.definitie.find_ronde("M-2020-2")
    (eerste, *_) = sorted(_list_zaken(bezoek))
    opgave = bezoek("aangemeld")[1].zaken[eerste].aanmelding
    kenmerk = proef.submit(opgave, ontvangen_op=proef.at(ronde.opening, 10))
    browser = open_browser(proef.huis).log_in(wie)
    assert browser.get(f"/aanmeldingen/{kenmerk}").status_code == 403
    assert opgave.naam not in browser.get("/rondes/M-2020-2").text
    assert opgave.naam not in browser.get("/documenten").text
    assert kenmerk not in browser.get("/documenten").text
    assert browser.get("/documenten/M-2020-2-D001").status_code in {403, 404}
    assert browser.get("/documenten/M-2020-2-D001/bestand.pdf").status_code in {403, 404}


def _list_zaken(bezoek: Start) -> dict[str, object]:
    return bezoek("aangemeld")[1].zaken


def test_evidence_is_found_only_under_its_own_aanmelding(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("b.vanloon")
    een, ander = proef.find("M1"), proef.find("M4")
    bewijs = re.findall(rf"/aanmeldingen/{een}/bewijs/([0-9a-f]{{64}})", browser.get(f"/aanmeldingen/{een}").text)
    van_ander = set(re.findall(r"/bewijs/([0-9a-f]{64})", browser.get(f"/aanmeldingen/{ander}").text))
    (eigen, *_) = [sha for sha in bewijs if sha not in van_ander]
    assert browser.get(f"/aanmeldingen/{een}/bewijs/{eigen}").status_code == 200
    assert browser.get(f"/aanmeldingen/{ander}/bewijs/{eigen}").status_code == 404
    assert browser.get(f"/aanmeldingen/{een}/bewijs/..%2F..%2Finkoop.db").status_code == 404


def test_what_does_not_exist_says_nothing_about_what_does(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("b.vanloon")
    antwoord = browser.get("/aanmeldingen/M-2020-2-A999")
    assert antwoord.status_code == 404
    assert not [kenmerk for kenmerk in proef.zaken if kenmerk in antwoord.text]


def test_evidence_runs_nothing_and_is_framed_by_our_own_pages_only(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("b.vanloon")
    kenmerk = proef.find("M1")
    sha = re.findall(r"/bewijs/([0-9a-f]{64})", browser.get(f"/aanmeldingen/{kenmerk}").text)[0]
    koppen = browser.get(f"/aanmeldingen/{kenmerk}/bewijs/{sha}").headers
    assert "default-src 'none'" in koppen["content-security-policy"]
    assert "frame-ancestors 'self'" in koppen["content-security-policy"]
    assert koppen["x-content-type-options"] == "nosniff"
    assert koppen["content-type"] == "application/pdf"
