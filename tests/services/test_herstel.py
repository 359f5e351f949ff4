"""Repair: one request, one term, one answer that counts (B.2.7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus, OngeldigVerloopError
from inkoop.services import aanmeldingen, bewijzen, documenten, feiten, herstel, toetsen
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.document import DocumentRow
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, find_scenario

LAATSTE_SECONDE = datetime(2020, 4, 21, 23, 59, 59, tzinfo=TIJDZONE)
COMBINATIE = find_scenario("M4").aanmelding


def build_antwoord(ontvangen_op: datetime) -> Aanvulling:
    """What the combination sent, with every part dated before closing: it would pass if it counts."""
    (gestuurd,) = find_scenario("M4").aanvullingen
    (stuk,) = gestuurd.bewijsstukken
    (feit,) = stuk.feiten
    assert isinstance(feit, Documentfeit)
    eerder = tuple(msgspec.structs.replace(deel, datum=date(2019, 6, 17)) for deel in feit.onderdelen)
    goed = msgspec.structs.replace(stuk, feiten=(msgspec.structs.replace(feit, onderdelen=eerder),))
    return msgspec.structs.replace(gestuurd, ontvangen_op=ontvangen_op, bewijsstukken=(goed,))


def receive(
    proef: Proef, antwoord: Aanvulling, *, zaak: str = "M4", kvk: str = COMBINATIE.penvoerder.kvk, weg: bool = False
) -> bool:
    proef.klok.set(antwoord.ontvangen_op)
    bestanden = {} if weg else make_bestanden(COMBINATIE, antwoord.bewijsstukken)
    return herstel.receive_aanvulling(
        proef.huis, proef.act_as(aanbieder_id(kvk)), proef.find(zaak), antwoord, bestanden
    )


def finish(proef: Proef) -> set[Uitkomst]:
    """Establish what counts, let the term end, test; what came out for the member that had to repair."""
    proef.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    proef.tick(Fase.SELECTEREN, LAATSTE_SECONDE + timedelta(hours=9))
    with proef.huis.winkel.lezen() as sessie:
        toets = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M4")))
    assert toets is not None
    bevindingen = toetsen.decode_resultaat(toets).bevindingen
    return {b.uitkomst for b in bevindingen if (b.criterium, b.lid) == ("M-11", "noor")}


def test_an_answer_in_the_last_second_of_the_term_counts(begin: Begin):
    proef = begin("herstel_beantwoorden")
    assert receive(proef, build_antwoord(LAATSTE_SECONDE)) is True
    assert finish(proef) == {Uitkomst.VOLDOET}


def test_an_answer_a_second_after_the_term_is_kept_and_does_not_count(begin: Begin):
    proef = begin("herstel_beantwoorden")
    assert receive(proef, build_antwoord(LAATSTE_SECONDE + timedelta(seconds=1))) is False
    assert finish(proef) == {Uitkomst.VOLDOET_NIET}
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find("M4"))
        (laat,) = [s for s in bewijzen.list_bewijsstukken(sessie, rij) if s.aanleiding is Aanleiding.HERSTEL]
        assert proef.huis.winkel.bewijs.read(laat.sha256)
        (regel,) = [r for r in feiten.list_feiten(sessie, rij) if r.bestand == laat.bestand]
    assert not regel.tijdig


def test_nothing_in_time_is_no_repair(begin: Begin):
    assert finish(begin("herstel_beantwoorden")) == {Uitkomst.VOLDOET_NIET}


def test_an_answer_without_its_file_is_refused(begin: Begin):
    proef = begin("herstel_beantwoorden")
    with proef.refuses("bestand-ontbreekt"):
        receive(proef, build_antwoord(LAATSTE_SECONDE), weg=True)


def test_nobody_answers_for_another(begin: Begin):
    proef = begin("herstel_beantwoorden")
    with proef.refuses("namens", fout=GeenToegangError):
        receive(proef, build_antwoord(LAATSTE_SECONDE), kvk=find_scenario("M1").aanmelding.penvoerder.kvk)


def test_nobody_repairs_what_was_not_asked(begin: Begin):
    proef = begin("herstel_beantwoorden")
    with proef.refuses("geen-verzoek"):
        receive(proef, build_antwoord(LAATSTE_SECONDE), zaak="M1", kvk=find_scenario("M1").aanmelding.penvoerder.kvk)


def test_evidence_for_a_condition_is_refused_while_there_is_none(begin: Begin):
    proef = begin("herstel_beantwoorden")
    antwoord = msgspec.structs.replace(build_antwoord(LAATSTE_SECONDE), aanleiding=Aanleiding.VOORWAARDE)
    with proef.refuses("voorwaarde"):
        receive(proef, antwoord)


def test_a_request_for_repair_is_not_sent_unchecked(begin: Begin):
    proef = begin("herstel_controleren")
    proef.klok.set(datetime(2020, 4, 7, 9, tzinfo=TIJDZONE))
    with proef.refuses(fout=OngeldigVerloopError):
        herstel.send_herstelverzoek(proef.huis, proef.act_as(INKOPER), proef.find("M4"))


def test_who_checked_a_request_for_repair_does_not_send_it(begin: Begin):
    proef = begin("herstel_verzenden")
    proef.set_rollen(JURIST, "inkoper", Rol.INKOPER)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        herstel.send_herstelverzoek(proef.huis, proef.act_as(JURIST), proef.find("M4"))


def test_a_request_for_repair_is_not_sent_on_another_day_than_it_bears(begin: Begin):
    proef = begin("herstel_verzenden")
    proef.klok.set(datetime(2020, 4, 8, 9, tzinfo=TIJDZONE))
    with proef.refuses("datum"):
        herstel.send_herstelverzoek(proef.huis, proef.act_as(INKOPER), proef.find("M4"))


def test_only_who_can_repair_is_asked(begin: Begin):
    proef = begin("herstel_controleren")
    assert {taak.onderwerp for taak in proef.list_taken(Taaksoort.HERSTEL_CONTROLEREN)} == {proef.find("M4")}


def test_the_request_that_was_checked_is_byte_for_byte_the_one_that_goes_out(begin: Begin):
    proef = begin("herstel_controleren")
    proef.klok.set(datetime(2020, 4, 7, 9, tzinfo=TIJDZONE))

    def read_brief() -> DocumentRow:
        with proef.huis.winkel.lezen() as sessie:
            brief = documenten.find_by_sleutel(sessie, f"{herstel.PREFIX}{proef.find('M4')}")
            assert brief is not None
            return brief

    gezien = read_brief()
    herstel.approve_herstelverzoek(proef.huis, proef.act_as(JURIST), proef.find("M4"))
    herstel.send_herstelverzoek(proef.huis, proef.act_as(INKOPER), proef.find("M4"))
    uit = read_brief()
    assert uit.status is Documentstatus.VERZONDEN
    assert (uit.pdf_sha256, uit.gegevens) == (gezien.pdf_sha256, gezien.gegevens)
    assert gezien.pdf_sha256 is not None
