"""The letters say everything that they must, and nothing that they may not.

Bron: domein B.2, C.12-C.16.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec
import pytest

from inkoop.documents import gegevens as g
from inkoop.documents.boom import Handtekeningen, plat
from inkoop.documents.fouten import ControleError, OntbrekendeVeldenError
from inkoop.documents.gegevens import WOORDEN, to_gegevens
from tests.documents import voorbeeldblokken as vb
from tests.documents.sjabloonproef import build, read
from tests.documents.voorbeeldgegevens import make_publicatietekst, make_toelatingsbesluit, make_voorbeelden

VOORBEELDEN = make_voorbeelden()
BRIEVEN = sorted(soort for soort, voorbeeld in VOORBEELDEN.items() if hasattr(voorbeeld, "aanmelding"))
BESLUITBRIEVEN = ("toelatingsbrief", "afwijzingsbrief", "besluitbrief", "brief-toelating-vervalt")


@pytest.mark.parametrize("soort", sorted(VOORBEELDEN))
def test_no_document_speaks_of_bezwaar_gunnen_or_the_terms_of_administrative_law(soort: str) -> None:
    tekst = read(soort, VOORBEELDEN[soort]).lower()
    assert not [woord for woord in ("bezwaar", "gunn", "gegund", "zes weken", "in beroep") if woord in tekst]


@pytest.mark.parametrize("soort", sorted(VOORBEELDEN))
def test_no_document_prints_the_computer_form_of_a_value(soort: str) -> None:
    tekst = read(soort, VOORBEELDEN[soort])
    vormen = [w.value for woorden in WOORDEN.values() for w in woorden if "_" in w.value]
    assert not [vorm for vorm in (*vormen, "None", "True", "2020-05-15", "T00:00") if vorm in tekst]


def test_every_value_of_an_enum_has_a_word() -> None:
    for woorden in WOORDEN.values():
        soort: type[StrEnum] = type(next(iter(woorden)))
        assert set(woorden) == set(soort)


def test_an_instant_without_time_zone_never_reaches_a_document() -> None:
    brief = msgspec.structs.replace(VOORBEELDEN["brief-te-laat"], ontvangen_op=datetime(2020, 4, 1, 0, 0, 30))
    with pytest.raises(ValueError, match="ontvangen_op"):
        to_gegevens(brief)


def test_the_letter_too_late_prints_both_instants_to_the_second() -> None:
    tekst = read("brief-te-laat", VOORBEELDEN["brief-te-laat"])
    assert "31 maart 2020 om 23:59:59 uur" in tekst
    assert "1 april 2020 om 00:00:30 uur" in tekst


def test_the_letter_too_late_judges_nothing_and_offers_the_next_round() -> None:
    tekst = read("brief-te-laat", VOORBEELDEN["brief-te-laat"])
    assert "Wij hebben de inhoud van uw aanmelding niet beoordeeld." in tekst
    assert "M-2021-1" in tekst
    assert "3 augustus 2020" in tekst
    assert "geen storing" in tekst


def test_a_letter_too_late_under_mandate_is_signed_for_the_colleges() -> None:
    brief = msgspec.structs.replace(VOORBEELDEN["brief-te-laat"], ondertekenaar=vb.WETHOUDER)
    assert "namens de colleges van burgemeester en wethouders" in read("brief-te-laat", brief)


@pytest.mark.parametrize("soort", ["brief-te-laat", *BESLUITBRIEVEN])
def test_a_besluit_prints_the_court_and_the_last_day_with_its_time(soort: str) -> None:
    tekst = read(soort, msgspec.structs.replace(VOORBEELDEN[soort], rechtsbescherming=vb.RECHTSBESCHERMING))
    assert "een kort geding bij de Rechtbank Oost-Brabant" in tekst
    assert "uiterlijk op donderdag 4 juni 2020 om 23.59 uur" in tekst


@pytest.mark.parametrize("soort", BESLUITBRIEVEN)
def test_a_besluit_names_for_whom_it_is_taken_and_on_what_ground(soort: str) -> None:
    tekst = read(soort, VOORBEELDEN[soort])
    assert "namens de colleges van burgemeester en wethouders van 's-Hertogenbosch, Meierijstad en Vught" in tekst
    assert "mandaatbesluit inkoop sociaal domein van 11 december 2018" in tekst


def test_a_besluit_of_one_gemeente_speaks_of_one_college() -> None:
    een = msgspec.structs.replace(vb.WETHOUDER, namens=("Vught",))
    tekst = read("afwijzingsbrief", msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], ondertekenaar=een))
    assert "namens het college van burgemeester en wethouders van Vught" in tekst


@pytest.mark.parametrize("reden", [vb.REDEN_LID, vb.REDEN_ERVARING])
def test_a_rejection_states_each_failed_criterion_with_its_literal_eis_and_facts(reden: g.Reden) -> None:
    tekst = read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    assert f"Criterium {reden.criterium}: {reden.titel}" in tekst
    assert reden.eis in tekst
    assert reden.toelichting in tekst


def test_a_rejection_names_the_member_the_date_of_its_document_and_the_repair() -> None:
    tekst = read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    assert "Gaat over: Noor Begeleidt" in tekst
    assert "gedateerd 12 april 2020" in tekst
    assert "31 maart 2020 (de sluiting van de ronde)" in tekst
    assert "Op 7 april 2020 vroegen wij u dit te herstellen. Uw antwoord kwam op 16 april 2020." in tekst
    assert "noor-avg-documenten.pdf, ontvangen op 16 april 2020" in tekst


def test_a_rejection_says_for_which_percelen_and_products_a_reason_holds() -> None:
    tekst = read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    assert "Percelen 1A en 1B" in tekst
    assert "Perceel 1A, producten IB-basis en IB-extra" in tekst


def test_a_reason_says_that_no_answer_came_when_none_came() -> None:
    reden = msgspec.structs.replace(vb.REDEN_LID, herstel_antwoord_op=None)
    brief = msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], redenen=(reden,))
    assert "Wij kregen hierop binnen de termijn geen antwoord." in read("afwijzingsbrief", brief)


def test_a_reason_that_cannot_be_repaired_says_so() -> None:
    brief = msgspec.structs.replace(
        VOORBEELDEN["afwijzingsbrief"], redenen=(msgspec.structs.replace(vb.REDEN_LOCATIE, percelen=("1A", "1B")),)
    )
    assert "Bij dit criterium laten de gepubliceerde voorwaarden geen herstel toe." in read("afwijzingsbrief", brief)


def test_a_rejection_lists_what_was_met_and_offers_the_next_round_and_the_complaint_address() -> None:
    tekst = read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    assert "M-03 HKZ of gelijkwaardig" in tekst
    assert "M-05 Kwaliteitssysteem" in tekst
    assert "ronde M-2021-1" in tekst
    assert "klachten@regiomeierij.example" in tekst


def test_a_rejection_of_a_combination_explains_why_no_part_of_it_is_admitted() -> None:
    zin = "Wij kunnen daarom niet een deel van de leden toelaten."
    assert zin in read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    enkel = msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], aanbieder=vb.LINDEHOF)
    assert zin not in read("afwijzingsbrief", enkel)


def test_a_rejection_without_a_reason_is_refused() -> None:
    with pytest.raises(OntbrekendeVeldenError, match="criterium waaraan niet is voldaan"):
        build("afwijzingsbrief", msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], redenen=()))


def test_a_rejection_whose_facts_speak_of_bezwaar_is_held_back() -> None:
    reden = msgspec.structs.replace(vb.REDEN_ERVARING, toelichting="U kunt binnen zes weken bezwaar maken.")
    with pytest.raises(ControleError, match="geen bezwaar open"):
        build("afwijzingsbrief", msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], redenen=(reden,)))


def test_an_admission_under_condition_prints_the_condition_and_its_last_day() -> None:
    brief = msgspec.structs.replace(
        VOORBEELDEN["toelatingsbrief"],
        percelen=(vb.make_perceelbesluit("1A", "toegelaten_onder_voorwaarde"),),
        voorwaarden=(vb.VOORWAARDE,),
    )
    tekst = read("toelatingsbrief", brief)
    assert "Besluit over uw aanmelding: toegelaten onder voorwaarde" in tekst
    assert vb.VOORWAARDE.tekst in tekst
    assert "Uiterlijk op vrijdag 19 juni 2020 om 23.59 uur" in tekst


def test_an_admission_without_condition_speaks_of_no_condition_and_guarantees_nothing() -> None:
    tekst = read("toelatingsbrief", VOORBEELDEN["toelatingsbrief"])
    assert "onder voorwaarde" not in tekst
    assert "geen garantie op cliënten of omzet" in tekst
    assert "vrijdag 19 juni 2020" in tekst


def test_a_mixed_besluit_names_admitted_and_rejected_products() -> None:
    tekst = read("besluitbrief", VOORBEELDEN["besluitbrief"])
    assert "Individuele begeleiding waakvlam" in tekst
    assert "Individuele begeleiding basis en Individuele begeleiding extra" in tekst
    assert "Boxtel" in tekst


def test_a_herstelverzoek_bundles_all_points_with_one_last_day() -> None:
    tekst = read("herstelverzoek", VOORBEELDEN["herstelverzoek"])
    assert tekst.count("uiterlijk op dinsdag 21 april 2020 om 23.59 uur") == 1
    assert "Criterium M-11" in tekst
    assert "Criterium U-01" in tekst


def test_a_herstelverzoek_asks_for_evidence_of_before_only_where_that_is_asked() -> None:
    tekst = read("herstelverzoek", VOORBEELDEN["herstelverzoek"])
    assert tekst.count("dateren van 31 maart 2020 of eerder") == 1


def test_a_lapsed_admission_names_the_condition_and_does_not_offer_repair() -> None:
    tekst = read("brief-toelating-vervalt", VOORBEELDEN["brief-toelating-vervalt"])
    assert vb.VOORWAARDE.tekst in tekst
    assert "De uiterste datum om aan de voorwaarde te voldoen is voorbij." in tekst
    assert "maandag 13 juli 2020 om 23.59 uur" in tekst


def test_the_last_round_of_a_procedure_promises_no_next_one() -> None:
    brief = msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], volgende_ronde=None)
    assert "geen nieuwe ronde vastgesteld" in read("afwijzingsbrief", brief)


def test_a_receipt_lists_each_file_with_its_hash_and_judges_nothing() -> None:
    tekst = read("ontvangstbevestiging", VOORBEELDEN["ontvangstbevestiging"])
    assert "ab" * 32 in tekst
    assert "0c" * 32 in tekst
    assert "12 maart 2020 om 10:41:08 uur" in tekst
    assert "geen oordeel over de inhoud" in tekst


def test_a_receipt_of_something_late_says_so_and_promises_no_planning() -> None:
    laat = msgspec.structs.replace(
        VOORBEELDEN["ontvangstbevestiging"], ontvangen_op=datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC), op_tijd=False
    )
    tekst = read("ontvangstbevestiging", laat)
    assert "ontvangen op 1 april 2020 om 00:00:30 uur" in tekst
    assert "dus te laat" in tekst
    assert "op tijd" not in tekst
    assert "Herstelverzoek" not in tekst


def test_a_table_has_no_column_for_what_did_not_happen() -> None:
    assert "Niet toegelaten producten" not in read("toelatingsbrief", VOORBEELDEN["toelatingsbrief"])
    assert "Toegelaten producten" not in read("afwijzingsbrief", VOORBEELDEN["afwijzingsbrief"])
    gemengd = read("besluitbrief", VOORBEELDEN["besluitbrief"])
    assert "Toegelaten producten" in gemengd
    assert "Niet toegelaten producten" in gemengd


def test_a_replaced_application_names_the_one_that_counts() -> None:
    tekst = read("brief-vervangen", VOORBEELDEN["brief-vervangen"])
    assert "A-0011, ontvangen op 30 maart 2020 om 09:05:00 uur" in tekst


@pytest.mark.parametrize("soort", BRIEVEN)
@pytest.mark.parametrize("naam", ["**Vet** | <b>x</b> ::: kader\n# Kop", "[@rangorde] {{ 7*7 }} {% raw %} | `x`"])
def test_a_hostile_name_prints_as_a_name_and_changes_no_structure(soort: str, naam: str) -> None:
    lid = msgspec.structs.replace(vb.LINDEHOF.leden[0], naam=naam)
    gewoon = msgspec.structs.replace(VOORBEELDEN[soort], aanbieder=vb.LINDEHOF)
    vijandig = msgspec.structs.replace(gewoon, aanbieder=g.Aanbiedergegevens(naam=naam, leden=(lid,)))
    assert naam.replace("\n", " ") in read(soort, vijandig)
    soorten = [type(blok) for blok in build(soort, vijandig).blokken]
    assert soorten == [type(blok) for blok in build(soort, gewoon).blokken]


def test_a_hostile_signatory_stays_within_the_signature_box() -> None:
    boos = msgspec.structs.replace(vb.WETHOUDER, naam="A | B | C")
    document = build("afwijzingsbrief", msgspec.structs.replace(VOORBEELDEN["afwijzingsbrief"], ondertekenaar=boos))
    vak = next(blok for blok in document.blokken if isinstance(blok, Handtekeningen)).vakken[0]
    assert plat(vak.naam) == "A | B | C"


def test_the_formal_besluit_lists_every_application_with_its_outcome() -> None:
    tekst = read("toelatingsbesluit", VOORBEELDEN["toelatingsbesluit"])
    for aanbieder in ("Stichting De Lindehof Begeleiding", "Zorgpunt Vlinderdijk B.V.", "Combinatie Meierij Samen"):
        assert aanbieder in tekst
    assert "Begeleidingsbureau Ochtendgloren" in tekst
    assert "niet in behandeling genomen" in tekst
    assert "toegelaten onder voorwaarde" in tekst


def test_the_formal_besluit_carries_mandate_motivation_and_audit_reference() -> None:
    tekst = read("toelatingsbesluit", VOORBEELDEN["toelatingsbesluit"])
    assert "mandaatbesluit inkoop sociaal domein" in tekst
    assert vb.REDEN_LID.toelichting in tekst
    assert "regel 412" in tekst
    assert "4d" * 32 in tekst
    assert "5e" * 32 in tekst


def test_a_round_with_one_application_and_nothing_put_aside_reads_well() -> None:
    besluit = make_toelatingsbesluit()
    klein = msgspec.structs.replace(besluit, aanmeldingen=besluit.aanmeldingen[:1], overige=())
    tekst = read("toelatingsbesluit", klein)
    assert "Er is één aanmelding ontvangen. Daarvan is er één getoetst." in tekst
    assert "Bijlage 2 Controlegegevens" in tekst


def test_the_publication_prints_the_questions_that_people_will_answer() -> None:
    tekst = read("publicatietekst", make_publicatietekst())
    assert "Zo toetsen wij: Een certificaat HKZ, geldig op de sluiting. M-03-1: Is er getoetst" in tekst


def test_the_publication_lists_criteria_tariffs_rounds_and_court() -> None:
    tekst = read("publicatietekst", VOORBEELDEN["publicatietekst"])
    assert "M-13" in tekst
    assert "€ 561,80" in tekst
    assert "31 maart 2020 om 23:59:59 uur" in tekst
    assert "Rechtbank Oost-Brabant" in tekst
    assert "er wordt niet geselecteerd" in tekst


def test_an_instant_of_winter_is_printed_in_winter_time() -> None:
    brief = msgspec.structs.replace(
        VOORBEELDEN["intrekkingsbevestiging"],
        ingetrokken_op=datetime(2020, 2, 3, 23, 30, 0, tzinfo=UTC),
        datum=date(2020, 2, 4),
    )
    assert "4 februari 2020 om 00:30:00 uur" in read("intrekkingsbevestiging", brief)


@pytest.mark.parametrize("soort", ["toelatingsbrief", "besluitbrief"])
def test_a_condition_comes_with_what_was_submitted_and_why_it_is_not_enough_yet(soort: str) -> None:
    brief = msgspec.structs.replace(VOORBEELDEN[soort], voorwaarden=(vb.VOORWAARDE,))
    tekst = read(soort, brief)
    assert "Ingediend: Certificaat HKZ (hkz.pdf, ontvangen op 18 maart 2020)" in tekst
    assert "Oordeel: Nog niet zonder voorwaarde. Het certificaat HKZ is geldig tot en met 12 juni 2020." in tekst


def test_a_letter_with_a_condition_that_has_no_reason_is_not_made() -> None:
    zonder = msgspec.structs.replace(vb.VOORWAARDE, toelichting="")
    with pytest.raises(OntbrekendeVeldenError, match="toelichting"):
        build("toelatingsbrief", msgspec.structs.replace(VOORBEELDEN["toelatingsbrief"], voorwaarden=(zonder,)))


def test_the_besluit_on_the_round_gives_the_reason_of_a_condition_too() -> None:
    tekst = read("toelatingsbesluit", make_toelatingsbesluit())
    assert "Oordeel: Nog niet zonder voorwaarde. Het certificaat HKZ is geldig tot en met 12 juni 2020." in tekst


def test_the_letter_on_a_met_condition_names_the_besluit_that_the_agreement_rests_on() -> None:
    brief = msgspec.structs.replace(VOORBEELDEN["brief-voorwaarde-vervuld"], ondertekenaar=vb.WETHOUDER)
    tekst = read("brief-voorwaarde-vervuld", brief)
    assert "op 16 juni 2020 besloten u zonder voorwaarde toe te laten, in besluit B-M-2020-2-2." in tekst
    assert "namens de colleges van burgemeester en wethouders" in tekst


def test_the_letter_that_an_admission_lapses_names_its_own_besluit() -> None:
    tekst = read("brief-toelating-vervalt", VOORBEELDEN["brief-toelating-vervalt"])
    assert "Dit besluit is genomen op 22 juni 2020 en heeft kenmerk B-M-2020-2-2." in tekst
    assert "Nog niet zonder voorwaarde" not in tekst


@pytest.mark.parametrize("soort", ["afwijzingsbrief", "besluitbrief"])
def test_who_is_refused_without_a_request_for_repair_is_sent_to_the_reasons(soort: str) -> None:
    brief = msgspec.structs.replace(VOORBEELDEN[soort], herstel_gevraagd_op=None, herstel_antwoord_op=None)
    tekst = read(soort, brief)
    assert "Wij hebben u geen herstelverzoek gestuurd; waarom niet, staat bij elke reden." in tekst
    assert "niet nodig" not in tekst


def test_a_perceel_that_is_admitted_with_some_of_its_products_says_so() -> None:
    tekst = read("besluitbrief", VOORBEELDEN["besluitbrief"])
    assert "toegelaten, voor een deel" in tekst
    assert "voor een deel |" not in read("toelatingsbrief", VOORBEELDEN["toelatingsbrief"])


@pytest.mark.parametrize("soort", ["afwijzingsbrief", "besluitbrief", "selectiebrief"])
@pytest.mark.dekking("H19-50")
def test_what_was_only_asked_for_information_is_no_reason_and_the_letter_says_so(soort: str) -> None:
    brief = msgspec.structs.replace(
        VOORBEELDEN[soort],
        redenen=VOORBEELDEN[soort].redenen or VOORBEELDEN["afwijzingsbrief"].redenen,  # type: ignore[attr-defined]
        ter_informatie=("H-06 (Specialisme en werkgebied)",),
    )
    assert "Criterium H-06 (Specialisme en werkgebied) is alleen ter informatie." in read(soort, brief)
    assert "geen reden voor dit besluit" not in read(soort, VOORBEELDEN[soort])
