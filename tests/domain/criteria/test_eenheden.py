"""For what and for whom: units, members, `alleen`, moments, and the units of decision."""

import msgspec
import pytest

from inkoop.domain.criteria.criterium import (
    Ervaringsbereik,
    Groep,
    Moment,
    Per,
    Toepassing,
    Toepassingsbereik,
)
from inkoop.domain.criteria.dossier import AangebodenPerceel, AangebodenProduct, Lid, Lidrol
from inkoop.domain.criteria.motor import MOTOREN
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    ANKER,
    COMBINATIE,
    LINDEHOF,
    NOOR,
    PERCEEL_1A,
    PERCEEL_1B,
    PERCEEL_1C,
    WILGENPAD,
    ZUID,
    document,
    documenttoets,
    ervaring,
    ervaringtoets,
    locatie,
    locatietoets,
    make_criterium,
    make_dossier,
    run,
)

AANMELDING = make_criterium(documenttoets(), per=Per.AANMELDING)
VERBLIJF = make_criterium(locatietoets(), alleen=Toepassingsbereik(kenmerken=("verblijf",)))


def units(resultaat):
    return [(b.perceel, b.product) for b in resultaat.bevindingen]


def outcomes(resultaat):
    return {(e.perceel, e.product): e.uitkomst for e in resultaat.eenheden}


def test_a_criterion_of_the_aanmelding_is_decided_once():
    assert units(run(AANMELDING, make_dossier(percelen=(PERCEEL_1A, PERCEEL_1B)))) == [(None, None)]


def test_a_criterion_per_perceel_is_decided_for_each_perceel():
    resultaat = run(make_criterium(documenttoets()), make_dossier(percelen=(PERCEEL_1B, PERCEEL_1A)))
    assert units(resultaat) == [("1A", None), ("1B", None)]


def test_a_criterion_per_product_is_decided_for_each_product_that_is_applied_for():
    resultaat = run(make_criterium(documenttoets(), per=Per.PRODUCT), make_dossier(percelen=(PERCEEL_1B,)))
    assert units(resultaat) == [("1B", "DB-basis"), ("1B", "DB-extra")]


def test_a_perceel_to_which_a_criterion_does_not_apply_shows_nvt():
    resultaat = run(VERBLIJF, make_dossier(locatie("Vught", "Vught"), percelen=(PERCEEL_1A, PERCEEL_1C)))
    een, twee = resultaat.bevindingen
    assert (een.perceel, een.uitkomst, een.grond) == ("1A", Uitkomst.NVT, "niet-van-toepassing")
    assert een.toelichting == "Deze eis geldt niet voor perceel 1A."
    assert (twee.perceel, twee.uitkomst) == ("1C", Uitkomst.VOLDOET)


@pytest.mark.parametrize(
    ("alleen", "geldt"),
    [
        (Toepassingsbereik(), ("1A", "1C")),
        (Toepassingsbereik(percelen=("1A",)), ("1A",)),
        (Toepassingsbereik(producten=("KDV-extra",)), ("1C",)),
        (Toepassingsbereik(kenmerken=("verblijf",)), ("1C",)),
        (Toepassingsbereik(percelen=("1A",), kenmerken=("verblijf",)), ()),
        (Toepassingsbereik(rechtsvormen=("Stichting",)), ("1A", "1C")),
        (Toepassingsbereik(rechtsvormen=("eenmanszaak",)), ()),
    ],
)
def test_alleen_depends_on_the_offer_and_every_filled_part_must_be_met(alleen, geldt):
    criterium = make_criterium(documenttoets(), alleen=alleen)
    resultaat = run(criterium, make_dossier(percelen=(PERCEEL_1A, PERCEEL_1C)))
    assert tuple(b.perceel for b in resultaat.bevindingen if b.uitkomst is not Uitkomst.NVT) == geldt


MENGPERCEEL = AangebodenPerceel(
    code="2",
    producten=(
        AangebodenProduct(code="LICHT"),
        AangebodenProduct(code="ZWAAR", kenmerken=frozenset({"verblijf"})),
    ),
    kenmerken=frozenset({"verblijf"}),
)
"""As a procedure makes it: the kenmerken of a perceel are those of its products together."""


def test_a_feature_of_one_product_says_nothing_of_the_products_beside_it():
    per_product = make_criterium(documenttoets(), per=Per.PRODUCT, alleen=Toepassingsbereik(kenmerken=("verblijf",)))
    uitkomsten = outcomes(run(per_product, make_dossier(percelen=(MENGPERCEEL,))))
    assert uitkomsten["2", "LICHT"] is Uitkomst.NVT
    assert uitkomsten["2", "ZWAAR"] is Uitkomst.HERSTELBAAR


def test_an_older_engine_counted_a_feature_of_one_product_for_all():
    per_product = make_criterium(documenttoets(), per=Per.PRODUCT, alleen=Toepassingsbereik(kenmerken=("verblijf",)))
    for motor in MOTOREN[:2]:
        uitkomsten = outcomes(run(per_product, make_dossier(percelen=(MENGPERCEEL,)), motor=motor))
        assert uitkomsten["2", "LICHT"] is Uitkomst.HERSTELBAAR


def test_a_feature_of_the_perceel_holds_for_its_products():
    perceel = AangebodenPerceel(code="2", producten=(AangebodenProduct(code="P"),), kenmerken=frozenset({"verblijf"}))
    assert run(VERBLIJF, make_dossier(percelen=(perceel,))).bevindingen[0].uitkomst is Uitkomst.HERSTELBAAR


def test_a_criterion_on_one_product_asks_experience_with_that_product_only():
    criterium = make_criterium(ervaringtoets(), alleen=Toepassingsbereik(producten=("IB-basis",)))
    assert run(criterium, make_dossier(ervaring("IB-basis"))).bevindingen[0].uitkomst is Uitkomst.VOLDOET


def test_a_moment_at_which_a_criterion_is_not_tested_gives_no_finding():
    criterium = make_criterium(documenttoets(), momenten=(Moment.TOELATING,))
    assert run(criterium, make_dossier(), moment=Moment.JAARLIJKS).bevindingen == ()


def test_each_member_is_tested_on_its_own_penvoerder_first():
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID)
    resultaat = run(criterium, make_dossier(document(lid="anker"), leden=(NOOR, WILGENPAD, ANKER)))
    assert [(b.lid, b.uitkomst) for b in resultaat.bevindingen] == [
        ("wilgenpad", Uitkomst.HERSTELBAAR),
        ("anker", Uitkomst.VOLDOET),
        ("noor", Uitkomst.HERSTELBAAR),
    ]


def test_a_fact_about_the_whole_application_is_no_evidence_of_one_member():
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID)
    resultaat = run(criterium, make_dossier(document(lid=None), leden=COMBINATIE))
    assert {b.uitkomst for b in resultaat.bevindingen} == {Uitkomst.HERSTELBAAR}


def test_a_fact_about_the_whole_application_is_evidence_of_a_single_applicant():
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID)
    (bevinding,) = run(criterium, make_dossier(document(lid=None))).bevindingen
    assert (bevinding.lid, bevinding.uitkomst) == ("lindehof", Uitkomst.VOLDOET)


def test_a_subcontractor_is_not_tested_on_its_own():
    onderaannemer = Lid(id="oa", naam="Hulp B.V.", rol=Lidrol.ONDERAANNEMER, kvk="90000999")
    criterium = make_criterium(documenttoets(), toepassing=Toepassing.ELK_LID)
    resultaat = run(criterium, make_dossier(leden=(LINDEHOF, onderaannemer)))
    assert [b.lid for b in resultaat.bevindingen] == ["lindehof"]


@pytest.mark.parametrize(("lid", "uitkomst"), [("wilgenpad", Uitkomst.VOLDOET), ("noor", Uitkomst.HERSTELBAAR)])
def test_only_the_penvoerder_counts_where_the_penvoerder_is_asked(lid, uitkomst):
    criterium = make_criterium(documenttoets(), toepassing=Toepassing.PENVOERDER)
    (bevinding,) = run(criterium, make_dossier(document(lid=lid), leden=COMBINATIE)).bevindingen
    assert (bevinding.lid, bevinding.uitkomst) == ("wilgenpad", uitkomst)


def test_all_together_counts_the_facts_of_every_member():
    (bevinding,) = run(
        make_criterium(documenttoets()), make_dossier(document(lid="noor"), leden=COMBINATIE)
    ).bevindingen
    assert (bevinding.lid, bevinding.uitkomst) == (None, Uitkomst.VOLDOET)


def test_a_legal_form_that_is_asked_is_looked_at_per_member():
    criterium = make_criterium(
        documenttoets(),
        per=Per.AANMELDING,
        toepassing=Toepassing.ELK_LID,
        alleen=Toepassingsbereik(rechtsvormen=("stichting",)),
    )
    leden = (WILGENPAD, msgspec.structs.replace(NOOR, rechtsvorm="Stichting"))
    resultaat = run(criterium, make_dossier(leden=leden))
    assert [b.uitkomst for b in resultaat.bevindingen] == [Uitkomst.NVT, Uitkomst.HERSTELBAAR]


@pytest.mark.parametrize(
    ("toepassing", "rollen", "uitkomsten"),
    [
        (Toepassing.ELK_LID, ("penvoerder", "lid"), {"wilgenpad": "herstelbaar", "noor": "herstelbaar"}),
        (Toepassing.ELK_LID, ("lid",), {"wilgenpad": "nvt", "noor": "herstelbaar"}),
        (Toepassing.ELKE_UITVOERDER, ("onderaannemer",), {"wilgenpad": "nvt", "noor": "nvt", "zuid": "herstelbaar"}),
        (Toepassing.GEZAMENLIJK, ("lid",), {None: "herstelbaar"}),
        (Toepassing.GEZAMENLIJK, ("onderaannemer",), {None: "herstelbaar"}),
        (Toepassing.GEZAMENLIJK, ("derde",), {None: "nvt"}),
        (Toepassing.GEZAMENLIJK, ("enkel",), {None: "nvt"}),
    ],
)
def test_a_role_that_is_named_is_looked_at_per_party_and_together_in_the_whole_application(
    toepassing, rollen, uitkomsten
):
    criterium = make_criterium(
        documenttoets(),
        per=Per.AANMELDING,
        toepassing=toepassing,
        alleen=Toepassingsbereik(rollen=tuple(Lidrol(rol) for rol in rollen)),
    )
    resultaat = run(criterium, make_dossier(leden=(WILGENPAD, NOOR, ZUID)))
    assert {b.lid: b.uitkomst.value for b in resultaat.bevindingen} == uitkomsten


def test_a_criterion_for_combinations_does_not_apply_to_a_single_applicant():
    alleen = Toepassingsbereik(rollen=(Lidrol.PENVOERDER, Lidrol.LID))
    for toepassing in (Toepassing.ELK_LID, Toepassing.GEZAMENLIJK, Toepassing.PENVOERDER):
        criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=toepassing, alleen=alleen)
        (bevinding,) = run(criterium, make_dossier(leden=(LINDEHOF,))).bevindingen
        assert bevinding.uitkomst is Uitkomst.NVT


def test_a_legal_form_and_a_role_must_be_met_by_the_same_party():
    alleen = Toepassingsbereik(rollen=(Lidrol.LID,), rechtsvormen=("stichting",))
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, alleen=alleen)
    for noor, verwacht in (("bv", Uitkomst.NVT), ("stichting", Uitkomst.HERSTELBAAR)):
        leden = (
            msgspec.structs.replace(WILGENPAD, rechtsvorm="stichting"),
            msgspec.structs.replace(NOOR, rechtsvorm=noor),
        )
        (bevinding,) = run(criterium, make_dossier(leden=leden)).bevindingen
        assert bevinding.uitkomst is verwacht


def test_a_perceel_is_as_low_as_its_lowest_criterion_with_those_of_the_aanmelding():
    perceel = make_criterium(ervaringtoets(), id="X-02")
    dossier = make_dossier(
        *(ervaring(p) for p in ("IB-waakvlam", "IB-basis", "IB-extra")), percelen=(PERCEEL_1A, PERCEEL_1B)
    )
    assert outcomes(run((perceel,), dossier)) == {
        ("1A", None): Uitkomst.VOLDOET,
        ("1B", None): Uitkomst.HERSTELBAAR,
    }
    assert outcomes(run((AANMELDING, perceel), dossier))["1A", None] is Uitkomst.HERSTELBAAR


def test_one_member_that_falls_short_lowers_every_perceel():
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=Toepassing.ELK_LID)
    dossier = make_dossier(
        document(lid="wilgenpad"), document(lid="anker"), leden=COMBINATIE, percelen=(PERCEEL_1A, PERCEEL_1B)
    )
    assert set(outcomes(run(criterium, dossier)).values()) == {Uitkomst.HERSTELBAAR}


def test_what_is_informative_never_counts():
    criterium = make_criterium(documenttoets(), groep=Groep.INFORMATIEF, id="X-02")
    resultaat = run((AANMELDING, criterium), make_dossier(document()))
    assert outcomes(resultaat) == {("1A", None): Uitkomst.VOLDOET}
    zonder = run((make_criterium(documenttoets(document="ander")), criterium), make_dossier(document("ander")))
    assert zonder.bevindingen[1].uitkomst is Uitkomst.HERSTELBAAR
    assert outcomes(zonder) == {("1A", None): Uitkomst.VOLDOET}


def test_a_perceel_is_as_good_as_its_best_product():
    criterium = make_criterium(ervaringtoets(Ervaringsbereik.PER_CATEGORIE))
    resultaat = run(criterium, make_dossier(ervaring("IB-waakvlam", 4)))
    assert outcomes(resultaat) == {
        ("1A", None): Uitkomst.VOLDOET,
        ("1A", "IB-basis"): Uitkomst.VOLDOET_NIET,
        ("1A", "IB-extra"): Uitkomst.VOLDOET_NIET,
        ("1A", "IB-waakvlam"): Uitkomst.VOLDOET,
    }


def test_a_perceel_without_a_criterion_per_product_is_decided_as_a_whole():
    criterium = make_criterium(ervaringtoets(Ervaringsbereik.PER_CATEGORIE), alleen=Toepassingsbereik(percelen=("1B",)))
    resultaat = run((AANMELDING, criterium), make_dossier(document(), percelen=(PERCEEL_1A, PERCEEL_1B)))
    assert ("1A", "IB-basis") not in outcomes(resultaat)
    assert ("1B", "DB-basis") in outcomes(resultaat)


def test_a_shortcoming_of_the_perceel_lowers_every_product():
    per_product = make_criterium(ervaringtoets(Ervaringsbereik.PER_CATEGORIE), id="X-02")
    resultaat = run((make_criterium(documenttoets()), per_product), make_dossier(ervaring("IB-waakvlam")))
    assert outcomes(resultaat)["1A", "IB-waakvlam"] is Uitkomst.HERSTELBAAR
