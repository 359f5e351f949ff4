"""What somebody who wants to bend a round would try, and a judge would ask: each is refused with its reason."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.persoon import Rol
from inkoop.domain.verloop import Besluitstatus, Herstelstatus, OngeldigVerloopError
from inkoop.services import aanmeldingen, besluiten, documenten, herstel, rondes, verzendingen
from inkoop.services.taken import Taaksoort
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.besluit import BesluitRow, VerzamelbesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef

pytestmark = pytest.mark.slow


def drop_reden(proef: Proef, zaak: str) -> None:
    """Take every reason out of the besluiten on a case, behind the back of the services."""
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, proef.find(zaak))
        for besluit in besluiten.list_besluiten(eenheid.sessie, rij):
            voorstel = msgspec.structs.replace(besluiten.decode_voorstel(besluit), redenen=())
            besluit.voorstel = msgspec.json.encode(voorstel).decode()
            eenheid.sessie.add(besluit)
        eenheid.audit("besluit_voorbereiden", rij.kenmerk)


def test_a_failed_criterium_without_its_reason_is_not_checked(begin: Begin):
    proef = begin("besluiten_controleren")
    drop_reden(proef, "M5")
    with proef.refuses("reden-ontbreekt", "geen-reden"):
        besluiten.check_besluiten(proef.huis, proef.act_as(JURIST), RONDE)


def test_a_reason_that_goes_missing_after_the_check_stops_the_besluit(begin: Begin):
    proef = begin("besluiten_nemen")
    drop_reden(proef, "M5")
    with proef.refuses("reden-ontbreekt"):
        besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)


def test_part_of_a_round_is_not_decided_on_before_the_rest(begin: Begin):
    proef = begin("besluiten_controleren")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        sessie = eenheid.sessie
        laat = aanmeldingen.find_aanmelding(sessie, proef.find("M5"))
        for besluit in sessie.exec(select(BesluitRow)).all():
            besluit.verzamelbesluit_id = None
            sessie.add(besluit)
        sessie.flush()
        for rij in (*besluiten.list_besluiten(sessie, laat), *sessie.exec(select(VerzamelbesluitRow)).all()):
            sessie.delete(rij)
        eenheid.audit("besluit_voorbereiden", RONDE)
    with proef.refuses("niet-compleet"):
        besluiten.check_besluiten(proef.huis, proef.act_as(JURIST), RONDE)


def test_a_letter_about_a_besluit_does_not_go_out_apart_from_the_others(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.huis.winkel.lezen() as sessie:
        brief = next(d for d in documenten.list_documenten(sessie, ronde=RONDE) if d.soort == "afwijzingsbrief")
    with proef.refuses("los"):
        documenten.send(proef.huis, proef.act_as(INKOPER), brief.kenmerk)


def test_a_request_for_repair_does_not_go_out_without_starting_its_term(begin: Begin):
    proef = begin("herstel_verzenden")
    with proef.huis.winkel.lezen() as sessie:
        brief = next(d for d in documenten.list_documenten(sessie, ronde=RONDE) if d.soort == "herstelverzoek")
    with proef.refuses("los"):
        documenten.send(proef.huis, proef.act_as(INKOPER), brief.kenmerk)


def test_nobody_is_told_by_a_record_alone(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        wie = proef.find("M5")
        for brief in eenheid.sessie.exec(select(DocumentRow).where(DocumentRow.soort == "afwijzingsbrief")).all():
            if brief.onderwerp == wie:
                eenheid.sessie.delete(brief)
        eenheid.audit("document_verzenden", wie)
    with proef.refuses("brief-ontbreekt"):
        besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)


def test_a_letter_whose_file_is_not_the_approved_one_stops_the_whole_round(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        brief = next(d for d in documenten.list_documenten(eenheid.sessie, ronde=RONDE) if d.soort == "afwijzingsbrief")
        brief.pdf_sha256 = eenheid.sessie.exec(
            select(DocumentRow.pdf_sha256).where(DocumentRow.soort == "toelatingsbrief")
        ).first()
        eenheid.sessie.add(brief)
        eenheid.audit("document_verzenden", brief.kenmerk)
    with proef.refuses("niet-goedgekeurd"):
        besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        assert set(sessie.exec(select(BesluitRow.status)).all()) == {Besluitstatus.GENOMEN}


def test_there_is_no_second_round_of_repair(begin: Begin):
    proef = begin("besluiten_controleren")
    kenmerk = proef.find("M4")
    systeem = proef.act_as_rol(INKOPER, Rol.INKOPER)
    assert not herstel.draft_herstelverzoek(proef.huis, systeem, kenmerk)
    with proef.refuses(fout=OngeldigVerloopError):
        herstel.send_herstelverzoek(proef.huis, proef.act_as(INKOPER), kenmerk)
    with proef.huis.winkel.lezen() as sessie:
        (verzoek,) = sessie.exec(select(HerstelverzoekRow)).all()
    assert verzoek.status is Herstelstatus.AFGESLOTEN


@pytest.mark.parametrize("belang", [None, True])
def test_a_jurist_without_a_clean_statement_neither_checks_nor_settles(begin: Begin, belang: bool | None):
    proef = begin("besluiten_controleren")
    proef.add_persoon("jurist-2", "jurist", Rol.JURIST)
    if belang:
        rondes.declare_belangen(
            proef.huis, proef.act_as("jurist-2"), RONDE, geen_belang=False, toelichting="Mijn broer werkt bij M5."
        )
    with proef.refuses("belang" if belang else "geen-belangenverklaring"):
        besluiten.check_besluiten(proef.huis, proef.act_as("jurist-2"), RONDE)


def test_proof_of_sending_stays_a_task_with_a_last_day_until_it_is_recorded(begin: Begin):
    proef = begin("besluiten_verzenden")
    proef.perform_alle(Taaksoort.BESLUITEN_VERZENDEN)
    taken = proef.list_taken(Taaksoort.VERZENDING_BEWIJZEN)
    assert {taak.uiterlijk for taak in taken} == {date(2020, 5, 20)}  # sent on Friday 15 May 2020
    aantal = len(taken)
    assert aantal
    verzendingen.prove_verzending(proef.huis, proef.act_as(INKOPER), taken[0].onderwerp, referentie="P-1")
    assert len(proef.list_taken(Taaksoort.VERZENDING_BEWIJZEN)) == aantal - 1
