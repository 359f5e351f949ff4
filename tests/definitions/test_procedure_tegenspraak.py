"""Contradictions in a procedure are refused at their place, in Dutch, with what to do (ontwerp 5)."""

import pytest

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.procedure import load_procedure

SP, HVB, WO, BG = "hvb-jeugd-2021-specialistisch", "hvb-wmo-2019", "hvb-jeugd-2021-wonen", "hvb-2021-begeleiding"
DB, JD = "hvb-2021-dagbesteding", "hvb-jeugd-2021-dagbehandeling"


@pytest.fixture
def fouten(checkout, tmp_path):
    """Load a procedure after one change; the faults as (line, text)."""

    def load(naam, oud, nieuw):
        tekst = (checkout / "procedures" / f"{naam}.yaml").read_text(encoding="utf-8")
        assert oud in tekst
        pad = tmp_path / f"{naam}.yaml"
        pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
        with pytest.raises(DefinitieError) as error:
            load_procedure(pad)
        regels = pad.read_text(encoding="utf-8").splitlines()
        return [(regels[fout.regel - 1].strip(), fout.tekst) for fout in error.value.fouten]

    return load


@pytest.mark.parametrize(
    ("naam", "oud", "nieuw", "regel", "deel"),
    [
        (SP, "kwalificatie: sas", "kwalificatie: toelating", "selectie: ja", "hoort 'selectie: nee'"),
        (SP, "procedurevorm: zemvi-3\n", "", "kwalificatie: sas", "hoort een 'procedurevorm'"),
        (SP, "procedurevorm: zemvi-3", "procedurevorm: zemvi-1", "procedurevorm: zemvi-1", "hoort bij 'selectie: nee'"),
        (SP, "procedurevorm: zemvi-3", "procedurevorm: emvi-3", "selectiecriteria:", "Voeg 'gunningscriteria' toe"),
        (SP, "procedurevorm: zemvi-3", "procedurevorm: zemvi-2", "rondes: 3", "heeft geen dialoog"),
        (SP, "procedurevorm: zemvi-3", "procedurevorm: zemvi-5", "procedurevorm: zemvi-5", "niet bekend"),
        (SP, "reservelijst: ja", "reservelijst: ja\n  deelnemers: 3", "deelnemers: 3", "emvi-2 of emvi-3"),
        (SP, "reservelijst: ja", "reservelijst: ja\n  deelnemers: 0", "deelnemers: 0", "ten minste 1 deelnemers"),
        (SP, "max_aanbieders: 1", "max_aanbieders: 0", "max_aanbieders: 0", "ten minste 1"),
        (SP, "    max_aanbieders: 1\n", "", "- code: SP", "'max_aanbieders' ontbreekt"),
        (SP, "weging: 60", "weging: 50", "- id: S-01", "samen 90"),
        (SP, "weging: 40", "weging: 0", "weging: 0", "meer dan 0"),
        (SP, "gelijke_stand: [S-01, loting]", "gelijke_stand: [S-03, loting]", "gelijke_stand: [S-03, loting]", "S-0"),
        (
            SP,
            "gelijke_stand: [S-01, loting]",
            "gelijke_stand: [loting, S-01]",
            "gelijke_stand: [loting, S-01]",
            "laatste",
        ),
        (SP, "      selectiebesluit: 2021-07-16\n", "", "- kenmerk: SP-2021", "'selectiebesluit' nodig"),
        (
            SP,
            "dialoog_van: 2021-08-09",
            "dialoog_van: 2021-08-05",
            "dialoog_van: 2021-08-05",
            "na selectie_vervaltermijn",
        ),
        (SP, "nota: 2021-06-21", "nota: 2021-06-22", "nota: 2021-06-22", "minder dan 10 dagen vóór sluiting"),
        (
            SP,
            "voorstel_tot: 2021-11-05T12:00:00+01:00",
            "voorstel_tot: 2021-11-05T12:00:00+02:00",
            "voorstel_tot",
            "Nederland",
        ),
        (
            SP,
            "overeenkomstsoort: overeenkomst van opdracht",
            "overeenkomstsoort: raamovereenkomst",
            "overeenkomst",
            "lumpsum",
        ),
        (SP, "aandeel_kosten: 40", "aandeel_kosten: 41", "- {code: VV", "samen 101"),
        (SP, "segment: SP", "segment: SQ", "segment: SQ", 'Bedoelt u "SP"'),
        (SP, "schaal: regio", "schaal: region", "schaal: region", 'Bedoelt u "regio"'),
        (
            SP,
            "{perceel: SP, bedrag: 38400000.00, eenheid: jaar}",
            "{perceel: SQ, bedrag: 1.00, eenheid: jaar}",
            "- {per",
            "mist een",
        ),
        (
            SP,
            "bedrag: 38400000.00, eenheid: jaar",
            "bedrag: 38400000.00, eenheid: uur",
            "- {perceel",
            "past niet bij lumpsum",
        ),
        (SP, "      - selectie\n", "", "- id: mandaat-hvb-2021", "mandaat voor 'selectie' namens Dongen"),
        (
            SP,
            "geldig_tot: 2030-12-31",
            "geldig_tot: 2021-12-16",
            "tekenen: 2021-12-17",
            "een geldig mandaat voor 'ondertekenen'",
        ),
        (
            SP,
            "geldig_van: 2021-01-01",
            "geldig_van: 2021-11-16",
            "besluit: 2021-11-15",
            "een geldig mandaat voor 'gunning'",
        ),
        (
            SP,
            "volmacht_burgemeester: ja",
            "volmacht_burgemeester: nee",
            "tekenen: 2021-12-17",
            "volmacht geeft om te tekenen",
        ),
        (SP, "  uiterste_datum: 2022-12-31\n", "", "wijze: uiterste_datum", "hoort een datum"),
        (SP, "begrensd: ja", "begrensd: nee\n  rondes: 3", "rondes: 3", "niet bekend"),
        (SP, "loongewicht: 90", "loongewicht: 80", "wijze: verschil", "samen 90"),
        (
            WO,
            "wijze: einde_beschikking",
            "wijze: einde_beschikking\n  uiterste_datum: 2022-12-31",
            "wijze",
            "zonder uiterste datum",
        ),
        (
            WO,
            "max_einddatum: 2026-12-31",
            "max_einddatum: 2027-12-31",
            "ingang: 2023-01-01",
            "max_einddatum gelijk aan",
        ),
        (JD, "aantal_opties: 2", "aantal_opties: 3", "ingang: 2023-01-01", "Er staan 3 opties van 12 maanden"),
        (JD, "verlenging_maanden: 12", "verlenging_maanden: 18", "ingang: 2023-01-01", "niet op max_einddatum"),
        (JD, "  aantal_opties: 2\n", "", "ingang: 2023-01-01", "hoort 'aantal_opties'"),
        (JD, "    bekostiging: pxq\n", "", "- code: JD-dagbehandeling", "staat er niet"),
        (JD, "eenheid: etmaal", "eenheid: etmal", "- {product: JD-respijt", "past niet bij pxq"),
        (
            HVB,
            "geldig_tot: 2020-12-31\n    grondslag",
            "geldig_tot: 2022-12-31\n    grondslag",
            "geldig_tot: 2022",
            "loopt langer dan",
        ),
        (
            HVB,
            "regeling: bestuursakkoord-2017\n",
            "regeling: bestuursakkoord-2018\n",
            "regeling: best",
            'Bedoelt u "bestuursakkoord-2017"',
        ),
        (HVB, "alleen_bij_optie: 2", "alleen_bij_optie: 3", "alleen_bij_optie: 3", "er zijn 2 opties"),
        (
            HVB,
            "      - {product: 1a, trede: bijna, bedrag: 980.50}\n",
            "",
            "- {product: 1a",
            "product 1a, trede 'bijna'",
        ),
        (HVB, "trede: bijna, bedrag: 980.50", "trede: best, bedrag: 980.50", "- {product: 1a", "trede 'best'"),
        (HVB, "gemeenten: [Dongen, Goirle", "gemeenten: [Breda, Goirle", "- gemeenten: [Breda", "gemeente 'Breda'"),
        (HVB, 'voor: "05-01"', 'voor: "1 mei"', 'voor: "1 mei"', "maand en dag"),
        (HVB, "- naam: Waalwijk", "- naam: Tilburg", "- naam: Tilburg", "doet al mee"),
        (HVB, "sanctieladder: ja", "sanctieladder: nee", "- naam: gesprek", "'sanctieladder' is nee"),
        (
            HVB,
            "      wanneer: als gemeente en aanbieder procesafspraken apart willen vastleggen\n",
            "",
            "- code: dienst",
            "'wanneer'",
        ),
        (HVB, "vergelijken: nee", "vergelijken: ja", "iedereen_die_voldoet: ja", "volgt kwalificatie 'sas'"),
        (HVB, "WB: 80800000.00", "WX: 80800000.00", "iedereen_die_voldoet: ja", "perceel WX"),
        (HVB, "bevestigd_op: 2017-10-02\n", "\n", "iedereen_die_voldoet", "én een datum"),
        (BG, "aantal: 12", "aantal: 0", "aantal: 0", "1 tot en met 99"),
        (BG, "naam: Begeleiding gebied {nummer}", "naam: Begeleiding", "naam: Begeleiding", "{nummer}"),
        (BG, "schaal: gebied", "schaal: gebid", "schaal: gebid", 'Bedoelt u "gebied"'),
        (BG, "{perceel: G12,", "{perceel: G13,", "- {perceel: G01", "lumpsum voor perceel G12"),
    ],
)
def test_a_contradiction_is_reported_at_its_place(fouten, naam, oud, nieuw, regel, deel):
    gevonden = fouten(naam, oud, nieuw)
    passend = [waar for waar, wat in gevonden if deel in wat]
    assert passend, gevonden
    assert any(regel in waar for waar in passend), gevonden


@pytest.mark.dekking("B.1.8")
def test_a_tendered_framework_agreement_above_48_months_needs_a_motivation(fouten, checkout):
    tekst = (checkout / "procedures" / f"{DB}.yaml").read_text(encoding="utf-8")
    motivering = tekst[tekst.index("  motivering_langer: >-") : tekst.index("\n\n", tekst.index("  motivering_langer"))]
    gevonden = fouten(DB, motivering, "")
    assert [waar for waar, _ in gevonden] == ["max_einddatum: 2030-12-31"]
    assert "ten hoogste 48 maanden, dus tot en met 31 december 2026" in gevonden[0][1]


@pytest.mark.dekking("B.1.6")
def test_choosing_on_price_alone_is_refused(fouten, checkout):
    tekst = (checkout / "procedures" / f"{SP}.yaml").read_text(encoding="utf-8")
    blok = tekst[tekst.index("  selectiecriteria:") : tekst.index("  gelijke_stand:")]
    gevonden = fouten(SP, blok, blok.replace("soort: kwaliteit", "soort: prijs"))
    assert any("alleen de prijs" in wat for _, wat in gevonden)


@pytest.mark.dekking("M20-31", "H19-46")
@pytest.mark.parametrize(
    ("naam", "oud", "nieuw"),
    [
        (HVB, "bekostiging: resultaattarief", "bekostiging: resultaattarief\n    max_aanbieders: 30"),
        (DB, "criteriaset: ", "selectieregels: {}\ncriteriaset: "),
        (DB, "criteriaset: ", "gunningscriteria: []\ncriteriaset: "),
    ],
)
def test_a_cap_or_ranking_is_refused_without_selection(fouten, naam, oud, nieuw):
    gevonden = fouten(naam, oud, nieuw)
    assert any("Zonder selectie" in wat or "is hier niet bekend" in wat or "ontbreekt" in wat for _, wat in gevonden)


M = "meierij-2020"


@pytest.mark.dekking("M20-06", "M20-58", "M20-59", hoe="gedrag")
@pytest.mark.parametrize(
    ("oud", "nieuw", "regel", "deel"),
    [
        ("doelen: [zelfredzaamheid,", "doelen: [zelfredzaamhied,", "doelen: [zelfredzaamhied", '"zelfredzaamheid"'),
        ("participatie, herstel]", "participatie, participatie]", "doelen: [zelf", "staat hier dubbel"),
        ("- {code: herstel,", "- {code: eenvoud,", "- {code: eenvoud", "staat hier dubbel"),
        ("{rol: financien, taak", "{rol: financieel, taak", "- {rol: financieel", '"financien"'),
        ("{rol: financien, taak", "{rol: inkoper, taak", "- {rol: inkoper", "staat hier dubbel"),
        ("datum: 2018-10-08}", "datum: 2018-10-08, aantal: 0}", "- {doelgroep: aanbieders", "ten minste één iemand"),
        (
            "instroom: [1A, 1B, 1C]",
            "instroom: [1A, 1D]",
            "instroom: [1A, 1D]",
            "De perceelcode '1D' is hier niet bekend",
        ),
    ],
)
def test_policy_names_goals_roles_and_percelen_that_exist(fouten, oud, nieuw, regel, deel):
    gevonden = fouten(M, oud, nieuw)
    assert any(plaats.startswith(regel) and deel in tekst for plaats, tekst in gevonden), gevonden


@pytest.mark.dekking("M20-06", hoe="gedrag")
def test_joining_from_an_older_agreement_needs_a_round_after_its_end(fouten):
    gevonden = fouten(
        M,
        "verlengd_met_maanden: 12\n    verlengd_tot: 2020-12-31",
        "verlengd_met_maanden: 60\n    verlengd_tot: 2024-12-31",
    )
    assert any("gaat geen ronde meer in" in tekst for _, tekst in gevonden), gevonden
