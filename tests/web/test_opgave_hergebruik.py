"""On the pages an aanbieder uses evidence of its earlier aanmelding again, and sees why something no longer counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from inkoop.domain.persoon import Rol
from inkoop.services import aanmeldingen, bewijzen
from tests.services.kleineronde import add_ronde, at, make_opgave
from tests.services.proefspel import Proef
from tests.services.test_hergebruik import ANDER, EIGEN, EISEN, NIEUW, open_ronde, play
from tests.web.conftest import Bezoeker, open_browser
from tests.web.test_opgave import BEDRIJF, fill, read_versie

BASIS = f"/opgave/{NIEUW}"
STRENG = "K-3"


@pytest.fixture(scope="module")
def spel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proef, str, str]]:
    """A store with an opened round and two that are open; the earlier aanmelding, and the hash of one of its files."""
    proef, kenmerk = play(tmp_path_factory.mktemp("hergebruik"))
    add_ronde(proef, STRENG, at("2020-10-31T23:59:59"), EISEN.replace("maanden: 17", "maanden: 6"))
    # The pages go on from the last thing that was recorded: a morning on which the new rounds are open.
    proef.klok.set(at("2020-09-02T09:00:00"))
    proef.add_persoon("collega", "bestuurder", Rol.AANBIEDER, kvk=EIGEN, naam="C. Collega")
    yield proef, kenmerk, hashlib.sha256(make_opgave(EIGEN)[1]["klachten.pdf"]).hexdigest()
    proef.huis.winkel.close()


def log_in(proef: Proef, kvk: str) -> Bezoeker:
    return open_browser(proef.huis).log_in(f"aanbieder-{kvk}")


def test_a_file_of_the_previous_aanmelding_is_chosen_looked_at_and_handed_in(spel: tuple[Proef, str, str]):
    proef, kenmerk, sha256 = spel
    browser = log_in(proef, EIGEN)
    inhoud = proef.huis.winkel.bewijs.read(sha256)
    eis, keuze = f"{BASIS}/eis/K-01", {"actie": "eerder", "eerder": f"{kenmerk} {sha256}"}
    pagina = browser.get(eis).text
    assert "Gebruik het stuk van uw vorige aanmelding" in pagina
    assert f"{kenmerk} {sha256}" in pagina
    assert "certificaat.pdf" not in pagina
    naar = fill(browser, eis, keuze).headers["location"]
    stuk = browser.get(naar).text
    assert f"van aanmelding {kenmerk} opnieuw" in stuk
    assert "2019" in stuk
    assert browser.get(f"{BASIS}/stuk/1").content == inhoud
    assert f"{kenmerk} {sha256}" not in browser.get(eis).text
    browser.post(f"{BASIS}/stuk/1/weg", data={"versie": read_versie(browser, eis), "eis": "K-01"})
    assert proef.huis.winkel.bewijs.read(sha256) == inhoud
    fill(browser, eis, keuze)
    fill(browser, f"{BASIS}/partij/aanbieder", BEDRIJF)
    fill(browser, f"{BASIS}/aanbod", {"product": ["1A:IB-basis"]})
    klaar = fill(browser, f"{BASIS}/indienen", {"bevoegd": "ja"}).headers["location"]
    assert f"klachten.pdf (opnieuw gebruikt, van {kenmerk})" in browser.get(klaar).text
    assert f"klachten.pdf is opnieuw gebruikt: eerder ingeleverd bij {kenmerk}" in browser.get(f"{klaar}.txt").text
    open_ronde(proef, NIEUW, "2020-10-02T09:00:00")
    with proef.huis.winkel.lezen() as sessie:
        aanmelding = aanmeldingen.find_aanmelding(sessie, klaar.split("/")[2])
        (rij,) = bewijzen.list_bewijsstukken(sessie, aanmelding)
        assert (rij.sha256, bewijzen.list_hergebruik(sessie, aanmelding)) == (sha256, {rij.id: kenmerk})


def test_what_expired_is_named_with_why_and_another_sees_nothing_of_it(spel: tuple[Proef, str, str]):
    proef, kenmerk, sha256 = spel
    browser = log_in(proef, EIGEN)
    eis, keuze = f"/opgave/{STRENG}/eis/K-01", {"actie": "eerder", "eerder": f"{kenmerk} {sha256}"}
    pagina = browser.get(eis).text
    assert "Gebruik dit stuk opnieuw" not in pagina
    assert "is van 1 mei 2019" in pagina
    geweigerd = fill(browser, eis, keuze)
    assert geweigerd.status_code == 422
    assert "ten hoogste 6 maanden oud" in geweigerd.text
    vreemd = log_in(proef, ANDER)
    assert "vorige aanmelding" not in vreemd.get(eis).text
    geweigerd = fill(vreemd, eis, keuze)
    assert geweigerd.status_code == 422
    assert kenmerk not in geweigerd.text
    assert "klachten.pdf" not in geweigerd.text
