"""An aanbieder writes an aanmelding page by page and hands it in; nothing is lost, and nobody else sees it."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

from sqlmodel import select

from inkoop.cli.demo.bewijs import make_bewijspdf
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, accounts, opening, rondes
from inkoop.storage.tabellen.toets import ToetsRow
from inkoop.web.opgavezicht import LEEG_STAND
from tests.services.proefspel import Proef, list_bestanden, read_alles
from tests.web.conftest import WACHTWOORD, Bezoeker, open_browser

RONDE = "M-2020-2"
BASIS = f"/opgave/{RONDE}"
BEDRIJF = {
    "naam": "Zorggroep Nieuw",
    "rechtsvorm": "stichting",
    "adres": "Nieuwstraat 1",
    "postcode": "5261 AB",
    "plaats": "Vught",
    "email": "post@nieuw.example",
    "tekenbevoegde naam": "N. Nieuw",
    "tekenbevoegde functie": "bestuurder",
    "tekenbevoegde wijze": "alleen",
}
Aanbieder = tuple[Bezoeker, Proef]


def read_versie(browser: Bezoeker, pad: str) -> str:
    return re.findall(r'name="versie" value="(\d+)"', browser.get(pad).text)[0]


def fill(browser: Bezoeker, pad: str, velden: dict[str, object], **bestanden: tuple[str, bytes]):
    """Fill a form in as a browser does: with the version that its page has."""
    gegevens = {"versie": read_versie(browser, pad), **velden}
    return browser.post(pad, data=gegevens, files=bestanden or None)


def make_pdf(naam: str = "stuk") -> bytes:
    return make_bewijspdf(naam, [("Nummer", naam)], afzender="Zorggroep Nieuw", datum=date(2020, 1, 20))


def complete(browser: Bezoeker) -> None:
    assert fill(browser, f"{BASIS}/partij/aanbieder", BEDRIJF).headers["location"] == BASIS
    assert fill(browser, f"{BASIS}/aanbod", {"product": ["1A:IB-basis"]}).headers["location"] == BASIS


def upload(browser: Bezoeker, eis: str, naam: str = "uittreksel.pdf", inhoud: bytes | None = None):
    return fill(browser, f"{BASIS}/eis/{eis}", {}, bestand=(naam, make_pdf() if inhoud is None else inhoud))


def test_the_list_of_tasks_says_how_far_each_is_and_shows_only_what_counts_for_the_offer(aanbieder: Aanbieder):
    browser, _ = aanbieder
    assert "Meld u aan" in browser.get("/aanmelden").text
    begin = browser.get(BASIS).text
    assert LEEG_STAND in begin
    assert "Kies eerst percelen en producten" in begin
    assert "Verblijfslocatie in de regio" in begin
    complete(browser)
    daarna = browser.get(BASIS).text
    assert "gelden niet voor wat u aanbiedt" in daarna or "geldt niet voor wat u aanbiedt" in daarna
    assert f'{BASIS}/eis/M-02"' not in daarna
    assert "u bent begonnen" in browser.get("/aanmelden").text


def test_the_data_of_the_onderneming_are_kept_also_when_not_complete_and_faults_stand_beside_the_field(
    aanbieder: Aanbieder,
):
    browser, _ = aanbieder
    antwoord = fill(browser, f"{BASIS}/partij/aanbieder", {"naam": "Zorggroep Nieuw", "kvk": "11111111"})
    assert antwoord.status_code == 422
    assert (
        '<a class="utrecht-link utrecht-link--html-a" href="#v-rechtsvorm">Rechtsvorm: vul dit in.</a>' in antwoord.text
    )
    assert 'id="f-rechtsvorm">Vul dit in.' in antwoord.text
    later = browser.get(f"{BASIS}/partij/aanbieder").text
    assert 'value="Zorggroep Nieuw"' in later
    assert "91234567" in later
    assert "11111111" not in later


def test_a_file_is_examined_at_once_and_what_is_wrong_is_said_beside_the_field(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    voor = list_bestanden(proef.huis.winkel.map)
    for naam, inhoud, reden in (
        ("nep.pdf", b"MZ\x90\x00", "de inhoud is geen PDF-document"),
        ("leeg.pdf", b"", "het bestand is leeg"),
        ("virus.exe", b"MZ", "dit soort bestand (exe) wordt niet aangenomen"),
        ("plaat.pdf", b"\x89PNG\r\n\x1a\n", "de inhoud is een PNG-afbeelding"),
    ):
        antwoord = upload(browser, "U-02", naam, inhoud)
        assert antwoord.status_code == 422, naam
        assert reden in antwoord.text, naam
        assert 'id="f-bestand"' in antwoord.text
    assert "Kies een bestand op uw computer" in fill(browser, f"{BASIS}/eis/U-02", {}).text
    assert list_bestanden(proef.huis.winkel.map) == voor


def test_what_is_said_about_a_file_is_told_beside_its_field_and_stays_as_it_was_typed(aanbieder: Aanbieder):
    browser, _ = aanbieder
    complete(browser)
    stuk = upload(browser, "U-02").headers["location"]
    assert stuk == f"{BASIS}/eis/U-02/1"
    assert "uittreksel.pdf is bewaard" in browser.get(stuk).text
    fout = fill(browser, stuk, {"blok": "0", "b0.datum": "31 februari", "b0.op_naam_van": "Zorggroep Nieuw"})
    assert fout.status_code == 422
    assert 'id="f-b0.datum">Vul een bestaande dag in' in fout.text
    assert 'value="31 februari"' in fout.text
    assert 'value="Zorggroep Nieuw"' in fout.text
    leeg = fill(browser, stuk, {"blok": "0"})
    assert "Vul in wat er in dit bestand staat" in leeg.text
    goed = fill(browser, stuk, {"blok": "0", "b0.datum": "20-1-2020", "b0.op_naam_van": "Zorggroep Nieuw"})
    assert goed.headers["location"] == f"{BASIS}/eis/U-02"
    assert "klaar" in browser.get(f"{BASIS}/eis/U-02").text


def test_one_file_can_serve_two_criteria_and_its_name_is_there_once(aanbieder: Aanbieder):
    browser, _ = aanbieder
    complete(browser)
    upload(browser, "U-02")
    dubbel = upload(browser, "U-03")
    assert dubbel.status_code == 422
    assert "er is al een bestand met deze naam" in dubbel.text
    gekozen = fill(browser, f"{BASIS}/eis/U-03", {"actie": "kies", "stuk": "1"})
    assert gekozen.headers["location"] == f"{BASIS}/eis/U-03/1"
    assert "uittreksel.pdf" in browser.get(f"{BASIS}/eis/U-03").text


def test_several_facts_on_one_file_each_have_their_own_fault(aanbieder: Aanbieder):
    """The products come in the order of the procedure; an empty block says nothing."""
    browser, _ = aanbieder
    fill(browser, f"{BASIS}/partij/aanbieder", BEDRIJF)
    fill(browser, f"{BASIS}/aanbod", {"product": ["1A:IB-waakvlam", "1A:IB-basis", "1A:IB-extra"]})
    stuk = upload(browser, "M-01").headers["location"]
    assert browser.get(stuk).text.count("<fieldset") == 3
    blok = {"van": "2018-01-01", "tot": "2020-01-31", "clienten": "3"}
    velden = {f"b{n}.{naam}": waarde for n in (0, 2) for naam, waarde in blok.items()}
    fout = fill(browser, stuk, {"blok": ["0", "1", "2"], **velden, "b2.clienten": "drie"})
    assert fout.status_code == 422
    assert 'id="f-b2.clienten">Schrijf een geheel getal' in fout.text
    goed = fill(browser, stuk, {"blok": ["0", "1", "2"], **velden})
    assert goed.status_code == 303
    pagina = browser.get(stuk).text
    assert "Ervaring met IB-waakvlam" in pagina
    assert pagina.count('value="2018-01-01"') == 2


def test_a_certificate_may_say_other_words_than_those_on_the_page(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    stuk = upload(browser, "M-03", "hkz.pdf").headers["location"]
    velden = {"blok": "0", "b0.norm": "HKZ", "b0.van": "01-05-2018", "b0.tot": "30/4/2021"}
    leeg = fill(browser, stuk, velden)
    assert 'id="f-b0.scope">Vul dit in.' in leeg.text
    goed = fill(browser, stuk, {**velden, "b0.scope": ["begeleiding", "thuiswonen; logeren"]})
    assert goed.status_code == 303
    pagina = browser.get(stuk).text
    assert 'value="thuiswonen; logeren"' in pagina
    assert re.search(r'value="begeleiding" checked', pagina)
    submit(browser)
    open_ronde(proef)
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, RONDE))[0]
        (feit,) = aanmeldingen.read_opgave(rij).bewijsstukken[0].feiten
    assert (feit.van, feit.tot) == (date(2018, 5, 1), date(2021, 4, 30))
    assert feit.scope == ("begeleiding", "thuiswonen", "logeren")


def test_the_precheck_says_what_is_missing_and_leaves_nothing_behind(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    stuk = upload(browser, "U-02").headers["location"]
    fill(browser, stuk, {"blok": "0", "b0.datum": "2020-01-20", "b0.op_naam_van": "Zorggroep Nieuw"})
    voor = read_alles(proef.huis.winkel.map)
    pagina = browser.get(f"{BASIS}/vooraf").text
    assert "Hier ontbreekt niets (1)" in pagina
    assert "de verklaring &#39;UEA&#39; niet ontvangen" in pagina
    assert "Er wordt niets besloten" in pagina
    assert read_alles(proef.huis.winkel.map) == voor
    with proef.huis.winkel.lezen() as sessie:
        assert list(sessie.exec(select(ToetsRow))) == []


def test_two_people_in_one_draft_are_told_and_nothing_that_was_typed_is_lost(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    oud = read_versie(browser, f"{BASIS}/partij/aanbieder")
    ander = open_browser(proef.huis).log_in("collega")
    fill(ander, f"{BASIS}/partij/aanbieder", {**BEDRIJF, "plaats": "Boxtel"})
    antwoord = browser.post(f"{BASIS}/partij/aanbieder", data={**BEDRIJF, "plaats": "Oss", "versie": oud})
    assert antwoord.status_code == 422
    assert "C. Collega heeft dit concept intussen gewijzigd" in antwoord.text
    assert 'value="Oss"' in antwoord.text
    assert 'value="Boxtel"' in browser.get(f"{BASIS}/partij/aanbieder").text
    (nieuw,) = set(re.findall(r'name="versie" value="(\d+)"', antwoord.text))
    nog_eens = browser.post(f"{BASIS}/partij/aanbieder", data={**BEDRIJF, "plaats": "Oss", "versie": nieuw})
    assert nog_eens.status_code == 303


def test_a_session_that_ended_keeps_the_draft(aanbieder: Aanbieder):
    browser, _ = aanbieder
    complete(browser)
    browser.cookies.clear()
    assert browser.get(BASIS).headers["location"] == f"/inloggen?terug={BASIS.replace('/', '%2F')}"
    browser.log_in("nieuw")
    assert 'value="Nieuwstraat 1"' in browser.get(f"{BASIS}/partij/aanbieder").text


def test_what_was_typed_when_a_session_ended_goes_along_after_signing_in_and_a_password_never(aanbieder: Aanbieder):
    browser, proef = aanbieder
    accounts.set_wachtwoord(proef.huis, proef.act_as("s.kuijpers"), "nieuw", WACHTWOORD)
    pad = f"{BASIS}/partij/aanbieder"
    browser.cookies.clear()
    uit = browser.post(pad, data={**BEDRIJF, "plaats": "Oss", "versie": "0", "wachtwoord": "geheim"})
    assert uit.status_code == 401
    assert "U was uitgelogd" in uit.text
    bewaard = dict(re.findall(r'name="(bewaard:[^"]*)" value="([^"]*)"', uit.text))
    assert bewaard["bewaard:plaats"] == "Oss"
    assert "geheim" not in uit.text
    fout = browser.post("/inloggen", data={"naam": "nieuw", "wachtwoord": "fout", "verder": pad, **bewaard})
    assert 'name="bewaard:plaats" value="Oss"' in fout.text
    goed = browser.post("/inloggen", data={"naam": "nieuw", "wachtwoord": WACHTWOORD, "verder": pad, **bewaard})
    assert f'action="{pad}"' in goed.text
    velden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', goed.text))
    assert browser.post(pad, data=velden).headers["location"] == BASIS
    assert 'value="Oss"' in browser.get(pad).text


def test_what_was_typed_goes_to_a_page_of_ours_only(aanbieder: Aanbieder):
    browser, proef = aanbieder
    accounts.set_wachtwoord(proef.huis, proef.act_as("s.kuijpers"), "nieuw", WACHTWOORD)
    velden = {"naam": "nieuw", "wachtwoord": WACHTWOORD, "verder": "//kwaad.example/x", "bewaard:a": "1"}
    antwoord = browser.post("/inloggen", data=velden)
    assert antwoord.headers["location"] == "/aanmelden"


def submit(browser: Bezoeker) -> str:
    antwoord = fill(browser, f"{BASIS}/indienen", {"bevoegd": "ja"})
    assert antwoord.status_code == 303, antwoord.text
    return antwoord.headers["location"].split("/")[2]


def test_handing_in_gives_a_receipt_with_the_instant_and_the_hashes_and_seals_everything(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    inhoud = make_pdf("eigen")
    upload(browser, "U-02", inhoud=inhoud)
    onbevoegd = fill(browser, f"{BASIS}/indienen", {})
    assert onbevoegd.status_code == 422
    assert 'id="f-bevoegd">Vink aan dat u' in onbevoegd.text
    kenmerk = submit(browser)
    bewijs = browser.get(f"/aanmelden/{kenmerk}/ontvangst").text
    controlegetal = sha256(inhoud).hexdigest()
    assert controlegetal in bewijs
    assert re.search(r"Ontvangen op 3 februari 2020, \d\d:\d\d:\d\d uur \(UTC\+0100\)", bewijs)
    tekst = browser.get(f"/aanmelden/{kenmerk}/ontvangst.txt").text
    assert f"{controlegetal}  uittreksel.pdf" in tekst
    assert "Zorggroep Nieuw" not in str(read_alles(proef.huis.winkel.map))
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        assert (rij.status, rij.naam, rij.opgave) == (Aanmeldingsstatus.ONTVANGEN, "", "")
    open_ronde(proef)
    with proef.huis.winkel.lezen() as sessie:
        opgave = aanmeldingen.read_opgave(aanmeldingen.find_aanmelding(sessie, kenmerk))
    assert (opgave.naam, opgave.percelen, opgave.producten) == ("Zorggroep Nieuw", ("1A",), ("IB-basis",))
    assert [stuk.bestand for stuk in opgave.bewijsstukken] == ["uittreksel.pdf"]


def open_ronde(proef: Proef) -> None:
    proef.klok.set(proef.at(proef.definitie.find_ronde(RONDE).sluiting.date(), 9).replace(month=4, day=1))
    rondes.request_opening(proef.huis, proef.act_as("i.dekker"), RONDE)
    opening.open_ronde(proef.huis, proef.act_as("j.hendriks"), RONDE)


def test_what_was_handed_in_is_replaced_by_handing_in_again_and_not_by_changing_alone(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    eerste = submit(browser)
    zelfde = fill(browser, f"{BASIS}/indienen", {"bevoegd": "ja"})
    assert zelfde.status_code == 422
    assert f"U hebt dit al ingediend als {eerste}" in zelfde.text
    fill(browser, f"{BASIS}/aanbod", {"product": ["1A:IB-basis", "1A:IB-extra"]})
    assert f"Aanmelding {eerste} telt zoals u haar indiende" in browser.get(BASIS).text
    tweede = submit(browser)
    assert f"In de plaats van</dt><dd>{eerste}" in browser.get(f"/aanmelden/{tweede}/ontvangst").text
    with proef.huis.winkel.lezen() as sessie:
        assert aanmeldingen.find_aanmelding(sessie, eerste).status is Aanmeldingsstatus.VERVANGEN


def test_an_answer_that_was_changed_meanwhile_is_not_handed_in(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    oud = read_versie(browser, f"{BASIS}/indienen")
    fill(open_browser(proef.huis).log_in("collega"), f"{BASIS}/aanbod", {"product": ["1B:DB-basis"]})
    antwoord = browser.post(f"{BASIS}/indienen", data={"versie": oud, "bevoegd": "ja"})
    assert antwoord.status_code == 422
    assert "C. Collega heeft dit concept intussen gewijzigd" in antwoord.text
    assert browser.get("/aanmelden").text.count("Bekijken") == 0


def test_an_aanmelding_that_is_not_complete_says_where_and_is_not_handed_in(aanbieder: Aanbieder):
    browser, _ = aanbieder
    pagina = browser.get(f"{BASIS}/indienen").text
    assert "U kunt nog niet indienen" in pagina
    assert "Kies ten minste één perceel" in pagina
    assert "Dien de aanmelding in" not in pagina
    antwoord = browser.post(f"{BASIS}/indienen", data={"versie": "0", "bevoegd": "ja"})
    assert antwoord.status_code == 422


def test_a_combinatie_has_a_penvoerder_a_name_and_evidence_of_each(aanbieder: Aanbieder):
    browser, proef = aanbieder
    complete(browser)
    zonder_rol = fill(browser, f"{BASIS}/partij/nieuw", {**BEDRIJF, "naam": "Maatje BV", "kvk": "92345678"})
    assert zonder_rol.status_code == 422
    assert 'value="Maatje BV"' in zonder_rol.text
    dubbel = fill(browser, f"{BASIS}/partij/nieuw", {**BEDRIJF, "rol": "lid", "kvk": "91234567"})
    assert "is al van een andere partij" in dubbel.text
    (zelfde,) = set(re.findall(rf'action="{BASIS}/partij/(partij-\d+)"', dubbel.text))
    fill(browser, f"{BASIS}/partij/{zelfde}", {**BEDRIJF, "rol": "lid", "naam": "Maatje BV", "kvk": "92345678"})
    assert "Geef de combinatie een naam" in browser.get(f"{BASIS}/indienen").text
    fill(browser, f"{BASIS}/samenwerking", {"naam": "Combinatie Nieuw"})
    stuk = upload(browser, "U-02").headers["location"]
    assert "Aan deze eis voldoet elke partij zelf" in browser.get(stuk).text
    velden = {"blok": "0", "b0.datum": "2020-01-20", "b0.op_naam_van": "Maatje BV", "lid": zelfde}
    assert fill(browser, stuk, velden).status_code == 303
    assert "Van Zorggroep Nieuw is het stuk" in browser.get(f"{BASIS}/vooraf").text
    kenmerk = submit(browser)
    open_ronde(proef)
    with proef.huis.winkel.lezen() as sessie:
        opgave = aanmeldingen.read_opgave(aanmeldingen.find_aanmelding(sessie, kenmerk))
    assert opgave.naam == "Combinatie Nieuw"
    assert [str(lid.rol) for lid in opgave.leden] == ["penvoerder", "lid"]
    assert [stuk.lid for stuk in opgave.bewijsstukken] == [zelfde]


def test_a_party_that_is_taken_out_leaves_its_file_with_the_whole_aanmelding(aanbieder: Aanbieder):
    browser, _ = aanbieder
    complete(browser)
    fill(browser, f"{BASIS}/partij/nieuw", {**BEDRIJF, "rol": "derde", "naam": "Steun BV", "kvk": "92345678"})
    (partij,) = set(re.findall(rf"{BASIS}/partij/(partij-\d+)", browser.get(f"{BASIS}/samenwerking").text))
    stuk = upload(browser, "U-02").headers["location"]
    fill(browser, stuk, {"blok": "0", "b0.datum": "2020-01-20", "lid": partij})
    versie = read_versie(browser, f"{BASIS}/partij/{partij}")
    assert browser.post(f"{BASIS}/partij/{partij}/weg", data={"versie": versie}).status_code == 303
    assert "U meldt zich nu alleen aan" in browser.get(f"{BASIS}/samenwerking").text
    assert browser.get(f"{BASIS}/vooraf").status_code == 200
