"""Where everybody walks: stores halfway and at the end of a round, in contract years, in a selection, long after.

Of what a page needs before it is there, the least is done here: a question, a change, a scan, a list for the archive.
"""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import contractredline, vergelijken
from inkoop.services.taken import Taaksoort
from inkoop.web.bijwerken import Bijwerker
from inkoop.web.paginas import terugkomst
from tests.scenarios.conftest import STRIJD
from tests.scenarios.selectiespel import Selectieproef, begin_selectie
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef, Proefspel, render_plaatsvervangers
from tests.services.test_overbrengen import find_afwijzing, keep_afwijzingen
from tests.web.conftest import Bezoeker, open_browser
from tests.web.test_aanvullen import find_te_tekenen
from tests.web.test_contractafspraken import SAMENWERKING
from tests.web.test_contracten import VOORNEMEN
from tests.web.test_opgave import BASIS, complete, make_pdf, submit, upload
from tests.web.wandeling import Lezer, Wandeling

RONDE = "/rondes/M-2020-2"
STANDEN = {
    "opening_verzoeken": ("i.dekker",),
    "feiten_vaststellen": ("b.vanloon", "j.hendriks"),
    "herstel_beantwoorden": ("aanbieder",),
    "besluiten_nemen": ("wethouder",),
    "tekenen": ("aanbieder", "c.jansen"),
    "einde": ("i.dekker", "s.kuijpers", "archief", "c.jansen", "toegang"),
}
EXTRA = {"c.jansen": ("/maatregelen",), "j.hendriks": (f"{RONDE}/belangen",)}
"""Pages to which only an act leads that was done before the walk, or that stand empty in this play."""


def walk_alles(wandeling: Wandeling, gespeeld: Proefspel, map_: Path) -> Wandeling:
    """In stores halfway and at the end of a round, with a measure under way, and long after it."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(Bijwerker, "_maak_documenten", lambda zelf, door: render_plaatsvervangers(zelf._huis, door))
    monkeypatch.setattr(terugkomst, "follow_wijzigingen", lambda docx: docx)  # what stands in for a document is no Word
    # Pages show what differs, not the Word file of it, which costs more than all the rest of such a page.
    for module in (vergelijken, contractredline):
        monkeypatch.setattr(module, "make_redline", lambda *wat: b"")
    proef = Proef.open(map_ / "open", gespeeld.standen["gepubliceerd"])
    _walk_open(wandeling, gespeeld, proef)
    for stand, wie in STANDEN.items():
        proef = Proef.open(map_ / stand, gespeeld.standen[stand])
        proef.add_persoon("archief", "archivaris", Rol.ARCHIVARIS, naam="A. Rief")
        proef.add_persoon("toegang", "medewerker", Rol.TOEGANG, naam="T. Oegang")
        browser = open_browser(proef.huis)
        for een in wie:
            _walk_as(wandeling, browser, proef, een)
            if (stand, een) == ("tekenen", "aanbieder"):
                _walk_scan(wandeling, browser, proef)
        _close(proef)
    _walk_addendum(wandeling, Proef.open(map_ / "addendum", gespeeld.standen["addendum_tekenen"]))
    _walk_contracten(wandeling, map_ / "hvb")
    _walk_selectie(wandeling, map_ / "selectie")
    _walk_archief(wandeling, Proef.open(map_ / "later", gespeeld.standen["einde"]))
    monkeypatch.undo()
    return wandeling


def do(browser: Bezoeker, wie: str, pad: str, **velden: str) -> str:
    """Somebody sends a form that is right; the address of the page that follows."""
    antwoord = browser.log_in(wie).post(pad, data=velden)
    assert antwoord.status_code == 303, (wie, pad, Lezer(antwoord.text).meldingen)
    return antwoord.headers["location"]


def _walk_open(wandeling: Wandeling, gespeeld: Proefspel, proef: Proef) -> None:
    """The first morning: an aanbieder applies and asks; the question is answered in a nota."""
    proef.klok.set(proef.at(proef.definitie.find_ronde(gespeeld.groep.ronde).opening, 9))
    proef.add_persoon("nieuw", "bestuurder", Rol.AANBIEDER, kvk="91234567", naam="N. Nieuw")
    browser = open_browser(proef.huis)
    wandeling.walk(browser, "niemand", ["/", "/catalogus", "/toegankelijkheid", "/inloggen", "/uitgelogd"])
    browser.log_in("nieuw")
    complete(browser)
    stuk = upload(browser, "U-02").headers["location"]
    vraag = {"onderwerp": "Leidraad, paragraaf 2", "tekst": "Mag een kopie van het uittreksel?"}
    do(browser, "nieuw", f"{BASIS}/vraag", **vraag)
    antwoord = {"tekst": "Mag een kopie?", "antwoord": "Ja, dat mag.", "wijziging": "nee"}
    browser.log_in("i.dekker").get("/vragen/M-2020-2-V001")
    do(browser, "i.dekker", "/vragen/M-2020-2-V001/antwoord", **antwoord)
    nota = do(browser, "i.dekker", f"{RONDE}/notas", wijzigingen="", editie="", sluiting="")
    do(browser, "nieuw", f"{BASIS}/vraag", **vraag)
    browser.log_in("nieuw")
    kenmerk = submit(browser)
    wandeling.walk(browser, "nieuw", [f"/aanmelden/{kenmerk}", stuk, f"{BASIS}/indienen", BASIS, "/taken"])
    browser.log_in("i.dekker")
    wandeling.walk(browser, "i.dekker", ["/vragen/M-2020-2-V002", f"{RONDE}/vragen"])
    browser.log_in("j.hendriks")
    wandeling.walk(browser, "j.hendriks", [nota])
    _close(proef)


def _walk_as(wandeling: Wandeling, browser: Bezoeker, proef: Proef, wie: str) -> None:
    if wie == "aanbieder":
        for zaak in ("M1", "M2", "M4"):
            kenmerk = proef.find(zaak)
            browser.log_in(aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk))
            wandeling.walk(browser, "aanbieder", ["/aanmelden", f"/aanmelden/{kenmerk}"])
        return
    browser.log_in(wie)
    taken = browser.get(f"{RONDE}/werk?soort=feiten"), browser.get(f"{RONDE}/werk?soort=oordelen")
    werk = [antwoord.headers["location"] for antwoord in taken if antwoord.is_redirect]
    wandeling.walk(browser, wie, ["/taken", *EXTRA.get(wie, ()), *werk])


def _walk_scan(wandeling: Wandeling, browser: Bezoeker, proef: Proef) -> None:
    """An aanbieder signed on paper and sent a scan; the inkoper lays it beside the text."""
    kenmerk, zicht = find_te_tekenen(proef)
    aanbieder = aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk)
    pad, dag = f"/aanmelden/{kenmerk}/tekenen/{zicht.nummer}/stuk", proef.klok.nu.date().isoformat()
    browser.log_in(aanbieder)
    (wie, *_) = re.findall(r'<option value="(aanbieder: [^"]+)"', browser.get(pad.removesuffix("/stuk")).text)
    velden = {"wie": unescape(wie), "wijze": "papier", "getekend_op": dag, "veld": ""}
    scan = [("bestand", ("getekend.pdf", make_pdf("een scan"), "application/pdf"))]
    antwoord = browser.post(pad, data=velden, files=scan)
    assert antwoord.status_code == 303, Lezer(antwoord.text).meldingen
    blad = browser.log_in("i.dekker").get(f"/tekenen/{zicht.nummer}").text
    (stuk,) = set(re.findall(r'href="(/tekenen/stuk/[^"]+)"', blad))
    wandeling.walk(browser, "i.dekker", [stuk, f"{stuk}/bestand", f"{stuk}/aangeboden.pdf"], verder=False)
    _walk_plichten(wandeling, browser, proef)


def _walk_plichten(wandeling: Wandeling, browser: Bezoeker, proef: Proef) -> None:
    """A complaint that waits, a summons that was won, and an aanmelding that is looked at again."""
    pad, nu = f"{RONDE}/plichten", proef.klok.nu.astimezone(TIJDZONE)
    gisteren = f"{nu - timedelta(days=1):%d-%m-%Y %H:%M}"
    klacht = {"soort": "klacht", "van": "Zorg in de Wijk", "omschrijving": "Wij zijn niet gehoord."}
    browser.log_in("j.hendriks").get(pad)
    do(browser, "j.hendriks", f"{pad}/geschil", **klacht, ontvangen_op=gisteren)
    browser.get(pad)
    zaak = {"soort": "kort_geding", "van": "Hulp aan Huis BV", "omschrijving": "De rangorde klopt niet."}
    do(browser, "j.hendriks", f"{pad}/geschil", **zaak, ontvangen_op=gisteren, zaaknummer="C/01/20-77")
    uitslag = {"uitkomst": "toegewezen", "op": f"{nu:%d-%m-%Y}", "toelichting": "Vonnis: opnieuw beoordelen."}
    do(browser, "j.hendriks", f"{pad}/geschil/M-2020-2-G02", **uitslag)
    reden = "Uit het register blijkt dat het certificaat eerder eindigde."
    heropen = {"aanmelding": proef.find("M1"), "aanleiding": "nieuwe_grond", "reden": reden}
    do(browser, "i.dekker", f"{pad}/heropenen", **heropen)
    wandeling.walk(browser, "i.dekker", [pad], verder=False)
    browser.log_in("j.hendriks")
    wandeling.walk(browser, "j.hendriks", [pad], verder=False)


def _walk_addendum(wandeling: Wandeling, proef: Proef) -> None:
    """A change of one agreement that waits for signatures, beside the whole text."""
    (taak, *_) = proef.list_taken(Taaksoort.TEKENEN)
    redline = f"/addenda/{taak.onderwerp}/redline"
    browser = open_browser(proef.huis).log_in("c.jansen")
    wandeling.walk(browser, "c.jansen", [f"/tekenen/{taak.onderwerp}", redline, f"{redline}.docx"], verder=False)
    _close(proef)


def _walk_contracten(wandeling: Wandeling, map_: Path) -> None:
    """Agreements of which one is reminded of what was agreed, and which a change for all of them waits for."""
    proef = begin_procedure(map_, "hvb-wmo-2019")
    add_contracten(proef, 2, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2019, 6, 3)))
    proef.add_persoon("iemand", "medewerker", Rol.TOEGANG, naam="T. Oegang")
    browser = open_browser(proef.huis)
    maatregel = do(browser, "c.jansen", "/contracten/HVB-2019-0001/maatregel", **VOORNEMEN | {"sprong": ""})
    voorstel = {
        "soort": "afspraak",
        "onderwerp": "sneller melden",
        "reden": "Het kan korter.",
        "bron": "verslag 3 mei",
        "artikel1": "artikel 6.4",
        "wordt1": "Melden binnen drie dagen.",
        "was1": "Melden binnen vijf dagen.",
    }
    browser.get("/procedures/hvb-wmo-2019/wijzigingen")
    wijziging = do(browser, "c.jansen", "/procedures/hvb-wmo-2019/wijzigingen", **voorstel)
    onderdelen, signalen = "/onderdelen/hvb-wmo-2019", "/contracten/HVB-2019-0001/stopsignalen"
    browser.log_in("j.hendriks").get(onderdelen)
    do(browser, "j.hendriks", f"{onderdelen}/samenwerking", **SAMENWERKING)
    wandeling.walk(browser, "j.hendriks", [wijziging, onderdelen], verder=False)
    product = proef.definitie.percelen[0].producten[0].code
    for gemeente in ("Tilburg", "Goirle"):
        signaal = {"gemeente": gemeente, "product": product, "toewijzingen": "2", "gesignaleerd_op": "3-6-2019"}
        do(browser, "c.jansen", signalen, **signaal, bevinding="geen vooruitgang in twee kwartalen")
    besproken = {
        "uitkomst": "stoppen",
        "besproken_op": "3-6-2019",
        "stopt_op": "1-7-2019",
        "toelichting": "geen resultaat",
    }
    do(browser, "c.jansen", f"{signalen}/HVB-2019-0001-S01/afronden", **besproken)
    wandeling.walk(browser, "c.jansen", [maatregel, wijziging, signalen])
    browser.log_in("iemand")
    wandeling.walk(browser, "iemand", ["/taken", "/terugkoppeling?q=HVB"])
    _close(proef)


def _walk_selectie(wandeling: Wandeling, map_: Path) -> None:
    """Two who are compared: their scores, the talks with them, their proposals, and what is awarded."""
    proef = begin_selectie(map_, ["J1a", "J2b"], STRIJD)
    ronde, dagen, laatst = f"/rondes/{proef.ronde}", proef.datums, (Taaksoort.BESLUITEN_NEMEN,)
    proef.work(proef.next_werkdag(dagen.sluiting.date()), Fase.SELECTEREN, behalve=(*laatst, Taaksoort.SCOREN))
    proef.receive_alles(Aanleiding.HERSTEL)
    na_herstel = proef.next_werkdag(dagen.herstel_tot)
    proef.work(na_herstel, Fase.SELECTEREN, behalve=(*laatst, Taaksoort.SCOREN))
    _look_scores(wandeling, proef, stuurt=False)
    proef.work(na_herstel, Fase.SELECTEREN, behalve=laatst)
    assert dagen.selectiebesluit is not None
    proef.work(dagen.selectiebesluit, Fase.SELECTEREN)
    proef.talk(tot=1)
    (kenmerk, *_) = proef.read_deelnemers()
    _look_selectie(wandeling, proef, "i.dekker", [f"{ronde}/selectie", f"/aanmeldingen/{kenmerk}/dialoog"])
    proef.propose(kenmerk)
    wie, eigen = aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk), f"/aanmelden/{kenmerk}/voorstel"
    stuk = "/aanmelden/[^/]+/voorstel/[^/]+"
    _look_selectie(wandeling, proef, wie, [eigen], noem="aanbieder", links=stuk, stuurt=False)
    assert dagen.voorstel_tot is not None
    niet = (*laatst, Taaksoort.DOCUMENT_VERZENDEN, Taaksoort.SCOREN)
    proef.work(proef.next_werkdag(dagen.voorstel_tot.date()), Fase.CONCRETISEREN, behalve=niet)
    _look_scores(wandeling, proef)
    _look_selectie(wandeling, proef, "wethouder", [ronde, f"{ronde}/gunning"])
    _look_selectie(wandeling, proef, wie, [eigen], noem="aanbieder")
    _close(proef)


def _look_scores(wandeling: Wandeling, proef: Selectieproef, *, stuurt: bool = True) -> None:
    """A beoordelaar may score the first of what waits, beside the proposal when there is one."""
    lijst = [f"/rondes/{proef.ronde}/selectie"]
    scores = "/aanmeldingen/[^/]+/scores/.+"
    (score, *_) = _look_selectie(wandeling, proef, "b.vanloon", lijst, links=scores, stuurt=False)
    _look_selectie(wandeling, proef, "b.vanloon", [score], links="/aanmeldingen/[^/]+/voorstel/[^/]+", stuurt=stuurt)


def _look_selectie(
    wandeling: Wandeling,
    proef: Selectieproef,
    wie: str,
    adressen: list[str],
    *,
    noem: str = "",
    links: str = "-",
    stuurt: bool = True,
) -> list[str]:
    """Somebody sees these pages alone, and opens what a link of this kind leads to (they are given).

    The pages that are not about the selection were seen in a round without one.
    """
    proef.add_persoon(f"klok-{proef.klok.nu:%Y%m%d%H%M}", "proef", Rol.TOEGANG)  # the clock of the pages begins there
    browser = open_browser(proef.huis).log_in(wie)
    gevonden = [
        link for adres in adressen for link in Lezer(browser.get(adres).text).links if re.fullmatch(links, link)
    ]
    wandeling.walk(browser, noem or wie, [*adressen, *gevonden[:1]], verder=False, stuurt=stuurt)
    return gevonden


def _walk_archief(wandeling: Wandeling, proef: Proef) -> None:
    """Long after the round: lists of what may be destroyed and what is kept for ever, seen by who may approve them."""
    proef.klok.set(proef.at(date(2045, 6, 3)))
    keep_afwijzingen(proef)
    for wie in ("archief", "later"):
        proef.add_persoon(wie, "archivaris", Rol.ARCHIVARIS, naam="A. Rief")
    browser = open_browser(proef.huis)
    blijft = {"soort": "overbrenging", "toelichting": "Naar het archief.", "dossiers": find_afwijzing(proef)}
    overbrenging = do(browser, "archief", "/archief/lijsten", **blijft)
    wat = {"soort": "vernietiging", "toelichting": "De termijn is voorbij.", "dossiers": ""}
    vernietiging = do(browser, "archief", "/archief/lijsten", **wat)
    do(browser, "later", f"{overbrenging}/goedkeuren", zonder="")
    wandeling.walk(browser, "later", [overbrenging], verder=False, stuurt=False)
    do(browser, "later", f"{overbrenging}/overbrengen", zeker="ja")
    wandeling.walk(browser, "later", [vernietiging, overbrenging, f"{overbrenging}/overbrenging.zip"])
    _close(proef)


def _close(proef: Proef) -> None:
    proef.huis.winkel.close()
    shutil.rmtree(proef.huis.winkel.map)
