"""What a toets refuses to start with: every reason at once."""

from datetime import datetime

import msgspec
import pytest

from inkoop.domain.criteria.criterium import Locatietoets, Moment, Peilmoment
from inkoop.domain.criteria.dossier import AangebodenPerceel, Lidrol
from inkoop.domain.criteria.invoer import ToetsinvoerError
from tests.domain.criteria.bouwstenen import (
    ANKER,
    LINDEHOF,
    PEILDATUMS,
    PERCEEL_1A,
    document,
    documenttoets,
    ervaringtoets,
    make_criterium,
    make_dossier,
    oordeel,
    run,
)

CRITERIUM = make_criterium(documenttoets())


def codes(criteria, dossier, **keuzes):
    with pytest.raises(ToetsinvoerError) as gevangen:
        run(criteria, dossier, **keuzes)
    return {beletsel.code for beletsel in gevangen.value.beletselen}


def test_a_peildatum_that_is_not_bound_is_named():
    zonder = {moment: dag for moment, dag in PEILDATUMS.items() if moment is not Peilmoment.SLUITING}
    assert codes(CRITERIUM, make_dossier(), peildatums=zonder) == {"peildatum"}


def test_a_peildatum_that_no_criterion_of_this_moment_needs_may_be_missing():
    assert run(CRITERIUM, make_dossier(), peildatums={}, moment=Moment.JAARLIJKS).bevindingen == ()


def test_a_region_that_the_set_does_not_hold_is_named():
    toets = Locatietoets(functie="verblijf", regio="atlantis", peilmoment=Peilmoment.INGANG)
    assert codes(make_criterium(toets), make_dossier()) == {"regio"}


def test_an_application_has_one_penvoerder():
    assert codes(CRITERIUM, make_dossier(leden=(ANKER,))) == {"penvoerder"}
    tweede = msgspec.structs.replace(LINDEHOF, id="ander")
    assert codes(CRITERIUM, make_dossier(leden=(LINDEHOF, tweede))) == {"penvoerder"}


def test_a_single_applicant_has_no_members():
    assert codes(CRITERIUM, make_dossier(leden=(LINDEHOF, ANKER))) == {"enkel-met-leden"}


def test_a_fact_about_a_stranger_is_refused():
    assert codes(CRITERIUM, make_dossier(document(lid="onbekend"))) == {"onbekend-lid"}


def test_an_id_stands_for_one_fact():
    feit = document()
    assert codes(CRITERIUM, make_dossier(feit, feit)) == {"dubbel"}


def test_an_application_names_a_perceel():
    assert codes(CRITERIUM, make_dossier(percelen=())) == {"geen-perceel"}


def test_an_instant_without_a_time_zone_is_refused():
    naief = oordeel(True, "b1", ("x",), op=datetime(2020, 4, 1, 12, 0))
    assert codes(CRITERIUM, make_dossier(oordelen=(naief,))) == {"tijdzone"}


def test_a_criterion_per_product_needs_products():
    kaal = AangebodenPerceel(code="2b", producten=())
    assert codes(make_criterium(ervaringtoets()), make_dossier(percelen=(kaal,))) == {"geen-product"}


def test_a_perceel_without_products_can_be_tested_on_anything_else():
    kaal = AangebodenPerceel(code="2b", producten=())
    assert run(CRITERIUM, make_dossier(percelen=(kaal,))).bevindingen[0].perceel == "2b"


def test_every_reason_comes_at_once():
    dubbel = msgspec.structs.replace(LINDEHOF, rol=Lidrol.LID)
    dossier = make_dossier(document(lid="onbekend"), leden=(dubbel,), percelen=(PERCEEL_1A, PERCEEL_1A))
    assert codes(CRITERIUM, dossier, peildatums={}) == {"penvoerder", "onbekend-lid", "dubbel", "peildatum"}
