"""Disputes, notices, offers that run out and besluiten looked at again: done from a page, and named in Mijn taken."""

from __future__ import annotations

import re
from datetime import timedelta

from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.services import aankondigingen, geschillen, rondeplichten, rondes
from inkoop.services.taaksoort import Taaksoort
from inkoop.web.paginas.taken import ACTIES
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, Start

STAND = "tekenen"
RONDE = "M-2020-2"
PLICHTEN = f"/rondes/{RONDE}/plichten"


def _list_wat(browser: Bezoeker) -> list[str]:
    return re.findall(r'ink-taak-kop">([^<]+)<', browser.get("/taken").text)


def _dag(proef: Proef, dagen: int) -> str:
    return (local_date(proef.klok.nu) + timedelta(days=dagen)).isoformat()


def test_a_complaint_is_recorded_stands_in_the_tasks_of_the_jurist_and_is_settled(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("j.hendriks")
    nu = proef.klok.nu.astimezone(TIJDZONE)
    velden = {
        "soort": "klacht", "van": "Zorg in de Wijk", "omschrijving": "Wij zijn niet gehoord.",
        "ontvangen_op": f"{nu - timedelta(days=1):%Y-%m-%d %H:%M}",
    }  # fmt: skip
    assert browser.get(PLICHTEN).status_code == 200
    fout = browser.post(f"{PLICHTEN}/geschil", data={**velden, "omschrijving": "Het gaat om bsn 111222333."})
    assert fout.status_code == 422
    assert "staat iets dat een BSN kan zijn" in fout.text
    leeg = browser.post(f"{PLICHTEN}/geschil", data={**velden, "van": ""})
    assert leeg.status_code == 422
    assert 'id="f-geschil-van">Vul dit in.' in leeg.text
    assert "Wij zijn niet gehoord." in leeg.text
    assert browser.post(f"{PLICHTEN}/geschil", data=velden).status_code == 303
    with proef.huis.winkel.lezen() as sessie:
        (rij,) = geschillen.list_geschillen(sessie, rondes.find_ronde(sessie, RONDE))
    taken = browser.get("/taken").text
    assert "Handel klachten en kort gedingen af" in taken
    assert f'href="{PLICHTEN}#geschillen"' in taken
    afhandelen = f"{PLICHTEN}/geschil/{rij.kenmerk}"
    assert f'action="{afhandelen}"' in browser.get(PLICHTEN).text
    goed = {"uitkomst": "ongegrond", "op": _dag(proef, 0), "toelichting": "Gehoord op 3 juni."}
    assert browser.post(afhandelen, data={**goed, "uitkomst": "toegewezen"}).status_code == 422
    assert browser.post(afhandelen, data=goed).status_code == 303
    assert "ongegrond: Gehoord op 3 juni." in browser.get(PLICHTEN).text
    assert "Handel klachten en kort gedingen af" not in _list_wat(browser)
    weer = browser.post(afhandelen, data={**goed, "toelichting": "Gehoord op 4 juni."})
    assert weer.status_code == 422
    assert "is al afgehandeld" in weer.text
    assert "Gehoord op 4 juni." in weer.text


def test_an_aanmelding_is_reopened_and_tested_again_from_the_page(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    kenmerk = proef.find("M1")
    velden = {"aanmelding": kenmerk, "aanleiding": "nieuwe_grond", "reden": "kort"}
    kort = browser.post(f"{PLICHTEN}/heropenen", data=velden)
    assert kort.status_code == 422
    assert 'id="f-heropenen-reden"' in kort.text
    velden["reden"] = "Uit het register blijkt dat het certificaat eerder eindigde."
    assert browser.post(f"{PLICHTEN}/heropenen", data=velden).status_code == 303
    assert "Toets heropende aanmeldingen opnieuw en herzie het besluit" in _list_wat(browser)
    assert velden["reden"] in browser.get(PLICHTEN).text
    assert browser.post(f"{PLICHTEN}/herzien", data={"aanmelding": "M-2020-2-A999"}).status_code == 404
    klaar = browser.post(f"{PLICHTEN}/herzien", data={"aanmelding": kenmerk})
    assert klaar.status_code == 303, re.findall(r"<li[^>]*>(.*?)</li>", klaar.text, re.DOTALL)
    assert "Toets heropende aanmeldingen opnieuw en herzie het besluit" not in _list_wat(browser)


def test_an_extension_of_the_offer_and_a_notice_are_recorded_from_the_page(bezoek: Start):
    browser, proef = bezoek(STAND)
    browser.log_in("i.dekker")
    with proef.huis.winkel.lezen() as sessie:
        huidig = rondeplichten.find_gestand(sessie, rondes.find_ronde(sessie, RONDE))
    assert browser.get(PLICHTEN).status_code == 200
    te_kort = browser.post(f"{PLICHTEN}/gestand", data={"tot": huidig.isoformat(), "grond": "brieven van mei"})
    assert te_kort.status_code == 422
    assert 'id="f-gestand-verlengen-tot">Aanmeldingen worden al gestand gedaan' in te_kort.text
    assert "brieven van mei" in te_kort.text
    later = huidig + timedelta(days=30)
    goed = browser.post(f"{PLICHTEN}/gestand", data={"tot": later.isoformat(), "grond": "instemming van allen"})
    assert goed.status_code == 303
    velden = {"soort": "rectificatie", "plaats": "TenderNed", "nummer": "2020-123", "geplaatst_op": ""}
    assert browser.post(f"{PLICHTEN}/aankondiging", data={**velden, "nummer": ""}).status_code == 422
    assert browser.post(f"{PLICHTEN}/aankondiging", data=velden).status_code == 303
    dubbel = browser.post(f"{PLICHTEN}/aankondiging", data=velden)
    assert "al geregistreerd" in dubbel.text
    with proef.huis.winkel.lezen() as sessie:
        assert rondeplichten.find_gestand(sessie, rondes.find_ronde(sessie, RONDE)) == later
        assert "2020-123" in {een.nummer for een in aankondigingen.list_aankondigingen(sessie, "meierij-2020")}
    assert "nummer 2020-123" in browser.get(PLICHTEN).text


ELDERS = {
    Taaksoort.BESLECHTEN: "on the page of what is judged",
    Taaksoort.HERSTEL_BEANTWOORDEN: "an aanbieder sees it at its aanmelding",
    Taaksoort.VOORWAARDE_VERVULLEN: "an aanbieder sees it at its aanmelding",
    Taaksoort.VOORSTEL_INDIENEN: "an aanbieder sees it at its aanmelding",
}


def test_every_kind_of_task_has_one_action_in_mijn_taken():
    assert set(Taaksoort) - ACTIES.keys() == ELDERS.keys()
