"""On established facts: a fact that is only stated never carries an outcome."""

from datetime import date

import pytest

from inkoop.domain.criteria.beoordeling import list_beoordelingspunten
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.dossier import Herkomst
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    judge,
    make_criterium,
    make_dossier,
    make_editie,
    run,
)

CRITERIUM = make_criterium(documenttoets())
VAST = {"feitenbasis": Feitenbasis.VASTGESTELD}


def test_a_stated_fact_counts_as_long_as_nothing_is_decided():
    assert judge(CRITERIUM, document(herkomst=Herkomst.OPGEGEVEN)).uitkomst is Uitkomst.VOLDOET


def test_a_stated_fact_that_makes_the_difference_must_be_established():
    feit = document(herkomst=Herkomst.OPGEGEVEN)
    bevinding = judge(CRITERIUM, feit, **VAST)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.TE_BEOORDELEN, "feit-nog-vast-te-stellen")
    assert bevinding.bewijs == feit.bewijs


@pytest.mark.parametrize("herkomst", [Herkomst.VASTGESTELD, Herkomst.REGISTER])
def test_an_established_fact_carries_an_outcome(herkomst):
    assert judge(CRITERIUM, document(herkomst=herkomst), **VAST).uitkomst is Uitkomst.VOLDOET


def test_a_stated_fact_that_makes_no_difference_is_left_alone():
    vast = certificaat()
    bevinding = judge(make_criterium(certificaattoets()), vast, certificaat(herkomst=Herkomst.OPGEGEVEN), **VAST)
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert bevinding.bewijs == vast.bewijs


def test_a_stated_fact_that_would_lower_the_outcome_must_be_established_too():
    delen = make_criterium(documenttoets())
    laat = document(datum=date(2020, 4, 2), herkomst=Herkomst.OPGEGEVEN)
    bevinding = judge(delen, laat, herstelverloop=Herstelverloop.GESLOTEN, **VAST)
    assert bevinding.grond == "feit-nog-vast-te-stellen"


def test_nothing_is_said_to_be_missing_while_it_lies_there_unestablished():
    criterium = make_criterium(documenttoets(max_leeftijd_maanden=6))
    oud = document(datum=date(2019, 1, 1), herkomst=Herkomst.OPGEGEVEN)
    assert judge(criterium, oud, **VAST).grond == "feit-nog-vast-te-stellen"


def test_establishing_a_fact_is_no_matter_for_two_people():
    editie = make_editie(CRITERIUM)
    dossier = make_dossier(document(herkomst=Herkomst.OPGEGEVEN))
    assert list_beoordelingspunten(editie, dossier, run(editie, dossier, **VAST)) == ()


def test_a_missing_document_stays_missing_on_established_facts():
    assert judge(CRITERIUM, **VAST).uitkomst is Uitkomst.HERSTELBAAR
