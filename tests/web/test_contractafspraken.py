"""On pages a jurist lays down what parts of an agreement say, and contract management handles stop signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, JURIST
from inkoop.definitions.onderdelen import load_onderdelen
from inkoop.domain.contractprofiel import PROFIELEN
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.onderdelen import Samenwerkinginhoud
from inkoop.domain.overeenkomstdelen import Onderdeelsoort
from inkoop.domain.persoon import Rol
from inkoop.services import onderdelen, stopsignalen
from inkoop.web.onderdeelvormen import INHOUD, make_velden, read_inhoud
from tests.domain.test_onderdelen import ALLES
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef
from tests.web.conftest import Bezoeker, open_browser

HVB, NUMMER = "hvb-wmo-2019", "HVB-2019-0001"
SIGNALEN = f"/contracten/{NUMMER}/stopsignalen"
SAMENWERKING = {
    "doel": "Samen beter worden.",
    "ontwikkelagenda": "toegang | sneller starten\nuitstroom | eerder kijken",
    "overleg": "kwartaaltafel | allen | elk kwartaal",
    "kosten": "Ieder draagt de eigen kosten.",
    "indicatoren": "uitval\nwachttijd",
    "evaluatie": "Elk jaar in mei.",
}


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """A procedure with one agreement that runs."""
    proef = begin_procedure(tmp_path_factory.mktemp("afspraken") / "winkel", HVB)
    add_contracten(proef, 1, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2020, 3, 2)))
    # The pages go on from the last thing that was recorded.
    proef.add_persoon("f.bakker", "financieel medewerker", Rol.FINANCIEN)
    yield proef
    proef.huis.winkel.close()


@pytest.fixture
def browser(proef: Proef) -> Bezoeker:
    return open_browser(proef.huis)


def test_a_stop_signal_goes_from_the_record_to_the_payment_that_stopped(proef: Proef, browser: Bezoeker):
    browser.log_in(CONTRACTMANAGER)
    assert f'href="{SIGNALEN}"' in browser.get(f"/contracten/{NUMMER}").text
    velden = {
        "gemeente": "Tilburg", "product": proef.definitie.percelen[0].producten[0].code, "toewijzingen": "2",
        "gesignaleerd_op": "2-3-2020", "bevinding": "geen vooruitgang",
    }  # fmt: skip
    fout = browser.post(
        SIGNALEN, data={**velden, "bevinding": "cliënt 111222333 gaat niet vooruit", "toewijzingen": "0"}
    )
    assert fout.status_code == 422
    assert 'id="f-signaal-bevinding">Onder &#39;bevinding&#39; staat iets dat een BSN kan zijn' in fout.text
    assert 'id="f-signaal-toewijzingen">Noem het aantal' in fout.text
    assert "gaat niet vooruit" in fout.text
    assert browser.post(SIGNALEN, data=velden).status_code == 303
    with proef.huis.winkel.lezen() as sessie:
        (signaal,) = stopsignalen.list_signalen(sessie, NUMMER)
    afronden = f"{SIGNALEN}/{signaal.kenmerk}/afronden"
    besproken = {"uitkomst": "stoppen", "besproken_op": "2-3-2020", "stopt_op": "", "toelichting": "geen resultaat"}
    zonder_dag = browser.post(afronden, data=besproken)
    assert zonder_dag.status_code == 422
    assert "Noem de eerste dag waarop de gemeente niet meer betaalt." in zonder_dag.text
    assert browser.post(afronden, data={**besproken, "stopt_op": "1-4-2020"}).status_code == 303
    assert browser.post(f"{SIGNALEN}/{signaal.kenmerk}/verwerkt", data={"bewijs": "boeking 88"}).status_code == 303
    assert "Betaling stopt per 1 april 2020 (verwerkt)." in browser.get(SIGNALEN).text
    assert browser.post(f"{SIGNALEN}/anders/verwerkt", data={"bewijs": "x"}).status_code == 404


def test_a_jurist_lays_down_a_part_for_a_procedure_and_sees_it_back(proef: Proef, browser: Bezoeker):
    browser.log_in(JURIST)
    pad = f"/onderdelen/{HVB}/samenwerking"
    assert "Nog niet vastgesteld." in browser.get(f"/onderdelen/{HVB}").text
    fout = browser.post(pad, data={**SAMENWERKING, "overleg": "kwartaaltafel | allen", "doel": "Samen beter."})
    assert fout.status_code == 422
    assert 'id="f-onderdeel-samenwerking-overleg">Regel 1 heeft niet alle delen.' in fout.text
    assert "kwartaaltafel | allen" in fout.text
    assert "Samen beter." in fout.text
    assert browser.post(pad, data=SAMENWERKING).status_code == 303
    blad = browser.get(f"/onderdelen/{HVB}").text
    assert "toegang | sneller starten" in blad
    with proef.huis.winkel.lezen():
        zicht = onderdelen.read_doel(proef.huis, proef.act_as(JURIST), NUMMER)
    inhoud = zicht.inhoud[Onderdeelsoort.SAMENWERKING]
    assert isinstance(inhoud, Samenwerkinginhoud)
    assert (inhoud.indicatoren, len(inhoud.ontwikkelagenda)) == (("uitval", "wachttijd"), 2)
    assert zicht.eigen == frozenset()
    assert browser.get(f"/onderdelen/{NUMMER}").status_code == 200
    getekend = browser.post(f"/onderdelen/{NUMMER}/samenwerking", data=SAMENWERKING)
    assert "Wijzig een onderdeel dan met een addendum" in getekend.text
    assert getekend.status_code == 422
    assert browser.get("/onderdelen/bestaat-niet").status_code == 404
    assert browser.post(f"/onderdelen/{HVB}/iets", data={}).status_code == 404


@pytest.mark.parametrize("soort", [Onderdeelsoort.SAMENWERKING, Onderdeelsoort.GEGEVENS])
def test_what_a_form_shows_of_a_part_is_read_back_as_it_was(tmp_path: Path, soort: Onderdeelsoort):
    (tmp_path / "onderdelen.yaml").write_text(ALLES, encoding="utf-8")
    inhoud = load_onderdelen(tmp_path / "onderdelen.yaml").delen[soort]
    getypt = {
        veld.naam: int(veld.waarde) if veld.soort == "aantal" else veld.waarde for veld in make_velden(soort, inhoud)
    }
    assert read_inhoud(soort, getypt) == inhoud


def test_every_part_has_a_field_for_everything_that_it_says():
    for soort, struct in INHOUD.items():
        assert tuple(veld.naam for veld in make_velden(soort, None)) == struct.__struct_fields__
    with pytest.raises(BeletselenError) as fout:
        read_inhoud(Onderdeelsoort.SAMENWERKING, {**SAMENWERKING, "ontwikkelagenda": "a|b\nc"})
    assert [b.code for b in fout.value.beletselen] == ["onderdeel-ontwikkelagenda"]


def test_a_profile_says_where_each_article_stands(browser: Bezoeker):
    browser.log_in(CONTRACTMANAGER)
    for naam, profiel in PROFIELEN.items():
        blad = browser.get(f"/profielen/{naam}").text
        assert all(plek.nummer in blad for plek in profiel.plekken)
    assert browser.get("/profielen/anders").status_code == 404
