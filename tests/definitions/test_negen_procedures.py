"""The systems of the seeds as files: what each says where it must differ from the others (A.1-A.8)."""

from datetime import date
from decimal import Decimal

import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.aanbod import Bekostiging, Cijfersoort
from inkoop.domain.kwalificeren import check_kwalificatie, qualify
from inkoop.domain.looptijd import check_verlenging, list_verlengingen
from inkoop.domain.mandaat import check_mandaat, list_gaten
from inkoop.domain.overgang import end_of_overgang, is_nieuw_stelsel
from inkoop.domain.planning import plan
from inkoop.domain.procedure import Kwalificatie
from inkoop.domain.samenwerking import Deelname, Kandidaatstand
from inkoop.domain.selectie import Procedurevorm
from inkoop.domain.tarief import Cel, TariefOntbreektError, list_tariefregels, price_arrangement

NAMEN = (
    "meierij-2020",
    "hvb-wmo-2019",
    "hvb-2021-begeleiding",
    "hvb-2021-dagbesteding",
    "hvb-2021-beschermd-wonen",
    "hvb-jeugd-2021-specialistisch",
    "hvb-jeugd-2021-wonen",
    "hvb-jeugd-2021-dagbehandeling",
    "hvb-jeugd-2021-veelvoorkomend",
)
GELADEN = {}


@pytest.fixture
def procedure(checkout):
    """Load a procedure by its name, each file once."""

    def load(naam):
        if naam not in GELADEN:
            GELADEN[naam] = load_procedure(checkout / "procedures" / f"{naam}.yaml")
        return GELADEN[naam]

    return load


@pytest.fixture
def hvb19(procedure):
    return procedure("hvb-wmo-2019")


def list_bekostiging(definitie):
    return {perceel.bekostiging_van(product) for perceel in definitie.percelen for product in perceel.producten}


@pytest.mark.parametrize(
    ("naam", "kwalificatie", "selectie", "vorm"),
    [
        ("meierij-2020", Kwalificatie.TOELATING, False, Procedurevorm.TOELATING),
        ("hvb-wmo-2019", Kwalificatie.AANHAAK, False, Procedurevorm.TOELATING),
        ("hvb-2021-begeleiding", Kwalificatie.SAS, True, Procedurevorm.ZEMVI_3),
        ("hvb-2021-dagbesteding", Kwalificatie.SAS, False, Procedurevorm.ZEMVI_1),
        ("hvb-2021-beschermd-wonen", Kwalificatie.SAS, True, Procedurevorm.ZEMVI_3),
        ("hvb-jeugd-2021-specialistisch", Kwalificatie.SAS, True, Procedurevorm.ZEMVI_3),
        ("hvb-jeugd-2021-wonen", Kwalificatie.SAS, True, Procedurevorm.ZEMVI_3),
        ("hvb-jeugd-2021-dagbehandeling", Kwalificatie.SAS, False, Procedurevorm.ZEMVI_1),
        ("hvb-jeugd-2021-veelvoorkomend", Kwalificatie.SAS, True, Procedurevorm.ZEMVI_3),
    ],
)
def test_each_system_has_its_own_kind_and_shape(procedure, naam, kwalificatie, selectie, vorm):
    definitie = procedure(naam)
    assert (definitie.kwalificatie, definitie.selectie, definitie.procedurevorm) == (kwalificatie, selectie, vorm)


@pytest.mark.parametrize(
    ("naam", "wijzen"),
    [
        pytest.param("meierij-2020", {Bekostiging.MAANDBEDRAG}, marks=pytest.mark.dekking("M20-20", "M20-21")),
        pytest.param("hvb-wmo-2019", {Bekostiging.RESULTAATTARIEF}, marks=pytest.mark.dekking("H19-30")),
        pytest.param("hvb-2021-begeleiding", {Bekostiging.LUMPSUM}, marks=pytest.mark.dekking("BG-06", "W21-BG-02")),
        pytest.param("hvb-2021-dagbesteding", {Bekostiging.PXQ}, marks=pytest.mark.dekking("DB-03", "W21-DB-01")),
        pytest.param("hvb-2021-beschermd-wonen", {Bekostiging.LUMPSUM}, marks=pytest.mark.dekking("BW-08")),
        pytest.param(
            "hvb-jeugd-2021-specialistisch", {Bekostiging.LUMPSUM}, marks=pytest.mark.dekking("SP-07", "J21-xx-02")
        ),
        pytest.param("hvb-jeugd-2021-wonen", {Bekostiging.PXQ}, marks=pytest.mark.dekking("WO-04", "J21-xx-02")),
        pytest.param(
            "hvb-jeugd-2021-dagbehandeling", {Bekostiging.PXQ}, marks=pytest.mark.dekking("JD-04", "J21-xx-02")
        ),
        pytest.param(
            "hvb-jeugd-2021-veelvoorkomend",
            {Bekostiging.ARRANGEMENT, Bekostiging.PXQ},
            marks=pytest.mark.dekking("VV-04", "J21-xx-02", "J21-xx-03"),
        ),
    ],
)
def test_each_system_pays_in_its_own_way(procedure, naam, wijzen):
    assert list_bekostiging(procedure(naam)) == wijzen


@pytest.mark.parametrize(
    ("naam", "einde", "verlengingen", "uiterst"),
    [
        pytest.param("hvb-wmo-2019", date(2020, 12, 31), 2, date(2022, 12, 31), marks=pytest.mark.dekking("H19-40")),
        pytest.param(
            "hvb-2021-begeleiding", date(2026, 12, 31), 2, date(2030, 12, 31), marks=pytest.mark.dekking("BG-13")
        ),
        pytest.param(
            "hvb-2021-dagbesteding", date(2026, 12, 31), 2, date(2030, 12, 31), marks=pytest.mark.dekking("DB-08")
        ),
        pytest.param(
            "hvb-2021-beschermd-wonen", date(2026, 12, 31), 2, date(2030, 12, 31), marks=pytest.mark.dekking("BW-22")
        ),
        pytest.param(
            "hvb-jeugd-2021-specialistisch",
            date(2026, 12, 31),
            0,
            date(2026, 12, 31),
            marks=pytest.mark.dekking("SP-12"),
        ),
        pytest.param(
            "hvb-jeugd-2021-wonen", date(2026, 12, 31), 0, date(2026, 12, 31), marks=pytest.mark.dekking("WO-13")
        ),
        pytest.param(
            "hvb-jeugd-2021-dagbehandeling",
            date(2024, 12, 31),
            2,
            date(2026, 12, 31),
            marks=pytest.mark.dekking("JD-12"),
        ),
        pytest.param(
            "hvb-jeugd-2021-veelvoorkomend",
            date(2024, 12, 31),
            3,
            date(2027, 12, 31),
            marks=pytest.mark.dekking("VV-11"),
        ),
    ],
)
def test_each_system_runs_for_its_own_term(procedure, naam, einde, verlengingen, uiterst):
    looptijd = procedure(naam).looptijd
    assert looptijd.einde_eerste_termijn == einde
    assert len(list_verlengingen(looptijd)) == verlengingen
    assert looptijd.max_einddatum == uiterst


@pytest.mark.dekking("W21-BG-03")
def test_an_option_of_another_length_is_refused(procedure):
    looptijd = procedure("hvb-2021-begeleiding").looptijd
    assert check_verlenging(looptijd, 1, date(2028, 12, 31)) == []
    (beletsel,) = check_verlenging(looptijd, 1, date(2027, 12, 31))
    assert "precies 24 maanden" in beletsel.tekst
    assert check_verlenging(looptijd, 3, date(2032, 12, 31))[0].code == "verlenging-onbekend"


@pytest.mark.dekking("W21-BG-01", "BG-02", "BG-03")
def test_begeleiding_has_twelve_areas_with_one_winner_and_a_lumpsum_each(procedure):
    definitie = procedure("hvb-2021-begeleiding")
    assert [perceel.code for perceel in definitie.percelen] == [f"G{n:02d}" for n in range(1, 13)]
    assert {perceel.max_aanbieders for perceel in definitie.percelen} == {1}
    regels = [list_tariefregels(definitie.tarieftabellen[0], perceel) for perceel in definitie.percelen]
    assert all(len(rij) == 1 and rij[0].product is None for rij in regels)


@pytest.mark.dekking("J21-xx-01")
def test_the_shares_of_the_segments_are_the_same_in_each_file_and_sum_to_100(procedure):
    segmenten = {procedure(naam).segmenten for naam in NAMEN if "jeugd" in naam}
    (rij,) = segmenten
    assert sum(segment.aandeel_clienten for segment in rij) == 100
    assert sum(segment.aandeel_kosten for segment in rij) == 100
    assert {segment.procedure for segment in rij} == {naam for naam in NAMEN if "jeugd" in naam}


@pytest.mark.dekking("J21-xx-05", "JD-03")
def test_bso_plus_is_bought_apart(procedure):
    assert [perceel.code for perceel in procedure("hvb-jeugd-2021-dagbehandeling").percelen] == ["JD", "BSO"]


@pytest.mark.parametrize(
    ("naam", "beschikking", "einde"),
    [
        pytest.param(
            "hvb-jeugd-2021-specialistisch",
            date(2023, 6, 30),
            date(2022, 12, 31),
            marks=pytest.mark.dekking("SP-13", "J21-xx-02"),
        ),
        pytest.param(
            "hvb-jeugd-2021-specialistisch",
            date(2022, 12, 30),
            date(2022, 12, 30),
            marks=pytest.mark.dekking("SP-13", "J21-xx-02"),
        ),
        pytest.param(
            "hvb-jeugd-2021-wonen",
            date(2025, 6, 30),
            date(2025, 6, 30),
            marks=pytest.mark.dekking("WO-14", "J21-xx-02"),
        ),
        pytest.param(
            "hvb-jeugd-2021-dagbehandeling",
            date(2023, 1, 1),
            date(2022, 12, 31),
            marks=pytest.mark.dekking("JD-13", "J21-xx-02"),
        ),
        pytest.param(
            "hvb-jeugd-2021-veelvoorkomend",
            date(2023, 1, 1),
            date(2022, 12, 31),
            marks=pytest.mark.dekking("VV-12", "J21-xx-02"),
        ),
    ],
)
def test_support_goes_on_until_the_beschikking_ends_or_the_last_day(procedure, naam, beschikking, einde):
    assert end_of_overgang(procedure(naam).overgang, beschikking) == einde


@pytest.mark.dekking("H19-57")
def test_who_reports_from_1_january_2019_falls_under_the_new_system(hvb19):
    assert not is_nieuw_stelsel(hvb19.overgang, date(2018, 12, 31))
    assert is_nieuw_stelsel(hvb19.overgang, date(2019, 1, 1))


@pytest.mark.dekking("H19-20", "H19-48")
def test_the_matrix_has_thirteen_rows_three_columns_and_an_amount_in_each_cell(hvb19):
    (perceel,) = hvb19.percelen
    assert len(perceel.producten) == 13
    assert [trede.code for trede in perceel.tredes] == ["bijna", "beperkt", "niet"]
    regels = list_tariefregels(hvb19.tarieftabellen[0], perceel)
    assert len(regels) == len({(regel.product, regel.trede) for regel in regels}) == 39


@pytest.mark.dekking("H19-20")
def test_mevrouw_jansen_costs_the_sum_of_two_cells_for_her_year(hvb19):
    (perceel,) = hvb19.percelen
    tabel = hvb19.tarieftabellen[0]
    cellen = [Cel(product="5a", trede="beperkt"), Cel(product="4a", trede="beperkt")]
    assert price_arrangement(tabel, cellen, 12, "Tilburg", perceel) == Decimal("2605.25") + Decimal("3055.25")


@pytest.mark.dekking("H19-20")
def test_2b_is_only_for_the_four_gemeenten_that_chose_it(hvb19):
    (perceel,) = hvb19.percelen
    regels = {(r.product, r.trede): r for r in list_tariefregels(hvb19.tarieftabellen[0], perceel)}
    assert regels["2b", "niet"].gemeenten == ("Dongen", "Goirle", "Hilvarenbeek", "Oisterwijk")
    assert regels["5c", "niet"].gemeenten == ()
    with pytest.raises(TariefOntbreektError, match="Tilburg neemt product 2b, trede 'niet' niet af"):
        price_arrangement(hvb19.tarieftabellen[0], [Cel(product="2b", trede="niet")], 12, "Tilburg", perceel)


@pytest.mark.dekking("H19-13", "H19-16")
def test_respite_has_two_amounts_per_etmaal_and_transport_one_per_day(hvb19):
    toeslagen = {toeslag.code: toeslag for toeslag in hvb19.tarieftabellen[0].toeslagen}
    assert {code: toeslag.eenheid for code, toeslag in toeslagen.items()} == {
        "KDV-begeleiding": "etmaal",
        "KDV-verblijf": "etmaal",
        "VERVOER": "dag",
    }
    assert toeslagen["VERVOER"].producten == ("1a", "1b", "5a", "5b", "5c")


@pytest.mark.dekking("H19-01", "H19-02", "H19-03")
def test_seven_gemeenten_take_part_one_with_a_reservation_one_left_and_one_may_join(hvb19):
    assert len(hvb19.gemeenten) == 7
    assert [g.naam for g in hvb19.gemeenten if g.deelname is Deelname.VOORBEHOUD] == ["Heusden"]
    assert {k.naam: k.stand for k in hvb19.kandidaten} == {
        "Loon op Zand": Kandidaatstand.UITGETREDEN,
        "Waalwijk": Kandidaatstand.KANDIDAAT,
    }


@pytest.mark.dekking("H19-05", "H19-06", "H19-07", "H19-08")
def test_the_mandate_rests_on_the_bestuursakkoord_and_ends_with_it(hvb19):
    (regeling,) = hvb19.regelingen
    (mandaat,) = hvb19.mandaten
    assert (regeling.geldig_van, regeling.geldig_tot) == (date(2017, 12, 14), date(2020, 12, 31))
    assert not regeling.rechtspersoon
    assert regeling.agendapunt
    assert {"lokale uitvoering", "backoffice", "toegang"} == set(regeling.buiten_reikwijdte)
    assert mandaat.geldig_tot == regeling.geldig_tot
    assert mandaat.volmacht_burgemeester


@pytest.mark.dekking("BP-13")
def test_extending_after_the_akkoord_waits_for_its_successor(hvb19):
    def check(op):
        return check_mandaat(
            hvb19.mandaten, functie=hvb19.mandaten[0].functie, onderwerp="verlenging", namens=["Tilburg"], op=op
        )

    assert check(date(2020, 12, 31)) == []
    assert [b.code for b in check(date(2021, 1, 1))] == ["mandaat-verlopen"]
    assert {(gat.ronde, gat.zeker) for gat in list_gaten(hvb19)} == {("H-2022", False)}


@pytest.mark.dekking("H19-42", "H19-53", "H19-54")
def test_three_pieces_always_and_a_fourth_when_it_is_needed(hvb19):
    assert [o.verplicht for o in hvb19.contract.onderdelen] == [True, True, True, False]


@pytest.mark.dekking("H19-55")
def test_addenda_are_drafted_by_1_october_signed_by_1_december_and_start_on_1_january(hvb19):
    dagen = {regel.dag for regel in plan(hvb19, load_feestdagen(2017, 2024)) if regel.soort == "addendum"}
    assert {date(2019, 10, 1), date(2019, 12, 1)} <= dagen


@pytest.mark.dekking("H19-43", "H19-45", "BP-18")
def test_the_rounds_of_hart_van_brabant_are_those_of_the_calendar(hvb19):
    regels = plan(hvb19, load_feestdagen(2017, 2024))
    dagen = [regel.dag.isoformat() for regel in regels if regel.ronde == "H-2020"]
    assert dagen == [
        "2019-05-01",
        "2019-05-15",
        "2019-05-31",
        "2019-06-17",
        "2019-06-24",
        "2019-07-08",
        "2019-08-30",
        "2019-09-19",
        "2019-10-01",
        "2019-12-01",
        "2020-01-01",
    ]
    (tekenen,) = [r for r in regels if r.ronde == "H-2020" and r.dag == date(2019, 12, 1)]
    assert "vrijdag 29 november 2019" in tekenen.waarom
    assert [r.dag for r in regels if r.soort == "aanhaak"] == [date(j, 4, 30) for j in (2019, 2020, 2021)]


def test_the_tender_of_2021_keeps_its_calendar(procedure):
    regels = plan(procedure("hvb-2021-begeleiding"), load_feestdagen(2021, 2031))
    wat = {regel.wat.removeprefix("BG-2021: "): regel.dag.isoformat() for regel in regels if regel.ronde == "BG-2021"}
    assert wat["selectie: besluiten nemen en versturen"] == "2021-07-16"
    assert wat["laatste dag voor een kort geding over de selectie"] == "2021-08-05"
    assert wat["definitieve voorstellen zijn binnen om 12:00:00"] == "2021-11-05"
    assert wat["laatste dag om een kort geding te beginnen"] == "2021-12-06"


@pytest.mark.dekking("M20-03", "M20-05")
def test_the_older_agreements_of_meierij_are_extended_by_a_year(procedure):
    voorgangers = {v.code: v for v in procedure("meierij-2020").voorgangers}
    assert {code: v.verlengd_tot for code, v in voorgangers.items()} == {
        "P1": None,
        "P2": date(2020, 12, 31),
        "P3": date(2020, 12, 31),
    }


@pytest.mark.dekking("M20-09", "H19-11", "W21-DB-03", "DB-07")
@pytest.mark.parametrize(
    ("naam", "product"),
    [
        ("meierij-2020", "zintuiglijk"),
        ("hvb-wmo-2019", "zintuiglijk"),
        ("hvb-wmo-2019", "hulpmiddelen"),
        ("hvb-2021-dagbesteding", "dagbesteding-opvang"),
    ],
)
def test_what_is_not_bought_is_refused_with_the_reason(procedure, naam, product):
    assert procedure(naam).uitgesloten_producten[product]


@pytest.mark.dekking("BP-11")
def test_spent_money_and_granted_volume_have_their_own_name(procedure):
    soorten = {c.soort for naam in NAMEN for c in procedure(naam).marktcijfers if "volume" in c.onderwerp}
    assert soorten == {Cijfersoort.BUDGET}


@pytest.mark.parametrize("naam", [naam for naam in NAMEN if naam != "meierij-2020"])
def test_the_answers_to_the_five_questions_lead_to_the_kind_in_the_file(procedure, naam):
    definitie = procedure(naam)
    assert check_kwalificatie(definitie) == []
    assert qualify(definitie.kwalificatietoets).bevestigd
    assert qualify(definitie.kwalificatietoets).boven_drempel


RIJEN = {
    "hvb-2021-begeleiding": [f"BG-{n:02d}" for n in range(1, 18)],
    "hvb-2021-dagbesteding": [f"DB-{n:02d}" for n in range(1, 8)],
    "hvb-2021-beschermd-wonen": [f"BW-{n:02d}" for n in range(1, 27)],
    "hvb-jeugd-2021-specialistisch": [f"SP-{n:02d}" for n in range(1, 14)],
    "hvb-jeugd-2021-wonen": [f"WO-{n:02d}" for n in range(1, 15)],
    "hvb-jeugd-2021-dagbehandeling": [f"JD-{n:02d}" for n in range(1, 14)],
    "hvb-jeugd-2021-veelvoorkomend": [f"VV-{n:02d}" for n in range(1, 13)],
}


@pytest.mark.parametrize(
    ("naam", "rij"),
    [pytest.param(naam, rij, marks=pytest.mark.dekking(rij)) for naam, rijen in RIJEN.items() for rij in rijen],
)
def test_each_bullet_of_2021_is_a_requirement_with_its_source(procedure, naam, rij):
    eisen = [eis for eis in procedure(naam).programma_van_eisen if rij in eis.bron.replace(";", ",").split(", ")]
    bronnen = [
        deel.strip() for eis in procedure(naam).programma_van_eisen for deel in eis.bron.replace(";", ",").split(",")
    ]
    assert eisen or any(deel.startswith(rij) for deel in bronnen), rij
