from datetime import date, datetime
from decimal import Decimal

import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.procedure import find_procedure, find_procedures, load_procedure
from inkoop.domain.fasen import check_overgang, list_open_stappen
from inkoop.domain.instroom import next_ronde
from inkoop.domain.mandaat import check_mandaat
from inkoop.domain.planning import plan
from inkoop.domain.procedure import Fase, Kwalificatie, Proceduredefinitie, Wet
from inkoop.domain.tarief import apply_index, tarieftabel_op
from inkoop.domain.uitstel import shift_jaar


@pytest.fixture(scope="module")
def tekst(checkout):
    """The file of Meierij with one requirement, so that reading it again and again is quick."""
    tekst = (checkout / "procedures" / "meierij-2020.yaml").read_text(encoding="utf-8")
    begin, einde = tekst.index("  - id: PVE-02"), tekst.index("\nkeuzes:\n") + 1
    return tekst[:begin] + tekst[einde:]


@pytest.fixture(scope="module")
def meierij(checkout) -> Proceduredefinitie:
    return load_procedure(checkout / "procedures" / "meierij-2020.yaml")


@pytest.fixture
def fouten(tmp_path, tekst):
    """Load the file after one change; the faults as (line, text), where the line is one of the changed file."""

    def load(oud, nieuw, *, aantal=1):
        assert oud in tekst
        pad = tmp_path / "proef.yaml"
        pad.write_text(tekst.replace(oud, nieuw, aantal), encoding="utf-8")
        with pytest.raises(DefinitieError) as error:
            load_procedure(pad)
        regels = pad.read_text(encoding="utf-8").splitlines()
        return [(regels[fout.regel - 1].strip(), fout.tekst) for fout in error.value.fouten]

    return load


def test_the_file_name_is_the_name_and_the_hash_that_of_the_bytes(meierij):
    assert meierij.naam == "meierij-2020"
    assert len(meierij.hash) == 64


def test_meierij_is_an_open_house_without_selection(meierij):
    assert (meierij.kwalificatie, meierij.selectie, meierij.wet) == (Kwalificatie.TOELATING, False, Wet.WMO)


def test_meierij_has_three_gemeenten_three_percelen_and_seven_products(meierij):
    assert [gemeente.naam for gemeente in meierij.gemeenten] == ["Vught", "Meierijstad", "'s-Hertogenbosch"]
    assert {perceel.code: [product.code for product in perceel.producten] for perceel in meierij.percelen} == {
        "1A": ["IB-waakvlam", "IB-basis", "IB-extra"],
        "1B": ["DB-basis", "DB-extra"],
        "1C": ["KDV-basis", "KDV-extra"],
    }


def test_only_products_of_1c_have_the_feature_verblijf(meierij):
    verblijf = [p.code for perceel in meierij.percelen for p in perceel.producten if "verblijf" in p.kenmerken]
    assert verblijf == ["KDV-basis", "KDV-extra"]


@pytest.mark.parametrize(
    ("product", "bedrag"),
    [
        ("IB-waakvlam", "118.00"),
        ("IB-basis", "412.50"),
        ("IB-extra", "655.25"),
        ("DB-basis", "498.75"),
        ("DB-extra", "742.00"),
        ("KDV-basis", "389.40"),
        ("KDV-extra", "561.80"),
    ],
)
def test_the_tariffs_of_2020_are_those_of_the_configuration(meierij, product, bedrag):
    tarieven = {tarief.product: tarief.bedrag for tarief in tarieftabel_op(meierij, date(2020, 7, 1)).tarieven}
    assert tarieven[product] == Decimal(bedrag)


def test_the_tariffs_of_2021_are_those_of_2020_with_the_index_that_the_file_names(meierij):
    tabel = tarieftabel_op(meierij, date(2021, 1, 1))
    assert "3,10 %" in tabel.grondslag
    assert tabel.tarieven == apply_index(tarieftabel_op(meierij, date(2020, 12, 31)), Decimal("3.10"))


@pytest.mark.parametrize(
    ("kenmerk", "dagen"),
    [
        (
            "M-2020-1",
            "2019-08-01 2019-09-30 2019-10-07 2019-10-21 2019-11-15 2019-12-05 2019-12-13 2020-01-01",
        ),
        (
            "M-2020-2",
            "2020-02-03 2020-03-31 2020-04-07 2020-04-21 2020-05-15 2020-06-04 2020-06-19 2020-07-01",
        ),
        (
            "M-2021-1",
            "2020-08-03 2020-09-30 2020-10-07 2020-10-21 2020-11-13 2020-12-03 2020-12-15 2021-01-01",
        ),
        (
            "M-2021-2",
            "2021-02-01 2021-03-31 2021-04-07 2021-04-21 2021-05-14 2021-06-03 2021-06-18 2021-07-01",
        ),
    ],
)
def test_the_rounds_are_those_of_the_calendar(meierij, kenmerk, dagen):
    regels = [r for r in plan(meierij, load_feestdagen(2018, 2026)) if r.ronde == kenmerk]
    assert " ".join(regel.dag.isoformat() for regel in regels) == dagen


def test_round_2020_2_closes_at_the_last_second_of_march_in_the_netherlands(meierij):
    ronde = meierij.find_ronde("M-2020-2")
    assert ronde.sluiting == datetime.fromisoformat("2020-03-31T21:59:59+00:00")
    assert ronde.criteria_editie == "2020-1"


def test_after_round_2020_2_the_next_opens_on_the_third_of_august(meierij):
    volgende = next_ronde(meierij, meierij.find_ronde("M-2020-2"))
    assert volgende is not None
    assert volgende.opening == date(2020, 8, 3)


def test_only_the_first_round_is_history(meierij):
    assert [r.kenmerk for r in meierij.instroom.rondes if r.historisch] == ["M-2020-1"]


@pytest.mark.parametrize("onderwerp", ["toelating", "afwijzing", "ondertekenen", "addendum", "toelating_vervallen"])
def test_the_gemandateerde_may_act_for_all_three_gemeenten_until_the_end_of_2023(meierij, onderwerp):
    def check(op):
        return check_mandaat(
            meierij.mandaten,
            functie="wethouder sociaal domein",
            onderwerp=onderwerp,
            namens=[gemeente.code for gemeente in meierij.gemeenten],
            op=op,
            tekenen=True,
        )

    assert check(date(2020, 5, 15)) == check(date(2023, 12, 31)) == []
    assert {beletsel.code for beletsel in check(date(2024, 1, 1))} == {"mandaat-verlopen"}


def test_every_fase_has_steps_and_publication_waits_for_them(meierij):
    assert all(list_open_stappen(meierij, fase, []) for fase in Fase)
    beletselen = check_overgang(meierij, Fase.VOORBEREIDEN, Fase.PUBLICEREN, [], op=date(2019, 8, 1))
    assert any("GO of NO-GO" in beletsel.tekst for beletsel in beletselen)


def test_the_programme_of_requirements_has_a_source_for_each_of_its_requirements(meierij):
    assert 20 <= len(meierij.programma_van_eisen) <= 30
    assert all(eis.bron for eis in meierij.programma_van_eisen)


def test_the_mandatory_choices_are_made(meierij):
    assert {"BP-01", "BP-03", "BP-04"} <= set(meierij.verplichte_keuzes)
    assert all(meierij.keuzes.get(keuze) for keuze in meierij.verplichte_keuzes)


def test_a_postponed_meierij_still_fits_its_own_terms(meierij):
    later = shift_jaar(meierij, load_feestdagen(2018, 2027))
    assert later.find_ronde("M-2020-2").opening == date(2021, 2, 3)
    assert later.looptijd.max_einddatum == date(2026, 12, 31)


def test_procedures_are_found_by_name(checkout):
    map_ = checkout / "procedures"
    assert find_procedure(map_, "meierij-2020") in find_procedures(map_)
    with pytest.raises(DefinitieError, match='Bedoelt u "meierij-2020"'):
        find_procedure(map_, "meijerij-2020")


def test_a_fault_names_file_line_and_column(tmp_path, tekst):
    pad = tmp_path / "proef.yaml"
    pad.write_text(tekst.replace("herstel_tot: 2020-04-21", "herstel_tot: 2020-04-20"), encoding="utf-8")
    regel = next(n for n, r in enumerate(pad.read_text(encoding="utf-8").splitlines(), 1) if "2020-04-20" in r)
    with pytest.raises(DefinitieError) as fout:
        load_procedure(pad)
    assert str(fout.value).startswith(f"{pad}:{regel}:20: ")
    assert "korter dan de termijn: 21 april 2020" in str(fout.value)


@pytest.mark.parametrize(
    ("oud", "nieuw", "regel", "deel"),
    [
        ("periodiciteit: halfjaar", "periodicteit: halfjaar", "periodicteit: halfjaar", 'Bedoelt u "periodiciteit"'),
        ("periodiciteit: halfjaar", "periodiciteit: halfjaarlijks", "periodiciteit: halfjaarlijks", '"halfjaar"'),
        ("selectie: nee", "selectie: ja", "selectie: ja", "hoort 'selectie: nee'"),
        ("selectie: nee", "selectie: no", "selectie: no", "meerduidig"),
        ("wet: wmo", "wet: wmo\nwet: wmo", "wet: wmo", "dubbel"),
        ("besluit: 2020-05-15", "besluit: 2020-05-32", "besluit: 2020-05-32", "bestaat niet"),
        ("tekenen: 2020-06-19", "tekenen: 2020-06-03", "tekenen: 2020-06-03", "na vervaltermijn (4 juni 2020)"),
        ("vervaltermijn: 2020-06-04", "vervaltermijn: 2020-06-06", "vervaltermijn: 2020-06-06", "zaterdag"),
        ("2020-03-31T23:59:59+02:00", "2020-03-31T23:59:59+01:00", "sluiting: 2020-03-31T23:59:59+01:00", "Nederland"),
        ("2020-03-31T23:59:59+02:00", "2020-03-31T23:59:59", "sluiting: 2020-03-31T23:59:59", "tijdzone"),
        ("kenmerk: M-2021-1", "kenmerk: M-2020-2", "- kenmerk: M-2020-2", "dubbel"),
        ("kenmerk: M-2021-1", "kenmerk: M/2021", "- kenmerk: M/2021", "letters, cijfers en streepjes"),
        ("code: DB-extra", "code: DB-basis", "- code: DB-basis", "dubbel"),
        ("      - {product: IB-extra, bedrag: 655.25}\n", "", "- {product: IB-waakvlam, bedrag: 118.00}", "IB-extra"),
        (
            "product: IB-extra, bedrag",
            "product: IB-extr, bedrag",
            "- {product: IB-extr, bedrag: 655.25}",
            "IB-extr,",
        ),
        ("zintuiglijk: >-", "IB-basis: >-", "IB-basis: >-", "staat ook in een perceel"),
        ("max_einddatum: 2025-12-31", "max_einddatum: 2025-06-30", "ingang: 2020-01-01", "niet op max_einddatum"),
        ("verlenging: stilzwijgend", "verlenging: stilzwijgen", "verlenging: stilzwijgen", '"stilzwijgend"'),
        ("na: [tariefconsultatie, go-no-go]", "na: [go-nogo]", "na: [go-nogo]", 'Bedoelt u "go-no-go"'),
        ("na: [uitgangspunten]", "na: [inkoopstrategie]", "na: [inkoopstrategie]", "wacht via 'na' op zichzelf"),
        ("na: [uitgangspunten]", "na: [publicatie]", "na: [publicatie]", "latere fase"),
        ("rol: gemandateerde", "rol: inkoper", "rol: inkoper", "De rol 'inkoper' is hier niet bekend"),
        ("rol: contractmanager", "rol: aanbieder", "rol: aanbieder", "De rol 'aanbieder'"),
        ("organen: [marktpartijen]", "organen: []", "organen: []", "noemt geen orgaan"),
        ("      - toelating\n", "", "- id: mandaat-meierij-2019", "mandaat voor 'toelating' namens Vught"),
        ("      - toelating\n", "      - toelaten\n", "- toelaten", 'Bedoelt u "toelating"'),
        ("namens: [Vught, Mei", "namens: [Haaren, Vught, Mei", "namens: [Haaren, Vught", "gemeente 'Haaren'"),
        ("geldig_tot: 2023-12-31", "geldig_tot: 2018-12-31", "geldig_tot: 2018-12-31", "voordat het begint"),
        ("    - gemeente: Meierijstad\n", "", "naam: Meierijstad", "geografie"),
        ("jaarcontrole_kwartaal: 4", "jaarcontrole_kwartaal: 5", "jaarcontrole_kwartaal: 5", "1, 2, 3 of 4"),
        ('tekenen_uiterlijk: "12-01"', 'tekenen_uiterlijk: "13-01"', 'tekenen_uiterlijk: "13-01"', "maand en dag"),
        ('tekenen_uiterlijk: "12-01"', 'tekenen_uiterlijk: "09-01"', 'tekenen_uiterlijk: "09-01"', "na het concept"),
        ("prestatie: alle prestaties", "prestatie: alles", "prestatie: alles", "alle prestaties"),
        ("herstel_dagen: 14", "herstel_dagen: 0", "herstel_dagen: 0", "ten minste 1"),
        ("  herstel_dagen: 14\n", "", "vervaltermijn_dagen: 20", "'herstel_dagen' ontbreekt"),
        ("  geschillencommissie: geen\n", "", "rechtbank: Rechtbank", "'geschillencommissie' ontbreekt"),
        ("ingang: 2021-07-01", "ingang: 2021-08-01", "ingang: 2021-08-01", "6 maanden na ronde M-2021-1"),
        ("  kwartaalthemas:\n", "  kwartaalthemas: []\n  kwartaalthema:\n", "kwartaalthema:", "niet bekend"),
    ],
)
def test_a_mistake_is_reported_at_its_place_with_what_to_do(fouten, oud, nieuw, regel, deel):
    gevonden = fouten(oud, nieuw)
    passend = [waar for waar, wat in gevonden if deel in wat]
    assert passend, gevonden
    assert any(regel in waar for waar in passend), gevonden


def test_all_mistakes_are_reported_at_once(tmp_path, tekst):
    pad = tmp_path / "proef.yaml"
    kapot = tekst.replace("herstel_tot: 2020-04-21", "herstel_tot: 2020-04-20").replace("rol: jurist", "rol: juriste")
    pad.write_text(kapot.replace("max_einddatum: 2025-12-31", "max_einddatum: 2025-06-30"), encoding="utf-8")
    with pytest.raises(DefinitieError) as fout:
        load_procedure(pad)
    assert len(fout.value.fouten) >= 3
    assert list(fout.value.fouten) == sorted(fout.value.fouten)


@pytest.mark.parametrize(
    ("sleutel", "deel"),
    [
        ("omzetplafond: 1000000", "plafond"),
        ("budgetplafond: 1000000", "plafond"),
        ("maximum_aantal_aanbieders: 30", "maximum aantal"),
        ("gunningscriteria: [prijs]", "gegund"),
        ("rangorde: prijs", "rangschikken"),
        ("weging: 60", "rangschikken"),
    ],
)
def test_a_cap_or_a_ranking_is_refused_in_a_procedure_without_selection(fouten, sleutel, deel):
    gevonden = fouten("max_deelname_per_perceel: 1", f"{sleutel}\nmax_deelname_per_perceel: 1")
    assert [waar for waar, _ in gevonden] == [sleutel]
    assert deel in gevonden[0][1]


def test_a_cap_cannot_be_hidden_in_a_free_block(fouten):
    gevonden = fouten("\nkeuzes:\n", "\nkeuzes:\n  omzetplafond: ten hoogste een miljoen\n")
    assert [waar for waar, _ in gevonden] == ["omzetplafond: ten hoogste een miljoen"]


@pytest.mark.parametrize("woord", ["gunnen wij", "wordt gegund", "de gunning"])
def test_our_own_texts_never_speak_of_awarding(fouten, woord):
    gevonden = fouten("titel: Specialistische", f"titel: Hier {woord} Specialistische")
    assert [wat for _, wat in gevonden if "niet gegund" in wat]


def test_a_source_may_speak_of_awarding(tmp_path, tekst):
    pad = tmp_path / "proef.yaml"
    pad.write_text(tekst.replace('bron: "FE-5; B.6"', 'bron: "FE-5; artikel over gunning"'), encoding="utf-8")
    assert load_procedure(pad).naam == "proef"


def test_a_procedure_with_selection_may_speak_of_awarding(checkout):
    assert (
        "gunning" in load_procedure(checkout / "procedures" / "hvb-2021-beschermd-wonen.yaml").mandaten[0].onderwerpen
    )


def test_a_committee_can_be_named_and_none_is_an_explicit_word(tmp_path, tekst, meierij):
    assert meierij.rechtsbescherming.geschillencommissie is None
    pad = tmp_path / "proef.yaml"
    naam = "geschillencommissie: Geschillencommissie Sociaal Domein"
    pad.write_text(tekst.replace("geschillencommissie: geen", naam), encoding="utf-8")
    assert load_procedure(pad).rechtsbescherming.geschillencommissie == "Geschillencommissie Sociaal Domein"


def test_an_empty_choice_loads_so_that_it_can_be_filled_before_publication(tmp_path, tekst):
    pad = tmp_path / "proef.yaml"
    regel = "  BP-04: de criteria en tarieven vooraf bekend zijn en voor iedere aanbieder gelijk\n"
    assert regel in tekst
    pad.write_text(tekst.replace(regel, ""), encoding="utf-8")
    beletselen = check_overgang(load_procedure(pad), Fase.VOORBEREIDEN, Fase.PUBLICEREN, [], op=date(2019, 8, 1))
    assert [b.tekst for b in beletselen if b.code == "keuze-ontbreekt"] == [
        "De verplichte keuze BP-04 is nog niet ingevuld. Vul die in onder 'keuzes'."
    ]
