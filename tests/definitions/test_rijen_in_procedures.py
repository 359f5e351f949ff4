"""What the seeds ask of a system and what is a setting: it stands in the file of that system, with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.fasen import check_overgang
from inkoop.domain.kalender import is_werkdag
from inkoop.domain.mandaat import list_mandaatvragen
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.samenwerking import Regelingsoort
from inkoop.settings import CHECKOUT
from tests.documents.sjabloonproef import SJABLONEN, read_meta

BG, BW, DB = "hvb-2021-begeleiding", "hvb-2021-beschermd-wonen", "hvb-2021-dagbesteding"
HVB, MEIERIJ = "hvb-wmo-2019", "meierij-2020"

INHOUD = [
    ("PROC-06", BG, "raadsinformatiebrief"),
    ("PROC-07", BG, "SW-bedrijven"),
    ("W21-BG-06", BG, "altijd om een formeel besluit vragen"),
    ("W21-BW-01", BW, "vijftien plaatsen"),
    ("BP-25", BW, "vijftien plaatsen"),
    ("W21-BW-02", BW, "binnen zes maanden"),
    ("W21-BW-03", BW, "BIG-registratie, personele mix en ervaringsjaren"),
    ("W21-BW-04", BW, "onderaannemers wordt getoetst"),
    ("W21-BW-05", BW, "agenda en verslag"),
    ("W21-BW-06", BW, "vierentwintig uur per dag"),
    ("W21-DB-02", DB, "arbeidsdeskundig onderzoek"),
    ("BP-09", BG, "grote en kleine organisaties"),
    ("BP-06", MEIERIJ, "elk criterium heeft een motivering"),
    ("H19-09", HVB, "2017-01-26"),
    ("H19-10", HVB, "kopie van de overeenkomst voor haar archief"),
    ("H19-12", HVB, "geen apart resultaatgebied"),
    ("H19-14", HVB, "één partij die het mandaat heeft"),
    ("H19-21", HVB, "zelf hoe hij het resultaat bereikt"),
    ("H19-23", HVB, "ruimte voor kleine aanbieders"),
    ("H19-24", HVB, "meer gebieden in één plan"),
    ("H19-31", HVB, "de betaling stopt zodra"),
    ("H19-32", HVB, "klanttevredenheid, doelrealisatie"),
    ("H19-33", HVB, "high trust, high penalty"),
    ("H19-35", HVB, "ten hoogste de kostprijs"),
    ("H19-36", HVB, "nooit hoger dan"),
    ("H19-37", HVB, "Nieuwe werkwijzen mogen"),
    ("H19-41", HVB, "alle deelnemende gemeenten"),
    ("H19-44", HVB, "opnieuw aan; het besluit komt in een addendum"),
    ("H19-47", HVB, "aansluiten op Jeugd en op landelijke standaarden"),
    ("H19-49", HVB, "één aanbod voor alle deelnemende gemeenten"),
    ("H19-50", HVB, "specialisme"),
    ("H19-51", HVB, "digitale platform"),
    ("H19-52", HVB, "ook voor een combinatie"),
    ("H19-56", HVB, "einde_beschikking"),
    ("H19-58", HVB, "verbeterplan"),
    ("H19-59", HVB, "Communicatieplan"),
    ("BP-14", HVB, "procesafspraken"),
    ("BP-23", HVB, "Samenwerkingsovereenkomst met aanbieders"),
    ("M20-10", MEIERIJ, "jeugdhulp Noordoost-Brabant"),
    ("M20-27", MEIERIJ, "toewijzing, start, einde en declaratie"),
    ("M20-33", MEIERIJ, "maakt de uitkomst openbaar"),
    ("M20-37", MEIERIJ, "alleen_zelfde_aanbieder"),
    ("M20-44", MEIERIJ, "Projectorganisatie en planning"),
    ("M20-53", MEIERIJ, "veilig, doeltreffend, doelmatig"),
    ("M20-55", MEIERIJ, "Samenwerkingsovereenkomst tussen de gemeenten"),
]
"""Row, procedure, and words that stand in what the procedure says with that row as its source."""


@cache
def load(naam: str) -> Proceduredefinitie:
    return load_procedure(CHECKOUT / "procedures" / f"{naam}.yaml")


def list_met_bron(waarde: object, rij: str) -> Iterator[str]:
    """The text of every part of a procedure that names the row as its source."""
    if isinstance(waarde, msgspec.Struct):
        bron = getattr(waarde, "bron", None)
        if isinstance(bron, str) and re.search(rf"(?<![\w-]){re.escape(rij)}(?![\w-])", bron):
            yield msgspec.json.encode(waarde).decode()
        for veld in waarde.__struct_fields__:
            yield from list_met_bron(getattr(waarde, veld), rij)
    elif isinstance(waarde, tuple):
        for deel in waarde:
            yield from list_met_bron(deel, rij)


@pytest.mark.parametrize(
    ("rij", "naam", "woorden"), [pytest.param(*een, marks=pytest.mark.dekking(een[0])) for een in INHOUD]
)
def test_what_a_row_asks_stands_in_the_procedure_with_the_row_as_its_source(rij: str, naam: str, woorden: str):
    assert any(woorden in tekst for tekst in list_met_bron(load(naam), rij))


CRITERIA = {
    "M-01": ("geschiktheidseis", "ervaring"),
    "M-02": ("minimumeis", "locatie"),
    "M-03": ("geschiktheidseis", "certificaat"),
    "M-04": ("geschiktheidseis", "beoordeling"),
    "M-05": ("geschiktheidseis", "certificaat"),
    "M-06": ("geschiktheidseis", "document"),
    "M-07": ("minimumeis", "een_van"),
    "M-08": ("geschiktheidseis", "personeel"),
    "M-09": ("minimumeis", "beoordeling"),
    "M-10": ("minimumeis", "beoordeling"),
    "M-11": ("geschiktheidseis", "document"),
    "M-12": ("minimumeis", "verklaring"),
    "M-13": ("minimumeis", "alle_van"),
}
"""Per criterium of the Meierij its group, and how it is tested."""


@pytest.mark.parametrize("criterium", [pytest.param(een, marks=pytest.mark.dekking(een, "M20-40")) for een in CRITERIA])
def test_each_of_the_thirteen_criteria_has_its_group_its_kind_of_test_and_a_reason(criterium: str):
    editie = load_criteriaset(find_editie(CHECKOUT / "criteria", "meierij-wmo", "2020-1"))
    (gevonden,) = [een for een in editie.criteria if een.id == criterium]
    soort = type(gevonden.toets).__struct_config__.tag
    assert (gevonden.groep.value, soort) == CRITERIA[criterium]
    assert gevonden.motivering.strip()
    assert gevonden.bewijs.strip()


KEUZES = [
    (MEIERIJ, "BP-01"),
    (MEIERIJ, "BP-02"),
    (MEIERIJ, "BP-03"),
    (MEIERIJ, "BP-04"),
    (HVB, "BP-12"),
    (HVB, "BP-16"),
    (BG, "BP-10"),
]


@pytest.mark.parametrize(
    ("naam", "keuze"), [pytest.param(*een, marks=pytest.mark.dekking(een[1], hoe="gedrag")) for een in KEUZES]
)
def test_a_choice_that_the_seeds_leave_open_must_be_made_before_publication(naam: str, keuze: str):
    definitie = load(naam)
    zonder = msgspec.structs.replace(definitie, keuzes={**definitie.keuzes, keuze: " "})

    def list_keuzes(een: Proceduredefinitie) -> list[str]:
        redenen = check_overgang(een, Fase.VOORBEREIDEN, Fase.PUBLICEREN, [], op=date(2030, 1, 1))
        return [reden.tekst for reden in redenen if reden.code == "keuze-ontbreekt"]

    assert list_keuzes(definitie) == []
    assert [keuze in tekst for tekst in list_keuzes(zonder)] == [True]


@pytest.mark.dekking("BP-24")
@pytest.mark.parametrize("naam", [BG, BW, DB, HVB, MEIERIJ])
def test_the_go_comes_before_the_inkoopdocumenten_and_after_the_strategy(naam: str):
    stappen = [stap.id for stap in load(naam).stappen]
    strategie = "inkoopplan" if naam == HVB else "inkoopstrategie"
    assert stappen.index(strategie) < stappen.index("go-no-go") < stappen.index("inkoopdocumenten")


@pytest.mark.dekking("M20-01", "M20-04", "M20-07")
def test_three_gemeenten_buy_one_perceel_in_three_parts():
    definitie = load(MEIERIJ)
    assert {gemeente.naam for gemeente in definitie.gemeenten} == {"Vught", "Meierijstad", "'s-Hertogenbosch"}
    assert [perceel.code for perceel in definitie.percelen] == ["1A", "1B", "1C"]


@pytest.mark.dekking("M20-32", "BP-03")
def test_two_years_and_then_a_year_at_a_time_with_a_last_day():
    looptijd = load(MEIERIJ).looptijd
    assert (looptijd.ingang, looptijd.einde_eerste_termijn) == (date(2020, 1, 1), date(2021, 12, 31))
    assert (looptijd.verlenging, looptijd.verlenging_maanden) == ("stilzwijgend", 12)
    assert (looptijd.opzegtermijn_maanden, looptijd.max_einddatum) == (6, date(2025, 12, 31))


@pytest.mark.dekking("H19-04")
def test_the_agreements_of_hart_van_brabant_begin_in_2019():
    assert load(HVB).looptijd.ingang == date(2019, 1, 1)


@pytest.mark.dekking("PROC-01", hoe="gedrag")
def test_the_six_fasen_follow_each_other_and_none_is_skipped():
    fasen = list(Fase)
    assert [fase.value for fase in fasen] == [
        "voorbereiden",
        "publiceren",
        "selecteren",
        "concretiseren",
        "contracteren",
        "implementeren",
    ]
    for van in fasen:
        for naar in fasen:
            geweigerd = any(
                reden.code == "volgorde" for reden in check_overgang(load(MEIERIJ), van, naar, [], op=date(2030, 1, 1))
            )
            assert geweigerd is (fasen.index(naar) != fasen.index(van) + 1)


@pytest.mark.dekking("H19-15")
def test_the_direction_of_safety_is_not_bought_and_area_4_says_so():
    definitie = load(HVB)
    assert "hoort niet bij resultaatgebied 4" in definitie.uitgesloten_producten["procesregie-veiligheid"]
    (gebied,) = [product for product in definitie.percelen[0].producten if product.code == "4a"]
    assert "de procesregie bij veiligheid hoort er niet bij" in gebied.omschrijving


@pytest.mark.dekking("BP-07")
@pytest.mark.parametrize(("naam", "schaal"), [(BG, "gebied"), (DB, "regio"), (BW, "regio")])
def test_each_perceel_has_one_scale_and_the_choice_is_laid_down(naam: str, schaal: str):
    definitie = load(naam)
    assert {perceel.schaal for perceel in definitie.percelen} == {schaal}
    assert schaal in definitie.keuzes["BP-07"]


@pytest.mark.dekking("BP-07", hoe="gedrag")
def test_a_perceel_without_a_scale_is_refused(tmp_path: Path):
    pad = tmp_path / "zonder.yaml"
    pad.write_text((CHECKOUT / "procedures" / f"{DB}.yaml").read_text().replace("    schaal: regio\n", ""))
    with pytest.raises(DefinitieError, match="schaal"):
        load_procedure(pad)


@pytest.mark.dekking("BP-08")
def test_the_term_and_the_number_of_dagbesteding_are_a_choice_that_publication_waits_for():
    definitie = load(DB)
    assert "BP-08" in definitie.verplichte_keuzes
    assert "zonder maximum aantal aanbieders" in definitie.keuzes["BP-08"]
    zonder = msgspec.structs.replace(definitie, keuzes={**definitie.keuzes, "BP-08": ""})
    redenen = check_overgang(zonder, Fase.VOORBEREIDEN, Fase.PUBLICEREN, [], op=date(2030, 1, 1))
    assert any("BP-08" in reden.tekst for reden in redenen)


@pytest.mark.dekking("BP-18")
def test_every_yearly_round_follows_from_the_days_that_are_fixed():
    definitie = load(HVB)
    vrij = load_feestdagen(2017, 2024)
    aanhaak, cyclus = definitie.gemeente_aanhaak, definitie.contract.addendumcyclus
    assert aanhaak is not None
    for ronde in definitie.instroom.rondes:
        jaar = ronde.ingang.year - 1
        eerste = date.fromisoformat(f"{jaar}-{aanhaak.voor}")
        while not is_werkdag(eerste, vrij):
            eerste += timedelta(days=1)
        assert ronde.opening == eerste, "de lijst van gemeenten staat dan vast"
        assert ronde.concept == date.fromisoformat(f"{jaar}-{cyclus.concept_uiterlijk}")
        assert ronde.tekenen == date.fromisoformat(f"{jaar}-{cyclus.tekenen_uiterlijk}")
        assert ronde.vervaltermijn < ronde.concept
        assert f"{ronde.ingang:%m-%d}" == cyclus.ingang == aanhaak.ingang
    assert "als vaststaat welke gemeenten meedoen" in definitie.keuzes["BP-18"]


@pytest.mark.dekking("BP-19")
def test_the_way_to_paid_work_belongs_to_area_5c():
    definitie = load(HVB)
    producten = {product.code: product.omschrijving for product in definitie.percelen[0].producten}
    assert [code for code, tekst in producten.items() if "toeleiding naar betaald werk" in tekst] == ["5c"]
    assert "5c" in definitie.keuzes["BP-19"]


@pytest.mark.dekking("BP-20")
def test_a_paragraph_number_that_stands_twice_in_the_source_is_cited_by_line():
    bronnen = [bron for bron in list_bronnen(load(MEIERIJ)) if re.search(r"(?<![\d.])1\.5(?![\d.])", bron)]
    assert len(bronnen) >= 3
    assert [bron for bron in bronnen if not re.search(r"1\.5 \(regels \d+-\d+\)", bron)] == []


def list_bronnen(waarde: object) -> Iterator[str]:
    """Every source in a procedure, in order."""
    if isinstance(waarde, msgspec.Struct):
        bron = getattr(waarde, "bron", None)
        if isinstance(bron, str):
            yield bron
        for veld in waarde.__struct_fields__:
            yield from list_bronnen(getattr(waarde, veld))
    elif isinstance(waarde, tuple):
        for deel in waarde:
            yield from list_bronnen(deel)


EIGEN_TEKSTEN = sorted(
    pad
    for map_, soort in (("procedures", "*.yaml"), ("criteria", "*/*.yaml"), ("sjablonen", "*/*.md"))
    for pad in (CHECKOUT / map_).glob(soort)
)
VERSCHRIJVINGEN = r"contact-?managers?\b|dagsteding|tussen (?:de )?gemeenten en de opdrachtgevers"


@pytest.mark.dekking("BP-15", hoe="tekst")
def test_slips_of_the_sources_are_not_taken_over():
    assert len(EIGEN_TEKSTEN) > 70
    gevonden = {pad.name: re.findall(VERSCHRIJVINGEN, pad.read_text(), re.IGNORECASE) for pad in EIGEN_TEKSTEN}
    assert {naam: woorden for naam, woorden in gevonden.items() if woorden} == {}


@pytest.mark.dekking("BP-15")
def test_high_trust_high_penalty_is_cited_where_it_stands_and_not_where_the_source_points():
    bronnen = [bron for bron in list_bronnen(load(HVB)) if "H19-33" in bron]
    assert [bron for bron in bronnen if not bron.startswith("S4 6")] == []
    assert bronnen != []


OMSCHRIJVING = (
    "inwoner is",
    "de inwoner van een Gemeente",
    "de inwoner die",
    "Een inwoner mag altijd een formeel besluit",
)
"""Where an agreement says who a client is, or speaks of somebody who is none yet."""

MET_AANBIEDERS = [
    soort
    for soort in SJABLONEN.list_soorten()
    if read_meta(soort).soort == "overeenkomst" and not soort.endswith("-gemeenten") and soort != "bestuursakkoord"
]


@pytest.mark.dekking("BP-21", hoe="tekst")
@pytest.mark.parametrize("soort", MET_AANBIEDERS)
def test_agreements_speak_of_the_client_of_the_law(soort: str):
    tekst = re.sub(r"\{%.*?%\}|\[[#@].*?\]", "", SJABLONEN.find_bestand(soort, "sjabloon.md").read_text())
    for vast in OMSCHRIJVING:
        tekst = tekst.replace(vast, "")
    assert re.findall(r"\b(?:klant|klanten|client|clienten|inwoner|inwoners)\b", tekst, re.IGNORECASE) == []


@pytest.mark.dekking("BP-21", hoe="tekst")
@pytest.mark.parametrize("naam", sorted(pad.stem for pad in (CHECKOUT / "procedures").glob("*.yaml")))
def test_what_a_procedure_puts_in_agreements_has_no_client_without_dots_and_no_klant(naam: str):
    definitie = load(naam)
    tekst = msgspec.json.encode((definitie.contract, definitie.programma_van_eisen)).decode()
    assert re.findall(r"\b(?:klant|klanten|client|clienten)\b", tekst, re.IGNORECASE) == []


@pytest.mark.dekking("BP-21", hoe="tekst")
def test_the_catalogue_speaks_of_residents():
    tekst = SJABLONEN.find_bestand("catalogusvermelding", "sjabloon.md").read_text()
    assert re.findall(r"\b(?:klant|client|cliënt)(?:en)?\b", tekst, re.IGNORECASE) == []
    assert "Elke inwoner van de deelnemende gemeenten mag deze aanbieder kiezen" in tekst


@pytest.mark.dekking("BP-22", hoe="gedrag")
@pytest.mark.parametrize("naam", sorted(pad.stem for pad in (CHECKOUT / "procedures").glob("*.yaml")))
def test_no_mandate_waits_for_a_jurist(naam: str):
    assert list_mandaatvragen(load(naam)) == []


@pytest.mark.dekking("BP-22", hoe="gedrag")
def test_a_mandate_for_several_gemeenten_on_a_bestuursakkoord_is_a_question_for_a_jurist():
    definitie = load(HVB)
    zonder = msgspec.structs.replace(definitie, keuzes={**definitie.keuzes, "BP-22": ""})
    (vraag,) = list_mandaatvragen(zonder)
    assert vraag.mandaat == "mandaat-hvb-2017"
    assert "namens 7 gemeenten" in vraag.tekst
    assert "elk college de eigen portefeuillehouder" in vraag.tekst
    eigen = tuple(msgspec.structs.replace(mandaat, namens=("Tilburg",)) for mandaat in definitie.mandaten)
    assert list_mandaatvragen(msgspec.structs.replace(zonder, mandaten=eigen)) == []


@pytest.mark.dekking("BP-22", hoe="gedrag")
@pytest.mark.parametrize(
    ("anders", "gevraagd"),
    [
        ({}, False),
        ({"soort": Regelingsoort.BESTUURSAKKOORD}, True),
        ({"soort": Regelingsoort.BESTUURSAKKOORD, "rechtspersoon": True}, False),
        ({"partijen": ("Vught", "Meierijstad")}, True),
        ({"geldig_tot": date(2023, 12, 30)}, True),
        ({"geldig_tot": date(2023, 12, 31)}, False),
    ],
)
def test_a_centrumregeling_of_all_gemeenten_for_the_whole_term_carries_a_mandate(
    anders: dict[str, Any], gevraagd: bool
):
    definitie = load(MEIERIJ)
    regelingen = tuple(msgspec.structs.replace(regeling, **anders) for regeling in definitie.regelingen)
    assert bool(list_mandaatvragen(msgspec.structs.replace(definitie, regelingen=regelingen))) is gevraagd
