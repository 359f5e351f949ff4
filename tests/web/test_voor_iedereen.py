"""What everybody can do: search, one's own mail and agenda; tokens and whether the log is whole for who may."""

from __future__ import annotations

import inspect
import re

from inkoop.domain.persoon import Rol
from inkoop.services import agendafeed, inlichtingentaken, rondetaken, takenlijst
from inkoop.services.taaksoort import Taaksoort
from inkoop.web.paginas.taken import ACTIES
from tests.web.conftest import Start


def test_every_kind_of_task_in_the_list_leads_to_a_page():
    bron = "".join(inspect.getsource(een) for een in (takenlijst, rondetaken, inlichtingentaken))
    soorten = {Taaksoort[naam] for naam in re.findall(r"Taaksoort\.([A-Z_]+)", bron)}
    assert len(soorten) > 10
    assert soorten - set(ACTIES) == set()


def test_searching_finds_only_what_the_role_may_see(bezoek: Start):
    browser, proef = bezoek("feiten_vaststellen")
    kenmerk = proef.find("M1")
    blad = browser.log_in("b.vanloon").get(f"/zoeken?q={kenmerk}").text
    assert f'href="/aanmeldingen/{kenmerk}"' in blad
    assert "/procedures/meierij-2020" in browser.get("/zoeken?q=meierij").text
    assert "Typ ten minste 2 tekens" in browser.get("/zoeken?q=m").text
    # A contractmanager may not read applications, and nobody has an agreement yet.
    anders = browser.log_in("c.jansen").get(f"/zoeken?q={kenmerk}").text
    assert "/aanmeldingen/" not in anders
    assert "/aanbieders/" not in anders


def test_everybody_sets_the_own_mail_address_and_a_wrong_one_is_told_beside_its_field(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    browser.log_in("i.dekker")
    fout = browser.post("/instellingen", data={"adres": "geen adres", "keuze": "geen"})
    assert fout.status_code == 422
    assert 'id="f-post-adres">Dit is geen e-mailadres' in fout.text
    assert 'value="geen adres"' in fout.text
    goed = browser.post("/instellingen", data={"adres": "i.dekker@regio.example", "keuze": "dagoverzicht"})
    assert "Uw instellingen zijn bewaard" in goed.text
    assert 'value="dagoverzicht" checked' in browser.get("/instellingen").text


def test_an_agenda_address_shows_only_the_own_tasks_until_it_is_taken_back(bezoek: Start):
    browser, proef = bezoek("stap_vastleggen")
    browser.log_in("i.dekker")
    blad = browser.post("/instellingen/agenda").text
    (pad,) = re.findall(r"(/agenda/[^<]+\.ics)", blad)
    assert pad not in browser.get("/instellingen").text
    browser.cookies.clear()
    agenda = browser.get(pad)
    assert agenda.headers["content-type"].startswith("text/calendar")
    assert agenda.text.startswith("BEGIN:VCALENDAR")
    assert browser.get("/agenda/geraden.ics").status_code == 404
    tweede = agendafeed.make_sleutel(proef.huis, proef.act_as("i.dekker"))
    assert browser.get(pad).status_code == 404
    assert browser.get(f"/agenda/{tweede}.ics").status_code == 200
    browser.log_in("i.dekker").post("/instellingen/agenda/intrekken")
    assert browser.get(f"/agenda/{tweede}.ics").status_code == 404
    assert "geen agenda-adres dat werkt" in browser.post("/instellingen/agenda/intrekken").text


def test_a_token_is_shown_once_works_and_is_taken_back(bezoek: Start):
    browser, _ = bezoek("feiten_vaststellen")
    browser.log_in("s.kuijpers")
    leeg = browser.post("/tokens", data={"wie": "i.dekker", "doel": "proef", "dagen": "9999"})
    assert 'id="f-token-bereik">Kies er ten minste' in leeg.text
    fout = browser.post("/tokens", data={"wie": "i.dekker", "bereik": "lezen", "doel": "proef", "dagen": "9999"})
    assert 'id="f-token-dagen">Een token geldt' in fout.text
    blad = browser.post("/tokens", data={"wie": "i.dekker", "bereik": "lezen", "doel": "proef", "dagen": "9"}).text
    (token,) = re.findall(r"inkoop_[\w-]{30,}", blad)
    (kenmerk,) = re.findall(r'id="(T-[0-9a-f]+)"', blad)
    assert token not in browser.get("/tokens").text
    assert browser.get("/api/v1/taken", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert browser.post(f"/tokens/{kenmerk}/intrekken").status_code == 303
    assert browser.get("/api/v1/taken", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_the_chain_is_checked_and_the_log_taken_along_as_a_spreadsheet(bezoek: Start):
    browser, proef = bezoek("feiten_vaststellen")
    browser.log_in(proef.add_persoon("a.chief", "archivaris", Rol.ARCHIVARIS))
    assert browser.post("/logboek/controle").status_code == 303
    assert "het logboek is ongeschonden" in browser.get("/logboek/controle").text
    assert browser.get("/logboek.xlsx?persoon=i.dekker").content.startswith(b"PK")


def test_a_file_is_held_with_a_reason_and_let_go_and_a_name_that_is_not_there_is_told_beside_its_field(bezoek: Start):
    browser, _ = bezoek("einde")
    browser.log_in("j.hendriks")
    fout = browser.post("/archief/sloten", data={"naam": "M-1999-1", "reden": "Woo-verzoek 7"})
    assert 'id="f-vast-naam">Dit bestaat niet' in fout.text
    assert 'value="Woo-verzoek 7"' in fout.text
    assert browser.post("/archief/sloten", data={"naam": "M-2020-2", "reden": "Woo-verzoek 7"}).status_code == 303
    assert "Woo-verzoek 7" in browser.get("/archief?stand=vast").text
    assert browser.post("/archief/sloten/M-2020-2/vrijgeven", data={"reden": "klaar"}).status_code == 303
    assert "Niets wordt door een mens vastgehouden" in browser.get("/archief").text
    assert browser.get("/archief.xlsx").content.startswith(b"PK")


def test_what_people_look_up_while_they_work(bezoek: Start):
    browser, _ = bezoek("einde")
    browser.log_in("j.hendriks")
    stukken = browser.get("/procedures/meierij-2020/stukken").text
    assert "/procedures/meierij-2020/stukken/leidraad.pdf" in stukken
    register = browser.get("/procedures/meierij-2020/precedenten").text
    assert "Eerdere oordelen" in register
    assert "0 oordelen." in browser.get("/procedures/meierij-2020/precedenten?q=bestaatniet").text
    assert "opzeggingsbrief" in browser.get("/clausules?q=opzegging").text
    assert "vergelijkt aanbieders niet" in browser.get("/rondes/M-2020-2/selectie").text
