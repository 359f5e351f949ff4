"""A draft is nobody else's business, what is typed in it does no harm, and it goes when its writer wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.domain.persoon import Rol
from inkoop.services import kladden
from inkoop.services.huis import Huis
from tests.web.conftest import open_browser
from tests.web.test_opgave import BASIS, BEDRIJF, Aanbieder, complete, fill, open_ronde, submit, upload


def test_nobody_else_reads_changes_or_finds_a_draft_or_a_receipt(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    upload(browser, "U-02")
    kenmerk = submit(browser)
    assert browser.get(f"{BASIS}/stuk/1").status_code == 200
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="99999999", naam="V. Vreemd")
    vreemd = open_browser(proef.huis).log_in("vreemd")
    assert vreemd.get(f"{BASIS}/stuk/1").status_code == 404
    assert vreemd.get(f"{BASIS}/eis/U-02/1").status_code == 404
    assert vreemd.post(f"{BASIS}/stuk/1/weg", data={"versie": "1"}).status_code == 404
    assert "Zorggroep Nieuw" not in vreemd.get(BASIS).text
    assert vreemd.get(f"/aanmelden/{kenmerk}/ontvangst").status_code == 404
    assert vreemd.get(f"/aanmelden/{kenmerk}/ontvangst.txt").status_code == 404
    for wie in ("i.dekker", "j.hendriks", "s.kuijpers", "b.vanloon", "wethouder"):
        medewerker = open_browser(proef.huis).log_in(wie)
        for pad in (
            BASIS,
            f"{BASIS}/stuk/1",
            f"{BASIS}/vooraf",
            f"{BASIS}/indienen",
            f"/aanmelden/{kenmerk}/ontvangst",
        ):
            assert medewerker.get(pad).status_code == 403, (wie, pad)


@pytest.mark.parametrize(
    "pad", ["/stuk/999", "/stuk/-1", "/stuk/..%2f..%2finkoop.db", "/eis/X-99", "/eis/U-02/7", "/partij/weg"]
)
def test_what_is_not_in_the_draft_is_not_found(aanbieder: Aanbieder, pad):
    browser, _ = aanbieder
    complete(browser)
    assert browser.get(f"{BASIS}{pad}").status_code == 404


@pytest.mark.parametrize("ronde", ["M-2021-1", "bestaat-niet"])
def test_a_round_that_is_not_open_yet_or_not_there_has_no_pages(aanbieder: Aanbieder, ronde):
    browser, _ = aanbieder
    assert browser.get(f"/opgave/{ronde}").status_code == 404


def test_what_is_typed_never_becomes_part_of_a_page(aanbieder: Aanbieder):
    browser, _ = aanbieder
    kwaad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    fill(browser, f"{BASIS}/partij/aanbieder", dict.fromkeys(BEDRIJF, kwaad) | {"tekenbevoegde wijze": "alleen"})
    fill(browser, f"{BASIS}/aanbod", {"product": ["1A:IB-basis"], "specialisme": kwaad, "werkgebied": kwaad})
    stuk = upload(browser, "U-02").headers["location"]
    fill(browser, stuk, {"blok": "0", "b0.datum": "2020-01-20", "b0.op_naam_van": kwaad, "omschrijving": kwaad})
    for pad in (
        "",
        "/partij/aanbieder",
        "/samenwerking",
        "/aanbod",
        "/eis/U-02",
        "/eis/U-02/1",
        "/vooraf",
        "/indienen",
    ):
        tekst = browser.get(f"{BASIS}{pad}").text
        assert "<script>alert" not in tekst, pad
        assert "<img src=x" not in tekst, pad


def test_a_draft_that_is_thrown_away_leaves_nothing_and_what_was_handed_in_stays(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    upload(browser, "U-02")
    kenmerk = submit(browser)
    assert browser.post(f"{BASIS}/weggooien", data={}).headers["location"] == BASIS
    assert browser.post(f"{BASIS}/weggooien", data={"zeker": "ja"}).headers["location"] == "/aanmelden"
    assert list_kladfiles(proef.huis) == []
    assert kenmerk in browser.get("/aanmelden").text


def list_kladfiles(huis: Huis) -> list[Path]:
    return [pad for pad in (huis.winkel.map / kladden.MAP).rglob("*") if pad.is_file()]


def test_a_second_round_begins_with_what_is_known_of_the_onderneming(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    kenmerk = submit(browser)
    open_ronde(proef)
    browser = open_browser(proef.huis).log_in("nieuw")
    browser.post(f"{BASIS}/weggooien", data={"zeker": "ja"})
    pagina = browser.get(f"{BASIS}/partij/aanbieder").text
    assert f"komen uit uw aanmelding {kenmerk}" in pagina
    assert 'value="Nieuwstraat 1"' in pagina
    assert "komt te laat" in browser.get(BASIS).text
