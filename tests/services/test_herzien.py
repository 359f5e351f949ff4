"""Working on a document: review, remarks, a file that comes back, new versions, and what goes out in the end."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.documents.docx.openen import DocxGeweigerdError
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.verschil import Soort
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.domain.verloop import Documentstatus, OngeldigVerloopError, Wijzigingsoordeel
from inkoop.services import documenten, herzien, vergelijken
from inkoop.services.documentboom import list_documentclausules
from inkoop.services.huis import NietGevondenError, handel
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.document import DocumentRow
from tests.documents.wordwerk import OPMERKINGEN, add_alinea, edit, remark, replace_woord
from tests.services.proefspel import Proef
from tests.web.conftest import open_browser

pytestmark = pytest.mark.slow
Begin = Callable[[str], Proef]
WORDSOORT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def proef(begin: Begin) -> Proef:
    return begin(Taaksoort.DOCUMENT_GOEDKEUREN.value)


def _row(proef: Proef, kenmerk: str) -> DocumentRow:
    with proef.huis.winkel.lezen() as sessie:
        return documenten.find_document(sessie, kenmerk)


def _make(proef: Proef, soort: str = "brief-te-laat") -> str:
    """A letter of the round, really made, as a concept."""
    with proef.huis.winkel.lezen() as sessie:
        vraag = select(DocumentRow).where(DocumentRow.soort == soort, DocumentRow.status == Documentstatus.CONCEPT)
        oud = sessie.exec(vraag.order_by(DocumentRow.kenmerk)).all()[0].kenmerk
    door = proef.act_as(INKOPER)
    with handel(proef.huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = documenten.find_document(eenheid.sessie, oud)
        kenmerk = documenten.renew(proef.huis, eenheid, rij, documenten.decode_gegevens(rij))
    documenten.render(proef.huis, door, kenmerk)
    return kenmerk


def _word(proef: Proef, kenmerk: str) -> bytes:
    sha256 = _row(proef, kenmerk).docx_sha256
    assert sha256
    return proef.huis.winkel.documenten.read(sha256)


def _approve(proef: Proef, kenmerk: str) -> None:
    """By another inkoper, who checks letters of this kind."""
    proef.add_persoon("tweede", "inkoper", Rol.INKOPER)
    documenten.approve(proef.huis, proef.act_as("tweede"), kenmerk)


def test_a_concept_is_put_to_review_approved_set_and_goes_out_as_it_was_approved(proef: Proef) -> None:
    kenmerk = _make(proef)
    herzien.submit(proef.huis, proef.act_as(INKOPER), kenmerk)
    assert kenmerk in [taak.onderwerp for taak in proef.list_taken(Taaksoort.DOCUMENT_GOEDKEUREN)]
    with pytest.raises(OngeldigVerloopError):
        herzien.finalize(proef.huis, proef.act_as(INKOPER), kenmerk)
    _approve(proef, kenmerk)
    herzien.finalize(proef.huis, proef.act_as(INKOPER), kenmerk)
    rij = _row(proef, kenmerk)
    assert rij.status is Documentstatus.DEFINITIEF
    assert rij.goedgekeurd_sha256
    datum = documenten.decode_gegevens(rij).datum  # type: ignore[attr-defined]
    proef.klok.set(proef.at(datum))
    assert local_date(proef.klok.nu) == datum
    documenten.send(proef.huis, proef.act_as(INKOPER), kenmerk)
    assert _row(proef, kenmerk).status is Documentstatus.VERZONDEN


def test_what_is_not_what_was_approved_does_not_go_out(proef: Proef) -> None:
    kenmerk = _make(proef)
    _approve(proef, kenmerk)
    andere = proef.huis.winkel.documenten.add(_word(proef, kenmerk) + b"x")
    with handel(proef.huis, proef.act_as(INKOPER), Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        rij.docx_sha256 = andere
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.DOCUMENT_OPSTELLEN, kenmerk)
    for handeling in (documenten.send, herzien.finalize):
        with pytest.raises(BeletselenError, match="niet die zijn goedgekeurd"):
            handeling(proef.huis, proef.act_as(INKOPER), kenmerk)


def test_a_returned_file_becomes_a_new_version_with_what_people_took_over(proef: Proef) -> None:
    kenmerk = _make(proef)
    terug = edit(_word(proef, kenmerk), replace_woord("Geachte", "Beste"))
    terug = edit(terug, add_alinea("Beste", "Fijn dat u meedoet."))
    terug = edit(terug, remark("Beste"), **{"word__comments.xml": OPMERKINGEN})
    assert herzien.receive(proef.huis, proef.act_as(JURIST), kenmerk, terug, "terug.docx") == (2, 1)
    with proef.huis.winkel.lezen() as sessie:
        wijzigingen = herzien.list_wijzigingen(sessie, kenmerk)
        (opmerking,) = herzien.list_opmerkingen(sessie, kenmerk)
    assert [w.oordeel for w in wijzigingen] == [Wijzigingsoordeel.OPEN] * 2
    assert (opmerking.auteur, opmerking.tekst) == ("mr. K. Aarts", "Waarom drie maanden?")
    with pytest.raises(BeletselenError, match="nog niet beslist"):
        herzien.process(proef.huis, proef.act_as(INKOPER), kenmerk)
    geweigerd, over = Wijzigingsoordeel.GEWEIGERD, Wijzigingsoordeel.OVERGENOMEN
    for volg, oordeel in ((1, geweigerd), (1, over), (2, over)):
        herzien.judge(proef.huis, proef.act_as(INKOPER), kenmerk, volg, oordeel, "duidelijker")
    nieuw = herzien.process(proef.huis, proef.act_as(INKOPER), kenmerk)
    documenten.render(proef.huis, proef.act_as(INKOPER), nieuw)
    assert (_row(proef, nieuw).vorige, _row(proef, kenmerk).status) == (kenmerk, Documentstatus.VERVALLEN)
    teksten = [c.tekst for c in list_documentclausules(proef.huis, _row(proef, nieuw)).values()]
    assert "Fijn dat u meedoet." in teksten
    assert any(tekst.startswith("Beste") for tekst in teksten)
    with pytest.raises(GeenToegangError, match="zelf opgesteld"):
        documenten.approve(proef.huis, proef.act_as(INKOPER), nieuw)
    vergelijking = vergelijken.compare_vorige(proef.huis, proef.act_as(JURIST), nieuw)
    soorten = [v.soort for v in vergelijking.verschillen if v.soort is not Soort.GELIJK]
    assert {Soort.NIEUW, Soort.GEWIJZIGD} >= set(soorten)
    assert Soort.NIEUW in soorten


def test_a_change_needs_a_reason_and_must_exist(proef: Proef) -> None:
    kenmerk = _make(proef)
    terug = edit(_word(proef, kenmerk), replace_woord("Geachte", "Beste", volgen=False))
    herzien.receive(proef.huis, proef.act_as(JURIST), kenmerk, terug, "terug.docx")
    with proef.huis.winkel.lezen() as sessie:
        assert [w.bijgehouden for w in herzien.list_wijzigingen(sessie, kenmerk)] == [False]
    with pytest.raises(BeletselenError, match="Schrijf waarom"):
        herzien.judge(proef.huis, proef.act_as(JURIST), kenmerk, 1, Wijzigingsoordeel.OVERGENOMEN, " ")
    with pytest.raises(NietGevondenError):
        herzien.judge(proef.huis, proef.act_as(JURIST), kenmerk, 9, Wijzigingsoordeel.OVERGENOMEN, "ja")
    herzien.judge(proef.huis, proef.act_as(JURIST), kenmerk, 1, Wijzigingsoordeel.GEWEIGERD, "nee")
    with pytest.raises(BeletselenError, match="Geen enkele wijziging is overgenomen"):
        herzien.process(proef.huis, proef.act_as(INKOPER), kenmerk)


def test_a_second_file_for_the_same_version_and_a_harmful_file_are_refused(proef: Proef) -> None:
    kenmerk = _make(proef)
    word = _word(proef, kenmerk)
    with pytest.raises(DocxGeweigerdError):
        herzien.receive(proef.huis, proef.act_as(JURIST), kenmerk, b"PK\x03\x04", "kapot.docx")
    terug = edit(word, replace_woord("Geachte", "Beste"))
    herzien.receive(proef.huis, proef.act_as(JURIST), kenmerk, terug, "een.docx")
    with pytest.raises(BeletselenError, match="al een bestand teruggekomen"):
        herzien.receive(proef.huis, proef.act_as(JURIST), kenmerk, terug, "twee.docx")


def test_a_remark_stands_by_its_clause_and_an_unknown_clause_is_refused_with_those_that_exist(proef: Proef) -> None:
    kenmerk = _make(proef)
    herzien.remark(proef.huis, proef.act_as(JURIST), kenmerk, "", "Ziet er goed uit.")
    with pytest.raises(NietGevondenError, match="aanhef"):
        herzien.remark(proef.huis, proef.act_as(JURIST), kenmerk, "artikel 99", "?")
    herzien.remark(proef.huis, proef.act_as(JURIST), kenmerk, "Aanhef", "Naam klopt.")
    with proef.huis.winkel.lezen() as sessie:
        assert [(o.volg, o.clausule) for o in herzien.list_opmerkingen(sessie, kenmerk)] == [(1, ""), (2, "aanhef")]


def test_a_document_is_the_same_when_it_is_made_again_also_after_the_template_moved_on(
    proef: Proef, tmp_path: Path
) -> None:
    kenmerk = _make(proef)
    herleiding = vergelijken.trace(proef.huis, kenmerk)
    assert herleiding.gelijk
    assert herleiding.gegevens_gelijk
    assert herleiding.sjabloon_gelijk
    assert not herleiding.sjabloon_sindsdien_gewijzigd
    assert herleiding.motor_toen == herleiding.motor_nu != ""
    shutil.copytree(proef.huis.sjablonen.map, tmp_path / "sjablonen")
    sjabloon = tmp_path / "sjablonen" / "brief-te-laat" / "sjabloon.md"
    sjabloon.write_text(sjabloon.read_text() + "\nNog een alinea.\n")
    later = replace(proef.huis, sjablonen=Sjabloonbron(tmp_path / "sjablonen"))
    assert vergelijken.trace(later, kenmerk).sjabloon_sindsdien_gewijzigd
    assert vergelijken.trace(later, kenmerk).gelijk


def test_a_redline_against_the_bare_template_shows_what_was_filled_in(proef: Proef) -> None:
    kenmerk = _make(proef)
    uit = vergelijken.compare_sjabloon(proef.huis, proef.act_as(JURIST), kenmerk)
    assert any(v.soort is Soort.GEWIJZIGD for v in uit.verschillen)
    assert "[…]" in uit.html
    with pytest.raises(BeletselenError, match="heeft geen eerdere versie"):
        with handel(proef.huis, proef.act_as(INKOPER), Handeling.DOCUMENT_OPSTELLEN) as eenheid:
            rij = documenten.find_document(eenheid.sessie, kenmerk)
            rij.vorige = None
            eenheid.sessie.add(rij)
            eenheid.audit(Handeling.DOCUMENT_OPSTELLEN, kenmerk)
        vergelijken.compare_vorige(proef.huis, proef.act_as(JURIST), kenmerk)


def test_what_nobody_checks_cannot_be_put_to_review(proef: Proef) -> None:
    with proef.huis.winkel.lezen() as sessie:
        kenmerk = next(r.kenmerk for r in documenten.list_documenten(sessie) if r.soort == "ontvangstbevestiging")
    with pytest.raises(BeletselenError, match="door niemand gecontroleerd"):
        herzien.submit(proef.huis, proef.act_as(INKOPER), kenmerk)


def test_a_file_that_came_back_is_decided_on_in_its_page_and_becomes_a_new_version(proef: Proef) -> None:
    kenmerk = _make(proef)
    browser = open_browser(proef.huis).log_in(INKOPER)
    pad = f"/documenten/{kenmerk}/terugkomst"
    assert pad in browser.get(f"/documenten/{kenmerk}").text
    assert browser.get(f"/documenten/{kenmerk}/leesversie.docx").content.startswith(b"PK")
    kwaad = browser.post(pad, files=[("bestand", ("brief.docx", b"PK\x03\x04 geen zip", WORDSOORT))])
    assert kwaad.status_code == 422
    assert 'id="f-terug-bestand">' in kwaad.text
    inhoud = edit(_word(proef, kenmerk), replace_woord("Geachte", "Beste", volgen=False))
    assert browser.post(pad, files=[("bestand", ("brief.docx", inhoud, WORDSOORT))]).status_code == 303
    blad = browser.get(pad).text
    assert "in Word niet bijgehouden" in blad
    nummers = re.findall(rf'action="{pad}/(\d+)"', blad)
    zonder = browser.post(f"{pad}/{nummers[0]}", data={"oordeel": "overgenomen"})
    assert f'id="f-oordeel-{nummers[0]}-reden">Vul dit in.' in zonder.text
    assert "Maak de nieuwe versie" not in blad
    for nummer in nummers:
        keuze = {"oordeel": "overgenomen", "reden": "Zo staat het ook in de leidraad."}
        assert browser.post(f"{pad}/{nummer}", data=keuze).status_code == 303
    nieuw = browser.post(f"{pad}/verwerk").headers["location"]
    assert nieuw != f"/documenten/{kenmerk}"
    assert browser.get(nieuw).status_code == 200
