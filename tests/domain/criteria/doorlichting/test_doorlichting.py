"""Going over a set: each trap that the seed fell into is seen, and a sound set brings up nothing."""

from datetime import date

import msgspec
import pytest

from inkoop.domain.criteria.criterium import (
    AlleVan,
    Beoordelingtoets,
    EenToets,
    EenVan,
    Gebied,
    Groep,
    Herstelbaarheid,
    Locatietoets,
    Moment,
    Peilmoment,
    Per,
    Regiotabel,
    Toepassingsbereik,
    Vraag,
)
from inkoop.domain.criteria.doorlichting.geheel import check_publiceerbaar, examine
from inkoop.domain.criteria.doorlichting.haalbaarheid import make_aanbod
from inkoop.domain.criteria.doorlichting.opmerking import Ernst, list_vraagvelden
from inkoop.domain.criteria.doorlichting.overlap import name_onderwerp
from inkoop.domain.criteria.doorlichting.taal import find_aantalbeperking
from inkoop.domain.procedure import Kwalificatie, Perceel, Product
from tests.domain.test_lezing import CERTIFICAAT, DOCUMENT, GETAL
from tests.domain.test_scenariospel import BEOORDELING, make_set
from tests.domain.voorbeeldopgave import PERCELEN
from tests.domain.voorbeeldprocedure import make_procedure

REDEN = "Cliënten verdienen ondersteuning van goede kwaliteit."
PROCEDURE = make_procedure(percelen=PERCELEN, criteriaset="proef")


def make(*toetsen, regios=(), **anders):
    """A sound set of these toetsen, with every criterium changed as asked."""
    heel = {"eis": "U levert het stuk in.", "motivering": REDEN, "bewijs": "Het stuk.", **anders}
    editie = make_set(*toetsen)
    criteria = tuple(msgspec.structs.replace(c, **heel) for c in editie.criteria)
    return msgspec.structs.replace(editie, criteria=criteria, regios=regios)


def codes(editie, procedure=None):
    return [(opmerking.code, opmerking.ernst.value) for opmerking in examine(editie, procedure)]


@pytest.mark.parametrize(
    ("vorm", "bedoeld"), [("sticting", "stichting"), ("cooperratie", "coöperatie"), ("B.V.", None)]
)
def test_a_legal_form_that_looks_like_a_slip_is_pointed_out(vorm, bedoeld):
    opmerkingen = examine(make(DOCUMENT, alleen=Toepassingsbereik(rechtsvormen=("bv", vorm))))
    assert [o.pad[-1] for o in opmerkingen] == ([1] if bedoeld else [])
    assert all(f'Bedoelt u "{bedoeld}"?' in o.tekst for o in opmerkingen)


@pytest.mark.parametrize("titel", ["Kwaliteit en", "Kwaliteit nader te bepalen", "[titel]"])
def test_a_title_that_is_not_finished_is_a_fault_at_the_title(titel):
    (opmerking,) = examine(make(DOCUMENT, titel=titel))
    assert (opmerking.pad, opmerking.ernst) == (("criteria", 0, "titel"), Ernst.FOUT)


@pytest.mark.parametrize("toets", [DOCUMENT, BEOORDELING, GETAL])
def test_a_sound_criterium_brings_up_nothing(toets):
    assert codes(make(toets)) == []
    assert codes(make(toets), PROCEDURE) == []


@pytest.mark.parametrize(
    ("eis", "gevonden"),
    [
        ("Voorwaarde voor toelating is dat", [("afgebroken", "fout")]),
        ("Voorwaarde voor toelating is dat.", [("afgebroken", "fout")]),
        ("U levert het stuk in en", [("afgebroken", "fout")]),
        ("De termijn is nader te bepalen.", [("onaf", "fout")]),
        ("U levert ____ in.", [("onaf", "fout")]),
        ("U levert het stuk in...", [("onaf", "fout")]),
        ("U levert [stuk] in.", [("onaf", "fout")]),
        ("U levert het stuk in", [("geen-punt", "let_op")]),
        ("U levert het stuk in.", []),
        ('U heeft "een adequaat kwaliteitssysteem (ISO 9001)".', []),
        ("Het stuk is er, en het is van de.", [("afgebroken", "fout")]),
        ("De gemeente gunt u een overeenkomst.", [("gunnen", "let_op")]),
    ],
)
def test_an_unfinished_demand_is_found(eis, gevonden):
    assert codes(make(DOCUMENT, eis=eis)) == gevonden


@pytest.mark.parametrize(
    "eis", ["U heeft voldoende ervaring.", "U werkt in principe lokaal.", "U is adequaat verzekerd."]
)
def test_a_demand_that_no_rule_can_test_is_found_unless_people_judge_it(eis):
    assert codes(make(DOCUMENT, eis=eis)) == [("niet-toetsbaar", "let_op")]
    assert codes(make(BEOORDELING, eis=eis)) == []


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("n.v.t.", [("geen-motivering", "fout")]),
        ("geen.", [("geen-motivering", "fout")]),
        ("Goede zorg.", [("motivering-kort", "let_op")]),
        ("U levert het stuk in.", [("motivering-herhaalt", "let_op")]),
        ("Zo blijft het aantal aanbieders hanteerbaar.", [("motivering-aantal", "let_op")]),
    ],
)
def test_a_reason_that_is_none_is_found(tekst, gevonden):
    assert codes(make(DOCUMENT, motivering=tekst)) == gevonden


@pytest.mark.parametrize(
    "tekst",
    [
        "Zo blijft het aantal aanbieders hanteerbaar.",
        "De regio wil niet te veel aanbieders.",
        "Met minder aanbieders is contractbeheer eenvoudiger.",
        "Dit beperkt het aantal gecontracteerde partijen.",
        "Er komen hooguit tien aanbieders.",
    ],
)
def test_a_reason_that_limits_the_number_blocks_an_open_house_and_not_a_selection(tekst):
    assert find_aantalbeperking(tekst)
    assert ("motivering-aantal", "fout") in codes(make(DOCUMENT, motivering=tekst), PROCEDURE)
    selectie = msgspec.structs.replace(PROCEDURE, kwalificatie=Kwalificatie.SAS, selectie=True)
    assert codes(make(DOCUMENT, motivering=tekst), selectie) == []


@pytest.mark.parametrize(
    "tekst",
    [
        "De eis beperkt het aantal aanbieders niet.",
        "Het aantal cliënten per aanbieder blijft beperkt.",
        "Kleine aanbieders kunnen zo meedoen.",
        "Zonder deze eis daalt het aantal aanbieders met goede zorg.",
    ],
)
def test_a_reason_about_something_else_than_the_number_is_left_alone(tekst):
    assert find_aantalbeperking(tekst) is None


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ("Is het goed?", []),
        ("Hoe goed is het?", [("open-vraag", "let_op")]),
        ("In hoeverre is het goed?", [("open-vraag", "let_op")]),
        ("Het is goed.", [("geen-vraag", "let_op")]),
        ("Is het ...?", [("onaf", "fout")]),
    ],
)
def test_a_question_is_answered_with_yes_or_no(vraag, gevonden):
    toets = msgspec.structs.replace(BEOORDELING, vragen=(Vraag(id="v1", tekst=vraag),))
    assert codes(make(toets)) == gevonden


def test_a_judgement_without_question_is_refused_for_every_kind_that_has_one():
    met_vragen = [soort for soort in EenToets.__args__ if list_vraagvelden_van(soort)]
    assert Beoordelingtoets in met_vragen
    for toets in (BEOORDELING, CERTIFICAAT):
        leeg = msgspec.structs.replace(toets, **dict.fromkeys(list_vraagvelden(toets), ()))
        assert ("geen-vragen", "fout") in codes(make(leeg))


def list_vraagvelden_van(soort):
    return [veld.name for veld in msgspec.structs.fields(soort) if veld.type == tuple[Vraag, ...]]


def test_two_criteria_that_test_exactly_the_same_are_refused():
    assert codes(make(DOCUMENT, DOCUMENT)) == [("zelfde-toets", "fout")]
    ouder = msgspec.structs.replace(DOCUMENT, max_leeftijd_maanden=12)
    assert codes(make(DOCUMENT, ouder)) == [("overlap", "let_op")]


def test_overlapping_certificates_are_pointed_out_until_the_set_explains_it():
    iso = msgspec.structs.replace(CERTIFICAAT, norm="ISO 9001", gelijkwaardig=("HKZ",), scope_per_perceel={})
    hkz = msgspec.structs.replace(CERTIFICAAT, gelijkwaardig=(), scope_per_perceel={})
    assert codes(make(hkz, iso)) == [("overlap", "let_op")]
    assert codes(make(hkz, iso, motivering="Een certificaat dat beide eisen dekt, telt voor beide mee.")) == []
    ander = msgspec.structs.replace(iso, gelijkwaardig=())
    assert codes(make(hkz, ander)) == []


def test_criteria_for_different_percelen_do_not_overlap():
    editie = make(DOCUMENT, DOCUMENT)
    een, twee = editie.criteria
    gescheiden = (
        msgspec.structs.replace(een, alleen=Toepassingsbereik(percelen=("1A",))),
        msgspec.structs.replace(twee, alleen=Toepassingsbereik(percelen=("1C",))),
    )
    assert codes(msgspec.structs.replace(editie, criteria=gescheiden)) == []


def test_every_kind_says_what_it_is_about_or_has_no_single_word_for_it():
    zonder = {soort.__struct_config__.tag for soort in EenToets.__args__ if not _has_onderwerp(soort)}
    assert zonder <= {"ervaring", "personeel", "register", "alle_van", "een_van"} | {
        soort.__struct_config__.tag for soort in EenToets.__args__ if msgspec.structs.fields(soort)[0].type is not str
    }
    assert name_onderwerp(DOCUMENT) == "plan"
    assert name_onderwerp(GETAL) == "plaatsen"


def _has_onderwerp(soort):
    return msgspec.structs.fields(soort)[0].type is str


@pytest.mark.parametrize(
    ("peilmoment", "herstelbaar", "gevonden"),
    [
        (Peilmoment.INGANG, Herstelbaarheid.NEE, [("peilmoment-na-besluit", "let_op")]),
        (Peilmoment.LOOPTIJD, Herstelbaarheid.NEE, [("peilmoment-na-besluit", "let_op")]),
        (Peilmoment.BESLUIT, Herstelbaarheid.NEE, []),
        (Peilmoment.INGANG, Herstelbaarheid.BEWIJS_BESTOND_AL, []),
    ],
)
def test_a_day_after_the_decision_that_nothing_may_mend_is_found(peilmoment, herstelbaar, gevonden):
    toets = msgspec.structs.replace(DOCUMENT, peilmoment=peilmoment)
    assert codes(make(toets, herstelbaar=herstelbaar)) == gevonden
    assert codes(make(toets, herstelbaar=herstelbaar, momenten=(Moment.JAARLIJKS,))) == []


@pytest.mark.parametrize(
    ("eis", "gevonden"),
    [
        ("Het stuk is niet ouder dan zes maanden.", []),
        ("Het stuk is niet ouder dan 6 maanden.", []),
        ("Het stuk is niet ouder dan drie maanden.", [("eis-anders-dan-toets", "let_op")]),
        ("Het stuk is niet ouder dan twee jaar.", [("eis-anders-dan-toets", "let_op")]),
        ("Het stuk is actueel.", []),
        ("Binnen drie maanden levert u een stuk van hoogstens zes maanden oud.", []),
    ],
)
def test_a_term_in_the_demand_that_the_toets_does_not_have_is_found(eis, gevonden):
    assert DOCUMENT.max_leeftijd_maanden == 6
    assert codes(make(DOCUMENT, eis=eis)) == gevonden


BP_01 = 'U toont ervaring met "minimaal 1 client per product (basis, waakvlam en extra)".'
MET_WAAKVLAM = (
    msgspec.structs.replace(
        PERCELEN[0], producten=(Product(code="IB-w", naam="Begeleiding waakvlam", omschrijving="Waakvlam."),)
    ),
    msgspec.structs.replace(
        PERCELEN[1], producten=(Product(code="KDV-b", naam="Verblijf basis", omschrijving="Basis."),)
    ),
)


def test_the_waakvlam_trap_of_the_seed_is_found_in_the_perceel_without_that_category():
    procedure = msgspec.structs.replace(PROCEDURE, percelen=MET_WAAKVLAM)
    gevonden = [o for o in examine(make(DOCUMENT, eis=BP_01), procedure) if o.code == "product-bestaat-niet"]
    assert [("'waakvlam'" in o.tekst, "perceel 1C" in o.tekst) for o in gevonden if "'waakvlam'" in o.tekst] == [
        (True, True)
    ]
    alleen = Toepassingsbereik(percelen=("1A",))
    teksten = [o.tekst for o in examine(make(DOCUMENT, eis=BP_01, alleen=alleen), procedure)]
    assert not any("'waakvlam'" in tekst for tekst in teksten)
    assert codes(make(DOCUMENT, eis=BP_01.replace("basis, ", ""), per=Per.AANMELDING), procedure) == []


def test_a_kind_that_names_products_cannot_name_what_its_perceel_lacks():
    """Whatever kind gets a key `producten`, it is held against each perceel that the criterium applies to."""
    from inkoop.domain.criteria.doorlichting import haalbaarheid

    class Productentoets(msgspec.Struct, frozen=True, kw_only=True):
        producten: tuple[str, ...]

    plek = haalbaarheid.Plek(
        criterium=make(DOCUMENT).criteria[0], perceel="1B", producten=("DB-basis",), peildatums={}, regios={}
    )
    gevonden = list(haalbaarheid.find_onhaalbaar(Productentoets(producten=("DB-basis", "IB-waakvlam")), plek))
    assert [pad for pad, _ in gevonden] == [("producten",)]
    assert "IB-waakvlam" in gevonden[0][1]


def test_a_criterium_that_applies_nowhere_in_the_procedure_is_refused():
    alleen = Toepassingsbereik(percelen=("1A",), kenmerken=("verblijf",))
    assert codes(make(DOCUMENT, alleen=alleen), PROCEDURE) == [("geldt-nergens", "fout")]


LOCATIE = Locatietoets(functie="verblijf", regio="streek", peilmoment=Peilmoment.INGANG)


@pytest.mark.parametrize(("van", "gevonden"), [(date(2020, 7, 1), []), (date(2020, 7, 2), [("onhaalbaar", "fout")])])
def test_a_region_that_is_empty_on_the_day_can_be_met_by_nobody(van, gevonden):
    """Ronde M-2020-2 starts on 1 July 2020."""
    regio = Regiotabel(naam="streek", bron="x", gebieden=(Gebied(gemeente="Vught", van=van),))
    ronde = PROCEDURE.find_ronde("M-2020-2")
    assert ronde.ingang == date(2020, 7, 1)
    procedure = msgspec.structs.replace(
        PROCEDURE, instroom=msgspec.structs.replace(PROCEDURE.instroom, rondes=(ronde,))
    )
    assert codes(make(LOCATIE, regios=(regio,)), procedure) == gevonden
    met_uitweg = EenVan(delen=(LOCATIE, DOCUMENT))
    assert [ernst for _, ernst in codes(make(met_uitweg, regios=(regio,)), procedure)] == ["let_op"] * len(gevonden)
    allebei = AlleVan(delen=(LOCATIE, DOCUMENT))
    assert codes(make(allebei, regios=(regio,)), procedure) == gevonden


def test_a_document_cannot_be_younger_than_the_day_on_which_it_must_exist():
    toets = msgspec.structs.replace(DOCUMENT, max_leeftijd_maanden=None, niet_ouder_dan=date(2020, 4, 1))
    ronde = PROCEDURE.find_ronde("M-2020-2")
    procedure = msgspec.structs.replace(
        PROCEDURE, instroom=msgspec.structs.replace(PROCEDURE.instroom, rondes=(ronde,))
    )
    assert codes(make(toets), procedure) == [("onhaalbaar", "fout")]
    op_de_dag = msgspec.structs.replace(toets, niet_ouder_dan=date(2020, 3, 31))
    assert codes(make(op_de_dag), procedure) == []


def test_a_perceel_without_scope_words_is_pointed_out():
    assert ("scope-ontbreekt", "let_op") in codes(make(CERTIFICAAT), PROCEDURE)


def test_a_fault_stands_in_the_way_of_publishing_and_a_warning_does_not():
    slecht = make(DOCUMENT, eis="Voorwaarde is dat", motivering="Goede zorg.")
    (beletsel,) = check_publiceerbaar(slecht, PROCEDURE)
    assert beletsel.code == "afgebroken"
    assert beletsel.tekst.startswith("Editie 1, P-1 (eis): Deze zin breekt af")
    assert {o.ernst for o in examine(slecht, PROCEDURE)} == {Ernst.FOUT, Ernst.LET_OP}


def test_a_set_that_does_not_fit_the_procedure_is_said_with_its_place():
    editie = msgspec.structs.replace(
        make(DOCUMENT, alleen=Toepassingsbereik(percelen=("1A", "9Z")), groep=Groep.SELECTIECRITERIUM), wet="jeugdwet"
    )
    paden = {o.code: o.pad for o in examine(editie, PROCEDURE)}
    assert paden["andere-wet"] == ("wet",)
    assert paden["perceel-onbekend"] == ("criteria", 0, "alleen", "percelen", 1)
    assert paden["selectie-niet-toegestaan"] == ("criteria", 0, "groep")


def test_the_whole_offer_of_a_procedure_has_every_product():
    assert [(p.code, len(p.producten)) for p in make_aanbod(PROCEDURE)] == [("1A", 2), ("1C", 1)]
    assert isinstance(PERCELEN[0], Perceel)
