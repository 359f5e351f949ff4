"""Profiles of agreements: the article map, what a profile asks, and the numbers of the national standard."""

from __future__ import annotations

import json

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.contractprofiel import (
    CS_WMO_12,
    NAMEN,
    OPDRACHT,
    PROFIELEN,
    SEED_MEIERIJ_2020,
    Contractthema,
    check_profiel,
    find_label,
    find_profiel,
)
from inkoop.domain.procedure import Wet
from inkoop.settings import CHECKOUT


@pytest.fixture(scope="module")
def hvb19():
    return load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml")


@pytest.fixture(scope="module")
def meierij():
    return load_procedure(CHECKOUT / "procedures" / "meierij-2020.yaml")


def ask(definitie, **anders):
    contract = msgspec.structs.replace(definitie.contract, **anders)
    return [b.code for b in check_profiel(msgspec.structs.replace(definitie, contract=contract))]


def test_the_numbers_of_the_contract_standard_are_those_of_its_published_structure(standaarden):
    deel = json.loads((standaarden / "structuur.json").read_text("utf-8"))["overeenkomst"]
    een = [(rij["art"], bool(rij.get("optioneel"))) for rij in deel["deel_1_alle_opdrachtnemers"]]
    drie = [(nummer, False) for hoofdstuk in deel["deel_3_generiek"] for nummer in hoofdstuk["artikelen"]]
    # "1.n" and "2.n" are room for more, not articles; part 2 counts once.
    verwacht = [rij for rij in een if rij[0] != "1.n"] + [("2", True)] + drie
    assert [(plek.nummer, plek.optioneel) for plek in CS_WMO_12.plekken] == verwacht


def test_the_titles_of_the_contract_standard_are_in_our_own_words(standaarden):
    tekst = json.loads((standaarden / "structuur.json").read_text("utf-8"))["overeenkomst"]
    koppen = [kop for h in tekst["deel_3_generiek"] for kop in h["artikelen"].values() if len(kop.split()) > 2]
    assert [plek.onderwerp for plek in CS_WMO_12.plekken if plek.onderwerp in koppen] == []


def test_the_seed_profiles_have_our_25_articles_and_every_subject_has_a_name():
    for naam in ("seed-hvb-2019", "seed-meierij-2020"):
        plekken = PROFIELEN[naam].plekken
        assert [plek.nummer for plek in plekken] == [str(nummer) for nummer in range(1, 26)]
        assert [plek.themas for plek in plekken] == [(thema,) for thema in Contractthema]
    assert set(NAMEN) == set(Contractthema)


def test_a_contract_for_a_task_has_other_articles_and_no_joining():
    assert find_label(OPDRACHT, Contractthema.TARIEVEN) == "budget"
    assert find_label(OPDRACHT, Contractthema.TOETREDING) == ""
    assert find_label("raamovereenkomst", Contractthema.TARIEVEN) == "tarieven"


def test_the_seeds_fit_their_own_profile(hvb19, meierij):
    assert (hvb19.contract.profiel, meierij.contract.profiel) == ("seed-hvb-2019", "seed-meierij-2020")
    assert ask(hvb19) == ask(meierij) == []


@pytest.mark.parametrize("aantal", [2, 4])
def test_the_hart_van_brabant_profile_has_exactly_three_indicators(hvb19, aantal):
    themas = tuple(f"thema {nummer}" for nummer in range(aantal))
    assert ask(hvb19, kwartaalthemas=themas) == ["profiel-kwartaalthemas"]
    assert ask(hvb19, kwartaalthemas=themas, profiel="eigen") == []


@pytest.mark.parametrize("aantal", [7, 9])
def test_the_meierij_profile_has_exactly_eight_subjects(meierij, aantal):
    assert SEED_MEIERIJ_2020.kwartaalthemas == 8
    assert ask(meierij, kwartaalthemas=tuple(map(str, range(aantal)))) == ["profiel-kwartaalthemas"]


def test_the_contract_standard_asks_its_law_half_a_year_and_the_weights_of_the_index(hvb19):
    kort = msgspec.structs.replace(hvb19, looptijd=msgspec.structs.replace(hvb19.looptijd, opzegtermijn_maanden=5))
    half = msgspec.structs.replace(hvb19, looptijd=msgspec.structs.replace(hvb19.looptijd, opzegtermijn_maanden=6))
    assert ask(half, profiel="cs-wmo-1.2") == []
    assert ask(msgspec.structs.replace(kort, wet=Wet.JEUGDWET), profiel="cs-wmo-1.2", indexmethode=None) == [
        "profiel-wet",
        "profiel-opzegtermijn",
        "profiel-index",
    ]


@pytest.mark.parametrize("naam", ["seed-hvb-2021", "cs-wmo-1.3", "cs_wmo-1.2"])
def test_a_profile_that_looks_like_a_known_one_is_refused(hvb19, naam):
    assert ask(hvb19, profiel=naam) == ["profiel"]


def test_a_name_of_one_s_own_has_our_articles_and_asks_nothing(hvb19):
    assert ask(hvb19, profiel="zorg-zuid") == []
    assert find_profiel("zorg-zuid").eigen_nummers
