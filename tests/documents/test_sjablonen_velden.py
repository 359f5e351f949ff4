"""No document without its required fields: each is refused when missing, and named.

Bron: domein C.31.
"""

from __future__ import annotations

import msgspec
import pytest

from inkoop.documents.fouten import OntbrekendeVeldenError
from inkoop.documents.gegevens import SOORTEN, to_gegevens
from inkoop.documents.maken import make_document
from inkoop.documents.metagegevens import find_ontbrekend
from tests.documents.sjabloonproef import SJABLONEN, build, empty_veld, read_meta
from tests.documents.voorbeeldbestanden import read_voorbeelden
from tests.documents.voorbeeldgegevens import make_voorbeelden

BESTANDEN = read_voorbeelden()
VOORBEELDEN = {
    soort: to_gegevens(voorbeeld)
    for soort, voorbeeld in {**make_voorbeelden(), **BESTANDEN}.items()
    if "--" not in soort
}

C31 = {
    "herstelverzoek": "punten.criterium punten.eis punten.gevraagd datum herstel_tot ondertekenaar.naam",
    "toelatingsbrief": (
        "ronde.kenmerk percelen.code percelen.uitkomst ondertekenaar.mandaat besluit_datum datum"
        " ronde.tekenen ronde.ingang"
    ),
    "toelatingsbesluit": (
        "ronde.kenmerk aanmeldingen.aanbieder aanmeldingen.percelen.uitkomst ondertekenaar.mandaat datum"
        " ronde.tekenen ronde.ingang"
    ),
    "afwijzingsbrief": (
        "redenen.criterium redenen.eis redenen.toelichting redenen.herstelbaarheid rechtsbescherming.einde"
        " rechtsbescherming.rechtbank behandelaars.beoordelaars behandelaars.jurist ondertekenaar.mandaat"
    ),
    "besluitbrief": (
        "redenen.criterium redenen.eis redenen.toelichting redenen.herstelbaarheid rechtsbescherming.einde"
        " rechtsbescherming.rechtbank behandelaars.beoordelaars behandelaars.jurist ondertekenaar.mandaat ronde.tekenen"
    ),
    "brief-toelating-vervalt": (
        "voorwaarden.tekst voorwaarden.bewijs_uiterlijk redenen.toelichting rechtsbescherming.einde"
    ),
    "brief-te-laat": "ontvangen_op ronde.sluiting rechtsbescherming.einde rechtsbescherming.rechtbank",
    "ontvangstbevestiging": "ontvangen_op bestanden.bestand bestanden.sha256",
    "raamovereenkomst": (
        "contractnummer gemeenten.naam aanbieder.leden.naam gemeenten.volmacht_grondslag percelen.code tarief.versie"
        " looptijd.ingang looptijd.verlenging_maanden looptijd.opzegtermijn_maanden looptijd.max_einddatum indexering"
        " bekostiging social_return sanctieladder procedure_hash exemplaren gegevensafspraak.rol"
        " gegevensafspraak.motivering gegevensafspraak.doelen gegevensafspraak.bewaartermijn"
        " gegevensafspraak.datalekcontact"
    ),
    "addendum": "contractnummer cyclusjaar aanleiding ingang datum tekenen_uiterlijk gemeenten.naam",
    "publicatietekst": (
        "procedure.kwalificatie procedure.wet percelen.code volume rondes.kenmerk rondes.sluiting"
        " organisatie.platform rechtbank"
    ),
    "inkoopstrategie": (
        "cijfers.aantal cijfers.bron cijfers.jaar keuzes.gekozen keuzes.alternatieven keuzes.argument scope"
        " buiten_scope criteria.criterium criteria.soort periodiciteit toetsmoment toetscriteria fallback"
    ),
    "marktconsultatieverslag": (
        "sessies.doelgroep sessies.datum sessies.aantal reacties.thema reacties.ingebracht reacties.reactie"
        " reacties.gevolg"
    ),
    "leidraad": (
        "criteria.criterium criteria.peilmomenten criteria.bewijs criteria.herstelbaar criteria.toepassing"
        " rondes.sluiting rondes.stappen.datum max_deelname atw vragenrondes.vragen_tot tariefbijlage.versie"
        " conceptovereenkomst.versie"
    ),
    "nota-van-inlichtingen": "nummer datum sluiting beantwoord_door jurist akkoord_op",
    "samenwerkingsovereenkomst-aanbieder": "ontwikkelagenda.onderwerp overleg.frequentie evaluatie deelnemers",
    "gegevensafspraken": (
        "gegevensafspraak.rol gegevensafspraak.motivering verwerkingen.verwerking gegevensafspraak.gegevens"
        " gegevensafspraak.bewaartermijn gegevensafspraak.datalekcontact meldtermijn_uren maatregelen.tekst"
    ),
    "verlengingsbrief": (
        "optienummer duur_maanden nieuwe_einddatum besluit_datum ondertekenaar.mandaat datum kennisgeving_gehaald"
    ),
    "overeenkomst-van-opdracht": (
        "contractnummer gemeenten.naam gemeenten.volmacht_grondslag percelen.code budget.bedrag ingang einde"
        " opzegtermijn_maanden indexering betaling social_return exemplaren"
    ),
}

MAG_LEEG = {"nota-van-inlichtingen": "vragen wijzigingen planning", "gegevensafspraken": "subverwerkers"}
"""Fields of C.31 that may hold nothing, but never be left out: the text then says that there is nothing."""


def test_every_document_type_has_a_template_a_struct_and_a_sample() -> None:
    assert set(SJABLONEN.list_soorten()) == set(SOORTEN) == set(VOORBEELDEN)


@pytest.mark.parametrize("soort", sorted(C31))
def test_the_required_fields_of_the_catalogue_are_required(soort: str) -> None:
    assert set(C31[soort].split()) <= set(read_meta(soort).verplichte_velden)


@pytest.mark.parametrize(
    ("soort", "veld"), [(soort, veld) for soort, velden in MAG_LEEG.items() for veld in velden.split()]
)
def test_a_list_that_may_be_empty_may_not_be_left_out(soort: str, veld: str) -> None:
    kaal = {naam: waarde for naam, waarde in VOORBEELDEN[soort].items() if naam != veld}
    with pytest.raises(OntbrekendeVeldenError):
        build(soort, kaal)
    build(soort, {**VOORBEELDEN[soort], veld: []})


@pytest.mark.parametrize("naam", sorted(naam for naam in BESTANDEN if "--" in naam))
def test_every_variant_of_a_document_passes_its_gates(naam: str) -> None:
    assert build(naam.partition("--")[0], BESTANDEN[naam]).titel


@pytest.mark.parametrize("soort", sorted(SOORTEN))
def test_every_required_field_is_missed_and_named_when_it_is_empty(soort: str) -> None:
    meta = read_meta(soort)
    for pad, label in meta.verplichte_velden.items():
        ontbrekend = find_ontbrekend(meta, empty_veld(VOORBEELDEN[soort], pad))
        assert label in {veld.label for veld in ontbrekend}, pad


@pytest.mark.parametrize(("soort", "pad"), [(soort, veld) for soort in sorted(C31) for veld in C31[soort].split()])
def test_a_document_without_a_field_of_the_catalogue_is_refused_by_its_name(soort: str, pad: str) -> None:
    with pytest.raises(OntbrekendeVeldenError) as fout:
        build(soort, empty_veld(VOORBEELDEN[soort], pad))
    assert read_meta(soort).verplichte_velden[pad] in str(fout.value)


def test_every_missing_field_is_named_at_once() -> None:
    leeg = empty_veld(empty_veld(VOORBEELDEN["afwijzingsbrief"], "redenen.toelichting"), "rechtsbescherming.einde")
    with pytest.raises(OntbrekendeVeldenError) as fout:
        build("afwijzingsbrief", leeg)
    assert {veld.pad for veld in fout.value.velden} >= {"redenen[1].toelichting", "rechtsbescherming.einde"}


@pytest.mark.parametrize("soort", sorted(set(SOORTEN) - {"publicatietekst", "nota-van-inlichtingen"}))
def test_every_document_passes_the_gates_on_bezwaar_and_gunnen(soort: str) -> None:
    assert {"geen-bezwaar", "geen-gunnen", "geen-plaatshouders", "geen-lege-velden"} <= set(read_meta(soort).controles)


# WeasyPrint leaves the colour profile that it ships open until it is collected.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
@pytest.mark.parametrize("soort", sorted(SOORTEN))
def test_every_document_is_made_in_all_its_forms(soort: str) -> None:
    gemaakt = make_document(SJABLONEN, soort, VOORBEELDEN[soort], kenmerk="M-2020-2/0007")
    assert gemaakt.pdf.startswith(b"%PDF-")
    assert gemaakt.docx.startswith(b"PK")
    assert gemaakt.titel in gemaakt.tekst


def test_a_quarterly_report_has_exactly_the_subjects_of_the_procedure() -> None:
    rapportage = BESTANDEN["kwartaalrapportage"]
    metingen = rapportage.metingen  # type: ignore[attr-defined]
    assert len(metingen) == 8
    with pytest.raises(ValueError, match="er ontbreekt: klachten per gemeente"):
        msgspec.structs.replace(rapportage, metingen=(metingen[0], *metingen[2:]))
    with pytest.raises(ValueError, match="de volgorde is anders"):
        msgspec.structs.replace(rapportage, metingen=(metingen[1], metingen[0], *metingen[2:]))


def test_the_report_of_the_result_system_has_its_three_indicators() -> None:
    themas = BESTANDEN["kwartaalrapportage--resultaat"].themas  # type: ignore[attr-defined]
    assert themas == ("klanttevredenheid", "doelrealisatie", "uitval")
