"""The acceptance cases M1 to M5 (F.1) on the rules alone, with a set like that of F.0."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import (
    AlleVan,
    EenVan,
    Ervaringsbereik,
    Groep,
    Herstelbaarheid,
    Peilmoment,
    Per,
    Toepassing,
    Toepassingsbereik,
)
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    COMBINATIE,
    LINDEHOF,
    PERCEEL_1A,
    PERCEEL_1B,
    PERCEEL_1C,
    beoordelingtoets,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    ervaring,
    ervaringtoets,
    locatie,
    locatietoets,
    make_criterium,
    make_dossier,
    make_editie,
    onderdeel,
    oordelen,
    personeel,
    personeeltoets,
    registertoets,
    registratie,
    run,
    verklaring,
    verklaringtoets,
)

AVG = ("privacybeleid", "verwerkingsregister", "datalekprocedure", "verwerkersovereenkomsten", "fg-of-motivering")
MELDCODE = ("stap-1", "stap-2", "stap-3", "stap-4", "stap-5", "afwegingskader", "eindverantwoordelijke")
LID = {"per": Per.AANMELDING, "toepassing": Toepassing.ELK_LID}
FORMEEL = LID | {"groep": Groep.FORMEEL}
OP_INDIENING = {"peilmoment": Peilmoment.INDIENING}
KEURMERK = "Kwaliteit laat je zien"


def make_set(bereik=Ervaringsbereik.ALLE_CATEGORIEEN):
    uea = verklaringtoets(verklaring="uea", ondertekening_herstelbaar=Herstelbaarheid.VRIJ, **OP_INDIENING)
    kvk = documenttoets(document="kvk", max_leeftijd_maanden=6, op_naam=True, **OP_INDIENING)
    iwmo = EenVan(
        delen=(
            registertoets(),
            verklaringtoets(verklaring="iwmo", peilmoment=Peilmoment.INGANG, gegevens=("software",)),
        )
    )
    meldcode = AlleVan(
        delen=(documenttoets(document="meldcode", onderdelen=MELDCODE), beoordelingtoets(document="meldcode"))
    )
    iso = certificaattoets(norm="ISO 9001", gelijkwaardig=("HKZ", "NEN-EN 15224"), registerstatus_vereist=False)
    scope = {"1A": ("begeleiding",), "1B": ("dagbesteding",), "1C": ("verblijf",)}
    return make_editie(
        make_criterium(uea, id="U-01", **FORMEEL),
        make_criterium(kvk, id="U-02", **FORMEEL),
        make_criterium(
            documenttoets(document="gva", max_leeftijd_maanden=24, op_naam=False, **OP_INDIENING), id="U-03", **FORMEEL
        ),
        make_criterium(
            documenttoets(document="belasting", max_leeftijd_maanden=6, **OP_INDIENING), id="U-04", **FORMEEL
        ),
        make_criterium(ervaringtoets(bereik), id="M-01", herstelbaar=Herstelbaarheid.ALLEEN_VERDUIDELIJKING),
        make_criterium(locatietoets(), id="M-02", alleen=Toepassingsbereik(kenmerken=("verblijf",))),
        make_criterium(certificaattoets(scope_per_perceel=scope), id="M-03"),
        make_criterium(beoordelingtoets(document="standaarden"), id="M-04"),
        make_criterium(iso, id="M-05"),
        make_criterium(documenttoets(document="klachten"), id="M-06", **LID),
        make_criterium(iwmo, id="M-07", per=Per.AANMELDING),
        make_criterium(personeeltoets(), id="M-08"),
        make_criterium(beoordelingtoets(document="procesafspraken"), id="M-09", per=Per.AANMELDING),
        make_criterium(beoordelingtoets(document="doorstroom"), id="M-10"),
        make_criterium(documenttoets(document="avg", onderdelen=AVG), id="M-11", **LID),
        make_criterium(verklaringtoets(verklaring="pve"), id="M-12"),
        make_criterium(meldcode, id="M-13", **LID),
    )


def member_facts(lid, *, avg=True):
    """What every legal person hands in."""
    stukken = [
        verklaring("uea", lid=lid.id),
        document("kvk", date(2020, 2, 20), lid=lid.id, op_naam_van=lid.naam),
        document("gva", date(2019, 7, 15), lid=lid.id),
        document("belasting", date(2020, 1, 20), lid=lid.id),
        document("klachten", date(2018, 5, 14), lid=lid.id),
        document(
            "meldcode",
            date(2019, 2, 1),
            lid=lid.id,
            bewijs=(f"meldcode-{lid.id}",),
            onderdelen=tuple(onderdeel(naam, date(2019, 2, 1)) for naam in MELDCODE),
        ),
    ]
    if avg:
        delen = tuple(onderdeel(naam, date(2019, 4, 8)) for naam in AVG)
        stukken.append(document("avg", date(2019, 4, 8), lid=lid.id, onderdelen=delen))
    return stukken


def shared_facts(producten, hkz, clienten):
    """What is handed in once, with experience per product."""
    return [
        *hkz,
        *(ervaring(product, aantal) for product, aantal in clienten.items()),
        *(personeel(product, 2) for product in producten),
        *(personeel(product, 3, "mbo-4") for product in producten),
        registratie("AGB"),
        verklaring("pve"),
        document("standaarden", date(2020, 1, 27), bewijs=("standaarden",)),
        document("procesafspraken", date(2019, 10, 14), bewijs=("procesafspraken",)),
        document("doorstroom", date(2020, 2, 10), bewijs=("doorstroom",)),
    ]


def approvals(leden):
    """Two people say yes to everything that always needs people."""
    ja = {"M-04": ["standaarden"], "M-09": ["procesafspraken"], "M-10": ["doorstroom"]}
    gegeven = [o for c, bewijs in ja.items() for o in oordelen(True, document(bewijs=tuple(bewijs)), criterium=c)]
    for lid in leden:
        stuk = document(bewijs=(f"meldcode-{lid.id}",))
        gegeven += oordelen(True, stuk, criterium="M-13", lid=lid.id)
    return gegeven


def products(*percelen):
    return [product.code for perceel in percelen for product in perceel.producten]


def play(feiten, percelen, *, leden=(LINDEHOF,), extra=(), editie=None, herstelverloop=Herstelverloop.GESLOTEN):
    dossier = make_dossier(*feiten, leden=leden, percelen=percelen, oordelen=[*approvals(leden), *extra])
    return run(editie or make_set(), dossier, herstelverloop=herstelverloop, feitenbasis=Feitenbasis.VASTGESTELD)


def exceptions(resultaat):
    """Every finding that is not plainly satisfied."""
    return {
        (b.criterium, b.perceel, b.product, b.lid): (b.uitkomst.value, b.grond)
        for b in resultaat.bevindingen
        if b.uitkomst is not Uitkomst.VOLDOET
    }


def decisions(resultaat):
    return {(e.perceel, e.product): e.uitkomst.value for e in resultaat.eenheden}


def test_m1_everything_in_order():
    hkz = certificaat(scope=("begeleiding", "dagbesteding"))
    clienten = {"IB-waakvlam": 3, "IB-basis": 14, "IB-extra": 6, "DB-basis": 9, "DB-extra": 4}
    percelen = (PERCEEL_1A, PERCEEL_1B)
    feiten = [*member_facts(LINDEHOF), *shared_facts(products(*percelen), [hkz], clienten)]
    resultaat = play(feiten, percelen)
    nvt = ("nvt", "niet-van-toepassing")
    assert exceptions(resultaat) == {("M-02", "1A", None, None): nvt, ("M-02", "1B", None, None): nvt}
    assert decisions(resultaat) == {("1A", None): "voldoet", ("1B", None): "voldoet"}
    iso = [b for b in resultaat.bevindingen if b.criterium == "M-05"]
    assert {b.grond for b in iso} == {"gelijkwaardig"}
    assert {b.houdbaar_tot for b in iso} == {date(2021, 4, 30)}


@pytest.fixture
def vlinderdijk():
    hkz = certificaat(van=date(2017, 6, 13), tot=date(2020, 6, 12), scope=("begeleiding",))
    clienten = {"IB-waakvlam": 5, "IB-basis": 21, "IB-extra": 8}
    return [*member_facts(LINDEHOF), *shared_facts(products(PERCEEL_1A), [hkz], clienten)]


def test_m2_a_certificate_that_ends_before_ingang_admits_on_a_condition(vlinderdijk):
    resultaat = play(vlinderdijk, (PERCEEL_1A,))
    assert decisions(resultaat) == {("1A", None): "voorwaardelijk"}
    voorwaardelijk = {b.criterium: b.voorwaarden for b in resultaat.bevindingen if b.voorwaarden}
    assert set(voorwaardelijk) == {"M-03", "M-05"}
    assert {v.geldig_op for lijst in voorwaardelijk.values() for v in lijst} == {date(2020, 7, 1)}


def test_m2_a_new_certificate_makes_it_unconditional(vlinderdijk):
    nieuw = certificaat(
        van=date(2020, 6, 10), tot=date(2023, 6, 9), scope=("begeleiding",), aanleiding=Aanleiding.VOORWAARDE
    )
    assert decisions(play([*vlinderdijk, nieuw], (PERCEEL_1A,))) == {("1A", None): "voldoet"}


@pytest.fixture
def kraaienhoek():
    keurmerk = certificaat(
        KEURMERK, date(2019, 9, 20), date(2022, 9, 19), scope=("dagbesteding",), registerstatus=None, bewijs=("keur",)
    )
    return [
        *member_facts(LINDEHOF),
        *shared_facts(products(PERCEEL_1B), [keurmerk], {"DB-basis": 6, "DB-extra": 2}),
    ]


def test_m3_another_mark_waits_for_people(kraaienhoek):
    resultaat = play(kraaienhoek, (PERCEEL_1B,))
    wacht = ("te_beoordelen", "mogelijk-gelijkwaardig")
    assert exceptions(resultaat)["M-03", "1B", None, None] == wacht
    assert exceptions(resultaat)["M-05", "1B", None, None] == wacht


@pytest.mark.parametrize(("ja", "besluit"), [(True, "voldoet"), (False, "voldoet_niet")])
def test_m3_people_decide_whether_it_is_equivalent(kraaienhoek, ja, besluit):
    keur = document(bewijs=("keur",))
    extra = [*oordelen(ja, keur, criterium="M-03"), *oordelen(ja, keur, criterium="M-05")]
    resultaat = play(kraaienhoek, (PERCEEL_1B,), extra=extra)
    assert decisions(resultaat) == {("1B", None): besluit}
    gronden = {b.grond for b in resultaat.bevindingen if b.criterium in {"M-03", "M-05"}}
    assert gronden == {"gelijkwaardig" if ja else "niet-gelijkwaardig"}


@pytest.fixture
def combinatie():
    hkz = certificaat(lid="wilgenpad", scope=("begeleiding", "dagbesteding"))
    clienten = {"IB-waakvlam": 2, "IB-basis": 5, "IB-extra": 2, "DB-basis": 3, "DB-extra": 1}
    percelen = (PERCEEL_1A, PERCEEL_1B)
    leden = [feit for lid in COMBINATIE for feit in member_facts(lid, avg=lid.id != "noor")]
    return [*leden, *shared_facts(products(*percelen), [hkz], clienten)]


def test_m4_a_member_without_avg_documents_is_asked_for_them(combinatie):
    resultaat = play(combinatie, (PERCEEL_1A, PERCEEL_1B), leden=COMBINATIE, herstelverloop=Herstelverloop.OPEN)
    assert decisions(resultaat) == {("1A", None): "herstelbaar", ("1B", None): "herstelbaar"}
    (gevraagd,) = [b for b in resultaat.bevindingen if b.herstelpunten]
    assert (gevraagd.criterium, gevraagd.lid) == ("M-11", "noor")
    assert gevraagd.herstelpunten[0].uiterste_bewijsdatum == date(2020, 3, 31)


def test_m4_documents_of_after_closing_reject_the_whole_combination(combinatie):
    laat = date(2020, 4, 12)
    delen = [onderdeel(naam, laat if naam in AVG[:2] else date(2019, 5, 6)) for naam in AVG]
    antwoord = document("avg", date(2019, 5, 6), lid="noor", onderdelen=tuple(delen), aanleiding=Aanleiding.HERSTEL)
    resultaat = play([*combinatie, antwoord], (PERCEEL_1A, PERCEEL_1B), leden=COMBINATIE)
    nvt = {("M-02", perceel, None, None): ("nvt", "niet-van-toepassing") for perceel in ("1A", "1B")}
    assert exceptions(resultaat) == nvt | {("M-11", None, None, "noor"): ("voldoet_niet", "gedateerd-na-peildatum")}
    assert decisions(resultaat) == {("1A", None): "voldoet_niet", ("1B", None): "voldoet_niet"}
    (bevinding,) = [b for b in resultaat.bevindingen if b.uitkomst is Uitkomst.VOLDOET_NIET]
    for woord in ("'privacybeleid'", "'verwerkingsregister'", "Noor Begeleidt", "12 april 2020", "31 maart 2020"):
        assert woord in bevinding.toelichting
    assert "datalekprocedure" not in bevinding.toelichting


@pytest.fixture
def vennetje():
    hkz = certificaat(scope=("begeleiding", "verblijf"))
    clienten = {"IB-waakvlam": 4, "KDV-basis": 12, "KDV-extra": 3}
    return [
        *member_facts(LINDEHOF),
        *shared_facts(products(PERCEEL_1A, PERCEEL_1C), [hkz], clienten),
        locatie("Boxtel", "Boxtel"),
    ]


def test_m5_each_perceel_is_rejected_on_its_own_ground(vennetje):
    resultaat = play(vennetje, (PERCEEL_1A, PERCEEL_1C), herstelverloop=Herstelverloop.OPEN)
    assert exceptions(resultaat) == {
        ("M-01", "1A", None, None): ("voldoet_niet", "ervaring-tekort"),
        ("M-02", "1A", None, None): ("nvt", "niet-van-toepassing"),
        ("M-02", "1C", None, None): ("voldoet_niet", "locatie-buiten-regio"),
    }
    assert decisions(resultaat) == {("1A", None): "voldoet_niet", ("1C", None): "voldoet_niet"}


def test_m5_with_experience_per_category_one_product_is_admitted(vennetje):
    resultaat = play(vennetje, (PERCEEL_1A, PERCEEL_1C), editie=make_set(Ervaringsbereik.PER_CATEGORIE))
    assert {sleutel for sleutel, uitkomst in decisions(resultaat).items() if uitkomst == "voldoet"} == {
        ("1A", None),
        ("1A", "IB-waakvlam"),
    }
