"""What an aanbieder does after handing in: answer a herstelverzoek or a condition, ask, sign."""

from __future__ import annotations

import re

import pytest

from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Herstelstatus
from inkoop.services import aanmeldingen, bewijzen, eigen, herstel, kladden, ondertekeningen, rondes, vragen
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.overeenkomst import Partijsoort
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, Start, open_browser
from tests.web.test_opgave import BASIS, Aanbieder, complete, fill, make_pdf

RONDE = "M-2020-2"


def log_in_voor(proef: Proef, kenmerk: str) -> Bezoeker:
    return open_browser(proef.huis).log_in(aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk))


def send_herstel(bezoek: Start) -> tuple[Proef, str]:
    """A store in which a herstelverzoek was just sent, and about which aanmelding."""
    _, proef = bezoek("herstel_verzenden")
    proef.perform_alle(Taaksoort.HERSTEL_VERZENDEN)
    with proef.huis.winkel.lezen() as sessie:
        rijen = aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, RONDE))
        verzoeken = {rij.kenmerk: herstel.find_verzoek(sessie, rij) for rij in rijen}
    (kenmerk, *_) = [k for k, v in verzoeken.items() if v is not None and v.status is Herstelstatus.VERZONDEN]
    return proef, kenmerk


def test_a_herstelverzoek_is_answered_with_evidence_for_what_was_asked_and_nothing_else(bezoek: Start):
    proef, kenmerk = send_herstel(bezoek)
    browser = log_in_voor(proef, kenmerk)
    assert "Geef antwoord" in browser.get(f"/aanmelden/{kenmerk}").text
    pagina = browser.get(f"/aanmelden/{kenmerk}/aanvullen").text
    eisen = re.findall(rf"/opgave/{kenmerk}/eis/([A-Z]-\d+)", pagina)
    assert eisen
    niet_gevraagd = next(eis for eis in ("U-02", "U-03", "M-05") if eis not in eisen)
    assert browser.get(f"/opgave/{kenmerk}/eis/{niet_gevraagd}").status_code == 404
    leeg = browser.post(f"/aanmelden/{kenmerk}/aanvullen", data={"zeker": "ja", "versie": "0"})
    assert "U hebt nog geen bestand toegevoegd" in leeg.text
    stuk = fill(browser, f"/opgave/{kenmerk}/eis/{eisen[0]}", {}, bestand=("aanvulling.pdf", make_pdf("aanvulling")))
    assert stuk.headers["location"] == f"/opgave/{kenmerk}/eis/{eisen[0]}/1"
    assert "Terug naar wat er wordt gevraagd" in browser.get(f"/opgave/{kenmerk}/eis/{eisen[0]}").text
    onzeker = fill(browser, f"/aanmelden/{kenmerk}/aanvullen", {"toelichting": "Dit ontbrak."})
    assert onzeker.status_code == 422
    assert "Dit ontbrak.</textarea>" in onzeker.text
    goed = fill(browser, f"/aanmelden/{kenmerk}/aanvullen", {"toelichting": "Dit ontbrak.", "zeker": "ja"})
    assert goed.headers["location"] == f"/aanmelden/{kenmerk}"
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        stukken = [s for s in bewijzen.list_bewijsstukken(sessie, rij) if s.aanleiding is Aanleiding.HERSTEL]
    assert [stuk.bestand for stuk in stukken] == ["aanvulling.pdf"]
    assert not [pad for pad in (proef.huis.winkel.map / kladden.MAP).rglob("*") if pad.is_file()]


def test_an_answer_is_open_only_to_whom_it_was_asked_of(bezoek: Start):
    proef, kenmerk = send_herstel(bezoek)
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="99999999", naam="V. Vreemd")
    vreemd = open_browser(proef.huis).log_in("vreemd")
    assert vreemd.get(f"/aanmelden/{kenmerk}/aanvullen").status_code == 404
    assert vreemd.post(f"/aanmelden/{kenmerk}/aanvullen", data={"zeker": "ja"}).status_code == 404
    assert vreemd.get(f"/opgave/{kenmerk}/eis/U-01").status_code == 404
    (ander, *_) = [k for k in proef.zaken if k != kenmerk and log_in_voor(proef, k).get(f"/opgave/{k}/eis/U-01")]
    assert log_in_voor(proef, ander).get(f"/aanmelden/{kenmerk}/aanvullen").status_code == 404


def test_a_question_goes_to_the_nota_without_a_name_and_its_asker_sees_it_again(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    fout = browser.post(f"{BASIS}/vraag", data={"onderwerp": "", "tekst": "Mag het ook digitaal?"})
    assert fout.status_code == 422
    assert "Noem het document en de paragraaf" in fout.text
    assert "Mag het ook digitaal?</textarea>" in fout.text
    goed = browser.post(f"{BASIS}/vraag", data={"onderwerp": "leidraad 3.2", "tekst": "Mag het ook digitaal?"})
    assert goed.status_code == 303
    assert "Mag het ook digitaal?" in browser.get(f"{BASIS}/vraag").text
    assert "Mag het ook digitaal?" in open_browser(proef.huis).log_in("collega").get(f"{BASIS}/vraag").text
    ander = open_browser(proef.huis).log_in("aanbieder-90000101")
    assert "Mag het ook digitaal?" not in ander.get(f"{BASIS}/vraag").text
    with proef.huis.winkel.lezen() as sessie:
        (vraag,) = vragen.list_vragen(sessie, rondes.find_ronde(sessie, RONDE).id)
    assert (vraag.van, vraag.onderwerp) == ("Zorggroep Nieuw", "leidraad 3.2")


def find_te_tekenen(proef: Proef) -> tuple[str, eigen.Tekenzicht]:
    for kenmerk in sorted(proef.zaken):
        wie = aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk)
        for zicht in eigen.list_tekenen(proef.huis, proef.act_as_rol(wie, Rol.AANBIEDER), kenmerk):
            return kenmerk, zicht
    raise AssertionError("nothing waits for a signature")


def test_a_signature_asks_who_when_with_which_authority_and_for_exactly_this_text(bezoek: Start):
    _, proef = bezoek("tekenen")
    kenmerk, zicht = find_te_tekenen(proef)
    browser = log_in_voor(proef, kenmerk)
    assert "Lezen en tekenen" in browser.get(f"/aanmelden/{kenmerk}").text
    pad = f"/aanmelden/{kenmerk}/tekenen/{zicht.nummer}"
    assert browser.get(f"{pad}/bestand.pdf").content.startswith(b"%PDF")
    leeg = browser.post(pad, data={})
    assert leeg.status_code == 422
    for tekst in ("Kies wie heeft getekend", "Vul de dag in", "Bevestig dat deze persoon", "Bevestig dat deze tekst"):
        assert tekst in leeg.text
    wie = zicht.tekenbevoegden[0].keuze
    vandaag = proef.klok.nu.date().isoformat()
    onbevoegd = browser.post(pad, data={"naam": wie, "getekend_op": vandaag, "tekst": "ja"})
    assert "Is dat niet zo, teken dan niet" in onbevoegd.text
    assert f'value="{vandaag}"' in onbevoegd.text
    velden = {"naam": wie, "getekend_op": vandaag, "tekst": "ja", "bevoegd": "ja"}
    assert browser.post(pad, data={**velden, "naam": "Een Ander"}).status_code == 422
    assert browser.post(pad, data={**velden, "getekend_op": "2099-01-01"}).status_code == 422
    goed = browser.post(pad, data=velden)
    assert goed.headers["location"] == f"/aanmelden/{kenmerk}"
    assert "U hebt getekend" in browser.get(f"/aanmelden/{kenmerk}").text


def test_nobody_signs_for_another_aanbieder_and_no_aanbieder_for_the_gemeenten(bezoek: Start):
    _, proef = bezoek("tekenen")
    kenmerk, zicht = find_te_tekenen(proef)
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="99999999", naam="V. Vreemd")
    vreemd = open_browser(proef.huis).log_in("vreemd")
    pad = f"/aanmelden/{kenmerk}/tekenen/{zicht.nummer}"
    assert vreemd.get(pad).status_code == 404
    assert vreemd.get(f"{pad}/bestand.pdf").status_code == 404
    velden = {"naam": zicht.tekenbevoegden[0].keuze, "getekend_op": "2020-07-01", "tekst": "ja", "bevoegd": "ja"}
    assert vreemd.post(pad, data=velden).status_code == 404
    eigenaar = aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk)
    for wie, partij, fout in (
        ("vreemd", Partijsoort.AANBIEDER, GeenToegangError),
        (eigenaar, Partijsoort.GEMEENTEN, BeletselenError),
    ):
        with pytest.raises(fout):
            ondertekeningen.register_ondertekening(
                proef.huis,
                proef.act_as_rol(wie, Rol.AANBIEDER),
                zicht.nummer,
                partij=partij,
                naam=zicht.tekenbevoegden[0].naam,
                functie="bestuurder",
                namens="wie dan ook",
                getekend_op=proef.klok.nu.date(),
                document_sha256=zicht.pdf_sha256,
            )


def test_a_scan_of_paper_counts_only_when_another_laid_it_beside_the_text(bezoek: Start):
    _, proef = bezoek("tekenen")
    kenmerk, zicht = find_te_tekenen(proef)
    browser = log_in_voor(proef, kenmerk)
    pad = f"/aanmelden/{kenmerk}/tekenen/{zicht.nummer}"
    wie = next(iter(re.findall(r'<option value="(aanbieder: [^"]+)"', browser.get(pad).text)))
    vandaag = proef.klok.nu.date().isoformat()
    velden = {"wie": wie.replace("&#39;", "'"), "wijze": "papier", "getekend_op": vandaag, "veld": ""}
    fout = browser.post(f"{pad}/stuk", data=velden)
    assert fout.status_code == 422
    assert 'id="f-stuk-bestand">Kies een bestand' in fout.text
    assert f'value="{vandaag}"' in fout.text
    scan = [("bestand", ("getekend.pdf", make_pdf("een scan"), "application/pdf"))]
    assert browser.post(f"{pad}/stuk", data=velden, files=scan).status_code == 303
    assert "te controleren" in browser.get(pad).text
    assert browser.get(f"/tekenen/{zicht.nummer}").status_code == 403

    inkoper = open_browser(proef.huis).log_in("i.dekker")
    assert f"/tekenen/{zicht.nummer}" in inkoper.get("/rondes/M-2020-2/tekenen").text
    blad = inkoper.get(f"/tekenen/{zicht.nummer}").text
    (stuk,) = set(re.findall(r'href="(/tekenen/stuk/[^"]+)"', blad))
    assert "Leg de scan naast de aangeboden tekst" in inkoper.get(stuk).text
    assert inkoper.get(f"{stuk}/bestand").headers["content-security-policy"].startswith("default-src 'none'")
    assert inkoper.get(f"{stuk}/aangeboden.pdf").content.startswith(b"%PDF")
    weiger = inkoper.post(stuk, data={"oordeel": "nee"})
    assert 'id="f-controle-reden">Schrijf waarom' in weiger.text
    assert open_browser(proef.huis).log_in("wethouder").post(stuk, data={"oordeel": "ja"}).status_code == 403
    assert inkoper.post(stuk, data={"oordeel": "ja"}).status_code == 303
    assert wie.split(":")[1].split(",")[0].strip() in inkoper.get(f"/tekenen/{zicht.nummer}").text
    assert "is al gecontroleerd" in inkoper.post(stuk, data={"oordeel": "ja"}).text
