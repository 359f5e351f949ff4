import pytest

from inkoop.domain.criteria import lezing
from inkoop.domain.criteria.criterium import (
    AlleVan,
    Certificaattoets,
    Documenttoets,
    EenToets,
    Getaltoets,
    Peilmoment,
    Registertoets,
    Uitsluitingtoets,
    Vraag,
)
from inkoop.domain.criteria.lezing import describe_criteriaset, list_peilmomenten
from tests.domain.test_scenariospel import make_set

CERTIFICAAT = Certificaattoets(
    norm="HKZ",
    gelijkwaardig=("ISO 9001",),
    geldig_op=(Peilmoment.SLUITING, Peilmoment.INGANG),
    gelijkwaardigheidsvragen=(Vraag(id="v1", tekst="Is het onafhankelijk getoetst?"),),
    scope_per_perceel={"1A": ("begeleiding", "zorg")},
    registerstatus_vereist=True,
)
DOCUMENT = Documenttoets(document="plan", peilmoment=Peilmoment.SLUITING, max_leeftijd_maanden=6, op_naam=True)
GETAL = Getaltoets(grootheid="plaatsen", minimum=15, peilmoment=Peilmoment.SLUITING)
REGISTER = Registertoets(registers=("AGB", "VECOZO"), alle=False, peilmoment=Peilmoment.INGANG)
UITSLUITING = Uitsluitingtoets(uitsluitingsgrond="fraude", peilmoment=Peilmoment.INDIENING, zelfreiniging_mogelijk=True)


@pytest.mark.parametrize(
    ("toets", "zin"),
    [
        (CERTIFICAAT, "Een certificaat HKZ, geldig op de sluiting en de ingang van de overeenkomst, en actief"),
        (CERTIFICAAT, "Voor perceel 1A staat op het certificaat: begeleiding of zorg."),
        (CERTIFICAAT, "v1: Is het onafhankelijk getoetst?"),
        (DOCUMENT, "Het stuk 'plan', dat er was op de sluiting en dan niet ouder was dan 6 maanden, op naam van"),
        (GETAL, "Plaatsen: ten minste 15 op de sluiting."),
        (REGISTER, "Een actieve inschrijving in AGB of VECOZO op de ingang van de overeenkomst."),
        (UITSLUITING, "Geldt hij wel, dan oordelen twee beoordelaars"),
    ],
)
def test_a_set_is_read_back_in_plain_sentences(toets, zin):
    assert zin in describe_criteriaset(make_set(toets))


def test_the_parts_of_a_combination_are_read_one_by_one():
    tekst = describe_criteriaset(make_set(AlleVan(delen=(DOCUMENT, REGISTER))))
    assert "    Alle van deze delen:\n    - Het stuk 'plan'" in tekst
    assert "    - Een actieve inschrijving in AGB of VECOZO" in tekst


def test_every_kind_has_a_reading():
    assert set(lezing._LEZINGEN) == set(EenToets.__args__)


def test_the_reference_moments_of_a_combination_are_listed_once_in_order():
    toets = AlleVan(delen=(REGISTER, DOCUMENT, CERTIFICAAT))
    assert list_peilmomenten(toets) == (Peilmoment.SLUITING, Peilmoment.INGANG)
