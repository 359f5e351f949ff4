"""What a round waits for besides applications: questions, notas, the notice of an award, gestanddoening."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.deelnemers import change_voorbehoud
from inkoop.domain.inlichtingen import Documentwijziging
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.samenwerking import Deelname
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus
from inkoop.services import (
    aankondigingen,
    deelnames,
    notas,
    procedures,
    publicatie,
    rondeplichten,
    rondes,
    takenlijst,
    vragen,
)
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.document import DocumentRow
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB, BG = "hvb-wmo-2019", "hvb-2021-begeleiding"


def begin(begin_op, naam: str, dagen_na_sluiting: int, fase: Fase, aanvragers: int = 1) -> Proef:
    """The first round of a procedure, with so many applicants, so many days after its closing."""
    proef = begin_op(naam)
    ronde = proef.definitie.instroom.rondes[0]
    proef.ronde = ronde.kenmerk
    add_contracten(proef, aanvragers, ronde.sluiting.date() + timedelta(days=dagen_na_sluiting))
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde.kenmerk)
        rij.fase = fase
        eenheid.sessie.add(rij)
        eenheid.audit("proef", ronde.kenmerk, naar=fase)
    return proef


PLICHTEN = {
    Taaksoort.AANKONDIGING_REGISTREREN, Taaksoort.GESTAND_VERLENGEN, Taaksoort.NOTA_OPSTELLEN,
    Taaksoort.NOTA_GOEDKEUREN, Taaksoort.NOTA_PUBLICEREN, Taaksoort.VRAAG_BEANTWOORDEN,
}  # fmt: skip


def read_soorten(proef: Proef) -> set[Taaksoort]:
    """What the round asks; Mijn taken, which counts the same work over all rounds, must say the same."""
    with proef.huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, proef.ronde)
        if proef.klok.nu <= rij.sluiting:
            soorten = {taak.soort for taak in rondeplichten.list_voor_sluiting(sessie, rij)}
        else:
            soorten = {taak.soort for taak in rondeplichten.list_na_sluiting(sessie, rij, proef.klok.nu)}
    if not proef.definitie.find_ronde(proef.ronde).historisch:
        regels = [regel for wie in (INKOPER, JURIST) for regel in takenlijst.list_taken(proef.huis, proef.act_as(wie))]
        assert {regel.soort for regel in regels} & PLICHTEN == soorten
    return soorten


@pytest.mark.dekking("B.1.6")
def test_the_notice_of_an_award_is_a_task_until_it_is_registered(begin_op):
    proef = begin(begin_op, BG, 60, Fase.CONTRACTEREN)
    assert read_soorten(proef) == {Taaksoort.AANKONDIGING_REGISTREREN, Taaksoort.GESTAND_VERLENGEN}
    aankondigingen.register_aankondiging(
        proef.huis, proef.act_as(INKOPER), BG, soort=Aankondigingsoort.GEGUND, plaats="TenderNed", nummer="77"
    )
    assert Taaksoort.AANKONDIGING_REGISTREREN not in read_soorten(proef)


def test_a_gestanddoening_that_ends_before_signing_is_a_task_and_can_be_extended(begin_op):
    proef = begin(begin_op, HVB, 60, Fase.CONCRETISEREN)
    ronde = proef.definitie.instroom.rondes[0]
    assert Taaksoort.GESTAND_VERLENGEN in read_soorten(proef)

    def extend(tot: date, grond: str = "instemming", wie: str = INKOPER) -> None:
        rondeplichten.extend_gestand(proef.huis, proef.act_as(wie), ronde.kenmerk, tot, grond=grond)

    with proef.refuses("gestand-korter", "grond"):
        extend(ronde.sluiting.date() + timedelta(days=90), " ")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        extend(ronde.tekenen, wie=JURIST)
    extend(ronde.tekenen)
    assert Taaksoort.GESTAND_VERLENGEN not in read_soorten(proef)
    with proef.refuses("gestand-korter"):
        extend(ronde.tekenen)
    proef.klok.set(proef.at(ronde.tekenen + timedelta(days=1)))
    with proef.refuses("gestand-voorbij"):
        extend(ronde.tekenen + timedelta(days=30))


def test_before_closing_a_round_waits_for_answers_and_for_each_step_of_a_nota(begin_op):
    proef = begin(begin_op, HVB, -40, Fase.SELECTEREN)
    assert read_soorten(proef) == set()
    kenmerk = vragen.ask_vraag(
        proef.huis, proef.act_as(INKOPER), proef.ronde, tekst="Mag dat?", onderwerp="leidraad 2.1", van="Aanbieder"
    )
    assert read_soorten(proef) == {Taaksoort.VRAAG_BEANTWOORDEN}
    vragen.answer_vraag(proef.huis, proef.act_as(INKOPER), kenmerk, antwoord="Ja.")
    assert read_soorten(proef) == {Taaksoort.NOTA_OPSTELLEN}
    nota = notas.draft_nota(proef.huis, proef.act_as(INKOPER), proef.ronde)
    assert read_soorten(proef) == {Taaksoort.NOTA_GOEDKEUREN}
    notas.approve_nota(proef.huis, proef.act_as(JURIST), nota)
    assert read_soorten(proef) == {Taaksoort.NOTA_PUBLICEREN}


@pytest.mark.dekking("H19-02")
def test_a_gemeente_that_withdraws_after_the_publication_text_went_out_asks_for_a_nota(begin_op):
    proef = begin(begin_op, HVB, -40, Fase.SELECTEREN, aanvragers=0)
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        procedure = procedures.find_procedure(eenheid.sessie, HVB)
        anders = change_voorbehoud(procedures.decode_definitie(procedure), "Heusden", Deelname.VOORBEHOUD)
        procedure.definitie = msgspec.json.encode(anders).decode()
        procedure.gepubliceerd_op = eenheid.op
        eenheid.sessie.add(procedure)
        eenheid.sessie.add(
            DocumentRow(
                id=proef.huis.nieuw_id(),
                sleutel=publicatie.sleutel(HVB, "proef"),
                soort=publicatie.SOORT,
                onderwerp=HVB,
                kenmerk="HVB-D999",
                titel="Publicatietekst",
                status=Documentstatus.VERZONDEN,
                gegevens="{}",
                opgesteld_door=INKOPER,
                gevraagd_op=eenheid.op,
                verzonden_op=eenheid.op,
            )
        )
        eenheid.audit("proef", HVB, naar="gepubliceerd")
    assert read_soorten(proef) == set()
    proef.klok.tick()
    deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), HVB, "Heusden", grond="collegebesluit van 1 juni")
    assert read_soorten(proef) == {Taaksoort.NOTA_OPSTELLEN}
    with proef.refuses("nota-leeg"):
        notas.draft_nota(proef.huis, proef.act_as(INKOPER), proef.ronde)
    weg = Documentwijziging(document="Publicatietekst", oud="1.0", nieuw="1.1", wat="Heusden doet niet meer mee.")
    nota = notas.draft_nota(proef.huis, proef.act_as(INKOPER), proef.ronde, wijzigingen=[weg])
    assert read_soorten(proef) == {Taaksoort.NOTA_GOEDKEUREN}
    notas.approve_nota(proef.huis, proef.act_as(JURIST), nota)
    notas.publish_nota(proef.huis, proef.act_as(INKOPER), nota)
    assert read_soorten(proef) == set()
