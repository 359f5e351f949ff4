"""Certificaat: boundary days, lists, registers, scope, entities and judgement."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.criterium import Herstelbaarheid, Peilmoment
from inkoop.domain.criteria.dossier import Aanleiding, Lid, Lidrol, Oordeelrol, Registerstatus
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    INGANG,
    NOOR,
    PERCEEL_1B,
    SLUITING,
    WILGENPAD,
    certificaat,
    certificaattoets,
    judge,
    make_criterium,
    oordeel,
    oordelen,
)

CRITERIUM = make_criterium(certificaattoets())


def test_the_norm_that_is_asked_is_enough():
    bevinding = judge(CRITERIUM, certificaat())
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET, "voldoet")


def test_a_norm_on_the_list_is_equivalent():
    bevinding = judge(CRITERIUM, certificaat("NEN-EN 15224"))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET, "gelijkwaardig")


def test_without_a_certificate_one_can_still_be_shown():
    bevinding = judge(CRITERIUM)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "geen-certificaat")
    (punt,) = bevinding.herstelpunten
    assert punt.uiterste_bewijsdatum == SLUITING


def test_without_a_certificate_there_is_no_way_back_where_repair_is_excluded():
    criterium = make_criterium(certificaattoets(), herstelbaar=Herstelbaarheid.NEE)
    bevinding = judge(criterium)
    assert bevinding.uitkomst is Uitkomst.VOLDOET_NIET
    assert bevinding.herstelpunten == ()


@pytest.mark.parametrize(
    ("van", "tot", "uitkomst"),
    [
        (date(2020, 3, 31), date(2020, 7, 1), Uitkomst.VOLDOET),
        (date(2020, 4, 1), date(2020, 7, 1), Uitkomst.VOLDOET_NIET),
        (date(2020, 3, 31), date(2020, 6, 30), Uitkomst.VOORWAARDELIJK),
        (date(2020, 3, 31), date(2020, 3, 31), Uitkomst.VOORWAARDELIJK),
        (date(2019, 3, 31), date(2020, 3, 30), Uitkomst.VOLDOET_NIET),
    ],
)
def test_the_first_and_the_last_day_of_a_certificate_count(van, tot, uitkomst):
    assert judge(CRITERIUM, certificaat(van=van, tot=tot)).uitkomst is uitkomst


def test_a_certificate_that_ends_before_ingang_is_conditional():
    bevinding = judge(CRITERIUM, certificaat(tot=date(2020, 6, 12)))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOORWAARDELIJK, "verloopt-voor-ingang")
    (voorwaarde,) = bevinding.voorwaarden
    assert voorwaarde.geldig_op == INGANG
    assert bevinding.houdbaar_tot == date(2020, 6, 12)


def test_a_condition_is_met_by_a_renewed_certificate_that_is_valid_on_ingang():
    oud = certificaat(tot=date(2020, 6, 12))
    nieuw = certificaat(van=date(2020, 6, 10), tot=date(2023, 6, 9), aanleiding=Aanleiding.VOORWAARDE)
    bevinding = judge(CRITERIUM, oud, nieuw, herstelverloop=Herstelverloop.GESLOTEN)
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert bevinding.bewijs == (*oud.bewijs, *nieuw.bewijs)
    assert bevinding.houdbaar_tot == date(2023, 6, 9)


def test_a_renewed_certificate_that_starts_after_ingang_does_not_meet_the_condition():
    oud = certificaat(tot=date(2020, 6, 12))
    nieuw = certificaat(van=date(2020, 7, 2), tot=date(2023, 6, 9), aanleiding=Aanleiding.VOORWAARDE)
    assert judge(CRITERIUM, oud, nieuw).uitkomst is Uitkomst.VOORWAARDELIJK


def test_an_equivalent_norm_can_meet_the_condition_too():
    oud = certificaat(tot=date(2020, 6, 12))
    nieuw = certificaat("NEN-EN 15224", date(2020, 6, 10), date(2023, 6, 9), aanleiding=Aanleiding.VOORWAARDE)
    bevinding = judge(CRITERIUM, oud, nieuw)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET, "gelijkwaardig")


def test_evidence_for_a_condition_does_not_mend_what_was_never_there():
    nieuw = certificaat(aanleiding=Aanleiding.VOORWAARDE)
    assert judge(CRITERIUM, nieuw, herstelverloop=Herstelverloop.GESLOTEN).uitkomst is Uitkomst.VOLDOET_NIET


def test_an_unlisted_norm_offered_for_a_condition_goes_to_people():
    oud = certificaat(tot=date(2020, 6, 12))
    nieuw = certificaat("Keurmerk", date(2020, 6, 10), date(2023, 6, 9), aanleiding=Aanleiding.VOORWAARDE)
    assert judge(CRITERIUM, oud, nieuw).grond == "mogelijk-gelijkwaardig"
    assert judge(CRITERIUM, oud, nieuw, oordelen=oordelen(True, nieuw)).uitkomst is Uitkomst.VOLDOET
    afgewezen = judge(CRITERIUM, oud, nieuw, oordelen=oordelen(False, nieuw))
    assert afgewezen.uitkomst is Uitkomst.VOORWAARDELIJK


def test_a_certificate_on_ingang_only_must_be_valid_at_closing_to_be_conditional():
    criterium = make_criterium(certificaattoets(geldig_op=(Peilmoment.INGANG,)))
    assert judge(criterium, certificaat(tot=date(2020, 3, 31))).uitkomst is Uitkomst.VOORWAARDELIJK
    assert judge(criterium, certificaat(tot=date(2020, 3, 30))).uitkomst is Uitkomst.VOLDOET_NIET


def test_two_certificates_may_cover_the_days_together():
    bevinding = judge(
        CRITERIUM,
        certificaat(tot=date(2020, 5, 31)),
        certificaat(van=date(2020, 6, 15), tot=date(2023, 6, 14)),
    )
    assert bevinding.uitkomst is Uitkomst.VOLDOET


def test_an_unlisted_norm_is_never_decided_by_the_engine():
    bevinding = judge(CRITERIUM, certificaat("Keurmerk", registerstatus=None, scope=()))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "mogelijk-gelijkwaardig")


def test_an_unlisted_norm_that_is_not_valid_is_not_put_before_people():
    bevinding = judge(CRITERIUM, certificaat("Keurmerk", tot=date(2020, 3, 30)))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "niet-geldig")


@pytest.mark.parametrize(
    ("ja", "uitkomst", "grond"),
    [(True, Uitkomst.VOLDOET, "gelijkwaardig"), (False, Uitkomst.VOLDOET_NIET, "niet-gelijkwaardig")],
)
def test_two_people_decide_on_an_unlisted_norm(ja, uitkomst, grond):
    keurmerk = certificaat("Keurmerk")
    bevinding = judge(CRITERIUM, keurmerk, oordelen=oordelen(ja, keurmerk))
    assert (bevinding.uitkomst, bevinding.grond) == (uitkomst, grond)


def test_a_refusal_of_an_unlisted_norm_says_which_question_was_answered_no():
    keurmerk = certificaat("Keurmerk")
    bevinding = judge(CRITERIUM, keurmerk, oordelen=oordelen(False, keurmerk, neen=("v1",), reden="Zelfevaluatie"))
    assert "Is er een externe toets?" in bevinding.toelichting
    assert "Reden: Zelfevaluatie." in bevinding.toelichting
    assert "Past de scope?" not in bevinding.toelichting


def test_people_who_differ_wait_for_a_jurist():
    keurmerk = certificaat("Keurmerk")
    verschil = [oordeel(True, "b1", keurmerk.bewijs), oordeel(False, "b2", keurmerk.bewijs)]
    bevinding = judge(CRITERIUM, keurmerk, oordelen=verschil)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "oordelen-verschillen")
    jurist = oordeel(True, "j1", keurmerk.bewijs, rol=Oordeelrol.JURIST)
    assert judge(CRITERIUM, keurmerk, oordelen=[*verschil, jurist]).uitkomst is Uitkomst.VOLDOET


def test_a_final_no_closes_the_leaf_for_other_evidence_in_repair():
    keurmerk = certificaat("Keurmerk")
    later = certificaat("HKZ", aanleiding=Aanleiding.HERSTEL)
    assert judge(CRITERIUM, keurmerk, later, oordelen=oordelen(False, keurmerk)).uitkomst is Uitkomst.VOLDOET_NIET


def test_a_judgement_on_an_unlisted_norm_does_not_lower_a_norm_that_counts_by_itself():
    keurmerk = certificaat("Keurmerk")
    assert judge(CRITERIUM, certificaat(), keurmerk, oordelen=oordelen(False, keurmerk)).uitkomst is Uitkomst.VOLDOET


@pytest.mark.parametrize("status", [Registerstatus.GESCHORST, Registerstatus.INGETROKKEN, Registerstatus.VERLOPEN])
def test_a_certificate_that_is_not_active_in_the_register_falls_short(status):
    bevinding = judge(CRITERIUM, certificaat(registerstatus=status, register_gezien_op=date(2020, 4, 9)))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "registerstatus-niet-actief")
    assert f"op 9 april 2020 in het register als {status.value}" in bevinding.toelichting


@pytest.mark.parametrize("status", [None, Registerstatus.ONBEKEND])
def test_an_unknown_register_status_must_be_shown_where_it_is_asked(status):
    bevinding = judge(CRITERIUM, certificaat(registerstatus=status))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "registerstatus-onbekend")


def test_an_unknown_register_status_does_not_matter_where_it_is_not_asked():
    criterium = make_criterium(certificaattoets(registerstatus_vereist=False))
    assert judge(criterium, certificaat(registerstatus=None)).uitkomst is Uitkomst.VOLDOET


def test_what_was_seen_last_in_the_register_counts():
    eerst = certificaat(register_gezien_op=date(2020, 3, 20))
    laatst = certificaat(registerstatus=Registerstatus.GESCHORST, register_gezien_op=date(2020, 3, 21))
    assert judge(CRITERIUM, eerst, laatst).grond == "registerstatus-niet-actief"


def test_scope_is_asked_per_perceel():
    criterium = make_criterium(certificaattoets(scope_per_perceel={"1B": ("dagbesteding", "dagactiviteiten")}))
    assert judge(criterium, certificaat(scope=("begeleiding",))).uitkomst is Uitkomst.VOLDOET
    tekort = judge(criterium, certificaat(scope=("begeleiding",)), percelen=(PERCEEL_1B,))
    assert (tekort.uitkomst, tekort.grond) == (Uitkomst.VOLDOET_NIET, "scope-tekort")
    goed = judge(criterium, certificaat(scope=("begeleiding", "Dagactiviteiten")), percelen=(PERCEEL_1B,))
    assert goed.uitkomst is Uitkomst.VOLDOET


def test_a_scope_that_is_not_known_can_still_be_shown():
    criterium = make_criterium(certificaattoets(scope_per_perceel={"1A": ("begeleiding",)}))
    assert judge(criterium, certificaat(scope=())).grond == "scope-onbekend"


def test_a_certificate_without_names_says_nothing_about_whose_it_is():
    assert judge(CRITERIUM, certificaat(entiteiten=())).uitkomst is Uitkomst.VOLDOET


@pytest.mark.parametrize("naam", ["Stichting De Lindehof", "STICHTING DE LINDEHOF", "90000101"])
def test_a_certificate_that_names_the_applicant_counts(naam):
    assert judge(CRITERIUM, certificaat(entiteiten=("Holding B.V.", naam))).uitkomst is Uitkomst.VOLDOET


def test_a_certificate_that_names_only_another_goes_to_people():
    holding = certificaat(entiteiten=("Zonneroos Holding B.V.",))
    bevinding = judge(CRITERIUM, holding)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "andere-entiteit")
    assert "Zonneroos Holding B.V." in bevinding.toelichting
    afgewezen = judge(CRITERIUM, holding, oordelen=oordelen(False, holding))
    assert (afgewezen.uitkomst, afgewezen.grond) == (Uitkomst.VOLDOET_NIET, "andere-entiteit")
    assert judge(CRITERIUM, holding, oordelen=oordelen(True, holding)).grond == "voldoet"


def test_a_certificate_of_one_member_counts_for_all_together():
    samen = certificaat(lid="noor", entiteiten=("Noor Begeleidt",))
    assert judge(CRITERIUM, samen, leden=(WILGENPAD, NOOR)).uitkomst is Uitkomst.VOLDOET


def test_a_third_party_that_was_declared_may_lend_its_certificate():
    derde = Lid(id="holding", naam="Holding B.V.", rol=Lidrol.DERDE, kvk="90000205")
    geleend = certificaat(lid="holding", entiteiten=("Holding BV",))
    assert judge(CRITERIUM, geleend, leden=(WILGENPAD, NOOR, derde)).uitkomst is Uitkomst.VOLDOET


def test_a_body_without_accreditation_goes_to_people():
    assert judge(CRITERIUM, certificaat(geaccrediteerd=False)).grond == "instelling-niet-geaccrediteerd"


def test_a_certificate_of_after_closing_does_not_count_as_repair():
    later = certificaat(van=date(2020, 4, 1), aanleiding=Aanleiding.HERSTEL)
    assert judge(CRITERIUM, later).uitkomst is Uitkomst.VOLDOET_NIET
    bestond = certificaat(van=date(2020, 3, 31), aanleiding=Aanleiding.HERSTEL)
    assert judge(CRITERIUM, bestond).uitkomst is Uitkomst.VOLDOET
