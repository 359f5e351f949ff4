from datetime import date, datetime

import msgspec
import pytest

from inkoop.domain.besluit import (
    MANDAATONDERWERP,
    Besluitsoort,
    Besluitvoorstel,
    check_besluitrijp,
    check_motivering,
    propose_besluiten,
)
from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelverloop,
    Toetsresultaat,
    Voorwaarde,
)
from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    Documenttoets,
    Groep,
    Herstelbaarheid,
    Moment,
    Peilmoment,
    Per,
    Toepassing,
    Toepassingsbereik,
)
from inkoop.domain.criteria.dossier import AangebodenPerceel, AangebodenProduct, Dossier, Lid, Lidrol
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import TIJDZONE

VOORWAARDE = Voorwaarde(tekst="Een geldig certificaat op 1 juli 2020.", geldig_op=date(2020, 7, 1))


def make_criterium(id, groep=Groep.GESCHIKTHEIDSEIS):
    return Criterium(
        id=id,
        titel=id,
        eis=f"Eis {id}",
        bron="test",
        groep=groep,
        per=Per.PERCEEL,
        alleen=Toepassingsbereik(),
        toepassing=Toepassing.GEZAMENLIJK,
        momenten=(Moment.TOELATING,),
        herstelbaar=Herstelbaarheid.NEE,
        motivering="test",
        bewijs="test",
        toets=Documenttoets(document="x", peilmoment=Peilmoment.SLUITING, op_naam=False),
    )


EDITIE = Criteriaset(
    set="s",
    editie="1",
    titel="t",
    wet="wmo",
    bron="b",
    criteria=(make_criterium("M-01"), make_criterium("M-02"), make_criterium("I-01", Groep.INFORMATIEF)),
    hash="e" * 64,
)
DOSSIER = Dossier(
    aanmelding="A-1",
    ingediend_op=datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE),
    leden=(Lid(id="a", naam="A", rol=Lidrol.ENKEL, kvk="90000101"),),
    percelen=(
        AangebodenPerceel(code="1A", producten=tuple(AangebodenProduct(code=c) for c in ("waakvlam", "basis"))),
        AangebodenPerceel(code="1B", producten=(AangebodenProduct(code="db"),)),
    ),
    feiten=(),
)


def make_bevinding(criterium, uitkomst=Uitkomst.VOLDOET, **anders):
    bevinding = Bevinding(
        criterium=criterium,
        perceel=None,
        product=None,
        lid=None,
        uitkomst=uitkomst,
        grond="grond",
        toelichting="Dit is gezien.",
        peildatums={Peilmoment.SLUITING: date(2020, 3, 31)},
        bewijs=(),
        bron="S3 6.1",
        voorwaarden=(VOORWAARDE,) if uitkomst is Uitkomst.VOORWAARDELIJK else (),
    )
    return msgspec.structs.replace(bevinding, **anders)


def make_resultaat(*bevindingen, eenheden, **anders):
    resultaat = Toetsresultaat(
        motor="test",
        criteriaset="s",
        editie="1",
        editie_hash="e" * 64,
        dossier_hash="d",
        moment=Moment.TOELATING,
        herstelverloop=Herstelverloop.GESLOTEN,
        feitenbasis=Feitenbasis.VASTGESTELD,
        peildatums={},
        bevindingen=bevindingen,
        eenheden=tuple(Eenheiduitkomst(perceel=p, product=c, uitkomst=u) for (p, c), u in eenheden.items()),
    )
    return msgspec.structs.replace(resultaat, **anders)


VOLDOET = {("1A", None): Uitkomst.VOLDOET, ("1B", None): Uitkomst.VOLDOET}


def test_who_meets_everything_is_admitted_for_each_product_that_is_applied_for():
    resultaat = make_resultaat(make_bevinding("M-01"), make_bevinding("M-02"), eenheden=VOLDOET)
    a, b = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.perceel, a.soort, a.producten) == ("1A", Besluitsoort.TOEGELATEN, ("waakvlam", "basis"))
    assert (b.perceel, b.producten, b.redenen) == ("1B", ("db",), ())
    assert a.voldaan == ("M-01", "M-02")


def test_a_perceel_fails_without_the_other_and_its_reason_hits_it_alone():
    fout = make_bevinding("M-02", Uitkomst.VOLDOET_NIET, perceel="1B")
    resultaat = make_resultaat(
        make_bevinding("M-01"),
        make_bevinding("M-02", perceel="1A"),
        fout,
        eenheden={("1A", None): Uitkomst.VOLDOET, ("1B", None): Uitkomst.VOLDOET_NIET},
    )
    a, b = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.soort, a.redenen) == (Besluitsoort.TOEGELATEN, ())
    assert (b.soort, b.producten, b.afgewezen_producten) == (Besluitsoort.AFGEWEZEN, (), ("db",))
    assert (b.redenen, b.voldaan) == ((fout,), ("M-01",))


def test_every_failing_finding_is_a_reason_also_the_second():
    fouten = (
        make_bevinding("M-01", Uitkomst.VOLDOET_NIET, perceel="1A"),
        make_bevinding("M-02", Uitkomst.VOLDOET_NIET, lid="noor"),
    )
    niet = {("1A", None): Uitkomst.VOLDOET_NIET, ("1B", None): Uitkomst.VOLDOET_NIET}
    a, b = propose_besluiten(EDITIE, DOSSIER, make_resultaat(*fouten, eenheden=niet))
    assert a.redenen == fouten
    assert b.redenen == fouten[1:]


def test_a_perceel_is_admitted_for_its_passing_products():
    fout = make_bevinding("M-01", Uitkomst.VOLDOET_NIET, perceel="1A", product="basis")
    resultaat = make_resultaat(
        make_bevinding("M-01", perceel="1A", product="waakvlam"),
        fout,
        make_bevinding("M-02"),
        eenheden={
            ("1A", None): Uitkomst.VOLDOET,  # the perceel is as good as its best product
            ("1A", "waakvlam"): Uitkomst.VOLDOET,
            ("1A", "basis"): Uitkomst.VOLDOET_NIET,
            ("1B", "db"): Uitkomst.VOLDOET,
        },
    )
    a, _ = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.soort, a.producten, a.afgewezen_producten) == (Besluitsoort.TOEGELATEN, ("waakvlam",), ("basis",))
    assert (a.redenen, a.voldaan) == ((fout,), ("M-02",))


def test_a_condition_stands_once_although_two_criteria_set_it():
    resultaat = make_resultaat(
        make_bevinding("M-01", Uitkomst.VOORWAARDELIJK),
        make_bevinding("M-02", Uitkomst.VOORWAARDELIJK),
        eenheden={("1A", None): Uitkomst.VOORWAARDELIJK, ("1B", None): Uitkomst.VOORWAARDELIJK},
    )
    a, _ = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.soort, a.voorwaarden) == (Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, (VOORWAARDE,))
    assert a.voldaan == ()


def test_a_condition_on_a_rejected_product_is_no_condition():
    resultaat = make_resultaat(
        make_bevinding("M-01", Uitkomst.VOLDOET_NIET, perceel="1A", product="basis"),
        make_bevinding("M-02", Uitkomst.VOORWAARDELIJK, perceel="1A", product="basis"),
        eenheden={
            ("1A", "waakvlam"): Uitkomst.VOLDOET,
            ("1A", "basis"): Uitkomst.VOLDOET_NIET,
            ("1B", None): Uitkomst.VOLDOET,
        },
    )
    a, _ = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.soort, a.voorwaarden) == (Besluitsoort.TOEGELATEN, ())


def test_an_informative_criterion_is_never_a_reason_nor_an_obstacle():
    resultaat = make_resultaat(
        make_bevinding("M-01"),
        make_bevinding("I-01", Uitkomst.VOLDOET_NIET),
        make_bevinding("I-01", Uitkomst.TE_BEOORDELEN, perceel="1A"),
        eenheden=VOLDOET,
    )
    a, _ = propose_besluiten(EDITIE, DOSSIER, resultaat)
    assert (a.soort, a.redenen, a.voldaan) == (Besluitsoort.TOEGELATEN, (), ("M-01",))
    assert check_motivering(a, resultaat, EDITIE) == []


@pytest.mark.parametrize(
    ("uitkomst", "code"), [(Uitkomst.TE_BEOORDELEN, "te-beoordelen"), (Uitkomst.HERSTELBAAR, "herstel-open")]
)
def test_nothing_is_decided_while_a_criterion_is_open(uitkomst, code):
    resultaat = make_resultaat(make_bevinding("M-01", uitkomst, lid="noor"), eenheden=VOLDOET)
    assert [beletsel.code for beletsel in check_besluitrijp(resultaat)] == [code]
    with pytest.raises(BeletselenError, match=r"M-01 \(lid noor\)"):
        propose_besluiten(EDITIE, DOSSIER, resultaat)


def test_an_open_criterion_blocks_although_another_already_fails():
    resultaat = make_resultaat(
        make_bevinding("M-01", Uitkomst.VOLDOET_NIET),
        make_bevinding("M-02", Uitkomst.TE_BEOORDELEN),
        eenheden={("1A", None): Uitkomst.VOLDOET_NIET, ("1B", None): Uitkomst.VOLDOET_NIET},
    )
    assert [beletsel.code for beletsel in check_besluitrijp(resultaat)] == ["te-beoordelen"]


def test_no_besluit_rests_on_facts_that_are_only_stated():
    resultaat = make_resultaat(make_bevinding("M-01"), eenheden=VOLDOET, feitenbasis=Feitenbasis.ALS_OPGEGEVEN)
    assert [beletsel.code for beletsel in check_besluitrijp(resultaat)] == ["feiten-niet-vastgesteld"]


def test_an_empty_toets_carries_no_besluit():
    assert [beletsel.code for beletsel in check_besluitrijp(make_resultaat(eenheden={}))] == ["niets-getoetst"]


def test_a_product_to_which_no_criterion_applies_is_not_admitted_silently():
    resultaat = make_resultaat(
        make_bevinding("M-01"), eenheden={("1A", None): Uitkomst.NVT, ("1B", None): Uitkomst.VOLDOET}
    )
    with pytest.raises(BeletselenError, match="toelating zonder toets kan niet"):
        propose_besluiten(EDITIE, DOSSIER, resultaat)


def test_a_perceel_that_was_not_tested_is_not_decided():
    resultaat = make_resultaat(make_bevinding("M-01"), eenheden={("1A", None): Uitkomst.VOLDOET})
    with pytest.raises(BeletselenError, match="product db in perceel 1B"):
        propose_besluiten(EDITIE, DOSSIER, resultaat)


def test_a_toets_of_another_edition_is_refused():
    resultaat = make_resultaat(make_bevinding("M-01"), eenheden=VOLDOET, editie_hash="f" * 64)
    with pytest.raises(BeletselenError, match="andere editie"):
        propose_besluiten(EDITIE, DOSSIER, resultaat)


FOUT = make_bevinding("M-02", Uitkomst.VOLDOET_NIET, perceel="1B")
RESULTAAT = make_resultaat(
    make_bevinding("M-01"), FOUT, eenheden={("1A", None): Uitkomst.VOLDOET, ("1B", None): Uitkomst.VOLDOET_NIET}
)


def make_afwijzing(*redenen, **anders):
    voorstel = Besluitvoorstel(
        perceel="1B",
        soort=Besluitsoort.AFGEWEZEN,
        producten=(),
        afgewezen_producten=("db",),
        redenen=redenen,
        voldaan=(),
        voorwaarden=(),
    )
    return msgspec.structs.replace(voorstel, **anders)


def motivering(voorstel, resultaat=RESULTAAT):
    return [beletsel.code for beletsel in check_motivering(voorstel, resultaat)]


def test_a_proposal_from_a_toets_is_completely_motivated():
    for voorstel in propose_besluiten(EDITIE, DOSSIER, RESULTAAT):
        assert check_motivering(voorstel, RESULTAAT, EDITIE) == []


def test_a_failing_criterion_that_is_left_out_of_the_letter_is_named():
    tweede = make_bevinding("M-01", Uitkomst.VOLDOET_NIET, lid="noor")
    resultaat = msgspec.structs.replace(RESULTAAT, bevindingen=(FOUT, tweede))
    (beletsel,) = check_motivering(make_afwijzing(FOUT), resultaat)
    assert beletsel.code == "reden-ontbreekt"
    assert beletsel.tekst.startswith("M-01 (lid noor)")


@pytest.mark.parametrize(
    ("leeg", "code"),
    [
        ({"toelichting": " "}, "toelichting-ontbreekt"),
        ({"bron": ""}, "bron-ontbreekt"),
        ({"peildatums": {}}, "peildatum-ontbreekt"),
    ],
)
def test_a_reason_says_what_was_seen_where_it_stands_and_on_which_day(leeg, code):
    fout = msgspec.structs.replace(FOUT, **leeg)
    resultaat = msgspec.structs.replace(RESULTAAT, bevindingen=(fout,))
    assert motivering(make_afwijzing(fout), resultaat) == [code]


def test_a_rejection_without_a_reason_is_refused():
    voldoet = msgspec.structs.replace(RESULTAAT, bevindingen=(make_bevinding("M-02", perceel="1B"),))
    assert motivering(make_afwijzing(), voldoet) == ["geen-reden", "product-zonder-reden"]


def test_a_reason_that_does_not_follow_from_the_toets_is_refused():
    verzonnen = make_bevinding("M-01", Uitkomst.VOLDOET_NIET, perceel="1B")
    assert motivering(make_afwijzing(FOUT, verzonnen)) == ["reden-niet-uit-toets"]


def test_a_rejected_product_needs_a_reason_that_hits_it():
    voorstel = make_afwijzing(FOUT, afgewezen_producten=("db", "ander"))
    fout = msgspec.structs.replace(FOUT, product="db")
    resultaat = msgspec.structs.replace(RESULTAAT, bevindingen=(fout,))
    assert motivering(msgspec.structs.replace(voorstel, redenen=(fout,)), resultaat) == ["product-zonder-reden"]


def test_an_admission_under_condition_says_the_condition():
    voldoet = msgspec.structs.replace(RESULTAAT, bevindingen=())
    voorstel = make_afwijzing(soort=Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, producten=("db",), afgewezen_producten=())
    assert motivering(voorstel, voldoet) == ["geen-voorwaarde"]
    assert motivering(msgspec.structs.replace(voorstel, voorwaarden=(VOORWAARDE,)), voldoet) == []


def test_every_kind_of_besluit_needs_a_mandate_on_some_subject():
    assert set(MANDAATONDERWERP) == set(Besluitsoort)
