"""On the pages: a list goes to the archive, and a signed copy comes back with a signature in the PDF."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from hashlib import sha256
from html import unescape

from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.services import overeenkomsten
from inkoop.storage.eenheid import Actor
from tests.exchange import getekendepdf
from tests.services.test_overbrengen import find_afwijzing, keep_afwijzingen
from tests.web.conftest import Start, open_browser
from tests.web.test_aanvullen import find_te_tekenen, log_in_voor


def test_a_list_is_transferred_fetched_and_its_copy_taken_away_with_another_to_approve_it(bezoek: Start):
    _, proef = bezoek("einde")
    proef.klok.set(proef.at(date(2026, 1, 5)))
    keep_afwijzingen(proef)
    for wie in ("archief", "later"):
        proef.add_persoon(wie, "archivaris", Rol.ARCHIVARIS, naam="A. Rief")
    naam = find_afwijzing(proef)
    browser = open_browser(proef.huis).log_in("archief")
    lijst = {"soort": "overbrenging", "toelichting": "Naar het archief.", "dossiers": naam}
    waar = browser.post("/archief/lijsten", data=lijst).headers["location"]
    assert "Maak het bestand voor het archief" not in browser.get(waar).text
    eigen = browser.post(f"{waar}/goedkeuren", data={"zonder": ""})
    assert eigen.status_code == 422
    browser.log_in("later")
    assert browser.post(f"{waar}/goedkeuren", data={"zonder": ""}).status_code == 303
    onzeker = browser.post(f"{waar}/overbrengen", data={})
    assert onzeker.status_code == 422
    assert 'id="f-overbrengen-zeker">' in onzeker.text
    assert browser.get(f"{waar}/overbrenging.zip").status_code in {404, 409}
    assert browser.post(f"{waar}/overbrengen", data={"zeker": "ja"}).status_code == 303
    blad = browser.get(waar).text
    (hash_,) = re.findall(r'<dd class="ink-hash">([0-9a-f]{64})</dd>', blad)
    bestand = browser.get(f"{waar}/overbrenging.zip")
    assert sha256(bestand.content).hexdigest() == hash_
    with zipfile.ZipFile(io.BytesIO(bestand.content)) as inhoud:
        assert f"dossiers/{naam}/{naam}.mdto.xml" in inhoud.namelist()
    assert browser.log_in(INKOPER).get(f"{waar}/overbrenging.zip").status_code == 403
    browser.log_in("later")
    assert browser.post(f"{waar}/kopie-weg", data={}).status_code == 422
    assert browser.post(f"{waar}/kopie-weg", data={"zeker": "ja"}).status_code == 303
    assert "Hier staat geen kopie van het bestand" in browser.get(waar).text
    assert browser.get(f"{waar}/overbrenging.zip").status_code in {404, 409}


def test_an_electronic_copy_says_who_signed_and_one_of_another_text_is_refused_with_nothing_kept(bezoek: Start):
    _, proef = bezoek("tekenen")
    proef.klok.set(datetime(2020, 5, 26, 9, tzinfo=TIJDZONE))
    kenmerk, zicht = find_te_tekenen(proef)
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = overeenkomsten.find_contractdocument(eenheid.sessie, zicht.nummer)
        rij.pdf_sha256 = proef.huis.winkel.documenten.add(getekendepdf.aangeboden())
        eenheid.sessie.add(rij)
        eenheid.audit("document_opstellen", rij.kenmerk, naar="akkoord")
    browser = log_in_voor(proef, kenmerk)
    pad = f"/aanmelden/{kenmerk}/tekenen/{zicht.nummer}"
    (wie, *_) = re.findall(r'<option value="(aanbieder: [^"]+)"', browser.get(pad).text)
    velden = {"wie": unescape(wie), "wijze": "elektronisch", "getekend_op": "", "veld": ""}
    anders = getekendepdf.change_bytes(getekendepdf.getekend())
    for naam, inhoud in (("anders.pdf", anders), ("leeg.pdf", b"")):
        fout = browser.post(f"{pad}/stuk", data=velden, files=[("bestand", (naam, inhoud, "application/pdf"))])
        assert fout.status_code == 422, naam
        assert 'id="f-stuk-bestand">' in fout.text, naam
        assert "te controleren" not in browser.get(pad).text
    goed = [("bestand", ("getekend.pdf", getekendepdf.getekend(), "application/pdf"))]
    assert browser.post(f"{pad}/stuk", data=velden, files=goed).status_code == 303
    inkoper = open_browser(proef.huis).log_in(INKOPER)
    (stuk,) = set(re.findall(r'href="(/tekenen/stuk/[^"]+)"', inkoper.get(f"/tekenen/{zicht.nummer}").text))
    assert getekendepdf.WIE in inkoper.get(stuk).text
