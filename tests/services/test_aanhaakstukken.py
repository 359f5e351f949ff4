"""The papers about a gemeente that joins: the letters on its intention, and its accession decision."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import INKOPER
from inkoop.documents.gegevens.contractstukken import Intentiebriefgegevens, Toetredingsbesluitgegevens
from inkoop.domain.gemeenteaanhaken import Aanhaakbesluit, Aanhaakhandeling
from inkoop.domain.persoon import Rol
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import aanhaakstukken, aanhaken, documenten
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from tests.documents.sjabloonproef import read
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef
from tests.services.test_aanhaken import HVB, IN_TIJD, decide, make_aanhaak, play


def list_stukken(proef: Proef, soort: str) -> list[DocumentRow]:
    with proef.huis.winkel.lezen() as sessie:
        return [rij for rij in documenten.list_documenten(sessie) if rij.soort == soort]


def request(proef: Proef, aantal: int, op: date, verzenden_op: date | None = None) -> list[str]:
    add_contracten(proef, aantal, op)
    return aanhaken.request_aanhaak(
        proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019, verzenden_op=verzenden_op
    )


@pytest.mark.dekking("H19-45")
def test_a_request_asks_for_a_letter_to_every_provider_that_says_what_it_chose_and_from_when(begin_op):
    proef = begin_op(HVB)
    kenmerken = request(proef, 2, date(2019, 4, 1), date(2019, 4, 29))
    brieven = list_stukken(proef, "intentiebrief")
    assert [brief.kenmerk for brief in brieven] == kenmerken
    assert [brief.onderwerp for brief in brieven] == ["HVB-2019-0001", "HVB-2019-0002"]
    assert {brief.status for brief in brieven} == {Documentstatus.TE_MAKEN}
    gegevens = documenten.decode_gegevens(brieven[1])
    assert isinstance(gegevens, Intentiebriefgegevens)
    assert (gegevens.aanbieder.naam, gegevens.contractnummer) == ("Aanbieder 2", "HVB-2019-0002")
    assert (gegevens.datum, gegevens.ingang) == (date(2019, 4, 29), date(2020, 1, 1))
    assert gegevens.vragen_tot == date(2019, 5, 13)
    assert [(een.onderwerp[-4:], een.tekst) for een in gegevens.opties] == [("(2b)", "doet niet mee")]
    assert (gegevens.verzonden_aan, gegevens.aantal_aanbieders) == (2, 2)
    tekst = read("intentiebrief", gegevens)
    assert "De gemeente Vierlinden wil vanaf 1 januari 2020 meedoen met" in tekst
    assert "doet niet mee" in tekst
    assert documenten.list_controleurs(proef.huis, "intentiebrief") == {Rol.JURIST}


@pytest.mark.parametrize(("op", "aantal"), [(date(2019, 4, 30), 1), (date(2019, 5, 1), 0)])
def test_from_the_day_of_the_procedure_on_no_letter_is_made(begin_op, op, aantal):
    proef = begin_op(HVB)
    assert len(request(proef, 1, op)) == aantal


@pytest.mark.parametrize(
    ("verzenden", "code"), [(date(2019, 3, 31), "verzenden-voorbij"), (date(2019, 5, 1), "verzenden-te-laat")]
)
def test_letters_that_cannot_go_out_in_time_refuse_the_whole_request(begin_op, verzenden, code):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 4, 1))
    with proef.refuses(code):
        aanhaken.request_aanhaak(
            proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019, verzenden_op=verzenden
        )
    assert list_stukken(proef, "intentiebrief") == []


def test_the_notice_recorded_otherwise_lapses_the_letter_and_the_decision_lapses_the_rest(begin_op):
    proef = begin_op(HVB)
    play(proef, "Ooldrecht", aangesloten=None, conform=None, bericht=date(2019, 4, 15), zonder=1)
    standen = {brief.onderwerp: brief.status for brief in list_stukken(proef, "intentiebrief")}
    assert standen == {
        "HVB-2019-0001": Documentstatus.TE_MAKEN,
        "HVB-2019-0002": Documentstatus.VERVALLEN,
        "HVB-2019-0003": Documentstatus.VERVALLEN,
    }
    proef.klok.set(proef.at(date(2019, 5, 1)))
    decide(proef, "Ooldrecht", Aanhaakbesluit.NIET_TIJDIG)
    assert {brief.status for brief in list_stukken(proef, "intentiebrief")} == {Documentstatus.VERVALLEN}
    assert list_stukken(proef, "toetredingsbesluit") == []


def test_letters_that_did_not_go_out_are_made_anew_for_another_day_but_not_for_the_day_itself(begin_op):
    proef = begin_op(HVB)
    oud = request(proef, 2, date(2019, 4, 1))
    with proef.refuses("verzenden-te-laat"):
        aanhaakstukken.renew_brieven(proef.huis, proef.act_as(INKOPER), HVB, "Vierlinden", 2019, date(2019, 5, 1))
    nieuw = aanhaakstukken.renew_brieven(proef.huis, proef.act_as(INKOPER), HVB, "Vierlinden", 2019, date(2019, 4, 30))
    standen = {brief.kenmerk: brief for brief in list_stukken(proef, "intentiebrief")}
    assert {standen[kenmerk].status for kenmerk in oud} == {Documentstatus.VERVALLEN}
    gegevens = documenten.decode_gegevens(standen[nieuw[0]])
    assert isinstance(gegevens, Intentiebriefgegevens)
    assert (gegevens.datum, gegevens.vragen_tot) == (date(2019, 4, 30), date(2019, 5, 14))


@pytest.mark.dekking("H19-45")
@pytest.mark.parametrize("raad", ["", "in de vergadering van 28 maart 2019."])
def test_the_decision_asks_for_the_accession_paper_with_the_proof_of_all_three_acts(begin_op, raad):
    proef = begin_op(HVB)
    play(proef, "Vierlinden", **IN_TIJD)
    assert list_stukken(proef, "toetredingsbesluit") == []
    decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN, raad=raad)
    [rij] = list_stukken(proef, "toetredingsbesluit")
    assert (rij.onderwerp, rij.ronde, rij.status) == (HVB, None, Documentstatus.TE_MAKEN)
    gegevens = documenten.decode_gegevens(rij)
    assert isinstance(gegevens, Toetredingsbesluitgegevens)
    assert [toets.voldaan_op for toets in gegevens.toetsen] == list(IN_TIJD.values())
    assert gegevens.toetsen[2].bewijs == "zaak 2019-0042 (3 van 3 aanbieders)"
    assert (gegevens.peildatum, gegevens.ingang) == (date(2019, 5, 1), date(2020, 1, 1))
    assert (gegevens.ondertekenaar.naam, gegevens.ondertekenaar.namens) == ("mevrouw V. Linden", ("Vierlinden",))
    assert "Vierlinden" not in gegevens.organisatie.gemeenten
    assert gegevens.toestemming_raad == (raad or None)
    tekst = read("toetredingsbesluit", gegevens)
    assert "toe te treden met ingang van 1 januari 2020" in tekst
    assert ("De raad heeft toestemming gegeven: in de vergadering" in tekst) is bool(raad)
    assert "2.4 de toetreding vast te leggen in een addendum" in tekst
    assert documenten.list_controleurs(proef.huis, "toetredingsbesluit") == {Rol.JURIST}


def set_status(proef: Proef, nummer: str, status: Overeenkomststatus) -> None:
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        vraag = select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == nummer)
        rij = eenheid.sessie.exec(vraag).one()
        rij.status = status
        eenheid.sessie.add(rij)
        eenheid.audit("proef", nummer, naar=status)


def test_a_later_act_asks_for_the_letter_to_a_provider_that_signed_meanwhile(begin_op):
    proef = begin_op(HVB)
    nummers = add_contracten(proef, 2, date(2019, 4, 1))
    set_status(proef, nummers[1], Overeenkomststatus.TER_ONDERTEKENING)
    aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019)
    assert [brief.onderwerp for brief in list_stukken(proef, "intentiebrief")] == nummers[:1]
    set_status(proef, nummers[1], Overeenkomststatus.GETEKEND)
    aanhaken.record_handeling(
        proef.huis,
        proef.act_as(INKOPER),
        HVB,
        "Vierlinden",
        2019,
        Aanhaakhandeling.AANGESLOTEN,
        gedaan_op=date(2019, 4, 1),
        bewijs="zaak 2019-0042",
    )
    assert [brief.onderwerp for brief in list_stukken(proef, "intentiebrief")] == nummers
