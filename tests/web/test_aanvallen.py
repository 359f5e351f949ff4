"""What somebody who means harm would try on every route at once: other people's things, paths, forms from elsewhere,
files that are two things.

The matrix (test_toegang) says who may open a route; here a role that may is kept from what is not its own. Sessions and
their tokens: test_beveiliging and test_inloggen_elders; what is typed in every field: test_wandeling; files that lie
about what they are: tests/storage/test_bewijsopslag.
"""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.persoon import Rol
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from tests.services.proefspel import Proef, list_bestanden, make_blanco
from tests.storage.bestanden import docx_delen, make_docx, make_jpg, make_png, make_zip
from tests.web.conftest import Start
from tests.web.test_opgave import BASIS, Aanbieder, complete, upload
from tests.web.test_toegang import read_matrix

STAND = "tekenen"
PADEN = ("..%2F..%2Finkoop.db", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5C..%5Cinkoop.db", "%00", "a" * 300, "-1")


def list_adressen(proef: Proef, zaak: str) -> dict[str, str]:
    """What stands in the addresses of one aanbieder, by the name of that part of a route."""
    kenmerk = proef.find(zaak)
    with proef.huis.winkel.lezen() as sessie:
        rij = next(r for r in sessie.exec(select(OvereenkomstRow)).all() if r.contractnummer)
        brief = sessie.exec(select(DocumentRow).where(DocumentRow.onderwerp == kenmerk)).first()
    assert brief is not None
    return {
        "kenmerk": kenmerk,
        "document": brief.kenmerk,
        "nummer": rij.contractnummer,
        "aanmelding": kenmerk,
        "ronde": proef.ronde,
        "sha256": brief.pdf_sha256 or "0" * 64,
        "soort": "pdf",
    }


def fill_in(pad: str, waarden: dict[str, str]) -> str:
    """A route with its names filled in; what nobody gave a value is a word that means nothing."""
    return re.sub(r"\{([a-z0-9_]+)\}", lambda m: waarden.get(m[1], "bestaat-niet"), pad)


def test_an_aanbieder_gets_nothing_of_another_on_any_route_that_it_may_open(bezoek: Start):
    browser, proef = bezoek(STAND)
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="91234567", naam="V. Vreemd")
    van_ander = list_adressen(proef, "M1")
    eigen = [pad for (_, pad), wie in read_matrix().items() if wie[Rol.AANBIEDER] and "{kenmerk}" in pad]
    assert len(eigen) > 8
    browser.log_in(aanbieder_id(proef.zaken[van_ander["kenmerk"]].aanmelding.penvoerder.kvk))
    assert browser.get(fill_in("/aanmelden/{kenmerk}", van_ander)).status_code == 200
    assert browser.get(fill_in("/aanmelden/{kenmerk}/document/{document}", van_ander)).status_code == 200
    browser.log_in("vreemd")
    gekregen = []
    for (methode, pad), wie in read_matrix().items():
        if wie[Rol.AANBIEDER] and not wie["niemand"] and ("{kenmerk}" in pad or "{nummer}" in pad):
            antwoord = browser.request(methode, fill_in(pad, van_ander), data={} if methode == "POST" else None)
            if antwoord.status_code not in {403, 404}:
                gekregen.append((methode, pad, antwoord.status_code))
    assert gekregen == []


def test_an_aanbieder_cannot_tell_what_another_has_from_what_nobody_has(bezoek: Start):
    """Numbers follow on each other, so an answer that differs would tell how many there are and which."""
    browser, proef = bezoek(STAND)
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="91234567", naam="V. Vreemd")
    van_ander = list_adressen(proef, "M1")
    van_niemand = {
        **van_ander, "kenmerk": f"{proef.ronde}-A998", "aanmelding": f"{proef.ronde}-A998", "document": "D-998",
        "nummer": "M-998", "sha256": "f" * 64,
    }  # fmt: skip
    browser.log_in("vreemd")
    verschil, gehad = [], 0
    for (methode, pad), wie in read_matrix().items():
        for als_ronde in ({}, {"ronde": "kenmerk"}) if "{ronde}" in pad else ({},):
            if (
                not wie[Rol.AANBIEDER]
                or wie["niemand"]
                or pad.startswith("/api/")
                or not (als_ronde or re.search(NAMEN, pad))
            ):
                continue
            antwoorden = []
            for adressen in (van_ander, van_niemand):
                ingevuld = adressen | {naam: adressen[bij] for naam, bij in als_ronde.items()}
                vraag = fill_in(pad, ingevuld)
                antwoord = browser.request(methode, vraag, data={"zeker": "ja"} if methode == "POST" else None)
                antwoorden.append((antwoord.status_code, antwoord.text.replace(vraag, "")))
            gehad += 1
            if antwoorden[0] != antwoorden[1] or antwoorden[0][0] != 404:
                verschil.append((methode, pad, *(status for status, _ in antwoorden)))
    assert gehad > 20
    assert not verschil, "\n".join(map(str, verschil))


NAMEN = re.compile(r"\{(kenmerk|nummer|aanmelding|document|sha256)\}")
"""The parts of an address that name something of an aanbieder."""


def test_no_name_in_an_address_leads_to_a_file_that_is_not_asked_for(bezoek: Start):
    browser, proef = bezoek(STAND)
    proef.add_persoon("archief", "archivaris", Rol.ARCHIVARIS)
    gekregen = []
    for nummer, (methode, pad) in enumerate(sorted(read_matrix())):
        if methode != "GET" or "{" not in pad or pad.startswith("/api/"):
            continue
        wie = "archief" if pad.startswith("/archief") else "i.dekker"
        browser.log_in(wie)
        for kwaad in (PADEN[nummer % 4], PADEN[4 + nummer % 2]):
            antwoord = browser.get(re.sub(r"\{[a-z0-9_]+\}", kwaad, pad))
            if antwoord.status_code not in {303, 403, 404, 422} or b"SQLite format" in antwoord.content:
                gekregen.append((pad, kwaad, antwoord.status_code))
    assert gekregen == []


def test_no_form_of_any_page_is_taken_from_another_site(bezoek: Start):
    browser, _ = bezoek(STAND)
    browser.log_in("i.dekker")
    genomen = []
    for methode, pad in sorted(read_matrix()):
        if methode == "POST" and not pad.startswith("/api/"):
            antwoord = browser.post(fill_in(pad, {}), headers={"sec-fetch-site": "cross-site"})
            if antwoord.status_code != 403 or "kwam niet van onze eigen pagina" not in antwoord.text:
                genomen.append((pad, antwoord.status_code))
    assert genomen == []


HTML = b"<html><script>alert(document.domain)</script></html>"
TWEE = {
    "pdf.pdf": (make_blanco() + HTML + make_zip({"index.html": HTML}), "application/pdf", "inline"),
    "plaat.png": (make_png() + HTML, "image/png", "inline"),
    "foto.jpg": (make_jpg() + HTML, "image/jpeg", "inline"),
    "word.docx": (make_zip(docx_delen() | {"index.html": HTML}), "wordprocessingml.document", "attachment"),
}
"""Files that are something else as well: with a page, or an archive, behind or in them."""


@pytest.mark.parametrize("naam", TWEE)
def test_a_file_that_is_two_things_is_refused_or_handed_out_as_the_one_that_was_looked_at(
    aanbieder: Aanbieder, naam: str
):
    browser, _ = aanbieder
    complete(browser)
    inhoud, soort, wijze = TWEE[naam]
    antwoord = upload(browser, "U-02", naam, inhoud)
    if antwoord.status_code == 422:
        assert 'id="f-bestand"' in antwoord.text
        return
    assert antwoord.status_code == 303
    terug = browser.get(f"{BASIS}/stuk/1")
    assert terug.content == inhoud
    assert soort in terug.headers["content-type"]
    assert terug.headers["content-disposition"].startswith(wijze)
    assert terug.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in terug.headers["content-security-policy"]
    assert "script-src" not in terug.headers["content-security-policy"]


def test_a_zip_bomb_is_refused_beside_its_field_and_leaves_nothing(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    voor = list_bestanden(proef.huis.winkel.map)
    bommen = {
        "groot": make_zip(docx_delen() | {"word/m.bin": b"\0" * 60_000_000}),
        "veel": make_zip(docx_delen() | {f"word/{n}.xml": b"" for n in range(5000)}),
    }
    for wat, bom in bommen.items():
        assert len(bom) < 1_000_000, wat
        antwoord = upload(browser, "U-02", "plan.docx", bom)
        assert antwoord.status_code == 422, wat
        assert "pakt uit tot een onredelijke grootte" in antwoord.text, wat
        assert 'id="f-bestand"' in antwoord.text
    assert list_bestanden(proef.huis.winkel.map) == voor
    assert upload(browser, "U-02", "plan.docx", make_docx()).status_code == 303
