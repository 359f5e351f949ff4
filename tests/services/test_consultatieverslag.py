"""The public report of a consultation as a document: made when everything was answered, published once approved."""

from __future__ import annotations

import msgspec
import pytest

from inkoop.cli.demo.personen import BELEIDSADVISEUR, INKOPER, JURIST
from inkoop.domain.inbreng import Gevolg, Inbrengsoort, Verslagopgave, Verslagvraag
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus
from inkoop.services import consultatieverslagen, documenten, voorbereiding
from tests.services.proefprocedure import record, record_until
from tests.services.proefspel import Proef, render_plaatsvervangers

MEIERIJ = "meierij-2020"
OPGAVE = Verslagopgave(
    opzet="Een bijeenkomst en een vragenlijst op het platform.",
    aantallen={"marktpartijen": 34},
    schriftelijk=6,
    deelnemers=("30 aanbieders van ondersteuning", "4 brancheorganisaties"),
    vragen=(Verslagvraag(thema="percelen", vraag="Passen de drie percelen bij uw aanbod?"),),
    tariefstap="tariefconsultatie",
)


def ask(proef: Proef, opgave: Verslagopgave = OPGAVE, wie: str = INKOPER, stap: str = "marktconsultatie") -> str:
    return consultatieverslagen.request_verslag(proef.huis, proef.act_as(wie), MEIERIJ, stap, opgave)


def bring_in(proef: Proef, stap: str = "marktconsultatie", orgaan: str = "marktpartijen") -> str:
    return voorbereiding.add_inbreng(
        proef.huis,
        proef.act_as(INKOPER),
        MEIERIJ,
        stap,
        orgaan=orgaan,
        soort=Inbrengsoort.REACTIE,
        thema="percelen",
        tekst="Voeg kortdurend verblijf toe.",
    )


def answer(proef: Proef, kenmerk: str) -> None:
    voorbereiding.answer_inbreng(
        proef.huis,
        proef.act_as(BELEIDSADVISEUR),
        kenmerk,
        antwoord="Dat doen wij.",
        gevolg=Gevolg.AANGEPAST,
        document="leidraad",
        artikel="paragraaf 2.1",
    )


def begin(begin_op) -> tuple[Proef, str]:
    proef = begin_op(MEIERIJ)
    record_until(proef, "marktconsultatie")
    kenmerk = bring_in(proef)
    record(proef, "marktconsultatie", "marktpartijen", "gehouden", wie=INKOPER)
    return proef, kenmerk


@pytest.mark.dekking("M20-42", "M20-25")
def test_the_report_is_made_from_the_records_and_published_with_the_step(begin_op):
    proef, inbreng = begin(begin_op)
    with proef.refuses("verslag-ontbreekt", "inbreng-open"):
        record(proef, "marktconsultatieverslag", "inkoopplatform", "gepubliceerd", wie=INKOPER)
    with proef.refuses("inbreng-open"):
        ask(proef)
    answer(proef, inbreng)
    kenmerk = ask(proef)
    render_plaatsvervangers(proef.huis, proef.act_as(INKOPER))
    with proef.refuses("verslag-niet-akkoord"):
        record(proef, "marktconsultatieverslag", "inkoopplatform", "gepubliceerd", wie=INKOPER)
    documenten.approve(proef.huis, proef.act_as(JURIST), kenmerk)
    record(proef, "marktconsultatieverslag", "inkoopplatform", "gepubliceerd", wie=INKOPER)
    with proef.huis.winkel.lezen() as sessie:
        document = documenten.find_document(sessie, kenmerk)
    gegevens = msgspec.json.decode(document.gegevens)
    assert document.status is Documentstatus.VERZONDEN
    assert [een["gevolg"] for een in gegevens["reacties"]] == ["leidraad, paragraaf 2.1"]
    assert gegevens["sessies"][0]["aantal"] == 34
    with proef.refuses("verslag-openbaar"):
        ask(proef)


def test_a_report_that_is_not_public_yet_is_replaced_by_a_newer_one(begin_op):
    proef, inbreng = begin(begin_op)
    answer(proef, inbreng)
    eerste = ask(proef)
    tweede = ask(proef, msgspec.structs.replace(OPGAVE, schriftelijk=7))
    with proef.huis.winkel.lezen() as sessie:
        assert documenten.find_document(sessie, eerste).status is Documentstatus.VERVALLEN
        assert msgspec.json.decode(documenten.find_document(sessie, tweede).gegevens)["schriftelijk"] == 7


@pytest.mark.parametrize(
    ("velden", "code"),
    [
        ({"aantallen": {}}, "verslag-aantallen"),
        ({"aantallen": {"marktpartijen": -1}}, "verslag-aantallen"),
        ({"aantallen": {"marktpartijen": 1, "raden": 1}}, "verslag-aantallen"),
        ({"tariefstap": "go-no-go"}, "verslag-tariefstap"),
        ({"schriftelijk": -1}, "verslag-aantallen"),
    ],
)
def test_a_report_with_numbers_that_do_not_fit_is_refused(begin_op, velden, code):
    proef, inbreng = begin(begin_op)
    answer(proef, inbreng)
    with proef.refuses(code):
        ask(proef, msgspec.structs.replace(OPGAVE, **velden))


def test_a_consultation_that_was_not_held_and_a_step_that_is_none_have_no_report(begin_op):
    proef = begin_op(MEIERIJ)
    with proef.refuses("verslag-niet-gehouden"):
        ask(proef)
    with proef.refuses("verslag-stap"):
        ask(proef, stap="go-no-go")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        ask(proef, wie=BELEIDSADVISEUR)


def test_reactions_to_the_tariffs_stand_apart(begin_op):
    proef, inbreng = begin(begin_op)
    answer(proef, inbreng)
    over_tarief = bring_in(proef, "tariefconsultatie", "aanbieders")
    with proef.refuses("inbreng-open"):
        ask(proef)
    answer(proef, over_tarief)
    kenmerk = ask(proef)
    with proef.huis.winkel.lezen() as sessie:
        gegevens = msgspec.json.decode(documenten.find_document(sessie, kenmerk).gegevens)
    assert (len(gegevens["reacties"]), len(gegevens["tariefreacties"])) == (1, 1)
