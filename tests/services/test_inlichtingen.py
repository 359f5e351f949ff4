"""Questions and notas van inlichtingen: in time or late, without names, approved by a jurist, before closing."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.domain.inlichtingen import Documentwijziging
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import documenten, notas, procedures, rondes, vragen
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, render_plaatsvervangers

VRAGER = "Stichting De Lindehof"
LAATSTE_OP_TIJD = datetime(2020, 3, 14, 23, 59, 59, tzinfo=TIJDZONE)
"""Seventeen days before the closing of 31 March 2020."""


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """A published procedure of which the round is open."""
    een = begin("gepubliceerd")
    een.klok.set(datetime(2020, 3, 2, 9, tzinfo=TIJDZONE))
    return een


def ask(proef: Proef, op: datetime | None = None, tekst: str = "Geldt een certificaat van de holding?") -> str:
    if op is not None:
        proef.klok.set(op)
    return vragen.ask_vraag(
        proef.huis, proef.act_as(INKOPER), RONDE, tekst=tekst, onderwerp="criterium M-03", van=VRAGER, ontvangen_op=op
    )


def answer(proef: Proef, kenmerk: str, antwoord: str = "Ja, als het u noemt.", voor_allen: str = "") -> None:
    vragen.answer_vraag(proef.huis, proef.act_as(INKOPER), kenmerk, antwoord=antwoord, voor_allen=voor_allen)


def draft(proef: Proef, *, editie: str | None = None, sluiting: datetime | None = None) -> str:
    wijzigingen = [Documentwijziging(document="Programma van eisen", oud="1.0", nieuw="1.1", wat="eis 4")]
    return notas.draft_nota(
        proef.huis, proef.act_as(INKOPER), RONDE, editie=editie, sluiting=sluiting, wijzigingen=wijzigingen
    )


def publish(proef: Proef, kenmerk: str, editie: object = None) -> None:
    notas.approve_nota(proef.huis, proef.act_as(JURIST), kenmerk)
    notas.publish_nota(proef.huis, proef.act_as(INKOPER), kenmerk, editie)  # type: ignore[arg-type]


def read_ronde(proef: Proef) -> tuple[datetime, datetime, str]:
    """Closing in the record and in the definition, and the bound edition."""
    with proef.huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, RONDE)
        definitie = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(RONDE)
        return rij.sluiting, definitie.sluiting, procedures.read_editie(sessie, rij).editie


def read_nota(proef: Proef, kenmerk: str) -> object:
    with proef.huis.winkel.lezen() as sessie:
        return documenten.decode_gegevens(documenten.find_document(sessie, kenmerk))


@pytest.mark.parametrize(
    ("op", "binnen"),
    [(LAATSTE_OP_TIJD, True), (datetime(2020, 3, 15, 0, 0, 0, tzinfo=TIJDZONE), False)],
)
def test_a_question_is_in_time_up_to_the_last_second_of_its_term(proef: Proef, op: datetime, binnen: bool):
    kenmerk = ask(proef, op)
    with proef.huis.winkel.lezen() as sessie:
        assert vragen.find_vraag(sessie, kenmerk).binnen_termijn is binnen


def test_a_question_after_closing_is_refused(proef: Proef):
    with proef.refuses("vraag-gesloten"):
        ask(proef, datetime(2020, 4, 1, 0, 0, 0, tzinfo=TIJDZONE))


def test_a_question_cannot_be_received_in_the_future(proef: Proef):
    with proef.refuses("vraag-tijd"):
        vragen.ask_vraag(
            proef.huis,
            proef.act_as(INKOPER),
            RONDE,
            tekst="Vraag?",
            onderwerp="M-03",
            van=VRAGER,
            ontvangen_op=datetime(2020, 3, 30, 12, tzinfo=TIJDZONE),
        )


@pytest.mark.parametrize("antwoord", [f"Dat mag, {VRAGER}.", f"dat mag, {VRAGER.upper()}", "Mail a.b@zorg.example."])
def test_an_answer_that_says_who_asked_is_refused(proef: Proef, antwoord: str):
    kenmerk = ask(proef)
    with proef.refuses("niet-anoniem"):
        answer(proef, kenmerk, antwoord)


def test_a_late_question_is_answered_only_with_a_reason_that_concerns_everybody(proef: Proef):
    kenmerk = ask(proef, datetime(2020, 3, 16, 9, tzinfo=TIJDZONE))
    with proef.refuses("vraag-te-laat"):
        answer(proef, kenmerk)
    answer(proef, kenmerk, voor_allen="Het criterium is onduidelijk voor iedereen.")


def test_a_late_question_can_be_put_aside_and_one_in_time_cannot(proef: Proef):
    op_tijd, laat = ask(proef), ask(proef, datetime(2020, 3, 16, 9, tzinfo=TIJDZONE))
    with proef.refuses("vraag-op-tijd"):
        vragen.put_aside(proef.huis, proef.act_as(INKOPER), op_tijd, reden="niet van belang")
    vragen.put_aside(proef.huis, proef.act_as(INKOPER), laat, reden="alleen van belang voor de vragensteller")
    answer(proef, op_tijd)
    publish(proef, draft(proef))


def test_a_nota_waits_for_every_question_that_came_in_time(proef: Proef):
    eerste = ask(proef)
    ask(proef)
    answer(proef, eerste)
    with proef.refuses("nota-onbeantwoord"):
        draft(proef)


def test_a_nota_is_not_published_before_a_jurist_approved_it(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef)
    with proef.refuses("nota-status"):
        notas.publish_nota(proef.huis, proef.act_as(INKOPER), kenmerk)


@pytest.mark.dekking("FE-3")
def test_who_drafted_a_nota_does_not_approve_it_in_another_role(proef: Proef):
    proef.set_rollen(INKOPER, "inkoper", Rol.INKOPER, Rol.JURIST)
    kenmerk_vraag = vragen.ask_vraag(
        proef.huis, proef.act_as_rol(INKOPER, Rol.INKOPER), RONDE, tekst="Vraag?", onderwerp="M-03", van=VRAGER
    )
    vragen.answer_vraag(proef.huis, proef.act_as_rol(INKOPER, Rol.INKOPER), kenmerk_vraag, antwoord="Ja.")
    kenmerk = notas.draft_nota(proef.huis, proef.act_as_rol(INKOPER, Rol.INKOPER), RONDE)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        notas.approve_nota(proef.huis, proef.act_as_rol(INKOPER, Rol.JURIST), kenmerk)


def test_a_published_nota_prints_the_answers_without_names_and_the_closing_of_the_round(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef)
    publish(proef, kenmerk)
    nota = read_nota(proef, kenmerk)
    assert VRAGER not in msgspec.json.encode(nota).decode()
    assert (nota.vragen[0].antwoord, nota.sluiting, nota.planning) == (  # type: ignore[attr-defined]
        "Ja, als het u noemt.",
        read_ronde(proef)[0],
        (),
    )


def test_notas_are_numbered_and_the_newest_goes_first(proef: Proef):
    for _ in range(2):
        answer(proef, ask(proef))
        publish(proef, draft(proef))
    with proef.huis.winkel.lezen() as sessie:
        alle = notas.list_notas(sessie, rondes.find_ronde(sessie, RONDE).id)
    assert [rij.kenmerk for rij in alle] == [f"{RONDE}-N02", f"{RONDE}-N01"]


@pytest.mark.dekking("B.2.11", "FE-6")
def test_a_nota_of_nine_days_before_closing_needs_a_later_closing(proef: Proef):
    answer(proef, ask(proef))
    proef.klok.set(datetime(2020, 3, 22, 9, tzinfo=TIJDZONE))
    with proef.refuses("nota-te-laat"):
        draft(proef)
    nieuw = datetime(2020, 4, 2, 23, 59, 59, tzinfo=TIJDZONE)
    kenmerk = draft(proef, sluiting=nieuw)
    publish(proef, kenmerk)
    assert read_ronde(proef)[:2] == (nieuw, nieuw)


def test_a_nota_of_ten_days_before_closing_needs_none(proef: Proef):
    answer(proef, ask(proef))
    proef.klok.set(datetime(2020, 3, 21, 9, tzinfo=TIJDZONE))
    publish(proef, draft(proef))


def test_a_later_closing_moves_the_days_behind_it_and_the_nota_prints_both(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef, sluiting=datetime(2020, 4, 2, 23, 59, 59, tzinfo=TIJDZONE))
    publish(proef, kenmerk)
    ronde = proef.definitie.find_ronde(RONDE)
    assert (ronde.herstelverzoek, ronde.herstel_tot) == (date(2020, 4, 9), date(2020, 4, 23))
    assert ronde.ingang == date(2020, 7, 1)
    planning = {regel.stap: regel.datum for regel in read_nota(proef, kenmerk).planning}  # type: ignore[attr-defined]
    assert planning["Sluiting (was 31 maart 2020)"] == date(2020, 4, 2)


@pytest.mark.parametrize(
    ("sluiting", "code"),
    [
        (datetime(2020, 3, 30, 23, 59, 59, tzinfo=TIJDZONE), "sluiting-vroeger"),
        (datetime(2020, 5, 29, 23, 59, 59, tzinfo=TIJDZONE), "ronde-tekenen"),
    ],
)
def test_a_closing_that_breaks_an_invariant_is_refused_by_the_pair(proef: Proef, sluiting: datetime, code: str):
    answer(proef, ask(proef))
    with proef.refuses(code):
        draft(proef, sluiting=sluiting)


def test_a_nota_after_closing_is_refused_whatever_it_would_change(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef)
    notas.approve_nota(proef.huis, proef.act_as(JURIST), kenmerk)
    proef.klok.set(datetime(2020, 4, 1, 0, 0, 0, tzinfo=TIJDZONE))
    with proef.refuses("nota-gesloten"):
        notas.publish_nota(proef.huis, proef.act_as(INKOPER), kenmerk)
    with proef.refuses("nota-gesloten"):
        draft(proef)


def test_a_nota_with_a_new_edition_binds_it_to_its_round_alone(proef: Proef):
    answer(proef, ask(proef))
    oud = bootstrap.load_edities(proef.huis, proef.definitie)["2020-1"]
    nieuw = msgspec.structs.replace(oud, editie="2020-2", hash="2" * 64)
    publish(proef, draft(proef, editie="2020-2"), nieuw)
    assert read_ronde(proef)[2] == "2020-2"
    anderen = {r.criteria_editie for r in proef.definitie.instroom.rondes if r.kenmerk != RONDE}
    assert anderen == {"2020-1"}


@pytest.mark.dekking("FE-6")
def test_an_edition_that_was_published_does_not_change_under_its_own_name(proef: Proef):
    answer(proef, ask(proef))
    oud = bootstrap.load_edities(proef.huis, proef.definitie)["2020-1"]
    kenmerk = draft(proef, editie="2020-1")
    notas.approve_nota(proef.huis, proef.act_as(JURIST), kenmerk)
    with proef.refuses("editie-bevroren"):
        notas.publish_nota(proef.huis, proef.act_as(INKOPER), kenmerk, msgspec.structs.replace(oud, hash="3" * 64))


def test_an_edition_that_is_not_there_is_refused(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef, editie="2020-2")
    notas.approve_nota(proef.huis, proef.act_as(JURIST), kenmerk)
    with proef.refuses("editie-ontbreekt"):
        notas.publish_nota(proef.huis, proef.act_as(INKOPER), kenmerk)


def test_a_nota_that_is_dropped_gives_its_questions_back(proef: Proef):
    kenmerk = ask(proef)
    answer(proef, kenmerk)
    eerste = draft(proef)
    with proef.refuses("vraag-in-nota"):
        answer(proef, kenmerk, "Anders.")
    notas.drop_nota(proef.huis, proef.act_as(INKOPER), eerste, reden="het antwoord klopte niet")
    answer(proef, kenmerk, "Nee, alleen op uw eigen naam.")
    publish(proef, draft(proef))
    with proef.huis.winkel.lezen() as sessie:
        assert notas.find_nota(sessie, f"{RONDE}-N02").status == "gepubliceerd"


def test_the_document_of_a_nota_goes_out_as_it_is_made(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef)
    publish(proef, kenmerk)
    assert render_plaatsvervangers(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick())) == [kenmerk]
    with proef.huis.winkel.lezen() as sessie:
        assert documenten.find_document(sessie, kenmerk).status == "verzonden"


@pytest.mark.dekking("B.2.8")
def test_closing_is_the_same_instant_in_the_publication_and_in_the_nota(proef: Proef):
    answer(proef, ask(proef))
    kenmerk = draft(proef)
    publish(proef, kenmerk)
    with proef.huis.winkel.lezen() as sessie:
        (publicatie,) = [d for d in documenten.list_documenten(sessie) if d.soort == "publicatietekst"]
        gegevens = documenten.decode_gegevens(publicatie)
    (ronde,) = [r for r in gegevens.rondes if r.kenmerk == RONDE]  # type: ignore[attr-defined]
    assert ronde.sluiting == read_nota(proef, kenmerk).sluiting  # type: ignore[attr-defined]
    assert ronde.gestand_tot == date(2020, 6, 29), format_dag(ronde.gestand_tot)
