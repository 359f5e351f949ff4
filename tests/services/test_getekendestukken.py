"""Signed copies that come back: verified or seen by a second person, with the authority of the day."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from docx import Document
from sqlmodel import select

from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verzending import Verzendwijze
from inkoop.exchange.proefondertekening import sign_proef
from inkoop.services import (
    afschriften,
    getekendestukken,
    ondertekeningen,
    overeenkomsten,
    personen,
    proeftekenen,
    stukbeoordeling,
    tekenbevoegdheden,
)
from inkoop.services.getekendestukken import Inschrijving
from inkoop.services.taken import Taaksoort
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.ondertekening import AfschriftRow, GetekendstukRow, Stukstand
from inkoop.storage.tabellen.overeenkomst import OndertekeningRow, Partijsoort
from tests.exchange import getekendepdf as pdf
from tests.services.conftest import Begin
from tests.services.proefspel import Proef
from tests.services.test_overeenkomsten import M1, find_nummer, read_status

DAG = date(2020, 5, 25)


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """The agreement of M1 offered for signing, with a real PDF and a real Word file in place of the placeholders."""
    proef = begin("tekenen")
    proef.klok.set(datetime(2020, 5, 26, 9, tzinfo=TIJDZONE))
    word = io.BytesIO()
    document = Document()
    document.add_paragraph("Het tarief is 53 euro per uur.")
    document.save(word)
    with proef.huis.winkel.eenheid(_actor(proef), proef.klok.nu) as eenheid:
        rij = overeenkomsten.find_contractdocument(eenheid.sessie, find_nummer(proef))
        rij.pdf_sha256 = proef.huis.winkel.documenten.add(pdf.aangeboden())
        rij.docx_sha256 = proef.huis.winkel.documenten.add(word.getvalue())
        eenheid.sessie.add(rij)
        eenheid.audit("document_opstellen", rij.kenmerk, naar="akkoord")
    return proef


def _actor(proef: Proef):
    from inkoop.storage.eenheid import Actor

    door = proef.act_as(INKOPER)
    return Actor(persoon=door.wie, rol=door.rol)


def _register(proef: Proef, inhoud: bytes, bestandsnaam: str = "getekend.pdf", **anders: object) -> Inschrijving:
    vast: dict[str, object] = {
        "partij": Partijsoort.AANBIEDER,
        "naam": M1.tekenbevoegde.naam,
        "functie": M1.tekenbevoegde.functie,
        "namens": M1.naam,
        "bestand": Bestandsbron.from_bytes(bestandsnaam, inhoud),
    }
    return getekendestukken.register(proef.huis, proef.act_as(INKOPER), find_nummer(proef), **{**vast, **anders})  # type: ignore[arg-type]


def _gemeenten(proef: Proef, inhoud: bytes, **anders: object) -> Inschrijving:
    with proef.huis.winkel.lezen() as sessie:
        persoon = personen.find_persoon(sessie, GEMANDATEERDE)
    vast = {"partij": Partijsoort.GEMEENTEN, "naam": persoon.naam, "functie": persoon.functie, "namens": "de gemeenten"}
    return _register(proef, inhoud, **{**vast, **anders})


def _sign(inhoud: bytes, wie: str, veld: str) -> bytes:
    """A signature of a service, as nobody's exercise."""
    return sign_proef(inhoud, wie, pdf.GETEKEND, veld, pdf.sleutel(wie))


def _trust(proef: Proef, tmp_path, *uitgevers: bytes) -> None:
    """A folder with these certificates, as the setting would name it."""
    map_ = tmp_path / "vertrouwd"
    map_.mkdir()
    for nummer, een in enumerate(uitgevers):
        (map_ / f"{nummer}.der").write_bytes(een)
    object.__setattr__(proef.huis, "vertrouwd", map_)


def test_two_trusted_signatures_in_one_pdf_complete_the_agreement(proef: Proef, tmp_path):
    wie, gemandateerde = M1.tekenbevoegde.naam, _naam(proef, GEMANDATEERDE)
    _trust(proef, tmp_path, pdf.sleutel(wie).uitgever, pdf.sleutel(gemandateerde).uitgever)
    eerst = _sign(pdf.aangeboden(), wie, "Aanbieder")
    samen = _sign(eerst, gemandateerde, "Gemeenten")
    gedaan = _register(proef, eerst)
    assert (gedaan.kenmerk, gedaan.twijfel, gedaan.compleet) == (f"{find_nummer(proef)}-T01", (), False)
    assert _gemeenten(proef, samen).compleet is True
    assert read_status(proef, find_nummer(proef)) == "getekend"
    with proef.huis.winkel.lezen() as sessie:
        document = overeenkomsten.find_contractdocument(sessie, find_nummer(proef))
        assert {een.getekend_op for een in ondertekeningen.list_ondertekeningen(sessie, document)} == {DAG}
        sha256 = getekendestukken.find_getekend_sha256(sessie, document)
        assert proef.huis.winkel.bewijs.read(sha256) == samen


def _naam(proef: Proef, wie: str) -> str:
    with proef.huis.winkel.lezen() as sessie:
        return personen.find_persoon(sessie, wie).naam


def test_one_signature_counts_once(proef: Proef, tmp_path):
    wie = M1.tekenbevoegde.naam
    _trust(proef, tmp_path, pdf.sleutel(wie).uitgever)
    eerst = _sign(pdf.aangeboden(), wie, "Aanbieder")
    _register(proef, eerst)
    with proef.refuses("zegel-gebruikt"):
        _gemeenten(proef, eerst)


def test_with_more_signatures_in_a_file_one_is_named(proef: Proef):
    samen = _sign(_sign(pdf.aangeboden(), "A. Een", "Een"), "B. Twee", "Twee")
    with proef.refuses("veld"):
        _register(proef, samen)
    with proef.refuses("veld"):
        _register(proef, samen, veld="Drie")


def test_a_certificate_of_nobody_that_is_trusted_is_refused(proef: Proef, tmp_path):
    _trust(proef, tmp_path, pdf.sleutel("Een ander").uitgever)
    with proef.refuses("niet-vertrouwd"):
        _register(proef, _sign(pdf.aangeboden(), M1.tekenbevoegde.naam, "Aanbieder"))


def test_without_a_list_of_trusted_certificates_a_second_person_decides(proef: Proef):
    gedaan = _register(proef, _sign(pdf.aangeboden(), "P. de Vreemde", "Aanbieder"))
    assert len(gedaan.twijfel) == 2
    assert "vertrouwde certificaten" in gedaan.twijfel[0]
    assert "P. de Vreemde" in gedaan.twijfel[1]
    assert _count(proef, OndertekeningRow) == 0
    assert [taak.onderwerp for taak in proef.list_taken(Taaksoort.HANDTEKENING_CONTROLEREN)] == [gedaan.kenmerk]
    getekendestukken.check_stuk(proef.huis, proef.act_as(JURIST), gedaan.kenmerk, aanvaard=True)
    assert _count(proef, OndertekeningRow) == 1


def _count(proef: Proef, tabel: type) -> int:
    with proef.huis.winkel.lezen() as sessie:
        return len(sessie.exec(select(tabel)).all())


@pytest.mark.parametrize(
    ("maak", "codes"),
    [
        (lambda: pdf.add_revisie(pdf.getekend(), pdf.replace_tekst), {"gewijzigd-na-tekenen", "andere-tekst"}),
        (lambda: _sign(pdf.add_revisie(pdf.aangeboden(), pdf.replace_tekst), "J", "V"), {"andere-tekst"}),
        (lambda: _sign(pdf.make_pdf("Het tarief is 99 euro per uur."), "J", "V"), {"andere-tekst"}),
        (lambda: pdf.encrypt(pdf.getekend()), {"pdf-versleuteld"}),
    ],
    ids=["after signing", "before signing", "another pdf", "encrypted"],
)
def test_a_signed_pdf_with_another_text_is_refused_and_nothing_is_kept(proef: Proef, maak, codes):
    with proef.refuses(*codes):
        _register(proef, maak(), getekend_op=DAG)


def test_the_refusal_of_a_changed_text_shows_what_was_and_what_is(proef: Proef):
    with pytest.raises(BeletselenError, match=r"was '.*53 euro.*', staat nu '.*99 euro.*'"):
        _register(proef, pdf.make_pdf("Artikel 1", "Het tarief is 99 euro per uur.", "Artikel 2"), getekend_op=DAG)


def test_a_returned_word_file_with_edits_is_refused_with_the_difference(proef: Proef):
    anders = io.BytesIO()
    document = Document()
    document.add_paragraph("Het tarief is 99 euro per uur.")
    document.save(anders)
    with pytest.raises(BeletselenError, match="niet de tekst die is aangeboden") as fout:
        _register(proef, anders.getvalue(), bestandsnaam="terug.docx", getekend_op=DAG)
    assert "99 euro" in str(fout.value)


def test_a_picture_without_the_word_paper_is_refused(proef: Proef):
    with proef.refuses("ander-bestand"):
        _register(proef, b"\x89PNG\r\n\x1a\n", bestandsnaam="scan.png", getekend_op=DAG)


def test_the_offered_file_itself_is_a_statement_that_it_was_signed(proef: Proef):
    gedaan = _register(proef, pdf.aangeboden(), getekend_op=DAG)
    assert gedaan.kenmerk == ""
    assert _count(proef, OndertekeningRow) == 1
    assert _count(proef, GetekendstukRow) == 0


def test_the_day_of_signing_is_that_of_the_signature(proef: Proef):
    with proef.refuses("datum-anders"):
        _register(proef, _sign(pdf.aangeboden(), M1.tekenbevoegde.naam, "V"), getekend_op=date(2020, 5, 24))
    with proef.refuses("datum"):
        _register(proef, pdf.aangeboden())


def test_a_scan_counts_once_a_second_person_saw_it_beside_the_text(proef: Proef):
    gedaan = _register(proef, pdf.rewrite(pdf.aangeboden()), papier=True, getekend_op=DAG)
    with proef.refuses("dubbel"):
        _register(proef, pdf.rewrite(pdf.aangeboden()), papier=True, getekend_op=DAG)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        getekendestukken.check_stuk(proef.huis, proef.act_as(INKOPER), gedaan.kenmerk, aanvaard=True)
    with proef.refuses("reden"):
        getekendestukken.check_stuk(proef.huis, proef.act_as(JURIST), gedaan.kenmerk, aanvaard=False)
    getekendestukken.check_stuk(proef.huis, proef.act_as(JURIST), gedaan.kenmerk, aanvaard=True)
    with proef.refuses("stand"):
        getekendestukken.check_stuk(proef.huis, proef.act_as(CONTRACTMANAGER), gedaan.kenmerk, aanvaard=True)
    with proef.huis.winkel.lezen() as sessie:
        stuk = getekendestukken.find_stuk(sessie, gedaan.kenmerk)
        assert (stuk.stand, stuk.gecontroleerd_door) == (Stukstand.AANVAARD, JURIST)


def test_a_copy_that_was_turned_down_may_be_handed_in_again(proef: Proef):
    inhoud = _sign(pdf.aangeboden(), M1.tekenbevoegde.naam, "V")
    eerst = _register(proef, inhoud)
    getekendestukken.check_stuk(proef.huis, proef.act_as(JURIST), eerst.kenmerk, aanvaard=False, reden="onbekend")
    assert _count(proef, OndertekeningRow) == 0
    tweede = _register(proef, inhoud)
    assert tweede.kenmerk.endswith("-T02")


def test_the_gemeenten_do_not_sign_before_the_aanbieder(proef: Proef):
    with proef.refuses("volgorde"):
        _gemeenten(proef, pdf.aangeboden(), getekend_op=DAG)
    _register(proef, pdf.aangeboden(), getekend_op=DAG)
    with proef.refuses("volgorde"):
        _gemeenten(proef, pdf.aangeboden(), getekend_op=date(2020, 5, 24))
    assert _gemeenten(proef, pdf.aangeboden(), getekend_op=DAG).compleet is True


def test_gemeenten_that_sign_apart_are_complete_with_the_last_one(proef: Proef):
    _register(proef, pdf.aangeboden(), getekend_op=DAG)
    with proef.refuses("namens"):
        _gemeenten(proef, pdf.aangeboden(), namens="Vugt", getekend_op=DAG)
    assert _gemeenten(proef, pdf.aangeboden(), namens="Vught", getekend_op=DAG).compleet is False
    nummer = find_nummer(proef)
    with proef.huis.winkel.lezen() as sessie:
        dossier = ondertekeningen.load_dossier(proef.huis, sessie, nummer)
        assert ondertekeningen.list_ontbrekend(sessie, dossier.zaak, nummer) == [ondertekeningen.GEMEENTEN]


def test_who_must_sign_jointly_needs_a_second_person_with_evidence(proef: Proef):
    nummer, eigen = find_nummer(proef), M1.tekenbevoegde

    def _stel_vast(naam: str, wijze: Tekenwijze, **anders: object) -> None:
        tekenbevoegdheden.establish_bevoegdheid(
            proef.huis,
            proef.act_as(JURIST),
            nummer,
            lid=M1.naam,
            naam=naam,
            functie="bestuurder",
            wijze=wijze,
            grond="uittreksel handelsregister van 12 mei 2020",
            bewijs=Bestandsbron.from_bytes("uittreksel.pdf", pdf.rewrite(pdf.aangeboden())),
            **anders,  # type: ignore[arg-type]
        )

    with proef.refuses("periode"):
        _stel_vast("B. Twee", Tekenwijze.GEZAMENLIJK, geldig_van=date(2020, 6, 1), geldig_tot=date(2020, 5, 31))
    _stel_vast(eigen.naam, Tekenwijze.GEZAMENLIJK)
    _stel_vast("B. Twee", Tekenwijze.GEZAMENLIJK, geldig_tot=DAG)
    _register(proef, pdf.aangeboden(), getekend_op=DAG)
    with proef.refuses("volgorde"):
        _gemeenten(proef, pdf.aangeboden(), getekend_op=DAG)
    with proef.refuses("bevoegd-verlopen"):
        _register(proef, pdf.aangeboden(), naam="B. Twee", getekend_op=date(2020, 5, 26))
    _register(proef, pdf.aangeboden(), naam="B. Twee", getekend_op=DAG)
    assert _gemeenten(proef, pdf.aangeboden(), getekend_op=DAG).compleet is True


def test_each_gemeente_gets_the_signed_copy_with_proof(proef: Proef):
    nummer, op = find_nummer(proef), datetime(2020, 5, 26, 8, tzinfo=TIJDZONE)

    def _prove(gemeenten: str, **anders: object) -> int:
        vast = {"wijze": Verzendwijze.EMAIL, "verzonden_op": op, "referentie": "bericht 12"}
        return afschriften.prove_afschrift(
            proef.huis, proef.act_as(INKOPER), nummer, gemeenten=gemeenten, **{**vast, **anders}  # type: ignore[arg-type]
        )  # fmt: skip

    with proef.refuses("niet-getekend"):
        _prove("de gemeenten")
    _register(proef, pdf.aangeboden(), getekend_op=DAG)
    _gemeenten(proef, pdf.aangeboden(), getekend_op=DAG)
    with proef.refuses("namens"):
        _prove("Tilburg")
    with proef.refuses("bewijs"):
        _prove("Vught", referentie=" ")
    with proef.refuses("te-vroeg"):
        _prove("Vught", verzonden_op=datetime(2020, 5, 24, 23, 59, tzinfo=TIJDZONE))
    assert (
        _prove("Vught", referentie="", bewijs=Bestandsbron.from_bytes("bewijs.pdf", pdf.rewrite(pdf.aangeboden()))) == 1
    )
    with proef.refuses("dubbel"):
        _prove("Vught")
    with proef.huis.winkel.lezen() as sessie:
        standen = {een.naam: een.verzonden_op for een in afschriften.list_standen(proef.huis, sessie, nummer)}
    assert {naam for naam, wanneer in standen.items() if wanneer is None} == {"Meierijstad", "'s-Hertogenbosch"}
    assert _count(proef, AfschriftRow) == 1


def test_an_exercise_signature_is_set_and_counts_in_a_store_for_exercises(proef: Proef):
    nummer, door = find_nummer(proef), proef.act_as(INKOPER)
    getekend = proeftekenen.sign(proef.huis, door, nummer, M1.tekenbevoegde.naam)
    bekeken = stukbeoordeling.inspect(proef.huis, door, nummer, getekend)
    assert (bekeken.beletselen, bekeken.twijfel, bekeken.zegels[0].proef) == ((), (), True)
    assert _register(proef, getekend).twijfel == ()
    tweede = proeftekenen.sign(proef.huis, door, nummer, "W. Verbeek", getekend)
    assert len(stukbeoordeling.inspect(proef.huis, door, nummer, tweede).zegels) == 2


def test_an_exercise_signature_is_refused_in_a_real_store_unless_a_setting_says_so(proef: Proef):
    from inkoop.storage.winkel import Winkelsoort

    nummer, door = find_nummer(proef), proef.act_as(INKOPER)
    getekend = proeftekenen.sign(proef.huis, door, nummer, M1.tekenbevoegde.naam)
    proef.huis.winkel.soort = Winkelsoort.ECHT
    # A real store takes no other instant than now: its clock is set on that of the exercise.
    proef.huis.winkel._klok = lambda: door.nu
    with proef.refuses("proef"):
        proeftekenen.sign(proef.huis, door, nummer, "A. Een")
    with proef.refuses("proef"):
        getekendestukken.register(
            proef.huis, door, nummer, partij=Partijsoort.AANBIEDER, naam=M1.tekenbevoegde.naam,
            functie="bestuurder", namens=M1.naam, bestand=Bestandsbron.from_bytes("getekend.pdf", getekend),
        )  # fmt: skip
    object.__setattr__(proef.huis, "proefondertekening", True)
    assert proeftekenen.sign(proef.huis, door, nummer, "A. Een")
