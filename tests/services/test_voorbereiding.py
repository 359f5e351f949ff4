"""The preparation as records: checklists, contributions, substantiation, participants, mandates, the gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from inkoop.cli.demo.personen import BELEIDSADVISEUR, FINANCIEN, GEMANDATEERDE, INKOPER, JURIST, PER_ROL
from inkoop.cli.demo.voorbereidingsspel import invent_onderbouwingen, record_checklist
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.deelnemers import Deelnamestand
from inkoop.domain.fasen import STAPUITKOMSTEN, OvergangRefusedError
from inkoop.domain.inbreng import Gevolg, Inbrengsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.mandaat import check_mandaat
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Gemeente, Mandaat
from inkoop.services import aankondigingen, deelnames, poort, procedures, voorbereiding
from inkoop.services.huis import NietGevondenError
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
BEGELEIDING = "hvb-2021-begeleiding"
MEIERIJ = "meierij-2020"

WAALWIJK = Gemeente(
    code="Waalwijk",
    naam="Waalwijk",
    kvk="90000409",
    adres="Raadhuisplein 1",
    postcode_plaats="5140 ZZ Waalwijk",
    vertegenwoordiger="mevrouw W. de Bruijn",
    functie="portefeuillehouder Wmo van Waalwijk",
    volmacht_grondslag="het collegebesluit en de volmacht van de burgemeester",
    volmacht_datum=date(2017, 12, 14),
)


@pytest.fixture
def begin_op(tmp_path: Path) -> Iterator[object]:
    """Begin a procedure by name."""
    geopend: list[Proef] = []

    def start(naam: str) -> Proef:
        geopend.append(begin_procedure(tmp_path / naam, naam))
        return geopend[-1]

    yield start
    for proef in geopend:
        proef.huis.winkel.close()


def record(proef: Proef, stap: str, orgaan: str, uitkomst: str, *, wie: str) -> None:
    procedures.record_stap(
        proef.huis, proef.act_as(wie), proef.procedure, stap, orgaan=orgaan, uitkomst=uitkomst, grond="Verslag."
    )


def record_until(proef: Proef, stap: str) -> None:
    """Record every step before this one, in the order of the definition."""
    while True:
        with proef.huis.winkel.lezen() as sessie:
            open_ = procedures.list_openstaand(sessie, proef.procedure, Fase.VOORBEREIDEN)[0]
        if open_.stap.id == stap:
            return
        record_checklist(proef.huis, proef.act_as, proef.procedure, open_.stap, "")
        for orgaan in open_.organen:
            record(
                proef,
                open_.stap.id,
                orgaan,
                STAPUITKOMSTEN[open_.stap.soort].door,
                wie=PER_ROL[Rol(open_.stap.rol)],
            )


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


@pytest.mark.dekking("H19-02")
def test_a_gemeente_that_withdraws_leaves_every_place_and_no_longer_holds_up_a_step(begin_op):
    proef = begin_op(HVB)
    record_until(proef, "inkoopplan")
    with proef.huis.winkel.lezen() as sessie:
        stap = procedures.list_openstaand(sessie, HVB, Fase.VOORBEREIDEN)[0].stap
    record_checklist(proef.huis, proef.act_as, HVB, stap, "")
    for naam in ("Dongen", "Gilze en Rijen", "Goirle", "Hilvarenbeek", "Oisterwijk", "Tilburg"):
        record(proef, "inkoopplan", f"college van {naam}", "vastgesteld", wie=BELEIDSADVISEUR)
    oud = proef.definitie.hash
    deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), HVB, "Heusden", grond="collegebesluit van 1 mei")
    nieuw = proef.definitie
    assert nieuw.hash != oud
    assert "Heusden" not in {g.naam for g in nieuw.gemeenten}
    assert all("Heusden" not in mandaat.namens for mandaat in nieuw.mandaten)
    assert all("Heusden" not in orgaan for stap in nieuw.stappen for orgaan in stap.organen)
    assert all(gebied.gemeente != "Heusden" for gebied in nieuw.geografie.gebieden)
    with proef.huis.winkel.lezen() as sessie:
        assert deelnames.list_deelnames(sessie, HVB)["Heusden"] is Deelnamestand.UITGETREDEN
        open_ = procedures.list_openstaand(sessie, HVB, Fase.VOORBEREIDEN)
    assert open_[0].stap.id != "inkoopplan"


@pytest.mark.parametrize(("wie", "code"), [("Tilburg", "deelname-centrum"), ("Vught", "deelname-onbekend")])
def test_the_centrumgemeente_and_who_takes_no_part_cannot_withdraw(begin_op, wie: str, code: str):
    proef = begin_op(HVB)
    with proef.refuses(code):
        deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), HVB, wie, grond="besluit")


def test_a_gemeente_that_joins_must_decide_on_every_step_that_every_gemeente_decides_on(begin_op):
    proef = begin_op(HVB)
    deelnames.join_gemeente(proef.huis, proef.act_as(INKOPER), HVB, WAALWIJK, grond="collegebesluit van 3 mei")
    stappen = {stap.id: stap.organen for stap in proef.definitie.stappen}
    assert "college van Waalwijk" in stappen["inkoopplan"]
    assert "archief van Waalwijk" in stappen["archiefkopie"]
    assert all("Waalwijk" not in orgaan for orgaan in stappen["go-no-go"])
    assert all("Waalwijk" not in mandaat.namens for mandaat in proef.definitie.mandaten)


def test_a_reservation_is_made_and_lifted(begin_op):
    proef = begin_op(HVB)
    deelnames.change_deelname(
        proef.huis, proef.act_as(INKOPER), HVB, "Goirle", Deelnamestand.VOORBEHOUD, grond="collegebesluit"
    )
    with proef.huis.winkel.lezen() as sessie:
        standen = deelnames.list_deelnames(sessie, HVB)
    assert (standen["Goirle"], standen["Dongen"]) == (Deelnamestand.VOORBEHOUD, Deelnamestand.ACTIEF)
    with proef.refuses("deelname-zelfde"):
        deelnames.change_deelname(
            proef.huis, proef.act_as(INKOPER), HVB, "Goirle", Deelnamestand.VOORBEHOUD, grond="collegebesluit"
        )


OPVOLGER = Mandaat(
    id="opvolger",
    functie="gemandateerde portefeuillehouder in het portefeuillehoudersoverleg",
    namens=("Dongen", "Gilze-en-Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Oisterwijk", "Tilburg"),
    onderwerpen=("verlenging",),
    geldig_van=date(2021, 1, 1),
    geldig_tot=date(2022, 12, 31),
    grondslag="de opvolger van het bestuursakkoord",
    volmacht_burgemeester=True,
)


@pytest.mark.dekking("H19-05", "BP-13")
def test_an_extension_after_the_akkoord_needs_the_successor_mandate(begin_op):
    proef = begin_op(HVB)

    def check(op: date) -> list[str]:
        redenen = check_mandaat(
            proef.definitie.mandaten, functie=OPVOLGER.functie, onderwerp="verlenging", namens=OPVOLGER.namens, op=op
        )
        return [reden.code for reden in redenen]

    assert check(date(2020, 12, 31)) == []
    assert set(check(date(2021, 1, 1))) == {"mandaat-verlopen"}
    deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), HVB, OPVOLGER)
    assert check(date(2021, 1, 1)) == []


@pytest.mark.parametrize(
    ("velden", "code"),
    [
        ({"geldig_tot": date(2020, 12, 31)}, "mandaat-periode"),
        ({"namens": ("Vught",)}, "mandaat-namens"),
        ({"onderwerpen": ("alles",)}, "mandaat-onderwerp"),
        ({"regeling": "bestuursakkoord-2017"}, "mandaat-regeling"),
        ({"grondslag": " "}, "mandaat-leeg"),
        ({"id": "mandaat-hvb-2017"}, "mandaat-bestaat"),
    ],
)
@pytest.mark.dekking("H19-06")
def test_a_mandate_that_cannot_stand_is_refused(begin_op, velden: dict[str, object], code: str):
    proef = begin_op(HVB)
    with proef.refuses(code):
        deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), HVB, msgspec.structs.replace(OPVOLGER, **velden))


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
