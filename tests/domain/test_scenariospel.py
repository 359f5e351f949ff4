"""Playing a scenario, on a set of one or two criteria; the real cases stand in tests/scenarios."""

from datetime import date, datetime

import msgspec
import pytest

from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    Ervaringsbereik,
    Ervaringtoets,
    Groep,
    Herstelbaarheid,
    Moment,
    Peilmoment,
    Per,
    Registercontrole,
    Registertoets,
    Toepassing,
    Toepassingsbereik,
    Vraag,
)
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.dossierbouw import receive_aanvulling
from inkoop.domain.scenario import (
    Criteriumafwijking,
    Scenario,
    Scenariobeoordeling,
    Scenariooordeel,
    VerwachtBesluit,
    VerwachteUitkomst,
    Verwachting,
)
from inkoop.domain.scenariospel import apply_afwijkingen, play_scenario
from tests.domain.criteria.bouwstenen import registratie
from tests.domain.voorbeeldopgave import PERCELEN, make_feit, make_opgave, make_stuk
from tests.domain.voorbeeldprocedure import make_procedure

PROCEDURE = make_procedure(percelen=PERCELEN)  # ronde M-2020-2: herstel_tot 2020-04-21, sluiting 2020-03-31T23:59:59
DOCUMENT = Documenttoets(document="plan", peilmoment=Peilmoment.SLUITING, op_naam=False)
BEOORDELING = Beoordelingtoets(
    document="plan", peilmoment=Peilmoment.SLUITING, vragen=(Vraag(id="v1", tekst="Is het goed?"),)
)
ERVARING = Ervaringtoets(
    minimum_clienten=1,
    periode_maanden=36,
    peilmoment=Peilmoment.SLUITING,
    ervaring_bereik=Ervaringsbereik.ALLE_CATEGORIEEN,
)
TOEGELATEN = (VerwachtBesluit(perceel="1A", besluit="toegelaten", producten=("IB-basis", "IB-extra")),)
AFGEWEZEN = (VerwachtBesluit(perceel="1A", besluit="afgewezen"),)


def make_set(*toetsen, per=Per.PERCEEL):
    return Criteriaset(
        set="proef",
        editie="1",
        titel="Proef",
        wet="wmo",
        bron="proef",
        hash="0" * 64,
        criteria=tuple(
            Criterium(
                id=f"P-{nummer}",
                titel="Proef",
                eis="Proef.",
                bron="proef",
                groep=Groep.MINIMUMEIS,
                per=per,
                alleen=Toepassingsbereik(),
                toepassing=Toepassing.GEZAMENLIJK,
                momenten=(Moment.TOELATING,),
                herstelbaar=Herstelbaarheid.BEWIJS_BESTOND_AL,
                motivering="Proef.",
                bewijs="Proef.",
                toets=toets,
            )
            for nummer, toets in enumerate(toetsen, start=1)
        ),
    )


def make_scenario(besluiten, **anders):
    scenario = Scenario(
        zaak="P1",
        variant="a",
        titel="Proef",
        toelichting="Proef.",
        bron="proef",
        procedure=PROCEDURE.naam,
        ronde="M-2020-2",
        aanmelding=make_opgave(stukken=(make_stuk(make_feit()),)),
        beoordelingen=(),
        aanvullingen=(),
        afwijkingen=(),
        verwacht=Verwachting(besluiten=besluiten),
    )
    return msgspec.structs.replace(scenario, **anders)


def make_beoordeling(b1, b2, jurist=None):
    oordelen = [None if ja is None else Scenariooordeel(ja=ja, reden="Gelezen.") for ja in (b1, b2, jurist)]
    return (Scenariobeoordeling(criterium="P-1", b1=oordelen[0], b2=oordelen[1], jurist=oordelen[2]),)


def make_aanvulling(ontvangen, dag=date(2020, 3, 1)):
    stuk = make_stuk(make_feit("plan", dag, "later.pdf"))
    return receive_aanvulling(Aanleiding.HERSTEL, datetime.fromisoformat(ontvangen), (stuk,))


def test_a_scenario_that_comes_out_as_expected_has_no_differences():
    verslag = play_scenario(make_scenario(TOEGELATEN), make_set(DOCUMENT), PROCEDURE)
    assert verslag.besluiten == TOEGELATEN
    assert verslag.verschillen == ()


def test_a_besluit_that_was_not_expected_is_named():
    verslag = play_scenario(make_scenario(AFGEWEZEN), make_set(DOCUMENT), PROCEDURE)
    assert verslag.verschillen == ("Het besluit over perceel 1A is toegelaten, verwacht was afgewezen.",)


def test_other_products_than_expected_are_named():
    verwacht = (VerwachtBesluit(perceel="1A", besluit="toegelaten", producten=("IB-basis",)),)
    verslag = play_scenario(make_scenario(verwacht), make_set(DOCUMENT), PROCEDURE)
    assert verslag.verschillen == (
        "De toegelaten producten van perceel 1A zijn IB-basis, IB-extra, verwacht was IB-basis.",
    )


def test_products_that_are_not_named_are_not_compared():
    verwacht = (VerwachtBesluit(perceel="1A", besluit="toegelaten"),)
    assert play_scenario(make_scenario(verwacht), make_set(DOCUMENT), PROCEDURE).verschillen == ()


def test_an_outcome_without_a_perceel_passes_over_what_the_criterium_is_not_about():
    per_product = msgspec.structs.replace(
        make_set(DOCUMENT, per=Per.PRODUCT).criteria[0], alleen=Toepassingsbereik(producten=("IB-basis",))
    )
    ander = msgspec.structs.replace(make_set(DOCUMENT).criteria[0], id="P-2")
    editie = msgspec.structs.replace(make_set(DOCUMENT), criteria=(per_product, ander))
    regels = (
        VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET),
        VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET, product="IB-extra"),
    )
    scenario = make_scenario((), verwacht=Verwachting(besluiten=TOEGELATEN, uitkomsten=regels))
    verslag = play_scenario(scenario, editie, PROCEDURE)
    assert [zin.split(",")[0] for zin in verslag.verschillen] == ["In de laatste toets is P-1 (perceel 1A"]


def test_an_outcome_a_ground_and_a_missing_finding_are_named():
    regels = (
        VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET_NIET),
        VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET, grond="te-oud"),
        VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET, percelen=("1C",)),
    )
    verwacht = Verwachting(besluiten=TOEGELATEN, uitkomsten=regels)
    een, twee, drie = play_scenario(
        make_scenario(TOEGELATEN, verwacht=verwacht), make_set(DOCUMENT), PROCEDURE
    ).verschillen
    assert "is P-1 (perceel 1A) voldoet (voldoet), verwacht was voldoet_niet." in een
    assert "is de grond van P-1 (perceel 1A) 'voldoet', verwacht was 'te-oud'." in twee
    assert "is er geen uitkomst voor P-1 (perceel 1C)." in drie


@pytest.mark.parametrize(
    ("ontvangen", "besluit"),
    [("2020-03-31T23:59:59+02:00", "toegelaten"), ("2020-04-01T00:00:00+02:00", "buiten_behandeling")],
)
def test_what_comes_after_closing_is_not_assessed(ontvangen, besluit):
    opgave = make_opgave(stukken=(make_stuk(make_feit()),), ontvangen_op=datetime.fromisoformat(ontvangen))
    verslag = play_scenario(make_scenario(TOEGELATEN, aanmelding=opgave), make_set(DOCUMENT), PROCEDURE)
    assert [gevallen.besluit for gevallen in verslag.besluiten] == [besluit]
    assert (verslag.laatste is None) == (besluit == "buiten_behandeling")


def test_outcomes_expected_of_a_late_aanmelding_are_a_difference():
    opgave = make_opgave(ontvangen_op=datetime.fromisoformat("2020-04-01T00:00:30+02:00"))
    verwacht = Verwachting(
        besluiten=(VerwachtBesluit(perceel=None, besluit="buiten_behandeling"),),
        uitkomsten=(VerwachteUitkomst(criterium="P-1", uitkomst=Uitkomst.VOLDOET),),
    )
    verslag = play_scenario(make_scenario((), aanmelding=opgave, verwacht=verwacht), make_set(DOCUMENT), PROCEDURE)
    assert len(verslag.verschillen) == 1


@pytest.mark.parametrize(
    ("ontvangen", "besluit"),
    [("2020-04-21T23:59:59+02:00", "toegelaten"), ("2020-04-22T00:00:00+02:00", "afgewezen")],
)
def test_repair_counts_until_the_end_of_its_term(ontvangen, besluit):
    scenario = make_scenario((), aanmelding=make_opgave(), aanvullingen=(make_aanvulling(ontvangen),))
    verslag = play_scenario(scenario, make_set(DOCUMENT), PROCEDURE)
    assert verslag.eerste is not None
    assert verslag.eerste.bevindingen[0].uitkomst is Uitkomst.HERSTELBAAR
    assert [gevallen.besluit for gevallen in verslag.besluiten] == [besluit]
    te_laat = "De aanvulling van 22 april 2020 (herstel) komt na 21 april 2020 en telt niet mee."
    assert (te_laat in verslag.verschillen) == (besluit == "afgewezen")
    bedoeld = make_scenario(AFGEWEZEN, aanmelding=make_opgave(), aanvullingen=(make_aanvulling(ontvangen),))
    assert te_laat not in play_scenario(bedoeld, make_set(DOCUMENT), PROCEDURE).verschillen


@pytest.mark.parametrize(
    ("b1", "b2", "jurist", "besluit"),
    [
        (True, True, None, "toegelaten"),
        (False, False, None, "afgewezen"),
        (True, False, True, "toegelaten"),
        (True, False, False, "afgewezen"),
        (True, True, False, "toegelaten"),
    ],
)
def test_two_people_judge_and_the_jurist_only_where_they_differ(b1, b2, jurist, besluit):
    scenario = make_scenario((), beoordelingen=make_beoordeling(b1, b2, jurist))
    verslag = play_scenario(scenario, make_set(BEOORDELING), PROCEDURE)
    assert [gevallen.besluit for gevallen in verslag.besluiten] == [besluit]


def test_what_nobody_judges_leads_to_no_besluit():
    verslag = play_scenario(make_scenario(TOEGELATEN), make_set(BEOORDELING), PROCEDURE)
    assert verslag.besluiten == ()
    assert any("moet nog worden beoordeeld" in verschil for verschil in verslag.verschillen)


def test_a_register_that_must_be_looked_into_again_waits_for_that_and_not_for_a_judgement():
    controle = Registercontrole(vanaf=date(2020, 4, 2))
    toets = Registertoets(registers=("AGB",), alle=False, peilmoment=Peilmoment.SLUITING, registercontrole=controle)
    opgave = make_opgave(stukken=(make_stuk(registratie(gezien_op=date(2020, 4, 1))),))
    scenario = make_scenario((), beoordelingen=make_beoordeling(True, True), aanmelding=opgave)
    verslag = play_scenario(scenario, make_set(toets), PROCEDURE)
    wacht, vergeefs = verslag.verschillen
    assert "wacht tot iemand opnieuw in het register kijkt" in wacht
    assert "Daar moet iemand opnieuw in het register kijken" in vergeefs


def test_a_judgement_that_nobody_asks_for_is_a_difference():
    scenario = make_scenario(TOEGELATEN, beoordelingen=make_beoordeling(True, True))
    verslag = play_scenario(scenario, make_set(DOCUMENT), PROCEDURE)
    assert verslag.verschillen == ("Het scenario beoordeelt P-1, maar dat wordt nergens gevraagd.",)


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({"procedure": "andere"}, "Dit scenario hoort bij de procedure 'andere'"),
        ({"ronde": "M-1999"}, "De ronde 'M-1999' bestaat niet."),
        ({"aanmelding": make_opgave(("1Z",))}, "Perceel 1Z bestaat niet."),
        ({"aanmelding": make_opgave(ontvangen_op=None)}, "ontbreekt wanneer zij is ontvangen"),
        (
            {"aanmelding": make_opgave(ontvangen_op=datetime.fromisoformat("2020-02-02T23:59:59+01:00"))},
            "voor de opening van de ronde op 3 februari 2020",
        ),
        (
            {"afwijkingen": (Criteriumafwijking(criterium="P-1", ervaring_bereik=Ervaringsbereik.PER_CATEGORIE),)},
            "Criterium P-1 vraagt geen ervaring",
        ),
        (
            {"afwijkingen": (Criteriumafwijking(criterium="P-9", ervaring_bereik=Ervaringsbereik.PER_CATEGORIE),)},
            "Het criterium 'P-9' staat niet in de set",
        ),
    ],
)
def test_a_scenario_that_cannot_be_played_says_why(anders, tekst):
    verslag = play_scenario(make_scenario(TOEGELATEN, **anders), make_set(DOCUMENT), PROCEDURE)
    assert verslag.laatste is None
    assert any(tekst in verschil for verschil in verslag.verschillen)


def test_another_choice_makes_experience_decide_per_product_and_touches_nothing_else():
    editie = make_set(DOCUMENT, ERVARING)
    afwijking = Criteriumafwijking(criterium="P-2", ervaring_bereik=Ervaringsbereik.PER_CATEGORIE)
    anders = apply_afwijkingen(editie, [afwijking])
    assert anders.criteria[0] == editie.criteria[0]
    assert anders.criteria[1].per is Per.PRODUCT
    assert anders.criteria[1].toets == msgspec.structs.replace(ERVARING, ervaring_bereik=Ervaringsbereik.PER_CATEGORIE)
    assert apply_afwijkingen(editie, []) == editie
    terug = msgspec.structs.replace(afwijking, ervaring_bereik=Ervaringsbereik.ALLE_CATEGORIEEN)
    assert apply_afwijkingen(anders, [terug]) == editie


def test_a_judgement_can_be_about_some_products_only():
    (ja,), (nee,) = (make_beoordeling(oordeel, oordeel) for oordeel in (True, False))
    per_product = (
        msgspec.structs.replace(ja, producten=("IB-basis",)),
        msgspec.structs.replace(nee, producten=("IB-extra",)),
    )
    besluiten = (VerwachtBesluit(perceel="1A", besluit="toegelaten", producten=("IB-basis",)),)
    scenario = make_scenario(besluiten, beoordelingen=per_product)
    assert play_scenario(scenario, make_set(BEOORDELING, per=Per.PRODUCT), PROCEDURE).verschillen == ()
    vreemd = make_scenario(AFGEWEZEN, beoordelingen=(nee, msgspec.structs.replace(ja, producten=("DB-basis",))))
    verslag = play_scenario(vreemd, make_set(BEOORDELING, per=Per.PRODUCT), PROCEDURE)
    assert verslag.verschillen == ("Het scenario beoordeelt P-1, maar dat wordt nergens gevraagd.",)


def test_a_demand_that_is_let_go_is_shown_and_no_longer_decides():
    editie = make_set(DOCUMENT, msgspec.structs.replace(DOCUMENT, document="brief"))
    loslaten = Criteriumafwijking(criterium="P-2", groep=Groep.INFORMATIEF)
    anders = apply_afwijkingen(editie, [loslaten]).criteria
    assert anders == (editie.criteria[0], msgspec.structs.replace(editie.criteria[1], groep=Groep.INFORMATIEF))
    streng = play_scenario(make_scenario(AFGEWEZEN), editie, PROCEDURE)
    ruim = play_scenario(make_scenario(TOEGELATEN, afwijkingen=(loslaten,)), editie, PROCEDURE)
    for verslag in (streng, ruim):
        assert verslag.verschillen == ()
        assert verslag.laatste is not None
        assert [b.uitkomst.value for b in verslag.laatste.bevindingen] == ["voldoet", "voldoet_niet"]
