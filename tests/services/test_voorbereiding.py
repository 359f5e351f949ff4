"""The preparation as records: checklists, contributions, substantiation, participants, mandates, the gate."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from sqlmodel import func, select

from inkoop.cli.demo.personen import BELEIDSADVISEUR, FINANCIEN, GEMANDATEERDE, INKOPER
from inkoop.cli.demo.voorbereidingsspel import invent_onderbouwingen
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.fasen import OvergangRefusedError
from inkoop.domain.inbreng import Gevolg, Inbrengsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase
from inkoop.services import aankondigingen, poort, procedures, voorbereiding
from inkoop.services.huis import NietGevondenError
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.voorbereiding import ChecklistpuntRow
from tests.services.proefprocedure import record, record_until
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
BEGELEIDING = "hvb-2021-begeleiding"
MEIERIJ = "meierij-2020"


def read_poort(proef: Proef) -> set[str]:
    with proef.huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, proef.procedure)
        return {reden.code for reden in poort.check_poort(sessie, rij, local_date(proef.klok.nu))}


def bring_in(proef: Proef, orgaan: str, soort: Inbrengsoort = Inbrengsoort.BEDENKING, tekst: str = "Te groot.") -> str:
    return voorbereiding.add_inbreng(
        proef.huis,
        proef.act_as(BELEIDSADVISEUR),
        proef.procedure,
        "wensen-bedenkingen",
        orgaan=orgaan,
        soort=soort,
        thema="schaal",
        tekst=tekst,
    )


@pytest.mark.dekking("M20-43", "M20-46", "PROC-03")
def test_a_go_is_refused_while_a_point_of_the_checklist_is_open_and_says_which(begin_op):
    proef = begin_op(MEIERIJ)
    record_until(proef, "go-no-go")
    with proef.refuses("checklist-open"):
        record(proef, "go-no-go", "bestuurlijk overleg regio Meierij", "go", wie=GEMANDATEERDE)


def test_a_go_is_refused_while_a_point_is_on_no_and_possible_once_it_was_answered_again(begin_op):
    proef = begin_op(MEIERIJ)
    record_until(proef, "go-no-go")
    punten = [(nummer, Puntuitkomst.NEE if nummer == 2 else Puntuitkomst.JA) for nummer in range(1, 6)]
    voorbereiding.record_punten(proef.huis, proef.act_as(INKOPER), MEIERIJ, "go-no-go", punten, grond="memo")
    with proef.refuses("checklist-nee"):
        record(proef, "go-no-go", "bestuurlijk overleg regio Meierij", "go", wie=GEMANDATEERDE)
    voorbereiding.record_punten(
        proef.huis, proef.act_as(INKOPER), MEIERIJ, "go-no-go", [(2, Puntuitkomst.JA)], grond="training gehouden"
    )
    record(proef, "go-no-go", "bestuurlijk overleg regio Meierij", "go", wie=GEMANDATEERDE)


def test_an_answer_given_twice_by_the_same_person_is_recorded_once_and_another_answer_again(begin_op):
    proef = begin_op(MEIERIJ)
    record_until(proef, "go-no-go")

    def answer(uitkomst: Puntuitkomst) -> int:
        door = proef.act_as(INKOPER)
        voorbereiding.record_punten(proef.huis, door, MEIERIJ, "go-no-go", [(1, uitkomst)], grond="memo")
        with proef.huis.winkel.lezen() as sessie:
            return len(sessie.exec(select(ChecklistpuntRow)).all())

    voor = answer(Puntuitkomst.JA)
    assert answer(Puntuitkomst.JA) == voor
    assert answer(Puntuitkomst.NEE) == voor + 1
    assert answer(Puntuitkomst.JA) == voor + 2


@pytest.mark.dekking("M20-43", "PROC-03")
def test_a_no_go_needs_no_checklist(begin_op):
    proef = begin_op(MEIERIJ)
    record_until(proef, "go-no-go")
    record(proef, "go-no-go", "bestuurlijk overleg regio Meierij", "no_go", wie=GEMANDATEERDE)
    assert proef.definitie.looptijd.ingang == date(2021, 1, 1)


@pytest.mark.parametrize(("nummer", "grond", "code"), [(6, "memo", "checklist-nummer"), (1, " ", "grond")])
def test_a_point_that_does_not_exist_or_rests_on_nothing_is_refused(begin_op, nummer: int, grond: str, code: str):
    proef = begin_op(MEIERIJ)
    with proef.refuses(code):
        voorbereiding.record_punten(
            proef.huis, proef.act_as(INKOPER), MEIERIJ, "go-no-go", [(nummer, Puntuitkomst.JA)], grond=grond
        )


@pytest.mark.dekking("PROC-05")
def test_a_college_decides_nothing_before_the_objection_of_a_raad_was_answered(begin_op):
    proef = begin_op(BEGELEIDING)
    record_until(proef, "wensen-bedenkingen")
    kenmerk = bring_in(proef, "gemeenteraad van Goirle")
    record_until(proef, "reactienota")
    with proef.refuses("inbreng-open"):
        record(proef, "reactienota", "college van Goirle", "vastgesteld", wie=BELEIDSADVISEUR)
    assert "inbreng-open" in read_poort(proef)
    voorbereiding.answer_inbreng(
        proef.huis,
        proef.act_as(BELEIDSADVISEUR),
        kenmerk,
        antwoord="Vier gebieden in plaats van twaalf.",
        gevolg=Gevolg.AANGEPAST,
        document="houtskoolschets",
        artikel="paragraaf 3",
    )
    record(proef, "reactienota", "college van Goirle", "vastgesteld", wie=BELEIDSADVISEUR)
    assert "inbreng-open" not in read_poort(proef)


def test_a_raad_that_had_nothing_to_say_waits_for_no_answer(begin_op):
    proef = begin_op(BEGELEIDING)
    record_until(proef, "wensen-bedenkingen")
    bring_in(proef, "gemeenteraad van Dongen", Inbrengsoort.GEEN, "Raadsbesluit van 22 april 2021.")
    assert "inbreng-open" not in read_poort(proef)


def test_a_contribution_of_a_body_that_was_not_asked_is_refused(begin_op):
    proef = begin_op(BEGELEIDING)
    with proef.refuses("inbreng-orgaan"):
        bring_in(proef, "gemeenteraad van Vught")


@pytest.mark.dekking("M20-25")
def test_an_answer_says_which_article_changes_and_is_given_once(begin_op):
    proef = begin_op(BEGELEIDING)
    kenmerk = bring_in(proef, "gemeenteraad van Goirle")

    def answer(gevolg: Gevolg, document: str | None = None) -> None:
        voorbereiding.answer_inbreng(
            proef.huis, proef.act_as(BELEIDSADVISEUR), kenmerk, antwoord="Zo.", gevolg=gevolg, document=document
        )

    with proef.refuses("antwoord-document"):
        answer(Gevolg.AANGEPAST)
    with proef.refuses("antwoord-document"):
        answer(Gevolg.GEEN, "houtskoolschets")
    answer(Gevolg.GEEN)
    with proef.refuses("antwoord-dubbel"):
        answer(Gevolg.GEEN)


@pytest.mark.dekking("M20-42", "M20-57")
def test_the_public_report_holds_the_meetings_and_every_contribution_with_its_answer(begin_op):
    proef = begin_op(BEGELEIDING)
    record_until(proef, "wensen-bedenkingen")
    kenmerk = bring_in(proef, "gemeenteraad van Goirle")
    voorbereiding.answer_inbreng(
        proef.huis, proef.act_as(BELEIDSADVISEUR), kenmerk, antwoord="Blijft zo.", gevolg=Gevolg.GEEN
    )
    record(proef, "wensen-bedenkingen", "gemeenteraad van Goirle", "gehouden", wie=BELEIDSADVISEUR)
    with proef.huis.winkel.lezen() as sessie:
        verslag = voorbereiding.compose_verslag(sessie, BEGELEIDING, "wensen-bedenkingen")
    assert verslag.themas == ("schaal",)
    assert [(een.orgaan, een.tekst, een.antwoord) for een in verslag.inbreng] == [
        ("gemeenteraad van Goirle", "Te groot.", "Blijft zo.")
    ]
    assert [sessie.doelgroep for sessie in verslag.sessies] == ["gemeenteraad van Goirle"]


@pytest.mark.dekking("PROC-02")
def test_the_gate_lists_open_steps_and_missing_substantiation_at_once(begin_op):
    proef = begin_op(HVB)
    assert {"stap-open", "onderbouwing-ontbreekt"} <= read_poort(proef)


@pytest.mark.dekking("M20-26", "H19-34", "PROC-04")
def test_a_procedure_goes_on_only_with_the_substantiation_of_every_perceel(begin_op):
    proef = begin_op(MEIERIJ)
    record_until(proef, "inkoopdocumenten")
    for college in ("Vught", "Meierijstad", "'s-Hertogenbosch"):
        record(proef, "inkoopdocumenten", f"college van {college}", "vastgesteld", wie=BELEIDSADVISEUR)
    eerste, *rest = invent_onderbouwingen(proef.definitie)
    voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), MEIERIJ, eerste)
    with proef.refuses("onderbouwing-ontbreekt", fout=OvergangRefusedError):
        procedures.advance_procedure(proef.huis, proef.act_as(INKOPER), MEIERIJ, Fase.PUBLICEREN)
    voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), MEIERIJ, *rest)
    with proef.huis.winkel.lezen() as sessie:
        voor = sessie.exec(select(func.count()).select_from(AuditRow)).one()
    voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), MEIERIJ, eerste, *rest)
    with proef.huis.winkel.lezen() as sessie:  # the same again is nothing new
        assert sessie.exec(select(func.count()).select_from(AuditRow)).one() == voor
    assert procedures.advance_procedure(proef.huis, proef.act_as(INKOPER), MEIERIJ, Fase.PUBLICEREN)


@pytest.mark.parametrize(
    ("procedure", "element"),
    [
        *((MEIERIJ, naam) for naam in (
            "kosten_beroepskracht", "overhead", "niet_productieve_uren", "reis_en_opleiding", "indexatie",
            "gemeentelijke_verplichtingen",
        )),
        *(("hvb-jeugd-2021-wonen", naam) for naam in (
            "kosten_beroepskrachten", "overige_clientgebonden", "overhead", "indexatie",
        )),
    ],
)  # fmt: skip
def test_no_element_that_the_law_asks_for_may_be_blank(begin_op, procedure: str, element: str):
    proef = begin_op(procedure)
    goed = invent_onderbouwingen(proef.definitie)[0]
    leeg = msgspec.structs.replace(goed.elementen[element], tekst=" ")
    fout = msgspec.structs.replace(goed, elementen={**goed.elementen, element: leeg})
    with proef.refuses("onderbouwing-leeg"):
        voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), procedure, goed, fout)


@pytest.mark.parametrize("aanname", ["functiemix", "productiviteit", "uren", "overheadpercentage"])
@pytest.mark.dekking("M20-24")
def test_no_assumption_of_the_calculation_may_be_missing(begin_op, aanname: str):
    proef = begin_op(MEIERIJ)
    goed = invent_onderbouwingen(proef.definitie)[0]
    fout = msgspec.structs.replace(goed, aannames={n: d for n, d in goed.aannames.items() if n != aanname})
    with proef.refuses("onderbouwing-leeg"):
        voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), MEIERIJ, fout)


def test_an_element_of_the_other_law_is_refused(begin_op):
    proef = begin_op("hvb-jeugd-2021-wonen")
    goed = invent_onderbouwingen(proef.definitie)[0]
    deel = goed.elementen["overhead"]
    fout = msgspec.structs.replace(goed, elementen={**goed.elementen, "reis_en_opleiding": deel})
    with proef.refuses("onderbouwing-onbekend"):
        voorbereiding.record_onderbouwing(proef.huis, proef.act_as(FINANCIEN), proef.procedure, fout)


@pytest.mark.dekking("B.1.6")
def test_a_notice_is_registered_once_and_not_in_advance(begin_op):
    proef = begin_op(BEGELEIDING)

    def register(soort: Aankondigingsoort, op: date | None = None) -> None:
        aankondigingen.register_aankondiging(
            proef.huis, proef.act_as(INKOPER), BEGELEIDING, soort=soort, plaats="TenderNed", nummer="1", geplaatst_op=op
        )

    with proef.refuses("aankondiging-datum"):
        register(Aankondigingsoort.AANKONDIGING, date(2099, 1, 1))
    with proef.refuses("aankondiging-soort"):
        register(Aankondigingsoort.OPENBAAR)
    register(Aankondigingsoort.AANKONDIGING)
    with proef.refuses("aankondiging-dubbel"):
        register(Aankondigingsoort.AANKONDIGING)


def test_an_admission_knows_no_notice_of_an_award(begin_op):
    proef = begin_op(MEIERIJ)
    with proef.refuses("aankondiging-soort"):
        aankondigingen.register_aankondiging(
            proef.huis,
            proef.act_as(INKOPER),
            MEIERIJ,
            soort=Aankondigingsoort.GEGUND,
            plaats="TenderNed",
            nummer="1",
        )


def test_a_step_that_does_not_exist_is_named_with_those_that_do(begin_op):
    proef = begin_op(MEIERIJ)
    with pytest.raises(NietGevondenError, match="go-no-go"):
        voorbereiding.record_punten(
            proef.huis, proef.act_as(INKOPER), MEIERIJ, "go", [(1, Puntuitkomst.JA)], grond="memo"
        )
